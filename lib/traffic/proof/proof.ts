import { refusal } from '../../input';
import { type ProvenanceJson, rulesOf } from '../../provenance';
import type { NotEvaluated } from '../configuration';
import {
  allowedBy,
  type Packet,
  type Pair,
  PermittedTraffic,
  trafficDifference,
  type TrafficRow,
  trafficRows,
  witnesses,
} from '../permitted';
import { AwsNames, GcpNames, prefixLists, readRules } from '../read';
import { ALL_INSTANCES } from '../rule';
import {
  type JsonObject,
  provenanceIn,
  synthesizedResources,
  type SynthesizedResources,
  terraformKind,
} from '../terraform';
import { type ProvenanceContext, requestedRules, selectedGroups } from './requested-rules';

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
  const { rules, notEvaluated } = readRules(resources, file, 'synthesized');
  const context = contextOf(object, file, resources);
  const needed = allowedBy(requestedRules(provenance, context));
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
  { peers }: ProvenanceJson,
  context: ProvenanceContext,
): { extra: PermittedTraffic; elsewhere: PermittedTraffic } {
  const selected = peers.flatMap((peer) => selectedGroups(peer, context));
  const groups = new Set(selected.map(({ group, network }) => `${network}|${group}`));
  const networks = new Set(selected.map(({ network }) => network).filter((network) => network !== ''));
  const hasFlows = ({ group, network }: Pair): boolean =>
    groups.has(`${network}|${group}`) || (group === ALL_INSTANCES && networks.has(network));
  return {
    extra: new PermittedTraffic(traffic.cells.filter(hasFlows), false),
    elsewhere: new PermittedTraffic(
      traffic.cells.filter((cell) => !hasFlows(cell)),
      false,
    ),
  };
}

/** Leaves out the rules for hostnames: they have no IP ranges to compare. */
function resourcesOfFlows(json: JsonObject, file: string, { hostnames = [] }: ProvenanceJson): SynthesizedResources {
  const ofHostnames = new Set(hostnames.flatMap(rulesOf));
  const { resources, ...rest } = synthesizedResources(json, file, { projects: 'as written' });
  return { ...rest, resources: resources.filter(({ block }) => !ofHostnames.has(block.address)) };
}

function contextOf(
  json: JsonObject,
  file: string,
  { resources, data, evaluate }: SynthesizedResources,
): ProvenanceContext {
  const all = [...resources, ...data];
  const aws = new AwsNames(all);
  const lists = prefixLists(all, aws);
  return { file, stack: stackName(json), aws, lists, gcp: new GcpNames(all), evaluate };
}

function stackName(json: JsonObject): string {
  const metadata = (json['//'] as JsonObject | undefined)?.metadata as JsonObject | undefined;
  return String(metadata?.stackName);
}

function passing(traffic: PermittedTraffic): TrafficRow[] {
  return trafficRows(traffic).filter(({ permitted }) => permitted);
}
