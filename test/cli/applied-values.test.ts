import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { GcpFirewall, Peer, PrometheusCostMetricsRule } from '../../lib';
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
  expect(flows[0].row).toBeUndefined();
  expect(undocumented.map(({ source }: any) => source.label)).toContain('10.99.0.0/24');
});
