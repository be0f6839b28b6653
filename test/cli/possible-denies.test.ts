import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  Basis,
  DocumentedHostnameRules,
  GcpFirewall,
  GcpFirewallPolicy,
  Port,
  PrometheusCostMetricsRule,
} from '../../lib';
import '../../lib/testing';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

type Json = any;

const FIREWALL = 'google_compute_firewall';
const ENDS = ['--from', 'tag:platform', '--to', 'tag:prometheus', '--port', '9090/tcp', '--network', 'net-host/prod'];

function synthesized(define: (stack: TerraformStack) => void): Json {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'metrics');
  define(stack);
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

/** Prometheus on GCP, which the platform asks at 9090/tcp, and a rule of the user. */
function stackWith(own: object): Json {
  const json = synthesized((stack) => {
    const firewall = new GcpFirewall({ network: 'prod', project: 'net-host' });
    const [platform, prometheus] = ['platform', 'prometheus'].map((tag) => firewall.networkTag(tag));
    new PrometheusCostMetricsRule(stack, 'metrics', { platform, prometheus });
  });
  json.resource[FIREWALL].own = own;
  return json;
}

const deny = (more: object): object => ({
  network: 'prod',
  project: 'net-host',
  name: 'deny',
  priority: 900,
  deny: [{ protocol: 'all' }],
  source_ranges: ['0.0.0.0/0', '::/0'],
  ...more,
});

const outbound = (more: object): object =>
  deny({ direction: 'EGRESS', source_ranges: undefined, destination_ranges: ['0.0.0.0/0', '::/0'], ...more });

function written(json: Json): string {
  const file = join(path, 'own', 'cdk.tf.json');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, JSON.stringify(json));
  return file;
}

async function output(...argv: string[]): Promise<string> {
  const { stdout, stderr } = await cli(argv);
  return stdout === '' ? stderr : stdout;
}

const jsonOf = async (...argv: string[]): Promise<Json> => JSON.parse(await output(...argv, '--format', 'json'));

const COUNT = 'count is evaluated by Terraform: read its plan';

const POSSIBLE: readonly [string, object, string][] = [
  ['its number of instances', deny({ count: '${var.n}' }), COUNT],
  ['its number of instances, outbound', outbound({ count: '${var.n}' }), COUNT],
  ['disabled', deny({ disabled: '${var.d}' }), 'disabled is var.d, which is known after apply'],
  ['its priority', deny({ priority: '${var.p}' }), 'priority is var.p, which is known after apply'],
  ['its direction', deny({ direction: '${var.d}' }), 'direction is var.d, which is known after apply'],
  ['its ports', deny({ deny: [{ protocol: '${var.p}' }] }), 'deny is var.p, which is known after apply'],
  ['its targets', deny({ target_tags: '${var.t}' }), 'target_tags is var.t, which is known after apply'],
  ['one of its targets', outbound({ target_tags: ['${var.t}'] }), 'the network tag var.t is known after apply'],
  [
    'its sources',
    deny({ source_ranges: undefined, source_tags: ['${var.t}'] }),
    'the network tag var.t is known after apply',
  ],
  ['its network', deny({ network: '${var.n}', project: undefined }), 'it is not known whether var.n is net-host/prod'],
];

test.each(POSSIBLE)('a rule that may deny makes a flow uncertain in every output: %s', async (_what, own, why) => {
  const json = stackWith(own);
  const file = written(json);
  const reason = `${FIREWALL}.own: ${why}`;
  const { flows } = await jsonOf('matrix', file);
  expect(flows).toMatchObject([{ port: '9090/tcp', notKnownToBeOpen: reason }]);
  expect([flows[0].notDocumented, flows[0].closed]).toEqual([undefined, undefined]);
  expect(await output('matrix', file)).toContain(`not known to be open: ${reason}`);
  expect(await output('request', file, '--all')).toContain(`# Not known to be open: ${reason}`);
  expect(await output('commands', file)).toContain(`# Not known to be open: ${reason}`);
  const { verdict } = await jsonOf('explain', file, ...ENDS);
  expect(verdict).toBe('not known');
  const { findings } = await jsonOf('lint', file);
  expect(findings.map(({ code }: Json) => code)).not.toContain('false-claim');
  const permits = { port: '9090/tcp', from: 'tag:platform', to: 'tag:prometheus', network: 'net-host/prod' };
  const isInbound = !('direction' in own);
  if (isInbound) {
    const { rows } = await jsonOf('show', file);
    expect(rows.filter(({ port, permitted }: Json) => port === '9090/tcp' && permitted)).toMatchObject([
      { notKnown: `not known to be open: ${reason}` },
    ]);
    expect(await output('show', file)).toContain(`not known to be open: ${reason}`);
  }
  expect(() => {
    expect(json).toPermit(permits);
  }).toThrow(`${FIREWALL}.own: ${why}`);
  expect(() => {
    expect(json).toMatchDocuments();
  }).toThrow(`${FIREWALL}.own: ${why}`);
});

