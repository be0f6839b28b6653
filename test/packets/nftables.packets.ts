import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApinizerNodePorts, KubeadmFlannelClusterRules, LinuxHosts, Peer, Rke2Cni, Rke2Rules } from '../../lib';
import { newStack } from '../support/clouds';
import { cli, temporaryDirectory } from '../support/cli';
import { type Packet, TwoMachines } from './namespaces';

const { path } = temporaryDirectory();

const SERVERS = LinuxHosts.named('servers', '10.1.0.0/29', '2001:db8:1::/64');
const AGENTS = LinuxHosts.named('agents', '10.1.1.0/24', '2001:db8:2::/64');
const OFFICE = Peer.named('office', '10.9.0.0/16', '2001:db8:9::/64');

/** An IP address of each kind of machine, in both families; nobody is in no range of the code. */
const ADDRESSES = {
  servers: ['10.1.0.2', '2001:db8:1::2'],
  agents: ['10.1.1.2', '2001:db8:2::2'],
  office: ['10.9.3.4', '2001:db8:9::4'],
  nobody: ['192.0.2.9', '2001:db8:ffff::9'],
};
const TARGETS = { servers: ['10.1.0.1', '2001:db8:1::1'], agents: ['10.1.1.1', '2001:db8:2::1'] };
const SSH = 22;

type Stack = ReturnType<typeof newStack>;
type Who = keyof typeof ADDRESSES;

const PRODUCTS: Record<string, (stack: Stack) => void> = {
  'kubeadm with Apinizer': (stack) => {
    new KubeadmFlannelClusterRules(stack, 'cluster', {
      controlPlane: SERVERS,
      workers: AGENTS,
      workerToWorkerFlannel: true,
    });
    new ApinizerNodePorts(stack, 'node-ports', {
      workers: AGENTS,
      managementConsole: { clients: OFFICE },
      gateways: [{ environment: 'prod', clients: Peer.anyIpv4('the public API') }],
    });
  },
  'RKE2 with Cilium': (stack) => {
    new Rke2Rules(stack, 'rke2', { server: SERVERS, agent: AGENTS, cni: Rke2Cni.CILIUM, omit: ['cilium-ping-reply'] });
  },
};

/** What the documents open, and from whom. `anyone over IPv4` is everyone here with an IPv4 address. */
const DOCUMENTED: Record<string, Record<'servers' | 'agents', [port: string, from: (Who | 'anyone over IPv4')[]][]>> = {
  // Apinizer, "Access and Port Requirements for Installation"; the NodePorts of the console and of a gateway that is open to everyone
  'kubeadm with Apinizer': {
    servers: [
      ['6443/tcp', ['servers', 'agents']],
      ['2379-2380/tcp', ['servers']],
      ['10250/tcp', ['servers']],
      ['8285/udp', ['servers', 'agents']],
      ['8472/udp', ['servers', 'agents']],
    ],
    agents: [
      ['10250/tcp', ['servers']],
      ['8285/udp', ['servers', 'agents']],
      ['8472/udp', ['servers', 'agents']],
      ['32080/tcp', ['office']],
      ['30080/tcp', ['anyone over IPv4']],
    ],
  },
  // RKE2, "Inbound Network Rules": all nodes, server nodes, and Cilium with VXLAN
  'RKE2 with Cilium': {
    servers: [
      ['6443/tcp', ['servers', 'agents']],
      ['9345/tcp', ['servers', 'agents']],
      ['10250/tcp', ['servers', 'agents']],
      ['2379/tcp', ['servers']],
      ['2380/tcp', ['servers']],
      ['2381/tcp', ['servers']],
      ['30000-32767/tcp', ['servers', 'agents']],
      ['8/icmp', ['servers', 'agents']],
      ['4240/tcp', ['servers', 'agents']],
      ['8472/udp', ['servers', 'agents']],
    ],
    agents: [
      ['10250/tcp', ['servers', 'agents']],
      ['30000-32767/tcp', ['servers', 'agents']],
      ['8/icmp', ['servers', 'agents']],
      ['4240/tcp', ['servers', 'agents']],
      ['8472/udp', ['servers', 'agents']],
    ],
  },
};

test.each(
  Object.keys(PRODUCTS).flatMap((product) =>
    (['servers', 'agents'] as const).map((hosts) => [product, hosts] as const),
  ),
)('%s: machines of %s answer at documented ports, and at no others', async (product, hosts) => {
  const stack = newStack();
  PRODUCTS[product](stack);
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(stack.toTerraform()));
  const script = await rendered(file, '--role', hosts);
  const removal = await rendered('--remove');

  const documented = DOCUMENTED[product][hosts].map(([port, from]) => ({ ...portsOf(port), from }));
  const packets = packetsAround(documented, TARGETS[hosts]);
  const expected = packets.map((packet) => packet.port === SSH || documented.some((row) => isOpenedBy(row, packet)));
  expect(new Set(expected)).toEqual(new Set([true, false]));

  const machines = new TwoMachines(hosts, { machine: TARGETS[hosts], others: Object.values(ADDRESSES).flat() });
  try {
    const ports = packets.flatMap(({ protocol, port }) => (port === undefined ? [] : [`${protocol}:${port}`]));
    await machines.listen([...new Set(ports)]);
    machines.load('table inet others { chain input { type filter hook input priority -5; tcp dport 1 drop; }; }');
    const before = machines.rules();
    expect(machines.answered(packets)).toEqual(packets.map(() => true));
    machines.load(script);
    expect(wrong(packets, machines.answered(packets), expected)).toEqual([]);
    const loaded = machines.rules();
    machines.load(script);
    expect(machines.rules()).toBe(loaded);
    machines.load(removal);
    expect(machines.rules()).toBe(before);
    expect(machines.answered(packets)).toEqual(packets.map(() => true));
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
}

function portsOf(text: string): Omit<DocumentedPorts, 'from'> {
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

function isOpenedBy({ protocol, first, last, from }: DocumentedPorts, packet: Packet): boolean {
  if (protocol !== packet.protocol) return false;
  if (packet.port !== undefined && (packet.port < first || packet.port > last)) return false;
  const [who] = Object.entries(ADDRESSES).find(([, pair]) => pair.includes(packet.from))!;
  return from.includes(who) || (from.includes('anyone over IPv4') && !packet.from.includes(':'));
}
