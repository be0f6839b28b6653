import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  AwsNetworkFirewallRuleGroup,
  AwsRuleOrder,
  Peer,
  TalosHostnames,
} from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';
import { firewallPolicy } from '../support/rule-group-policy';

const { path } = temporaryDirectory();
const TLS = 'aws_networkfirewall_rule_group.hosts_apinizer-installation-hosts-tls';
const HTTP = 'aws_networkfirewall_rule_group.hosts_apinizer-installation-hosts-http';
const POLICY = 'aws_networkfirewall_firewall_policy.outbound';

/** Synthesizes hostnames through rule groups of AWS Network Firewall. */
function hostnames(ruleOrder = AwsRuleOrder.STRICT): any {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'hosts');
  const clients = Peer.named('kubernetes subnets', '10.20.0.0/16');
  const through = new AwsNetworkFirewallRuleGroup({ clients, ruleOrder });
  new ApinizerInstallationHostnames(stack, 'hosts', { through });
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

/** Adds resources to a stack. */
function withResources(json: any, resource: any): any {
  return { ...json, resource: { ...json.resource, ...resource } };
}

const BOTH = [`\${${TLS}.arn}`, `\${${HTTP}.id}`];
const DROPPING = { groups: BOTH, actions: ['aws:drop_established'] };

function written(json: unknown): string {
  const file = join(path, 'hosts.tf.json');
  writeFileSync(file, JSON.stringify(json));
  return file;
}

/** Writes an app of several stacks, and returns its directory. */
function writtenApp(stacks: Record<string, any>): string {
  const outdir = join(path, 'app');
  for (const [name, json] of Object.entries(stacks)) {
    mkdirSync(join(outdir, 'stacks', name), { recursive: true });
    writeFileSync(join(outdir, 'stacks', name, 'cdk.tf.json'), JSON.stringify(json));
  }
  return outdir;
}

async function output(...argv: string[]): Promise<string> {
  const { stdout, stderr } = await cli(argv);
  return stdout === '' ? stderr : stdout;
}

async function parsed(...argv: string[]): Promise<any> {
  return JSON.parse(await output(...argv, '--format', 'json'));
}

async function explained(file: string, to: string): Promise<{ verdict: string; reason?: string }> {
  const { source } = await parsed('explain', file, '--from', 'kubernetes subnets', '--to', to, '--port', '443/tcp');
  return { verdict: source.verdict, reason: source.reason };
}

async function notEvaluated(command: string, file: string): Promise<string[]> {
  const found = await parsed(command, file);
  return found.notEvaluated.map(({ address, reason }: any) => `${address}: ${reason}`);
}

/** Returns each hostname of the matrix with its ports, and why it is not known to be open. */
async function matrixOf(file: string): Promise<Map<string, string | undefined>> {
  const { hostnames: found } = await parsed('matrix', file);
  return new Map(
    found.map((one: any) => [`${one.hostname} ${one.ports.join(' ')}`, one.notKnownToBeOpen] as [string, string]),
  );
}

const UNUSED = `no firewall policy of these files uses ${TLS}`;
const LISTED = 'host:artifacts.elastic.co over TLS';
const NOT_LISTED = 'host:evil.example over TLS';

