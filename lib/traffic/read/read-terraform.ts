import { refusal } from '../../input';
import { withOneNameForEachCluster } from '../clusters';
import type { Configuration, ConfigurationKind } from '../configuration';
import {
  type Around,
  type JsonObject,
  planResources,
  provenanceIn,
  type Resources,
  stateResources,
  synthesizedResources,
  terraformKind,
} from '../terraform';
import { withCountedLists } from './aws-far-ends';
import { dependenciesIn } from './circumstances';
import { inSharedVpcs } from './hostnames';
import { accessRequests, givenListSizes, omissions, provenanceContext, selectedMachines } from './from-provenance';
import { readBothRules, readRules, type SharedParts } from './read-rules';
import { namesIn } from './uncertain-names';

/** The configurations before and after the apply of a plan. */
export interface PlannedChange {
  /** What Terraform recorded last. */
  readonly before: Configuration;
  /** What exists; absent if nobody changed it by hand since Terraform recorded it. */
  readonly existing?: Configuration;
  readonly after: Configuration;
}

/**
 * Reads Terraform JSON: a synthesized stack, or a plan or state that `terraform show -json` printed. A plan is read as it will be
 * after its apply. `file` is the name in errors and results.
 */
export function readTerraform(json: unknown, file: string, around: Around = {}): Configuration {
  return withOneNameForEachCluster([readAsWritten(json, file, around)])[0];
}

/** Reads Terraform JSON. The names of pods say their provider, also if two providers are for one cluster. */
function readAsWritten(json: unknown, file: string, around: Around): Configuration {
  const kind = terraformKind(json, file);
  const object = json as JsonObject;
  if (kind === 'plan') return configuration(planResources(object, file).after, file, kind);
  if (kind === 'state') return configuration(stateResources(object, file), file, kind);
  const synthesized = synthesizedResources(object, file, around);
  const { outputs, outputContents } = synthesized;
  const read = { ...configuration(synthesized, file, kind), outputs, outputContents };
  const provenance = provenanceIn(object, file);
  if (provenance === undefined) return { ...read, requested: [], omitted: [] };
  const context = provenanceContext(object, file, synthesized);
  const requested = accessRequests(provenance, context);
  const omitted = omissions(provenance, context);
  const ofRequests = dependenciesIn(
    namesIn([...requested, ...omitted]),
    { names: context.aws, lists: context.lists },
    synthesized.dependenciesOf,
  );
  const given = givenListSizes(provenance, context);
  return {
    ...read,
    ...(given.size > 0 && {
      rules: read.rules.map((rule) => withCountedLists(rule, (list) => given.get(list))),
      listSizes: new Map([...given, ...(read.listSizes ?? [])]),
    }),
    provenance: new Map([[file, provenance]]),
    selectedMachines: () => new Map([[file, selectedMachines(provenance, context)]]),
    stacks: new Map([[file, object]]),
    requested,
    omitted,
    dependencies: new Map([...read.dependencies, ...ofRequests]),
  };
}

/** Reads a plan that `terraform show -json` printed, before and after its apply. */
export function readPlannedChange(json: unknown, file: string): PlannedChange {
  const kind = terraformKind(json, file);
  if (kind !== 'plan') {
    const got = kind === 'state' ? 'a state' : 'a synthesized stack';
    throw refusal(file, 'plan-required', 'a plan is needed, because only a plan contains both sides of a change', got);
  }
  const object = json as JsonObject;
  const { before, existing, after } = planResources(object, file);
  // an id has the same name before and after the apply
  const referring = [before, existing ?? before, after].flatMap(({ resources }) => resources);
  const planned = configuration(after, file, kind, { referring });
  if (existing === undefined) {
    const sides = withOneNameForEachCluster([configuration(before, file, kind, { referring }), planned]);
    return { before: sides[0], after: sides[1] };
  }
  const [recorded, found] = readBothRules([before, existing], file, kind, referring).map(withoutProvenance);
  const [first, second, last] = withOneNameForEachCluster([recorded, found, planned]);
  return { before: first, existing: second, after: last };
}

function configuration(
  resources: Resources,
  file: string,
  kind: ConfigurationKind,
  shared?: SharedParts,
): Configuration {
  return withoutProvenance(readRules(resources, file, kind, shared));
}

function withoutProvenance(read: ReturnType<typeof readRules>): Configuration {
  return {
    ...read,
    rules: read.ruleGroups === undefined ? read.rules : inSharedVpcs(read.rules, read.ruleGroups),
    provenance: new Map(),
    stacks: new Map(),
  };
}
