import { ComputeNetworkFirewallPolicy } from '@cdktf/provider-google/lib/compute-network-firewall-policy';
import { ComputeNetworkFirewallPolicyAssociation } from '@cdktf/provider-google/lib/compute-network-firewall-policy-association';
import { ComputeRegionNetworkFirewallPolicy } from '@cdktf/provider-google/lib/compute-region-network-firewall-policy';
import { NetworkSecurityAddressGroup } from '@cdktf/provider-google/lib/network-security-address-group';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TagsTagKey } from '@cdktf/provider-google/lib/tags-tag-key';
import { TagsTagValue } from '@cdktf/provider-google/lib/tags-tag-value';
import { TerraformStack, Testing } from 'cdktf';
import {
  AddressFamily,
  Basis,
  DocumentedHostnameRules,
  DocumentedPortRules,
  Egress,
  GcpAddressGroup,
  GcpEndpoint,
  GcpFirewall,
  GcpFirewallPolicy,
  GcpLogging,
  GcpSecureWebProxy,
  type IHostGroup,
  type IHostnameFilter,
  type IPeer,
  Peer,
  Port,
  type PortTable,
  PrometheusCostMetricsRule,
  ReachabilityChecks,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { Construct } from 'constructs';
import { type Random, seededRandom } from '../../support/random';

const PROJECT = 'net-host';
const REGION = 'europe-west3';
const NETWORKS = [
  'prod',
  `projects/${PROJECT}/global/networks/prod`,
  `https://www.googleapis.com/compute/v1/projects/${PROJECT}/global/networks/prod`,
];
/** ICMP has no rule for IPv6, so it is rare. */
const PORTS = [
  '443/tcp',
  '2379-2380/tcp',
  '53/udp',
  '30000-32767/tcp',
  '8472/udp',
  'icmp',
  '112/ip',
  'esp',
  '65535/udp',
];
const ACCOUNTS = Array.from({ length: 10 }, (_, at) => `account-${at}@${PROJECT}.iam.gserviceaccount.com`);

/** How the code of a random stack differs from its first form. */
export interface Form {
  /** Whether the constructs have different ids, and one more scope. */
  readonly isRenamed?: boolean;
  /** Whether there is one more construct. */
  readonly hasMore?: boolean;
}

/** Returns the stack of a seed: rules of firewalls, policies, hostnames and checks on GCP, with every setting. */
export function randomStack(seed: number, { isRenamed = false, hasMore = false }: Form = {}): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new GoogleProvider(stack, 'google', { project: PROJECT, region: REGION });
  const place: Place = {
    stack,
    scope: isRenamed ? new Construct(stack, 'wrapper') : stack,
    id: (name) => (isRenamed ? `${name}-renamed` : name),
    random: seededRandom(seed),
  };
  const { random } = place;
  const servers = Array.from({ length: 1 + random.below(3) }, (_, at) => firewallRules(place, `f${at}`));
  if (random.chance(60)) servers.push(policyRules(place, 'p0'));
  if (random.chance(40)) hostnames(place);
  if (random.chance(40)) check(place);
  if (hasMore) {
    const platform = Peer.cidr('10.255.255.0/24');
    new PrometheusCostMetricsRule(place.scope, 'one-more', { platform, prometheus: random.pick(servers) });
  }
  return stack;
}

interface Place {
  readonly stack: TerraformStack;
  readonly scope: Construct;
  readonly id: (name: string) => string;
  readonly random: Random;
}

const several = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

function ipv4(random: Random): string {
  const length = 16 + random.below(17);
  const number = (random.below(2 ** 24) >>> (32 - length)) << (32 - length);
  return `10.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}/${length}`;
}

function ipv6(random: Random): string {
  return `2001:db8:${(1 + random.below(65535)).toString(16)}::/${random.pick([48, 56, 64])}`;
}

