import { checkPropNames, NameIndex, nearestName, type PropNames, refusal, shown } from '../input';
import { AddressFamily, existsIn, isDnsName, parseIpAddress } from '../net';
import {
  type AddressRange,
  ALL_INSTANCES,
  ANY_MACHINE,
  type Configuration,
  type Direction,
  EndFinder,
  endsNamed,
  type EndName,
  type GroupName,
  knownNetworkOf,
  type NamedEnd,
  namedEnds,
  namedPeers,
  namesWithKind,
  type NameKind,
  meantPorts,
  parsePrintedPorts,
  parseWrittenText,
  PORTS_NEED,
  type PortInterval,
  type Rule,
  type RulePeer,
  UNORDERED,
  WHOLE,
} from '../traffic';
import type { ExpectedRow } from './rows';

/** Reads the rows of a test as rules. Machines get the names that they have in the configuration. */
export function expectedRules(rows: readonly ExpectedRow[], configuration: Configuration, place: string): Rule[] {
  checkRows(rows, place);
  const finder = new EndFinder(configuration);
  const names = { configuration, finder, index: namesInConfiguration(configuration) };
  return rows.map((row, index) => expectedRule(withKinds(row, names), names, rowPlace(place, index)));
}

/** Returns the names that rows may have for the ends of a configuration. */
export function namesInConfiguration(configuration: Configuration): NameIndex<NamedEnd> {
  return new NameIndex(namedEnds(configuration).map((end) => [end, namesWithKind(end)]));
}

function checkRows(rows: unknown, place: string): void {
  if (!Array.isArray(rows)) throw refusal(place, 'rows-required', 'a list of rows is needed', shown(rows));
  rows.forEach((row: unknown, index) => checkRow(row, rowPlace(place, index)));
}

/** Returns a row with the kind in front of hostnames that a name of the configuration covers. */
function withKinds(row: ExpectedRow, { finder, index }: KnownNames): ExpectedRow {
  const named = (text: string): string => (index.all(text).length > 0 ? text : (finder.hostname(text) ?? text));
  return { ...row, from: named(row.from), to: named(row.to) };
}

function rowPlace(place: string, index: number): string {
  return `${place}, rows[${index}]`;
}

const REQUIRED = ['port', 'from', 'to'] as const;
const KEYS = { port: true, from: true, to: true, direction: true, network: true } satisfies PropNames<ExpectedRow>;

function checkRow(row: unknown, place: string): void {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    throw refusal(place, 'row-invalid', 'a row must be an object with port, from and to', shown(row));
  }
  checkPropNames(row, KEYS, place);
  const given = row as Readonly<Record<string, unknown>>;
  for (const name of REQUIRED) checkText(given[name], `${place}, ${name}`);
  for (const name of ['from', 'to'] as const) checkHost(given[name] as string, `${place}, ${name}`);
  const { direction, network } = given;
  if (direction !== undefined && direction !== 'ingress' && direction !== 'egress') {
    throw refusal(`${place}, direction`, 'direction-invalid', 'must be "ingress" or "egress"', shown(direction));
  }
  if (network !== undefined) checkText(network, `${place}, network`);
}

function checkText(value: unknown, place: string): void {
  if (typeof value !== 'string' || value === '') throw refusal(place, 'text-required', 'must be text', shown(value));
}

/** The configuration that rows are about, with everything in it that has a name. */
interface KnownNames {
  readonly configuration: Configuration;
  readonly index: NameIndex<NamedEnd>;
  readonly finder: EndFinder;
}

function expectedRule(row: ExpectedRow, names: KnownNames, place: string): Rule {
  const { from, to } = row;
  const { configuration } = names;
  const ports = portsOf(row, place);
  if (isRange(from) && isRange(to)) {
    const need = 'from or to must be machines, because a rule applies to machines';
    throw refusal(place, 'machines-missing', need, `${shown(from)} and ${shown(to)}`);
  }
  const direction = row.direction ?? directionOf(row, names);
  const [near, far] = direction === 'ingress' ? (['to', 'from'] as const) : (['from', 'to'] as const);
  const peers = inFamiliesOf(ports, peersOf(row[far], names, `${place}, ${far}`));
  const machines = machinesOf(row[near], areHostnames(peers), names, `${place}, ${near}`);
  return {
    address: place,
    file: configuration.file,
    direction,
    network: rowNetwork(row, machines, configuration, `${place}, network`),
    groups: machines.groups,
    peers,
    ports,
    action: 'allow',
    precedence: UNORDERED,
  };
}

