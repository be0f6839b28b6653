import {
  AwsSecurityGroup,
  ControlPlaneVipRules,
  type ControlPlaneVipRulesProps,
  Egress,
  ExternalHosts,
  GcpHealthCheckers,
  KubeadmFlannelClusterRules,
  Peer,
} from 'cdktf-cluster-ports';
import { openedPorts } from '../../../scripts/opened-ports';
import { CLOUDS, newStack, opensOnBothClouds } from '../../support/clouds';
import { descriptions, opened } from '../../support/opened';
import { expectNothingCreated } from '../../support/refusals';

const VIP = ExternalHosts.named('k8s-vip', '10.1.0.100/32');

opensOnBothClouds(
  'opens the virtual address for the servers of the cluster, and the control plane for the load balancer',
  (stack, group) =>
    new ControlPlaneVipRules(stack, 'rules', {
      controlPlane: group('control-plane'),
      workers: group('workers'),
      virtualAddress: group('load-balancer'),
    }),
  [
    'ingress 6443/tcp from control-plane at load-balancer',
    'ingress 6443/tcp from workers at load-balancer',
    'ingress 6443/tcp from load-balancer at control-plane',
  ],
);

opensOnBothClouds(
  'opens only the control plane if the firewall team manages the virtual address',
  (stack, group) =>
    new ControlPlaneVipRules(stack, 'rules', {
      controlPlane: group('control-plane'),
      workers: Peer.cidr('10.1.1.0/24'),
      virtualAddress: VIP,
      loadBalancer: Peer.address('10.1.0.101', '10.1.0.102'),
    }),
  ['ingress 6443/tcp from 10.1.0.101/32 at control-plane', 'ingress 6443/tcp from 10.1.0.102/32 at control-plane'],
);

opensOnBothClouds(
  'opens the control plane only for the proxies and health checkers of a cloud if they are set',
  (stack, group) =>
    new ControlPlaneVipRules(stack, 'rules', {
      controlPlane: group('control-plane'),
      workers: group('workers'),
      virtualAddress: VIP,
      proxySubnet: Peer.named('proxy-only subnet', '10.129.0.0/23'),
      healthCheckers: GcpHealthCheckers.IPV4,
    }),
  [
    'ingress 6443/tcp from 10.129.0.0/23 at control-plane',
    'ingress 6443/tcp from 35.191.0.0/16 at control-plane',
    'ingress 6443/tcp from 130.211.0.0/22 at control-plane',
  ],
);

test('allows the same flows outbound for groups with documented egress', () => {
  const stack = newStack();
  const [controlPlane, workers, virtualAddress] = ['control-plane', 'workers', 'load-balancer'].map(
    (name) => new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: Egress.DOCUMENTED }),
  );
  new ControlPlaneVipRules(stack, 'rules', { controlPlane, workers, virtualAddress });
  expect(opened(stack)).toEqual([
    'egress 6443/tcp to control-plane at load-balancer',
    'egress 6443/tcp to load-balancer at control-plane',
    'egress 6443/tcp to load-balancer at workers',
    'ingress 6443/tcp from control-plane at load-balancer',
    'ingress 6443/tcp from load-balancer at control-plane',
    'ingress 6443/tcp from workers at load-balancer',
  ]);
});

test('shares rules with the cluster if one group has all roles', () => {
  const stack = newStack();
  const all = CLOUDS[1].group(stack, 'all');
  new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane: all, workers: all, workerToWorkerFlannel: true });
  new ControlPlaneVipRules(stack, 'vip', { controlPlane: all, workers: all, virtualAddress: all });
  expect(opened(stack).filter((line) => line.includes('6443'))).toEqual(['ingress 6443/tcp from all at all']);
});

test('labels rules that are not documented', () => {
  const stack = newStack();
  new ControlPlaneVipRules(stack, 'rules', {
    controlPlane: CLOUDS[1].group(stack, 'control-plane'),
    workers: CLOUDS[1].group(stack, 'workers'),
    virtualAddress: VIP,
    proxySubnet: Peer.cidr('10.129.0.0/23'),
    healthCheckers: Peer.cidr('35.191.0.0/16'),
  });
  expect(descriptions(stack).filter((text) => text?.includes('control-plane-vip'))).toEqual([
    'Health checks of the load balancer; not documented by the vendor [control-plane-vip@2024-12/health-checker-to-control-plane/health-check]',
    'Routing of the VIP to the Master nodes; not documented by the vendor [control-plane-vip@2024-12/proxy-subnet-to-control-plane/routing]',
  ]);
});

