import { grouped } from '../../input';
import { AddressFamily, DEFAULT_WORLD_THRESHOLD, FAMILY_NAMES, type WorldThreshold } from '../../net';
import type { Configuration, Gate, NotEvaluated } from '../configuration';
import { type AskedTraffic, DocumentedRowIndex, mention, type RuleMention } from '../documented-row';
import {
  allowedBy,
  changedPairs,
  hasBroaderPairs,
  NarrowerNames,
  type Packet,
  packetIn,
  type Pair,
  type PairBox,
  pairKey,
  permittedBy,
  type TrafficSet,
  RuleIndex,
  hasBroaderNames,
} from '../permitted';
import {
  ALL_INSTANCES,
  ANY_MACHINE,
  type Direction,
  type GroupName,
  type PeerName,
  resourceAddress,
  type Rule,
} from '../rule';
import { type Box, existsIn, isPublic, isWhole, isWorldWide, portTexts, type Region, writtenText } from '../sets';
import type { ShownBox, Side } from './around-denies';
import { type BoxChange, boxChanges, shownKey } from './box-changes';
import { withFormerNames } from './former-names';
import { changesByPolicyOrder } from './policy-orders';
import { lostDenies, type PossibleChange, possibleChanges } from './possible-changes';

/** How permitted traffic changed. */
type ChangeKind =
  | 'opened'
  | 'widened'
  | 'moved'
  | 'narrowed'
  | 'closed'
  /** The firewall team is asked to open it, and was not before. */
  | 'requested'
  /** The firewall team was asked to open it, and is not any more. */
  | 'no longer requested'
  /** A construct omits it, and did not before. */
  | 'omitted'
  /** A construct omitted it, and does not any more. */
  | 'no longer omitted';

/** The kinds of changes, in the order in which results list them: the most dangerous first. */
export const CHANGE_KINDS = [
  'opened',
  'widened',
  'moved',
  'requested',
  'narrowed',
  'closed',
  'no longer requested',
  'omitted',
  'no longer omitted',
] as const satisfies readonly ChangeKind[];

const GATE_OF_KIND: Readonly<Record<ChangeKind, Gate>> = {
  opened: 'opened',
  moved: 'opened',
  widened: 'widened',
  narrowed: 'any',
  closed: 'any',
  requested: 'requested',
  'no longer requested': 'requested',
  omitted: 'any',
  'no longer omitted': 'any',
};

/** Returns the first gate that stops a change. */
export function gateOf({ kind, isWorld }: Pick<Change, 'kind' | 'isWorld'>): Gate {
  return isWorld ? 'world' : GATE_OF_KIND[kind];
}

/** Ports and a far end, as results print them. */
export interface Reach {
  /** For example `443/tcp`; several if an interval of ports spans protocols. */
  readonly ports: readonly string[];
  /** The far end: `10.0.0.0/8`, `sg:aws_security_group.web`, `tag:web in 10.0.0.0/8`. */
  readonly peer: string;
  /** What is not open of it, because rules deny it. Absent if everything is open. */
  readonly except?: readonly Reach[];
}

/** One difference between the traffic that two configurations permit. */
export interface Change {
  readonly kind: ChangeKind;
  readonly direction: Direction;
  /** The network on GCP; absent for security groups. */
  readonly network?: string;
  /** The machines whose ports are, or were, open. */
  readonly group: GroupName;
  /** The machines whose ports were open before; only for `moved`. */
  readonly movedFrom?: GroupName;
  readonly peer: PeerName;
  /** The address family; absent if the change is about machines by name, in both families. */
  readonly family?: AddressFamily;
  /** What was open before the change; for `opened`, the part of `after` that was already open. */
  readonly before: readonly Reach[];
  /** Open after the change; empty for `closed`. */
  readonly after: readonly Reach[];
  /** Whether the change opens ports to most of the internet, or to a far end that is not known and may be that. */
  readonly isWorld: boolean;
  /** A packet that passes in only one of the two configurations. */
  readonly witness: Packet;
  /** The rules that allow the witness, from the configuration in which it passes. */
  readonly rules: readonly RuleMention[];
}