function directionOf({ from, to }: ExpectedRow, names: KnownNames): Direction {
  const { index } = names;
  // no machine has a hostname that rules could select
  if (to.startsWith('host:') || index.all(to).some(({ ranges }) => areHostnames(ranges))) return 'egress';
  const areMachines = (text: string): boolean =>
    isMachines(text) ||
    index.all(text).some(({ groups }) => groups.length > 0) ||
    (isIpAddress(text) &&
      (atAddress(text, names).end.groups.length > 0 || atAddress(text, names).candidates !== undefined));
  const isFarEnd = isRange(to) || isIpAddress(to) || /^(?:list|unknown):/.test(to) || index.all(to).length > 0;
  return areMachines(from) && isFarEnd && !areMachines(to) ? 'egress' : 'ingress';
}

/** Whether text is IP addresses of any machines, as results have them. */
function isRange(text: string): boolean {
  return /^(?:[\da-f.:]+\/\d+(?: except .*)?|any IPv[46] address)$/i.test(text);
}

function rowNetwork(
  { network }: ExpectedRow,
  { groups: [group], end }: Machines,
  configuration: Configuration,
  place: string,
): string {
  if (!/^(?:sg|machines|pods):/.test(group)) {
    return knownNetworkOf({ group, end, place }, configuration, network) ?? 'network';
  }
  if (network === undefined) return '';
  throw refusal(place, 'network-not-used', 'must be given only on GCP', `${shown(network)} for ${shown(group)}`);
}

/** Leaves out the family that a protocol does not have, such as IPv6 for ICMP, if the peers have both. */
function inFamiliesOf(ports: readonly PortInterval[], peers: readonly RulePeer[]): readonly RulePeer[] {
  const existing = peers.filter(({ family }) => ports.some((one) => existsIn(family, one)));
  return existing.length > 0 ? existing : peers;
}

function portsOf({ port }: ExpectedRow, place: string): readonly PortInterval[] {
  const ports = parsePrintedPorts(port);
  if (ports) return ports;
  const meant = meantPorts(port);
  throw refusal(`${place}, port`, 'port-invalid', PORTS_NEED, shown(port), meant && shown(meant));
}

const MACHINES: readonly string[] = ['sg', 'tag', 'account', 'secure-tag', 'machines', 'pods'] satisfies NameKind[];
const PEERS: readonly string[] = [...MACHINES, ...(['list', 'unknown', 'host'] satisfies NameKind[])];
const PEER_NAME = /^([a-z-]+):(.+?)(?: over (IPv[46])| in (\S+(?: except .+)?))?$/i;
const MACHINES_NEED =
  'must be machines: "sg:...", "tag:...", "account:...", "secure-tag:...", "machines:..." or "all-instances"';
const PEER_NEED =
  'must be an IP range, such as "10.0.0.0/8", or "sg:...", "tag:...", "account:...", "secure-tag:...", "machines:...", "list:...", ' +
  '"host:..."';

function isMachines(text: string): boolean {
  return text === ALL_INSTANCES || MACHINES.includes(kindOf(text) ?? '');
}

function isMachinesRange(text: string): text is EndName {
  return text.startsWith('machines:') && isRange(text.slice('machines:'.length));
}

function kindOf(text: string): string | undefined {
  return /^([a-z-]+):./.exec(text)?.[1];
}

const NAME_ERRORS = {
  need: 'must be a name in the configuration',
  unknown: 'group-unknown',
  ambiguous: 'group-ambiguous',
} as const;

