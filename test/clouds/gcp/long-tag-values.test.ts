import { ComputeNetworkFirewallPolicyAssociation } from '@cdktf/provider-google/lib/compute-network-firewall-policy-association';
import { readFileSync } from 'node:fs';
import { Testing } from 'cdktf';
import { GcpFirewallPolicy, Peer, PrometheusCostMetricsRule } from '../../../lib';
import { cli, temporaryDirectory } from '../../support/cli';
import { newStack } from '../../support/clouds';
import { resourcesOf } from '../../support/refusals';

// as numbers, each of these is the same as its neighbour: 2^53 + 1, and the largest one of 64 bits
const PAIRS = [
  ['9007199254740993', '9007199254740992'],
  ['9223372036854775807', '9223372036854775806'],
] as const;
const RULE = 'google_compute_network_firewall_policy_rule';

const { file } = temporaryDirectory();

/** A stack that opens a port of machines with a tag value to those with a second one, and the same with rules by hand. */
function written(name: string, tag: string, source: string, change: (json: any) => void = () => undefined): string {
  const stack = newStack();
  const policy = new GcpFirewallPolicy({ policy: 'prod', project: 'net-host' });
  const platform = Peer.anyOf(Peer.cidr('10.0.0.0/8'), policy.secureTag(`tagValues/${source}`));
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus: policy.secureTag(`tagValues/${tag}`) });
  new ComputeNetworkFirewallPolicyAssociation(stack, 'at', {
    name: 'at',
    project: 'net-host',
    attachmentTarget: 'projects/net-host/global/networks/prod',
    firewallPolicy: 'prod',
  });
  const json = JSON.parse(Testing.synth(stack));
  change(json);
  return file(name, JSON.stringify(json));
}

test.each(PAIRS)('the tag value %s is kept as text, in rules and documents', async (tag, neighbour) => {
  const stack = newStack();
  const policy = new GcpFirewallPolicy({ policy: 'prod' });
  const [group, source] = [tag, neighbour].map((value) => policy.secureTag(`tagValues/${value}`));
  new PrometheusCostMetricsRule(stack, 'rule', { platform: source, prometheus: group });
  const [rule] = Object.values(resourcesOf(stack)[RULE]);
  expect(rule.target_secure_tags).toEqual([{ name: `tagValues/${tag}` }]);
  expect(rule.match.src_secure_tags).toEqual([{ name: `tagValues/${neighbour}` }]);
  const path = written(`${tag}.json`, tag, neighbour);
  for (const command of ['commands', 'show', 'matrix', 'report'].map((each) => [each, path])) {
    const { stdout } = await cli(command);
    const found = new Set(stdout.match(/\d{16,}/g));
    expect([command[0], [...found].sort()]).toEqual([command[0], found.size === 0 ? [] : [neighbour, tag].sort()]);
  }
});

async function verdict(path: string, tag: string): Promise<string> {
  const words = ['--from', '10.0.0.1', '--to', `secure-tag:tagValues/${tag}`, '--port', '9090/tcp'];
  const { stdout } = await cli(['explain', path, ...words]);
  return /The packet [^:.]*|^.*not known.*$/m.exec(stdout)?.[0] ?? stdout.slice(0, 200);
}

test.each(PAIRS)('the tag value %s is not read back as %s', async (tag, neighbour) => {
  const path = written(`read-${tag}.json`, tag, '1');
  expect(await verdict(path, tag)).toBe('The packet passes');
  const { stdout, stderr, code } = await cli([
    'explain',
    path,
    '--from',
    '10.0.0.1',
    '--to',
    `secure-tag:tagValues/${neighbour}`,
    '--port',
    '9090/tcp',
  ]);
  expect(code).not.toBe(0);
  expect(stdout + stderr).not.toContain('The packet passes');
});

test.each<[string, (tag: string, json: any) => string]>([
  ['an expression', (tag) => `tagValues/\${${tag}}`],
  ['the text of a variable', (tag, json) => ((json.variable = { tag: { default: tag } }), 'tagValues/${var.tag}')],
])('digits of %s are kept', async (what, named) => {
  const [[tag]] = PAIRS;
  const path = written(`${what}.json`, tag, '1', (json) => {
    for (const rule of Object.values<any>(json.resource[RULE])) rule.target_secure_tags = [{ name: named(tag, json) }];
  });
  expect(await verdict(path, tag)).toBe('The packet passes');
});

test('a number of a file that may have lost digits is not evaluated', async () => {
  const [[tag, neighbour]] = PAIRS;
  const path = written('number.json', tag, '1', (json) => {
    json.variable = { tag: { default: 'NUMBER' } };
    for (const rule of Object.values<any>(json.resource[RULE])) {
      rule.target_secure_tags = [{ name: 'tagValues/${var.tag}' }];
    }
  });
  const number = file('number.json', readFileSync(path, 'utf8').replace('"NUMBER"', tag));
  for (const value of [tag, neighbour]) expect(await verdict(number, value)).not.toBe('The packet passes');
});