/** The differences between the traffic that two configurations permit. */
export interface TrafficDiff {
  /** Sorted by kind, in the order of `CHANGE_KINDS`. */
  readonly changes: readonly Change[];
  /** The number of changes of each kind. */
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /** The number of changes that open ports to most of the internet. */
  readonly world: number;
  /** The parts of each configuration that could not be evaluated. */
  readonly notEvaluated: {
    readonly before: readonly NotEvaluated[];
    readonly after: readonly NotEvaluated[];
    /** The parts that differ, or may differ, between the two. `changes` does not show what they open. */
    readonly changed: readonly PossibleChange[];
  };
}

/** What a comparison depends on. */
interface DiffOptions {
  /**
   * Which far ends are the world.
   * @default DEFAULT_WORLD_THRESHOLD
   */
  readonly threshold?: WorldThreshold;
  /**
   * What exists before the change, if somebody changed it by hand since Terraform recorded it in `before`. What opens against either of
   * the two opens.
   * @default - what exists is what Terraform recorded
   */
  readonly existing?: Configuration;
}

/** Compares what two configurations permit. The order, spelling, splitting and merging of rules make no difference. */
export function diff(before: Configuration, after: Configuration, options: DiffOptions = {}): TrafficDiff {
  const { threshold = DEFAULT_WORLD_THRESHOLD, existing } = options;
  const found = comparison(before, after, { threshold });
  if (existing === undefined) return found;
  // names that are expressions may mean something else on each side
  const areNamesSame = [before, existing, after].every(({ dependencies }) => dependencies.size === 0);
  const isCompared = areNamesSame ? whereDifferent(before, existing, found.changes) : undefined;
  return joinedOpenings(found, comparison(existing, after, { threshold, isCompared }));
}

/**
 * Returns whether a rule is in a network, or of a group, of which one configuration has rules that the other does not have. Traffic can
 * move from one group to a different one, so the groups of all known changes are among them.
 */
function whereDifferent(one: Configuration, other: Configuration, known: readonly Change[]): (rule: Rule) => boolean {
  const [first, second] = [new Set(one.rules), new Set(other.rules)];
  const different = [
    ...one.rules.filter((rule) => !second.has(rule)),
    ...other.rules.filter((rule) => !first.has(rule)),
  ];
  const networks = new Set(different.map(({ network }) => network).filter((network) => network !== ''));
  const groups = new Set([
    ...different.filter(({ network }) => network === '').flatMap((rule) => rule.groups),
    ...known.flatMap(({ network, group, movedFrom = group }) => (network === undefined ? [group, movedFrom] : [])),
  ]);
  // what machines in a range may do follows from wider ranges too, and is shown with narrower ones
  const hasRanges = [...groups].some(isMachineRange);
  const isDifferent = (group: GroupName): boolean => groups.has(group) || (hasRanges && isMachineRange(group));
  return (rule) => (rule.network === '' ? rule.groups.some(isDifferent) : networks.has(rule.network));
}

/** Whether machines are selected by an IP range or by labels, so that a different name may have them too. */
function isMachineRange(group: GroupName): boolean {
  return hasBroaderNames(group);
}

/** Adds what opens against what exists to what changes against what Terraform recorded. */
function joinedOpenings(found: TrafficDiff, existing: TrafficDiff): TrafficDiff {
  const byReach = new Map(found.changes.map((change) => [reachKey(change), change]));
  for (const change of existing.changes.filter(isGain)) {
    const known = byReach.get(reachKey(change));
    if (known === undefined || dangerOf(change) > dangerOf(known)) byReach.set(reachKey(change), change);
  }
  const { notEvaluated } = found;
  const listed = new Set(notEvaluated.changed.map(possibleKey));
  const more = existing.notEvaluated.changed.filter((one) => one.gate !== 'any' && !listed.has(possibleKey(one)));
  return counted([...byReach.values()], { ...notEvaluated, changed: [...notEvaluated.changed, ...more] });
}

