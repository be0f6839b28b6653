import { type TerraformStack, Testing, TerraformStack as Stack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerInstallationHostnames,
  ApinizerNodePorts,
  AwsPrefixList,
  AwsSecurityGroup,
  ControlPlaneVipRules,
  DocumentedPortRules,
  Egress,
  ExternalHosts,
  ExternalProxy,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  Peer,
  PortTables,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from '../../lib';
import type { ProvenanceJson } from '../../lib/provenance/provenance-json';
import { newStack } from '../support/clouds';
import { expectNothingCreated } from '../support/refusals';

const hosts = ExternalHosts.named('hosts', '10.1.0.0/24');
const workers = ExternalHosts.named('workers', '10.2.0.0/24');
const table = PortTables.named('kubeadm-flannel', '2024-12');

function provenanceOf(stack: TerraformStack): ProvenanceJson {
  return stack.toTerraform()['//'].metadata.clusterPorts as ProvenanceJson;
}

/** Returns the annotations of one type in a tree: `<path>: <text>`. */
function annotations(root: TerraformStack, type: 'warn' | 'info'): string[] {
  return root.node.root.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter((entry) => entry.type === `@cdktf/${type}`)
        .map(({ data }) => `${node.path}: ${String(data)}`),
    );
}

describe('every warning is part of the provenance', () => {
  const FLANNEL =
    'Flannel between workers is not in the document and stays closed, so pods on different workers cannot reach each other: set ' +
    'workerToWorkerFlannel to true to open it, or to false if existing rules allow it';

  test.each<[string, (stack: TerraformStack) => unknown, string[]]>([
    [
      'Flannel between workers is undecided',
      (stack) => new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane: hosts, workers }),
      [`stack/cluster: ${FLANNEL}`],
    ],
    [
      'documented egress closes DNS',
      (stack) =>
        new AwsSecurityGroup(stack, 'group', {
          name: 'workers',
          vpcId: 'vpc-0123456789abcdef0',
          egress: Egress.DOCUMENTED,
        }),
      [
        'stack/group: security group workers allows outbound traffic of documented flows only, and no DNS, time or package mirrors',
      ],
    ],
    [
      'ranges within other ranges',
      (stack) =>
        new PrometheusCostMetricsRule(stack, 'metrics', {
          platform: Peer.cidr('10.0.0.0/8', '10.1.0.0/16'),
          prometheus: hosts,
        }),
      ['stack/metrics: ranges within other ranges open nothing more: 10.1.0.0/16 in 10.0.0.0/8'],
    ],
    [
      'ranges of a prefix list',
      (stack) =>
        new AwsPrefixList(stack, 'list', {
          name: 'offices',
          ranges: Peer.cidr('10.0.0.0/8', '10.1.0.0/16'),
          maxEntries: 2,
        }),
      ['stack/list: ranges within other ranges open nothing more: 10.1.0.0/16 in 10.0.0.0/8'],
    ],
    [
      'a NodePort outside its range',
      (stack) => new ApinizerNodePorts(stack, 'ports', { workers, managementConsole: { clients: hosts, port: 8443 } }),
      [
        'stack/ports: NodePort 8443 of management-console is outside 30000-32767: it works only if the kube-apiserver has a ' +
          '--service-node-port-range that includes it',
      ],
    ],
    [
      'a NodePort that machines use themselves',
      (stack) => new ApinizerNodePorts(stack, 'ports', { workers, managementConsole: { clients: hosts, port: 80 } }),
      [
        'stack/ports: NodePort 80 of management-console is outside 30000-32767: it works only if the kube-apiserver has a ' +
          '--service-node-port-range that includes it, and if no service of the machine itself, such as SSH or a web server, uses it',
      ],
    ],
    [
      'a load balancer whose IP addresses are not known',
      (stack) => new ControlPlaneVipRules(stack, 'vip', { controlPlane: hosts, workers, virtualAddress: hosts }),
      [
        'stack/vip: hosts may connect to the control plane from IP addresses other than the virtual address: set loadBalancer to these ' +
          'IP addresses, or to the virtual address itself if it uses only that one',
      ],
    ],
    [
      'hostnames under which anyone can publish',
      (stack) => new ApinizerInstallationHostnames(stack, 'hosts', { through: ExternalProxy.named('proxy') }),
      [
        'stack/hosts: *.amazonaws.com allows traffic to anything that anyone hosts on AWS: omit "amazonaws-com" and list the buckets ' +
          'of your region in a table of your own',
      ],
    ],
  ])('%s', (_name, construct, expected) => {
    const stack = newStack();
    construct(stack);
    expect(annotations(stack, 'warn')).toEqual(expected);
    const { warnings = [] } = provenanceOf(stack);
    expect(warnings.map(({ construct: path, text }) => `${path}: ${text}`)).toEqual(expected);
  });

  test('and a stack without warnings has no list of them', () => {
    const stack = newStack();
    new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb: hosts });
    expect(provenanceOf(stack).warnings).toBeUndefined();
  });

  test('the same redundant ranges are printed once per app, and recorded once in each stack', () => {
    const app = Testing.app();
    const stacks = ['one', 'two'].map((name) => new Stack(app, name));
    const platform = Peer.cidr('10.0.0.0/8', '10.1.0.0/16');
    for (const stack of stacks) {
      for (const id of ['a', 'b']) new PrometheusCostMetricsRule(stack, id, { platform, prometheus: hosts });
    }
    expect(annotations(stacks[0], 'warn')).toHaveLength(1);
    expect(stacks.map((stack) => provenanceOf(stack).warnings?.map(({ construct }) => construct))).toEqual([
      ['one/a'],
      ['two/a'],
    ]);
  });
});

