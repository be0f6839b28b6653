import type { TerraformStack } from 'cdktf';
import {
  ControlPlaneEndpoint,
  ControlPlaneVipRules,
  type ControlPlaneVipRulesProps,
  ExternalHosts,
  GcpFirewall,
  type IHostGroup,
  KeepalivedRules,
  KubeadmFlannelClusterRules,
  KubeadmRules,
  KubernetesRules,
  KubeVipRules,
  Peer,
  Port,
} from 'cdktf-cluster-ports';
import { newStack, opensOnBothClouds } from '../../support/clouds';
import { opened } from '../../support/opened';
import { expectNothingCreated, expectRefusal, resourcesOf } from '../../support/refusals';

const VIP = ExternalHosts.named('k8s-vip', '10.1.0.100/32');
const HAPROXY = ExternalHosts.named('haproxy', '10.1.0.101/32', '10.1.0.102/32');
const firewall = new GcpFirewall({ network: 'prod' });
const SERVERS = {
  controlPlane: firewall.networkTag('k8s-control-plane'),
  workers: firewall.networkTag('k8s-worker'),
  virtualAddress: VIP,
  loadBalancer: HAPROXY,
};
const ENDPOINT = new ControlPlaneEndpoint({ ...SERVERS, port: 8443, hostname: 'api.k8s.example.com' });

/** Returns the flows of a construct at a port: `worker>control-plane/api-server 8443/tcp`. */
function flowsAt(port: number, rules: { readonly flows: ControlPlaneVipRules['flows'] }): string[] {
  return rules.flows.filter((flow) => flow.port.fromPort === port).map((flow) => `${flow.key} ${String(flow.port)}`);
}

opensOnBothClouds(
  'opens both hops at the port of the endpoint',
  (stack, group) => {
    const endpoint = new ControlPlaneEndpoint({
      controlPlane: group('control-plane'),
      workers: group('workers'),
      virtualAddress: group('load-balancer'),
      port: 8443,
    });
    new ControlPlaneVipRules(stack, 'rules', { endpoint });
  },
  [
    'ingress 8443/tcp from control-plane at load-balancer',
    'ingress 8443/tcp from workers at load-balancer',
    'ingress 8443/tcp from load-balancer at control-plane',
  ],
);

test('opens the same resources as the props one by one', () => {
  const [declared, typed] = [newStack(), newStack()];
  const { controlPlane, workers } = SERVERS;
  const endpoint = new ControlPlaneEndpoint({ ...SERVERS, hostname: 'api.k8s.example.com' });
  new ControlPlaneVipRules(declared, 'vip', { endpoint });
  new KubeadmFlannelClusterRules(declared, 'cluster', { endpoint, workerToWorkerFlannel: true });
  new ControlPlaneVipRules(typed, 'vip', { ...SERVERS, hostname: 'api.k8s.example.com' });
  new KubeadmFlannelClusterRules(typed, 'cluster', { controlPlane, workers, workerToWorkerFlannel: true });
  expect(resourcesOf(declared)).toEqual(resourcesOf(typed));
  expect(declared.toTerraform()['//'].metadata.clusterPorts).toEqual(typed.toTerraform()['//'].metadata.clusterPorts);
});

test('gives the machines, the hostname and the port to the rules of the virtual address', () => {
  const rules = new ControlPlaneVipRules(newStack(), 'vip', { endpoint: ENDPOINT });
  expect(
    rules.flows.map(({ key, port, source, destination, hostname }) => [
      `${key} ${String(port)}`,
      `${source.label} to ${destination.label}`,
      hostname,
    ]),
  ).toEqual([
    ['control-plane>virtual-ip/virtual-ip 8443/tcp', 'network tag k8s-control-plane to k8s-vip', 'api.k8s.example.com'],
    ['worker>virtual-ip/virtual-ip 8443/tcp', 'network tag k8s-worker to k8s-vip', 'api.k8s.example.com'],
    ['load-balancer>control-plane/routing 8443/tcp', 'haproxy to network tag k8s-control-plane', undefined],
  ]);
});

test('moves the API server of every construct of the cluster, and nothing else', () => {
  const stack = newStack();
  const endpoint = ENDPOINT;
  const flannel = new KubeadmFlannelClusterRules(stack, 'flannel', { endpoint, workerToWorkerFlannel: true });
  expect(flowsAt(8443, flannel)).toEqual([
    'worker>control-plane/api-server 8443/tcp',
    'control-plane>control-plane/api-server 8443/tcp',
  ]);
  expect([...new Set(flannel.flows.map(({ port }) => String(port)))].sort()).toEqual([
    '10250/tcp',
    '2379-2380/tcp',
    '8285/udp',
    '8443/tcp',
    '8472/udp',
  ]);
  const client = Peer.named('ops', '10.9.0.0/16');
  const kubeadm = new KubeadmRules(stack, 'kubeadm', { endpoint, client, withLoadBalancer: true });
  expect(flowsAt(8443, kubeadm)).toEqual([
    'control-plane>control-plane/api-server 8443/tcp',
    'worker>control-plane/api-server 8443/tcp',
    'client>control-plane/api-server 8443/tcp',
    'control-plane>load-balancer/api-server 8443/tcp',
    'worker>load-balancer/api-server 8443/tcp',
    'client>load-balancer/api-server 8443/tcp',
    'load-balancer>control-plane/api-server 8443/tcp',
  ]);
  expect(flowsAt(6443, kubeadm)).toEqual([]);
  const kubeVip = new KubeVipRules(stack, 'kube-vip', { endpoint });
  expect(flowsAt(8443, kubeVip)).toEqual([
    'client>control-plane/api-server 8443/tcp',
    'control-plane>control-plane/api-server 8443/tcp',
  ]);
  const kubernetes = new KubernetesRules(newStack(), 'kubernetes', { endpoint, client, loadBalancer: HAPROXY });
  expect(flowsAt(8443, kubernetes)).toHaveLength(4);
  expect(flowsAt(6443, kubernetes)).toEqual([]);
});

