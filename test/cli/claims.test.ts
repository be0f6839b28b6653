import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  ApinizerNodePorts,
  AwsNetworkFirewallRuleGroup,
  AwsSecurityGroup,
  DocumentedPortRules,
  Egress,
  ExternalHosts,
  GcpFirewall,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from '../../lib';
import '../../lib/testing';
import { cli, temporaryDirectory } from '../support/cli';
import { withFirewallPolicy } from '../support/rule-group-policy';

const { path } = temporaryDirectory();

function metricsStack(): any {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'metrics');
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: Peer.named('platform', '10.7.0.0/24'),
    prometheus: new GcpFirewall({ network: 'prod' }).networkTag('prometheus'),
  });
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

function written(json: unknown): string {
  const file = join(path, 'claims.tf.json');
  writeFileSync(file, JSON.stringify(json));
  return file;
}

async function output(...argv: string[]): Promise<string> {
  const { stdout, stderr } = await cli(argv);
  return stdout === '' ? stderr : stdout;
}

const ruleOf = (json: any): any => Object.values(json.resource.google_compute_firewall)[0];
const claimsOf = (json: any): any => json['//'].metadata.clusterPorts;
const WORLD = { ranges: ['0.0.0.0/0'], openToTheWorld: ['ipv4: the vendor needs it'] };

test.each<[string, (json: any) => void, string]>([
  [
    'a flow that the firewall team is said to open',
    (json) => {
      Object.assign(claimsOf(json).flows[0], { external: true, rules: {} });
      delete json.resource;
    },
    'it says that the firewall team opens it, and rules of stacks select these machines',
  ],
  [
    'a row that is said not to be for the inside of a cluster',
    (json) => Object.values(claimsOf(json).rows).forEach((row) => delete (row as any).internal),
    'prometheus-cost-metrics@2025-03, cost-metrics: internal is true, not nothing',
  ],
  [
    'a reason for an internal row that is open to the world',
    (json) => {
      ruleOf(json).source_ranges = WORLD.ranges;
      Object.assign(claimsOf(json).peers[claimsOf(json).flows[0].source], WORLD);
    },
    'cost-metrics is for the inside of a cluster, and its source is open to the world',
  ],
])('does not believe %s', async (_what, forge, doubt) => {
  const json = metricsStack();
  forge(json);
  const file = written(json);
  const { flows } = JSON.parse(await output('matrix', file, '--format', 'json'));
  expect(flows.map(({ notDocumented }: any) => notDocumented)).toEqual([doubt]);
  const { findings } = JSON.parse(await output('lint', file, '--format', 'json'));
  expect(findings.map(({ code }: any) => code)).toContain('false-claim');
  expect(() => {
    expect(file).toMatchDocuments();
  }).toThrow();
});

test('no reason counts for an internal row that is open to the world', async () => {
  const json = metricsStack();
  ruleOf(json).source_ranges = WORLD.ranges;
  Object.assign(claimsOf(json).peers[claimsOf(json).flows[0].source], WORLD);
  const text = await output('lint', written(json));
  expect(text).toContain('no reason counts for a row that is for the inside of a cluster');
  expect(text).not.toContain('world-open-with-reason');
});

test('explain names only the rows of the port that it is asked about', async () => {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'platform');
  new VClusterPlatformIngressRules(stack, 'platform', {
    kubernetesApi: Peer.named('api', '172.16.0.0/28'),
    platform: new GcpFirewall({ network: 'prod' }).networkTag('platform'),
  });
  const file = written(JSON.parse(JSON.stringify(stack.toTerraform())));
  const text = await output('explain', file, '--from', '172.16.0.3', '--to', 'tag:platform', '--port', '9443/tcp');
  expect(text).toMatch(/If it is closed: .*[Ww]ebhook/);
  expect(text).not.toContain('RBAC');
});

test('explain takes a network that only the provenance names, although rules are in a different one', async () => {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'networks');
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: new GcpFirewall({ network: 'test', project: 'net-one' }).networkTag('platform'),
    prometheus: ExternalHosts.named('prometheus', '10.9.0.0/24'),
  });
  new VClusterPlatformIngressRules(stack, 'platform', {
    kubernetesApi: Peer.named('api', '172.16.0.0/28'),
    platform: new GcpFirewall({ network: 'test', project: 'net-two' }).networkTag('other'),
  });
  const file = written(JSON.parse(JSON.stringify(stack.toTerraform())));
  const ends = ['--from', 'tag:platform', '--to', '10.9.0.4', '--port', '9090/tcp', '--network', 'net-one/test'];
  const { destination } = JSON.parse(await output('explain', file, ...ends, '--format', 'json'));
  expect(destination.verdict).toBe('asked for, not known to be open');
});

