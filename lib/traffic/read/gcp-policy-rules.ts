import { shown } from '../../input';
import type { KnownPart, NotEvaluated, PossibleRule, Stops } from '../configuration';
import { AddressFamily } from '../../net';
import {
  type Action,
  ALL_INSTANCES,
  type Direction,
  type EndName,
  EARLIEST_STAGE,
  type GroupName,
  notAttachedReason,
  POLICY_STAGES,
  policyNetwork,
} from '../rule';
import { type Block, isUnknown, Unreadable, type UnknownValue, unreadable } from '../terraform';
import { exactHost, hostPeers } from './hostnames';
import { directionOf, gcpPorts } from './gcp-firewall-rules';
import type { GcpNames } from './gcp-names';
import type { HierarchicalPolicies } from './hierarchical-policies/hierarchical-policies';
import type { RegionalPolicies } from './regional-policies/regional-policies';
import {
  attributeNotEvaluated,
  blockNotEvaluated,
  joinedPeers,
  namedPeers,
  NO_PEERS,
  NO_RULES,
  type Peers,
  rangePeers,
  type ReadResult,
} from './peers';

/** A rule whose action is not known may deny. */
const MAY_DENY: Stops = { changed: 'opened', removed: 'opened' };
/** A rule that allows something, and that may overtake one that denies it if it changes. */
const ALLOWED: Stops = { added: 'opened', changed: 'opened', removed: 'any' };
/** The exact hostnames to which a rule applies. */
const FQDNS = 'dest_fqdns';
const BOTH = [AddressFamily.IPV4, AddressFamily.IPV6];
const ACTIONS: Readonly<Record<string, Action>> = { allow: 'allow', deny: 'deny', goto_next: 'next' };
/** The action that has a firewall endpoint inspect a packet, which then passes or is dropped: no later rule is asked. */
const INSPECT = 'apply_security_profile_group';
const FAR_SIDE: Readonly<Record<Direction, { ranges: string; groups: string; notEvaluated: readonly string[] }>> = {
  ingress: {
    ranges: 'src_ip_ranges',
    groups: 'src_address_groups',
    notEvaluated: ['dest_ip_ranges', 'dest_address_groups', FQDNS],
  },
  egress: {
    ranges: 'dest_ip_ranges',
    groups: 'dest_address_groups',
    notEvaluated: ['src_ip_ranges', 'src_address_groups', 'src_secure_tags'],
  },
};
/** The parts of a match that are evaluated; all other parts narrow it by something other than IP addresses. */
const EVALUATED = [
  ...['src_ip_ranges', 'dest_ip_ranges', 'src_address_groups', 'dest_address_groups', 'src_secure_tags'],
  ...['layer4_configs', FQDNS],
];

/** Where a rule of a policy applies, as far as it is known. */
interface RulePlaces {
  /** The networks, and the stage in which the rule is evaluated there. */
  readonly places: readonly { readonly network: string; readonly stage: number }[];
  /** Why it may apply elsewhere too; absent if all places are known. */
  readonly missing?: string;
  /** The networks of which it is not known whether it applies there; absent if these may be any. */
  readonly elsewhere?: readonly string[];
  /** The first stage in which it may be evaluated where it is not known whether it applies; absent if it may come before all others. */
  readonly earliest?: number;
}

/** Reads a `google_compute_network_firewall_policy_rule`, once for each network that its policy is attached to. */
export function readPolicyRule(block: Block, names: GcpNames): ReadResult {
  return readRuleAt(block, () => placesOf(block, names), names);
}

/** Reads a `google_compute_firewall_policy_rule`, once for each network of the configuration to which its policy applies. */
export function readHierarchicalRule(block: Block, policies: HierarchicalPolicies, names: GcpNames): ReadResult {
  const { rules, notEvaluated } = readRuleAt(block, () => policies.placesOf(block), names);
  // what an allow of a place that is not known opens may be denied after it, so that its order matters
  const isAllow = ({ known, stops }: NotEvaluated): boolean => known?.action === 'allow' && stops === undefined;
  return { rules, notEvaluated: notEvaluated.map((one) => (isAllow(one) ? { ...one, stops: ALLOWED } : one)) };
}

/** Reads a rule of a policy as the rules that it may be in any network. */
export function readRuleAnywhere(block: Block, names: GcpNames): ReadResult {
  return readRuleAt(block, () => ({ places: [], missing: 'it is not evaluated where it applies' }), names);
}

