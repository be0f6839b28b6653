import { AddressFamily, FAMILY_NAMES } from '../../net';
import { ALL_INSTANCES, ANY_MACHINE, type Direction, type PeerName, type Rule } from '../rule';
import {
  ALL_PORTS,
  type Box,
  existsIn,
  FAMILIES,
  hasBox,
  isWhole,
  NOTHING,
  portTexts,
  regionDifference,
  type Slab,
  widestBoxes,
  writtenText,
} from '../sets';
import { permittedBy } from './permitted-by';
import type { Cell, Pair, TrafficSet } from './traffic-set';
import { type RefusedAlways, withoutRefusedAlways } from './refused-always';

/** One line of permitted traffic: the ports of one protocol and one far end. */
export interface TrafficRow {
  readonly direction: Direction;
  /** `443/tcp`, `30000-32767/udp`, `8/icmp`, `50/ip`, `all`. */
  readonly port: string;
  /** The end that opens the connections: `10.0.0.0/8`, `sg:aws_security_group.web`, `tag:web`, `all-instances`. */
  readonly from: string;
  /** The end that receives them. */
  readonly to: string;
  /** The network on GCP; absent for security groups. */
  readonly network?: string;
  /** False if machines with this name are denied what the other machines of the network are allowed. */
  readonly permitted: boolean;
  /**
   * True if machines with this name are permitted, at this port, only what their own rows say. Absent if they are also permitted
   * what all machines of the network are.
   */
  readonly isOnly?: true;
  /** True if machines with this name are refused this whatever the rows of other names say. */
  readonly isAlways?: true;
}

/** Returns what a reader should see of rules: what they permit, and what they refuse to or from a name, whatever else is allowed. */
export function shownRows(rules: readonly Rule[]): TrafficRow[] {
  const { rules: others, refused } = withoutRefusedAlways(rules);
  return [...trafficRows(permittedBy(others)), ...refusedRows(refused)];
}

function refusedRows(refused: readonly RefusedAlways[]): TrafficRow[] {
  const contents = refused.map(({ pair, region }) => {
    const boxes = widestBoxes(region);
    return { cell: { ...pair, overrides: region }, boxes, denied: [], isOnly: false };
  });
  const rows = bothFamilies(contents).flatMap(rowsOf);
  return rows.map((one) => ({ ...one, permitted: false, isAlways: true }));
}

/** Returns permitted traffic as rows. Two configurations have the same rows if and only if they permit the same traffic. */
export function trafficRows(traffic: TrafficSet): TrafficRow[] {
  return bothFamilies(traffic.cells.map((cell) => ({ cell, ...contentOf(cell, traffic) }))).flatMap(rowsOf);
}

/** Returns a row as one line of text. */
export function rowText({ direction, port, from, to, network, permitted, isOnly, isAlways }: TrafficRow): string {
  const always = isAlways === true ? ', whatever else is allowed' : '';
  const only = isOnly === true ? 'only ' : '';
  const at = network === undefined ? '' : ` on ${network}`;
  return `${permitted ? only : 'not '}${direction} ${port} from ${from} to ${to}${at}${always}`;
}

/** The content of the rows of a cell. */
interface Content {
  readonly boxes: readonly Box[];
  /** Ports at which nothing is permitted, although the base of the cell permits something. */
  readonly denied: readonly Slab[];
  /** Whether the boxes replace the base at their ports, and do not add to it. */
  readonly isOnly: boolean;
}

/**
 * A network that denies some egress has rows for that, or one row that denies everything and rows for the exceptions: whichever is
 * shorter.
 */
function contentOf(cell: Cell, traffic: TrafficSet): Content {
  const content = changesToBase(cell, traffic);
  if (cell.direction === 'ingress' || cell.network === '' || cell.group !== ALL_INSTANCES) return content;
  if (cell.peer !== ANY_MACHINE || !traffic.allowsEgressByDefault) return content;
  const [from, to] = ALL_PORTS;
  const exceptions = {
    boxes: widestBoxes(traffic.at(cell)),
    denied: [{ from, to, addresses: NOTHING }],
    isOnly: false,
  };
  return rowCount(exceptions) < rowCount(content) ? exceptions : content;
}

function rowCount({ boxes, denied }: Pick<Content, 'boxes' | 'denied'>): number {
  return [...boxes, ...denied].reduce((sum, { from, to }) => sum + portTexts([from, to]).length, 0);
}

