import { shown } from '../../input';
import { clusterOfPods, clustersOf, mayBeOneCluster, withPodsIn } from '../clusters';
import type { Configuration } from '../configuration';
import { coversName } from '../permitted';
import type { Direction, GroupName } from '../rule';
import type { EndAnswer, GateAnswer, Verdict } from './answer';
import { EndFinder, type QuestionEnd } from './ends';
import { NETWORK_POLICIES } from './gates';

type Side = 'source' | 'destination';

const DIRECTIONS: Readonly<Record<Side, Direction>> = { source: 'egress', destination: 'ingress' };

/** What a question is about. */
interface Ends {
  readonly from: string;
  readonly to: string;
  readonly fromIp?: string;
  readonly toIp?: string;
  readonly network?: string;
}

/** What clusters decide about an answer. */
interface AnswerAboutPods extends Readonly<Record<Side, EndAnswer>> {
  readonly verdict: Verdict;
  readonly parts?: unknown;
  readonly gates: readonly GateAnswer[];
  readonly refusedBy?: GateAnswer;
}

/** A different cluster that may be that of pods of the question. */
interface PossibleCluster {
  readonly own: string;
  readonly other: string;
}

/**
 * Explains a packet in each cluster that its pods may be in: the network policies of two stacks add up if both are for one cluster, and if
 * nothing says so, each of them may be. What is the same in every case is the answer. The policies of the other cluster that select the
 * pods are a gate that is not evaluated.
 */
export function inPossibleClusters<Q extends Ends, A extends AnswerAboutPods>(
  configuration: Configuration,
  question: Q,
  explained: (configuration: Configuration, question: Q) => A,
): A {
  const answer = explained(configuration, question);
  const clusters = (configuration.isolatedPods ?? []).length === 0 ? [] : clustersOf(configuration);
  if (clusters.length < 2) return answer;
  const { network } = question;
  const finder = new EndFinder(configuration);
  const ends = {
    source: finder.find(question.from, question.fromIp, { name: '--from', ipAddress: '--from-ip', network }),
    destination: finder.find(question.to, question.toIp, { name: '--to', ipAddress: '--to-ip', network }),
  };
  const possible = possibleClusters(ends, clusters, configuration);
  if (possible.length === 0) return answer;
  const together = new Map(possible.map(({ own, other }) => [other, own]));
  const cases = [...possible.map(({ own, other }) => new Map([[other, own]])), together];
  const answers = cases.map((renamed) => {
    const text = (side: Side, given: string): string => nameIn(ends[side], given, renamed);
    const asked = { ...question, from: text('source', question.from), to: text('destination', question.to) };
    return explained(withPodsIn(configuration, renamed), asked);
  });
  return joined(answer, answers, { ends, possible, configuration });
}

function groupsOf(end: QuestionEnd): GroupName[] {
  return (end.candidates ?? [end]).flatMap((one) => one.end.groups);
}

function clustersOfEnd(end: QuestionEnd): string[] {
  return [...new Set(groupsOf(end).flatMap((group) => clusterOfPods(group) ?? []))];
}

/** Returns the name of an end if its pods may be in a different cluster. */
function nameIn(end: QuestionEnd, text: string, renamed: ReadonlyMap<string, string>): string {
  const groups = groupsOf(end);
  const cluster = groups.length === 1 ? clusterOfPods(groups[0]) : undefined;
  return cluster === undefined ? text : inCluster(groups[0], renamed.get(cluster) ?? cluster);
}

function inCluster<T extends GroupName>(group: T, cluster: string): T {
  return `pods:${cluster}${group.slice('pods:'.length + (clusterOfPods(group) ?? '').length)}` as T;
}

/** Returns the clusters that may be those of the pods, and whose policies select them or whose pods are the other end. */
function possibleClusters(
  ends: Readonly<Record<Side, QuestionEnd>>,
  clusters: readonly string[],
  configuration: Configuration,
): PossibleCluster[] {
  const both = [...new Set([...clustersOfEnd(ends.source), ...clustersOfEnd(ends.destination)])];
  const concerns = (own: string, other: string): boolean =>
    both.includes(other) ||
    (['source', 'destination'] as const).some((side) => policiesFor(side, ends[side], { own, other }, configuration));
  return both.flatMap((own, at) =>
    clusters
      .filter((other) => other !== own && !both.slice(0, at).includes(other))
      .filter((other) => mayBeOneCluster(own, other, configuration) && concerns(own, other))
      .map((other) => ({ own, other })),
  );
}