test('leaves the load balancer of kubeadm out unless it is asked for', () => {
  const rules = new KubeadmRules(newStack(), 'kubeadm', {
    endpoint: ENDPOINT,
    client: Peer.named('ops', '10.9.0.0/16'),
  });
  expect(rules.flows.filter(({ key }) => key.includes('load-balancer'))).toEqual([]);
});

test('opens VRRP, IP protocol 112, between the machines of the load balancer, as the manual page of keepalived says', () => {
  const rules = new KeepalivedRules(newStack(), 'keepalived', { endpoint: ENDPOINT });
  expect(rules.flows.map(({ key, port, source, table }) => [key, String(port), source.label, table.reference])).toEqual(
    [
      [
        'node>node/vrrp',
        '112/ip',
        'haproxy',
        'https://github.com/acassen/keepalived/blob/9cbce3e2117fd7dfbddf3cd4c45dad6283189176/doc/man/man8/keepalived.8.in',
      ],
    ],
  );
});

test('works in two stacks, because it creates nothing by itself', () => {
  const stacks = [newStack(), newStack()];
  for (const stack of stacks) new ControlPlaneVipRules(stack, 'vip', { endpoint: ENDPOINT });
  expect(stacks.map((stack) => opened(stack))).toEqual([
    [
      'ingress 8443/tcp from 10.1.0.101/32 at k8s-control-plane',
      'ingress 8443/tcp from 10.1.0.102/32 at k8s-control-plane',
    ],
    [
      'ingress 8443/tcp from 10.1.0.101/32 at k8s-control-plane',
      'ingress 8443/tcp from 10.1.0.102/32 at k8s-control-plane',
    ],
  ]);
});

test('accepts props that say the same, by different objects and names', () => {
  const rules = (props: Partial<ControlPlaneVipRulesProps>): unknown =>
    new ControlPlaneVipRules(newStack(), 'vip', { endpoint: ENDPOINT, ...props });
  const same = new GcpFirewall({ network: 'prod' }).networkTag('k8s-control-plane');
  expect(() => rules({ controlPlane: same, hostname: 'api.k8s.example.com' })).not.toThrow();
  expect(() => rules({ virtualAddress: ExternalHosts.named('vip', '10.1.0.100/32') })).not.toThrow();
  expect(() => rules({ ports: { 'virtual-ip': Port.tcp(8443) } })).not.toThrow();
});

const other = (name: string): IHostGroup => firewall.networkTag(name);
const vip = (props: object) => (stack: TerraformStack) =>
  new ControlPlaneVipRules(stack, 'rules', { endpoint: ENDPOINT, ...props });
const cluster = (props: object) => (stack: TerraformStack) =>
  new KubeadmFlannelClusterRules(stack, 'rules', { endpoint: ENDPOINT, workerToWorkerFlannel: true, ...props });

test.each<[string, (stack: TerraformStack) => unknown]>([
  ['other control planes', vip({ controlPlane: other('masters') })],
  [
    'control planes of another network',
    vip({ controlPlane: new GcpFirewall({ network: 'test' }).networkTag('k8s-control-plane') }),
  ],
  ['another virtual address', vip({ virtualAddress: ExternalHosts.named('k8s-vip', '10.1.0.200/32') })],
  ['another load balancer', vip({ loadBalancer: Peer.address('10.1.0.103') })],
  ['another hostname', vip({ hostname: 'kube.example.com' })],
  ['another port of a row', vip({ ports: { routing: Port.tcp(6443) } })],
  ['other control planes of the cluster', cluster({ controlPlane: other('masters') })],
  ['other workers of the cluster', cluster({ workers: other('nodes') })],
  ['another port of one flow', cluster({ ports: { 'worker>control-plane/api-server': Port.tcp(6443) } })],
  [
    'other workers of a construct that is generated',
    (stack) => new KubeadmRules(stack, 'rules', { endpoint: ENDPOINT, worker: other('nodes'), omit: ['node-ports'] }),
  ],
  [
    'other peers of keepalived',
    (stack) => new KeepalivedRules(stack, 'rules', { endpoint: ENDPOINT, node: other('nodes') }),
  ],
])('fails for %s than those of the endpoint', (_what, act) => {
  expectNothingCreated(act, 'endpoint-differs');
});

test('fails for a value that is not an endpoint', () => {
  const endpoint = { port: 6443 } as unknown as ControlPlaneEndpoint;
  for (const act of [vip({ endpoint }), cluster({ endpoint })]) {
    expectNothingCreated(act, 'control-plane-endpoint-required');
  }
  expectNothingCreated((stack) => new KubeVipRules(stack, 'rules', { endpoint }), 'control-plane-endpoint-required');
});

test('fails without machines that neither the props nor the endpoint give', () => {
  expectNothingCreated((stack) => new ControlPlaneVipRules(stack, 'rules', {}), 'host-group-required');
  expectNothingCreated((stack) => new KubeadmFlannelClusterRules(stack, 'rules', {}), 'host-group-required');
  const endpoint = new ControlPlaneEndpoint({ ...SERVERS, loadBalancer: undefined });
  expectNothingCreated((stack) => new KeepalivedRules(stack, 'rules', { endpoint }), 'role-missing');
  expectRefusal(
    () =>
      new KeepalivedRules(newStack(), 'rules', {
        endpoint: new ControlPlaneEndpoint({ ...SERVERS, loadBalancer: Peer.address('10.1.0.101') }),
      }),
    'host-group-required',
  );
});