/** Identifies what a change opens or closes. */
function reachKey(change: Change): string {
  const { direction, network, group, peer, family, before, after } = change;
  return JSON.stringify([isGain(change), direction, network, group, peer, family, isGain(change) ? after : before]);
}

function dangerOf({ kind, isWorld }: Change): number {
  return (isWorld ? CHANGE_KINDS.length : 0) - CHANGE_KINDS.indexOf(kind);
}

function possibleKey({ file, address, reason, gate }: PossibleChange): string {
  return JSON.stringify([file, address, reason, gate]);
}

/** Sorts changes by kind, and counts them. */
function counted(all: readonly Change[], notEvaluated: TrafficDiff['notEvaluated']): TrafficDiff {
  const changes = [...all].sort((a, b) => CHANGE_KINDS.indexOf(a.kind) - CHANGE_KINDS.indexOf(b.kind));
  return {
    changes,
    counts: Object.fromEntries(
      CHANGE_KINDS.map((kind) => [kind, changes.filter((one) => one.kind === kind).length]),
    ) as Record<ChangeKind, number>,
    world: changes.filter(({ isWorld }) => isWorld).length,
    notEvaluated,
  };
}

/** How two configurations are compared. */
interface ComparisonOptions {
  readonly threshold: WorldThreshold;
  /**
   * Whether what a rule permits is compared.
   * @default - everything that rules permit is compared
   */
  readonly isCompared?: (rule: Rule) => boolean;
}

function comparison(
  old: Configuration,
  after: Configuration,
  { threshold, isCompared }: ComparisonOptions,
): TrafficDiff {
  const before = withFormerNames(old, after);
  const compared = (one: Configuration): Configuration =>
    isCompared === undefined ? one : { ...one, rules: one.rules.filter(isCompared) };
  const [some, other] = [compared(before), compared(after)];
  const world: World = { threshold, whole: new Set(after.notEvaluated.map(({ comparedAs }) => comparedAs)) };
  const found = pairChanges({ before: some.rules, after: other.rules }, world);
  const documented = new DocumentedRowIndex([before, after]);
  const [oldRules, nowRules] = [indexFor(found, some.rules), indexFor(found, other.rules)];
  const changes = [
    ...found
      .map((change) => toChange(change, isGain(change) ? nowRules : oldRules, documented))
      .filter((change) => !isOnlyUnread(change, after)),
    ...listChanges('requested', [before, after], documented),
    ...listChanges('omitted', [before, after], documented),
  ];
  return counted(changes, {
    before: before.notEvaluated,
    after: after.notEvaluated,
    changed: [
      ...possibleChanges(before, after, { threshold }),
      ...changesInOtherOrders(some, other, found, world),
      ...requestsNotCompared(before, after),
    ],
  });
}

/**
 * Whether it is not known that a hostname is closed: the rules that allowed it still exist, and could not be evaluated, such as those with a
 * URL list that has `*`. The result lists them as not evaluated.
 */
function isOnlyUnread({ kind, peer, rules }: Change, after: Configuration): boolean {
  if (!['closed', 'narrowed'].includes(kind) || !peer.startsWith('host:')) return false;
  const addresses = new Set(rules.map(resourceAddress));
  const isOf = (one: { readonly address: string }): boolean => addresses.has(resourceAddress(one));
  return after.notEvaluated.some(isOf) && !after.rules.some(isOf);
}

