import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ApinizerNodePorts,
  type DocumentedRules,
  type Flow,
  KubeadmFlannelClusterRules,
  LinuxHosts,
  Peer,
  Rke2Cni,
  Rke2Rules,
} from '../../lib';
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

const PRODUCTS: Record<string, (stack: ReturnType<typeof newStack>) => DocumentedRules[]> = {
  'kubeadm with Apinizer': (stack) => [
    new KubeadmFlannelClusterRules(stack, 'cluster', {
      controlPlane: SERVERS,
      workers: AGENTS,
      workerToWorkerFlannel: true,
    }),
    new ApinizerNodePorts(stack, 'node-ports', {
      workers: AGENTS,
      managementConsole: { clients: OFFICE },
      gateways: [{ environment: 'prod', clients: Peer.anyIpv4('the public API') }],
    }),
  ],
  'RKE2 with Cilium': (stack) => [
    new Rke2Rules(stack, 'rke2', { server: SERVERS, agent: AGENTS, cni: Rke2Cni.CILIUM, omit: ['cilium-ping-reply'] }),
  ],
};

test.each(
  Object.keys(PRODUCTS).flatMap((product) =>
    (['servers', 'agents'] as const).map((hosts) => [product, hosts] as const),
  ),
)('%s: machines of %s answer at documented ports, and at no others', async (product, hosts) => {
  const stack = newStack();
  const flows = PRODUCTS[product](stack)
    .flatMap((rules) => rules.flows)
    .filter(({ destination }) => destination.label === hosts);
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(stack.toTerraform()));
  const script = await rendered(file, '--role', hosts);
  const removal = await rendered('--remove');

  const packets = packetsAround(flows, TARGETS[hosts]);
  const expected = packets.map((packet) => packet.port === SSH || flows.some((flow) => isDocumented(packet, flow)));
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

/** Returns packets from everyone to SSH and to the first and last port of every flow, and to the ports beside them. */
function packetsAround(flows: readonly Flow[], targets: readonly string[]): Packet[] {
  const places = new Map<string, Pick<Packet, 'protocol' | 'port'>>();
  const add = (protocol: Packet['protocol'], port?: number): void => {
    places.set(`${protocol} ${port}`, { protocol, port });
  };
  add('tcp', SSH);
  for (const { port } of flows) {
    const { protocol, fromPort, toPort } = port;
    if (String(protocol) === 'icmp') {
      expect(String(port)).toBe('8/icmp');
      add('icmp');
    } else {
      for (const number of [fromPort - 1, fromPort, toPort, toPort + 1]) add(protocol as Packet['protocol'], number);
    }
  }
  return [...places.values()].flatMap((place) =>
    Object.values(ADDRESSES).flatMap((pair) =>
      targets.flatMap((to, at) => (place.protocol === 'icmp' && at === 1 ? [] : [{ ...place, from: pair[at], to }])),
    ),
  );
}

/** Whether a flow of the construct documents a packet. */
function isDocumented({ protocol, port, from }: Packet, flow: Flow): boolean {
  const ranges = flow.source.ipRanges;
  const isFrom = Object.entries(ADDRESSES).some(
    ([name, pair]) => pair.includes(from) && (isAnyIpv4(ranges, from) || flow.source.label === name),
  );
  if (!isFrom || String(flow.port.protocol) !== protocol) return false;
  return port === undefined || (flow.port.fromPort <= port && port <= flow.port.toPort);
}

function isAnyIpv4(ranges: readonly string[], from: string): boolean {
  return ranges.includes('0.0.0.0/0') && !from.includes(':');
}