/** Reads a `google_compute_region_network_firewall_policy_rule`, once for each network that its policy is attached to. */
export function readRegionalRule(block: Block, policies: RegionalPolicies, names: GcpNames): ReadResult {
  return readRuleAt(block, () => policies.placesOf(block), names);
}

/** Returns the networks to which the policy of a rule is attached; the policy in their place if it is attached to none. */
function placesOf(block: Block, names: GcpNames): RulePlaces {
  const policy = block.text('firewall_policy');
  const name = policy === undefined ? undefined : names.find(policy, block.value('project'));
  const earliest = POLICY_STAGES.before;
  if (name === undefined) return { places: [], missing: 'firewall_policy is known after apply', earliest };
  const attached = names.networksOf(name);
  const ofPolicy = policyNetwork(name);
  return {
    places: (attached.length > 0 ? attached : [ofPolicy]).map((network) => ({
      network,
      // an order that is not known is evaluated both ways by comparisons
      stage: POLICY_STAGES[names.orderOf(network).order ?? 'after'],
    })),
    missing: attached.length > 0 ? undefined : notAttachedReason(ofPolicy),
    earliest,
  };
}

function readRuleAt(block: Block, placesOfRule: () => RulePlaces, names: GcpNames): ReadResult {
  try {
    return readReadableRule(block, placesOfRule, names);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    // the order of a rule that contradicts itself is known nevertheless
    const actions = actionsOf(block.value('action'));
    const possible = possibleRules(block, { reason: error.reason, peers: [] }, { actions }, placesOfRule());
    return refused({ ...blockNotEvaluated(block, error.reason), possible });
  }
}

/** Returns what a rule may do with a packet that it matches. */
function actionsOf(text: unknown): readonly Action[] {
  if (text === INSPECT) return ['allow', 'deny'];
  const action = typeof text === 'string' ? ACTIONS[text] : undefined;
  return action === undefined ? Object.values(ACTIONS) : [action];
}

function readReadableRule(block: Block, placesOfRule: () => RulePlaces, names: GcpNames): ReadResult {
  const disabled = block.flag('disabled');
  if (disabled === true) return NO_RULES;
  const [given, actionText] = [block.text('direction'), block.text('action')];
  // a rule whose direction is not known may be inbound
  const direction = isUnknown(given) ? 'ingress' : directionOf(given);
  const match = matchOf(block, direction, names);
  const { peers } = match;
  const possible = (...actions: readonly Action[]): Pick<NotEvaluated, 'possible'> => ({
    possible: possibleRules(
      block,
      match,
      { direction: isUnknown(given) ? undefined : direction, actions },
      placesOfRule(),
    ),
  });
  const action = isUnknown(actionText) ? undefined : ACTIONS[actionText ?? ''];
  if (action === undefined) {
    const known: KnownPart = { action: 'allow', direction, peers };
    const one = isUnknown(actionText)
      ? attributeNotEvaluated(block, 'action', actionText)
      : blockNotEvaluated(block, `action is ${shown(actionText)}`);
    return refused({ ...one, known, ...possible(...actionsOf(actionText)), stops: MAY_DENY });
  }
  const known: KnownPart = { action, direction, peers };
  const part = { known, ...possible(action) };
  if (isUnknown(given)) return refused({ ...attributeNotEvaluated(block, 'direction', given), ...part });
  if ('reason' in match) return refused({ ...blockNotEvaluated(block, match.reason), ...part });
  if (action !== 'allow' && peers.some(({ name }) => name.startsWith('host:'))) {
    // it denies the IP addresses of the hostnames, and other hostnames may have the same ones
    const reason = `match.${FQDNS} cannot be evaluated in a rule that does not allow`;
    return refused({ ...blockNotEvaluated(block, reason), ...part });
  }
  if (isUnknown(disabled)) return refused({ ...attributeNotEvaluated(block, 'disabled', disabled), ...part });
  const priority = block.integer('priority');
  if (isUnknown(priority)) return refused({ ...attributeNotEvaluated(block, 'priority', priority), ...part });
  if (priority === undefined) throw unreadable('priority must be a whole number', 'nothing');
  const rulePlaces = placesOfRule();
  const { places, missing } = rulePlaces;
  if (places.length === 0) {
    return missing === undefined ? NO_RULES : refused({ ...blockNotEvaluated(block, missing), ...part });
  }
  return rulesIn(rulePlaces, { block, match, direction, action, priority });
}

/** What is known about what a rule does, and in which direction. */
interface KnownRule {
  readonly direction?: Direction;
  readonly actions: readonly Action[];
}