test('a rule that the provenance of its stack does not name has no row, whatever its description says', async () => {
  const json = metricsStack();
  const rule = ruleOf(json);
  json.resource.google_compute_firewall.copied = { ...rule, name: 'copied', source_ranges: ['10.9.0.0/16'] };
  const { findings } = JSON.parse(await output('lint', written(json), '--only', 'false-claim', '--format', 'json'));
  expect(findings.map(({ address, message }: any) => `${address}: ${message}`)).toEqual([
    'google_compute_firewall.copied: its stated reason is false: the provenance of its stack does not name it',
  ]);
});

test.each([
  [['22'], 'it allows 22/tcp'],
  [['22', '9090'], 'it also allows 22/tcp'],
])('a rule of the provenance that opens %j has a false reason: %s', async (ports, doubt) => {
  const json = metricsStack();
  ruleOf(json).allow[0].ports = ports;
  const { findings } = JSON.parse(await output('lint', written(json), '--only', 'false-claim', '--format', 'json'));
  expect(findings.map(({ message }: any) => message)).toEqual([`its stated reason is false: ${doubt}`]);
});

const OWN = 'google_compute_firewall.firewall_allow-vcluster-platform-to-prometheus';

test.each<[string, string | undefined, (json: any) => void, string[]]>([
  [
    'a rule of the user opens, and the rule of the construct is disabled',
    `its rule ${OWN} does not open it, and google_compute_firewall.mine opens it`,
    (json) => {
      json.resource.google_compute_firewall.mine = { ...ruleOf(json), name: 'mine' };
      ruleOf(json).disabled = true;
    },
    ['google_compute_firewall.mine'],
  ],
  [
    'a rule of the user opens to more machines, and the rule of the construct is gone',
    `its rule ${OWN} does not exist, and google_compute_firewall.mine opens it`,
    (json) => {
      const mine = { ...ruleOf(json), name: 'mine' };
      delete mine.target_tags;
      json.resource.google_compute_firewall = { mine };
    },
    ['google_compute_firewall.mine'],
  ],
  [
    'a rule of the user and the rule of the construct open half each',
    `its rule ${OWN} does not open all of it, and google_compute_firewall.mine opens the rest`,
    (json) => {
      json.resource.google_compute_firewall.mine = { ...ruleOf(json), name: 'mine', source_ranges: ['10.7.0.128/25'] };
      ruleOf(json).source_ranges = ['10.7.0.0/25'];
    },
    [OWN, 'google_compute_firewall.mine'],
  ],
  [
    'the rule of the construct opens for all instances',
    'its rule also applies to all-instances',
    (json) => delete ruleOf(json).target_tags,
    [OWN],
  ],
])('no output says that nothing opens what %s', async (_what, doubt, forge, rules) => {
  const json = metricsStack();
  forge(json);
  const file = written(json);
  const { flows } = JSON.parse(await output('matrix', file, '--format', 'json'));
  expect(flows.map((flow: any) => [flow.openedOtherwise ?? flow.notDocumented, flow.rules])).toEqual([[doubt, rules]]);
  const ends = ['--from', '10.7.0.200', '--to', 'tag:prometheus', '--port', '9090/tcp'];
  const { destination } = JSON.parse(await output('explain', file, ...ends, '--format', 'json'));
  expect(destination.verdict).toBe('passes');
  expect(await output('matrix', file)).not.toMatch(/no rule of this stack|if closed/);
  expect(await output('request', file, '--all')).toContain('# No action needed: the requesting team opens this\n');
  expect(await output('diagram', file)).not.toContain('no rule');
  const { findings } = JSON.parse(await output('lint', file, '--only', 'false-claim', '--format', 'json'));
  expect(findings.length).toBeGreaterThan(0);
  for (const { message } of findings) expect(message).not.toContain('no rule of this stack');
  expect(() => {
    expect(file).toMatchDocuments();
  }).toThrow();
});

