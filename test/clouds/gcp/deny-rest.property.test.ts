import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import type { TerraformStack } from 'cdktf';
import {
  AddressFamily,
  Basis,
  DocumentedPortRules,
  Egress,
  GcpFirewall,
  HostGroup,
  type IHostGroup,
  type IPeer,
  Peer,
  Port,
  type PortTable,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { PROPERTY_SEED } from '../../support/property-seed';
import { type Random, seededRandom } from '../../support/random';
import { resourcesOf } from '../../support/refusals';

/** The suite tries a few packets; `DENY_REST_PACKETS=100000` tries as many. */
const PACKETS = Number(process.env.DENY_REST_PACKETS ?? 6000);
const PACKETS_PER_STACK = 200;

type Version = 'v4' | 'v6';
const VERSIONS: readonly Version[] = ['v4', 'v6'];
const TAGS = ['a', 'b', 'c', 'd'] as const;
type Tag = (typeof TAGS)[number];

/** The IP ranges of each host group, and ranges outside of the network. */
const RANGES_OF_TAGS: Record<Tag, Record<Version, string>> = {
  a: { v4: '10.1.0.0/24', v6: '2001:db8:1::/64' },
  b: { v4: '10.2.0.0/24', v6: '2001:db8:2::/64' },
  c: { v4: '10.3.0.0/24', v6: '2001:db8:3::/64' },
  d: { v4: '10.4.0.0/24', v6: '2001:db8:4::/64' },
};
const OUTSIDE: Record<Version, string[]> = {
  v4: ['192.0.2.0/24', '198.51.100.0/25', '10.0.0.0/13'],
  v6: ['2001:db8:ff::/48', '2001:db8:0::/52'],
};

/** Somebody who sends or receives: a machine of the network has tags, or none of them; others have nothing. */
interface Node {
  readonly v4: string;
  readonly v6: string;
  /** Absent outside of the network. */
  readonly tags?: readonly Tag[];
}

const NODES: readonly Node[] = [
  { v4: '10.1.0.7', v6: '2001:db8:1::7', tags: ['a'] },
  { v4: '10.2.0.7', v6: '2001:db8:2::7', tags: ['b'] },
  { v4: '10.3.0.7', v6: '2001:db8:3::7', tags: ['c'] },
  { v4: '10.4.0.7', v6: '2001:db8:4::7', tags: ['d'] },
  { v4: '10.200.0.7', v6: '2001:db8:200::7', tags: ['a', 'b'] },
  { v4: '10.1.0.9', v6: '2001:db8:1::9', tags: [] },
  { v4: '192.0.2.9', v6: '2001:db8:ff::9' },
  { v4: '198.51.100.200', v6: '2001:db8:fe::9' },
];

/** What one construct opens: the test knows it without the library. */
interface Documented {
  readonly protocol: 'tcp' | 'udp';
  readonly from: number;
  readonly to: number;
  /** The only version in which it is open. */
  readonly only?: Version;
  readonly sourceTags: readonly Tag[];
  readonly sourceRanges: readonly string[];
  readonly destinationTags: readonly Tag[];
}

/** A rule that a different team wrote by hand, which is evaluated after those that deny. */
interface Weaker {
  readonly direction: 'in' | 'out';
  readonly allows: boolean;
  readonly priority: number;
  /** Absent for all instances. */
  readonly tags?: readonly Tag[];
  readonly range: string;
  readonly protocol: 'tcp' | 'udp' | 'all';
  /** Absent for all ports. */
  readonly ports?: readonly [from: number, to: number];
}

interface World {
  readonly documented: readonly Documented[];
  readonly weaker: readonly Weaker[];
  readonly isEgressManaged: boolean;
}

interface Packet {
  readonly source: Node;
  readonly destination: Node;
  readonly version: Version;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly port: number;
}

function some<T>(random: Random, values: readonly T[]): T[] {
  const chosen = values.filter(() => random.chance(40));
  return chosen.length === 0 ? [random.pick(values)] : chosen;
}

function randomWorld(random: Random): World & { readonly priority: number } {
  const priority = 2 + random.below(65_531);
  const constructs = 1 + random.below(4);
  const documented = Array.from({ length: constructs }, (): Documented => {
    const hasTags = random.chance(60);
    const only = hasTags || random.chance(70) ? undefined : random.pick(VERSIONS);
    const from = 1 + random.below(60_000);
    return {
      protocol: random.pick(['tcp', 'udp'] as const),
      from,
      to: random.chance(50) ? from : from + 1 + random.below(50),
      only,
      sourceTags: hasTags ? some(random, TAGS) : [],
      // a rule has its tags and the ranges of one family, and both families need one rule each
      sourceRanges:
        hasTags && random.chance(50)
          ? []
          : some(random, only === undefined ? [...OUTSIDE.v4, ...OUTSIDE.v6] : OUTSIDE[only]),
      destinationTags: some(random, TAGS.slice(0, 3)),
    };
  });
  const weaker = Array.from({ length: random.below(7) }, (): Weaker => {
    const version = random.pick(VERSIONS);
    const from = random.pick(documented).from - random.below(20);
    return {
      direction: random.pick(['in', 'out'] as const),
      allows: random.chance(75),
      // of two rules with one priority, the one that denies wins
      priority: Math.min(65_535, priority + random.below(2) * random.below(65_536 - priority)),
      tags: random.chance(40) ? undefined : some(random, TAGS),
      range: random.pick([
        version === 'v4' ? '0.0.0.0/0' : '::/0',
        ...OUTSIDE[version],
        ...TAGS.map((tag) => RANGES_OF_TAGS[tag][version]),
      ]),
      protocol: random.pick(['tcp', 'udp', 'all'] as const),
      ports: random.chance(50) ? undefined : [Math.max(0, from), Math.max(0, from) + 100],
    };
  });
  return { documented, weaker, isEgressManaged: random.chance(60), priority };
}

/** Builds the stack of a world: constructs of this library, and the rules by hand. */
function built({ documented, weaker, isEgressManaged, priority }: ReturnType<typeof randomWorld>): TerraformStack {
  const stack = newStack();
  const firewall = new GcpFirewall({
    network: 'prod',
    priority: priority - 1 - (priority % 2),
    egress: isEgressManaged ? Egress.DOCUMENTED : Egress.UNMANAGED,
    denyRest: { priority },
  });
  const groups = Object.fromEntries(
    TAGS.map((tag) => [tag, firewall.networkTag(tag, { ipRanges: Peer.cidr(...Object.values(RANGES_OF_TAGS[tag])) })]),
  ) as Record<Tag, IHostGroup>;
  const anyOf = (tags: readonly Tag[]): IHostGroup => HostGroup.anyOf(...tags.map((tag) => groups[tag]));
  documented.forEach(({ sourceTags, sourceRanges, destinationTags, ...row }, at) => {
    const peers: IPeer[] = sourceRanges.length === 0 ? [] : [Peer.cidr(...sourceRanges)];
    if (sourceTags.length > 0) peers.push(anyOf(sourceTags));
    const roles = { client: peers.length === 1 ? peers[0] : Peer.anyOf(...peers), server: anyOf(destinationTags) };
    new DocumentedPortRules(stack, `rules-${at}`, { table: tableOf(at, row), roles });
  });
  weaker.forEach((rule, at) => {
    const blocks = [
      { protocol: rule.protocol, ports: rule.protocol === 'all' ? undefined : rule.ports && [rule.ports.join('-')] },
    ];
    new ComputeFirewall(stack, `by-hand-${at}`, {
      name: `by-hand-${at}`,
      network: 'prod',
      priority: rule.priority,
      direction: rule.direction === 'in' ? 'INGRESS' : 'EGRESS',
      [rule.direction === 'in' ? 'sourceRanges' : 'destinationRanges']: [rule.range],
      targetTags: rule.tags && [...rule.tags],
      [rule.allows ? 'allow' : 'deny']: blocks,
    });
  });
  return stack;
}

function tableOf(
  at: number,
  { protocol, from, to, only }: Pick<Documented, 'protocol' | 'from' | 'to' | 'only'>,
): PortTable {
  const families = { v4: AddressFamily.IPV4, v6: AddressFamily.IPV6 };
  const row = {
    name: 'port',
    port: Port.parse(from === to ? `${from}/${protocol}` : `${from}-${to}/${protocol}`),
    description: 'A port',
    section: 'Ports',
    protocolBasis: Basis.TABLE,
    ...(only !== undefined && { family: families[only] }),
  };
  return {
    id: `table-${at}`,
    title: 'Ports',
    reference: 'https://wiki.example.com/ports',
    edition: '2026-10',
    comparedOn: '2026-11-28',
    flows: [
      { source: { id: 'client', title: 'Clients' }, destination: { id: 'server', title: 'Servers' }, rows: [row] },
    ],
  };
}

function bitsOf(address: string): bigint {
  if (!address.includes(':')) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [head, tail = ''] = address.split('::');
  const words = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const zeros = Array<string>(8 - words(head).length - words(tail).length).fill('0');
  const all = address.includes('::') ? [...words(head), ...zeros, ...words(tail)] : words(address);
  return all.reduce((sum, word) => sum * 65_536n + BigInt(`0x${word}`), 0n);
}

function isIn(address: string, range: string): boolean {
  const [network, length] = range.split('/');
  if (network.includes(':') !== address.includes(':')) return false;
  const shift = BigInt((network.includes(':') ? 128 : 32) - Number(length));
  return bitsOf(network) >> shift === bitsOf(address) >> shift;
}

const hasOne = (tags: readonly Tag[] | undefined, of: readonly string[]): boolean =>
  tags?.some((tag) => of.includes(tag)) ?? false;

/** Whether a document opens the port of a packet to its source, at its destination; outbound, only the ranges of destinations count. */
function isDocumented(row: Documented, packet: Packet, direction: Weaker['direction']): boolean {
  const { source, destination, version, protocol, port } = packet;
  if (protocol !== row.protocol || port < row.from || port > row.to) return false;
  if (row.only !== undefined && row.only !== version) return false;
  if (direction === 'out') {
    const isReached = row.destinationTags.some((tag) => isIn(destination[version], RANGES_OF_TAGS[tag][version]));
    return hasOne(source.tags, row.sourceTags) && isReached;
  }
  const isSource =
    hasOne(source.tags, row.sourceTags) || row.sourceRanges.some((range) => isIn(source[version], range));
  return isSource && hasOne(destination.tags, row.destinationTags);
}

/** Whether the rest of the traffic of a machine is denied: a construct opens a port of it, or allows outbound traffic of it. */
function isManaged({ documented, isEgressManaged }: World, { tags }: Node, direction: Weaker['direction']): boolean {
  return direction === 'in'
    ? documented.some((row) => hasOne(tags, row.destinationTags))
    : isEgressManaged && documented.some((row) => hasOne(tags, row.sourceTags));
}

/** What the rules by hand do with a packet, by priority, and a rule that denies first. */
function byHand(
  { weaker }: World,
  { source, destination, version, protocol, port }: Packet,
  direction: Weaker['direction'],
): boolean {
  const [machine, far] = direction === 'in' ? [destination, source] : [source, destination];
  const [first] = weaker
    .filter(
      (rule) =>
        rule.direction === direction &&
        (rule.tags === undefined || hasOne(machine.tags, rule.tags)) &&
        isIn(far[version], rule.range) &&
        (rule.protocol === 'all' ||
          (rule.protocol === protocol &&
            (rule.ports === undefined || (rule.ports[0] <= port && port <= rule.ports[1])))),
    )
    .sort((one, other) => one.priority - other.priority || Number(one.allows) - Number(other.allows));
  return first?.allows ?? direction === 'out';
}

/** Evaluates the synthesized rules, as Google documents it: by priority, and a rule that denies first; nothing comes in without a rule. */
function isPermitted(
  rules: readonly any[],
  { source, destination, version, protocol, port }: Packet,
  direction: Weaker['direction'],
): boolean {
  const [machine, far] = direction === 'in' ? [destination, source] : [source, destination];
  const [first] = rules
    .filter((rule) => {
      if ((rule.direction ?? 'INGRESS') !== (direction === 'in' ? 'INGRESS' : 'EGRESS')) return false;
      if (rule.target_tags !== undefined && !hasOne(machine.tags, rule.target_tags as string[])) return false;
      const ranges = (direction === 'in' ? rule.source_ranges : rule.destination_ranges) as string[] | undefined;
      const isFar =
        (ranges ?? []).some((range) => isIn(far[version], range)) ||
        hasOne(far.tags, (rule.source_tags ?? []) as string[]);
      return isFar && ((rule.allow ?? rule.deny) as any[]).some((block) => matches(block, protocol, port));
    })
    .sort((one, other) => one.priority - other.priority || Number('allow' in one) - Number('allow' in other));
  return first === undefined ? direction === 'out' : 'allow' in first;
}

function matches(block: { protocol: string; ports?: string[] }, protocol: string, port: number): boolean {
  if (block.protocol === 'all') return true;
  if (block.protocol !== protocol) return false;
  return (
    block.ports?.some((text) => {
      const [from, to = from] = text.split('-').map(Number);
      return from <= port && port <= to;
    }) ?? true
  );
}

test('denyRest: permitted is exactly what is documented, in random stacks with weaker rules by hand', () => {
  const random = seededRandom(PROPERTY_SEED);
  const seen = { documented: 0, closed: 0, unmanaged: 0, refused: 0 };
  for (let packets = 0; packets < PACKETS; packets += PACKETS_PER_STACK) {
    const world = randomWorld(random);
    const rules = Object.values(resourcesOf(built(world)).google_compute_firewall ?? {});
    const ports = world.documented.flatMap(({ from, to }) => [from - 1, from, to, to + 1]);
    for (let at = 0; at < PACKETS_PER_STACK; at += 1) {
      const packet: Packet = {
        source: random.pick(NODES),
        destination: random.pick(NODES),
        version: random.pick(VERSIONS),
        protocol: random.chance(5) ? 'icmp' : random.pick(['tcp', 'udp'] as const),
        port: random.chance(10) ? random.below(65_536) : random.pick(ports),
      };
      for (const direction of ['in', 'out'] as const) {
        const machine = direction === 'in' ? packet.destination : packet.source;
        if (machine.tags === undefined) continue;
        const isOpenByHand = byHand(world, packet, direction);
        const managed = isManaged(world, machine, direction);
        const documented = world.documented.some((row) => isDocumented(row, packet, direction));
        const isDocumentedHere = documented && (direction === 'in' || world.isEgressManaged);
        const expected = managed ? isDocumentedHere : isOpenByHand;
        if (isPermitted(rules, packet, direction) !== expected) {
          expect({ world, packet, direction, isPermitted: !expected }).toEqual('a packet as expected');
        }
        seen[expected ? (managed ? 'documented' : 'unmanaged') : managed && isOpenByHand ? 'closed' : 'refused'] += 1;
      }
    }
  }
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(PACKETS / 100);
});
