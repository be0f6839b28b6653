import { JsonPart } from '../model/json-part';
import type { ProvenanceJson } from '../model/provenance-json';
import { readFlows } from '../model/read-flows';
import { refusal, shown } from '../model/refusal';

/** An object of Terraform JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What Terraform JSON is, apart from what stands in it. */
export type TerraformKind = 'synthesized' | 'plan' | 'state';

const FORMATS: Readonly<Record<'plan' | 'state', { readonly known: RegExp; readonly versions: string }>> = {
  plan: { known: /^(?:0\.[12]|1\.\d+)$/, versions: '0.1, 0.2 or 1.x' },
  state: { known: /^(?:0\.[12]|1\.\d+)$/, versions: '0.1, 0.2 or 1.x' },
};
const SYNTHESIZED = ['resource', 'terraform', 'provider', 'data', 'variable', 'locals', 'module', 'output', '//'];
/** A state of nothing has no values. */
const OF_STATES = ['format_version', 'terraform_version', 'checks'];
/** A hundred modules in each other. */
const DEEPEST = 500;
const PROVENANCE_VERSION = 1;

/** Parses a file. */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw refusal(file, 'a file must be whole JSON', whereBroken((error as SyntaxError).message, text));
  }
}

/** In words that do not depend on the version of Node.js. */
function whereBroken(message: string, text: string): string {
  const [, position] = /position (\d+)/.exec(message) ?? [];
  if (/end of JSON|Unterminated/.test(message) || Number(position) >= text.length) return 'text that ends too early';
  return position === undefined ? 'text that is none' : `text that is none from character ${position} on`;
}

/** Tells what Terraform JSON is, and refuses what is none or of a form that nobody knows yet. */
export function terraformKind(json: unknown, file: string): TerraformKind {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw refusal(file, 'Terraform JSON must be an object', shown(json));
  }
  const object = json as JsonObject;
  checkDepth(object, file);
  if ('format_version' in object) {
    const kind = 'planned_values' in object || 'resource_changes' in object ? 'plan' : 'state';
    const { known, versions } = FORMATS[kind];
    if (typeof object.format_version !== 'string' || !known.test(object.format_version)) {
      throw refusal(file, `the format_version of a ${kind} must be ${versions}`, shown(object.format_version));
    }
    if (kind === 'state' && !('values' in object) && !Object.keys(object).every((key) => OF_STATES.includes(key))) {
      throw otherJson(object, file);
    }
    return kind;
  }
  if ('lineage' in object && 'serial' in object) {
    throw refusal(file, 'a state must be given as Terraform shows it', 'a state file', 'terraform show -json');
  }
  const keys = Object.keys(object);
  if (keys.length > 0 && keys.every((key) => !SYNTHESIZED.includes(key))) {
    throw otherJson(object, file);
  }
  return 'synthesized';
}

/** Level by level, because what reads the values goes as deep as they do. */
function checkDepth(json: JsonObject, file: string): void {
  let level: readonly object[] = [json];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > DEEPEST) throw refusal(file, `values must be at most ${DEEPEST} levels deep`, 'more');
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
  const need = 'a file must be a synthesized cdk.tf.json, or what terraform show -json prints';
  return refusal(file, need, `an object with ${Object.keys(object).slice(0, 3).map(shown).join(', ')}`);
}

/** Why the ports of a synthesized stack are open; nothing where it has none of our rules. */
export function provenanceIn(json: JsonObject, file: string): ProvenanceJson | undefined {
  const source = { place: `${file}, metadata`, fix: 'to synthesize the stack again' };
  const metadata = new JsonPart(source, 'file', json).member('//').member('metadata');
  const part = metadata.member('clusterPorts').called('clusterPorts');
  if (part.value === undefined) return undefined;
  const version = part.member('version').value;
  if (version !== PROVENANCE_VERSION) {
    throw refusal(`${file}, metadata.clusterPorts`, `its version must be ${PROVENANCE_VERSION}`, shown(version));
  }
  readFlows(part, String(metadata.member('stackName').value));
  return part.value as ProvenanceJson;
}
