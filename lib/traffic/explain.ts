import { refusal, shown } from '../model/refusal';
import { DocumentedRowIndex } from './asked-for';
import { FAMILIES, isWhole, parseAddress, WHOLE } from './address-space';
import { has, type Point } from './bounds';
import type { Configuration, NotEvaluated } from './configuration';
import { deniesByName } from './denies-by-name';
import { ALL_INSTANCES, ANY_MACHINE, type GroupName, type PeerName } from './names';
import { knownNetwork } from './known-network';
import { nearestRule, type NearestRule } from './nearest-rule';
import { permittedBy } from './permitted-by';
import type { Pair, PermittedTraffic } from './permitted-traffic';
import { isOnePort, parsePorts } from './port-space';
import { addressesAt } from './region';
import type { Direction } from './rule';
import { RuleIndex, type PacketPoint } from './rule-index';
import { mention, type RuleMention } from './rule-mention';

/** A packet that somebody asks about. */
export interface Question {
  /**
   * Which way the connection goes.
   * @default ingress
   */
  readonly direction?: Direction;
  /** The machines at which the rules stand: `sg:…`, `tag:…`, `account:…`, `all-instances`, or the name of a security group. */
  readonly group: string;
  /** The far end: an address, or a name such as `sg:…` or `tag:…`. */
  readonly peer: string;
  /** The address of a far end that has a name; without one the answer may be that it depends. */
  readonly address?: string;
  /** One port with its protocol: `443/tcp`; or a protocol alone where it has no ports: `esp`. */
  readonly port: string;
  /** The network on GCP; not needed where the configuration has one. */
  readonly network?: string;
}

/** Whether a packet passes; where only a name was given, it may depend on the address. */
export type Verdict = 'passes' | 'refused' | 'depends on the address';

/** What becomes of a packet, and why. */
export interface Explanation {
  readonly verdict: Verdict;
  readonly direction: Direction;
  readonly group: GroupName;
  readonly peer: PeerName;
  readonly port: string;
  readonly address?: string;
  readonly network?: string;
  /** The rules that match, in the order in which they are asked; the first decides. Empty where none matches. */
  readonly matching: readonly RuleMention[];
  /** For a packet that does not pass: the rule that lets through what is most like it. */
  readonly nearest?: NearestRule;
  /** Rules that may refuse a machine with several names what this says. */
  readonly deniesByName: readonly RuleMention[];
  /** What could not be evaluated: it may decide otherwise. */
  readonly notEvaluated: readonly NotEvaluated[];
}

/** Says whether a packet passes, by which rule, and who asked for it. */
export function explain(configuration: Configuration, question: Question): Explanation {
  const { rules, notEvaluated } = configuration;
  const place = 'explain';
  const ports = parsePorts(question.port);
  if (!ports || !isOnePort(ports)) {
    const need = 'port must be one port with its protocol, as "443/tcp" or "icmp type 8 code 0"';
    throw refusal(place, need, shown(question.port));
  }
  const traffic = permittedBy(rules);
  const direction = question.direction ?? 'ingress';
  const group = groupOf(question.group, configuration);
  const network = networkOf(question, group, configuration);
  const { peer, points } = peerOf(question);
  const pair = { direction, network, group, peer };
  const asked = new DocumentedRowIndex([configuration]);
  const index = new RuleIndex(rules.filter((rule) => rule.direction === direction && rule.network === network));
  const verdict = verdictOf(traffic, pair, ports[0], points);
  const packets = points.map(({ family, point }): PacketPoint => ({
    pair: { ...pair, family },
    port: ports[0],
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
      ? { address: question.peer }
      : question.address === undefined
        ? {}
        : { address: question.address }),
    ...(network === '' ? {} : { network }),
    matching: [...matching].map((rule) => mention(rule, asked)),
    nearest: verdict === 'passes' ? undefined : nearestRule(rules, packets[0], asked),
    deniesByName: deniesByName(rules)
      .filter((rule) => rule.network === network)
      .map((rule) => mention(rule, asked)),
    notEvaluated,
  };
}

type Ends = Omit<Pair, 'family'>;

interface FamilyPoint {
  readonly family: Pair['family'];
  readonly point: Point;
  /** Whether it stands for all addresses of its family. */
  readonly isExample?: boolean;
}

function verdictOf(traffic: PermittedTraffic, pair: Ends, port: number, points: readonly FamilyPoint[]): Verdict {
  const verdicts = points.map(({ family, point, isExample }) => {
    const addresses = addressesAt(traffic.at({ ...pair, family }), port);
    if (isExample !== true) return has(addresses, point) ? 'all' : 'none';
    return isWhole(family, addresses) ? 'all' : addresses.length === 0 ? 'none' : 'some';
  });
  if (verdicts.every((one) => one === 'all')) return 'passes';
  return verdicts.every((one) => one === 'none') ? 'refused' : 'depends on the address';
}

function groupOf(text: string, { groups, rules }: Configuration): GroupName {
  if (text === ALL_INSTANCES || /^(?:sg|tag|account|secure-tag):/.test(text)) return text as GroupName;
  if (groups.has(`sg:${text}`)) return `sg:${text}`;
  const named = [...groups].filter(([, called]) => called.includes(text)).map(([name]) => name);
  if (named.length === 1) return named[0];
  if (named.length > 1) {
    const need = 'group must be given by its address where several have one name';
    throw refusal('explain', need, shown(text), named.join(' or '));
  }
  const known = new Set(rules.flatMap((rule) => rule.groups));
  const found = [...known].find((group) => group.replace(/^[a-z-]+:/, '') === text);
  if (found !== undefined) return found;
  throw refusal('explain', 'group must be one of the configuration', shown(text), listed([...known]));
}

function networkOf({ network }: Question, group: GroupName, { rules }: Configuration): string {
  if (group.startsWith('sg:')) return '';
  const networks = [...new Set(rules.map((rule) => rule.network).filter((name) => name !== ''))];
  if (network !== undefined) return knownNetwork(network, networks, 'explain');
  if (networks.length === 1) return networks[0];
  const of = networks.length === 0 ? 'none in the configuration' : networks.map(shown).join(' and ');
  throw refusal('explain', 'network must be given', of);
}

function peerOf({ peer, address }: Question): { peer: PeerName; points: FamilyPoint[] } {
  const isName = /^(?:sg|tag|account|secure-tag|list|unknown):/.test(peer);
  const text = isName ? address : peer;
  const name = isName ? (peer as PeerName) : ANY_MACHINE;
  if (text === undefined) {
    return {
      peer: name,
      points: FAMILIES.map((family) => ({ family, point: WHOLE[family][0], isExample: true })),
    };
  }
  const found = parseAddress(text);
  if (found) return { peer: name, points: [found] };
  throw refusal('explain', 'peer must be an address, or a name such as sg:... or tag:...', shown(text));
}

function listed(names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : names.slice(0, 5).join(', ');
}
