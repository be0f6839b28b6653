import type { TerraformStack } from 'cdktf';
import { KubeadmApinizerOnAws } from '../../examples/kubeadm-apinizer-on-aws';
import { deployment } from '../deploy/deployment';
import { findTools } from '../deploy/tools';
import { newStack } from '../support/clouds';
import { opened } from '../support/opened';
import { setups, terrainApp } from './setups';
import { synthesizedExamples } from './synthesized';

const EXAMPLE = 'kubeadm-apinizer-on-aws';
const { missing } = findTools();
const isSkipped = missing.length > 0 || setups().node22 === undefined;

if (isSkipped) {
  console.error(`\n*** SKIPPED: deployments of CDK Terrain need ${[...missing, 'Node.js 22'].join(', ')}. ***\n`);
}

(isSkipped ? describe.skip : describe)('an example of CDK Terrain on a fake EC2', () => {
  const deployed = deployment();

  test('applies, opens what it opens on cdktf, has an empty second plan, and leaves nothing behind', async () => {
    const stacks = await synthesizedExamples(terrainApp(), { framework: 'cdktn', format: 'cjs' });
    const { cloud, terraform } = deployed();
    const api = cloud.region('eu-central-1');
    const folder = terraform();
    await folder.write(stacks[EXAMPLE]);
    await folder.apply();
    expect(await api.rules()).toEqual(opened(onCdktf()));
    expect(await folder.plan()).toEqual([]);
    await folder.destroy();
    expect(await api.rules()).toEqual([]);
    folder.remove();
  });
});

function onCdktf(): TerraformStack {
  return new KubeadmApinizerOnAws(newStack().node.root, EXAMPLE);
}