/** Compares what the firewall team is asked to open, or what constructs omit, if both configurations can tell. */
function listChanges(
  what: 'requested' | 'omitted',
  [{ [what]: old }, { [what]: now }]: readonly [Configuration, Configuration],
  documented: DocumentedRowIndex,
): Change[] {
  if (old === undefined || now === undefined) return [];
  const world: World = { threshold: DEFAULT_WORLD_THRESHOLD, whole: new Set() };
  const found = joinedFamilies(changesOf({ before: old, after: now }, world));
  const [oldRules, nowRules] = [new RuleIndex(old), new RuleIndex(now)];
  return found.map((change) => ({
    ...toChange(change, isGain(change) ? nowRules : oldRules, documented),
    kind: isGain(change) ? what : `no longer ${what}`,
    isWorld: false,
  }));
}

/** Reports requests that only one of the two configurations can tell. */
function requestsNotCompared(before: Configuration, after: Configuration): PossibleChange[] {
  const known = before.requested ?? after.requested ?? [];
  if (known.length === 0 || (before.requested === undefined) === (after.requested === undefined)) return [];
  const { file } = before.requested === undefined ? before : after;
  const reason = 'a plan or a state does not contain what the firewall team is asked to open';
  return [{ file, address: 'access requests', reason, gate: 'requested' }];
}

/** Returns what changes only if the firewall policies of a network are evaluated in an order that is not known. */
function changesInOtherOrders(
  before: Configuration,
  after: Configuration,
  known: readonly PairChange[],
  world: World,
): PossibleChange[] {
  const reported = new Set([
    ...known.map(changeKey),
    ...lostDenies(before.rules, after.rules).map(({ address }) => address),
  ]);
  return changesByPolicyOrder(before, after).flatMap(({ before: old, after: now, text }) => {
    const other = pairChanges({ before: old, after: now }, world).filter((change) => !reported.has(changeKey(change)));
    other.forEach((change) => reported.add(changeKey(change)));
    const changes = other.map((change): PossibleChange => {
      const { kind, pair, box } = change;
      const { ports, peer, except = [] } = reachOf(change, box);
      const [at, from] = pair.direction === 'ingress' ? ['of', 'to'] : ['from', 'to'];
      const denied = except.map((one) => `${one.ports.join(', ')} ${from} ${one.peer}`);
      const not = denied.length === 0 ? '' : ` (not ${denied.join(', ')})`;
      const what = `${ports.join(', ')} ${at} ${pair.group} ${from} ${peer}${not} is ${kind}`;
      const reason = `${what}, if its firewall policies are evaluated ${text}`;
      return { file: after.file, address: pair.network, reason, gate: gateOf(change) };
    });
    const denies = lostDenies(old, now).filter(({ address }) => !reported.has(address));
    denies.forEach(({ address }) => reported.add(address));
    return [...changes, ...denies];
  });
}

function changeKey({ kind, pair, box, isWorld }: PairChange): string {
  return [kind, isWorld, pairKey(pair), shownKey(box)].join(' ');
}

interface PairChange extends Omit<BoxChange, 'kind'> {
  readonly kind: ChangeKind;
  readonly pair: Pair;
  /** What a wildcard or a wider range of machines replaces, or leaves open. */
  readonly narrower?: readonly PairBox[];
  readonly movedFrom?: GroupName;
  /** Whether it opens ports to most of the internet. */
  readonly isWorld: boolean;
  /** The far end that it replaces, if neither is known. */
  readonly replaced?: PeerName;
  /** Whether the same change applies to IPv6. */
  readonly isOfBothFamilies?: boolean;
}

/** The rules of both sides of a change. */
interface BothSides {
  readonly before: readonly Rule[];
  readonly after: readonly Rule[];
}

/** Returns what changes between two ends, with changes joined that are one. */
function pairChanges(rules: BothSides, world: World): PairChange[] {
  return joinedMoves(joinedUnknown(joinedFamilies(changesOf(rules, world))));
}

