import { NameIndex, refusal, shown } from '../../input';
import { isDnsName } from '../../net';
import { clusterOfPods } from '../clusters';
import type { Configuration } from '../configuration';
import { endsNamed, hostEnd, type NamedEnd, namedEnds, namesWithKind, NO_MACHINES, peersOfEnd } from '../named-ends';
import { coversName } from '../permitted';
import { ANY_MACHINE, type EndName, type GroupName, type PeerName, type RulePeer } from '../rule';
import {
  type AddressRange,
  addressText,
  type Bounds,
  contains,
  FAMILIES,
  intersection,
  isWhole,
  NOTHING,
  parseAddress,
  parseRange,
  type Point,
  writtenText,
} from '../sets';
import { parseWrittenEnd, withinRange, type WrittenEnd } from '../written-ends';

/** One end of a packet, as the question names it and as it was found. */
export interface QuestionEnd {
  /** The text of the question. */
  readonly text: string;
  readonly end: NamedEnd;
  /** Its name in results: one that nothing else has, if there is one. */
  readonly name: string;
  /** The far ends that rules of the other end see: by name and IP address. */
  readonly peers: readonly RulePeer[];
  /** The IP address, if the question has one. */
  readonly ipAddress?: string;
  /** The part of the IP addresses that the question is about, if it is more than one. */
  readonly within?: string;
  /** How an IP address or range was read, if it is one of machines with known IP ranges. */
  readonly remark?: string;
  /** Whether it is pods that no network policy selects: they may be misspelled. */
  readonly isUnselected?: true;
  /** The machines that it may be, if the IP ranges of several contain it. */
  readonly candidates?: readonly QuestionEnd[];
}

/** The options that name an end of a packet and its IP address, for errors. */
interface EndOptions {
  readonly name: string;
  readonly ipAddress: string;
  /** The network of the question: it decides between machines of one name in several networks. */
  readonly network?: string;
}

const ERRORS = {
  need: 'must be an IP address or range, or machines, IP ranges or a hostname of the configuration',
  unknown: 'group-unknown',
  ambiguous: 'group-ambiguous',
} as const;

/** Finds the ends of packets by their names: labels, ids, keys, Terraform addresses and IP addresses. */
export class EndFinder {
  private readonly ends: readonly NamedEnd[];
  private readonly index: NameIndex<NamedEnd>;
  /** The machines of access requests, as a diff prints them. */
  private readonly requested: ReadonlySet<string>;

  constructor(configuration: Configuration) {
    this.ends = namedEnds(configuration);
    this.index = new NameIndex(this.ends.map((end) => [end, namesWithKind(end)]));
    const { requested = [] } = configuration;
    this.requested = new Set(
      requested.flatMap(({ groups, peers }) => [...groups, ...peers.map(({ name }) => name)]).filter(isOfRequest),
    );
  }

  /** Returns the machines that no IP address finds, because their IP ranges are not known. */
  public withoutAddresses(): string[] {
    const found = this.ends.filter(({ groups, addresses }) =>
      groups.some((group) => FAMILIES.every((family) => (addresses.get(group)?.[family] ?? NOTHING).length === 0)),
    );
    return [...new Set(found.map((end) => this.nameOf(end)))].filter((name) => !name.startsWith('machines'));
  }

  /** Returns a hostname that a name of the configuration covers, with its kind; nothing for other text. */
  public hostname(text: string): PeerName | undefined {
    const [, name, protocol = ''] = /^([^:\s]+)( over \w+)?$/.exec(text) ?? [];
    if (name === undefined || !name.includes('.') || !isDnsName(name)) return undefined;
    const isKnown = this.ends.some(({ ranges }) =>
      ranges.some((range) => coversName<PeerName>(range.name.replace(/ over \w+$/, '') as PeerName, `host:${name}`)),
    );
    return isKnown ? `host:${name}${protocol}` : undefined;
  }

