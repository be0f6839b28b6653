import type { ProvenanceJson } from '../../provenance';
import type { NotEvaluated } from '../configuration';
import {
  allowedBy,
  coversName,
  type Packet,
  type Pair,
  TrafficSet,
  trafficDifference,
  type TrafficRow,
  trafficRows,
  witnesses,
} from '../permitted';
import { machinesBehind, neededHostnames, neededRules, type ProvenanceContext, selectedGroups } from '../read';
import { ALL_INSTANCES } from '../rule';
import { readProvenStack } from './proven-stack';

/** The differences between the rules of a stack and its flows. */
interface Proof {
  /** Whether the rules permit exactly what the flows need, and all rules could be evaluated. */
  readonly isExact: boolean;
  /** Traffic that flows need and no rule permits. */
  readonly missing: readonly TrafficRow[];
  /** Traffic of the flows' groups that rules permit and no flow needs. */
  readonly extra: readonly TrafficRow[];
  /** One packet for each pair of ends with missing traffic. */
  readonly missingPackets: readonly Packet[];
  /** One packet for each pair of ends with extra traffic. */
  readonly extraPackets: readonly Packet[];
  /** Traffic that is permitted for groups without flows. */
  readonly elsewhere: readonly TrafficRow[];
  /** The rules that could not be evaluated, or only in part. */
  readonly notEvaluated: readonly NotEvaluated[];
}

/**
 * Compares the rules of a synthesized stack with the flows in its provenance.
 *
 * The traffic that flows need is derived from their ends and ports only, never from the rules.
 */
export function proof(json: unknown, file: string): Proof {
  const { provenance, context, rules, notEvaluated } = readProvenStack(json, file);
  const needed = allowedBy([...neededRules(provenance, context), ...neededHostnames(provenance, context)]);
  const permitted = allowedBy(rules);
  const missing = trafficDifference(needed, permitted);
  const { extra, elsewhere } = splitByFlows(trafficDifference(permitted, needed), provenance, context);
  const parts = { missing: passing(missing), extra: passing(extra) };
  const isEvaluated = notEvaluated.every(({ comparedAs }) => comparedAs !== undefined);
  return {
    isExact: parts.missing.length + parts.extra.length === 0 && isEvaluated,
    ...parts,
    missingPackets: witnesses(missing),
    extraPackets: witnesses(extra),
    elsewhere: passing(elsewhere),
    notEvaluated,
  };
}

/** Separates traffic of the groups that flows are about from all other traffic. */
function splitByFlows(
  traffic: TrafficSet,
  { peers, flows, hostnames = [] }: ProvenanceJson,
  context: ProvenanceContext,
): { extra: TrafficSet; elsewhere: TrafficSet } {
  const ends = new Set([
    ...flows.flatMap(({ source, destination }) => [source, destination]),
    ...hostnames.map(({ clients }) => clients),
  ]);
  const selected = peers.flatMap((peer, at) => (ends.has(at) ? selectedGroups(peer, context) : []));
  const behind = hostnames.flatMap((hostname) => machinesBehind(hostname, peers, context));
  const filtered = [...new Map(behind.map((at) => [`${at.network}|${at.group}`, at])).values()];
  const keyOf = ({ group, network }: Pick<Pair, 'group' | 'network'>): string => `${network}|${group}`;
  const groups = new Set(selected.map(keyOf));
  const isBehindFilter = ({ group, network }: Pair): boolean =>
    filtered.some((at) => at.network === network && (coversName(at.group, group) || coversName(group, at.group)));
  const networks = new Set(selected.map(({ network }) => network).filter((network) => network !== ''));
  const hasFlows = (pair: Pair): boolean =>
    groups.has(keyOf(pair)) ||
    (pair.group === ALL_INSTANCES && networks.has(pair.network)) ||
    (pair.peer.startsWith('host:') && isBehindFilter(pair));
  return {
    extra: new TrafficSet(traffic.cells.filter(hasFlows), false),
    elsewhere: new TrafficSet(
      traffic.cells.filter((cell) => !hasFlows(cell)),
      false,
    ),
  };
}

function passing(traffic: TrafficSet): TrafficRow[] {
  return trafficRows(traffic).filter(({ permitted }) => permitted);
}
