import { rulesOf, type ProvenanceJson } from '../model/provenance-json';
import { refusal } from '../model/refusal';
import { trafficDifference } from './algebra';
import { AwsNames } from './aws-names';
import { prefixLists } from './aws-prefix-lists';
import type { NotEvaluated } from './configuration';
import { GcpNames } from './gcp-names';
import { ALL_INSTANCES } from './names';
import { witnesses, type Packet } from './packet';
import { allowedBy } from './permitted-by';
import { PermittedTraffic, type Pair } from './permitted-traffic';
import { readRules } from './read-rules';
import type { ProvenanceContext } from './provenance-context';
import { requestedRules, selectedGroups } from './requested-rules';
import { synthesizedResources, type SynthesizedResources } from './synthesized-resources';
import { provenanceIn, terraformKind, type JsonObject } from './terraform-json';
import { trafficRows, type TrafficRow } from './traffic-rows';

/** What separates the rules of a stack from the flows that they were made for. */
export interface Proof {
  /** Whether the rules permit exactly what the flows need, and all of them could be read. */
  readonly isExact: boolean;
  /** What flows need and no rule permits. */
  readonly missing: readonly TrafficRow[];
  /** What rules permit at the groups of the flows, and no flow needs. */
  readonly extra: readonly TrafficRow[];
  /** A packet for everything that is missing. */
  readonly missingPackets: readonly Packet[];
  /** A packet for everything that is extra. */
  readonly extraPackets: readonly Packet[];
  /** What is permitted at groups that no flow speaks of. */
  readonly elsewhere: readonly TrafficRow[];
  /** Which rules could not be read, or not as a whole. */
  readonly notEvaluated: readonly NotEvaluated[];
}

/**
 * Compares the rules of a synthesized stack with the flows in its provenance.
 *
 * What flows need is worked out from their ends and ports; the rules that were made for them have no part in it.
 */
export function proof(json: unknown, file: string): Proof {
  const kind = terraformKind(json, file);
  if (kind !== 'synthesized') {
    throw refusal(file, 'only a synthesized stack has the flows to compare with', `a ${kind}`);
  }
  const object = json as JsonObject;
  const provenance = provenanceIn(object, file);
  if (!provenance) throw refusal(file, 'a stack must have rules of cdktf-cluster-ports', 'none');
  const resources = resourcesOfFlows(object, file, provenance);
  const { rules, notEvaluated } = readRules(resources, file, 'synthesized');
  const context = contextOf(object, file, resources);
  const needed = allowedBy(requestedRules(provenance, context));
  const permitted = allowedBy(rules);
  const known = provenance.peers.flatMap((peer) => selectedGroups(peer, context));
  const groups = new Set(known.map(({ group, network }) => `${network}|${group}`));
  const networks = new Set(known.map(({ network }) => network).filter((network) => network !== ''));
  const isOurs = ({ group, network }: Pair): boolean =>
    groups.has(`${network}|${group}`) || (group === ALL_INSTANCES && networks.has(network));
  const missing = trafficDifference(needed, permitted);
  const more = trafficDifference(permitted, needed);
  const extra = new PermittedTraffic(more.cells.filter(isOurs), false);
  const parts = { missing: passing(missing), extra: passing(extra) };
  return {
    isExact:
      parts.missing.length +
        parts.extra.length +
        notEvaluated.filter(({ comparedAs }) => comparedAs === undefined).length ===
      0,
    ...parts,
    missingPackets: witnesses(missing),
    extraPackets: witnesses(extra),
    elsewhere: passing(
      new PermittedTraffic(
        more.cells.filter((cell) => !isOurs(cell)),
        false,
      ),
    ),
    notEvaluated,
  };
}

/** Without what lets hosts out by their names: these are no addresses to compare. */
function resourcesOfFlows(json: JsonObject, file: string, { hostnames = [] }: ProvenanceJson): SynthesizedResources {
  const ofHostnames = new Set(hostnames.flatMap(rulesOf));
  const { resources, ...rest } = synthesizedResources(json, file, 'as written');
  return { ...rest, resources: resources.filter(({ block }) => !ofHostnames.has(block.address)) };
}

function contextOf(json: JsonObject, file: string, { resources, evaluate }: SynthesizedResources): ProvenanceContext {
  const aws = new AwsNames(resources);
  const lists = prefixLists(resources, aws);
  return { file, stack: stackName(json), aws, lists, gcp: new GcpNames(resources), evaluate };
}

function stackName(json: JsonObject): string {
  const metadata = (json['//'] as JsonObject | undefined)?.metadata as JsonObject | undefined;
  return String(metadata?.stackName);
}

function passing(traffic: PermittedTraffic): TrafficRow[] {
  return trafficRows(traffic).filter(({ permitted }) => permitted);
}
