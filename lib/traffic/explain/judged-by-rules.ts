import { notKnownText } from '../../provenance';
import type { Configuration } from '../configuration';
import { mention } from '../documented-row';
import {
  assumingRanges,
  boundedRules,
  byPrecedence,
  coversName,
  deniesByName,
  inPolicyOrder,
  isUnknownFarEnd,
  type PacketPoint,
  type Pair,
  permittedBy,
} from '../permitted';
import {
  ALL_INSTANCES,
  ANY_MACHINE,
  type Direction,
  type EndName,
  FIREWALL_STAGE,
  type GroupName,
  notAttachedReason,
  type PeerName,
  type Rule,
  type RulePeer,
} from '../rule';
import { addressesAt, contains, existsIn, intersection, overlap, union } from '../sets';
import { type AskedPacket, type EndAnswer, type MatchingRule, nameOf, type Verdict, WITHOUT_RULES } from './answer';
import type { QuestionEnd } from './ends';
import { nearestRule } from './nearest-rule';
import { networkOfGroup } from './network';

/** More unknown ranges than this are assumed to be independent of each other, also where one range is in several rules. */
const MAX_ASSUMED = 5;

/** Machines of one name, and the rules of one direction that may match the packet. */
interface Judged {
  readonly group: GroupName;
  readonly network: string;
  readonly rules: readonly Rule[];
  /** Whether rules of the direction are managed in these files. */
  readonly isManaged: boolean;
}

/** Judges a packet by the rules of one of its ends. */
export function judgedByRules(
  direction: Direction,
  near: QuestionEnd,
  far: QuestionEnd,
  asked: AskedPacket,
): EndAnswer {
  const { configuration, documented, port } = asked;
  const families = new Set(near.peers.map(({ family }) => family));
  const all = near.end.groups.map((group) => judged(direction, group, near, asked));
  const managed = all.filter(({ isManaged }) => isManaged);
  const networks = [...new Set(all.map(({ network }) => network).filter((name) => name !== ''))];
  const peers = peersSeenIn(networks, far).filter(({ family }) => families.has(family) && existsIn(family, port));
  const place = { name: nameOf(near), ...(networks.length === 0 ? {} : { network: networks.join(', ') }) };
  if (peers.length === 0) {
    const reason = 'there are no such packets: the two IP addresses, or the protocol, are of different families';
    return { ...WITHOUT_RULES, ...place, verdict: 'refused', reason };
  }
  if (managed.length === 0) {
    const reason = `these files have no ${direction === 'egress' ? 'outbound' : 'inbound'} rule of it, and do not create it`;
    return { ...WITHOUT_RULES, ...place, verdict: 'not judged', reason };
  }
  const verdict = joinedVerdict(managed.map((one) => verdictOf(one, direction, peers, asked)));
  const matching = managed.flatMap(({ rules }) => matchingRules(rules, peers, verdict === 'not known'));
  const isAnyRule = matching.length > 0;
  const packet = packetOf(managed[0], direction, peers, port[0]);
  const about = { port, peers: peers.map(({ name }) => name) };
  const candidates = configuration.rules.filter((rule) => rule.direction === direction);
  return {
    ...place,
    verdict,
    ...reasonOf(verdict, isAnyRule, managed[0], direction, asked),
    matching: matching.map(({ rule, ...rest }): MatchingRule => ({ ...mention(rule, documented, about), ...rest })),
    ...(verdict === 'passes' ? {} : { nearest: nearestRule(candidates, packet, documented) }),
    deniesByName: deniesByName(configuration.rules)
      .filter((rule) => rule.direction === direction && networks.includes(rule.network))
      .map((rule) => mention(rule, documented)),
    requested: [],
  };
}

/** Returns the far ends as rules of networks on GCP see them: a tag or an account of a different network has no meaning there. */
function peersSeenIn(networks: readonly string[], { end, peers }: QuestionEnd): readonly RulePeer[] {
  if (networks.length === 0 || !end.isOfNetwork || end.networks.some((one) => networks.includes(one))) return peers;
  return peers.map((peer) => ({ ...peer, name: ANY_MACHINE }));
}

function judged(direction: Direction, group: GroupName, { end }: QuestionEnd, asked: AskedPacket): Judged {
  const { configuration, port } = asked;
  const network = networkOfGroup(group, end, configuration, asked.network);
  const ofGroup = configuration.rules.filter(
    (rule) =>
      rule.direction === direction &&
      rule.network === network &&
      (rule.groups.some((one) => coversName(one, group)) || rule.groups.includes(ALL_INSTANCES)),
  );
  return {
    group,
    network,
    rules: ofGroup.filter(({ ports }) => overlap(ports, [port])).sort(byPrecedence),
    isManaged: network !== '' || ofGroup.length > 0 || configuration.groups.has(group as EndName),
  };
}