/** Returns the rules that a rule of a policy may be, in each network to which it applies or may apply, as far as these are known. */
function possibleRules(
  block: Block,
  match: Match | UnreadMatch,
  { direction, actions }: KnownRule,
  rulePlaces: RulePlaces,
): PossibleRule[] {
  const given = Number(block.value('priority') ?? NaN);
  const priority = Number.isSafeInteger(given) ? given : -1;
  const known = 'reason' in match ? {} : { groups: match.groups, peers: match.peers, ports: match.ports };
  const ofPlace = rulePlaces.missing !== undefined && rulePlaces.elsewhere === undefined ? [] : rulePlaces.places;
  const places = [...ofPlace, ...placesElsewhere(rulePlaces)];
  return places.flatMap(({ network, stage }) =>
    actions.map((action) => ({ ...known, action, direction, network, precedence: { stage, priority } })),
  );
}

/** Returns where it is not known whether a rule applies: there it may be evaluated before all others. */
function placesElsewhere(places: RulePlaces): { readonly network?: string; readonly stage: number }[] {
  const { missing, elsewhere, earliest = EARLIEST_STAGE } = places;
  if (missing === undefined) return [];
  return (elsewhere ?? [undefined]).map((network) => ({ network, stage: earliest }));
}

/** Returns what is known about a rule of a policy whose place is not evaluated; nothing if it is disabled. */
export function readPlacelessRule(block: Block, reason: string, names: GcpNames): ReadResult {
  if (block.flag('disabled') === true) return NO_RULES;
  const [given, actionText] = [block.text('direction'), block.text('action')];
  const direction = given === 'EGRESS' ? 'egress' : 'ingress';
  const match = block.blocks('match');
  const peers = isUnknown(match)
    ? anyRange(block, match)
    : match.flatMap((one) => farEnds(one, direction, names).peers);
  // a rule whose action is not known may allow
  const action = isUnknown(actionText) ? 'allow' : (ACTIONS[actionText ?? ''] ?? 'allow');
  const known: KnownPart = { action, direction, peers };
  return refused({ ...blockNotEvaluated(block, reason), known, ...(action === 'allow' && { stops: ALLOWED }) });
}

/** A rule of a policy, wherever the policy applies. */
interface PolicyRule {
  readonly block: Block;
  readonly match: Match;
  readonly direction: Direction;
  readonly action: Action;
  readonly priority: number;
}

/** Returns a rule for each place of a rule, and what is not known about its places. */
function rulesIn(rulePlaces: RulePlaces, rule: PolicyRule): ReadResult {
  const { places, missing } = rulePlaces;
  const { block, match, direction, action, priority } = rule;
  const description = block.text('description');
  const rules = places.map(({ network, stage }) => ({
    address: block.address,
    file: block.file,
    direction,
    network,
    groups: match.groups,
    peers: match.peers,
    ports: match.ports,
    action,
    precedence: { stage, priority },
    description: isUnknown(description) ? undefined : description,
  }));
  const { groups, peers, ports } = match;
  const part = {
    known: { action, direction, peers },
    possible: placesElsewhere(rulePlaces).map(({ network, stage }) => ({
      ...{ action, direction, groups, peers, ports, network },
      precedence: { stage, priority },
    })),
  };
  const elsewhere = missing === undefined ? [] : [{ ...blockNotEvaluated(block, missing), ...part }];
  return { rules, notEvaluated: [...match.notEvaluated, ...elsewhere] };
}

function refused(missing: NotEvaluated): ReadResult {
  return { rules: [], notEvaluated: [missing] };
}

interface Match extends ReturnType<typeof joinedPeers> {
  readonly groups: readonly GroupName[];
  readonly ports: ReturnType<typeof gcpPorts>['ports'];
}

/** A match that cannot be evaluated, with its known far ends. */
interface UnreadMatch {
  readonly reason: string;
  readonly peers: KnownPart['peers'];
}