  /**
   * Returns the end with a name, IP address or IP range, or a part of an end as results have it: `tag:web in 10.0.0.0/8`. Throws if nothing
   * has the name, or if several ends have it.
   */
  public find(text: string, ipAddress: string | undefined, options: EndOptions): QuestionEnd {
    const found = this.endOf(text, options);
    if (ipAddress === undefined) return found;
    const atIp = (end: QuestionEnd): QuestionEnd => ({
      ...end,
      peers: atAddress(end.peers, ipAddress, options.ipAddress),
      ipAddress,
      within: undefined,
    });
    const { candidates } = found;
    if (candidates === undefined) return atIp(found);
    const [first, ...others] = candidates.filter(({ peers }) => mayHave(peers, ipAddress));
    if (first === undefined || others.length === 0) return atIp(first ?? found);
    return { ...atIp(found), name: ipAddress, candidates: [first, ...others].map(atIp) };
  }

  private endOf(text: string, options: EndOptions): QuestionEnd {
    const range = text.includes('/') ? parseRange(text) : undefined;
    if (range !== undefined && !('problem' in range)) return this.within(text, range);
    if (this.index.all(text).length === 0) {
      const point = parseAddress(text);
      if (point !== undefined) return this.within(text, { ...point, bounds: onePoint(point.point) });
      const requested = this.requested.has(text) ? this.ofRequest(text, options.name) : undefined;
      if (requested !== undefined) return requested;
      const host = hostEnd(this.hostname(text) ?? text);
      if (host !== undefined) return { text, end: host, name: text, peers: peersOfEnd(host) };
      const pods = this.pods(text) ?? this.podsOfOnlyCluster(text) ?? this.otherPods(text);
      if (pods !== undefined) return { ...pods, text };
      if (range !== undefined && RANGE_FORM.test(text)) {
        throw refusal(options.name, range.code, range.problem, shown(text), range.fix && shown(range.fix));
      }
      const part = parseWrittenEnd(text);
      if (part !== undefined) return this.partOf(text, part, options.name);
    }
    const inNetwork = this.index.all(text).filter(({ networks }) => networks.some((one) => one === options.network));
    const ends = inNetwork.length === 1 ? inNetwork : endsNamed(text, this.index, options.name, ERRORS);
    const candidates = ends.map((end) => ({ text, end, name: this.nameOf(end), peers: peersOfEnd(end) }));
    const [only, ...others] = candidates;
    if (others.length === 0) return only;
    const remark = `${text} is a hostname of ${listed(candidates.map(({ name }) => name))}`;
    return { ...only, name: text, remark, candidates };
  }

  /** Returns a name that nothing else has, if there is one. A hostname says less about machines than how rules select them. */
  private nameOf(end: NamedEnd): string {
    const name = this.index.ownName(end);
    return end.hostnames?.includes(name) === true ? (end.groups[0] ?? name) : name;
  }

  /** Returns pods that have all labels of a name in the configuration, and more; nothing for other text. */
  private pods(text: string): QuestionEnd | undefined {
    if (!text.startsWith('pods:')) return undefined;
    const group = text as EndName;
    const isKnown = this.ends.some(({ groups }) => groups.some((known) => coversName<GroupName>(known, group)));
    return isKnown ? podsEnd(text, group) : undefined;
  }

  /** Returns pods that no network policy selects, in a cluster of the configuration; nothing for other text. */
  private otherPods(text: string): QuestionEnd | undefined {
    if (!POD_LABELS.test(text)) return undefined;
    const cluster = clusterOfPods(text);
    const isCluster = this.ends.some(({ groups }) => groups.some((group) => clusterOfPods(group) === cluster));
    if (cluster === undefined || !isCluster) return undefined;
    const remark = `No network policy of these files selects pods that have only the labels of ${text}`;
    return { ...podsEnd(text, text as EndName), isUnselected: true, remark };
  }

  /** Throws for pods that no network policy selects. */
  public expectSelected({ text, isUnselected }: QuestionEnd, place: string): void {
    if (isUnselected === true) endsNamed(text, this.index, place, ERRORS);
  }

