import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  ControlPlaneVipRules,
  KubeadmFlannelClusterRules,
  LinuxHosts,
  Peer,
  PortTables,
  Rke2Cni,
  Rke2Encapsulation,
  Rke2Rules,
  type Rke2RulesProps,
} from '../../lib';
import { newStack } from '../support/clouds';
import { cli, temporaryDirectory } from '../support/cli';
import { type Packet, TwoMachines } from './namespaces';

const { path } = temporaryDirectory();

const SERVERS = LinuxHosts.named('servers', '10.1.0.0/29', '2001:db8:1::/64');
const AGENTS = LinuxHosts.named('agents', '10.1.1.0/24', '2001:db8:2::/64');
const STORES = LinuxHosts.named('stores', '10.1.2.0/24', '2001:db8:3::/64');
const SEARCH = LinuxHosts.named('search', '10.1.3.0/24', '2001:db8:4::/64');
const BALANCER = LinuxHosts.named('balancer', '10.1.4.0/24', '2001:db8:5::/64');
const OFFICE = Peer.named('office', '10.9.0.0/16', '2001:db8:9::/64');
const PROXIES = Peer.named('proxies', '10.7.0.0/16', '2001:db8:7::/64');
const HEALTH = Peer.named('health checks', '10.8.0.0/16', '2001:db8:8::/64');

/** An IP address of each kind of machine, in both families; nobody is in no range of the code. */
const ADDRESSES = {
  servers: ['10.1.0.2', '2001:db8:1::2'],
  agents: ['10.1.1.2', '2001:db8:2::2'],
  balancer: ['10.1.4.2', '2001:db8:5::2'],
  office: ['10.9.3.4', '2001:db8:9::4'],
  proxies: ['10.7.3.4', '2001:db8:7::4'],
  health: ['10.8.3.4', '2001:db8:8::4'],
  nobody: ['192.0.2.9', '2001:db8:ffff::9'],
};
const TARGETS = {
  servers: ['10.1.0.1', '2001:db8:1::1'],
  agents: ['10.1.1.1', '2001:db8:2::1'],
  stores: ['10.1.2.1', '2001:db8:3::1'],
  search: ['10.1.3.1', '2001:db8:4::1'],
  balancer: ['10.1.4.1', '2001:db8:5::1'],
};
const SSH = 22;

type Stack = ReturnType<typeof newStack>;
type Who = keyof typeof ADDRESSES;
type Hosts = keyof typeof TARGETS;

const rke2 =
  (props: Pick<Rke2RulesProps, 'cni' | 'encapsulation' | 'windows'>) =>
  (stack: Stack): void => {
    new Rke2Rules(stack, 'rke2', { server: SERVERS, agent: AGENTS, ...props });
  };

/** Every table of Apinizer and of its cluster, and every choice of RKE2: together they have every row of both. */
const PRODUCTS: Record<string, (stack: Stack) => void> = {
  Apinizer: (stack) => {
    new KubeadmFlannelClusterRules(stack, 'cluster', {
      controlPlane: SERVERS,
      workers: AGENTS,
      workerToWorkerFlannel: true,
      healthCheckers: HEALTH,
    });
    new ControlPlaneVipRules(stack, 'endpoint', {
      controlPlane: SERVERS,
      workers: AGENTS,
      virtualAddress: BALANCER,
      loadBalancer: BALANCER,
      proxySubnet: PROXIES,
      healthCheckers: HEALTH,
    });
    new ApinizerNodePorts(stack, 'node-ports', {
      workers: AGENTS,
      managementConsole: { clients: OFFICE },
      apiPortal: { clients: OFFICE },
      gateways: [{ environment: 'prod', clients: Peer.anyIpv4('the public API') }],
    });
    new ApinizerDataStoreRules(stack, 'stores', { workers: AGENTS, mongodb: STORES, elasticsearch: SEARCH });
  },
  'RKE2 with Canal and VXLAN': rke2({}),
  'RKE2 with Canal and WireGuard': rke2({ encapsulation: Rke2Encapsulation.WIREGUARD }),
  'RKE2 with Cilium and VXLAN': rke2({ cni: Rke2Cni.CILIUM }),
  'RKE2 with Cilium and WireGuard': rke2({ cni: Rke2Cni.CILIUM, encapsulation: Rke2Encapsulation.WIREGUARD }),
  'RKE2 with Calico, VXLAN and Windows': rke2({ cni: Rke2Cni.CALICO, windows: true }),
  'RKE2 with Calico, BGP and Windows': rke2({
    cni: Rke2Cni.CALICO,
    encapsulation: Rke2Encapsulation.BGP,
    windows: true,
  }),
  'RKE2 with Flannel and Windows': rke2({ cni: Rke2Cni.FLANNEL, windows: true }),
};

