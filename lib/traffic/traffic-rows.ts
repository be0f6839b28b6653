import { AddressFamily } from '../model/address-family';
import { FAMILIES, isWhole, rangeTexts } from './address-space';
import { NOTHING, type Bounds } from './bounds';
import { ANY_MACHINE, type GroupName, type PeerName } from './names';
import type { Cell, Pair, PermittedTraffic } from './permitted-traffic';
import { portTexts } from './port-space';
import { aligned, type Slab } from './region';
import type { Direction } from './rule';

/** One line of permitted traffic: one port and one far end. */
export interface TrafficRow {
  readonly direction: Direction;
  /** `443/tcp`, `30000-32767/udp`, `icmp type 8`, `esp`, `all`. */
  readonly port: string;
  /** Who opens the connections: `10.0.0.0/8`, `sg:aws_security_group.web`, `tag:web`, `all-instances`. */
  readonly from: string;
  /** Who receives them. */
  readonly to: string;
  /** The network on GCP; absent for security groups. */
  readonly network?: string;
  /** False where machines of a name are refused what all others of the network have. */
  readonly permitted: boolean;
}

/** What passes, in the one order and spelling in which two configurations that permit the same have the same rows. */
export function trafficRows(traffic: PermittedTraffic): TrafficRow[] {
  return bothFamilies(traffic.cells).flatMap(rowsOf);
}

/** The rows as text, one to a line: two configurations print the same text if and only if they permit the same. */
export function canonicalText(traffic: PermittedTraffic): string {
  return trafficRows(traffic)
    .map((row) => `${rowText(row)}\n`)
    .join('');
}

/** A row as one line. */
export function rowText({ direction, port, from, to, network, permitted }: TrafficRow): string {
  return `${permitted ? '' : 'not '}${direction} ${port} from ${from} to ${to}${network === undefined ? '' : ` on ${network}`}`;
}

interface FamilyCells {
  readonly pair: Pair;
  readonly slabs: Readonly<Record<AddressFamily, readonly Slab[]>>;
}

function bothFamilies(cells: readonly Cell[]): FamilyCells[] {
  const found = new Map<string, { pair: Pair; slabs: Record<AddressFamily, readonly Slab[]> }>();
  for (const cell of cells) {
    const key = [cell.direction === 'ingress' ? 0 : 1, cell.network, cell.group, cell.peer].join('\n');
    const entry = found.get(key) ?? { pair: cell, slabs: { ipv4: [], ipv6: [] } };
    entry.slabs[cell.family] = cell.overrides;
    found.set(key, entry);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

function rowsOf({ pair, slabs }: FamilyCells): TrafficRow[] {
  const pieces = pair.peer === ANY_MACHINE ? apart(slabs) : sideBySide(slabs);
  return pieces.flatMap(({ from, to, ipv4, ipv6 }) =>
    portTexts([from, to]).flatMap((port) => ends(pair.peer, ipv4, ipv6).map((end) => row(pair, port, end))),
  );
}

interface Piece {
  readonly from: number;
  readonly to: number;
  /** Nothing where the family is not spoken of. */
  readonly ipv4?: Bounds;
  readonly ipv6?: Bounds;
}

/** What is said of each family by itself, in the order of ports. */
function apart({ ipv4, ipv6 }: FamilyCells['slabs']): Piece[] {
  const pieces = [
    ...ipv4.map(({ from, to, addresses }): Piece => ({ from, to, ipv4: addresses })),
    ...ipv6.map(({ from, to, addresses }): Piece => ({ from, to, ipv6: addresses })),
  ];
  return pieces.sort((a, b) => a.from - b.from);
}

/** What is said of both families, cut at the same ports: a name stands for machines of either. */
function sideBySide({ ipv4, ipv6 }: FamilyCells['slabs']): Piece[] {
  const index = (slabs: readonly Slab[]): Slab[] =>
    slabs.map(({ from, to }, at) => ({ from, to, addresses: [at, at + 1] }));
  const at = (slabs: readonly Slab[], place: Bounds): Bounds | undefined =>
    place.length === 0 ? undefined : slabs[Number(place[0])].addresses;
  const pieces = aligned(index(ipv4), index(ipv6)).map(({ from, to, first, second }) => ({
    from,
    to,
    ipv4: at(ipv4, first),
    ipv6: at(ipv6, second),
  }));
  return pieces.filter((piece) => piece.ipv4 !== undefined || piece.ipv6 !== undefined);
}

interface End {
  readonly text: string;
  readonly permitted: boolean;
}

/** The far ends of one port: a name alone where all of its addresses are meant. */
function ends(peer: PeerName, ipv4: Bounds | undefined, ipv6: Bounds | undefined): End[] {
  const sets = { ipv4, ipv6 };
  const isAll = FAMILIES.every((family) => sets[family] !== undefined && isWhole(family, sets[family]));
  if (peer !== ANY_MACHINE && isAll) return [{ text: peer, permitted: true }];
  return FAMILIES.filter((family) => sets[family] !== undefined).flatMap((family) =>
    familyEnds(peer, family, sets[family] ?? NOTHING),
  );
}

function familyEnds(peer: PeerName, family: AddressFamily, addresses: Bounds): End[] {
  const place = family === AddressFamily.IPV4 ? 'IPv4' : 'IPv6';
  if (peer === ANY_MACHINE) {
    if (addresses.length === 0) return [{ text: `any ${place} address`, permitted: false }];
    return rangeTexts(family, addresses).map((text) => ({ text, permitted: true }));
  }
  if (addresses.length === 0) return [{ text: `${peer} over ${place}`, permitted: false }];
  if (isWhole(family, addresses)) return [{ text: `${peer} over ${place}`, permitted: true }];
  return rangeTexts(family, addresses).map((range) => ({ text: `${peer} in ${range}`, permitted: true }));
}

function row({ direction, network, group }: Pair, port: string, { text, permitted }: End): TrafficRow {
  const [from, to] = direction === 'ingress' ? [text, group] : [group, text];
  return { direction, port, from, to, ...(network === '' ? {} : { network }), permitted };
}