  /** Returns pods by a name without a cluster, as a diff prints them, if only one cluster has such pods; nothing for other text. */
  private podsOfOnlyCluster(text: string): QuestionEnd | undefined {
    if (clusterOfPods(text) !== '') return undefined;
    const known = this.ends.flatMap(({ groups }) => groups).flatMap((group) => clusterOfPods(group) ?? []);
    const names = [...new Set(known)]
      .map((cluster): EndName => `pods:${cluster}${text.slice('pods:'.length)}`)
      .filter((name) => this.index.all(name).length > 0 || this.pods(name) !== undefined);
    const options = { name: '', ipAddress: '' };
    return names.length === 1 ? this.endOf(names[0], options) : undefined;
  }

  /**
   * Returns the machines of an access request that a diff prints by their IP range or name, which may have its stack, its hostname and its
   * proxy in front: `machines:prod/api.example.com/10.5.5.5/32`.
   */
  private ofRequest(text: string, place: string): QuestionEnd | undefined {
    const parts = text.slice(text.indexOf(':') + 1).split('/');
    for (const at of parts.keys()) {
      const own = parts.slice(at).join('/');
      const range = parseRange(own);
      if (!('problem' in range)) return this.within(own, range, parts.slice(0, at));
      const name = [own, `${parts[0]}/${own}`].find((one) => this.index.all(one).length === 1);
      if (name !== undefined) return { ...this.endOf(name, { name: place, ipAddress: place }), text };
    }
    return undefined;
  }

  private partOf(text: string, { name, range }: WrittenEnd, place: string): QuestionEnd {
    if (name === undefined) return this.within(text, range);
    const end = this.index.only(name, place, ERRORS);
    const peers = withinRange(peersOfEnd(end), range);
    if (peers !== undefined) {
      return { text, end, name: this.index.ownName(end), peers, within: writtenText(range.family, range.bounds) };
    }
    throw refusal(place, 'host-outside-ranges', 'must be within the IP ranges of the machines', shown(text));
  }

  /** Returns the machines or far end with some IP addresses. Machines whose IP ranges are not known are not found. */
  private within(text: string, range: AddressRange, places: readonly string[] = []): QuestionEnd {
    const { family, bounds: addresses } = range;
    const found = this.ends.filter((end) => hasAddresses(end, range));
    const machines = withoutNamesakes(found.filter(isOneGroup));
    const given = isOne(addresses) ? addressText(family, addresses[0]) : writtenText(family, addresses);
    const part = isOne(addresses) ? { ipAddress: given } : { within: given };
    if (machines.length > 0) {
      const names = machines.map((end) => this.index.ownName(end));
      const candidates = machines.map((end, at): QuestionEnd => {
        const group = end.groups[0] === 'all-instances' ? ANY_MACHINE : end.groups[0];
        return { text, end, name: names[at], peers: [{ name: group, family, addresses }], ...part };
      });
      const remark = `${given} is in the IP ranges of ${listed(names)}`;
      const [only, ...others] = candidates;
      return others.length === 0 ? { ...only, remark } : { ...only, name: given, remark, candidates };
    }
    const ranges = [{ name: ANY_MACHINE, family, addresses }] as const;
    const externals = found.filter(({ isExternal }) => isExternal);
    const external =
      externals.find(({ names }) => places.some((one) => names.some((name) => name.startsWith(`${one}/`)))) ??
      externals.at(0);
    if (external === undefined) {
      const end = { ...NO_MACHINES, names: [given], ranges };
      return { text, end, name: given, peers: ranges, ...part, remark: this.remarkOn(given, range) };
    }
    // the same machine may have several names
    const others = externals.filter((one) => one !== external);
    const hasHostFirewall = externals.some((one) => one.hasHostFirewall) ? { hasHostFirewall: true as const } : {};
    const end = { ...external, ...hasHostFirewall };
    const name = this.index.ownName(external);
    const names = [name, ...others.map((one) => this.index.ownName(one))];
    const remark = `${given} is in the IP ranges of ${listed(names)}`;
    return { text, end, name, peers: ranges, ...part, remark };
  }

