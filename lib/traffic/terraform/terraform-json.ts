import { JsonPart, refusal, shown, withRepeatedKeys } from '../../input';
import { type ProvenanceJson, readFlows, readWarnings } from '../../provenance';

/** An object of Terraform JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The kinds of Terraform JSON. */
type TerraformKind = 'synthesized' | 'plan' | 'state';

/** Plans and states have the same versions. */
const KNOWN_FORMAT = /^(?:0\.[12]|1\.\d+)$/;
const SYNTHESIZED_KEYS = [
  ...['resource', 'terraform', 'provider', 'data', 'variable', 'locals', 'module', 'output', '//'],
  ...['check', 'removed', 'moved', 'import', 'ephemeral', 'action'],
];
/** The keys of a state without resources. */
const EMPTY_STATE_KEYS = ['format_version', 'terraform_version', 'checks'];
/** Enough for a hundred nested modules. */
const MAX_DEPTH = 500;
const PROVENANCE_VERSION = 1;

/** Returns a value that must be an object; nothing if it is absent. */
export function objectIn(value: unknown, place: string): JsonObject | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object' && !Array.isArray(value)) return value as JsonObject;
  throw refusal(place, 'value-not-an-object', 'an object is needed', shown(value));
}

/** Returns a value that must be a list of objects; an empty list if it is absent. */
export function objectsIn(value: unknown, place: string): JsonObject[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw refusal(place, 'value-not-a-list', 'a list is needed', shown(value));
  return value.map((member: unknown, index) => {
    const object = objectIn(member, `${place}[${index}]`);
    if (object !== undefined) return object;
    throw refusal(`${place}[${index}]`, 'value-not-an-object', 'an object is needed', shown(member));
  });
}

/** Parses the text of a file. */
export function parseJson(text: string, file: string): unknown {
  try {
    return withRepeatedKeys(JSON.parse(text), text);
  } catch (error) {
    throw refusal(file, 'json-invalid', 'must be valid JSON', whereBroken((error as SyntaxError).message, text));
  }
}

/** Describes a syntax error in words that do not depend on the version of Node.js. */
function whereBroken(message: string, text: string): string {
  const [, position] = /position (\d+)/.exec(message) ?? [];
  if (/end of JSON|Unterminated/.test(message) || Number(position) >= text.length) return 'text that ends too early';
  return position === undefined ? 'text that is not JSON' : `text that is not JSON from character ${position}`;
}

/** Returns the kind of Terraform JSON. Throws if it is different JSON, or a version that is not known yet. */
export function terraformKind(json: unknown, file: string): TerraformKind {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw refusal(file, 'terraform-json-required', 'Terraform JSON must be an object', shown(json));
  }
  const object = json as JsonObject;
  checkDepth(object, file);
  if ('format_version' in object) {
    const kind = 'planned_values' in object || 'resource_changes' in object ? 'plan' : 'state';
    if (typeof object.format_version !== 'string' || !KNOWN_FORMAT.test(object.format_version)) {
      const need = `the format_version of a ${kind} must be 0.1, 0.2 or 1.x`;
      throw refusal(file, 'terraform-json-version-unknown', need, shown(object.format_version));
    }
    if (
      kind === 'state' &&
      !('values' in object) &&
      !Object.keys(object).every((key) => EMPTY_STATE_KEYS.includes(key))
    ) {
      throw otherJson(object, file);
    }
    return kind;
  }
  if ('lineage' in object && 'serial' in object) {
    const need = 'a state must be in the form that terraform show -json prints';
    throw refusal(file, 'raw-state-file', need, 'a raw state file', 'the output of terraform show -json');
  }
  const keys = Object.keys(object);
  if (keys.length > 0 && keys.every((key) => !SYNTHESIZED_KEYS.includes(key))) {
    throw otherJson(object, file);
  }
  return 'synthesized';
}

/** Limits the depth, because later steps are recursive and would overflow the stack. Goes level by level for the same reason. */
function checkDepth(json: JsonObject, file: string): void {
  let level: readonly object[] = [json];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) {
      throw refusal(file, 'json-too-deep', `values must be at most ${MAX_DEPTH} levels deep`, 'more');
    }
    const next: object[] = [];
    for (const parent of level) {
      for (const child of Object.values(parent) as unknown[]) {
        if (typeof child === 'object' && child !== null) next.push(child);
      }
    }
    level = next;
  }
}

function otherJson(object: JsonObject, file: string): Error {
  const need = 'the file must be a synthesized cdk.tf.json, or the output of terraform show -json';
  const keys = Object.keys(object).slice(0, 3).map(shown).join(', ');
  return refusal(file, 'terraform-json-required', need, `an object with ${keys}`);
}

/** Returns the provenance of a synthesized stack, or nothing if the stack has no rules of this library. */
export function provenanceIn(json: JsonObject, file: string): ProvenanceJson | undefined {
  const source = { place: `${file}, metadata`, fix: 'to synthesize the stack again' };
  const metadata = new JsonPart(source, 'file', json).member('//').member('metadata');
  const part = metadata.member('clusterPorts').withPath('clusterPorts');
  if (part.value === undefined) return undefined;
  const version = part.member('version').value;
  if (version !== PROVENANCE_VERSION) {
    const need = `version must be ${PROVENANCE_VERSION}`;
    throw refusal(`${file}, metadata.clusterPorts`, 'provenance-version-unknown', need, shown(version));
  }
  readFlows(part, String(metadata.member('stackName').value));
  readWarnings(part);
  return part.value as ProvenanceJson;
}
