import { Ec2ManagedPrefixList } from '@cdktf/provider-aws/lib/ec2-managed-prefix-list';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import {
  AddressFamily,
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsEgress,
  AwsPrefixList,
  AwsSecurityGroup,
  ControlPlaneVipRules,
  DocumentedPortRules,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  PortTables,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
  type IHostGroup,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** Where the constructs of `moreOptions` stand, and what they share. */
export interface Place {
  readonly scope: Construct;
  readonly id: (name: string) => string;
  readonly provider: AwsProvider;
  readonly vpcId: string;
  /** Makes a group beside ours; gives its id. */
  readonly known: (name: string) => string;
}

/** Later editions, the virtual address of a control plane, prefix lists, and the options of groups that change no rule. */
export function moreOptions({ scope, id, provider, vpcId, known }: Place): (() => Construct)[] {
  const ipRanges = Peer.cidr('10.20.0.0/24');
  const vip = new AwsSecurityGroup(scope, id('vip'), {
    name: 'vip',
    vpcId,
    egress: AwsEgress.DOCUMENTED,
    provider,
    maxRules: 100,
    ipRanges,
  });
  const later = AwsSecurityGroup.fromId(known('later'), {
    provider,
    maxRules: 100,
    existingRules: 0,
    ipRanges,
  });
  return [
    ...virtualAddress(scope, id, vip, later),
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
      }),
    () =>
      new PrometheusCostMetricsRule(scope, id('later-metrics'), {
        platform: clients,
        prometheus: later,
        edition: '2025-10',
      }),
    () =>
      new ApinizerNodePorts(scope, id('later-node-ports'), {
        workers: later,
        gateways: [{ environment: 'prod', clients }],
        edition: '2026-03',
        omit: ['api-gateway'],
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

/** One list of others and one of ours, at the far end of a port that no other construct has. */
function lists(
  scope: Construct,
  id: (name: string) => string,
  provider: AwsProvider,
  prometheus: IHostGroup,
): (() => Construct)[] {
  const standing = new Ec2ManagedPrefixList(provider.cdktfStack, 'standing', {
    name: 'standing',
    addressFamily: 'IPv4',
    maxEntries: 5,
    entry: [{ cidr: '10.65.0.0/24' }],
  });
  const offices = AwsPrefixList.fromId(standing.id, {
    maxEntries: 5,
    addressFamily: AddressFamily.IPV4,
    key: 'offices',
  });
  const ours = new AwsPrefixList(scope, id('list'), {
    name: 'homes',
    ranges: Peer.cidr('10.66.0.0/24'),
    maxEntries: 3,
    tags: { cost: '${not} evaluated' },
    provider,
  });
  return [
    () =>
      new PrometheusCostMetricsRule(scope, id('listed-metrics'), {
        platform: Peer.anyOf(offices, ours),
        prometheus,
        ports: { 'cost-metrics': Port.tcp(9092) },
      }),
  ];
}
