import { refusal } from '../../input';
import { type ProvenanceJson, rulesOf } from '../../provenance';
import type { NotEvaluated } from '../configuration';
import {
  allowedBy,
  coversName,
  type Packet,
  type Pair,
  PermittedTraffic,
  trafficDifference,
  type TrafficRow,
  trafficRows,
  witnesses,
} from '../permitted';
import {
  machinesBehind,
  neededHostnames,
  neededRules,
  NOT_ATTACHED,
  type ProvenanceContext,
  provenanceContext,
  readRules,
  selectedGroups,
} from '../read';
import { ALL_INSTANCES, type Rule } from '../rule';
import {
  type JsonObject,
  provenanceIn,
  synthesizedResources,
  type SynthesizedResources,
  terraformKind,
} from '../terraform';

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
  const { object, provenance } = synthesizedStack(json, file);
  const resources = resourcesOfFlows(object, file, provenance);
  const read = readRules(resources, file, 'synthesized');
  const { rules } = read;
  const notEvaluated = read.notEvaluated.filter((one) => !isOfPolicy(one, rules, provenance));
  const context = provenanceContext(object, file, resources);
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

function synthesizedStack(json: unknown, file: string): { object: JsonObject; provenance: ProvenanceJson } {
  const kind = terraformKind(json, file);
  if (kind !== 'synthesized') {
    const need = 'a synthesized stack is needed, because only that has provenance';
    throw refusal(file, 'synthesized-stack-required', need, `a ${kind}`);
  }
  const object = json as JsonObject;
  const provenance = provenanceIn(object, file);
  if (provenance) return { object, provenance };
  const need = 'a stack with constructs of cdktf-cluster-ports is needed';
  throw refusal(file, 'provenance-missing', need, 'a stack without any');
}

/** Separates traffic of the groups that flows are about from all other traffic. */
function splitByFlows(
  traffic: PermittedTraffic,
  { peers, hostnames = [] }: ProvenanceJson,
  context: ProvenanceContext,
): { extra: PermittedTraffic; elsewhere: PermittedTraffic } {
  const selected = peers.flatMap((peer) => selectedGroups(peer, context));
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
    extra: new PermittedTraffic(traffic.cells.filter(hasFlows), false),
    elsewhere: new PermittedTraffic(
      traffic.cells.filter((cell) => !hasFlows(cell)),
      false,
    ),
  };
}

/** Leaves out the rules for hostnames whose filter an older version of this package did not record. */
function resourcesOfFlows(json: JsonObject, file: string, { hostnames = [] }: ProvenanceJson): SynthesizedResources {
  const ofHostnames = new Set(hostnames.filter(({ filter }) => filter === undefined).flatMap(rulesOf));
  const { resources, ...rest } = synthesizedResources(json, file, { projects: 'as written' });
  return { ...rest, resources: resources.filter(({ block }) => !ofHostnames.has(block.address)) };
}

/** Whether all that is not known about a rule for hostnames is which networks have its policy. Then the policy itself is compared. */
function isOfPolicy(missing: NotEvaluated, rules: readonly Rule[], { hostnames = [] }: ProvenanceJson): boolean {
  const { address, reason } = missing;
  return (
    reason.startsWith(NOT_ATTACHED) &&
    hostnames.some((hostname) => rulesOf(hostname).includes(address)) &&
    rules.some((rule) => rule.address === address && rule.network.startsWith('policy '))
  );
}

function passing(traffic: PermittedTraffic): TrafficRow[] {
  return trafficRows(traffic).filter(({ permitted }) => permitted);
}
