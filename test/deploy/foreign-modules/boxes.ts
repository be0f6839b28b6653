import type { DescribedRule } from '../ec2-api';
import type { TrafficRow } from '../../../lib/traffic';

// This file shares no code with the library: it is the second way to the same answer.

/** Packets of one protocol between one group and one far end: an interval of ports, and one of IP addresses. */
export interface Box {
  /** Direction, group, address family and protocol. Boxes with different keys have no packet in common. */
  readonly key: string;
  readonly ports: Interval;
  readonly addresses: Interval;
  /** What it was made from, for messages. */
  readonly text: string;
}

type Interval = readonly [first: bigint, last: bigint];

/** Protocols that stand for all: those with names, and two that have none. */
const PROTOCOLS = [1, 6, 17, 47, 50, 51, 58, 99, 132];
const NAMES: Readonly<Record<string, number>> = {
  icmp: 1,
  tcp: 6,
  udp: 17,
  esp: 50,
  ah: 51,
  icmpv6: 58,
  sctp: 132,
};
const ALL: Interval = [0n, 65_535n];
const FAMILIES = ['ipv4', 'ipv6'] as const;
const BITS = { ipv4: 32, ipv6: 128 };
/** Groups and lists have numbers behind all IP addresses. The range that contains every address also contains these. */
const LAST_NAME = 1n << 200n;

/** Returns the packets that a rule of the API permits; `lists` has the IP ranges of prefix lists by id. */
export function boxesOfRule(rule: DescribedRule, lists: ReadonlyMap<string, readonly string[]>): Box[] {
  const { direction, groupId, farEnd, protocol, from, to } = rule;
  const text = `${direction} ${protocol} ${from}-${to} ${farEnd} at ${groupId}`;
  const number = NAMES[protocol] ?? Number(protocol);
  const ports = number === 1 || number === 58 ? typesOf(from, to) : protocol === '-1' ? ALL : interval(from, to);
  const protocols = protocol === '-1' ? PROTOCOLS : [number];
  return (lists.get(farEnd) ?? [farEnd]).flatMap((far) =>
    protocols.flatMap((one) => boxesTo(far, { place: `${direction} ${groupId}`, protocol: one, ports, text })),
  );
}

/**
 * Returns the packets of a row of permitted traffic; `ids` has the ids of security groups by name. Packets of a row whose group or far
 * end is not known are in the second list, with `?` in that place.
 */
export function boxesOfRow(row: TrafficRow, ids: ReadonlyMap<string, string>): { known: Box[]; unknown: Box[] } {
  const { direction, port, from, to } = row;
  const [near, far] = direction === 'ingress' ? [to, from] : [from, to];
  const text = `${direction} ${port} from ${from} to ${to}`;
  const [, name, family = ''] = /^(.*?)( over IPv[46])?$/.exec(far)!;
  const [group, end] = [ids.get(near) ?? idIn(near) ?? '?', ids.get(name) ?? idIn(name) ?? rangeIn(name) ?? '?'];
  // the other family of an unknown end may be in a row of its own, or covered by a known one
  const farEnd = end === '?' ? end : `${end}${family}`;
  const boxes = protocolsIn(port).flatMap(({ protocol, ports }) =>
    boxesTo(farEnd, { place: `${direction} ${group}`, protocol, ports, text }),
  );
  return group === '?' || end === '?' ? { known: [], unknown: boxes } : { known: boxes, unknown: [] };
}

/** Returns the texts of the boxes that others do not cover, without repeats. */
export function notCovered(boxes: readonly Box[], others: readonly Box[]): string[] {
  return [...new Set(difference(boxes, others).map(({ text }) => text))].sort();
}

/** Returns the parts of boxes that others do not cover. */
export function difference(boxes: readonly Box[], others: readonly Box[]): Box[] {
  const byKey = byKeyOf(others);
  return boxes.flatMap((box) => remainder([box], byKey.get(box.key) ?? []));
}

/** Returns boxes without the groups and lists that are part of the range with every IP address. */
export function onlyAddresses(boxes: readonly Box[]): Box[] {
  return boxes.flatMap((box) => {
    const [first, last] = box.addresses;
    if (last !== LAST_NAME) return [box];
    const end = (1n << BigInt(box.key.includes(' ipv6 ') ? BITS.ipv6 : BITS.ipv4)) - 1n;
    return first > end ? [] : [{ ...box, addresses: [first, end] as const }];
  });
}

/** Whether a box is within what one with an unknown end could be. */
export function isPartOf(box: Box, unknown: Box): boolean {
  const [own, other] = [box, unknown].map(({ key }) => key.split(' '));
  const isEqual = own.every((part, index) => part === other[index] || other[index] === '?');
  const isInside = ([first, last]: Interval, outer: Interval): boolean => outer[0] <= first && last <= outer[1];
  return isEqual && isInside(box.ports, unknown.ports) && isInside(box.addresses, unknown.addresses);
}

/** Whether a box and what one with an unknown end could be have packets in common. */
export function mayMeet(box: Box, unknown: Box): boolean {
  const common = (a: Interval, b: Interval): Interval => [max(a[0], b[0]), min(a[1], b[1])];
  const [ports, addresses] = [common(box.ports, unknown.ports), common(box.addresses, unknown.addresses)];
  return ports[0] <= ports[1] && addresses[0] <= addresses[1] && isPartOf({ ...box, ports, addresses }, unknown);
}