/** The machines that a rule applies to. */
interface Machines {
  readonly groups: readonly GroupName[];
  /** The networks on GCP that are known to have them. */
  readonly end: Pick<NamedEnd, 'networks' | 'isOfNetwork'>;
}

const NO_NETWORKS: Machines['end'] = { networks: [] };

/** Reads the end that the rule applies to. A rule for hostnames selects machines by the filter that they are behind. */
function machinesOf(text: string, isForHostnames: boolean, names: KnownNames, place: string): Machines {
  const { index } = names;
  if (text === ALL_INSTANCES) return { groups: [text], end: NO_NETWORKS };
  if (index.all(text).length === 0 && isIpAddress(text)) {
    const { end } = onlyAtAddress(text, names, place);
    if (end.groups.length > 0) return { groups: end.groups, end };
    if (isForHostnames) return { groups: [`machines:${addressRange(text)}`], end: NO_NETWORKS };
    throw refusal(place, 'machines-invalid', needOf(end), shown(text));
  }
  if (index.all(text).length === 0 && !isMachines(text) && /^[a-z_-]+:|\/\d+$/i.test(text)) {
    throw refusal(place, 'machines-invalid', MACHINES_NEED, shown(text), meantKind(text, MACHINES));
  }
  // a range of machines behind a filter may be a part of a wider one
  if (index.all(text).length === 0 && isMachinesRange(text)) return { groups: [text], end: NO_NETWORKS };
  const ends = endsNamed(text, index, place, NAME_ERRORS);
  const [end] = ends;
  const groups = [...new Set(ends.flatMap((each) => each.groups))];
  const behindFilters = ends.flatMap((each) => each.behindFilters);
  if (isForHostnames && behindFilters.length > 0) {
    const networks = [...new Set(behindFilters.map(({ network }) => network))];
    const isOne = networks.length === 1 && networks[0] !== '';
    return {
      groups: behindFilters.map(({ group }) => group),
      end: isOne ? { networks, isOfNetwork: true } : NO_NETWORKS,
    };
  }
  if (groups.length > 0) {
    const networks = [...new Set(ends.flatMap((each) => each.networks))];
    return { groups, end: { ...end, networks } };
  }
  throw refusal(place, 'machines-invalid', needOf(end), shown(text), meantKind(text, MACHINES));
}

/** Returns why an end of the configuration is not machines that rules select. */
function needOf({ isExternal, ranges }: NamedEnd): string {
  const need = 'must be machines that rules of the configuration select';
  if (isExternal) return `${need}; the firewall team manages the firewall of these`;
  const areRanges = ranges.some(({ name }) => name === ANY_MACHINE || name.startsWith('unknown:'));
  return areRanges ? `${need}, and not IP ranges` : MACHINES_NEED;
}

function areHostnames(peers: readonly RulePeer[]): boolean {
  return peers.length > 0 && peers.every(({ name }) => name.startsWith('host:'));
}

/** Reads the far end of the rule. */
function peersOf(text: string, names: KnownNames, place: string): readonly RulePeer[] {
  const { index } = names;
  if (isRange(text)) return [rangePeer(ANY_MACHINE, text, place)];
  if (index.all(text).length > 0) return farEndsOf(text, index, place);
  if (isIpAddress(text)) return onlyAtAddress(text, names, place).peers;
  const [, kind, name, family, within] = PEER_NAME.exec(text) ?? [];
  if (kind === undefined || /^[\da-f]{1,4}$/i.test(kind)) {
    if (/^[\da-f.:]+(?:\/|$)/i.test(text)) return [rangePeer(ANY_MACHINE, text, place)];
    return farEndsOf(text, index, place);
  }
  if (!PEERS.includes(kind)) {
    throw refusal(place, 'far-end-invalid', PEER_NEED, shown(text), meantKind(text, PEERS));
  }
  const peers = kind === 'host' ? namedPeers(`host:${name}`) : farEndsOf(`${kind}:${name}`, index, place);
  if (within !== undefined) return [rangePeer(peers[0].name, within, place)];
  const wanted = { IPv4: AddressFamily.IPV4, IPv6: AddressFamily.IPV6 }[family];
  return peers.filter((peer) => wanted === undefined || peer.family === wanted);
}

