import { grouped } from '../../input';
import type { WorldThreshold } from '../../net';
import {
  type Configuration,
  type Gate,
  GATES,
  type KnownPart,
  type NotEvaluated,
  type SharedList,
  type Stops,
} from '../configuration';
import {
  allowedBy,
  allowsAdvanced,
  commonName,
  containsTraffic,
  deniesLost,
  permittedBy,
  type TrafficSet,
} from '../permitted';
import { ANY_MACHINE, type GroupName, type Rule, type RulePeer } from '../rule';
import { isWorldWide, WHOLE } from '../sets';
import { sharedListChanges } from './shared-list-changes';
import { type ComparedPart, resourceIn, unequalParts } from './unequal-parts';

/** A difference whose effect on traffic is not known: it may open anything. */
export interface PossibleChange extends NotEvaluated {
  /** The first gate that stops. */
  readonly gate: Gate;
}

/** A part that is not evaluated is most likely a rule that allows something. */
const ALLOWS_SOMETHING: Stops = { added: 'opened', changed: 'widened', removed: 'any' };
const ALLOWS_THE_WORLD: Stops = { added: 'world', changed: 'world', removed: 'any' };
const DENIES: Stops = { added: 'any', changed: 'opened', removed: 'opened' };

function isOpen({ name, family, addresses }: RulePeer, threshold: WorldThreshold): boolean {
  return name === ANY_MACHINE && isWorldWide(family, addresses, threshold);
}

/** A rule of which something is not known may permit more than before wherever its far ends are. */
function stopsOfRule({ action, direction, peers }: KnownPart, threshold: WorldThreshold): Stops {
  if (action !== 'allow') return DENIES;
  const isOfWorld =
    direction === 'ingress' && peers.some((peer) => peer.name.startsWith('unknown:') || isOpen(peer, threshold));
  return isOfWorld ? ALLOWS_THE_WORLD : ALLOWS_SOMETHING;
}

/** Returns the gate that stops less. */
function earlier(...gates: readonly (Gate | undefined)[]): Gate | undefined {
  return GATES.find((gate) => gates.includes(gate));
}

/** Returns the differences of parts that are not evaluated, and of circumstances. */
export function possibleChanges(
  before: Configuration,
  after: Configuration,
  { threshold }: { readonly threshold: WorldThreshold },
): PossibleChange[] {
  const { removed, added } = unequalParts(before, after);
  const [old, now] = [removed, added].map((some) => new Set(some.map(({ address }) => address)));
  const possible = (part: ComparedPart, how: keyof Stops): PossibleChange[] => {
    const { file, address, reason, content, known, stops, ranges = [] } = part;
    const ofRanges = how !== 'removed' && ranges.some((peer) => isOpen(peer, threshold)) ? 'world' : undefined;
    const gate =
      known === undefined
        ? earlier(ofRanges, (stops ?? ALLOWS_SOMETHING)[how])
        : earlier(stopsOfRule(known, threshold)[how], stops?.[how]);
    return gate === undefined ? [] : [{ file, address, reason, content, gate }];
  };
  const wasPermitted = permittedAtGroups(before.rules);
  let rules: ReadonlyMap<string, readonly Rule[]> | undefined;
  const werePermitted = (address: string): boolean => {
    rules ??= grouped(after.rules, (rule) => rule.address);
    return rules.get(address)?.every(wasPermitted) === true;
  };
  // a far end of a prefix list is not in a rule of this address, and rules elsewhere may use the list
  const opensNothing = ({ address, farEnd }: ComparedPart): boolean => farEnd !== undefined && werePermitted(address);
  // the rules that use a list show its change, unless what they allow is allowed anyway
  const isShown = ({ users }: SharedList): boolean => users.some((address) => !werePermitted(address));
  const opening = added.filter((part) => !opensNothing(part) && (part.isOfExisting !== true || exists(part, before)));
  return [
    ...opening.flatMap((part) => possible(part, old.has(part.address) ? 'changed' : 'added')),
    ...removed.flatMap((part) => {
      const isOpened = part.isOpenWithout === true && after.addresses.has(resourceIn(part.address));
      return now.has(part.address) ? [] : possible(part, isOpened ? 'changed' : 'removed');
    }),
    ...sharedListChanges(before, after, { threshold, isShown }).map(({ list: { file, address, content }, gate }) => ({
      file,
      address,
      reason: address.includes('google_') ? USED_BY_OTHERS : USED_ELSEWHERE,
      content,
      gate,
    })),
    ...lostDenies(before.rules, after.rules),
    ...overtakenParts(before, after),
  ];
}