describe('a rule group that no firewall policy uses', () => {
  test('is not known to be open in any output, and refuses nothing', async () => {
    const file = written(hostnames());
    expect(await notEvaluated('show', file)).toEqual([
      `${TLS}: ${UNUSED}`,
      `${HTTP}: no firewall policy of these files uses ${HTTP}`,
    ]);
    expect(await notEvaluated('lint', file)).toContain(`${TLS}: ${UNUSED}`);
    expect([...(await matrixOf(file)).values()]).not.toContain(undefined);
    for (const format of ['table', 'markdown', 'csv']) {
      const matrix = (await output('matrix', file, '--format', format)).replaceAll('`', '');
      expect(matrix).toContain(`not known to be open: ${UNUSED}`);
      expect(matrix).not.toContain('this stack');
    }
    for (const format of ['text', 'markdown', 'csv']) {
      const request = (await output('request', file, '--all', '--format', format)).replaceAll('`', '');
      expect(request.toLowerCase()).toContain(`not known to be open: ${UNUSED.toLowerCase()}`);
      expect(request).not.toMatch(/No action needed|none: the requesting team/);
    }
    expect(await output('commands', file)).toContain(`not known to be open: ${UNUSED}`);
    for (const host of [LISTED, NOT_LISTED]) {
      const { verdict, reason } = await explained(file, host);
      expect([verdict, reason]).toEqual([
        'not known',
        expect.stringMatching(/^not known to be open: no firewall policy/),
      ]);
    }
  });

  test('does not make a hostname unknown at the port of a rule group that a policy uses', async () => {
    const file = written(withResources(hostnames(), firewallPolicy({ ...DROPPING, groups: [BOTH[1]] })));
    const found = await matrixOf(file);
    expect(found.get('archive.ubuntu.com 80/tcp')).toBeUndefined();
    expect(found.get('archive.ubuntu.com 443/tcp')).toBe(UNUSED);
    expect(found.get('artifacts.elastic.co 443/tcp')).toBe(UNUSED);
    expect(await explained(file, 'host:archive.ubuntu.com over HTTP')).toMatchObject({ verdict: 'passes' });
    expect(await explained(file, LISTED)).toEqual({ verdict: 'not known', reason: `not known to be open: ${UNUSED}` });
    expect(await explained(file, NOT_LISTED)).toMatchObject({ verdict: 'refused' });
  });

  test('allows what no row documents only if a policy uses it', async () => {
    const json = hostnames();
    const [, name] = TLS.split('.');
    const { targets } = json.resource.aws_networkfirewall_rule_group[name].rule_group.rules_source.rules_source_list;
    targets.push('evil.example');
    const { undocumented } = await parsed('matrix', written(json));
    expect(undocumented.map(({ notKnownToBeOpen }: any) => notKnownToBeOpen)).toEqual([UNUSED]);
    const used = await parsed('matrix', written(withResources(json, firewallPolicy(DROPPING))));
    expect(used.undocumented.map(({ notKnownToBeOpen }: any) => notKnownToBeOpen)).toEqual([undefined]);
  });

  test('is in the list of what may be used if a policy refers to one that is not known', async () => {
    const json = withResources(hostnames(), firewallPolicy({ ...DROPPING, groups: ['${var.group}'] }));
    const file = written({ ...json, variable: { group: {} } });
    expect(await notEvaluated('show', file)).toContain(`${TLS}: it is not known whether ${POLICY} uses ${TLS}`);
  });
});

describe('a hostname without its protocol', () => {
  const UNUSED_HTTP = `no firewall policy of these files uses ${HTTP}`;

  async function asked(file: string, to: string): Promise<any> {
    return parsed('explain', file, '--from', 'kubernetes subnets', '--to', to, '--port', '443/tcp');
  }

  test.each<[string, string[]]>([
    ['artifacts.elastic.co', [TLS]],
    ['host:artifacts.elastic.co', [TLS]],
    ['artifacts.elastic.co over TLS', [TLS]],
    ['archive.ubuntu.com', [TLS, HTTP]],
    ['archive.ubuntu.com over HTTP', [HTTP]],
    ['registry.docker.io', [TLS]],
  ])('is explained with each rule group that lists it and that no policy uses: %s', async (to, groups) => {
    const { verdict, source } = await asked(written(hostnames()), to);
    expect(verdict).toBe('not known');
    expect(source.matching.map(({ address }: any) => address)).toEqual(groups);
    expect(source.reason).toBe(
      `not known to be open: ${groups.map((group) => `no firewall policy of these files uses ${group}`).join('; ')}`,
    );
    expect(source.nearest).toBeUndefined();
  });

  test('is explained with all rule groups if none lists it', async () => {
    const { source } = await asked(written(hostnames()), 'host:evil.example');
    expect([source.verdict, source.reason]).toEqual(['not known', `not known to be open: ${UNUSED_HTTP}; ${UNUSED}`]);
    expect(source.matching).toEqual([]);
    expect(source.nearest.fails).toEqual(['peer']);
  });

  test('is explained with what the policy does that uses the rule group', async () => {
    const json = withResources(hostnames(), firewallPolicy({ ...DROPPING, stateless: 'aws:drop' }));
    const { source } = await asked(written(json), 'artifacts.elastic.co');
    expect(source.matching.map(({ address }: any) => address)).toEqual([TLS]);
    expect(source.reason).toBe(
      `not known to be open: ${POLICY} drops traffic by default, and its stateful rules do not see it`,
    );
  });

  test('is called neither different nor hidden by a rule that denies in text', async () => {
    const packet = ['--from', 'kubernetes subnets', '--to', 'artifacts.elastic.co', '--port', '443/tcp'];
    const text = await output('explain', written(hostnames()), ...packet);
    expect(text).toContain('decides: allow');
    expect(text).not.toContain('differs in');
  });
});

