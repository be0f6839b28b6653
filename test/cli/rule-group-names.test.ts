import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import '../../lib/testing';
import { App, TerraformStack } from 'cdktf';
import { ApinizerInstallationHostnames, AwsNetworkFirewallRuleGroup, ExternalProxy, Peer } from '../../lib';
import { cli, expectBadInput, temporaryDirectory } from '../support/cli';
import { firewallPolicy } from '../support/rule-group-policy';

const { path } = temporaryDirectory();
const REF = (prefix: string, protocol: string): string =>
  `\${aws_networkfirewall_rule_group.hosts_${prefix}apinizer-installation-hosts-${protocol}.arn}`;
const NAMES = ['a-apinizer-installation-hosts', 'b-apinizer-installation-hosts'];
const FILTERS = NAMES.map((name) => `AWS Network Firewall (${name})`);
const MACHINES = FILTERS.map((filter) => `machines behind ${filter}`);

/** The firewall policies of the stack, by the prefixes of the rule groups that each of them uses. */
type Policies = readonly (readonly string[])[];

/** Writes a stack with two rule groups, of which only a lists docker.io, and only b docker.com. */
function written(policies: Policies, clients?: readonly [Peer, Peer]): string {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'stack');
  ['a-', 'b-'].forEach((namePrefix, at) => {
    const through = new AwsNetworkFirewallRuleGroup({ namePrefix, clients: clients?.[at] });
    new ApinizerInstallationHostnames(stack, namePrefix, { through, omit: [['docker-com'], ['docker-io']][at] });
  });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  const type = 'aws_networkfirewall_firewall_policy';
  json.resource[type] = Object.fromEntries(
    policies.map((prefixes, at) => {
      const groups = prefixes.flatMap((prefix) => [REF(prefix, 'tls'), REF(prefix, 'http')]);
      return [`p${at}`, firewallPolicy({ groups, actions: ['aws:drop_established'] })[type].outbound];
    }),
  );
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(json));
  return file;
}

async function verdict(file: string, from: string, to: string): Promise<string> {
  const { stdout, stderr } = await cli([
    ...['explain', file, '--from', from, '--to', `host:${to} over TLS`],
    ...['--port', '443/tcp', '--format', 'json'],
  ]);
  return stdout === '' ? stderr : (JSON.parse(stdout) as { verdict: string }).verdict;
}

const OUTPUTS = [
  ...['table', 'csv', 'markdown', 'json'].map((format) => ['matrix', '--format', format]),
  ...['text', 'csv', 'markdown'].map((format) => ['request', '--all', '--format', format]),
  ...['mermaid', 'dot'].map((format) => ['diagram', '--format', format]),
  ['commands'],
  ['lint'],
];

test.each(OUTPUTS.map((output) => [output]))(
  '%j has a name for each of two rule groups',
  async ([command, ...options]) => {
    const { stdout } = await cli([command, written([]), ...options]);
    const text = stdout.replaceAll(/<br\/>|\\n/g, ' ').replaceAll('\\', '');
    expect([...new Set(text.match(/AWS Network Firewall \([^)]*\)/g))].sort()).toEqual(FILTERS);
    expect(text).not.toMatch(/behind AWS Network Firewall(?! \()/);
  },
);

test('show names the machines of each rule group', async () => {
  const { stdout } = await cli(['show', written([['a-'], ['b-']]), '--format', 'json']);
  const { rows } = JSON.parse(stdout) as { rows: { from: string; to: string }[] };
  const of = (host: string): string[] =>
    rows.filter(({ to }) => to === `host:${host} over TLS`).map(({ from }) => from);
  const [a, b] = NAMES.map((name) => `machines:firewall-vpc of ${name}`);
  expect(of('docker.io')).toEqual([a]);
  expect(of('docker.com')).toEqual([b]);
  expect(of('cdn.redhat.com')).toEqual([a, b]);
});

test.each<[string, Policies, Record<'own' | 'other', string>]>([
  ['no policy uses', [], { own: 'not known', other: 'not known' }],
  ['policies of different firewalls use', [['a-'], ['b-']], { own: 'passes', other: 'refused' }],
  ['one policy uses', [['a-', 'b-']], { own: 'passes', other: 'passes' }],
])('explain, verify and matchers take the names of rule groups that %s', async (_what, policies, { own, other }) => {
  const file = written(policies);
  for (const [at, name] of NAMES.entries()) {
    const [listed, elsewhere] = at === 0 ? ['docker.io', 'docker.com'] : ['docker.com', 'docker.io'];
    for (const from of [MACHINES[at], `through ${FILTERS[at]}`, `machines:firewall-vpc of ${name}`]) {
      expect([from, await verdict(file, from, listed)]).toEqual([from, own]);
      expect([from, await verdict(file, from, elsewhere)]).toEqual([from, other]);
      const { stdout } = await cli(['verify', file, '--as', from]);
      expect(stdout).toContain(at === 0 ? '*.docker.io' : '*.docker.com');
      if (own === 'passes') expect(file).toPermit({ from, to: `host:${listed} over TLS`, port: '443/tcp' });
      if (other === 'refused') expect(file).not.toPermit({ from, to: `host:${elsewhere} over TLS`, port: '443/tcp' });
    }
  }
});

