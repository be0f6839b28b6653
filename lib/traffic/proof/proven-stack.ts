import { refusal } from '../../input';
import { type ProvenanceJson, rulesOf } from '../../provenance';
import type { NotEvaluated } from '../configuration';
import { type ProvenanceContext, provenanceContext, readRules } from '../read';
import { notAttachedReason, resourceAddress, type Rule } from '../rule';
import {
  type JsonObject,
  provenanceIn,
  synthesizedResources,
  type SynthesizedResources,
  terraformKind,
} from '../terraform';

/** A synthesized stack with its provenance, and its rules. Their ends have the same names. */
interface ProvenStack {
  readonly provenance: ProvenanceJson;
  readonly context: ProvenanceContext;
  readonly rules: readonly Rule[];
  readonly notEvaluated: readonly NotEvaluated[];
  /** The rules for hostnames of policies that the stack does not attach, and of rule groups that it uses in none. They are compared. */
  readonly unattached: readonly NotEvaluated[];
  /** The Terraform addresses of all resources, also of those that may have no instance. */
  readonly addresses: ReadonlySet<string>;
}

/** Reads a synthesized stack with its provenance. Throws for any other JSON. */
export function readProvenStack(json: unknown, file: string): ProvenStack {
  const { object, provenance } = synthesizedStack(json, file);
  const synthesized = synthesizedResources(object, file, { projects: 'as written' });
  const resources = resourcesOfFlows(synthesized, provenance);
  const { rules, notEvaluated: all } = readRules(resources, file, 'synthesized');
  const [unattached, notEvaluated] = [true, false].map((isUnattached) =>
    all.filter((one) => isOfPolicy(one, rules, provenance) === isUnattached),
  );
  // Terraform decides whether there are instances of those that could not be evaluated
  const addresses = new Set(
    [...synthesized.resources.map(({ block }) => block), ...synthesized.notEvaluated].map(resourceAddress),
  );
  return {
    provenance,
    context: provenanceContext(object, file, resources),
    rules,
    notEvaluated,
    unattached,
    addresses,
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

/** Leaves out the rules for hostnames whose filter an older version of this package did not record. */
function resourcesOfFlows(all: SynthesizedResources, { hostnames = [] }: ProvenanceJson): SynthesizedResources {
  const ofHostnames = new Set(hostnames.filter(({ filter }) => filter === undefined).flatMap(rulesOf));
  const { resources, ...rest } = all;
  return { ...rest, resources: resources.filter(({ block }) => !ofHostnames.has(resourceAddress(block))) };
}

/** Whether all that is not known about a rule for hostnames is where its policy applies, or which policy it has. Then it is compared. */
function isOfPolicy(missing: NotEvaluated, rules: readonly Rule[], { hostnames = [] }: ProvenanceJson): boolean {
  const { address, reason } = missing;
  return (
    hostnames.some((hostname) => rulesOf(hostname).includes(address)) &&
    rules.some(
      (rule) => rule.address === address && [notAttachedReason(rule.network), rule.unenforced].includes(reason),
    )
  );
}