/** Returns what a name means as a far end: machines with any IP address, or IP ranges. */
function farEndsOf(text: string, index: NameIndex<NamedEnd>, place: string): readonly RulePeer[] {
  const ends = endsNamed(text, index, place, NAME_ERRORS);
  const [groups, ranges] = [ends.flatMap((end) => end.groups), ends.flatMap((end) => end.ranges)];
  if (groups.includes(ALL_INSTANCES)) throw refusal(place, 'far-end-invalid', PEER_NEED, shown(text));
  return [...ranges, ...groups.flatMap((group) => namedPeers(group as EndName))];
}

function isIpAddress(text: string): boolean {
  return parseIpAddress(text) !== undefined;
}

function addressRange(text: string): string {
  return `${text}/${text.includes(':') ? 128 : 32}`;
}

type FoundEnd = ReturnType<EndFinder['find']>;

/** Returns the machines or the far end with an IP address, as `explain` finds them. */
function atAddress(text: string, { finder }: KnownNames): FoundEnd {
  return finder.find(text, undefined, { name: text, ipAddress: text });
}

/** Returns the only machines or far end with an IP address. Throws if several machines may have it. */
function onlyAtAddress(text: string, names: KnownNames, place: string): FoundEnd {
  const found = atAddress(text, names);
  if (found.candidates === undefined) return found;
  const machines = found.candidates.map(({ name }) => shown(name)).join(', ');
  const need = `must be machines by a name, because several may have the IP address: ${machines}`;
  throw refusal(place, 'group-ambiguous', need, shown(text));
}

/** Throws unless a name is a hostname in the form in which permitted traffic has it. */
function checkHost(text: string, place: string): void {
  const [, name] = /^host:(.*)$/s.exec(text) ?? [];
  if (name === undefined) return;
  const [, host = ''] = /^(?:\*\.)?(.+?)(?: over (?:TLS|HTTP))?$/.exec(name) ?? [];
  if (isDnsName(host) && host === host.toLowerCase()) return;
  const corrected = name
    .toLowerCase()
    .replace(/^\./, '*.')
    .replace(/ over (tls|http)$/, (part) => ` over ${part.slice(6).toUpperCase()}`);
  const need =
    'must be "host:" and a DNS name in lower case, such as "host:*.docker.com" or "host:*.docker.com over TLS"';
  const isFix = corrected !== name && isDnsName(corrected.replace(/^\*\./, '').replace(/ over (?:TLS|HTTP)$/, ''));
  throw refusal(place, 'hostname-invalid', need, shown(text), isFix ? shown(`host:${corrected}`) : undefined);
}

function rangePeer(name: RulePeer['name'], text: string, place: string): RulePeer {
  const { family, bounds } = rangeOf(text, place);
  return { name, family, addresses: bounds };
}

function rangeOf(text: string, place: string): AddressRange {
  const whole = /^any (IPv[46]) address$/.exec(text)?.[1];
  if (whole !== undefined) {
    const family = whole === 'IPv4' ? AddressFamily.IPV4 : AddressFamily.IPV6;
    return { family, bounds: WHOLE[family] };
  }
  const range = parseWrittenText(text);
  if (!('problem' in range)) return range;
  if (/^[\da-f.:]+(?:\/\d+)?(?: except .*)?$/i.test(text)) {
    throw refusal(place, 'range-invalid', range.problem, shown(text), range.fix && shown(range.fix));
  }
  throw refusal(place, 'far-end-invalid', PEER_NEED, shown(text));
}

function meantKind(text: string, kinds: readonly string[]): string | undefined {
  const [, kind, name] = /^([A-Za-z_-]+):(.+)$/.exec(text) ?? [];
  if (kind === undefined) return undefined;
  const nearest = nearestName(kind.toLowerCase(), kinds);
  return nearest === undefined ? undefined : shown(`${nearest}:${name}`);
}