type Documented = [port: string, from: (Who | 'anyone over IPv4')[], family?: 'IPv4' | 'IPv6'][];

const NODES: Who[] = ['servers', 'agents'];

/** RKE2, "Inbound Network Rules": all nodes, and server nodes; `ofCni` are the lines for a CNI plugin. */
const ofRke2 = (...ofCni: Documented): Record<'servers' | 'agents', Documented> => ({
  servers: [
    ['6443/tcp', NODES],
    ['9345/tcp', NODES],
    ['10250/tcp', NODES],
    ['2379/tcp', ['servers']],
    ['2380/tcp', ['servers']],
    ['2381/tcp', ['servers']],
    ['30000-32767/tcp', NODES],
    ...ofCni,
  ],
  agents: [['10250/tcp', NODES], ['30000-32767/tcp', NODES], ...ofCni],
});

/** What the documents open, and from whom. `anyone over IPv4` is everyone here with an IPv4 address. */
const DOCUMENTED: Record<string, Partial<Record<Hosts, Documented>>> = {
  // Apinizer, "Access and Port Requirements for Installation", and the supplements for workers and health checks
  Apinizer: {
    servers: [
      ['6443/tcp', ['servers', 'agents', 'balancer', 'proxies', 'health']],
      ['2379-2380/tcp', ['servers']],
      ['10250/tcp', ['servers']],
      ['8285/udp', NODES],
      ['8472/udp', NODES],
    ],
    agents: [
      ['10250/tcp', ['servers']],
      ['8285/udp', NODES],
      ['8472/udp', NODES],
      ['10256/tcp', ['health']],
      ['32080/tcp', ['office']],
      ['30180/tcp', ['office']],
      ['30080/tcp', ['anyone over IPv4']],
    ],
    stores: [['25080/tcp', ['agents']]],
    search: [['9200/tcp', ['agents']]],
    balancer: [['6443/tcp', NODES]],
  },
  'RKE2 with Canal and VXLAN': ofRke2(['8472/udp', NODES], ['9099/tcp', NODES]),
  'RKE2 with Canal and WireGuard': ofRke2(
    ['9099/tcp', NODES],
    ['51820/udp', NODES, 'IPv4'],
    ['51821/udp', NODES, 'IPv6'],
  ),
  'RKE2 with Cilium and VXLAN': ofRke2(['8/icmp', NODES], ['4240/tcp', NODES], ['8472/udp', NODES]),
  'RKE2 with Cilium and WireGuard': ofRke2(['8/icmp', NODES], ['4240/tcp', NODES], ['51871/udp', NODES]),
  'RKE2 with Calico, VXLAN and Windows': ofRke2(
    ['4789/udp', NODES],
    ['5473/tcp', NODES],
    ['9098/tcp', NODES],
    ['9099/tcp', NODES],
  ),
  'RKE2 with Calico, BGP and Windows': ofRke2(
    ['179/tcp', NODES],
    ['5473/tcp', NODES],
    ['9098/tcp', NODES],
    ['9099/tcp', NODES],
  ),
  'RKE2 with Flannel and Windows': ofRke2(['4789/udp', NODES]),
};

test('the installations have every row of their tables', () => {
  const opened = new Set<string>();
  for (const build of Object.values(PRODUCTS)) {
    const stack = newStack();
    build(stack);
    const { clusterPorts } = stack.toTerraform()['//'].metadata;
    for (const row of Object.keys(clusterPorts.rows as object)) opened.add(row);
  }
  const tables = ['kubeadm-flannel', 'control-plane-vip', 'apinizer-node-ports', 'apinizer-data-stores', 'rke2'];
  const rows = tables.flatMap((id) => {
    const { edition, flows, supplements = [] } = PortTables.named(id);
    return [...flows, ...supplements].flatMap(({ source, destination, rows: all }) =>
      all.map(({ name }) => `${id}@${edition}/${source.id}-to-${destination.id}/${name}`),
    );
  });
  expect(rows.filter((row) => !opened.has(row))).toEqual([]);
});