function ranges(random: Random): IPeer {
  const most = random.pick([1, 3, 300]);
  return random.pick([
    () => Peer.cidr(...several(1 + random.below(most), () => ipv4(random))),
    () => Peer.named('clients', ...several(1 + random.below(most), () => ipv6(random))),
    () => Peer.cidr(ipv4(random), ipv6(random)),
    () => Peer.anyIpv4('a public service'),
    () => Peer.anyIpv6('a public service'),
  ])();
}

/** Returns a table of the ports of a server, and of its peers among each other. */
function randomTable(random: Random, id: string): PortTable {
  const names = PORTS.filter((text) => random.chance(text === 'icmp' ? 10 : 40));
  const rows = (names.length === 0 ? ['443/tcp'] : names).map((text, at) => ({
    name: `row-${at}`,
    port: Port.parse(text),
    description: `Row ${at}`,
    section: 'Ports',
    protocolBasis: Basis.TABLE,
  }));
  const server = { id: 'server', title: 'Servers' };
  return {
    id,
    title: 'A table',
    reference: 'https://wiki.example.com/table',
    edition: '2026-11',
    comparedOn: '2026-11-28',
    flows: [
      { source: { id: 'node', title: 'Nodes' }, destination: server, rows },
      ...(random.chance(50) ? [{ source: server, destination: server, rows: rows.slice(0, 1) }] : []),
    ],
  };
}

/** Opens the ports of a table in a network, and returns the servers. */
function firewallRules({ scope, id, random }: Place, name: string): IHostGroup {
  const priority = random.pick([undefined, 1, 900, 65_000]);
  const firewall = new GcpFirewall({
    network: random.pick(NETWORKS),
    project: random.pick([undefined, PROJECT]),
    namePrefix: `${name}-`,
    priority,
    logging: random.pick([undefined, GcpLogging.ALL, GcpLogging.WITHOUT_METADATA]),
    disabled: random.pick([undefined, false, true]),
    egress: random.pick([undefined, Egress.ALL, Egress.DOCUMENTED, Egress.UNMANAGED]),
    denyRest: random.chance(30) ? { priority: 65_100 + random.below(400) } : undefined,
    shadow: random.chance(20),
  });
  const options = { ipRanges: Peer.cidr(ipv4(random)) };
  const usesAccounts = random.chance(30);
  const [server, node] = usesAccounts
    ? [
        firewall.serviceAccount(ACCOUNTS[0], options),
        Peer.anyOf(
          ...ACCOUNTS.slice(0, 1 + random.below(10)).map((account) => firewall.serviceAccount(account, options)),
        ),
      ]
    : [
        random.chance(15) ? firewall.allInstances('a test') : firewall.networkTag(`${name}-server`, options),
        Peer.anyOf(...several(1 + random.below(25), (at) => firewall.networkTag(`${name}-node-${at}`, options))),
      ];
  new DocumentedPortRules(scope, id(name), {
    table: randomTable(random, `table-${name}`),
    roles: { node: random.chance(50) ? ranges(random) : node, server },
  });
  return server;
}

