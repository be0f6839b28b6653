import { Ec2ManagedPrefixList } from '@cdktf/provider-aws/lib/ec2-managed-prefix-list';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import {
  AddressFamily,
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsPrefixList,
  AwsSecurityGroup,
  ControlPlaneEndpoint,
  ControlPlaneVipRules,
  DocumentedPortRules,
  Egress,
  type IHostGroup,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  PortTables,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** The scope of the constructs of `moreOptions`, and the values that they share. */
export interface Place {
  readonly scope: Construct;
  readonly id: (name: string) => string;
  readonly provider: AwsProvider;
  readonly vpcId: string;
  /** Creates a security group without this library, and returns its id. */
  readonly known: (name: string) => string;
}

/** Later editions, the virtual address of a control plane, prefix lists, and the options of groups that do not change a rule. */
export function moreOptions({ scope, id, provider, vpcId, known }: Place): (() => Construct)[] {
  const ipRanges = Peer.cidr('10.20.0.0/24');
  const vip = new AwsSecurityGroup(scope, id('vip'), {
    name: 'vip',
    vpcId,
    egress: Egress.DOCUMENTED,
    provider,
    maxRules: 100,
    ipRanges,
    ownershipTags: true,
  });
  const later = AwsSecurityGroup.fromId(known('later'), {
    provider,
    egress: Egress.UNMANAGED,
    maxRules: 100,
    existingRules: 0,
    ipRanges,
    ownershipTags: true,
  });
  return [
    ...virtualAddress(scope, id, vip, later),
    ...declaredEndpoint(scope, id, vip, later),
    ...laterEditions(scope, id, later),
    ...lists(scope, id, provider, later),
  ];
}

function virtualAddress(
  scope: Construct,
  id: (name: string) => string,
  vip: IHostGroup,
  controlPlane: IHostGroup,
): (() => Construct)[] {
  return [
    () =>
      new ControlPlaneVipRules(scope, id('vip-ports'), {
        controlPlane,
        workers: Peer.cidr('10.60.0.0/24'),
        virtualAddress: vip,
        loadBalancer: Peer.cidr('10.61.0.0/24'),
        proxySubnet: Peer.cidr('10.62.0.0/24'),
        healthCheckers: Peer.cidr('10.63.0.0/24'),
        hostname: 'k8s-api.example.com',
        edition: '2026-03',
      }),
  ];
}

function declaredEndpoint(
  scope: Construct,
  id: (name: string) => string,
  vip: IHostGroup,
  controlPlane: IHostGroup,
): (() => Construct)[] {
  const endpoint = new ControlPlaneEndpoint({
    controlPlane,
    workers: vip,
    virtualAddress: vip,
    loadBalancer: Peer.cidr('10.65.0.0/24'),
    port: 7443,
    hostname: 'k8s-api.example.com',
  });
  return [
    () => new ControlPlaneVipRules(scope, id('vip-endpoint'), { endpoint }),
    () =>
      new KubeadmFlannelClusterRules(scope, id('endpoint-cluster'), {
        endpoint,
        workerToWorkerFlannel: false,
        omit: ['flannel-udp', 'flannel-vxlan', 'etcd', 'kubelet'],
      }),
  ];
}

function laterEditions(scope: Construct, id: (name: string) => string, later: IHostGroup): (() => Construct)[] {
  const clients = Peer.cidr('10.64.0.0/24');
  return [
    () =>
      new KubeadmFlannelClusterRules(scope, id('later-cluster'), {
        controlPlane: later,
        workers: later,
        workerToWorkerFlannel: false,
        healthCheckers: Peer.cidr('10.63.0.0/24'),
        edition: '2026-03',
        omit: ['flannel-udp', 'flannel-vxlan', 'etcd'],
        ownership: { owner: 'payments', ticket: 'NET-42', expires: '2027-03-31' },
      }),
    () =>
      new VClusterPlatformIngressRules(scope, id('later-platform'), {
        kubernetesApi: clients,
        platform: later,
        nodes: later,
        virtualClusters: clients,
        edition: '2025-10',
        omit: ['webhook', 'management-api'],
        ports: { 'legacy-metrics': Port.tcp(8081) },
        rowOwnership: { 'legacy-metrics': { owner: 'a_b.c:d/e@(f)#1, g', expires: '2027-03-31' } },
      }),
    () =>
      new VClusterPlatformIngressRules(scope, id('agents-of-platform'), {
        kubernetesApi: clients,
        platform: later,
        nodes: later,
        virtualClusters: clients,
        agent: later,
        platformEndpoint: later,
        dns: later,
        edition: '2026-08',
        omit: ['webhook', 'management-api', 'legacy-metrics'],
      }),
    () =>
      new PrometheusCostMetricsRule(scope, id('later-metrics'), {
        platform: clients,
        agent: clients,
        prometheus: later,
        edition: '2025-10',
      }),
    () =>
      new ApinizerNodePorts(scope, id('later-node-ports'), {
        workers: later,
        gateways: [{ environment: 'prod', clients, ownership: { owner: 'shop ${not} evaluated' } }],
        edition: '2026-03',
        omit: ['api-gateway'],
        ownership: { owner: 'platform' },
      }),
    () =>
      new ApinizerDataStoreRules(scope, id('later-stores'), {
        workers: clients,
        elasticsearch: later,
        edition: '2026-03',
      }),
    () =>
      new DocumentedPortRules(scope, id('table'), {
        table: PortTables.named('rancher', '2025-11'),
        roles: { 'tls-proxy': clients, 'rancher-client': clients, 'registered-cluster': later, rancher: later },
        omit: ['rancher-http', 'registered-api'],
        ports: { 'rancher-https': Port.tcp(8444) },
      }),
  ];
}

/** An existing prefix list and a new one, at the far end of a port that no other construct opens. */
function lists(
  scope: Construct,
  id: (name: string) => string,
  provider: AwsProvider,
  prometheus: IHostGroup,
): (() => Construct)[] {
  const existing = new Ec2ManagedPrefixList(provider.cdktfStack, 'existing', {
    name: 'existing',
    addressFamily: 'IPv4',
    maxEntries: 5,
    entry: [{ cidr: '10.65.0.0/24' }],
  });
  const offices = AwsPrefixList.fromId(existing.id, {
    maxEntries: 5,
    addressFamily: AddressFamily.IPV4,
    key: 'offices',
  });
  const homes = new AwsPrefixList(scope, id('list'), {
    name: 'homes',
    ranges: Peer.cidr('10.66.0.0/24'),
    maxEntries: 3,
    tags: { cost: '${not} evaluated' },
    provider,
  });
  return [
    () =>
      new PrometheusCostMetricsRule(scope, id('listed-metrics'), {
        platform: Peer.anyOf(offices, homes),
        prometheus,
        ports: { 'cost-metrics': Port.tcp(9092) },
      }),
  ];
}