test.each(
  Object.keys(PRODUCTS).flatMap((product) =>
    (Object.keys(DOCUMENTED[product]) as Hosts[]).map((hosts) => [product, hosts] as const),
  ),
)('%s: machines of %s answer at documented ports, and at no others', async (product, hosts) => {
  const stack = newStack();
  PRODUCTS[product](stack);
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(stack.toTerraform()));
  const script = await rendered(file, '--role', hosts);
  const removal = await rendered('--remove');

  const documented = DOCUMENTED[product][hosts]!.map(([port, from, family]) => ({ ...portsOf(port), from, family }));
  const packets = packetsAround(documented, TARGETS[hosts]);
  const expected = packets.map((packet) => packet.port === SSH || documented.some((row) => isOpenedBy(row, packet)));
  expect(new Set(expected)).toEqual(new Set([true, false]));

  const all = packets.map(() => true);
  const machines = new TwoMachines(hosts, { machine: TARGETS[hosts], others: Object.values(ADDRESSES).flat() });
  try {
    const ports = packets.flatMap(({ protocol, port }) => (port === undefined ? [] : [`${protocol}:${port}`]));
    await machines.listen([...new Set(ports)]);
    machines.load('table inet others { chain input { type filter hook input priority -5; tcp dport 1 drop; }; }');
    const before = machines.rules();
    expect(wrong(packets, answers(machines, packets, all), all)).toEqual([]);
    machines.shell(script);
    expect(wrong(packets, answers(machines, packets, expected), expected)).toEqual([]);
    const loaded = machines.rules();
    // nobody answers an answer to a ping, so that row is seen only in the rules
    expect(loaded.includes('icmp type echo-reply accept')).toBe(product.includes('Cilium'));
    machines.shell(script);
    expect(machines.rules()).toBe(loaded);
    machines.load(removal);
    expect(machines.rules()).toBe(before);
    expect(wrong(packets, answers(machines, packets, all), all)).toEqual([]);
    machines.load(removal);
  } finally {
    machines.remove();
  }
});

async function rendered(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await cli(['host-rules', ...words, '--for', 'nftables']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const TRIES = 4;

/** Returns which packets are answered. Those that should be and are not are sent again: a busy computer loses some. */
function answers(machines: TwoMachines, packets: readonly Packet[], expected: readonly boolean[]): boolean[] {
  const found = machines.answered(packets);
  for (let tries = 1; tries < TRIES; tries += 1) {
    const lost = packets.flatMap((packet, at) => (expected[at] && !found[at] ? [{ packet, at }] : []));
    if (lost.length === 0) break;
    const again = machines.answered(lost.map(({ packet }) => packet));
    lost.forEach(({ at }, index) => (found[at] = again[index]));
  }
  return found;
}

/** The packets whose answer is not as expected. */
function wrong(packets: readonly Packet[], answers: readonly boolean[], expected: readonly boolean[]): unknown[] {
  return packets.flatMap((packet, at) => (answers[at] === expected[at] ? [] : [{ ...packet, isOpen: answers[at] }]));
}

/** A documented port, and who may connect to it. */
interface DocumentedPorts {
  readonly protocol: Packet['protocol'];
  readonly first: number;
  readonly last: number;
  readonly from: readonly string[];
  /** The only family in which it is open. */
  readonly family?: 'IPv4' | 'IPv6';
}

function portsOf(text: string): Omit<DocumentedPorts, 'from' | 'family'> {
  const [, first, last = first, protocol] = /^(\d+)(?:-(\d+))?\/(tcp|udp|icmp)$/.exec(text)!;
  return { protocol: protocol as Packet['protocol'], first: Number(first), last: Number(last) };
}

/** Returns packets from everyone to SSH and to the first and last port of every row, and to the ports beside them. */
function packetsAround(rows: readonly DocumentedPorts[], targets: readonly string[]): Packet[] {
  const places = new Map<string, Pick<Packet, 'protocol' | 'port'>>();
  const add = (protocol: Packet['protocol'], port?: number): void => {
    places.set(`${protocol} ${port}`, { protocol, port });
  };
  add('tcp', SSH);
  for (const { protocol, first, last } of rows) {
    if (protocol === 'icmp') add('icmp');
    else for (const port of [first - 1, first, last, last + 1]) add(protocol, port);
  }
  return [...places.values()].flatMap((place) =>
    Object.values(ADDRESSES).flatMap((pair) =>
      targets.flatMap((to, at) => (place.protocol === 'icmp' && at === 1 ? [] : [{ ...place, from: pair[at], to }])),
    ),
  );
}

function isOpenedBy({ protocol, first, last, from, family }: DocumentedPorts, packet: Packet): boolean {
  if (protocol !== packet.protocol) return false;
  if (family !== undefined && family !== (packet.from.includes(':') ? 'IPv6' : 'IPv4')) return false;
  if (packet.port !== undefined && (packet.port < first || packet.port > last)) return false;
  const [who] = Object.entries(ADDRESSES).find(([, pair]) => pair.includes(packet.from))!;
  return from.includes(who) || (from.includes('anyone over IPv4') && !packet.from.includes(':'));
}