/** Opens the ports of a table in a firewall policy, and returns the servers. */
function policyRules({ stack, scope, id, random }: Place, name: string): IHostGroup {
  const isRegional = random.chance(50);
  const policy = isRegional
    ? new ComputeRegionNetworkFirewallPolicy(stack, `policy-${name}`, { name, region: REGION, description: 'A policy' })
    : new ComputeNetworkFirewallPolicy(stack, `policy-${name}`, { name, project: PROJECT });
  const attachmentTarget = NETWORKS[1];
  if (!isRegional && random.chance(50)) {
    new ComputeNetworkFirewallPolicyAssociation(stack, `${name}-at`, {
      name,
      attachmentTarget,
      firewallPolicy: policy.name,
    });
  }
  const purposeData = { network: `${PROJECT}/prod` };
  const tagKey = { parent: `projects/${PROJECT}`, shortName: 'role', purpose: 'GCE_FIREWALL', purposeData };
  const parent = new TagsTagKey(stack, 'role', tagKey).id;
  const [serverTag, nodeTag] = ['server', 'node'].map(
    (shortName) => new TagsTagValue(stack, shortName, { parent, shortName }).id,
  );
  const location = isRegional ? REGION : 'global';
  const group = {
    name: 'offices',
    parent: `projects/${PROJECT}`,
    location,
    type: 'IPV4',
    capacity: 10,
    items: ['10.1.0.0/16'],
  };
  const firewall = new GcpFirewallPolicy({
    policy: policy.name,
    region: isRegional ? REGION : undefined,
    logging: random.pick([undefined, GcpLogging.ALL]),
    disabled: random.pick([undefined, true]),
    egress: random.pick([undefined, Egress.DOCUMENTED, Egress.UNMANAGED]),
    priorities: random.pick([undefined, { first: 200_000, last: 2_147_483_547 }]),
  });
  const options = { ipRanges: Peer.cidr(ipv4(random)) };
  const server = random.chance(70)
    ? firewall.secureTag(serverTag, options)
    : firewall.serviceAccount(ACCOUNTS[1], options);
  const node = random.pick([
    () => ranges(random),
    () => firewall.secureTag(nodeTag, options),
    () =>
      Peer.anyOf(
        GcpAddressGroup.fromId(new NetworkSecurityAddressGroup(stack, 'offices', group).id, {
          addressFamily: AddressFamily.IPV4,
        }),
        Peer.cidr(ipv4(random)),
      ),
  ])();
  const table = { ...randomTable(random, `table-${name}`), flows: randomTable(random, name).flows.slice(0, 1) };
  new DocumentedPortRules(scope, id(name), { table, roles: { node, server } });
  return server;
}

/** Allows hostnames through a firewall policy, or a proxy. */
function hostnames({ stack, scope, id, random }: Place): void {
  const isProxy = random.chance(50);
  const through: IHostnameFilter = isProxy
    ? new GcpSecureWebProxy({ location: REGION, namePrefix: random.pick([undefined, 'prod-']) })
    : new GcpFirewallPolicy({ policy: new ComputeNetworkFirewallPolicy(stack, 'outbound', { name: 'outbound' }).name });
  const hostname = (name: string, host: string, ...ports: Port[]): object => ({
    name,
    hostname: host,
    ports,
    portsBasis: Basis.TABLE,
    section: 'Hosts',
  });
  new DocumentedHostnameRules(scope, id('hosts'), {
    through,
    table: {
      id: 'hosts',
      title: 'Hosts',
      reference: 'https://wiki.example.com/hosts',
      edition: '2026-11',
      comparedOn: '2026-11-28',
      hostnames: [
        hostname('registry', 'registry.example.com', Port.tcp(443)),
        ...(isProxy ? [hostname('images', '*.images.example.com', Port.tcp(443), Port.tcp(80))] : []),
        ...(isProxy ? [] : [hostname('time', 'time.example.com', Port.udp(123))]),
      ] as never,
    },
  });
}

/** Checks a documented flow by a Connectivity Test. */
function check({ scope, id, random }: Place): void {
  const rules = new VClusterPlatformIngressRules(scope, id('platform'), {
    kubernetesApi: Peer.cidr(ipv4(random)),
    platform: new GcpFirewall({ network: 'prod', namePrefix: 'check-' }).networkTag('platform'),
  });
  const instance = (name: string): GcpEndpoint =>
    GcpEndpoint.instance(`projects/${PROJECT}/zones/${REGION}-a/instances/${name}`);
  const source = random.pick([
    () => GcpEndpoint.gkeControlPlane(`projects/${PROJECT}/locations/${REGION}/clusters/prod`),
    () => GcpEndpoint.address('10.0.0.7', NETWORKS[1]),
    () => instance('api'),
  ])();
  new ReachabilityChecks(scope, id('checks'), {
    rules,
    checks: [{ flow: 'webhook', source, destination: instance('node-1') }],
  });
}
