import { isUnknown } from './unknown-value';
import { checkDepth, JsonPart, jsonKind, PLAN_AS_JSON, refusal, shown } from '../../input';
import { checkedProvenance, type ProvenanceJson } from '../../provenance';

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

/**
 * Returns the settings of a provider of a synthesized stack, unevaluated; nothing if the stack has none. Each level may be an object or a
 * list of objects.
 */
export function settingsOf(providers: unknown, key: string): JsonObject | undefined {
  const [name, alias] = withoutInstance(key).split('.');
  const parts = [providers].flat() as (JsonObject | null | undefined)[];
  const instances = parts.flatMap((part) => part?.[name] ?? []) as (JsonObject | null)[];
  return instances.find((instance) => (instance?.alias ?? undefined) === alias) ?? undefined;
}

/** Returns the key of a provider without the key of its instance: `aws.regions["eu"]` is one of `aws.regions`. */
export function withoutInstance(key: string): string {
  return key.replace(/\[.*\]$/s, '');
}

/** Returns an attribute, or a member of one (`metadata.serial-port-enable`); an attribute that is not an object has any member. */
export function attributeAt(valueOf: (name: string) => unknown, path: string): unknown {
  const dot = path.indexOf('.');
  if (dot < 0) return valueOf(path);
  const name = path.slice(dot + 1);
  const found = [valueOf(path.slice(0, dot))]
    .flat()
    .map((part: unknown) =>
      typeof part === 'object' && part !== null && !isUnknown(part) ? (part as JsonObject)[name] : part,
    )
    .filter((member) => member !== undefined && member !== null);
  return found.length > 1 ? found : found[0];
}

/** Returns the kind of Terraform JSON. Throws if it is different JSON, or a version that is not known yet. */
export function terraformKind(json: unknown, file: string): TerraformKind {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw refusal(file, 'terraform-json-required', 'Terraform JSON must be an object', jsonKind(json), PLAN_AS_JSON);
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
    throw refusal(file, 'raw-state-file', need, 'a raw state file', '"terraform show -json > state.json"');
  }
  const keys = Object.keys(object);
  if (keys.length > 0 && keys.every((key) => !SYNTHESIZED_KEYS.includes(key))) {
    throw otherJson(object, file);
  }
  return 'synthesized';
}

function otherJson(object: JsonObject, file: string): Error {
  const need = 'the file must be a synthesized cdk.tf.json, or the output of terraform show -json';
  const keys = Object.keys(object).slice(0, 3).map(shown).join(', ');
  return refusal(file, 'terraform-json-required', need, `an object with ${keys}`, PLAN_AS_JSON);
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
  return checkedProvenance(part, json).value as ProvenanceJson;
}