/** Returns what the rule matches, or the reason why it cannot be evaluated. */
function matchOf(block: Block, direction: Direction, names: GcpNames): Match | UnreadMatch {
  const blocks = block.blocks('match');
  if (isUnknown(blocks)) return { reason: `match is ${blocks.reason}`, peers: anyRange(block, blocks) };
  if (blocks.length !== 1) {
    throw unreadable('a policy rule must have exactly one match', String(blocks.length));
  }
  const [match] = blocks;
  const far = farEnds(match, direction, names);
  const unread = (reason: string): UnreadMatch => ({ reason, peers: far.peers });
  const reason = narrowing(block, match, direction);
  if (reason !== undefined) return unread(reason);
  const layers = match.blocks('layer4_configs');
  if (isUnknown(layers)) return unread(`match.layer4_configs is ${layers.reason}`);
  if (layers.length === 0) throw unreadable('layer4_configs must have a protocol', 'none');
  const { ports, missing } = gcpPorts(layers, 'match.layer4_configs', 'ip_protocol');
  if (ports.length === 0) return unread(missing.join('; '));
  const groups = targetsOf(block);
  if (far.isUncertain || groups === undefined) return unread('a target or source is known after apply');
  if (match.texts(FQDNS).length > 0 && match.texts(FAR_SIDE[direction].ranges).length > 0) {
    return unread(`match.${FQDNS} beside match.${FAR_SIDE[direction].ranges} cannot be evaluated`);
  }
  if (far.peers.length === 0) return unread(`match.${FAR_SIDE[direction].ranges} is empty`);
  const notEvaluated = [...far.notEvaluated, ...missing.map((text) => blockNotEvaluated(block, text))];
  return { peers: far.peers, notEvaluated, groups, ports };
}

/** Returns the far ends of a match that are known, and whether there may be more. */
function farEnds(match: Block, direction: Direction, names: GcpNames): Peers & { readonly isUncertain: boolean } {
  const { ranges, groups } = FAR_SIDE[direction];
  const lists = match.texts(groups).map((value) => names.addressGroup(value)?.peers);
  const texts = match.texts(ranges);
  const tags = secureTags(match, 'src_secure_tags');
  const known = texts.filter((value) => !isUncertain(value));
  const far = joinedPeers([
    rangePeers(match, ranges, known, BOTH),
    match.texts(FQDNS).length === 0 ? NO_PEERS : hostPeers(match, FQDNS, { hostsIn: exactHost }),
    { peers: (tags ?? []).flatMap(namedPeers), notEvaluated: [] },
    { peers: lists.flatMap((peers) => peers ?? []), notEvaluated: [] },
    { peers: texts.filter(isUncertain).flatMap((value) => anyRange(match, value as UnknownValue)), notEvaluated: [] },
  ]);
  return { ...far, isUncertain: tags === undefined || known.length < texts.length || lists.includes(undefined) };
}

/** Returns far ends of which nothing is known: any IP range. */
function anyRange(block: Block, value: UnknownValue): Peers['peers'] {
  return rangePeers(block, 'match', [value], BOTH).peers;
}

/** Whether a value is not known, or may be more than the value that it refers to. */
function isUncertain(value: string | UnknownValue): boolean {
  return isUnknown(value) && (value.expression === undefined || value.count === 'any');
}

/** Returns the machines that a rule applies to; nothing if some of them are not known. */
function targetsOf(block: Block): readonly GroupName[] | undefined {
  const secure = secureTags(block, 'target_secure_tags');
  const accounts = block.texts('target_service_accounts');
  if (secure !== undefined && secure.length > 0 && accounts.length > 0) {
    throw unreadable('a policy rule must select either by secure tags or by service accounts', 'both');
  }
  if (secure === undefined || accounts.some((account) => isUncertain(account))) return undefined;
  const emails = accounts.map((email): EndName => `account:${isUnknown(email) ? email.expression! : email}`);
  const groups = [...secure, ...emails];
  return groups.length === 0 ? [ALL_INSTANCES] : groups;
}

/** Returns the reason why a rule cannot be evaluated: it is narrowed by something that is not evaluated, or not in its direction. */
function narrowing(block: Block, match: Block, direction: Direction): string | undefined {
  const given = match.names.filter((name) => name !== '//' && hasValue(match.value(name)));
  const narrowed = given.find((name) => !EVALUATED.includes(name));
  if (narrowed !== undefined) return `match.${narrowed} cannot be evaluated`;
  const wrong = given.find((name) => FAR_SIDE[direction].notEvaluated.includes(name));
  if (wrong !== undefined) return `match.${wrong} cannot be evaluated in an ${direction} rule`;
  const target = block.text('target_type');
  if (target === undefined || target === 'INSTANCES') return undefined;
  return `target_type is ${isUnknown(target) ? target.reason : shown(target)}`;
}

function hasValue(value: unknown): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** Returns the names of secure tags; nothing if one of them is not known. */
function secureTags(block: Block, attribute: string): EndName[] | undefined {
  const blocks = block.blocks(attribute);
  if (isUnknown(blocks)) return undefined;
  const names = blocks.map((tag) => tag.text('name'));
  const texts = names.map((name) => (isUnknown(name) ? name.expression : name));
  return texts.includes(undefined) ? undefined : texts.map((text): EndName => `secure-tag:${text!}`);
}
