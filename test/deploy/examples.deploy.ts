import { Testing, type TerraformStack } from 'cdktf';
import { ApinizerHybrid } from '../../examples/apinizer-hybrid';
import { KubeadmApinizerOnAws } from '../../examples/kubeadm-apinizer-on-aws';
import { TwoRegions } from '../../examples/two-regions';
import { opened } from '../support/opened';
import { FakeEc2 } from './fake-ec2';
import { ReattachedProvider } from './reattached-provider';
import { Terraform } from './terraform';
import { awsProviderProgram, findTools } from './tools';

const tools = findTools();
const EXAMPLES = [
  { Example: KubeadmApinizerOnAws, regions: ['eu-central-1'] },
  { Example: ApinizerHybrid, regions: ['eu-central-1'] },
  { Example: TwoRegions, regions: ['eu-central-1', 'eu-west-1'] },
];

let cloud: FakeEc2;
let provider: ReattachedProvider;
beforeAll(async () => {
  [cloud, provider] = await Promise.all([
    FakeEc2.start(tools.python),
    ReattachedProvider.start(awsProviderProgram(tools.mirror)),
  ]);
});
afterAll(() => {
  cloud.stop();
  provider.stop();
});

/** Terraform adds a suffix to the names of groups. */
const withoutSuffix = (line: string): string => line.replace(/-\d{26}\b/g, '');

test.each(EXAMPLES)(
  '$Example.name applies, opens what it shows, plans nothing more, and leaves nothing behind',
  ({ Example, regions }) => {
    const stack: TerraformStack = new Example(Testing.app(), 'example');
    const terraform = new Terraform(cloud.endpoint, tools.mirror, regions.length === 1 ? provider.reattach : undefined);
    terraform.write(stack);
    terraform.apply();
    const rules = regions.flatMap((region) => cloud.rules(region)).map(withoutSuffix);
    expect(rules.sort()).toEqual(opened(stack));
    expect(terraform.plan()).toEqual([]);
    terraform.destroy();
    expect(regions.flatMap((region) => cloud.rules(region))).toEqual([]);
    terraform.remove();
  },
);
