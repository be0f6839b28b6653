import { refusal } from '../../input';
import { type ProvenanceJson, rulesOf } from '../../provenance';
import type { NotEvaluated } from '../configuration';
import { AwsNames, GcpNames, prefixLists, readRules } from '../read';
import { resourceAddress, type Rule } from '../rule';
import {
  type JsonObject,
  provenanceIn,
  synthesizedResources,
  type SynthesizedResources,
  terraformKind,
} from '../terraform';
import type { ProvenanceContext } from './requested-rules';

/** A synthesized stack with its provenance, and its rules without those for hostnames. Their ends have the same names. */
interface ProvenStack {
  readonly provenance: ProvenanceJson;
  readonly context: ProvenanceContext;
  readonly rules: readonly Rule[];
  readonly notEvaluated: readonly NotEvaluated[];
  /** The Terraform addresses of all resources. */
  readonly addresses: ReadonlySet<string>;
}

/** Reads a synthesized stack with its provenance. Throws for any other JSON. */
export function readProvenStack(json: unknown, file: string): ProvenStack {
  const { object, provenance } = synthesizedStack(json, file);
  const all = synthesizedResources(object, file, { projects: 'as written' });
  const resources = resourcesOfFlows(all, provenance);
  const { rules, notEvaluated } = readRules(resources, file, 'synthesized');
  const addresses = new Set(all.resources.map(({ block }) => resourceAddress(block)));
  return { provenance, context: contextOf(object, file, resources), rules, notEvaluated, addresses };
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

/** Leaves out the rules for hostnames: they have no IP ranges to compare. */
function resourcesOfFlows(all: SynthesizedResources, { hostnames = [] }: ProvenanceJson): SynthesizedResources {
  const ofHostnames = new Set(hostnames.flatMap(rulesOf));
  const { resources, ...rest } = all;
  return { ...rest, resources: resources.filter(({ block }) => !ofHostnames.has(resourceAddress(block))) };
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