test('marks flows to external hosts as external, with the hostname of the virtual address', () => {
  const stack = newStack();
  const rules = new ControlPlaneVipRules(stack, 'rules', {
    controlPlane: ExternalHosts.named('k8s-masters', '10.1.0.0/29'),
    workers: ExternalHosts.named('k8s-workers', '10.1.1.0/24'),
    virtualAddress: VIP,
    loadBalancer: Peer.named('haproxy', '10.1.0.96/30'),
    hostname: 'api.k8s.example.com',
  });
  expect(opened(stack)).toEqual([]);
  expect(rules.flows.map(({ key, hostname, external }) => ({ key, hostname, external }))).toEqual([
    { key: 'control-plane>virtual-ip/virtual-ip', hostname: 'api.k8s.example.com', external: true },
    { key: 'worker>virtual-ip/virtual-ip', hostname: 'api.k8s.example.com', external: true },
    { key: 'load-balancer>control-plane/routing', hostname: undefined, external: true },
  ]);
  const { clusterPorts } = stack.toTerraform()['//'].metadata;
  expect(clusterPorts.flows.map((flow: { hostname?: string }) => flow.hostname)).toEqual([
    'api.k8s.example.com',
    'api.k8s.example.com',
    undefined,
  ]);
  expect(openedPorts(clusterPorts).map(({ destination, source }) => `${source} to ${destination}`)).toEqual([
    'k8s-masters (10.1.0.0/29) to k8s-vip (api.k8s.example.com, 10.1.0.100/32)',
    'k8s-workers (10.1.1.0/24) to k8s-vip (api.k8s.example.com, 10.1.0.100/32)',
    'haproxy (10.1.0.96/30) to k8s-masters (10.1.0.0/29)',
  ]);
});

describe('the source behind a virtual address of the firewall team', () => {
  const warnings = (props: Partial<ControlPlaneVipRulesProps>): unknown[] => {
    const stack = newStack();
    const [controlPlane, workers] = ['control-plane', 'workers'].map((name) => CLOUDS[0].group(stack, name));
    const rules = new ControlPlaneVipRules(stack, 'rules', { controlPlane, workers, virtualAddress: VIP, ...props });
    return rules.node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data as unknown);
  };

  test('is undecided by default, with a warning', () => {
    expect(warnings({})).toEqual([
      'k8s-vip may connect to the control plane from IP addresses other than the virtual address: set loadBalancer to these ' +
        'IP addresses, or to the virtual address itself if it uses only that one',
    ]);
  });

  test('is decided by the load balancer, its proxies, a host group of this app, or omitted routing', () => {
    expect(warnings({ loadBalancer: VIP })).toEqual([]);
    expect(warnings({ proxySubnet: Peer.cidr('10.129.0.0/23') })).toEqual([]);
    expect(warnings({ virtualAddress: CLOUDS[0].group(newStack(), 'haproxy') })).toEqual([]);
    expect(warnings({ virtualAddress: VIP, omit: ['routing'] })).toEqual([]);
  });
});

describe('fails for', () => {
  const world = Peer.anyIpv4('public');

  test.each<[string, object, string]>([
    ['workers that are open to the world', { workers: world }, 'world-not-allowed'],
    [
      'workers that are open to the world of both families',
      { workers: Peer.anyOf(world, Peer.anyIpv6('all')) },
      'world-not-allowed',
    ],
    ['a load balancer that is open to the world', { loadBalancer: world }, 'world-not-allowed'],
    ['a proxy subnet that is open to the world', { proxySubnet: world }, 'world-not-allowed'],
    ['health checkers that are open to the world', { healthCheckers: world }, 'world-not-allowed'],
    ['an IP range as virtual address', { virtualAddress: Peer.cidr('10.1.0.100/32') }, 'host-group-required'],
    ['an IP range as control plane', { controlPlane: Peer.cidr('10.1.0.0/29') }, 'host-group-required'],
    ['an IP address in text as load balancer', { loadBalancer: '10.1.0.101' }, 'peer-required'],
    ['a hostname with a port', { hostname: 'api.k8s.example.com:6443' }, 'hostname-invalid'],
    ['a row that the document does not have', { omit: ['virtual-ips'] }, 'row-unknown'],
  ])('%s', (_what, props, code) => {
    expectNothingCreated((stack) => {
      const [controlPlane, workers] = ['control-plane', 'workers'].map((name) => CLOUDS[0].group(stack, name));
      new ControlPlaneVipRules(stack, 'rules', { controlPlane, workers, virtualAddress: VIP, ...props });
    }, code);
  });
});