/** Whether policies of a different cluster select the pods of an end. */
function policiesFor(
  side: Side,
  end: QuestionEnd,
  { own, other }: PossibleCluster,
  { isolatedPods = [] }: Configuration,
): boolean {
  const groups = groupsOf(end).filter((group) => clusterOfPods(group) === own);
  return groups.some((group) =>
    isolatedPods.some(
      (isolated) =>
        isolated.direction === DIRECTIONS[side] && coversName<GroupName>(isolated.group, inCluster(group, other)),
    ),
  );
}

/** The ends of a question, and the clusters that they may be in. */
interface Possibilities {
  readonly ends: Readonly<Record<Side, QuestionEnd>>;
  readonly possible: readonly PossibleCluster[];
  readonly configuration: Configuration;
}

function joined<A extends AnswerAboutPods>(answer: A, cases: readonly A[], possibilities: Possibilities): A {
  const { ends, possible } = possibilities;
  const isUncertain = (side: Side): boolean => cases.some((each) => each[side].verdict !== answer[side].verdict);
  const end = (side: Side): EndAnswer => {
    if (!isUncertain(side)) return answer[side];
    return { ...answer[side], nearest: undefined, verdict: 'not known', reason: reasonFor(side, ends, possible) };
  };
  const isSame = cases.every(({ verdict }) => verdict === answer.verdict) && !SIDES.every(isUncertain);
  const gates = SIDES.reduce(
    (all, side) => withGates(side, all, end(side), possibilities),
    answer.gates.map((gate) =>
      gate.kind === NETWORK_POLICIES && isUncertain(gate.end)
        ? { ...gate, verdict: 'not known' as const, reason: reasonFor(gate.end, ends, possible) }
        : gate,
    ),
  );
  return {
    ...answer,
    verdict: isSame ? answer.verdict : 'not known',
    parts: isSame ? answer.parts : undefined,
    source: end('source'),
    destination: end('destination'),
    gates,
    refusedBy: gates.find(({ verdict }) => verdict === 'refused'),
  };
}

const SIDES = ['source', 'destination'] as const;

function reasonFor(side: Side, ends: Possibilities['ends'], possible: readonly PossibleCluster[]): string {
  const own = clustersOfEnd(ends[side]);
  const pairs = possible.filter((one) => own.includes(one.own) || own.includes(one.other));
  const names = [...new Set((pairs.length === 0 ? possible : pairs).flatMap((one) => [one.own, one.other]))];
  return `nothing says whether ${names.map(clusterText).join(' and ')} are one cluster`;
}

function clusterText(cluster: string): string {
  return shown(cluster === '' ? 'kubernetes' : cluster.replace(/\/$/, ''));
}

/** Adds the policies of other clusters that select the pods of an end, after its own. */
function withGates(
  side: Side,
  gates: readonly GateAnswer[],
  { name }: EndAnswer,
  { ends, possible, configuration }: Possibilities,
): GateAnswer[] {
  const added = possible
    .flatMap(({ own, other }) => [
      { own, other },
      { own: other, other: own },
    ])
    .filter((one) => policiesFor(side, ends[side], one, configuration))
    .map(({ own, other }): GateAnswer => {
      const group = groupsOf(ends[side]).find((each) => clusterOfPods(each) === own);
      return {
        kind: NETWORK_POLICIES,
        end: side,
        packet: 'request',
        name: group === undefined ? name : inCluster(group, other),
        verdict: 'not evaluated',
        reason: `nothing says whether ${clusterText(own)} and ${clusterText(other)} are one cluster`,
        rules: [],
      };
    });
  const own = gates.map((gate) => gate.kind === NETWORK_POLICIES && gate.end === side).lastIndexOf(true);
  const at = own >= 0 ? own + 1 : side === 'source' ? 0 : gates.length;
  return [...gates.slice(0, at), ...added, ...gates.slice(at)];
}