test.each(['machines behind AWS Network Firewall', 'machines:firewall-vpc'])(
  '%s, of which there are two, is an error, and the suggested names work',
  async (name) => {
    const file = written([['a-'], ['b-']]);
    const packet = ['--to', 'docker.io', '--port', '443/tcp'];
    const sentence = await expectBadInput(['explain', file, ...packet, '--from', name], 'group-ambiguous');
    const suggested = [...sentence.matchAll(/"([^"]*apinizer-installation-hosts\)?)"/g)].map(([, text]) => text);
    expect(suggested.length).toBeGreaterThanOrEqual(2);
    for (const each of suggested) expect(['passes', 'refused']).toContain(await verdict(file, each, 'docker.io'));
  },
);

test('lint calls no rule group redundant that different machines have', async () => {
  for (const policies of [[], [['a-'], ['b-']]]) {
    const { stdout } = await cli(['lint', written(policies), '--only', 'redundant', '--format', 'json']);
    expect((JSON.parse(stdout) as { findings: unknown[] }).findings).toEqual([]);
  }
});

test('what is omitted is not said to be open because of the rule group of a different firewall', async () => {
  const omitted = async (policies: Policies): Promise<string[]> => {
    const { stdout } = await cli(['lint', written(policies), '--only', 'omitted', '--format', 'json']);
    return (JSON.parse(stdout) as { findings: { message: string }[] }).findings.map(({ message }) =>
      message.replace(/^.*: omitted by/, 'omitted by'),
    );
  };
  expect(await omitted([['a-'], ['b-']])).toEqual(['omitted by stack/a-', 'omitted by stack/b-']);
  expect(await omitted([['a-', 'b-']])).toEqual([
    expect.stringMatching(/^omitted by stack\/a-, and opened by .*b-apinizer-installation-hosts-tls/),
    expect.stringMatching(/^omitted by stack\/b-, and opened by .*a-apinizer-installation-hosts-tls/),
  ]);
});

test('rule groups with clients have a name each too', async () => {
  const file = written([['a-'], ['b-']], [Peer.named('one', '10.1.0.0/16'), Peer.named('two', '10.2.0.0/16')]);
  const { stdout } = await cli(['request', file, '--all']);
  for (const filter of FILTERS) expect(stdout).toContain(`through ${filter}`);
  expect(await verdict(file, `one through ${FILTERS[0]}`, 'docker.io')).toBe('passes');
});

describe('machines behind one filter are not those behind a proxy of the firewall team', () => {
  function app(): string {
    const outdir = join(path, 'two');
    const all = new App({ outdir, skipValidation: true });
    for (const id of ['one', 'two']) {
      const stack = new TerraformStack(all, id);
      new ApinizerInstallationHostnames(stack, 'aws', { through: new AwsNetworkFirewallRuleGroup() });
      new ApinizerInstallationHostnames(stack, 'proxy', { through: ExternalProxy.named('corp') });
    }
    all.synth();
    return outdir;
  }
  const askedOf = async (from: string, to: string): Promise<string[]> => {
    const { stdout } = await cli(['explain', app(), '--from', from, '--to', to, '--port', '443/tcp']);
    return [...new Set(stdout.match(/(?:one|two)\/proxy/g))];
  };

  test.each([
    ['one/machines behind AWS Network Firewall', 'host:cdn.redhat.com over TLS', []],
    ['machines:one/firewall-vpc of apinizer-installation-hosts', 'host:cdn.redhat.com over TLS', []],
    ['one/machines behind corp', 'host:cdn.redhat.com', ['one/proxy']],
    ['machines:two/corp', 'host:cdn.redhat.com', ['two/proxy']],
    ['10.1.2.3', 'host:cdn.redhat.com', ['one/proxy', 'two/proxy']],
  ])('%s to %s is asked for by %j', async (from, to, requests) => {
    expect(await askedOf(from, to)).toEqual(requests);
  });
});