function changesOf({ before: old, after: now }: BothSides, world: World): PairChange[] {
  const [allowedBefore, allowedAfter] = [old, now].map(allowedAt);
  const found = changedPairs(old, now).flatMap(({ pair, before, after, gained, lost }): PairChange[] => {
    const sides: [Side, Side] = [
      { permitted: before, allowed: () => allowedBefore(pair) ?? before },
      { permitted: after, allowed: () => allowedAfter(pair) ?? after },
    ];
    return boxChanges(...sides, { gained, lost }).map((change) => ({
      ...change,
      pair,
      isWorld:
        isGain(change) && pair.direction === 'ingress' && opensWorld(change, { pair, before, after, gained, world }),
    }));
  });
  return joinedNames(found, { before: old, after: now });
}

/** Joins a wildcard, or a wider range of machines, with the narrower names of the other side: it has widened or narrowed. */
function joinedNames(changes: readonly PairChange[], { before: old, after: now }: BothSides): PairChange[] {
  if (!changes.some(({ pair }) => hasBroaderPairs(pair))) return [...changes];
  const [were, are] = [old, now].map((rules) => permittedBy(rules.filter(({ network }) => network === '')));
  const sides = { opened: new NarrowerNames(were), closed: new NarrowerNames(are) };
  return changes.map((change) => {
    if (change.kind !== 'opened' && change.kind !== 'closed') return change;
    const narrower = sides[change.kind].within(change.pair, change.box);
    if (narrower.length === 0) return change;
    return { ...change, kind: change.kind === 'opened' ? 'widened' : 'narrowed', narrower };
  });
}

/** Returns what would pass between two ends if no rule denied anything; nothing if none of their network does. */
function allowedAt(rules: readonly Rule[]): (pair: Pair) => Region | undefined {
  let denying: ReadonlySet<string> | undefined;
  let allowed: TrafficSet | undefined;
  return (pair) => {
    const networks = (denying ??= new Set(
      rules.filter(({ action }) => action !== 'allow').map(({ network }) => network),
    ));
    if (!networks.has(pair.network)) return undefined;
    allowed ??= allowedBy(rules.filter(({ action, network }) => action === 'allow' && networks.has(network)));
    return allowed.at(pair);
  };
}

/** Google accepts an address without a prefix length, so that a reference to one is most likely the whole value. */
const IS_GOOGLE = /[:./]google_/;

/** Which far ends are the world. */
interface World {
  readonly threshold: WorldThreshold;
  /** The names of which the expression is the whole value. A plan does not say what follows a reference to an address: it may be `/0`. */
  readonly whole: ReadonlySet<PeerName | undefined>;
}

/** What is open between two ends, before and after. */
interface ChangedPair {
  readonly pair: Pair;
  readonly before: Region;
  readonly after: Region;
  readonly gained: Region;
  readonly world: World;
}

/** The clouds whose resources get their addresses from the cloud: those of other providers may be any text that a person wrote. */
const CLOUD =
  'alicloud|aws|awscc|azurerm|civo|digitalocean|equinix|exoscale|google|hcloud|huaweicloud|ibm|linode|oci|opentelekomcloud|openstack|ovh|' +
  'scaleway|stackit|tencentcloud|upcloud|vultr|yandex';
const LAST = 'address|ip_address|public_ip|private_ip|public_ipv4|ipv4_address|nat_ip|network_ip';
const ADDRESS = String.raw`(?:data\.)?(?:${CLOUD})_\w+\.[\w-]+(?:\[(?:\d+|"[^"]*")\])?(?:\.(?!outputs?\b)\w+(?:\[\d+\])?)*?\.(?:${LAST})`;
/** A far end that refers to the address of one machine, or to an address that is reserved for one. */
const ONE_ADDRESS = new RegExp(String.raw`^unknown:(?:[\w.-]+/)?(?:${ADDRESS}|\$\{\s*${ADDRESS}\s*\}/(?:32|128))$`);

/**
 * Whether a change opens ports to most of the internet: what opens between the two ends at one of its ports is world-wide, or everything
 * that is open there is, and was not. Far ends that are not known may be any IP address.
 */
