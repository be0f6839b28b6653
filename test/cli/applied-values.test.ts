import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { AwsSecurityGroup, Egress, GcpFirewall, Peer, PrometheusCostMetricsRule } from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const RULE = 'google_compute_firewall.firewall_allow-vcluster-platform-to-prometheus';
const OFFICE = 'google_compute_firewall.office';
const SENTENCE = 'known after apply';

/** A rule that a row needs and a rule of the user, each with ranges that only a variable has; and a variable with a default. */
function withVariables(name: string): string {
  const outdir = join(path, name);
  const app = new App({ outdir, skipValidation: true });
  const stack = new TerraformStack(app, 'stack');
  const firewall = new GcpFirewall({ network: 'prod', project: 'net-host' });
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: Peer.cidr('10.7.0.0/24'),
    prometheus: firewall.networkTag('prometheus'),
  });
  const office = new TerraformVariable(stack, 'office-ranges', {});
  const known = new TerraformVariable(stack, 'known-ranges', { default: '10.5.0.0/24' });
  const rule = { network: 'prod', project: 'net-host', targetTags: ['prometheus'] };
  const ssh = [{ protocol: 'tcp', ports: ['22'] }];
  new ComputeFirewall(stack, 'office', { ...rule, name: 'office', sourceRanges: [office.stringValue], allow: ssh });
  new ComputeFirewall(stack, 'known', { ...rule, name: 'known', sourceRanges: [known.stringValue], allow: ssh });
  app.synth();
  const file = join(outdir, 'stacks', 'stack', 'cdk.tf.json');
  const json = JSON.parse(readFileSync(file, 'utf8'));
  json.resource.google_compute_firewall[RULE.split('.')[1]].source_ranges = ['${var.platform}'];
  writeFileSync(file, JSON.stringify(json));
  return join(outdir, 'stacks', 'stack');
}

function stateWith(name: string, ranges: Readonly<Record<string, readonly string[]>>): string {
  const file = join(path, name);
  const resources = Object.entries(ranges).map(([address, source_ranges]) => ({
    address,
    values: { source_ranges },
    sensitive_values: {},
  }));
  writeFileSync(file, JSON.stringify({ format_version: '1.0', values: { root_module: { resources } } }));
  return file;
}

async function matrix(...options: string[]): Promise<any> {
  return JSON.parse((await cli(['matrix', ...options, '--format', 'json'])).stdout);
}

test('what the state knows about a rule is known, in every output with --state', async () => {
  const stack = withVariables('stack');
  const before = await matrix(stack);
  expect(before.notEvaluated.map(({ address }: { address: string }) => address).sort()).toEqual([RULE, OFFICE]);
  const state = stateWith('state.json', {
    [RULE]: ['10.7.0.0/24'],
    [OFFICE]: ['10.4.0.0/16'],
    'google_compute_firewall.known': ['10.6.0.0/24'],
  });
  const after = await matrix(stack, '--state', state);
  expect(after.notEvaluated).toEqual([]);
  expect(after.flows[0]).toMatchObject({ row: 'prometheus-cost-metrics@2025-03/platform-to-prometheus/cost-metrics' });
  expect(after.flows[0].notKnown).toBeUndefined();
  expect(after.undocumented.map(({ source, port }: any) => [port, source.label])).toEqual([
    ['22/tcp', '10.4.0.0/16'],
    ['22/tcp', '10.5.0.0/24'],
  ]);
  for (const command of ['matrix', 'request', 'diagram', 'verify', 'commands']) {
    const options = command === 'request' ? ['--all'] : command === 'verify' ? ['--from', 'platform'] : [];
    const { stdout, stderr } = await cli([command, stack, ...options, '--state', state]);
    expect(`${stdout}${stderr}`).not.toContain(SENTENCE);
    expect(stderr).not.toContain('not evaluated');
  }
});

test('a state that opens something else than the document refutes it', async () => {
  const stack = withVariables('refuted');
  const state = stateWith('other.json', { [RULE]: ['10.99.0.0/24'], [OFFICE]: ['10.4.0.0/16'] });
  const { flows, undocumented } = await matrix(stack, '--state', state);
  expect(flows[0]).toMatchObject({ closed: expect.any(String) });
  expect(flows[0].openInPart).toBeUndefined();
  expect(undocumented.map(({ source }: any) => source.label)).toContain('10.99.0.0/24');
});

const INGRESS = 'aws_vpc_security_group_ingress_rule';
const EGRESS = 'aws_vpc_security_group_egress_rule';
const IDS = { platform: 'sg-0aaaaaaaaaaaaaaaa', prometheus: 'sg-0bbbbbbbbbbbbbbbb' };

