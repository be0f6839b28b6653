import {
  AwsEgress,
  AwsSecurityGroup,
  ControlPlaneVipRules,
  ExternalHosts,
  GcpHealthCheckers,
  KubeadmFlannelClusterRules,
  Peer,
  type ControlPlaneVipRulesProps,
} from 'cdktf-cluster-ports';
import { openedPorts } from '../../lib/renderers/opened-ports';
import { CLOUDS, newStack, opensOnBothClouds } from '../support/clouds';
import { descriptions, opened } from '../support/opened';
import { expectNothingMade } from '../support/refusals';

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
  'opens the control plane alone where the virtual address is not ours',
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
  'opens proxies and health checks of a cloud where they are given, and no other load balancer',
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

test('lets out what it lets in where the groups let out documented flows only', () => {
  const stack = newStack();
  const [controlPlane, workers, virtualAddress] = ['control-plane', 'workers', 'load-balancer'].map(
    (name) => new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: AwsEgress.DOCUMENTED }),
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

test('stands beside the rules of the cluster, also where one machine is both', () => {
  const stack = newStack();
  const all = CLOUDS[1].group(stack, 'all');
  new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane: all, workers: all, workerToWorkerFlannel: true });
  new ControlPlaneVipRules(stack, 'vip', { controlPlane: all, workers: all, virtualAddress: all });
  expect(opened(stack).filter((line) => line.includes('6443'))).toEqual(['ingress 6443/tcp from all at all']);
});

test('labels what the document does not have', () => {
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

test('asks the owners of the address for both sides, with its DNS name', () => {
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

describe('who connects to the control plane behind an address of others', () => {
  const warnings = (props: Partial<ControlPlaneVipRulesProps>): unknown[] => {
    const stack = newStack();
    const [controlPlane, workers] = ['control-plane', 'workers'].map((name) => CLOUDS[0].group(stack, name));
    const rules = new ControlPlaneVipRules(stack, 'rules', { controlPlane, workers, virtualAddress: VIP, ...props });
    return rules.node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data as unknown);
  };

  test('is warned about while it is undecided', () => {
    expect(warnings({})).toEqual([
      'k8s-vip may reach the control plane from other addresses than the virtual one: set loadBalancer to those addresses, ' +
        'or to the virtual address itself where it is the only one',
    ]);
  });

  test('is decided by the load balancer, its proxies, a group of ours, or no routing', () => {
    expect(warnings({ loadBalancer: VIP })).toEqual([]);
    expect(warnings({ proxySubnet: Peer.cidr('10.129.0.0/23') })).toEqual([]);
    expect(warnings({ virtualAddress: CLOUDS[0].group(newStack(), 'haproxy') })).toEqual([]);
    expect(warnings({ virtualAddress: VIP, omit: ['routing'] })).toEqual([]);
  });
});

describe('fails for', () => {
  const PLACE = 'ControlPlaneVipRules "stack/rules"';
  const world = Peer.anyIpv4('public');

  function refuses(what: string, props: object, sentence: string): void {
    test(what, () =>
      expectNothingMade((stack) => {
        const [controlPlane, workers] = ['control-plane', 'workers'].map((name) => CLOUDS[0].group(stack, name));
        new ControlPlaneVipRules(stack, 'rules', { controlPlane, workers, virtualAddress: VIP, ...props });
      }, `${PLACE}: ${sentence}`),
    );
  }

  const got = 'must not be open to the world, got Peer.anyIpv4("public")';
  refuses('workers that are the world', { workers: world }, `row virtual-ip (6443/tcp) ${got}`);
  refuses(
    'workers that are the world of both families',
    { workers: Peer.anyOf(world, Peer.anyIpv6('all')) },
    `row virtual-ip (6443/tcp) ${got} and Peer.anyIpv6("all")`,
  );
  refuses('a load balancer that is the world', { loadBalancer: world }, `row routing (6443/tcp) ${got}`);
  refuses('a proxy subnet that is the world', { proxySubnet: world }, `row routing (6443/tcp) ${got}`);
  refuses('health checkers that are the world', { healthCheckers: world }, `row health-check (6443/tcp) ${got}`);
  refuses(
    'a range as virtual address',
    { virtualAddress: Peer.cidr('10.1.0.100/32') },
    'virtualAddress must be a host group (a network tag, a service account, a security group or external hosts), ' +
      'got 10.1.0.100/32; did you mean GcpFirewall.networkTag(tag), an AwsSecurityGroup, ' +
      'or ExternalHosts.named(name, ...ranges) where others open the ports?',
  );
  refuses(
    'a range as control plane',
    { controlPlane: Peer.cidr('10.1.0.0/29') },
    'controlPlane must be a host group (a network tag, a service account, a security group or external hosts), ' +
      'got 10.1.0.0/29; did you mean GcpFirewall.networkTag(tag), an AwsSecurityGroup, ' +
      'or ExternalHosts.named(name, ...ranges) where others open the ports?',
  );
  refuses(
    'an address in text as load balancer',
    { loadBalancer: '10.1.0.101' },
    'loadBalancer must be a peer or a host group, got "10.1.0.101"; did you mean Peer.address("10.1.0.101")?',
  );
  refuses(
    'a DNS name with a port',
    { hostname: 'api.k8s.example.com:6443' },
    'hostname must be a DNS name without scheme, port and path, got "api.k8s.example.com:6443"; ' +
      'did you mean "api.k8s.example.com"?',
  );
  refuses(
    'a row that the document does not have',
    { omit: ['virtual-ips'] },
    'omit must name rows of the document (virtual-ip, routing, health-check), got "virtual-ips"; did you mean "virtual-ip"?',
  );
});
