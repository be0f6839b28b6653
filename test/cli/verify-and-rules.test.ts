import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { ExternalHosts, GcpFirewall, Peer, PrometheusCostMetricsRule } from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

type Json = any;

const RULES = 'google_compute_firewall';
const deny = (more: object): object => ({
  name: 'deny',
  network: 'prod',
  project: 'net-host',
  deny: [{ protocol: 'all' }],
  priority: 10,
  ...more,
});
const outbound = { direction: 'EGRESS', target_tags: ['platform'] };

/** Writes a stack whose platform asks Prometheus, which is one machine behind the firewall of the stack or of the firewall team. */
function written(isExternal: boolean, change: (rules: Json) => void): string {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'stack');
  const firewall = new GcpFirewall({ network: 'prod', project: 'net-host' });
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: firewall.networkTag('platform', { ipRanges: Peer.cidr('10.8.0.0/24') }),
    prometheus: isExternal
      ? ExternalHosts.named('prometheus hosts', '127.0.0.1/32')
      : firewall.networkTag('prometheus', { ipRanges: Peer.cidr('127.0.0.1/32') }),
  });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  json.resource ??= {};
  change((json.resource[RULES] ??= {}));
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(json));
  return file;
}

const own = (rules: Json): string => Object.keys(rules).find((name) => name !== 'own')!;

test.each<[string, boolean, (rules: Json) => void, string | undefined]>([
  ['is open', false, () => undefined, undefined],
  ['the firewall team opens', true, () => undefined, undefined],
  [
    'is closed at its source',
    false,
    (rules) => (rules.own = deny(outbound)),
    `closed at its source: outbound rules deny it: ${RULES}.own`,
  ],
  [
    'the firewall team opens, and its source may not send',
    true,
    (rules) => (rules.own = deny(outbound)),
    `the firewall team; closed at its source: outbound rules deny it: ${RULES}.own`,
  ],
  [
    'is denied where it arrives',
    false,
    (rules) => (rules.own = deny({ source_ranges: ['10.0.0.0/8'] })),
    `no rule of this stack; closed: rules that are evaluated earlier deny it: ${RULES}.own`,
  ],
  [
    'is open in part',
    false,
    (rules) => (rules.own = deny({ source_ranges: ['10.8.0.0/25'] })),
    'this stack, in part; closed in part: rules that are evaluated earlier deny ingress 9090/tcp from ' +
      'tag:platform in 10.8.0.0/25 to tag:prometheus on net-host/prod',
  ],
  [
    'is not known to be open',
    false,
    (rules) => (rules[own(rules)].count = '${var.n}'),
    'not known to be open: count is evaluated by Terraform: read its plan',
  ],
])('verify says what the rules say about a flow that %s', async (_what, isExternal, change, expected) => {
  const file = written(isExternal, change);
  const asked = ['verify', file, '--as', 'platform', '--timeout', '0.2'];
  const { results } = JSON.parse((await cli([...asked, '--format', 'json'])).stdout);
  expect(results.map(({ notOpenByRules }: Json) => notOpenByRules)).toEqual([expected && [expected]]);
  const texts = [
    (await cli(asked)).stdout,
    (await cli([...asked, '--script'])).stdout,
    (await cli([...asked, '--format', 'junit'])).stdout,
  ];
  for (const text of texts) {
    if (expected === undefined) expect(text).not.toContain('by the rules');
    else expect(text).toContain(`by the rules: ${expected}`);
  }
});

test('verify says what the rules say about a flow that it cannot check', async () => {
  const file = written(true, (rules) => (rules.own = deny(outbound)));
  const json = JSON.parse(readFileSync(file, 'utf8'));
  json['//'].metadata.clusterPorts.peers.find(({ external }: Json) => external).ranges = ['10.9.0.0/24'];
  writeFileSync(file, JSON.stringify(json));
  const { stdout } = await cli(['verify', file, '--as', 'platform']);
  expect(stdout).toContain(
    `by the rules: the firewall team; closed at its source: outbound rules deny it: ${RULES}.own`,
  );
});