test('a request says that no rule opens a flow whose rule is disabled', async () => {
  const json = metricsStack();
  ruleOf(json).disabled = true;
  const request = await output('request', written(json), '--all');
  expect(request).toContain('# No rule of the requesting team opens this\n');
  expect(request).not.toContain('No action needed');
});

test.each<[string, boolean, (json: any) => void]>([
  ['a rule that is gone', true, (json) => delete json.resource],
  [
    'a row that the document does not have so',
    false,
    (json) => {
      delete json.resource;
      Object.values(claimsOf(json).rows).forEach((row: any) => (row.impact = 'nothing works'));
    },
  ],
])(
  'matrix and request say what fails if the port is closed, if the document says it: %s',
  async (_what, isTold, forge) => {
    const json = metricsStack();
    forge(json);
    const file = written(json);
    for (const command of [['matrix'], ['matrix', '--format', 'markdown'], ['request', '--all']]) {
      const [name, ...options] = command;
      const text = await output(name, file, ...options);
      expect(text).toContain('does not exist');
      expect(text.includes('if closed: cost monitoring might fail: cost metrics are missing or unavailable')).toBe(
        isTold,
      );
      expect(text).not.toContain('if closed: nothing works');
    }
  },
);

test('a request names the family that is open to the world as people write it', async () => {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'gateway');
  new ApinizerNodePorts(stack, 'ports', {
    workers: new GcpFirewall({ network: 'prod' }).networkTag('workers'),
    gateways: [{ clients: Peer.anyIpv4('a public API'), environment: 'prod' }],
  });
  const request = await output('request', written(JSON.parse(JSON.stringify(stack.toTerraform()))), '--all');
  expect(request).toContain('# Open to the world over IPv4: a public API\n');
});

test.each<[string, (json: any) => void]>([
  ['is gone', (json) => delete json.resource],
  ['is disabled', (json) => (ruleOf(json).disabled = true)],
  [
    'is denied',
    (json) => {
      const { allow, ...rest } = ruleOf(json);
      json.resource.google_compute_firewall.deny = { ...rest, name: 'deny', deny: allow, priority: 10 };
    },
  ],
])('nothing is said to be open to the world if its rule %s', async (_what, change) => {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'node-ports');
  new ApinizerNodePorts(stack, 'node-ports', {
    workers: new GcpFirewall({ network: 'prod' }).networkTag('worker'),
    gateways: [{ environment: 'prod', clients: Peer.anyIpv4('public API') }],
  });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  const open = written(json);
  expect(await output('request', open, '--all')).toContain('Open to the world');
  expect(await output('diagram', open)).toContain(':::world');
  change(json);
  const file = written(json);
  expect(await output('request', file, '--all')).not.toContain('Open to the world');
  expect(await output('diagram', file)).not.toContain(':::world');
});

test('lint names the stack of a finding if there are several, and the file of a single one', async () => {
  const json = metricsStack();
  ruleOf(json).source_ranges = WORLD.ranges;
  const other = JSON.parse(JSON.stringify(json));
  other['//'].metadata.stackName = 'other';
  const [one, two] = [written(json), join(path, 'other.tf.json')];
  writeFileSync(two, JSON.stringify(other));
  const heading = async (...files: string[]): Promise<string[]> =>
    (await output('lint', ...files, '--only', 'world-open')).split('\n')[0].split(/ {2,}/);
  expect(await heading(one)).toEqual(['Level', 'Finding', 'At', 'Problem', 'Related rules', 'File']);
  expect(await heading(one, two)).toEqual(['Stack', 'Level', 'Finding', 'At', 'Problem', 'Related rules']);
  const { findings } = JSON.parse(await output('lint', one, two, '--only', 'world-open', '--format', 'json'));
  expect(findings.map(({ stack }: any) => stack)).toEqual(['metrics', 'other']);
});

test('explain names the rule of a wildcard for a hostname below it', async () => {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'hosts');
  const clients = Peer.named('subnets', '10.20.0.0/16');
  new ApinizerInstallationHostnames(stack, 'hosts', { through: new AwsNetworkFirewallRuleGroup({ clients }) });
  const file = written(withFirewallPolicy(JSON.parse(JSON.stringify(stack.toTerraform()))));
  const ends = ['--from', 'machines:10.20.0.0/16', '--to', 'host:registry.docker.com over TLS', '--port', '443/tcp'];
  const { source } = JSON.parse(await output('explain', file, ...ends, '--format', 'json'));
  expect(source.verdict).toBe('passes');
  expect(source.matching.map(({ address }: any) => address.split('.')[0])).toEqual(['aws_networkfirewall_rule_group']);
  expect(source.matching[0].documentedBy.map(({ row }: any) => row)).toEqual([
    'apinizer-installation-hosts@2024-12/docker-com',
  ]);
});

