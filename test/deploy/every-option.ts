import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { TerraformStack, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsPeer,
  AwsSecurityGroup,
  Basis,
  DocumentedPortRules,
  Egress,
  ExternalHosts,
  FlannelBackend,
  type IHostGroup,
  KubeadmFlannelClusterRules,
  NetworkZone,
  UnmanagedRules,
  Peer,
  Port,
  type PortTable,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { Construct } from 'constructs';
import { moreOptions } from './more-options';

/** How the code of a step differs from the code of the first step. */
export interface Code {
  /** The id of a group that was created by hand. */
  readonly existing: string;
  /** Whether the same rules are written in a different order, with different construct ids, one more scope, and shuffled, repeated or respelled inputs. */
  readonly rewritten?: boolean;
  /** More clients of the console. */
  readonly moreClients?: string[];
  /** Whether a second construct needs some of the same rules, and a few additional ones. */
  readonly secondConstruct?: boolean;
  /** Why a gateway is open to the world. */
  readonly reason?: string;
}

const OWN_TABLE: PortTable = {
  id: 'own-table',
  title: 'Ports of our own',
  reference: 'https://docs.example.com/ports',
  edition: '2026-01',
  comparedOn: '2026-11-21',
  options: [{ id: 'monitoring', title: 'Monitoring', default: 'false', section: 'Ports' }],
  flows: [
    {
      source: { id: 'probe', title: 'Probes' },
      destination: { id: 'target', title: 'Targets' },
      rows: [
        {
          name: 'syslog',
          port: Port.udp(514),
          description: 'Syslog',
          section: 'Ports',
          protocolBasis: Basis.TABLE,
        },
        {
          name: 'metrics',
          port: Port.tcpRange(9100, 9110),
          description: 'Metrics',
          section: 'Ports',
          protocolBasis: Basis.TABLE,
          when: { monitoring: ['true'] },
        },
      ],
    },
  ],
};

/** Returns a stack with every construct and each of its options on AWS. */
export function everyOption(code: Code): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const provider = new AwsProvider(stack, 'aws', {
    region: REGION,
    defaultTags: [{ tags: { owner: 'us', team: 'nobody' } }],
  });
  const vpcId = new Vpc(stack, 'vpc', { cidrBlock: '10.20.0.0/16' }).id;
  const scope = code.rewritten ? new Construct(stack, 'wrapper') : stack;
  const id = (name: string): string => (code.rewritten ? `${name}-renamed` : name);
  const groups = new Map(
    inOrder(code, NEW_GROUPS).map(([name, egress]) => [
      name,
      new AwsSecurityGroup(scope, id(name), {
        name,
        vpcId,
        egress,
        zone: NetworkZone.PRIVATE,
        unmanagedRules: UnmanagedRules.REPORT,
        tags: { team: 'platform', cost: '${not} evaluated' },
      }),
    ]),
  );
  const group = (name: string): IHostGroup => groups.get(name)!;
  const known = (name: string): string => new SecurityGroup(stack, name, { namePrefix: `${name}-`, vpcId }).id;
  const constructs = [
    ...clusters(scope, id, group, AwsSecurityGroup.fromId(known('single'), { key: 'one', egress: Egress.DOCUMENTED })),
    ...platforms(
      scope,
      id,
      group,
      AwsSecurityGroup.fromId(code.existing, {
        tags: { by: 'us' },
        existingRules: 1,
        zone: NetworkZone.PUBLIC,
        unmanagedRules: UnmanagedRules.IGNORE,
      }),
      code,
    ),
    ...apinizer(scope, id, group, code),
    () =>
      new DocumentedPortRules(scope, id('own'), {
        table: OWN_TABLE,
        roles: {
          probe: Peer.cidr('10.7.0.0/24', '2001:db8:7::/64'),
          target: AwsSecurityGroup.fromId(known('targets'), { egress: Egress.ALL }),
        },
        options: { monitoring: 'true' },
      }),
    ...moreOptions({ scope, id, provider, vpcId, known }),
  ];
  for (const create of inOrder(code, constructs)) create();
  return stack;
}

export const REGION = 'eu-central-1';

const NEW_GROUPS: [name: string, egress: Egress][] = [
  ['control-plane', Egress.DOCUMENTED],
  ['workers', Egress.DOCUMENTED],
  ['vxlan-control-plane', Egress.ALL],
  ['vxlan-workers', Egress.ALL],
  ['platform', Egress.ALL],
  ['mongodb', Egress.DOCUMENTED],
  ['elasticsearch', Egress.DOCUMENTED],
];

