import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  AwsPrefixList,
  AwsSecurityGroup,
  GcpFirewall,
  type IPeer,
  Peer,
  VClusterPlatformIngressRules,
} from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const RANGE = '10.1.0.0/24';
const gcp = new GcpFirewall({ network: 'prod' });

function written(peer: (stack: TerraformStack) => IPeer, isAws: boolean): string {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'stack');
  new VClusterPlatformIngressRules(stack, 'vcluster', {
    kubernetesApi: peer(stack),
    platform: isAws ? AwsSecurityGroup.fromId('sg-0123456789abcdef0') : gcp.networkTag('platform'),
  });
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(stack.toTerraform()));
  return file;
}

const PEERS: readonly [string, boolean, (stack: TerraformStack) => IPeer][] = [
  [
    'a prefix list and a range in it',
    true,
    (stack) =>
      Peer.anyOf(
        new AwsPrefixList(stack, 'offices', { name: 'offices', ranges: Peer.cidr('10.1.0.0/16', '10.2.0.0/24') }),
        Peer.cidr(RANGE),
      ),
  ],
  [
    'a prefix list and a range of it',
    true,
    (stack) =>
      Peer.anyOf(
        new AwsPrefixList(stack, 'offices', { name: 'offices', ranges: Peer.cidr(RANGE, '10.2.0.0/24') }),
        Peer.cidr(RANGE),
      ),
  ],
  ['a tag and a range', false, () => Peer.anyOf(gcp.networkTag('api'), Peer.cidr(RANGE))],
  ['a named peer and a range', false, () => Peer.anyOf(Peer.named('office', '10.2.0.0/24'), Peer.cidr(RANGE))],
];

const OUTPUTS = [
  ...['table', 'markdown', 'csv'].map((format) => ['matrix', '--format', format]),
  ...['text', 'markdown', 'csv'].map((format) => ['request', '--all', '--format', format]),
  ...['mermaid', 'dot'].map((format) => ['diagram', '--format', format]),
];

/** Returns how often the range is in each part of an output that describes the source. */
function timesInSources(command: string, stdout: string): number[] {
  const ofRange = (text: string): number => text.split(RANGE).length - 1;
  const isPart = command === 'matrix' ? /^.*\bsg-0123|^.*tag platform/gm : /[\s\S]*?(?:sg-0123|tag platform)/;
  const parts = stdout.match(isPart) ?? [];
  return parts.map((part) => ofRange(part.slice(0, part.search(/(?:security group sg-0123|network tag platform)/))));
}

describe.each(PEERS)('%s', (_what, isAws, peer) => {
  test.each(OUTPUTS.map((output) => [output]))('%j has the range once', async ([command, ...options]) => {
    const { stdout } = await cli([command, written(peer, isAws), ...options]);
    const times = timesInSources(command, stdout);
    expect([...new Set(times.filter((count) => count > 0))]).toEqual([1]);
  });
});
