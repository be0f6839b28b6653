import type { Configuration, ConfigurationKind } from './configuration';
import { plannedResources, priorResources, stateResources } from './plan-resources';
import { readRules } from './read-rules';
import type { Resources } from './resource';
import { synthesizedResources } from './synthesized-resources';
import { parseJson, provenanceIn, terraformKind, type JsonObject } from './terraform-json';
import { refusal } from '../model/refusal';

/** A configuration before and after the apply of a plan. */
export interface PlannedChange {
  readonly before: Configuration;
  readonly after: Configuration;
}

/** Reads the text of a file; `file` is how errors and results name it. */
export function readTerraformText(text: string, file: string): Configuration {
  return readTerraform(parseJson(text, file), file);
}

/**
 * Reads Terraform JSON, whoever wrote it: a synthesized stack, or what `terraform show -json` prints of a plan or a state.
 *
 * Of a plan it is what will stand after the apply.
 */
export function readTerraform(json: unknown, file: string): Configuration {
  const kind = terraformKind(json, file);
  const object = json as JsonObject;
  if (kind === 'plan') return configuration(plannedResources(object, file), file, kind);
  if (kind === 'state') return configuration(stateResources(object, file), file, kind);
  const synthesized = synthesizedResources(object, file);
  const read = { ...configuration(synthesized, file, kind), outputs: synthesized.outputs };
  const provenance = provenanceIn(object, file);
  return provenance ? { ...read, provenance: new Map([[file, provenance]]) } : read;
}

/** Reads what `terraform show -json` prints of a plan, before and after its apply. */
export function readPlannedChange(json: unknown, file: string): PlannedChange {
  const kind = terraformKind(json, file);
  if (kind !== 'plan') throw refusal(file, 'only a plan has a before and an after', kind);
  const object = json as JsonObject;
  return {
    before: configuration(priorResources(object, file), file, kind),
    after: configuration(plannedResources(object, file), file, kind),
  };
}

function configuration(resources: Resources, file: string, kind: ConfigurationKind): Configuration {
  return { ...readRules(resources, file, kind), provenance: new Map() };
}
