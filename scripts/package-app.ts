// An app as users write it, run by check-package.mjs in a folder of its own with the provider of one cloud alone.
import assert from 'node:assert/strict';
import type * as cdktf from 'cdktf';
import {
  AwsEgress,
  AwsSecurityGroup,
  GcpFirewall,
  Peer,
  VClusterPlatformIngressRules,
  type IHostGroup,
} from 'cdktf-cluster-ports';

const loaded = Object.keys(require.cache).filter((file) => /node_modules\/(cdktf|@cdktf)\//.test(file));
assert.deepEqual(loaded, [], 'importing the package loads neither framework nor provider');

// eslint-disable-next-line @typescript-eslint/no-require-imports -- after the check above
const { App, TerraformStack, Testing } = require('cdktf') as typeof cdktf;
const stack = new TerraformStack(new App(), 'stack');
const groups: Record<string, () => IHostGroup> = {
  aws: () => new AwsSecurityGroup(stack, 'aws', { name: 'platform', vpcId: 'vpc-12345678', egress: AwsEgress.ALL }),
  gcp: () => new GcpFirewall({ network: 'prod' }).networkTag('platform'),
};
const open = (cloud: string): string[] =>
  new VClusterPlatformIngressRules(stack, `${cloud}-rules`, {
    kubernetesApi: Peer.cidr('172.16.0.0/28'),
    platform: groups[cloud](),
  }).addresses;

const [here, missing] = process.argv[2] === 'aws' ? ['aws', 'gcp'] : ['gcp', 'aws'];
assert.equal(open(here).length, here === 'aws' ? 3 : 1);
assert.equal((Testing.synth(stack).match(/8443/g) ?? []).length > 0, true);
assert.throws(
  () => open(missing),
  /must be installed for these rules, got none; did you mean npm install @cdktf\/provider-/,
);
console.log(`an app with ${here} alone: synthesizes, and says what to install for ${missing}`);
