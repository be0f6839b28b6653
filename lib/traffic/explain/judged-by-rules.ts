import { notKnownText } from '../../provenance';
import type { Configuration, SelectedMachines } from '../configuration';
import { mention } from '../documented-row';
import { coversName, deniesByName, isUnknownFarEnd, type PacketPoint } from '../permitted';
import {
  ALL_INSTANCES,
  ANY_MACHINE,
  type Direction,
  type EndName,
  type GroupName,
  notAttachedReason,
  type Rule,
  type RulePeer,
} from '../rule';
import { contains, existsIn, intersection, overlap, type PortInterval, union } from '../sets';
import { knownPlace } from '../stack-networks';
import { type JudgedEnd, joinedVerdict } from '../verdict';
import { type AskedPacket, type EndAnswer, type MatchingRule, nameOf, type Verdict, WITHOUT_RULES } from './answer';
import type { QuestionEnd } from './ends';
import { nearestRule } from './nearest-rule';
import { networkOfGroup } from './network';

/** What the rules of one direction do with the packet at machines of one name. */
interface JudgedGroup extends JudgedEnd {
  readonly group: GroupName;
  readonly network: string;
}

/** Returns the networks on GCP of machines, and the account and the region of a security group. */
function placeOf(
  groups: readonly SelectedMachines[],
  { configuration }: AskedPacket,
): Pick<EndAnswer, 'network' | 'account' | 'region'> {
  const networks = [...new Set(groups.map(({ network }) => network).filter((name) => name !== ''))];
  const place = groups.length === 1 ? configuration.places?.get(groups[0].group) : undefined;
  return { ...(networks.length > 0 && { network: networks.join(', ') }), ...knownPlace(place) };
}

/** Why packets are refused that cannot exist. */
export const NO_SUCH_PACKETS =
  'there are no such packets: the two IP addresses, or the protocol, are of different families';

/** Judges a packet by the rules of one of its ends. */
export function judgedByRules(
  direction: Direction,
  near: QuestionEnd,
  far: QuestionEnd,
  asked: AskedPacket,
): EndAnswer {
  const { configuration, documented, port } = asked;
  const families = new Set(near.peers.map(({ family }) => family));
  const groups = near.end.groups.map((group) => ({
    group,
    network: networkOfGroup(group, near.end, configuration, asked.network),
  }));
  const networks = [...new Set(groups.map(({ network }) => network).filter((name) => name !== ''))];
  const peers = peersSeenIn(networks, far).filter(({ family }) => families.has(family) && existsIn(family, port));
  const place = { name: nameOf(near), ...placeOf(groups, asked) };
  if (peers.length === 0) {
    return { ...WITHOUT_RULES, ...place, verdict: 'refused', reason: NO_SUCH_PACKETS };
  }
  const managed = groups.flatMap((at): JudgedGroup[] => {
    const seen = peers.filter(({ family }) => near.peers.some((own) => isOf(at.group, own) && own.family === family));
    const found = seen.length === 0 ? undefined : asked.judge.judge({ direction, ...at }, seen, port);
    return found === undefined ? [] : [{ ...found, ...at }];
  });
  if (managed.length === 0) {
    const reason = `these files have no ${direction === 'egress' ? 'outbound' : 'inbound'} rule of it, and do not create it`;
    return { ...WITHOUT_RULES, ...place, verdict: 'not judged', reason };
  }
  const verdict = joinedVerdict(managed.map((one) => one.verdict));
  const matching = managed.flatMap(({ rules }) => matchingRules(rules, peers, verdict === 'not known'));
  const packet = packetOf(managed[0], direction, peers, port[0]);
  const about = { ports: [port], peers: peers.map(({ name }) => name) };
  const candidates = configuration.rules.filter((rule) => rule.direction === direction && isNear(rule, groups));
  return {
    ...place,
    verdict,
    ...reasonOf(verdict, matching.length > 0, managed, direction, asked),
    matching: matching.map(({ rule, ...rest }): MatchingRule => ({ ...mention(rule, documented, about), ...rest })),
    ...(verdict === 'passes' ? {} : nearestOf(nearestRule(candidates, packet, documented), matching)),
    deniesByName: mayDeny(deniesByName(configuration.rules), matching, { port, verdict })
      .filter((rule) => rule.direction === direction && networks.includes(rule.network))
      .map((rule) => mention(rule, documented)),
    requested: [],
    ...mayDecide(managed, verdict),
  };
}

const HIERARCHICAL = /(?:^|\.)google_compute_firewall_policy_rule\./;

/** Returns the rule of a hierarchical firewall policy that makes a verdict not known. */
function mayDecide(managed: readonly JudgedGroup[], verdict: Verdict): Pick<EndAnswer, 'mayDecide'> {
  const possible = managed.flatMap((one) => one.possible ?? []).find(({ address }) => HIERARCHICAL.test(address));
  if (verdict !== 'not known' || possible === undefined) return {};
  const otherwise = joinedVerdict(managed.map((one) => one.possible?.otherwise ?? one.verdict));
  return { mayDecide: { ...possible, otherwise } };
}

function isOf(group: GroupName, { name }: RulePeer): boolean {
  return name === (group === ALL_INSTANCES ? ANY_MACHINE : group);
}