/** Whether a configuration has what is at an address: a resource, one of its instances, or the module that it is in. */
function exists({ address }: ComparedPart, { addresses, notEvaluated }: Configuration): boolean {
  const steps = withoutKeys(address).split('.');
  const modules = steps.flatMap((step, at) => (step === 'module' ? [steps.slice(0, at + 2).join('.')] : []));
  const places = new Set([withoutKeys(address), ...modules]);
  return [...addresses, ...notEvaluated.map((one) => one.address)].some((one) => places.has(withoutKeys(one)));
}

function withoutKeys(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');
}

const USED_BY_OTHERS =
  'rules that are not in this configuration, or that could not be evaluated, may use its hostnames';
const USED_ELSEWHERE = 'rules that are not in this configuration may use its IP ranges';

/**
 * Returns whether everything that a rule of a security group permits at most, from wherever its far ends are, was permitted before the
 * change.
 */
function permittedAtGroups(before: readonly Rule[]): (rule: Rule) => boolean {
  const found = new Map<string, TrafficSet>();
  return (rule) => {
    if (rule.network !== '' || rule.action !== 'allow') return false;
    const key = [rule.direction, ...rule.groups].join(' ');
    const shares = (group: GroupName): boolean => rule.groups.some((own) => commonName(group, own) !== undefined);
    const isOfGroups = ({ network, direction, groups }: Rule): boolean =>
      network === '' && direction === rule.direction && groups.some(shares);
    const permitted = found.get(key) ?? permittedBy(before.filter(isOfGroups));
    found.set(key, permitted);
    const peers = rule.peers.map(({ family }) => ({ name: ANY_MACHINE, family, addresses: WHOLE[family] }) as const);
    return containsTraffic(permitted, allowedBy([{ ...rule, peers }]));
  };
}

const DENIED = 'it denied what rules for other names, or rules elsewhere, may allow';

/** Returns the rules that denied what may be permitted now by rules that this configuration does not show. */
export function lostDenies(before: readonly Rule[], after: readonly Rule[]): PossibleChange[] {
  return deniesLost(before, after).map(({ file, address }) => ({
    file,
    address,
    reason: DENIED,
    gate: 'opened',
  }));
}

const ADVANCED =
  'it is evaluated earlier than what allowed this before, and a rule that could not be evaluated may deny it';
/** The types of resources that may deny on GCP, and modules. */
const MAY_DENY = /(?:^|\.)(?:google_compute_(?:\w*firewall\w*|\w*policy_rule|\w*policy_with_rules)|module)\./;

/** Returns the rules that allow something earlier than before, if there are rules that may deny it and that could not be evaluated. */
function overtakenParts(before: Configuration, after: Configuration): PossibleChange[] {
  const mayDeny = ({ address, known, comparedAs, isOfHostnames }: NotEvaluated): boolean => {
    if (known !== undefined) return known.action !== 'allow';
    return comparedAs === undefined && isOfHostnames !== true && MAY_DENY.test(address);
  };
  if (![...before.notEvaluated, ...after.notEvaluated].some(mayDeny)) return [];
  return allowsAdvanced(before.rules, after.rules).map(({ file, address }) => ({
    file,
    address,
    reason: ADVANCED,
    gate: 'opened',
  }));
}
