import { nearestName, refusal, shown } from '../../input';
import type { Configuration, NotEvaluated } from '../configuration';
import { DocumentedRowIndex, mention, type RuleMention } from '../documented-row';
import { deniesByName, type PacketPoint, type Pair, permittedBy, type PermittedTraffic, RuleIndex } from '../permitted';
import { ALL_INSTANCES, ANY_MACHINE, type Direction, type GroupName, type PeerName } from '../rule';
import {
  addressesAt,
  FAMILIES,
  has,
  isOnePort,
  isWhole,
  parseAddress,
  parsePorts,
  type Point,
  strictPorts,
  WHOLE,
} from '../sets';
import { nearestRule, type NearestRule } from './nearest-rule';

/** A packet, and the question whether it passes. */
interface Question {
  /**
   * Whether the rules of the destination (ingress) or of the source (egress) are evaluated.
   * @default ingress
   */
  readonly direction?: Direction;
  /** The machines that the rules apply to: `sg:...`, `tag:...`, `account:...`, `all-instances`, or the name of a security group. */
  readonly group: string;
  /** The far end: an IP address, or a name such as `sg:...` or `tag:...`. */
  readonly peer: string;
  /** The IP address of a far end that is given by name. Without it, the verdict may be `depends on the IP address`. */
  readonly ipAddress?: string;
  /** One port with its protocol: `443/tcp`; or only a protocol, if it has no ports: `esp`. */
  readonly port: string;
  /** The network on GCP; required if the configuration has several. */
  readonly network?: string;
}

/** Whether a packet passes. It may depend on the IP address of a far end that is given only by name. */
type Verdict = 'passes' | 'refused' | 'depends on the IP address';

/** Whether a packet passes, and why. */
export interface Explanation {
  readonly verdict: Verdict;
  readonly direction: Direction;
  readonly group: GroupName;
  readonly peer: PeerName;
  readonly port: string;
  readonly ipAddress?: string;
  readonly network?: string;
  /** The rules that match, in the order of evaluation; the first one decides. Empty if no rule matches. */
  readonly matching: readonly RuleMention[];
  /** For a packet that does not pass: the rule that comes closest to allowing it. */
  readonly nearest?: NearestRule;
  /** Rules that deny by name: for a machine with several tags, the verdict may be different. */
  readonly deniesByName: readonly RuleMention[];
  /** Rules that could not be evaluated: with them, the verdict may be different. */
  readonly notEvaluated: readonly NotEvaluated[];
}

/** Explains whether a packet passes, which rule decides, and which document asks for that rule. */
export function explain(configuration: Configuration, question: Question): Explanation {
  const { rules, notEvaluated } = configuration;
  const port = portOf(question);
  const direction = question.direction ?? 'ingress';
  const group = groupOf(question, configuration);
  const network = questionNetwork(question, group, configuration);
  const { peer, points } = peerOf(question);
  const pair = { direction, network, group, peer };
  const documented = new DocumentedRowIndex([configuration]);
  const index = new RuleIndex(rules.filter((rule) => rule.direction === direction && rule.network === network));
  const verdict = verdictOf(permittedBy(rules), pair, port, points);
  const packets = points.map(({ family, point }): PacketPoint => ({
    pair: { ...pair, family },
    port,
    address: point,
  }));
  const matching = new Set(packets.flatMap((packet) => index.matching(packet)));
  return {
    verdict,
    direction,
    group,
    peer,
    port: question.port,
    ...(peer === ANY_MACHINE
      ? { ipAddress: question.peer }
      : question.ipAddress === undefined
        ? {}
        : { ipAddress: question.ipAddress }),
    ...(network === '' ? {} : { network }),
    matching: [...matching].map((rule) => mention(rule, documented)),
    nearest: verdict === 'passes' ? undefined : nearestRule(rules, packets[0], documented),
    deniesByName: deniesByName(rules)
      .filter((rule) => rule.network === network)
      .map((rule) => mention(rule, documented)),
    notEvaluated,
  };
}

type Ends = Omit<Pair, 'family'>;

interface FamilyPoint {
  readonly family: Pair['family'];
  readonly point: Point;
  /** Whether the question is about all IP addresses of the family. */
  readonly isExample?: boolean;
}

function verdictOf(traffic: PermittedTraffic, pair: Ends, port: number, points: readonly FamilyPoint[]): Verdict {
  const verdicts = points.map(({ family, point, isExample }) => {
    const addresses = addressesAt(traffic.at({ ...pair, family }), port);
    if (isExample !== true) return has(addresses, point) ? 'all' : 'none';
    return isWhole(family, addresses) ? 'all' : addresses.length === 0 ? 'none' : 'some';
  });
  if (verdicts.every((one) => one === 'all')) return 'passes';
  return verdicts.every((one) => one === 'none') ? 'refused' : 'depends on the IP address';
}