const PART = 'ingress 9090/tcp from 10.7.0.0/25 to tag:prometheus on prod';
const CLOSED = 'rules that are evaluated earlier deny it: google_compute_firewall.deny';
const DOCUMENT = 'prometheus-cost-metrics@2025-03';
const ROW = `${DOCUMENT}/platform-to-prometheus/cost-metrics`;

function denied(json: any, source_ranges = ruleOf(json).source_ranges): void {
  const { allow, ...rest } = ruleOf(json);
  json.resource.google_compute_firewall.deny = { ...rest, name: 'deny', deny: allow, priority: 10, source_ranges };
}

test.each<[string, string, (json: any) => void]>([
  [
    'a rule that denies half of it',
    `rules that are evaluated earlier deny ${PART}`,
    (json) => denied(json, ['10.7.0.0/25']),
  ],
  [
    'a rule that has only half of it',
    `the rules do not open ${PART}`,
    (json) => (ruleOf(json).source_ranges = ['10.7.0.128/25']),
  ],
])('every output says that it is documented, and closed in part: %s', async (_what, reason, forge) => {
  const json = metricsStack();
  forge(json);
  const file = written(json);
  const { flows, undocumented } = JSON.parse(await output('matrix', file, '--format', 'json'));
  expect(flows).toMatchObject([{ row: ROW, closed: reason, openInPart: true, rules: [OWN] }]);
  expect(undocumented).toEqual([]);
  const text = `closed in part: ${reason}`;
  await everyOutput(file, text, { opener: 'this stack, in part', asked: 'The requesting team opens this in part' });
  expect(await output('matrix', file)).toContain('if closed: ');
  expect(await output('request', file, '--all', '--format', 'csv')).toContain('the requesting team opens it in part');
  expect(await output('diagram', file)).toContain('this stack opens it in part');
  expect(await output('commands', file)).toContain(
    `# C${text.slice(1)}\n# this script may leave out the rules that deny the rest, and then opens all of it\n`,
  );
  const { findings } = JSON.parse(await output('lint', file, '--only', 'false-claim', '--format', 'json'));
  const ofRule = findings.filter(({ address }: any) => address === OWN);
  expect(ofRule.map(({ message }: any) => message)).toEqual([`what it is for is not open as recorded: ${text}`]);
  const ends = ['--from', '10.7.0.200', '--to', 'tag:prometheus', '--port', '9090/tcp'];
  const { destination } = JSON.parse(await output('explain', file, ...ends, '--format', 'json'));
  expect(destination.matching).toMatchObject([{ address: OWN, documentedBy: [{ row: ROW }], deviation: text }]);
  expect(await output('explain', file, ...ends)).toMatch(/closed in\s+part: /);
  expect(() => {
    expect(file).toMatchDocuments();
  }).toThrow(text);
});

/** Expects that no output says that the document does not have it, and that all of them say what rules do with it. */
async function everyOutput(
  file: string,
  text: string,
  { opener, asked }: { readonly opener: string; readonly asked: string },
): Promise<void> {
  for (const format of ['table', 'csv', 'markdown']) {
    const matrix = (await output('matrix', file, '--format', format)).replaceAll('`', '');
    expect(matrix).toContain(`${opener}; ${text}`);
    expect(matrix).toContain(DOCUMENT);
    expect(matrix).not.toContain('not documented');
  }
  for (const format of ['text', 'csv', 'markdown']) {
    const request = (await output('request', file, '--all', '--format', format)).replaceAll('`', '');
    expect(request.toLowerCase()).toContain(text.toLowerCase());
    expect(request).not.toMatch(/not documented|no: /);
  }
  expect(await output('request', file, '--all')).toContain(`# ${asked}\n# C${text.slice(1)}\n`);
  const diagram = (await output('diagram', file)).replaceAll('#95;', '_');
  expect(diagram).not.toContain('not documented');
}