describe('a rule group that a firewall policy uses', () => {
  test.each([
    ['by its default actions', {}, {}],
    [
      'by a rule for everything',
      { actions: undefined, groups: [...BOTH, '${aws_networkfirewall_rule_group.rest.arn}'] },
      { rest: { name: 'rest', rules: 'drop tcp any any -> any any (flow:established; sid:1;)' } },
    ],
    ['by its lists, in the order of actions', { order: 'DEFAULT_ACTION_ORDER', actions: undefined }, {}],
  ])('is open, and refuses the rest, if the policy drops it %s', async (_how, form, more) => {
    const json = withResources(hostnames(), firewallPolicy({ ...DROPPING, ...form }));
    Object.assign(json.resource.aws_networkfirewall_rule_group, more);
    const file = written(json);
    expect(await notEvaluated('show', file)).not.toContain(`${TLS}: ${UNUSED}`);
    expect(new Set((await matrixOf(file)).values())).toEqual(new Set([undefined]));
    expect(await explained(file, LISTED)).toMatchObject({ verdict: 'passes' });
    expect(await explained(file, NOT_LISTED)).toMatchObject({ verdict: 'refused' });
  });

  test('is open, and refuses nothing, if the policy drops nothing', async () => {
    const file = written(
      withResources(hostnames(), firewallPolicy({ ...DROPPING, actions: ['aws:alert_established'] })),
    );
    const open = 'drops nothing by default, so hostnames that its rule groups do not list may pass too';
    expect(await notEvaluated('show', file)).toEqual([`${POLICY}: it ${open}`]);
    expect(await notEvaluated('lint', file)).toEqual([`${POLICY}: it ${open}`]);
    expect(await output('matrix', file)).toContain(`it ${open}`);
    expect(new Set((await matrixOf(file)).values())).toEqual(new Set([undefined]));
    expect(await explained(file, LISTED)).toMatchObject({ verdict: 'passes' });
    const reason = `not known to be open: ${POLICY} ${open}`;
    expect(await explained(file, NOT_LISTED)).toEqual({ verdict: 'not known', reason });
  });

  test('refuses only the protocols of its lists in the order of actions', async () => {
    const form = { groups: [BOTH[0]], order: 'DEFAULT_ACTION_ORDER' };
    const file = written(withResources(hostnames(AwsRuleOrder.ACTION), firewallPolicy(form)));
    expect(await explained(file, NOT_LISTED)).toMatchObject({ verdict: 'refused' });
    const reason = expect.stringContaining('hostnames over HTTP that its rule groups do not list may pass too');
    expect(await explained(file, 'host:evil.example over HTTP')).toEqual({ verdict: 'not known', reason });
  });

  test.each([
    ['aws:drop', 'drops traffic by default, and its stateful rules do not see it'],
    ['aws:pass', 'passes traffic by default, and its stateful rules do not see it'],
    ['${var.action}', 'is not known to forward traffic to its stateful rules'],
  ])(
    'is not known to be open if the policy does not forward traffic to its stateful rules: %s',
    async (stateless, why) => {
      const file = written(withResources(hostnames(), firewallPolicy({ ...DROPPING, stateless })));
      const reason = `${POLICY} ${why}`;
      expect(new Set((await matrixOf(file)).values())).toEqual(new Set([reason]));
      expect(await explained(file, LISTED)).toEqual({
        verdict: 'not known',
        reason: `not known to be open: ${reason}`,
      });
      expect(await notEvaluated('show', file)).toContain(`${TLS}: ${reason}`);
    },
  );

  test('may have its policy in a different stack', async () => {
    const arn = (output: string): string =>
      `\${data.terraform_remote_state.cross-stack-reference-input-hosts.outputs.${output}}`;
    const hosts = { ...hostnames(), output: { tls: { value: BOTH[0] } } };
    const name = 'apinizer-installation-hosts-http';
    const groups = [arn('tls'), `arn:aws:network-firewall:eu-central-1:111122223333:stateful-rulegroup/${name}`];
    const firewall = {
      '//': { metadata: { stackName: 'firewall' } },
      data: { terraform_remote_state: { 'cross-stack-reference-input-hosts': { backend: 'local' } } },
      resource: firewallPolicy({ ...DROPPING, groups }),
    };
    const app = writtenApp({ hosts, firewall });
    expect((await notEvaluated('show', app)).filter((one) => one.includes('no firewall policy'))).toEqual([]);
    expect(new Set((await matrixOf(app)).values())).toEqual(new Set([undefined]));
    expect(await explained(app, LISTED)).toMatchObject({ verdict: 'passes' });
    expect(await explained(app, NOT_LISTED)).toMatchObject({ verdict: 'refused' });
    const without = writtenApp({ hosts, firewall: { ...firewall, resource: {} } });
    expect(await notEvaluated('show', without)).toContain(`${TLS}: ${UNUSED}`);
  });
});

