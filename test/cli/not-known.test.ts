import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ComputeNetworkFirewallPolicyAssociation } from '@cdktf/provider-google/lib/compute-network-firewall-policy-association';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  GcpFirewall,
  GcpFirewallPolicy,
  Peer,
  PrometheusCostMetricsRule,
} from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const WILDCARDS = ['docker-com', 'docker-io', 'k8s-io', 'amazonaws-com', 'mongodb-org'];
const POLICY = { firewall_policy: 'egress-policy', project: 'net-host' };
const REASON =
  'not known to be open: this configuration does not attach the policy net-host/egress-policy to a network';

/** Synthesizes hostnames through a firewall policy, and a rule of the user in the same policy. */
function policyStack(): any {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'policy');
  const through = new GcpFirewallPolicy({ policy: POLICY.firewall_policy, project: POLICY.project });
  new ApinizerInstallationHostnames(stack, 'hosts', { through, omit: WILDCARDS });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  json.resource.google_compute_network_firewall_policy_rule.telnet = {
    ...POLICY,
    priority: 7,
    direction: 'INGRESS',
    action: 'allow',
    match: { src_ip_ranges: ['0.0.0.0/0'], layer4_configs: [{ ip_protocol: 'tcp', ports: ['23'] }] },
  };
  return json;
}

function withAssociation(json: any): any {
  const association = { ...POLICY, name: 'prod', attachment_target: 'projects/net-host/global/networks/prod' };
  json.resource.google_compute_network_firewall_policy_association = { prod: association };
  return json;
}

function written(json: unknown): string {
  const file = join(path, 'not-known.tf.json');
  writeFileSync(file, JSON.stringify(json));
  return file;
}

async function output(...argv: string[]): Promise<string> {
  const { stdout, stderr } = await cli(argv);
  return stdout === '' ? stderr : stdout;
}

const TO_ARCHIVE = ['--from', 'all-instances', '--to', 'host:archive.ubuntu.com', '--port', '80/tcp'];

test('no output says that a firewall policy without a known association opens anything', async () => {
  const file = written(policyStack());
  const { hostnames } = JSON.parse(await output('matrix', file, '--format', 'json'));
  expect(hostnames).not.toHaveLength(0);
  for (const hostname of hostnames) expect(`not known to be open: ${hostname.notKnownToBeOpen}`).toBe(REASON);
  for (const format of ['table', 'markdown', 'csv']) {
    const matrix = (await output('matrix', file, '--format', format)).replaceAll('`', '');
    expect(matrix).toContain(REASON);
    expect(matrix).not.toContain('this stack');
  }
  for (const format of ['text', 'markdown', 'csv']) {
    const request = (await output('request', file, '--all', '--format', format)).replaceAll('`', '');
    expect(request.toLowerCase()).toContain(REASON);
    expect(request).not.toMatch(/No action needed|none: the requesting team/);
  }
  const { source } = JSON.parse(await output('explain', file, ...TO_ARCHIVE, '--format', 'json'));
  expect(source).toMatchObject({ verdict: 'not known', reason: REASON });
  const { findings } = JSON.parse(await output('lint', file, '--only', 'world-open', '--format', 'json'));
  expect(findings.map(({ message }: any) => message)).toEqual([
    'it may open ports to 0.0.0.0/0: this configuration does not attach the policy net-host/egress-policy to a network',
  ]);
});

test('all outputs say that a firewall policy opens what it allows if the stack attaches it to a network', async () => {
  const file = written(withAssociation(policyStack()));
  const { hostnames } = JSON.parse(await output('matrix', file, '--format', 'json'));
  expect(hostnames.map(({ notKnownToBeOpen }: any) => notKnownToBeOpen)).toEqual(hostnames.map(() => undefined));
  expect(await output('request', file, '--all')).toContain('# No action needed: the requesting team allows this');
  const { source } = JSON.parse(await output('explain', file, ...TO_ARCHIVE, '--format', 'json'));
  expect(source).toMatchObject({ verdict: 'passes', network: 'net-host/prod' });
  const { findings } = JSON.parse(await output('lint', file, '--only', 'world-open', '--format', 'json'));
  expect(findings.map(({ message }: any) => message)).toEqual(['it opens 23/tcp of all-instances to 0.0.0.0/0']);
});