function opensWorld({ difference }: BoxChange, { pair, before, after, gained, world }: ChangedPair): boolean {
  const { peer, family } = pair;
  const { threshold, whole } = world;
  if (/^(?:unknown|list):/.test(peer)) return !(ONE_ADDRESS.test(peer) && (whole.has(peer) || IS_GOOGLE.test(peer)));
  if (peer !== ANY_MACHINE) return false;
  return difference.some(({ from, to, addresses }) => {
    if (!isPublic(family, addresses)) return false;
    const isWide = (region: Region): boolean =>
      region.some((slab) => slab.to > from && slab.from < to && isWorldWide(family, slab.addresses, threshold));
    return isWide(gained) || (isWide(after) && !isWide(before));
  });
}

/** Joins equal changes of IPv4 and IPv6 into one, if they are about machines by name. */
function joinedFamilies(changes: readonly PairChange[]): PairChange[] {
  const named = changes.filter(({ pair, box, counterparts }) => {
    const isNamed = pair.peer !== ANY_MACHINE && !pair.peer.startsWith('unknown:');
    return isNamed && allBoxes([box, ...counterparts]).every(({ range }) => isWhole(pair.family, range));
  });
  const inFamily = (family: AddressFamily): Map<string, PairChange> =>
    new Map(named.filter(({ pair }) => pair.family === family).map((change) => [familyKey(change), change]));
  const [inIpv4, inIpv6] = [inFamily(AddressFamily.IPV4), inFamily(AddressFamily.IPV6)];
  const [joined, dropped] = [new Set<PairChange>(), new Set<PairChange>()];
  for (const [key, change] of inIpv4) {
    const equal = inIpv6.get(key);
    if (equal) {
      joined.add(change);
      dropped.add(equal);
    }
  }
  return changes
    .filter((change) => !dropped.has(change))
    .map((change) => (joined.has(change) ? { ...change, isOfBothFamilies: true } : change));
}

function familyKey({ kind, pair, box, counterparts }: PairChange): string {
  const ports = [box, ...counterparts].map((one) => allBoxes([one]).map(({ from, to }) => `${from}-${to}`));
  return [kind, pair.direction, pair.network, pair.group, pair.peer, ...ports.map((some) => some.join(' '))].join('|');
}

/** Returns boxes, and what is not permitted of them. */
function allBoxes(boxes: readonly ShownBox[]): Box[] {
  return boxes.flatMap((box) => [box, ...box.except]);
}

/**
 * Joins far ends that are not known, if one takes the place of the other: they may permit more than before, and they may already have
 * permitted everything.
 */
function joinedUnknown(changes: readonly PairChange[]): PairChange[] {
  const isOfUnknown = ({ pair }: PairChange): boolean => pair.peer.startsWith('unknown:');
  const placeOf = ({ pair, box }: PairChange): string =>
    [pair.direction, pair.network, pair.group, pair.family, shownKey(box)].join('|');
  const closed = grouped(
    changes.filter((one) => one.kind === 'closed' && isOfUnknown(one)),
    placeOf,
  );
  const gone = new Set<PairChange>();
  const joined = changes.map((change): PairChange => {
    const former = change.kind === 'opened' && isOfUnknown(change) ? closed.get(placeOf(change))?.shift() : undefined;
    if (former === undefined) return change;
    gone.add(former);
    return { ...change, kind: 'widened', isWorld: false, replaced: former.pair.peer, counterparts: [former.box] };
  });
  return joined.filter((change) => !gone.has(change));
}

/** Joins traffic that closed for one group and opened unchanged for a different one: it has moved. */
function joinedMoves(changes: readonly PairChange[]): PairChange[] {
  const closed = grouped(
    changes.filter(({ kind }) => kind === 'closed'),
    moveKey,
  );
  const gone = new Set<PairChange>();
  const moved = changes.map((change): PairChange => {
    const from = change.kind === 'opened' ? closed.get(moveKey(change))?.shift() : undefined;
    if (from === undefined) return change;
    gone.add(from);
    return { ...change, kind: 'moved', movedFrom: from.pair.group };
  });
  return moved.filter((change) => !gone.has(change));
}