test('every output says that it is documented, and closed by a rule that is evaluated earlier', async () => {
  const json = metricsStack();
  denied(json);
  const file = written(json);
  const { flows, undocumented } = JSON.parse(await output('matrix', file, '--format', 'json'));
  expect(flows).toMatchObject([{ row: ROW, closed: CLOSED, rules: [] }]);
  expect(undocumented).toEqual([]);
  await everyOutput(file, `closed: ${CLOSED}`, {
    opener: 'no rule of this stack',
    asked: 'No rule of the requesting team opens this',
  });
  const { findings } = JSON.parse(await output('lint', file, '--format', 'json'));
  expect(findings.map(({ code }: any) => code)).toContain('false-claim');
  expect(() => {
    expect(file).toMatchDocuments();
  }).toThrow(`closed: ${CLOSED}`);
});

describe('a hostname over two protocols', () => {
  const TLS = 'aws_networkfirewall_rule_group.hosts_apinizer-installation-hosts-tls';
  const HTTP = 'aws_networkfirewall_rule_group.hosts_apinizer-installation-hosts-http';
  const sourceOf = (json: any): any =>
    json.resource.aws_networkfirewall_rule_group['hosts_apinizer-installation-hosts-tls'].rule_group;

  function hostsStack(): any {
    const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'hosts');
    const clients = Peer.named('subnets', '10.20.0.0/16');
    new ApinizerInstallationHostnames(stack, 'hosts', { through: new AwsNetworkFirewallRuleGroup({ clients }) });
    return JSON.parse(JSON.stringify(stack.toTerraform()));
  }

  async function ubuntu(file: string): Promise<any[]> {
    const { hostnames } = JSON.parse(await output('matrix', file, '--format', 'json'));
    return hostnames.filter(({ hostname }: any) => hostname === 'archive.ubuntu.com');
  }

  test('is judged for each: the broken half does not blame the other', async () => {
    const json = hostsStack();
    sourceOf(json).rules_source.rules_source_list.targets = ['elsewhere.example.com'];
    const file = written(json);
    expect(await ubuntu(file)).toMatchObject([
      {
        ports: ['443/tcp'],
        closed: 'no rule of this stack allows archive.ubuntu.com at 443/tcp to these machines',
        rules: [],
      },
      { ports: ['80/tcp'], row: 'apinizer-installation-hosts@2024-12/ubuntu-packages', rules: [HTTP] },
    ]);
    const { findings } = JSON.parse(await output('lint', file, '--only', 'false-claim', '--format', 'json'));
    expect(findings.map(({ address }: any) => address)).toContain(TLS);
    expect(findings.map(({ address }: any) => address)).not.toContain(HTTP);
    const { undocumented } = JSON.parse(await output('matrix', file, '--format', 'json'));
    expect(undocumented.map(({ destination }: any) => destination.label)).toEqual([
      'host:elsewhere.example.com over TLS',
    ]);
    const request = await output('request', file, '--all');
    expect(request).toContain('\narchive.ubuntu.com 443/tcp\n');
    expect(request).toContain('\narchive.ubuntu.com 80/tcp\n');
    expect(() => {
      expect(file).toMatchDocuments();
    }).toThrow('at 443/tcp');
  });

  test('is open where a wildcard covers it', async () => {
    const json = hostsStack();
    const list = sourceOf(json).rules_source.rules_source_list;
    list.targets = list.targets.map((name: string) => (name === 'archive.ubuntu.com' ? '.ubuntu.com' : name));
    const file = written(json);
    // a rule group each, and no firewall policy of the stack uses either
    expect((await ubuntu(file)).map(({ ports, closed }: any) => [ports, closed])).toEqual([
      [['443/tcp'], undefined],
      [['80/tcp'], undefined],
    ]);
    expect(await output('matrix', file)).not.toContain('no rule of this stack');
    expect(() => {
      expect(file).toMatchDocuments();
    }).toThrow('ubuntu.com over TLS');
  });
});

test('no output repeats a document that does not have a hostname', async () => {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'hosts');
  const clients = Peer.named('subnets', '10.20.0.0/16');
  new ApinizerInstallationHostnames(stack, 'hosts', { through: new AwsNetworkFirewallRuleGroup({ clients }) });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  for (const hostname of claimsOf(json).hostnames) hostname.section = 'Approved hosts';
  delete json.resource;
  const file = written(json);
  const { hostnames } = JSON.parse(await output('matrix', file, '--format', 'json'));
  for (const hostname of hostnames) {
    expect(hostname).toMatchObject({
      notDocumented: expect.stringContaining('Approved hosts'),
      closed: expect.stringContaining('does not exist'),
    });
    for (const name of ['document', 'row', 'section']) expect(hostname).not.toHaveProperty(name);
  }
  const request = await output('request', file, '--all');
  expect(request).toContain('# No rule of the requesting team allows this through AWS Network Firewall\n');
  for (const line of request.split('\n')) if (line.includes('Approved')) expect(line).toContain(': not documented: ');
});