interface Packets {
  readonly place: string;
  readonly protocol: number;
  readonly ports: Interval;
  readonly text: string;
}

function boxesTo(far: string, { place, protocol, ports, text }: Packets): Box[] {
  const [, end, only] = /^(.*?)(?: over (IPv4|IPv6))?$/.exec(far)!;
  const families = end.includes('/')
    ? [end.includes(':') ? FAMILIES[1] : FAMILIES[0]]
    : FAMILIES.filter((family) => only === undefined || family === only.toLowerCase());
  return families
    .filter((family) => protocol !== (family === 'ipv4' ? 58 : 1)) // such packets do not exist
    .map((family) => ({
      key: `${place} ${family} ${protocol}`,
      ports,
      addresses: end.includes('/') ? addressesOf(end) : numberOf(end, family),
      text,
    }));
}

/** Returns the number of a group or of a list whose ranges are not known; `?` may be each of them. */
function numberOf(id: string, family: 'ipv4' | 'ipv6'): Interval {
  const last = (1n << BigInt(BITS[family])) - 1n;
  if (id === '?') return [0n, LAST_NAME];
  const number = last + BigInt(`0x${id.replace(/^(sg|pl)-/, '')}`);
  return [number, number];
}

function interval(from: number, to: number): Interval {
  return [BigInt(from), BigInt(to)];
}

function typesOf(type: number, code: number): Interval {
  if (type === -1) return ALL;
  return code === -1 ? interval(type * 256, type * 256 + 255) : interval(type * 256 + code, type * 256 + code);
}

function idIn(end: string): string | undefined {
  return /^sg:(sg-[0-9a-z]+)$/.exec(end)?.[1];
}

function rangeIn(end: string): string | undefined {
  if (end === 'any IPv4 address') return '0.0.0.0/0';
  if (end === 'any IPv6 address') return '::/0';
  return /^[0-9a-f.:]+\/\d+$/.test(end) ? end : undefined;
}

function protocolsIn(port: string): { protocol: number; ports: Interval }[] {
  const all = (protocols: readonly number[]): { protocol: number; ports: Interval }[] =>
    protocols.map((protocol) => ({ protocol, ports: ALL }));
  if (port === 'all') return all(PROTOCOLS);
  const [, first, last = first] = /^(\d+)(?:-(\d+))?\/ip$/.exec(port) ?? [];
  if (first !== undefined) return all(PROTOCOLS.filter((one) => Number(first) <= one && one <= Number(last)));
  const [, type, code, lastCode = code, icmp] = /^(\d+)(?:\.(\d+)(?:-(\d+))?)?\/(icmp|icmpv6)$/.exec(port) ?? [];
  if (icmp !== undefined) {
    const start = 256 * Number(type);
    return [{ protocol: NAMES[icmp], ports: interval(start + Number(code ?? 0), start + Number(lastCode ?? 255)) }];
  }
  const [, from, to = from, name] = /^(?:(\d+)(?:-(\d+))?\/)?(\w+)$/.exec(port) ?? [];
  if (!(name in NAMES)) throw new Error(`a row has the port ${port}`);
  return [{ protocol: NAMES[name], ports: from === undefined ? ALL : interval(Number(from), Number(to)) }];
}

function addressesOf(range: string): Interval {
  const [address, length] = range.split('/');
  const isIpv6 = address.includes(':');
  const bits = isIpv6 ? 128 : 32;
  const number = isIpv6 ? ipv6Number(address) : bytesNumber(address.split('.').map(Number), 8n);
  const size = 1n << BigInt(bits - Number(length));
  return [number, length === '0' ? LAST_NAME : number + size - 1n];
}

function ipv6Number(address: string): bigint {
  const [head, tail] = address.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const parts =
    tail === undefined ? head : [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return bytesNumber(
    parts.map((part) => parseInt(part, 16)),
    16n,
  );
}

function bytesNumber(parts: readonly number[], bits: bigint): bigint {
  return parts.reduce((sum, part) => (sum << bits) + BigInt(part), 0n);
}

function byKeyOf(boxes: readonly Box[]): ReadonlyMap<string, readonly Box[]> {
  const byKey = new Map<string, Box[]>();
  for (const box of boxes) {
    const known = byKey.get(box.key);
    if (known) known.push(box);
    else byKey.set(box.key, [box]);
  }
  return byKey;
}

function remainder(boxes: readonly Box[], others: readonly Box[]): readonly Box[] {
  return others.reduce<readonly Box[]>((left, other) => left.flatMap((box) => without(box, other)), boxes);
}

function without(box: Box, { ports, addresses }: Box): Box[] {
  const inside: Interval = [max(box.ports[0], ports[0]), min(box.ports[1], ports[1])];
  const common: Interval = [max(box.addresses[0], addresses[0]), min(box.addresses[1], addresses[1])];
  if (inside[0] > inside[1] || common[0] > common[1]) return [box];
  return [
    { ...box, ports: [box.ports[0], inside[0] - 1n] as const },
    { ...box, ports: [inside[1] + 1n, box.ports[1]] as const },
    { ...box, ports: inside, addresses: [box.addresses[0], common[0] - 1n] as const },
    { ...box, ports: inside, addresses: [common[1] + 1n, box.addresses[1]] as const },
  ].filter((piece) => piece.ports[0] <= piece.ports[1] && piece.addresses[0] <= piece.addresses[1]);
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
