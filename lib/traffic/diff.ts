import { AddressFamily } from '../model/address-family';
import { isWhole, rangeText } from './address-space';
import { trafficDifference } from './algebra';
import { DocumentedRowIndex } from './asked-for';
import { boxChanges, boxKey, type BoxChange } from './box-changes';
import type { Configuration } from './configuration';
import { ANY_MACHINE, type GroupName } from './names';
import { packetIn } from './packet';
import { permittedBy } from './permitted-by';
import { pairKey, type Cell, type Pair, type PermittedTraffic } from './permitted-traffic';
import { portTexts } from './port-space';
import type { Region } from './region';
import type { Rule } from './rule';
import { RuleIndex } from './rule-index';
import { mention } from './rule-mention';
import { CHANGE_KINDS, type Change, type ChangeKind, type Reach, type TrafficDiff } from './traffic-diff';
import { unreadChanges } from './unread-changes';
import type { Box } from './widest-boxes';

/** Compares what two configurations permit. Order, spelling, splitting and merging of rules make no difference. */
export function diff(before: Configuration, after: Configuration): TrafficDiff {
  const [old, now] = [permittedBy(before.rules), permittedBy(after.rules)];
  const found = joinedMoves(joinedFamilies(changesOf(old, now)));
  const asked = new DocumentedRowIndex([before, after]);
  const [oldRules, nowRules] = [indexFor(found, before.rules), indexFor(found, after.rules)];
  const changes = found
    .map((change) => toChange(change, isGain(change) ? nowRules : oldRules, asked))
    .sort((a, b) => CHANGE_KINDS.indexOf(a.kind) - CHANGE_KINDS.indexOf(b.kind));
  return {
    changes,
    counts: Object.fromEntries(
      CHANGE_KINDS.map((kind) => [kind, changes.filter((one) => one.kind === kind).length]),
    ) as Record<ChangeKind, number>,
    world: changes.filter(({ isWorld }) => isWorld).length,
    notEvaluated: {
      before: before.notEvaluated,
      after: after.notEvaluated,
      changed: unreadChanges(before.notEvaluated, after.notEvaluated),
    },
  };
}

interface PairChange extends Omit<BoxChange, 'kind'> {
  readonly kind: ChangeKind;
  readonly pair: Pair;
  readonly movedFrom?: GroupName;
  /** Whether the same became of machines of a name over IPv6. */
  readonly isOfBothFamilies?: boolean;
}

function changesOf(old: PermittedTraffic, now: PermittedTraffic): PairChange[] {
  const [gained, lost] = [trafficDifference(now, old), trafficDifference(old, now)];
  const pairs = new Map<string, Cell>([...gained.cells, ...lost.cells].map((cell) => [pairKey(cell), cell]));
  const sorted = [...pairs].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.flatMap(([, pair]) =>
    boxChanges(old.at(pair), now.at(pair), saidAt(gained, pair), saidAt(lost, pair)).map((change) => ({
      ...change,
      pair,
    })),
  );
}

function saidAt(traffic: PermittedTraffic, pair: Pair): Region {
  return (traffic.cellAt(pair)?.overrides ?? []).filter(({ addresses }) => addresses.length > 0);
}

/** What became of the machines of a name over both families is one change. */
function joinedFamilies(changes: readonly PairChange[]): PairChange[] {
  const keyOf = ({ kind, pair, box, others }: PairChange): string =>
    [
      kind,
      pair.direction,
      pair.network,
      pair.group,
      pair.peer,
      ...[box, ...others].map(({ from, to }) => `${from}-${to}`),
    ].join('|');
  const ofName = changes.filter(({ pair, box, others }) => {
    const isOfName = pair.peer !== ANY_MACHINE && !pair.peer.startsWith('unknown:');
    return isOfName && [box, ...others].every(({ range }) => isWhole(pair.family, range));
  });
  const over = (family: AddressFamily): Map<string, PairChange> =>
    new Map(ofName.filter(({ pair }) => pair.family === family).map((change) => [keyOf(change), change]));
  const [first, second] = [over(AddressFamily.IPV4), over(AddressFamily.IPV6)];
  const [whole, left] = [new Set<PairChange>(), new Set<PairChange>()];
  for (const [key, change] of first) {
    const other = second.get(key);
    if (other) {
      whole.add(change);
      left.add(other);
    }
  }
  return changes
    .filter((change) => !left.has(change))
    .map((change) => (whole.has(change) ? { ...change, isOfBothFamilies: true } : change));
}

/** What was closed at one group and opened just so at another has moved. */
function joinedMoves(changes: readonly PairChange[]): PairChange[] {
  const closed = new Map<string, PairChange[]>();
  for (const change of changes.filter(({ kind }) => kind === 'closed')) {
    closed.set(moveKey(change), [...(closed.get(moveKey(change)) ?? []), change]);
  }
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
  return [pair.direction, pair.network, pair.peer, pair.family, boxKey(box)].join('|');
}

function isGain({ kind }: PairChange): boolean {
  return kind === 'opened' || kind === 'widened' || kind === 'moved';
}

/** An index of the rules of the groups that have changed. */
function indexFor(changes: readonly PairChange[], rules: readonly Rule[]): RuleIndex {
  const networks = new Set(changes.map(({ pair }) => pair.network).filter((network) => network !== ''));
  const groups = new Set<string>(changes.map(({ pair }) => pair.group));
  return new RuleIndex(
    rules.filter((rule) => networks.has(rule.network) || rule.groups.some((group) => groups.has(group))),
  );
}

function toChange(change: PairChange, rules: RuleIndex, asked: DocumentedRowIndex): Change {
  const { kind, pair, box, others, difference, movedFrom, isOfBothFamilies } = change;
  const { direction, network, group, peer, family } = pair;
  const [first] = difference;
  const reaches = { whole: [reachOf(change, box)], others: others.map((other) => reachOf(change, other)) };
  const [before, after] = isGain(change) ? [reaches.others, reaches.whole] : [reaches.whole, reaches.others];
  const matching = rules.matching({ pair, port: first.from, address: first.addresses[0] });
  return {
    kind,
    direction,
    ...(network === '' ? {} : { network }),
    group,
    ...(movedFrom === undefined ? {} : { movedFrom }),
    peer,
    ...(isOfBothFamilies ? {} : { family }),
    before: kind === 'moved' ? reaches.whole : before,
    after,
    isWorld: isGain(change) && direction === 'ingress' && peer === ANY_MACHINE && isWhole(family, box.range),
    witness: packetIn(pair, first),
    rules: matching.map((rule) => mention(rule, asked)),
  };
}

function reachOf({ pair: { peer, family }, isOfBothFamilies }: PairChange, { from, to, range }: Box): Reach {
  const ports = portTexts([from, to]);
  if (peer === ANY_MACHINE) return { ports, peer: rangeText(family, range) };
  if (isOfBothFamilies) return { ports, peer };
  if (!isWhole(family, range)) return { ports, peer: `${peer} in ${rangeText(family, range)}` };
  return { ports, peer: `${peer} over ${family === AddressFamily.IPV4 ? 'IPv4' : 'IPv6'}` };
}