test('machines of two stacks that have one label are told apart', async () => {
  const outdir = join(path, 'labels');
  const app = new App({ outdir, skipValidation: true });
  const [lists, other] = ['lists', 'other'].map((name) => new TerraformStack(app, name));
  const groups = [lists, other].map(
    (stack) => new AwsSecurityGroup(stack, 'group', { name: 'w', vpcId: 'vpc-0123456789abcdef0', egress: Egress.ALL }),
  );
  new DocumentedPortRules(other, 'rules', {
    table: PrometheusCostMetricsRule.portTable,
    roles: { platform: groups[0], prometheus: groups[1] },
  });
  app.synth();
  const { flows } = JSON.parse(await output('matrix', join(outdir, 'stacks/other'), '--format', 'json'));
  expect(flows.map(({ source, destination }: any) => [source.label, destination.label])).toEqual([
    ['security group w (stack lists)', 'security group w (stack other)'],
  ]);
});

/** Machines in the provenance, whose rules this package would not create. */
const REFUSED_ENDS: readonly [string, (group: any, destination: any) => void, string][] = [
  [
    'that no rule selects',
    (group) => delete group.selectedBy,
    'a source must say how rules select its machines (network tag platform)',
  ],
  [
    'in a different network',
    (group) => {
      group.network = 'network other';
      group.selectedBy.network = 'other';
    },
    'a network tag or service account is a source only within its own network (tag:platform of other)',
  ],
  [
    'in a different project',
    (group) => {
      group.network = 'network prod of project other';
      group.selectedBy.project = 'other';
    },
    'a network tag or service account is a source only within its own network (tag:platform of other/prod)',
  ],
  [
    'that send to IP ranges too',
    (_group, destination) => destination.ranges.push('0.0.0.0/0'),
    'a destination of rules must be only the machines that they select (IP ranges)',
  ],
];

test.each(REFUSED_ENDS)('a flow from machines %s is not believed', async (_what, forge, reason) => {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'metrics');
  const firewall = new GcpFirewall({ network: 'prod' });
  const [platform, prometheus] = ['platform', 'prometheus'].map((tag) => firewall.networkTag(tag));
  new PrometheusCostMetricsRule(stack, 'metrics', { platform, prometheus });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  const [{ source, destination }] = claimsOf(json).flows;
  const { peers } = claimsOf(json);
  forge(peers[source].hostGroups[0], peers[destination]);
  const file = written(json);
  const { flows, undocumented } = JSON.parse(await output('matrix', file, '--format', 'json'));
  const [rule] = Object.keys(json.resource.google_compute_firewall);
  expect(flows).toMatchObject([
    { notDocumented: `google_compute_firewall.${rule} cannot be for it: ${reason}`, rules: [] },
  ]);
  expect(undocumented).toMatchObject([{ port: '9090/tcp' }]);
  expect(() => {
    expect(file).toMatchDocuments();
  }).toThrow(reason.replace(/ \(.*\)$/, ''));
});

test('a hostname that names no filter and no rule is not believed, unless the firewall team allows it', async () => {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'hosts');
  const clients = Peer.named('subnets', '10.20.0.0/16');
  new ApinizerInstallationHostnames(stack, 'hosts', { through: new AwsNetworkFirewallRuleGroup({ clients }) });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  delete json.resource;
  for (const hostname of claimsOf(json).hostnames) Object.assign(hostname, { filter: undefined, rules: {} });
  const { hostnames } = JSON.parse(await output('matrix', written(json), '--format', 'json'));
  expect(new Set(hostnames.map(({ closed }: any) => closed))).toEqual(new Set(['it names no rule']));
  for (const hostname of claimsOf(json).hostnames) hostname.external = true;
  const asked = JSON.parse(await output('matrix', written(json), '--format', 'json')).hostnames;
  expect(asked.map(({ closed }: any) => closed)).not.toContain('it names no rule');
});