/** Shows a cell that only adds to its base by the boxes that it adds, and any other cell by everything that it permits at its ports. */
function changesToBase(cell: Cell, traffic: TrafficSet): Content {
  const { overrides } = cell;
  const base = traffic.baseOf(cell);
  const denied = overrides.filter(({ addresses }) => addresses.length === 0);
  if (base.length === 0) return { boxes: widestBoxes(overrides), denied, isOnly: false };
  const region = traffic.at(cell);
  if (regionDifference(base, region).length > 0) return { boxes: widestBoxes(overrides), denied, isOnly: true };
  return { boxes: widestBoxes(region).filter((box) => !hasBox(base, box)), denied, isOnly: false };
}

type FamilyCells = Readonly<Record<AddressFamily, Content>> & { readonly pair: Pair };

const NO_CONTENT: Content = { boxes: [], denied: [], isOnly: false };

function bothFamilies(cells: readonly (Content & { readonly cell: Cell })[]): FamilyCells[] {
  const found = new Map<string, FamilyCells>();
  for (const { cell, boxes, denied, isOnly } of cells) {
    const key = [cell.direction === 'ingress' ? 0 : 1, cell.network, cell.group, cell.peer].join('\n');
    const known = found.get(key) ?? { pair: cell, ipv4: NO_CONTENT, ipv6: NO_CONTENT };
    found.set(key, { ...known, [cell.family]: { boxes, denied, isOnly } });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/** Ports with a far end as text. */
interface Line {
  readonly from: number;
  readonly to: number;
  readonly end: string;
  readonly permitted: boolean;
  readonly isOnly: boolean;
}

function rowsOf({ pair, ...content }: FamilyCells): TrafficRow[] {
  const lines = FAMILIES.flatMap((family) => familyLines(pair.peer, family, content[family]));
  const whole = pair.peer === ANY_MACHINE ? lines : withWholeNames(pair.peer, lines);
  const sorted = whole.sort((a, b) => a.from - b.from || a.to - b.to);
  return sorted.flatMap((line) => portTexts([line.from, line.to]).map((port) => row(pair, port, line)));
}

function familyLines(peer: PeerName, family: AddressFamily, { boxes, denied, isOnly }: Content): Line[] {
  const permitted = boxes.map(({ from, to, range }) => {
    if (peer === ANY_MACHINE) return { from, to, end: writtenText(family, range), permitted: true, isOnly };
    const end = isWhole(family, range) ? wholeName(peer, family) : `${peer} in ${writtenText(family, range)}`;
    return { from, to, end, permitted: true, isOnly };
  });
  return [
    ...permitted,
    ...denied.map(({ from, to }) => ({ from, to, end: wholeName(peer, family), permitted: false, isOnly: false })),
  ];
}

/** Joins lines that are the same for both address families into one line, whose far end is the bare name. */
function withWholeNames(peer: PeerName, lines: readonly Line[]): Line[] {
  const [ipv4, ipv6] = FAMILIES.map((family) => wholeName(peer, family));
  const keyOf = ({ from, to, permitted, isOnly }: Line): string => `${from}-${to}-${permitted}-${isOnly}`;
  const [first, second] = [ipv4, ipv6].map((end) => new Set(lines.filter((line) => line.end === end).map(keyOf)));
  const isBoth = (line: Line): boolean => first.has(keyOf(line)) && second.has(keyOf(line));
  // ICMP exists in one family only
  const isAll = (line: Line): boolean =>
    (line.end === ipv4 && !existsIn(AddressFamily.IPV6, [line.from, line.to])) ||
    (line.end === ipv6 && !existsIn(AddressFamily.IPV4, [line.from, line.to]));
  return lines
    .filter((line) => line.end !== ipv6 || !isBoth(line))
    .map((line) => ((line.end === ipv4 && isBoth(line)) || isAll(line) ? { ...line, end: peer } : line));
}

function wholeName(peer: PeerName, family: AddressFamily): string {
  const place = FAMILY_NAMES[family];
  return peer === ANY_MACHINE ? `any ${place} address` : `${peer} over ${place}`;
}

function row({ direction, network, group }: Pair, port: string, { end, permitted, isOnly }: Line): TrafficRow {
  const [from, to] = direction === 'ingress' ? [end, group] : [group, end];
  return {
    direction,
    port,
    from,
    to,
    ...(network === '' ? {} : { network }),
    permitted,
    ...(isOnly ? { isOnly } : {}),
  };
}
