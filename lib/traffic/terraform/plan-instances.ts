import { refusal, shown } from '../../input';
import { type JsonObject, objectIn, objectsIn } from './terraform-json';

/** One resource in the form of plans and states. */
export interface Instance {
  readonly address: string;
  readonly type: string;
  readonly values: JsonObject;
  readonly sensitive: unknown;
}

/** Returns the resources of all modules in the `planned_values` of a plan or in the `values` of a state; data sources are left out. */
export function instancesIn(values: unknown, place: string): Instance[] {
  const root = objectIn(values, place)?.root_module;
  return root === undefined ? [] : instancesOf(root, `${place}.root_module`);
}

function instancesOf(module: unknown, place: string): Instance[] {
  const { resources, child_modules: children } = objectIn(module, place) ?? {};
  const own = objectsIn(resources, `${place}.resources`).flatMap((item, index): Instance[] => {
    const { address, type, mode, values, sensitive_values: sensitive } = item;
    const at = `${place}.resources[${index}]`;
    if (typeof address !== 'string' || typeof type !== 'string') {
      throw refusal(at, 'resource-invalid', 'a resource must have a Terraform address and a type', shown(item));
    }
    return mode === 'data' ? [] : [{ address, type, values: objectIn(values, `${at}.values`) ?? {}, sensitive }];
  });
  const inner = objectsIn(children, `${place}.child_modules`).map((child, index) =>
    instancesOf(child, `${place}.child_modules[${index}]`),
  );
  return [own, ...inner].flat();
}