type Name = (name: string) => string;
type Group = (name: string) => IHostGroup;

function inOrder<T>({ rewritten }: Pick<Code, 'rewritten'>, things: readonly T[]): T[] {
  return rewritten ? [...things].reverse() : [...things];
}

/** Two groups that refer to each other, one backend each, and all servers in one group. */
function clusters(scope: Construct, id: Name, group: Group, single: IHostGroup): (() => Construct)[] {
  const [controlPlane, workers] = [group('control-plane'), group('workers')];
  return [
    () => new KubeadmFlannelClusterRules(scope, id('cluster'), { controlPlane, workers, workerToWorkerFlannel: true }),
    () =>
      new KubeadmFlannelClusterRules(scope, id('vxlan'), {
        controlPlane: group('vxlan-control-plane'),
        workers: group('vxlan-workers'),
        flannel: FlannelBackend.VXLAN,
        freeAccessBetweenControlPlanes: true,
        workerToWorkerFlannel: false,
      }),
    () =>
      new KubeadmFlannelClusterRules(scope, id('one'), {
        controlPlane: single,
        workers: single,
        flannel: FlannelBackend.UDP,
        omit: ['kubelet', 'worker>control-plane/api-server'],
        ports: { 'control-plane>control-plane/api-server': Port.tcp(16443) },
        versions: { kubernetes: '1.34.1' },
      }),
  ];
}

function platforms(scope: Construct, id: Name, group: Group, existing: IHostGroup, code: Code): (() => Construct)[] {
  const kubernetesApi = Peer.cidr('172.16.0.0/28', code.rewritten ? '2001:DB8:0::/48' : '2001:db8::/48');
  const platform = Peer.anyOf(Peer.address('203.0.113.7'), group('platform'), FOREIGN);
  return [
    () => new VClusterPlatformIngressRules(scope, id('platform-ports'), { kubernetesApi, platform: group('platform') }),
    () => new PrometheusCostMetricsRule(scope, id('metrics'), { platform, prometheus: existing }),
    () =>
      new PrometheusCostMetricsRule(scope, id('other-metrics'), {
        platform: Peer.address('203.0.113.8'),
        prometheus: existing,
        ports: { 'cost-metrics': Port.tcp(9091) },
      }),
  ];
}

/** A group of a different account. */
const FOREIGN = AwsPeer.securityGroup('sg-0fedcba9876543210', { ownerId: '999999999999' });

function apinizer(scope: Construct, id: Name, group: Group, code: Code): (() => Construct)[] {
  const [workers, vxlanWorkers] = [group('workers'), group('vxlan-workers')];
  const { moreClients = [], reason = 'public API', secondConstruct = false } = code;
  const clients = inOrder(code, ['10.9.0.0/16', '10.10.0.0/16', '10.9.0.0/16', ...moreClients]);
  const onPremises = ExternalHosts.named('elasticsearch', '10.8.0.0/28');
  return [
    () =>
      new ApinizerNodePorts(scope, id('node-ports'), {
        workers,
        managementConsole: { clients: Peer.named(id('ops-vpn'), ...clients) },
        apiPortal: { clients: Peer.cidr('2001:db8:1::/64') },
        gateways: inOrder(code, [
          { environment: 'prod', clients: Peer.anyIpv4(reason) },
          { environment: 'test', clients: Peer.anyIpv6(reason), port: 30081 },
        ]),
      }),
    () =>
      new ApinizerNodePorts(scope, id('other-node-ports'), {
        workers: vxlanWorkers,
        managementConsole: { clients: group('platform'), port: 32081 },
        apiPortal: { clients: Peer.address('203.0.113.9'), port: 30181 },
        versions: { kubernetes: '1.34.1' },
      }),
    () =>
      new ApinizerDataStoreRules(scope, id('stores'), {
        workers,
        mongodb: group('mongodb'),
        elasticsearch: onPremises,
      }),
    () =>
      new ApinizerDataStoreRules(scope, id('other-stores'), {
        workers: Peer.anyOf(vxlanWorkers, Peer.cidr('10.30.0.0/24')),
        elasticsearch: group('elasticsearch'),
      }),
    ...(secondConstruct
      ? [
          () =>
            new KubeadmFlannelClusterRules(scope, 'second', {
              controlPlane: workers,
              workers,
              omit: ['kubelet', 'etcd'],
            }),
        ]
      : []),
  ];
}