test('a policy is distinguished from a network in several stacks too', async () => {
  const outdir = join(path, 'several');
  for (const name of ['policy', 'other']) {
    const json = name === 'policy' ? policyStack() : { '//': { metadata: { stackName: name } } };
    mkdirSync(join(outdir, 'stacks', name), { recursive: true });
    writeFileSync(join(outdir, 'stacks', name, 'cdk.tf.json'), JSON.stringify(json));
  }
  const { source } = JSON.parse(await output('explain', outdir, ...TO_ARCHIVE, '--format', 'json'));
  expect(source).toMatchObject({ verdict: 'not known', reason: REASON });
  const { findings } = JSON.parse(await output('lint', outdir, '--only', 'world-open', '--format', 'json'));
  expect(findings.map(({ message }: any) => message)).toEqual([expect.stringMatching(/^it may open ports to/)]);
});

/** Synthesizes a row for machines that a firewall policy selects; a different stack may attach it to a network. */
function appWithPolicy(isAttached: boolean): string {
  const app = new App({ outdir: join(path, `rows-${isAttached}`), skipValidation: true });
  const policy = new GcpFirewallPolicy({ policy: POLICY.firewall_policy, project: POLICY.project });
  new PrometheusCostMetricsRule(new TerraformStack(app, 'rows'), 'metrics', {
    platform: policy.secureTag('tagValues/1'),
    prometheus: policy.secureTag('tagValues/2'),
  });
  const network = new TerraformStack(app, 'network');
  if (isAttached) {
    new ComputeNetworkFirewallPolicyAssociation(network, 'prod', {
      name: 'prod',
      attachmentTarget: 'projects/net-host/global/networks/prod',
      firewallPolicy: POLICY.firewall_policy,
      project: POLICY.project,
    });
  }
  app.synth();
  return app.outdir;
}

test.each([
  ['are not known to be open if no stack attaches it', false],
  ['are open if a different stack attaches it', true],
])('rows of a firewall policy %s', async (_, isAttached) => {
  const outdir = appWithPolicy(isAttached);
  const { flows } = JSON.parse(await output('matrix', outdir, '--format', 'json'));
  const notKnown = `not known to be open: ${flows[0].notKnownToBeOpen}`;
  expect([flows.length, notKnown]).toEqual([1, isAttached ? 'not known to be open: undefined' : REASON]);
  const asked = ['--from', 'secure tag tagValues/1', '--to', 'secure tag tagValues/2', '--port', '9090/tcp'];
  const { verdict } = JSON.parse(await output('explain', outdir, ...asked, '--format', 'json'));
  expect(verdict).toBe(isAttached ? 'passes' : 'not known');
  const printed = [
    await output('matrix', outdir),
    await output('request', outdir, '--all'),
    await output('verify', outdir, '--as', 'platform'),
    await output('diagram', outdir, '--format', 'dot'),
  ];
  for (const text of printed) expect(/not known to be open/i.test(text)).toBe(!isAttached);
});

test('explain does not take a policy for a network if there are networks', async () => {
  const json = policyStack();
  json.resource.google_compute_firewall = {
    ssh: { name: 'ssh', network: 'prod', source_ranges: ['10.0.0.0/8'], allow: [{ protocol: 'tcp', ports: ['22'] }] },
  };
  const asked = ['--from', '10.0.0.7', '--to', 'all-instances', '--port', '22/tcp'];
  const { destination } = JSON.parse(await output('explain', written(json), ...asked, '--format', 'json'));
  expect(destination).toMatchObject({ verdict: 'passes', network: 'prod' });
  const inPolicy = [...asked, '--network', 'policy net-host/egress-policy'];
  const answer = JSON.parse(await output('explain', written(json), ...inPolicy, '--format', 'json'));
  expect(answer.destination).toMatchObject({ verdict: 'not known', reason: REASON });
});

test('a port is not known to be open if the rule for it cannot be evaluated', async () => {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'metrics');
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: Peer.named('platform', '10.7.0.0/24'),
    prometheus: new GcpFirewall({ network: 'prod' }).networkTag('prometheus'),
  });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  const [rule]: any[] = Object.values(json.resource.google_compute_firewall);
  rule.disabled = '${var.closed}';
  const file = written(json);
  const { notEvaluated } = JSON.parse(await output('show', file, '--format', 'json'));
  const notKnown = `not known to be open: ${notEvaluated[0].reason}`;
  const { flows } = JSON.parse(await output('matrix', file, '--format', 'json'));
  expect(flows.map(({ notKnownToBeOpen }: any) => `not known to be open: ${notKnownToBeOpen}`)).toEqual([notKnown]);
  expect(await output('matrix', file)).toContain(notKnown);
  const request = await output('request', file, '--all');
  expect(request).toContain(`# N${notKnown.slice(1)}\n`);
  expect(request).not.toContain('No action needed');
  const picture = await output('diagram', file, '--format', 'dot');
  expect(picture).toContain('not known to be open');
  expect(picture).not.toContain('this stack opens it');
});