describe('a later edition', () => {
  const KUBEADM =
    'a later edition of kubeadm-flannel exists: 2026-03 (in use: 2024-12). It adds ' +
    'control-plane>control-plane/controller-manager 10257/tcp, control-plane>control-plane/scheduler 10259/tcp; set edition to ' +
    '"2026-03" to use it';
  const cluster = (stack: TerraformStack, id: string, edition?: string): unknown =>
    new KubeadmFlannelClusterRules(stack, id, { controlPlane: hosts, workers, workerToWorkerFlannel: false, edition });

  test('is an information, once per table and app', () => {
    const app = Testing.app();
    const [one, two] = ['one', 'two'].map((name) => new Stack(app, name));
    cluster(one, 'a');
    cluster(one, 'b');
    cluster(two, 'c');
    new VClusterPlatformIngressRules(two, 'platform', { kubernetesApi: Peer.cidr('172.16.0.0/28'), platform: hosts });
    const [first, second, ...others] = annotations(one, 'info');
    expect([first, others]).toEqual([`one/a: ${KUBEADM}`, []]);
    expect(second).toMatch(
      /^two\/platform: a later edition of vcluster-platform exists: 2026-08 \(in use: 2025-03\)\. It adds /,
    );
    for (const port of ['8080/tcp', '10443/tcp', '1053/tcp', '1053/udp']) expect(second).toContain(port);
  });

  test('is not mentioned if the last edition is in use', () => {
    const stack = newStack();
    cluster(stack, 'a', '2026-03');
    new DocumentedPortRules(stack, 'metrics', {
      table: PortTables.named('metrics-server'),
      roles: { 'control-plane': hosts, worker: workers, 'metrics-server': workers },
    });
    expect(annotations(stack, 'info')).toEqual([]);
  });

  test('is mentioned for hostnames, and for a table that is given to DocumentedPortRules', () => {
    const stack = newStack();
    new ApinizerInstallationHostnames(stack, 'hosts', { through: ExternalProxy.named('proxy') });
    new DocumentedPortRules(stack, 'own', { table, roles: { 'control-plane': hosts, worker: workers } });
    expect(annotations(stack, 'info').map((text) => text.replace(/ It .*/, ''))).toEqual([
      'stack/hosts: a later edition of apinizer-installation-hosts exists: 2026-03 (in use: 2024-12).',
      'stack/own: a later edition of kubeadm-flannel exists: 2026-03 (in use: 2024-12).',
    ]);
  });

  test('changes no resource', () => {
    const group = new GcpFirewall({ network: 'prod' }).networkTag('servers');
    const stack = newStack();
    new KubeadmFlannelClusterRules(stack, 'a', { controlPlane: group, workers: group, workerToWorkerFlannel: false });
    expect(JSON.stringify(stack.toTerraform().resource)).not.toContain('2026-03');
  });
});

describe('the versions that a user runs', () => {
  const cluster =
    (versions: unknown) =>
    (stack: TerraformStack): unknown =>
      new KubeadmFlannelClusterRules(stack, 'cluster', {
        controlPlane: hosts,
        workers,
        workerToWorkerFlannel: false,
        versions: versions as Record<string, string>,
      });

  test('are part of the provenance of every flow, for every construct', () => {
    const stack = newStack();
    cluster({ kubernetes: '1.34.1', flannel: '0.26.1' })(stack);
    new ApinizerNodePorts(stack, 'ports', {
      workers,
      managementConsole: { clients: hosts },
      versions: { kubernetes: '1.35.0' },
    });
    new VClusterPlatformIngressRules(stack, 'platform', {
      kubernetesApi: hosts,
      platform: hosts,
      versions: { vcluster: '4.3.0' }, // the document names no versions
    });
    const versions = provenanceOf(stack).flows.map((flow) => flow.versions);
    expect([...new Set(versions.map((each) => JSON.stringify(each)))]).toEqual([
      '{"kubernetes":"1.34.1","flannel":"0.26.1"}',
      '{"kubernetes":"1.35.0"}',
      '{"vcluster":"4.3.0"}',
    ]);
  });

  test.each<[unknown, string]>([
    ['1.34.1', 'object-required'],
    [['1.34.1'], 'object-required'],
    [{ kubernets: '1.34.1' }, 'product-unknown'],
    [{ kubernetes: 1.34 }, 'text-required'],
    [{ kubernetes: '' }, 'text-required'],
    [{ kubernetes: '1.34\n' }, 'text-invalid'],
  ])('fail if they are %j', (versions, code) => {
    expectNothingCreated(cluster(versions), code);
  });
});
