import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  AwsNetworkFirewallRuleGroup,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  ExternalProxy,
  GcpFirewall,
  GcpSecureWebProxy,
  type IHostGroup,
  type IHostnameFilter,
  KubeadmFlannelClusterRules,
  Peer,
  VClusterPlatformIngressRules,
} from '../../../lib';
import { diff } from '../../../lib/traffic/diff/diff';
import { stops } from '../../../lib/traffic/diff/gates';
import { combinedConfiguration } from '../../../lib/traffic/read/combined-configuration';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { cli, temporaryDirectory } from '../../support/cli';

const { path } = temporaryDirectory();

function synthesized(work: (stack: TerraformStack) => void, name = 'prod'): any {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), name);
  work(stack);
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

type Machines = (stack: TerraformStack, name: string) => IHostGroup;

const IN_AWS: Machines = (stack, name) =>
  new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: Egress.ALL });
const IN_GCP: Machines = (_stack, name) => new GcpFirewall({ network: 'prod', project: 'net-host' }).networkTag(name);
const EXTERNAL: Machines = (_stack, name) => ExternalHosts.named(name, '10.8.0.0/28');

/** A cluster that omits rows. */
function cluster(machines: Machines, omit?: string[], name?: string): any {
  return synthesized((stack) => {
    const [workers, controlPlane] = ['workers', 'masters'].map((name) => machines(stack, name));
    new KubeadmFlannelClusterRules(stack, 'cluster', { workers, controlPlane, workerToWorkerFlannel: false, omit });
  }, name);
}

function hostnames(through: IHostnameFilter, omit?: string[]): any {
  return synthesized((stack) => new ApinizerInstallationHostnames(stack, 'hosts', { through, omit }));
}

type Found = ReturnType<typeof diff>;

function compared(before: unknown, after: unknown): Found {
  return diff(readTerraform(before, 'before.json'), readTerraform(after, 'after.json'));
}

/** The changes of omitted rows and hostnames. */
function omissions({ changes }: Found): string[] {
  return changes
    .filter(({ kind }) => kind.endsWith('omitted'))
    .map(({ kind, direction, group, before, after }) => {
      const [was, now] = [before, after].map((all) =>
        all.map(({ ports, peer }) => `${ports.join()} ${peer}`).join(' + '),
      );
      return `${kind} ${direction} at ${group}: ${was} > ${now}`;
    });
}

test.each<[string, Machines, string]>([
  ['AWS', IN_AWS, 'at sg:aws_security_group.group_masters:  > 2379-2380/tcp sg:aws_security_group.group_masters'],
  ['GCP', IN_GCP, 'at tag:masters:  > 2379-2380/tcp tag:masters'],
  ['external hosts', EXTERNAL, 'at machines:10.8.0.0/28:  > 2379-2380/tcp 10.8.0.0/28'],
])('finds that a construct omits a row now, or no longer: %s', (_cloud, machines, expected) => {
  const [all, without] = [cluster(machines), cluster(machines, ['etcd'])];
  expect(omissions(compared(all, without))).toEqual([`omitted ingress ${expected}`]);
  const [place, row] = expected.split(':  > ');
  expect(omissions(compared(without, all))).toEqual([`no longer omitted ingress ${place}: ${row} > `]);
  expect(omissions(compared(without, without))).toEqual([]);
});

test.each<[string, IHostnameFilter, string]>([
  ['Secure Web Proxy', new GcpSecureWebProxy({ location: 'europe-west3' }), 'machines:Secure Web Proxy'],
  [
    'AWS Network Firewall',
    new AwsNetworkFirewallRuleGroup({ clients: Peer.named('subnets', '10.20.0.0/16') }),
    'machines:AWS Network Firewall/10.20.0.0/16',
  ],
  ['external proxy', ExternalProxy.named('proxy'), 'machines:proxy'],
])('finds that a construct omits a hostname now, or no longer: %s', (_filter, through, group) => {
  const [all, without] = [hostnames(through), hostnames(through, ['docker-com'])];
  expect(omissions(compared(all, without))).toEqual([`omitted egress at ${group}:  > 443/tcp host:*.docker.com`]);
  expect(omissions(compared(without, all))).toEqual([
    `no longer omitted egress at ${group}: 443/tcp host:*.docker.com > `,
  ]);
});

test('names the row, its document and the construct', () => {
  const [change] = compared(cluster(EXTERNAL), cluster(EXTERNAL, ['etcd'])).changes.filter(
    ({ kind }) => kind === 'omitted',
  );
  expect(change.rules).toEqual([
    expect.objectContaining({
      address: 'prod/cluster',
      documentedBy: [expect.objectContaining({ row: 'kubeadm-flannel@2024-12/control-plane-to-control-plane/etcd' })],
    }),
  ]);
});

/** A stack in which a second construct opens, or may omit, what the first one omits. */
function twice(...omit: (string[] | undefined)[]): any {
  return synthesized((stack) => {
    const platform = IN_AWS(stack, 'platform');
    omit.forEach((each, at) => {
      const kubernetesApi = Peer.named('kubernetes-api', '10.0.0.0/28');
      new VClusterPlatformIngressRules(stack, `vcluster-${at}`, { kubernetesApi, platform, omit: each });
    });
  });
}

test('an omission that changes nothing in the rules stops only the gate any', () => {
  const found = compared(twice(undefined, undefined), twice(undefined, ['webhook']));
  expect(found.changes.map(({ kind }) => kind)).toEqual(['omitted']);
  expect(found.counts).toMatchObject({ omitted: 1, 'no longer omitted': 0, closed: 0 });
  expect((['world', 'opened', 'widened', 'requested', 'any'] as const).filter((gate) => stops(gate, found))).toEqual([
    'any',
  ]);
});

test('the command line lists it, and --fail-on any stops it', async () => {
  const [before, after] = [twice(undefined, undefined), twice(undefined, ['webhook'])].map((json, at) => {
    const file = join(path, `${at}.tf.json`);
    writeFileSync(file, JSON.stringify(json));
    return file;
  });
  const { stdout, code } = await cli(['diff', before, after, '--fail-on', 'requested']);
  expect(stdout).toMatch(/^omitted +ingress +sg:aws_security_group\.group_platform +9443\/tcp 10\.0\.0\.0\/28/m);
  expect(stdout).toContain('\n1 omitted\n');
  expect(stdout).toContain('vcluster-platform@2025-03/kubernetes-api-to-platform/webhook');
  expect(code).toBe(0);
  expect((await cli(['diff', before, after, '--fail-on', 'any'])).code).toBe(1);
});

test('several stacks have their names in front', () => {
  const [before, after] = [undefined, ['etcd']].map((omit) =>
    combinedConfiguration(
      'out',
      ['prod', 'test'].map((name) => {
        const json = cluster(IN_AWS, name === 'test' ? omit : undefined, name);
        return [name, readTerraform(json, name)] as const;
      }),
    ),
  );
  expect(omissions(diff(before, after))).toEqual([
    'omitted ingress at sg:test/aws_security_group.group_masters:  > 2379-2380/tcp sg:test/aws_security_group.group_masters',
  ]);
});

test('a plan does not contain what constructs omit, so that nothing is reported', () => {
  const { omitted } = readTerraform(
    { format_version: '1.2', values: { root_module: {} }, terraform_version: '1.9.0' },
    's',
  );
  expect(omitted).toBeUndefined();
});