function moveKey({ pair, box }: PairChange): string {
  return [pair.direction, pair.network, pair.peer, pair.family, shownKey(box)].join('|');
}

function isGain({ kind }: { readonly kind: ChangeKind }): boolean {
  return kind === 'opened' || kind === 'widened' || kind === 'moved';
}

/** An index of the rules that apply to the groups with changes. */
function indexFor(changes: readonly PairChange[], rules: readonly Rule[]): RuleIndex {
  const networks = new Set(changes.map(({ pair }) => pair.network));
  const groups = new Set<GroupName>([ALL_INSTANCES, ...changes.map(({ pair }) => pair.group)]);
  // rules for wider ranges of machines may apply to those of a change
  const isOfChange = (group: GroupName): boolean => groups.has(group) || isMachineRange(group);
  return new RuleIndex(rules.filter((rule) => networks.has(rule.network) && rule.groups.some(isOfChange)));
}

function toChange(change: PairChange, rules: RuleIndex, documented: DocumentedRowIndex): Change {
  const {
    kind,
    pair,
    box,
    counterparts,
    difference,
    movedFrom,
    isOfBothFamilies,
    isWorld,
    replaced = pair.peer,
  } = change;
  const { direction, network, group, peer, family } = pair;
  const [first] = difference;
  const reach = [reachOf(change, box)];
  const counterpart = change.narrower?.map((one) => narrowerReach(change, one)) ?? [
    ...counterparts.map((one) => reachOf({ ...change, pair: { ...pair, peer: replaced } }, one)),
  ];
  const [before, after] = isGain(change) ? [counterpart, reach] : [reach, counterpart];
  const matching = rules.matching({ pair, port: first.from, address: first.addresses[0] });
  return {
    kind,
    direction,
    ...(network === '' ? {} : { network }),
    group,
    ...(movedFrom === undefined ? {} : { movedFrom }),
    peer,
    ...(isOfBothFamilies ? {} : { family }),
    before: kind === 'moved' ? reach : before,
    after,
    isWorld,
    witness: packetIn(pair, first),
    rules: matching.map((rule) => mention(rule, documented, changedTraffic(change))),
  };
}

/** What a change is about: rows for other ports and hostnames of its rules are not a reason for it. */
function changedTraffic({ pair, difference }: PairChange): AskedTraffic {
  return { ports: difference.map(({ from, to }) => [from, to]), peers: [pair.peer] };
}

/** Names the machines too, if they are not those of the change. */
function narrowerReach(change: PairChange, { pair, box }: PairBox): Reach {
  const reach = plainReach({ ...change, pair }, box);
  return pair.group === change.pair.group ? reach : { ...reach, peer: `${reach.peer} from ${pair.group}` };
}

function reachOf(change: PairChange, { except, ...box }: ShownBox): Reach {
  const reach = plainReach(change, box);
  return except.length === 0 ? reach : { ...reach, except: except.map((one) => plainReach(change, one)) };
}

function plainReach({ pair: { peer, family }, isOfBothFamilies }: PairChange, { from, to, range }: Box): Reach {
  const ports = portTexts([from, to]);
  if (peer === ANY_MACHINE) return { ports, peer: writtenText(family, range) };
  const other = family === AddressFamily.IPV4 ? AddressFamily.IPV6 : AddressFamily.IPV4;
  if (isOfBothFamilies || (isWhole(family, range) && !existsIn(other, [from, to]))) return { ports, peer };
  if (!isWhole(family, range)) return { ports, peer: `${peer} in ${writtenText(family, range)}` };
  return { ports, peer: `${peer} over ${FAMILY_NAMES[family]}` };
}
