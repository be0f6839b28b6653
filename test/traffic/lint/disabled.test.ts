import { join } from 'node:path';
import 'cdktf-cluster-ports/testing';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  GcpFirewall,
  type IPeer,
  Peer,
  Port,
  PrometheusCostMetricsRule,
} from '../../../lib';
import { cli, temporaryDirectory } from '../../support/cli';
import { expectRefusal } from '../../support/refusals';

const { path } = temporaryDirectory();
const ROW = 'apinizer-data-stores@2024-12/worker-to-mongodb/mongodb';

/** Synthesizes MongoDB behind firewall rules that are disabled, next to machines on AWS for which the same port is open. */
function synthesized(name: string, add?: (stack: TerraformStack) => void): string {
  const app = new App({ outdir: join(path, name), skipValidation: true });
  const stack = new TerraformStack(app, 'stack');
  new GoogleProvider(stack, 'google', { project: 'proj' });
  const disabled = new GcpFirewall({ network: 'prod', disabled: true });
  const elasticsearch = ExternalHosts.named('elastic', '10.8.0.5/32');
  new ApinizerDataStoreRules(stack, 'gcp', {
    workers: disabled.networkTag('w', { ipRanges: Peer.cidr('10.1.0.0/24') }),
    mongodb: disabled.networkTag('mongo'),
    elasticsearch,
  });
  const group = (label: string): AwsSecurityGroup =>
    new AwsSecurityGroup(stack, label, { name: label, vpcId: 'vpc-00000000000000001', egress: Egress.UNMANAGED });
  new ApinizerDataStoreRules(stack, 'aws', { workers: group('workers'), mongodb: group('mongo'), elasticsearch });
  add?.(stack);
  app.synth();
  return join(path, name, 'stacks', 'stack', 'cdk.tf.json');
}

const opening = (stack: TerraformStack): unknown =>
  new ComputeFirewall(stack, 'by-hand', {
    name: 'by-hand',
    network: 'prod',
    sourceTags: ['w'],
    targetTags: ['mongo'],
    allow: [{ protocol: 'tcp', ports: ['25080'] }],
  });

interface Found {
  readonly findings: readonly { readonly code: string; readonly level: string; readonly message: string }[];
}

async function found(file: string): Promise<unknown[]> {
  const { stdout } = await cli(['lint', file, '--format', 'json', '--only', 'disabled,false-claim']);
  const { findings } = JSON.parse(stdout) as Found;
  return findings.map(({ code, level, message }) => [code, level, message]);
}

describe('a row whose firewall rules the code disables', () => {
  test('is closed in the matrix, in explain and in lint', async () => {
    const file = synthesized('closed');
    const { flows } = JSON.parse((await cli(['matrix', file, '--format', 'json'])).stdout) as {
      flows: { closed?: string }[];
    };
    expect(flows.map(({ closed }) => closed).filter((closed) => closed !== undefined)).toEqual([
      'its firewall is disabled',
    ]);
    expect(await found(file)).toEqual([
      ['disabled', 'information', `it does not open ${ROW} 25080/tcp: its firewall is disabled`],
    ]);
    const question = ['--from', 'tag:w', '--to', 'tag:mongo', '--port', '25080/tcp', '--network', 'proj/prod'];
    const { stdout } = await cli(['explain', file, ...question]);
    expect(stdout).toContain('The packet is refused');
    expect(stdout).toContain(`It is needed for ${ROW}.`);
    expect(stdout).toContain(`The firewall for ${ROW} is disabled.`);
    // a rule on AWS allows the port, and is not near to machines on GCP
    expect(stdout).not.toContain('nearest');
  });

  test('matches the documents only if it is named', () => {
    const file = synthesized('documents');
    expect(() => expect(file).toMatchDocuments()).toThrow(
      'Disabled, and not named in disabled\n  worker>mongodb/mongodb: its firewall is disabled',
    );
    expect(file).not.toMatchDocuments();
    expect(file).toMatchDocuments({ disabled: ['mongodb'] });
    expect(file).toMatchDocuments({ disabled: ['worker>mongodb/mongodb'] });
    expectRefusal(() => expect(file).toMatchDocuments({ disabled: ['elasticsearch'] }), 'row-not-disabled');
    expectRefusal(() => expect(file).toMatchDocuments({ disabled: 'mongodb' as never }), 'row-names-invalid');
  });

  test('is open if a different rule opens it', async () => {
    const file = synthesized('open', opening);
    expect(await found(file)).toEqual([]);
    expectRefusal(() => expect(file).toMatchDocuments({ disabled: ['mongodb'] }), 'row-not-disabled');
    const question = ['--from', 'tag:w', '--to', 'tag:mongo', '--port', '25080/tcp', '--network', 'proj/prod'];
    expect((await cli(['explain', file, ...question])).stdout).not.toContain('is disabled');
  });
});

test('a disabled row that the user moved has the port of its document too', async () => {
  const app = new App({ outdir: join(path, 'moved'), skipValidation: true });
  const stack = new TerraformStack(app, 'stack');
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: Peer.cidr('10.7.0.0/24'),
    prometheus: new GcpFirewall({ network: 'prod', disabled: true }).networkTag('prometheus'),
    ports: { 'cost-metrics': Port.tcp(9091) },
  });
  app.synth();
  expect(await found(join(path, 'moved', 'stacks', 'stack', 'cdk.tf.json'))).toEqual([
    [
      'disabled',
      'information',
      'it does not open prometheus-cost-metrics@2025-03/platform-to-prometheus/cost-metrics 9091/tcp, document: 9090/tcp: its firewall is disabled',
    ],
  ]);
});

describe('a disabled row between machines whose IP addresses are of different families is disabled too', () => {
  const platform = (firewall: GcpFirewall): IPeer => firewall.networkTag('platform', { ipRanges: IPV6 });
  const IPV6 = Peer.cidr('2001:db8::/48');

  // networks on GCP allow outbound traffic, which opens nothing at the destination
  test.each([
    ['IP ranges', () => IPV6, Egress.ALL],
    ['a network tag', platform, Egress.ALL],
    ['a network tag with documented outbound traffic', platform, Egress.DOCUMENTED],
  ] as const)('from %s', async (name, source, egress) => {
    const file = synthesized(name.replaceAll(' ', '-'), (stack) => {
      const disabled = new GcpFirewall({ network: 'prod', disabled: true, egress });
      new PrometheusCostMetricsRule(stack, 'metrics', {
        platform: source(disabled),
        prometheus: disabled.networkTag('prometheus', { ipRanges: Peer.cidr('10.2.0.0/24') }),
      });
    });
    const row = 'prometheus-cost-metrics@2025-03/platform-to-prometheus/cost-metrics';
    expect(await found(file)).toContainEqual([
      'disabled',
      'information',
      `it does not open ${row} 9090/tcp: its firewall is disabled`,
    ]);
  });
});