test.each([
  ['whose policy is not known', {}, [UNUSED, `no firewall policy of these files uses ${HTTP}`]],
  [
    'whose lists are not known',
    { targets: '${var.targets}' },
    [`targets is var.targets, which has no default`, `targets is var.targets, which has no default`],
  ],
])('a hostname at two ports names the rule group of each, %s', async (_what, change, [tls, http]) => {
  const json = { ...hostnames(), variable: { targets: {} } };
  for (const group of Object.values<any>(json.resource.aws_networkfirewall_rule_group)) {
    Object.assign(group.rule_group.rules_source.rules_source_list, change);
  }
  const file = written(json);
  const { hostnames: found } = await parsed('matrix', file);
  const told = found
    .filter(({ hostname }: any) => hostname === 'archive.ubuntu.com')
    .map(({ ports, notKnownToBeOpen, rules }: any) => [ports.join(), notKnownToBeOpen, rules.join()]);
  expect(told).toEqual(
    tls === http
      ? [['443/tcp,80/tcp', tls, `${HTTP},${TLS}`]]
      : [
          ['443/tcp', tls, TLS],
          ['80/tcp', http, HTTP],
        ],
  );
});

/** Two constructs with a rule group each: the firewall of one network has both, that of the other one only the first. */
function inTwoNetworks(): string {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'hosts');
  const through = (namePrefix: string): AwsNetworkFirewallRuleGroup =>
    new AwsNetworkFirewallRuleGroup({ namePrefix, ruleOrder: AwsRuleOrder.STRICT });
  new ApinizerInstallationHostnames(stack, 'blue', { through: through('blue') });
  new TalosHostnames(stack, 'green', { through: through('green') });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  const ofGroup = (name: string): string[] =>
    Object.keys(json.resource.aws_networkfirewall_rule_group)
      .filter((id) => id.includes(name))
      .map((id) => `\${aws_networkfirewall_rule_group.${id}.arn}`);
  const [both, only] = [[...ofGroup('blue'), ...ofGroup('green')], ofGroup('blue')].map(
    (groups) => firewallPolicy({ ...DROPPING, groups }).aws_networkfirewall_firewall_policy.outbound,
  );
  return written(withResources(json, { aws_networkfirewall_firewall_policy: { both, only } }));
}

test('machines of a rule group that several policies use have what all of these policies allow, and may have the rest', async () => {
  const file = inTwoNetworks();
  const { rows } = await parsed('show', file);
  const [blue, green] = ['blueapinizer-installation-hosts', 'greentalos-hostnames'].map(
    (name) => `machines:firewall-vpc of ${name}`,
  );
  const reason = expect.stringMatching(
    /^not known to be open: aws_networkfirewall_firewall_policy\.only does not use aws_networkfirewall_rule_group\./,
  );
  for (const [from, to, expected] of [
    [blue, 'host:docker.io over TLS', 'passes'],
    [green, 'host:docker.io over TLS', 'passes'],
    [green, 'host:ghcr.io over TLS', 'passes'],
    [blue, 'host:ghcr.io over TLS', 'not known'],
  ]) {
    const { source } = await parsed('explain', file, '--from', from, '--to', to, '--port', '443/tcp');
    const row = rows.find((one: any) => one.from === from && one.to === to);
    const isKnown = expected === 'passes';
    expect([from, to, source.verdict, row.notKnown]).toEqual([from, to, expected, isKnown ? undefined : reason]);
    if (!isKnown) expect(source.reason).toEqual(reason);
  }
  expect(new Set((await matrixOf(file)).values())).toEqual(new Set([undefined]));
});