/** Two security groups of a stack, which a change of its file and the state name by their ids. */
function withGroups(
  name: string,
  change: (resources: any, rule: any, json: any) => void,
  values: Readonly<Record<string, object>> = {},
): [stack: string, option: string, state: string] {
  const outdir = join(path, name);
  const app = new App({ outdir, skipValidation: true });
  const stack = new TerraformStack(app, 'stack');
  const group = (id: string): AwsSecurityGroup =>
    new AwsSecurityGroup(stack, id, { name: id, vpcId: 'vpc-0123456789abcdef0', egress: Egress.UNMANAGED });
  new PrometheusCostMetricsRule(stack, 'metrics', { platform: group('platform'), prometheus: group('prometheus') });
  app.synth();
  const file = join(outdir, 'stacks', 'stack', 'cdk.tf.json');
  const json = JSON.parse(readFileSync(file, 'utf8'));
  const [[logicalId, rule]] = Object.entries<any>(json.resource[INGRESS]);
  json.resource[EGRESS] = {};
  change(json.resource, rule, json);
  writeFileSync(file, JSON.stringify(json));
  const groups = Object.entries(IDS).map(([id, value]) => [`aws_security_group.group_${id}`, { id: value }] as const);
  const all = [
    ...groups,
    ...Object.entries(values).map(([key, value]) => [key.replace('.RULE', `.${logicalId}`), value]),
  ];
  const resources = all.map(([address, each]) => ({ address, values: each, sensitive_values: {} }));
  const state = join(path, `${name}.json`);
  writeFileSync(state, JSON.stringify({ format_version: '1.0', values: { root_module: { resources } } }));
  return [join(outdir, 'stacks', 'stack'), '--state', state];
}

const ssh = { cidr_ipv4: '10.7.0.0/16', ip_protocol: 'tcp', from_port: 22, to_port: 22 };

test('a security group is one, by its id in the file or in the state', async () => {
  const byLiteral = withGroups('literal', ({ [INGRESS]: rules }) => {
    rules.own = { ...ssh, security_group_id: IDS.prometheus };
  });
  const byVariable = withGroups(
    'variable',
    ({ [INGRESS]: rules }) => {
      rules.own = { ...ssh, security_group_id: '${var.group}' };
    },
    { [`${INGRESS}.own`]: { security_group_id: IDS.prometheus } },
  );
  for (const stack of [byLiteral, byVariable]) {
    const { undocumented } = await matrix(...stack);
    expect(undocumented.map(({ port, destination }: any) => [port, destination.label])).toEqual([
      ['22/tcp', 'security group prometheus'],
    ]);
    expect((await cli(['diagram', ...stack])).stdout).not.toContain('sg:');
  }
});

test('an outbound rule to the id of a security group lets its source send', async () => {
  const rule = { ip_protocol: 'tcp', from_port: 9090, to_port: 9090 };
  const stack = withGroups(
    'outbound',
    ({ [EGRESS]: rules }) => {
      rules.own = { ...rule, security_group_id: IDS.platform, referenced_security_group_id: '${var.far}' };
    },
    { [`${EGRESS}.own`]: { referenced_security_group_id: IDS.prometheus } },
  );
  const [flow] = (await matrix(...stack)).flows;
  expect(flow.closedAtSource).toBeUndefined();
});

test('a rule whose far end is an id in the state is the rule of its flow', async () => {
  const stack = withGroups(
    'far',
    (_resources, rule) => {
      rule.referenced_security_group_id = '${var.far}';
    },
    { [`${INGRESS}.RULE`]: { referenced_security_group_id: IDS.platform } },
  );
  const { flows, undocumented } = await matrix(...stack);
  expect([flows[0].notDocumented, flows[0].closed]).toEqual([undefined, undefined]);
  expect(undocumented).toEqual([]);
});

test('commands have what the state knows about a rule, and a placeholder for a port that nobody knows', async () => {
  const change = (_resources: unknown, rule: any): void => {
    delete rule.referenced_security_group_id;
    Object.assign(rule, { cidr_ipv4: '${var.range}', from_port: '${var.port}', to_port: '${var.port}' });
  };
  const values = { cidr_ipv4: '10.7.0.0/16', from_port: 9090, to_port: 9090 };
  const [stack, ...state] = withGroups('commands', change, { [`${INGRESS}.RULE`]: values });
  expect((await cli(['commands', stack])).stdout).toContain('"FromPort":"<var.port>","ToPort":"<var.port>"');
  const { stdout } = await cli(['commands', stack, ...state]);
  expect(stdout).toContain('"FromPort":9090,"ToPort":9090,"IpRanges":[{"CidrIp":"10.7.0.0/16"');
});

test('a variable whose name begins the name of one in the provenance has its value from the state', async () => {
  const stack = withGroups(
    'begins',
    ({ [INGRESS]: rules }, _rule, json) => {
      rules.own = { ...ssh, security_group_id: IDS.prometheus, from_port: '${var.from}', to_port: '${var.from}' };
      for (const { hostGroups } of json['//'].metadata.clusterPorts.peers) {
        hostGroups[0].network = 'VPC ${var.from_vpc}';
      }
      for (const group of Object.values<any>(json.resource.aws_security_group)) group.vpc_id = '${var.from_vpc}';
    },
    { [`${INGRESS}.own`]: { from_port: 22, to_port: 22 } },
  );
  const { notEvaluated, undocumented } = await matrix(...stack);
  expect(notEvaluated).toEqual([]);
  expect(undocumented.map(({ port }: any) => port)).toEqual(['22/tcp']);
});