function reasonOf(
  verdict: Verdict,
  isAnyRule: boolean,
  { group, network }: Judged,
  direction: Direction,
  { configuration }: AskedPacket,
): Pick<EndAnswer, 'reason'> {
  const notAttached = notAttachedReason(network);
  if (notAttached !== undefined) return { reason: notKnownText(notAttached) };
  if (verdict === 'not known') return { reason: 'IP ranges that are not known decide' };
  if (network === '') {
    const isComplete = verdict === 'passes' || configuration.groups.has(group as EndName);
    return isComplete ? {} : { reason: 'these files do not create it, and may lack some of its rules' };
  }
  const isDefault = verdict === 'passes' && direction === 'egress' && !isAnyRule;
  return isDefault ? { reason: 'no rule matches, and networks allow outbound traffic by default' } : {};
}

function joinedVerdict(verdicts: readonly Verdict[]): Verdict {
  const [first] = verdicts;
  if (verdicts.every((verdict) => verdict === first)) return first;
  const uncertain = (['not known', 'depends on the enforcement order of the network'] as const).find((one) =>
    verdicts.includes(one),
  );
  return uncertain ?? 'depends on the IP address';
}

/** Tries every order of evaluation, and everything that unknown ranges may contain, because they may contain any IP address. */
function verdictOf(
  { group, network, rules }: Judged,
  direction: Direction,
  peers: readonly RulePeer[],
  { port, configuration }: AskedPacket,
): Verdict {
  if (notAttachedReason(network) !== undefined) return 'not known';
  const ends = { direction, network, group };
  const verdicts = inPossibleOrders(rules, network, configuration).map((ordered): Verdict => {
    const found = new Set(assumptions(ordered).map((assumed) => certainVerdict(assumed, ends, peers, port[0])));
    return found.size === 1 ? [...found][0] : 'not known';
  });
  const [first] = verdicts;
  return verdicts.every((one) => one === first) ? first : 'depends on the enforcement order of the network';
}

/** Returns rules as they are evaluated, once for each order in which the firewall policies of the network may be evaluated. */
function inPossibleOrders(
  rules: readonly Rule[],
  network: string,
  { enforcementOrders }: Configuration,
): readonly (readonly Rule[])[] {
  const hasPolicies = rules.some(({ precedence }) => precedence.stage !== FIREWALL_STAGE);
  if (network === '' || !hasPolicies || enforcementOrders.get(network)?.order !== undefined) return [rules];
  return (['before', 'after'] as const).map((order) => inPolicyOrder(rules, new Map([[network, order]])));
}

function assumptions(rules: readonly Rule[]): (readonly Rule[])[] {
  const names = new Set<PeerName>(rules.flatMap(({ peers }) => peers.map(({ name }) => name)).filter(isUnknownFarEnd));
  if (names.size > MAX_ASSUMED) return [boundedRules(rules, 'least'), boundedRules(rules, 'most')];
  const sets = [...names].reduce<PeerName[][]>((all, name) => all.flatMap((set) => [set, [...set, name]]), [[]]);
  return sets.map((set) => assumingRanges(rules, (name) => set.includes(name)));
}

function certainVerdict(
  rules: readonly Rule[],
  ends: Pick<Pair, 'direction' | 'network' | 'group'>,
  peers: readonly RulePeer[],
  port: number,
): Verdict {
  const traffic = permittedBy(rules);
  const parts = peers.map(({ name, family, addresses }) => {
    const permitted = addressesAt(traffic.at({ ...ends, peer: name, family }), port);
    if (contains(permitted, addresses)) return 'all';
    return intersection(permitted, addresses).length === 0 ? 'none' : 'some';
  });
  if (parts.every((part) => part === 'all')) return 'passes';
  return parts.every((part) => part === 'none') ? 'refused' : 'depends on the IP address';
}

interface Matching {
  readonly rule: Rule;
  readonly isPart?: true;
  readonly unknown?: readonly string[];
}

/** Returns the rules that match, in the order of evaluation. */
function matchingRules(rules: readonly Rule[], peers: readonly RulePeer[], withUnknown: boolean): Matching[] {
  return rules.flatMap((rule) => {
    const covered = peers.map(({ name, family, addresses }) => {
      const same = rule.peers.filter(
        (peer) => peer.family === family && (peer.name === ANY_MACHINE || coversName(peer.name, name)),
      );
      const matched = same.reduce<RulePeer['addresses']>((all, peer) => union(all, peer.addresses), []);
      if (contains(matched, addresses)) return 'all';
      return intersection(matched, addresses).length === 0 ? 'none' : 'some';
    });
    const names = [...new Set(rule.peers.map(({ name }) => name).filter(isUnknownFarEnd))];
    if (covered.every((one) => one === 'all')) return [{ rule }];
    if (covered.some((one) => one !== 'none')) return [{ rule, isPart: true as const }];
    return withUnknown && names.length > 0 ? [{ rule, unknown: names }] : [];
  });
}

function packetOf(
  { group, network }: Judged,
  direction: Direction,
  [peer]: readonly RulePeer[],
  port: number,
): PacketPoint {
  const pair = { direction, network, group, peer: peer.name, family: peer.family };
  return { pair, port, address: peer.addresses[0] };
}
