import { refusal } from '../../input';
import type { Configuration, ConfigurationKind } from '../configuration';
import {
  type ContentBeside,
  type JsonObject,
  plannedResources,
  priorResources,
  provenanceIn,
  type Resources,
  stateResources,
  synthesizedResources,
  terraformKind,
} from '../terraform';
import { accessRequests } from './access-requests';
import { dependenciesIn } from './circumstances';
import { provenanceContext } from './needed-rules';
import { readRules } from './read-rules';

/** The configurations before and after the apply of a plan. */
export interface PlannedChange {
  readonly before: Configuration;
  readonly after: Configuration;
}

/**
 * Reads Terraform JSON: a synthesized stack, or a plan or state that `terraform show -json` printed. A plan is read as it will be
 * after its apply. `file` is the name in errors and results. `contentBeside` reads the files that expressions of a synthesized stack
 * read, for comparisons; without it, files are compared by their paths.
 */
export function readTerraform(json: unknown, file: string, contentBeside?: ContentBeside): Configuration {
  const kind = terraformKind(json, file);
  const object = json as JsonObject;
  if (kind === 'plan') return configuration(plannedResources(object, file), file, kind);
  if (kind === 'state') return configuration(stateResources(object, file), file, kind);
  const synthesized = synthesizedResources(object, file, { contentBeside });
  const read = { ...configuration(synthesized, file, kind), outputs: synthesized.outputs };
  const provenance = provenanceIn(object, file);
  if (provenance === undefined) return { ...read, requested: [] };
  const context = provenanceContext(object, file, synthesized);
  const requested = accessRequests(provenance, context);
  const ofRequests = dependenciesIn(
    requested,
    { names: context.aws, lists: context.lists },
    synthesized.dependenciesOf,
  );
  return {
    ...read,
    provenance: new Map([[file, provenance]]),
    requested,
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
  return {
    before: configuration(priorResources(object, file), file, kind),
    after: configuration(plannedResources(object, file), file, kind),
  };
}

function configuration(resources: Resources, file: string, kind: ConfigurationKind): Configuration {
  return { ...readRules(resources, file, kind), provenance: new Map() };
}
