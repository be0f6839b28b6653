import { refusal, shown } from '../model/refusal';
import type { JsonObject } from './terraform-json';

/** One resource as plans and states have it. */
export interface Instance {
  readonly address: string;
  readonly type: string;
  readonly values: JsonObject;
  readonly sensitive: unknown;
}

/** The resources of all modules in `planned_values`, or in the `values` of a state. */
export function instancesIn(values: unknown, place: string): Instance[] {
  const root = objectIn(values, place)?.root_module;
  return root === undefined ? [] : instancesOf(root, `${place}.root_module`);
}

/** An object, or nothing where there is none. */
export function objectIn(value: unknown, place: string): JsonObject | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object' && !Array.isArray(value)) return value as JsonObject;
  throw refusal(place, 'an object is needed', shown(value));
}

/** A list of objects; absent is empty. */
export function objectsIn(value: unknown, place: string): JsonObject[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw refusal(place, 'a list is needed', shown(value));
  return value.map((member: unknown, index) => {
    const object = objectIn(member, `${place}[${index}]`);
    if (object === undefined) throw refusal(`${place}[${index}]`, 'an object is needed', shown(member));
    return object;
  });
}

function instancesOf(module: unknown, place: string): Instance[] {
  const { resources, child_modules: children } = objectIn(module, place) ?? {};
  const own = objectsIn(resources, `${place}.resources`).flatMap((item, index): Instance[] => {
    const { address, type, mode, values, sensitive_values: sensitive } = item;
    const at = `${place}.resources[${index}]`;
    if (typeof address !== 'string' || typeof type !== 'string') {
      throw refusal(at, 'a resource must have an address and a type', shown(item));
    }
    return mode === 'data' ? [] : [{ address, type, values: objectIn(values, `${at}.values`) ?? {}, sensitive }];
  });
  const inner = objectsIn(children, `${place}.child_modules`).map((child, index) =>
    instancesOf(child, `${place}.child_modules[${index}]`),
  );
  return [own, ...inner].flat();
}
