import { Testing, type TerraformStack } from 'cdktf';
import { ApinizerHybrid } from '../../examples/apinizer-hybrid';
import { KubeadmApinizerOnAws } from '../../examples/kubeadm-apinizer-on-aws';
import { TwoRegions } from '../../examples/two-regions';
import { VClusterPlatformLaterEdition } from '../../examples/vcluster-platform-later-edition';
import { opened } from '../support/opened';
import { deployment } from './deployment';

const deployed = deployment();

const EXAMPLES = [
  { Example: KubeadmApinizerOnAws, regions: ['eu-central-1'], providers: 'one' },
  { Example: ApinizerHybrid, regions: ['eu-central-1'], providers: 'one' },
  { Example: VClusterPlatformLaterEdition, regions: ['eu-central-1'], providers: 'one' },
  { Example: TwoRegions, regions: ['eu-central-1', 'eu-west-1'], providers: 'several' },
] as const;

test.each(EXAMPLES)(
  '$Example.name applies, opens what it shows, plans nothing more, and leaves nothing behind',
  async ({ Example, regions, providers }) => {
    const { cloud, terraform } = deployed();
    const rules = async (): Promise<string[]> =>
      (await Promise.all(regions.map((region) => cloud.region(region).rules()))).flat().sort();
    const stack: TerraformStack = new Example(Testing.app(), 'example');
    const folder = terraform(providers);
    await folder.write(stack);
    await folder.apply();
    expect(await rules()).toEqual(opened(stack));
    expect(await folder.plan()).toEqual([]);
    await folder.destroy();
    expect(await rules()).toEqual([]);
    folder.remove();
  },
);