test.each<[string, object]>([
  ['is evaluated after the rule that allows', { count: '${var.n}', priority: 65_000 }],
  ['is for other ports', { count: '${var.n}', deny: [{ protocol: 'tcp', ports: ['22'] }] }],
  ['is for other machines', { count: '${var.n}', target_tags: ['db'] }],
  ['is for other sources', { count: '${var.n}', source_ranges: undefined, source_tags: ['db'] }],
  ['is for another network', { count: '${var.n}', network: 'test' }],
])('a rule that may deny decides nothing if it %s', async (_what, own) => {
  const file = written(stackWith(deny(own)));
  const { flows } = await jsonOf('matrix', file);
  expect(flows).toMatchObject([{ port: '9090/tcp' }]);
  expect(flows[0].notKnownToBeOpen).toBeUndefined();
  const { verdict } = await jsonOf('explain', file, ...ENDS);
  expect(verdict).toBe('passes');
  const { rows } = await jsonOf('show', file);
  expect(rows.flatMap(({ notKnown }: Json) => notKnown ?? [])).toEqual([]);
});

test.each<[string, object, object]>([
  [
    'closed at its source',
    outbound({ target_tags: ['platform'] }),
    { closedAtSource: `outbound rules deny it: ${FIREWALL}.own` },
  ],
  ['closed', deny({}), { closed: `rules that are evaluated earlier deny it: ${FIREWALL}.own` }],
])('a flow is %s although a range of its rule is not known', async (_what, own, closed) => {
  for (const ranges of [{ source_ranges: ['${var.r}'] }, { source_ranges: ['${var.r}'], source_tags: undefined }]) {
    const json = stackWith(own);
    const [[, rule]] = Object.entries<Json>(json.resource[FIREWALL]).filter(([id]) => id !== 'own');
    Object.assign(rule, ranges);
    const file = written(json);
    const { flows } = await jsonOf('matrix', file);
    expect(flows).toMatchObject([closed]);
    expect(flows[0].notKnownToBeOpen).toBeUndefined();
    expect(await output('request', file, '--all')).not.toContain('No action needed');
    const { verdict } = await jsonOf('explain', file, ...ENDS);
    expect(verdict).toBe('refused');
  }
});

test('a rule that may deny makes an opening that no row documents uncertain', async () => {
  const json = stackWith(deny({ count: '${var.n}', deny: [{ protocol: 'tcp', ports: ['22'] }] }));
  const ssh = { allow: [{ protocol: 'tcp', ports: ['22'] }], source_tags: ['platform'], target_tags: ['prometheus'] };
  json.resource[FIREWALL].ssh = { network: 'prod', project: 'net-host', name: 'ssh', ...ssh };
  const { undocumented } = await jsonOf('matrix', written(json));
  expect(undocumented).toMatchObject([{ port: '22/tcp', notKnownToBeOpen: `${FIREWALL}.own: ${COUNT}` }]);
});

test('a rule that may deny makes a hostname uncertain', async () => {
  const hostname = { name: 'registry', hostname: 'registry.example.com', ports: [Port.tcp(443)], section: 'Hosts' };
  const json = synthesized((stack) => {
    new DocumentedHostnameRules(stack, 'hosts', {
      table: {
        id: 'hosts',
        title: 'Hosts',
        reference: 'https://example.com/hosts',
        edition: '2026-10',
        comparedOn: '2026-11-28',
        hostnames: [{ ...hostname, portsBasis: Basis.TEXT }],
      },
      through: new GcpFirewallPolicy({ policy: 'policy', project: 'net-host', priority: 100 }),
    });
  });
  const association = {
    name: 'a',
    firewall_policy: 'policy',
    attachment_target: 'projects/net-host/global/networks/prod',
    project: 'net-host',
  };
  json.resource.google_compute_network_firewall_policy = { policy: { name: 'policy', project: 'net-host' } };
  json.resource.google_compute_network_firewall_policy_association = { prod: association };
  json.resource.google_compute_network = { prod: { name: 'prod', project: 'net-host' } };
  json.resource[FIREWALL] = { own: outbound({ count: '${var.n}' }) };
  const { hostnames } = await jsonOf('matrix', written(json));
  expect(hostnames).toMatchObject([{ notKnownToBeOpen: `${FIREWALL}.own: ${COUNT}` }]);
});
