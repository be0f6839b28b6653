import { refusal, shown } from '../model/refusal';
import { Block } from './block';
import { PlanConfiguration } from './plan-configuration';
import type { Resource, Resources } from './resource';
import type { JsonObject } from './terraform-json';
import { UnknownValue } from './unknown-value';

const INLINE_RULES = ['ingress', 'egress'];

/** The resources of what `terraform show -json` prints of a state. */
export function stateResources(json: JsonObject, file: string): Resources {
  const configuration = new PlanConfiguration(undefined);
  const resources = modulesIn(json.values, file).map((instance) => resource(instance, {}, configuration, file));
  return { resources, unread: [] };
}

/** The resources of a plan after the apply. */
export function plannedResources(json: JsonObject, file: string): Resources {
  const configuration = new PlanConfiguration(json.configuration as JsonObject | undefined);
  const changes = listOf(json.resource_changes, `${file}, resource_changes`).map((change) => change as JsonObject);
  const unknown = new Map(
    changes.map(({ address, change }) => [address, (change as JsonObject | undefined)?.after_unknown] as const),
  );
  const resources = modulesIn(json.planned_values, file).map((instance) =>
    resource(instance, unknown.get(instance.address) ?? {}, configuration, file),
  );
  return { resources, unread: [] };
}

/** The resources of a plan before the apply. */
export function priorResources(json: JsonObject, file: string): Resources {
  const configuration = new PlanConfiguration(json.configuration as JsonObject | undefined);
  const { values } = (json.prior_state ?? {}) as JsonObject;
  const resources = modulesIn(values, file).map((instance) => resource(instance, {}, configuration, file));
  return { resources, unread: [] };
}

/** One resource as plans and states have it. */
interface Instance {
  readonly address: string;
  readonly type: string;
  readonly values: JsonObject;
  readonly sensitive: unknown;
}

function modulesIn(values: unknown, file: string): Instance[] {
  const root = (values as JsonObject | undefined)?.root_module;
  return root === undefined ? [] : instancesIn(root as JsonObject, file);
}

function instancesIn(module: JsonObject, file: string): Instance[] {
  const own = listOf(module.resources, `${file}, resources`).flatMap((item): Instance[] => {
    const { address, type, mode, values, sensitive_values: sensitive } = (item ?? {}) as JsonObject;
    if (typeof address !== 'string' || typeof type !== 'string') {
      throw refusal(`${file}, resources`, 'a resource must have an address and a type', shown(item));
    }
    return mode === 'data' ? [] : [{ address, type, values: (values ?? {}) as JsonObject, sensitive }];
  });
  const inner = listOf(module.child_modules, `${file}, child_modules`).flatMap((child) =>
    instancesIn(child as JsonObject, file),
  );
  return [...own, ...inner];
}

function resource(
  { address, type, values, sensitive }: Instance,
  unknown: unknown,
  configuration: PlanConfiguration,
  file: string,
): Resource {
  const attribute = (name: string): unknown => {
    if (INLINE_RULES.includes(name) && configuration.leavesOut(address, name)) return undefined;
    const missing = (unknown as JsonObject | null)?.[name];
    const secret = (sensitive as JsonObject | undefined)?.[name];
    if (missing !== true && !isMarked(missing) && !isMarked(secret)) return values[name];
    if (missing === true && configuration.leavesOut(address, name)) return undefined;
    const expression = configuration.reference(address, name);
    return marked(values[name], missing, secret, name, expression);
  };
  return { type, block: new Block(address, file, attribute) };
}

/** Puts what is not known in its place. */
function marked(value: unknown, missing: unknown, secret: unknown, name: string, expression?: string): unknown {
  if (missing === true) {
    return new UnknownValue(expression, `${expression ?? 'a value'}, which is known after the apply`);
  }
  if (secret === true) return new UnknownValue(undefined, 'sensitive');
  if (typeof value !== 'object' && typeof missing !== 'object') return value;
  if (Array.isArray(value)) {
    return value.map((member, index) =>
      marked(member, memberOf(missing, index), memberOf(secret, index), name, expression),
    );
  }
  if (typeof value !== 'object' || value === null) return value;
  const names = new Set([...Object.keys(value), ...Object.keys(isObject(missing) ? missing : {})]);
  return Object.fromEntries(
    [...names].map((key) => [
      key,
      marked((value as JsonObject)[key], memberOf(missing, key), memberOf(secret, key), name, expression),
    ]),
  );
}

/** Whether a mark stands anywhere in a tree of marks. */
function isMarked(marks: unknown): boolean {
  if (marks === true) return true;
  return isObject(marks) && Object.values(marks).some(isMarked);
}

function memberOf(marks: unknown, key: string | number): unknown {
  return isObject(marks) ? (marks as Record<string | number, unknown>)[key] : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function listOf(value: unknown, place: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw refusal(place, 'a list is needed', shown(value));
  return value;
}
