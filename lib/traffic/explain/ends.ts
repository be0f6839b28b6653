import { NameIndex, refusal, shown } from '../../input';
import type { Configuration } from '../configuration';
import { hostEnd, type NamedEnd, namedEnds, peersOfEnd } from '../named-ends';
import { ANY_MACHINE, type RulePeer } from '../rule';
import { addressText, contains, has, parseAddress, type Point } from '../sets';

/** One end of a packet, as the question names it and as it was found. */
export interface QuestionEnd {
  /** The text of the question. */
  readonly text: string;
  readonly end: NamedEnd;
  /** The far ends that rules of the other end see: by name and IP address. */
  readonly peers: readonly RulePeer[];
  /** The IP address, if the question has one. */
  readonly ipAddress?: string;
  /** How an IP address was read, if it is one of machines with known IP ranges. */
  readonly remark?: string;
}

/** The options that name an end of a packet and its IP address, for errors. */
interface EndOptions {
  readonly name: string;
  readonly ipAddress: string;
}

const ERRORS = {
  need: 'must be an IP address, or machines or IP ranges of the configuration',
  unknown: 'group-unknown',
  ambiguous: 'group-ambiguous',
} as const;

/** Finds the ends of packets by their names: labels, ids, keys, Terraform addresses and IP addresses. */
export class EndFinder {
  private readonly ends: readonly NamedEnd[];
  private readonly index: NameIndex<NamedEnd>;

  constructor(configuration: Configuration) {
    this.ends = namedEnds(configuration);
    this.index = new NameIndex(this.ends.map((end) => [end, end.names]));
  }

  /** Returns the end with a name or IP address. Throws if nothing has it, or if several ends have it. */
  public find(text: string, ipAddress: string | undefined, options: EndOptions): QuestionEnd {
    const point = parseAddress(text);
    if (point !== undefined && this.index.all(text).length === 0) return this.at(text, point, options.name);
    const end =
      (this.index.all(text).length === 0 ? hostEnd(text) : undefined) ?? this.index.only(text, options.name, ERRORS);
    const peers = peersOfEnd(end);
    if (ipAddress === undefined) return { text, end, peers };
    return { text, end, peers: atAddress(peers, ipAddress, options.ipAddress), ipAddress };
  }

  /** Returns the machines or far end with an IP address. Machines whose IP ranges are not known are not found. */
  private at(text: string, { family, point }: FamilyPoint, place: string): QuestionEnd {
    const addresses = onePoint(point);
    const found = this.ends.filter((end) => hasAddress(end, family, point));
    const machines = found.filter(({ groups }) => groups.length === 1);
    if (machines.length > 1) {
      const names = machines.map(({ names: [name] }) => name);
      const need = `must be the name of machines, because the IP ranges of several contain this address`;
      throw refusal(place, 'group-ambiguous', need, shown(text), names.map(shown).join(' or '));
    }
    const ipAddress = addressText(family, point);
    if (machines.length === 1) {
      const [end] = machines;
      const name = end.groups[0] === 'all-instances' ? ANY_MACHINE : end.groups[0];
      const remark = `${ipAddress} is in the IP ranges of ${end.names[0]}`;
      return { text, end, peers: [{ name, family, addresses }], ipAddress, remark };
    }
    const ranges = [{ name: ANY_MACHINE, family, addresses }] as const;
    const external = found.find(({ isExternal }) => isExternal);
    const end = external ?? { names: [ipAddress], groups: [], ranges, isExternal: false };
    const remark = external && `${ipAddress} is in the IP ranges of ${external.names[0]}`;
    return { text, end, peers: ranges, ipAddress, remark };
  }
}

type FamilyPoint = NonNullable<ReturnType<typeof parseAddress>>;

function hasAddress({ groups, ranges, addresses }: NamedEnd, family: FamilyPoint['family'], point: Point): boolean {
  if (groups.length > 0) return groups.length === 1 && addresses !== undefined && has(addresses[family], point);
  return ranges.some((range) => range.name === ANY_MACHINE && range.family === family && has(range.addresses, point));
}

/** Narrows far ends to one IP address. Throws if none of them can have it. */
function atAddress(peers: readonly RulePeer[], text: string, place: string): RulePeer[] {
  const found = parseAddress(text);
  if (!found) throw refusal(place, 'ip-address-invalid', 'must be an IPv4 or IPv6 address', shown(text));
  const addresses = onePoint(found.point);
  const narrowed = peers
    .filter(({ family, addresses: all }) => family === found.family && contains(all, addresses))
    .map((peer) => ({ ...peer, addresses }));
  if (narrowed.length > 0) return narrowed;
  throw refusal(place, 'host-outside-ranges', 'must be within the IP ranges of the machines', shown(text));
}

function onePoint(point: Point): RulePeer['addresses'] {
  return typeof point === 'number' ? [point, point + 1] : [point, point + 1n];
}

/** Whether an end covers a different one: by the names of its machines, or by its IP ranges. */
export function covers(end: NamedEnd, { peers }: QuestionEnd): boolean {
  const own = peersOfEnd(end);
  return peers.every(({ name, family, addresses }) =>
    own.some(
      (peer) =>
        peer.family === family &&
        ((name === peer.name && name !== ANY_MACHINE) ||
          (peer.name === ANY_MACHINE && contains(peer.addresses, addresses))),
    ),
  );
}
