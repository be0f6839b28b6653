import { AddressFamily } from '../model/address-family';
import { FAMILIES, isWhole, rangeText } from './address-space';
import { NOTHING } from './bounds';
import { ALL_INSTANCES, ANY_MACHINE, type PeerName } from './names';
import type { Cell, Pair, PermittedTraffic } from './permitted-traffic';
import { ALL_PORTS, portTexts } from './port-space';
import { regionDifference, type Slab } from './region';
import type { Direction } from './rule';
import { hasBox, widestBoxes, type Box } from './widest-boxes';

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
  return bothFamilies(traffic.cells.map((cell) => ({ cell, ...saidOf(cell, traffic) }))).flatMap(rowsOf);
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

/** What is to be told of a cell. */
interface Said {
  readonly boxes: readonly Box[];
  /** Ports at which nothing passes, where something passes for others. */
  readonly refused: readonly Slab[];
}

/** Where a network lets out less than everything, what it refuses, or that it refuses all but what it lets out: the shorter one. */
function saidOf(cell: Cell, traffic: PermittedTraffic): Said {
  const said = saidBesideOthers(cell, traffic);
  if (cell.direction === 'ingress' || cell.network === '' || cell.group !== ALL_INSTANCES) return said;
  if (cell.peer !== ANY_MACHINE || !traffic.letsOut) return said;
  const [from, to] = ALL_PORTS;
  const others = { boxes: widestBoxes(traffic.at(cell)), refused: [{ from, to, addresses: NOTHING }] };
  return lineCount(others) < lineCount(said) ? others : said;
}

function lineCount({ boxes, refused }: Said): number {
  return [...boxes, ...refused].reduce((sum, { from, to }) => sum + portTexts([from, to]).length, 0);
}

/** What adds to others is told as it was given; what takes away replaces at its ports what others have. */
function saidBesideOthers(cell: Cell, traffic: PermittedTraffic): Said {
  const { overrides } = cell;
  const base = traffic.baseOf(cell);
  const refused = overrides.filter(({ addresses }) => addresses.length === 0);
  if (base.length === 0) return { boxes: widestBoxes(overrides), refused };
  const region = traffic.at(cell);
  if (regionDifference(base, region).length > 0) return { boxes: widestBoxes(overrides), refused };
  return { boxes: widestBoxes(region).filter((box) => !hasBox(base, box)), refused };
}

type FamilyCells = Readonly<Record<AddressFamily, Said>> & { readonly pair: Pair };

const NOTHING_SAID: Said = { boxes: [], refused: [] };

function bothFamilies(cells: readonly (Said & { readonly cell: Cell })[]): FamilyCells[] {
  const found = new Map<string, FamilyCells>();
  for (const { cell, boxes, refused } of cells) {
    const key = [cell.direction === 'ingress' ? 0 : 1, cell.network, cell.group, cell.peer].join('\n');
    const known = found.get(key) ?? { pair: cell, ipv4: NOTHING_SAID, ipv6: NOTHING_SAID };
    found.set(key, { ...known, [cell.family]: { boxes, refused } });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/** Ports with a far end as it is written. */
interface Line {
  readonly from: number;
  readonly to: number;
  readonly end: string;
  readonly permitted: boolean;
}

function rowsOf({ pair, ...said }: FamilyCells): TrafficRow[] {
  const lines = FAMILIES.flatMap((family) => familyLines(pair.peer, family, said[family]));
  const whole = pair.peer === ANY_MACHINE ? lines : withWholeNames(pair.peer, lines);
  const sorted = whole.sort((a, b) => a.from - b.from || a.to - b.to);
  return sorted.flatMap((line) => portTexts([line.from, line.to]).map((port) => row(pair, port, line)));
}

function familyLines(peer: PeerName, family: AddressFamily, { boxes, refused }: Said): Line[] {
  const permitted = boxes.map(({ from, to, range }) => {
    if (peer === ANY_MACHINE) return { from, to, end: rangeText(family, range), permitted: true };
    const end = isWhole(family, range) ? wholeName(peer, family) : `${peer} in ${rangeText(family, range)}`;
    return { from, to, end, permitted: true };
  });
  return [
    ...permitted,
    ...refused.map(({ from, to }) => ({ from, to, end: wholeName(peer, family), permitted: false })),
  ];
}

/** A name stands for machines of both families: lines that say the same of both are one, with the name alone. */
function withWholeNames(peer: PeerName, lines: readonly Line[]): Line[] {
  const [ipv4, ipv6] = FAMILIES.map((family) => wholeName(peer, family));
  const keyOf = ({ from, to, permitted }: Line): string => `${from}-${to}-${permitted}`;
  const [first, second] = [ipv4, ipv6].map((end) => new Set(lines.filter((line) => line.end === end).map(keyOf)));
  const isBoth = (line: Line): boolean => first.has(keyOf(line)) && second.has(keyOf(line));
  return lines
    .filter((line) => line.end !== ipv6 || !isBoth(line))
    .map((line) => (line.end === ipv4 && isBoth(line) ? { ...line, end: peer } : line));
}

function wholeName(peer: PeerName, family: AddressFamily): string {
  const place = family === AddressFamily.IPV4 ? 'IPv4' : 'IPv6';
  return peer === ANY_MACHINE ? `any ${place} address` : `${peer} over ${place}`;
}

function row({ direction, network, group }: Pair, port: string, { end, permitted }: Line): TrafficRow {
  const [from, to] = direction === 'ingress' ? [end, group] : [group, end];
  return { direction, port, from, to, ...(network === '' ? {} : { network }), permitted };
}