  /** Returns which machines have only a part of some IP addresses, so that their rules are not asked; nothing if there are none. */
  private remarkOn(given: string, { family, bounds }: AddressRange): string | undefined {
    if (isWhole(family, bounds)) return undefined;
    const machines = withoutNamesakes(
      this.ends.filter(
        (end) =>
          isOneGroup(end) && intersection(end.addresses.get(end.groups[0])?.[family] ?? NOTHING, bounds).length > 0,
      ),
    ).map((end) => this.index.ownName(end));
    if (machines.length === 0) return undefined;
    return `a part of ${given} is in the IP ranges of ${listed(machines)}, which have answers of their own`;
  }
}

/** Names of pods with their labels, and nothing behind them: `pods:prod:app=web in 10.1.0.0/24` are some of them. */
const POD_LABELS = /^pods:\S*:[\w./-]+=[\w.-]*(?:,[\w./-]+=[\w.-]*)*$/;

function podsEnd(text: string, group: EndName): QuestionEnd {
  const end: NamedEnd = { ...NO_MACHINES, names: [text], groups: [group], ranges: [] };
  return { text, end, name: text, peers: peersOfEnd(end) };
}

function isOfRequest(name: string): boolean {
  return name.startsWith('machines:');
}

const RANGE_FORM = /^[\da-f.:]+\/\d+$/i;
/** The most machines that a remark names. */
const MAX_MACHINES = 3;

/** Returns names of machines as text: `a`, `a and b`, `a, b, c and 2 more`. */
export function listed(names: readonly string[]): string {
  const more = names.length - MAX_MACHINES;
  if (more > 0) return `${names.slice(0, MAX_MACHINES).join(', ')} and ${more} more`;
  return [names.slice(0, -1).join(', '), names.at(-1)].filter((part) => part !== '').join(' and ');
}

/** Leaves out one of two ends for the same machines: the one that does not say the network, unless there is only one network. */
function withoutNamesakes(ends: readonly NamedEnd[]): NamedEnd[] {
  return ends.filter((end) => {
    const others = ends.filter((other) => other !== end && other.groups[0] === end.groups[0]);
    if (end.isOfNetwork) return !others.some(({ isOfNetwork, networks }) => !isOfNetwork && networks.length === 1);
    return end.networks.length === 1 || others.length === 0;
  });
}

/** Whether an end is one host group, and not together with IP ranges as the source of flows: the host group is an end by itself, too. */
function isOneGroup({ groups, ranges }: NamedEnd): boolean {
  return groups.length === 1 && ranges.length === 0;
}

function hasAddresses({ groups, ranges, addresses }: NamedEnd, { family, bounds }: AddressRange): boolean {
  if (groups.length > 0) return groups.length === 1 && contains(addresses.get(groups[0])?.[family] ?? NOTHING, bounds);
  return ranges.some(
    (range) => range.name === ANY_MACHINE && range.family === family && contains(range.addresses, bounds),
  );
}

/** Whether some of far ends can have an IP address; of text that is none, an error says so. */
function mayHave(peers: readonly RulePeer[], text: string): boolean {
  const found = parseAddress(text);
  return !found || withinRange(peers, { family: found.family, bounds: onePoint(found.point) }) !== undefined;
}

/** Narrows far ends to one IP address. Throws if none of them can have it. */
function atAddress(peers: readonly RulePeer[], text: string, place: string): RulePeer[] {
  const found = parseAddress(text);
  if (!found) throw refusal(place, 'ip-address-invalid', 'must be an IPv4 or IPv6 address', shown(text));
  const narrowed = withinRange(peers, { family: found.family, bounds: onePoint(found.point) });
  if (narrowed !== undefined) return narrowed;
  throw refusal(place, 'host-outside-ranges', 'must be within the IP ranges of the machines', shown(text));
}

function isOne([first, last, ...others]: Bounds): boolean {
  return others.length === 0 && BigInt(last) - BigInt(first) === 1n;
}

function onePoint(point: Point): RulePeer['addresses'] {
  return typeof point === 'number' ? [point, point + 1] : [point, point + 1n];
}
