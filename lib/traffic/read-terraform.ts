import type { Configuration } from './configuration';
import { readRules } from './read-rules';
import { synthesizedResources } from './synthesized-resources';
import { parseJson, provenanceIn, terraformKind, type JsonObject } from './terraform-json';

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
  if (kind !== 'synthesized') throw new Error('not yet');
  const provenance = provenanceIn(object, file);
  const read = readRules(synthesizedResources(object, file), file, 'synthesized');
  return { ...read, provenance: new Map(provenance ? [[file, provenance]] : []) };
}