/** Leaves out rules by name that are listed already, are for other ports, or come after the rule that allows the packet. */
function mayDeny(
  rules: readonly Rule[],
  matching: readonly Matching[],
  { port, verdict }: { readonly port: PortInterval; readonly verdict: Verdict },
): Rule[] {
  const first = matching.find(({ isPart, unknown }) => isPart === undefined && unknown === undefined);
  const allow = verdict === 'passes' && first?.rule.action === 'allow' ? first.rule : undefined;
  return rules.filter(
    (rule) =>
      overlap(rule.ports, [port]) &&
      !matching.some((one) => one.rule === rule) &&
      !(allow !== undefined && isLaterInStage(rule, allow)),
  );
}

function isLaterInStage(rule: Rule, { network, precedence: { stage, priority } }: Rule): boolean {
  const { precedence } = rule;
  return rule.network === network && precedence.stage === stage && precedence.priority > priority;
}

/** Leaves out a rule that differs in nothing but its order if it decides itself: no rule that denies is evaluated before it. */
function nearestOf(nearest: ReturnType<typeof nearestRule>, matching: readonly Matching[]): Pick<EndAnswer, 'nearest'> {
  const isHidden = matching.some(({ rule }) => rule.action !== 'allow');
  const decides = nearest?.fails[0] === 'order' && !isHidden && matching.length > 0;
  // it is listed with what decides whether it applies
  const isListed = matching.some(
    ({ rule, unknown }) => unknown !== undefined && rule.address === nearest?.address && rule.file === nearest.file,
  );
  return decides || isListed ? {} : { nearest };
}

/** Whether a rule is in the network of machines on GCP, or selects machines of the same kind if they are in none. */
function isNear(rule: Rule, machines: readonly SelectedMachines[]): boolean {
  return machines.some(
    ({ group, network }) =>
      rule.network === network && (network !== '' || rule.groups.some((own) => kindOf(own) === kindOf(group))),
  );
}

function kindOf(group: GroupName): string {
  return group.slice(0, group.indexOf(':'));
}

/**
 * Returns the far ends as rules of networks on GCP see them: a tag or an account of a different network has no meaning there. Those of a policy
 * may be in any network.
 */
function peersSeenIn(networks: readonly string[], { end, peers }: QuestionEnd): readonly RulePeer[] {
  const isSame = end.networks.some((one) => networks.includes(one) || notAttachedReason(one) !== undefined);
  if (networks.length === 0 || !end.isOfNetwork || isSame) return peers;
  return peers.map((peer) => ({ ...peer, name: ANY_MACHINE }));
}

function reasonOf(
  verdict: Verdict,
  isAnyRule: boolean,
  groups: readonly JudgedGroup[],
  direction: Direction,
  { configuration }: AskedPacket,
): Pick<EndAnswer, 'reason'> {
  const decided = groups.find((one) => one.verdict === verdict && one.reason !== undefined);
  const { group, network, reason } = decided ?? groups[0];
  const notAttached = notAttachedReason(network);
  if (notAttached !== undefined) return { reason: notKnownText(notAttached) };
  if (verdict === 'not known' && reason !== undefined) return { reason: notKnownText(reason) };
  if (verdict === 'not known') return { reason: 'IP ranges that are not known decide' };
  const policies = verdict === 'refused' ? isolatingPolicies(configuration, group, direction) : [];
  if (policies.length > 0) return { reason: isolationText(policies) };
  if (network === '') {
    const isComplete = verdict === 'passes' || configuration.groups.has(group as EndName);
    return isComplete ? {} : { reason: 'these files do not create it, and may lack some of its rules' };
  }
  const isDefault = verdict === 'passes' && direction === 'egress' && !isAnyRule;
  return isDefault ? { reason: 'no rule matches, and networks allow outbound traffic by default' } : {};
}

/** Returns the network policies that refuse what none of them allows to pods. */
function isolatingPolicies({ isolatedPods = [] }: Configuration, group: GroupName, direction: Direction): string[] {
  const isolating = isolatedPods.filter(
    (isolated) => isolated.direction === direction && coversName<GroupName>(isolated.group, group),
  );
  return [...new Set(isolating.flatMap(({ policies }) => policies))].sort();
}

const MOST_POLICIES = 3;

function isolationText(policies: readonly string[]): string {
  const more = policies.length > MOST_POLICIES ? ` and ${policies.length - MOST_POLICIES} more` : '';
  const named = policies.slice(0, MOST_POLICIES).join(', ');
  return `no network policy in these files allows it, and ${named}${more} refuse${policies.length === 1 ? 's' : ''} what none allows`;
}

interface Matching {
  readonly rule: Rule;
  readonly isPart?: true;
  readonly unknown?: readonly string[];
  readonly isSkipped?: true;
}

/** Returns the rules that match, in the order of evaluation. */
function matchingRules(rules: readonly Rule[], peers: readonly RulePeer[], withUnknown: boolean): Matching[] {
  const skipped = new Set<number>();
  return matchesOf(rules, peers, withUnknown).map((one) => {
    const { rule, isPart, unknown } = one;
    const { stage } = rule.precedence;
    if (skipped.has(stage)) return { ...one, isSkipped: true };
    if (rule.action === 'next' && isPart === undefined && unknown === undefined) skipped.add(stage);
    return one;
  });
}

function matchesOf(rules: readonly Rule[], peers: readonly RulePeer[], withUnknown: boolean): Matching[] {
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
  { group, network }: JudgedGroup,
  direction: Direction,
  [peer]: readonly RulePeer[],
  port: number,
): PacketPoint {
  const pair = { direction, network, group, peer: peer.name, family: peer.family };
  return { pair, port, address: peer.addresses[0] };
}
