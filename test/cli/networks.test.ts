import { join } from 'node:path';
import 'cdktf-cluster-ports/testing';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { GcpFirewall, PrometheusCostMetricsRule } from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

/** Synthesizes machines of one tag in two networks: a row opens the first, and a rule of the user the second. */
function inTwoNetworks(name: string, project?: string): string {
  const outdir = join(path, name);
  const app = new App({ outdir, skipValidation: true });
  const stack = new TerraformStack(app, 'stack');
  new GoogleProvider(stack, 'google', { project: 'p-one' });
  const firewall = new GcpFirewall({ network: 'prod', project });
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: firewall.networkTag('platform'),
    prometheus: firewall.networkTag('prometheus'),
  });
  for (const network of ['prod', 'test']) {
    new ComputeFirewall(stack, `ssh-${network}`, {
      name: `ssh-${network}`,
      network,
      project,
      sourceRanges: ['10.9.0.0/24'],
      targetTags: ['prometheus'],
      allow: [{ protocol: 'tcp', ports: ['22'] }],
    });
  }
  app.synth();
  return join(outdir, 'stacks', 'stack');
}

describe.each([
  ['the project of the provider', undefined, 'p-one'],
  ['a project in the code', 'net-two', 'net-two'],
])('machines of one tag in two networks, with %s', (_what, given, project) => {
  const [prod, test_] = ['prod', 'test'].map((network) => `network ${network} of project ${project}`);
  const rows = [
    ['9090/tcp', 'network tag platform', `network tag prometheus (${prod})`],
    ['22/tcp', '10.9.0.0/24', `network tag prometheus (${prod})`],
    ['22/tcp', '10.9.0.0/24', `tag:prometheus (${test_})`],
  ] as const;

  test('have their network in every output', async () => {
    const stack = inTwoNetworks(`printed-${project}`, given);
    const { stdout } = await cli(['matrix', stack, '--format', 'json']);
    const { flows, undocumented } = JSON.parse(stdout);
    const printed = [...flows, ...undocumented].map(({ port, source, destination }) => [
      port,
      source.label,
      destination.label,
      destination.hostGroups[0].network,
    ]);
    expect(printed).toEqual(rows.map((row) => [...row, row[2].includes('test') ? test_ : prod]));
    const picture = (await cli(['diagram', stack])).stdout;
    for (const network of [prod, test_]) expect(picture).toContain(network);
    const text = (await cli(['matrix', stack])).stdout;
    for (const [, , to] of rows) expect(text).toContain(to);
  });

  test('are names for explain and the matchers', async () => {
    const stack = inTwoNetworks(`asked-${project}`, given);
    for (const [port, from, to] of rows) {
      const { code, stderr } = await cli(['explain', stack, '--from', from, '--to', to, '--port', port]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(join(stack, 'cdk.tf.json')).toPermit({ port, from, to });
    }
    const refused = await cli(['explain', stack, '--from', rows[0][1], '--to', rows[2][2], '--port', '9090/tcp']);
    expect(refused.code).toBe(1);
  });
});