function portOf({ port }: Question): number {
  const given = onePort(port);
  if (given !== undefined) return given;
  const meant = strictPorts(port);
  const fix = meant !== undefined && onePort(meant) !== undefined ? shown(meant) : undefined;
  const need = 'must be one port with its protocol, such as "443/tcp" or "icmp type 8 code 0"';
  throw refusal('--port', 'port-invalid', need, shown(port), fix);
}

function onePort(text: string): number | undefined {
  const ports = parsePorts(text);
  return ports && isOnePort(ports) ? ports[0] : undefined;
}

function groupOf({ group, direction }: Question, { groups, rules }: Configuration): GroupName {
  if (group === ALL_INSTANCES || /^(?:sg|tag|account|secure-tag):/.test(group)) return group as GroupName;
  if (groups.has(`sg:${group}`)) return `sg:${group}`;
  const place = direction === 'egress' ? '--from' : '--to';
  const named = [...groups].filter(([, names]) => names.includes(group)).map(([name]) => name);
  if (named.length === 1) return named[0];
  if (named.length > 1) {
    const need = 'must be a Terraform address, because several security groups have this name';
    throw refusal(place, 'group-ambiguous', need, shown(group), named.map(shown).join(' or '));
  }
  const known = [...new Set([...groups.keys(), ...rules.flatMap((rule) => rule.groups)])];
  const found = known.find((name) => withoutKind(name) === group);
  if (found !== undefined) return found;
  throw refusal(place, 'group-unknown', groupNeed(known), shown(group), meantGroup(group, known));
}

const MAX_NAMES = 5;

function groupNeed(known: readonly GroupName[]): string {
  const names = known.slice(0, MAX_NAMES).map(shown).join(', ');
  const more = known.length > MAX_NAMES ? ` and ${known.length - MAX_NAMES} more` : '';
  return `must be machines in the configuration: ${names || 'there are none'}${more}`;
}

function meantGroup(text: string, known: readonly GroupName[]): string | undefined {
  const nearest = nearestName(text, known.map(withoutKind));
  const found = known.find((name) => withoutKind(name) === nearest);
  return found && shown(found);
}

function withoutKind(name: GroupName): string {
  return name.replace(/^[a-z-]+:/, '');
}

function questionNetwork({ network, group: text }: Question, group: GroupName, configuration: Configuration): string {
  if (group.startsWith('sg:')) return '';
  const found = networkFor(network, configuration, '--network');
  if (found !== undefined) return found;
  const need = `must be given for ${shown(text)}, because no rule of the configuration names a network`;
  throw refusal('--network', 'network-required', need, shown(network));
}

/**
 * Returns the network of the configuration that is meant: `network`, if it is one of them, else the only one.
 *
 * Returns nothing if `network` is not given and no rule names one. Throws if the network is unknown or must be given.
 */
export function networkFor(network: string | undefined, { rules }: Configuration, place: string): string | undefined {
  const known = [...new Set(rules.map((rule) => rule.network).filter((name) => name !== ''))];
  if (known.length === 0 || (network !== undefined && known.includes(network))) return network;
  if (network === undefined) {
    if (known.length === 1) return known[0];
    const need = 'must be given, because the configuration has several networks';
    throw refusal(place, 'network-required', need, shown(network), known.map(shown).join(' or '));
  }
  const inProjects = known.filter((name) => name.endsWith(`/${network}`));
  const nearest = inProjects.length === 1 ? inProjects[0] : nearestName(network, known);
  const need = `must be a network of the configuration: ${known.map(shown).join(', ')}`;
  throw refusal(place, 'network-unknown', need, shown(network), nearest && shown(nearest));
}

function peerOf({ peer, ipAddress: address, direction }: Question): { peer: PeerName; points: FamilyPoint[] } {
  const isName = /^(?:sg|tag|account|secure-tag|list|unknown|host|machines):/.test(peer);
  if (!isName) {
    const found = parseAddress(peer);
    if (found) return { peer: ANY_MACHINE, points: [found] };
    const need = 'must be an IP address, or a name such as "sg:..." or "tag:..."';
    throw refusal(direction === 'egress' ? '--to' : '--from', 'far-end-invalid', need, shown(peer));
  }
  if (address === undefined) {
    const points = FAMILIES.map((family) => ({ family, point: WHOLE[family][0], isExample: true }));
    return { peer: peer as PeerName, points };
  }
  const found = parseAddress(address);
  if (found) return { peer: peer as PeerName, points: [found] };
  throw refusal('--ip-address', 'ip-address-invalid', 'must be an IPv4 or IPv6 address', shown(address));
}
