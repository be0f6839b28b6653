// An app like those of users. check-package.mjs runs it in a separate folder with the provider of only one cloud.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type * as cdktf from 'cdktf';
import {
  AwsSecurityGroup,
  Egress,
  GcpFirewall,
  type IHostGroup,
  Peer,
  PortTableFile,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';

const loaded = (packages: RegExp): string[] => Object.keys(require.cache).filter((file) => packages.test(file));
const NOTHING_ELSE = 'importing the package must load neither a framework, nor a provider, nor a bundled dependency';
assert.deepEqual(loaded(/node_modules[\\/](cdktf|@cdktf|yaml|fastest-levenshtein)[\\/]/), [], NOTHING_ELSE);

// eslint-disable-next-line @typescript-eslint/no-require-imports -- after the check above
const { App, TerraformStack, Testing } = require('cdktf') as typeof cdktf;
const stack = new TerraformStack(new App(), 'stack');
const groups: Record<string, () => IHostGroup> = {
  aws: () => new AwsSecurityGroup(stack, 'aws', { name: 'platform', vpcId: 'vpc-12345678', egress: Egress.ALL }),
  gcp: () => new GcpFirewall({ network: 'prod' }).networkTag('platform'),
};
const open = (cloud: string): string[] =>
  new VClusterPlatformIngressRules(stack, `${cloud}-rules`, {
    kubernetesApi: Peer.cidr('172.16.0.0/28'),
    platform: groups[cloud](),
  }).dependables.map(({ fqn }) => fqn);

const [here, missing] = process.argv[2] === 'aws' ? ['aws', 'gcp'] : ['gcp', 'aws'];
assert.equal(open(here).length, here === 'aws' ? 3 : 1);
assert.equal((Testing.synth(stack).match(/8443/g) ?? []).length > 0, true);
assert.throws(
  () => open(missing),
  /must be installed for these rules, got none; did you mean npm install @cdktf\/provider-/,
);

const row = { name: 'pull', port: '5000/tcp', description: 'Pulls', section: 'Ports', protocolBasis: 'table' };
const [source, destination] = ['node', 'registry'].map((id) => ({ id, title: id }));
const flows = [{ source, destination, rows: [row] }];
const about = { title: 'Ports', reference: 'https://example.com/ports', edition: '2026-10', comparedOn: '2026-11-21' };
writeFileSync('ports.json', JSON.stringify({ id: 'registry', ...about, flows }));
assert.equal(String(PortTableFile.load('ports.json').flows[0].rows[0].port), '5000/tcp');
// a bundle of the app has everything in one file
const isBundled = loaded(/cdktf-cluster-ports[\\/]/).length === 0;
assert.equal(
  isBundled || loaded(/cdktf-cluster-ports[\\/]node_modules[\\/]yaml[\\/]/).length > 0,
  true,
  'the bundled parser must read files',
);
console.log(`an app with only ${here} synthesizes, and its error says what to install for ${missing}`);
