import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  AwsNetworkFirewallRuleGroup,
  ExternalProxy,
  GcpFirewall,
  GcpFirewallPolicy,
  GcpSecureWebProxy,
  type IHostnameFilter,
  Peer,
  PrometheusCostMetricsRule,
} from '../../lib';
import { cli, expectBadInput, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const ACCOUNT = 'db@p-one.iam.gserviceaccount.com';

function written(name: string, filters: readonly IHostnameFilter[]): string {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), name);
  new GoogleProvider(stack, 'google', { project: 'p-one' });
  filters.forEach(
    (through, at) =>
      new ApinizerInstallationHostnames(stack, `hosts-${at}`, {
        through,
        omit: ['docker-com', 'docker-io', 'k8s-io', 'amazonaws-com', 'mongodb-org'],
      }),
  );
  const file = join(path, `${name}.tf.json`);
  writeFileSync(file, JSON.stringify(stack.toTerraform()));
  return file;
}

async function told(...argv: string[]): Promise<string> {
  const { stdout, stderr } = await cli(argv);
  return stdout === '' ? stderr : stdout;
}

const clients = Peer.named('kubernetes subnets', '10.20.0.0/16');

test.each<[string, IHostnameFilter, string]>([
  ['the VPC of a firewall', new AwsNetworkFirewallRuleGroup(), 'machines:firewall-vpc of apinizer-installation-hosts'],
  ['the ranges of a rule group', new AwsNetworkFirewallRuleGroup({ clients }), 'machines:10.20.0.0/16'],
  [
    'a Secure Web Proxy',
    new GcpSecureWebProxy({ location: 'europe-west3', policy: 'blue' }),
    'machines:p-one/europe-west3/blue',
  ],
])('verify takes the name that show prints: %s', async (_what, filter, name) => {
  const file = written('one', [filter]);
  const shown = JSON.parse(await told('show', file, '--format', 'json')) as { rows: { from: string }[] };
  expect([...new Set(shown.rows.map(({ from }) => from))]).toEqual([name]);
  for (const format of ['text', 'json', 'junit']) {
    expect(await told('verify', file, '--as', name, '--format', format)).toContain('archive.ubuntu.com');
  }
});

test.each<[string, IHostnameFilter, string]>([
  [
    'service accounts of a firewall policy',
    new GcpFirewallPolicy({ policy: 'egress', targetServiceAccounts: [ACCOUNT] }),
    `account:${ACCOUNT}`,
  ],
  ['every machine of a firewall policy', new GcpFirewallPolicy({ policy: 'egress' }), 'all-instances'],
])('verify takes the name of rules: %s', async (_what, filter, name) => {
  expect(await told('verify', written('one', [filter]), '--as', name)).toContain('archive.ubuntu.com');
});

test('verify takes the name that diff prints for machines behind a proxy of the firewall team', async () => {
  const file = written('one', [ExternalProxy.named('corporate proxy')]);
  const nothing = join(path, 'nothing.tf.json');
  writeFileSync(nothing, '{}');
  const { changes } = JSON.parse(await told('diff', nothing, file, '--format', 'json')) as {
    changes: { group: string }[];
  };
  const [name, ...others] = new Set(changes.map(({ group }) => group));
  expect([name, others]).toEqual(['machines:corporate proxy', []]);
  expect(await told('verify', file, '--as', name)).toContain('archive.ubuntu.com');
});

test('a name of machines behind a filter is also that of the source of flows', async () => {
  const file = written('one', [new GcpFirewallPolicy({ policy: 'egress', targetServiceAccounts: [ACCOUNT] })]);
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'flows');
  const firewall = new GcpFirewall({ network: 'prod' });
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: firewall.serviceAccount(ACCOUNT),
    prometheus: firewall.serviceAccount('prometheus@p-one.iam.gserviceaccount.com'),
  });
  const flows = join(path, 'flows.tf.json');
  writeFileSync(flows, JSON.stringify(stack.toTerraform()));
  const text = await told('verify', file, flows, '--as', `account:${ACCOUNT}`);
  expect(text).toContain('archive.ubuntu.com');
  expect(text).toContain('9090');
});

test('several filters may be for the same machines', async () => {
  const file = written('one', [
    new AwsNetworkFirewallRuleGroup({ clients }),
    new AwsNetworkFirewallRuleGroup({ clients: Peer.named('other name', '10.20.0.0/16'), namePrefix: 'b-' }),
  ]);
  expect(await told('verify', file, '--as', 'machines:10.20.0.0/16')).toContain('other name');
});

test('a name that nothing has is an error with the nearest ones', async () => {
  const file = written('one', [new AwsNetworkFirewallRuleGroup()]);
  const sentence = await expectBadInput(['verify', file, '--as', 'machines:firewall-vcp'], 'role-unknown');
  expect(sentence).toContain('"machines:firewall-vpc"');
});
