import { refusal, shown } from '../../input';
import { type JsonObject, objectIn, objectsIn } from './terraform-json';

/** One resource or data source in the form of plans and states. */
export interface Instance {
  /** The Terraform address, with the key of an object that was replaced and not yet destroyed. */
  readonly address: string;
  readonly type: string;
  readonly isData: boolean;
  readonly values: JsonObject;
  readonly sensitive: unknown;
  /** The marks of values that are known after apply. */
  readonly unknown?: unknown;
  /** What a plan found in the cloud, if that differs from these values. */
  readonly refreshed?: JsonObject;
}

/** Returns the resources and data sources of all modules in the `planned_values` of a plan or in the `values` of a state. */
export function instancesIn(values: unknown, place: string): Instance[] {
  const root = objectIn(values, place)?.root_module;
  return root === undefined ? [] : instancesOf(root, `${place}.root_module`);
}

function instancesOf(module: unknown, place: string): Instance[] {
  const { resources, child_modules: children } = objectIn(module, place) ?? {};
  const own = objectsIn(resources, `${place}.resources`).map((item, index): Instance => {
    const { address, type, mode, values, sensitive_values: sensitive, deposed_key: deposed } = item;
    const at = `${place}.resources[${index}]`;
    if (typeof address !== 'string' || typeof type !== 'string') {
      throw refusal(at, 'resource-invalid', 'a resource must have a Terraform address and a type', shown(item));
    }
    return {
      address: instanceAddress(address, deposed),
      type,
      isData: mode === 'data',
      values: objectIn(values, `${at}.values`) ?? {},
      sensitive,
    };
  });
  const inner = objectsIn(children, `${place}.child_modules`).map((child, index) =>
    instancesOf(child, `${place}.child_modules[${index}]`),
  );
  return [own, ...inner].flat();
}

/** Returns the Terraform address of an object; several objects of one resource differ in the key of the deposed ones. */
function instanceAddress(address: string, deposed: unknown): string {
  return typeof deposed === 'string' ? `${address} (deposed ${deposed})` : address;
}

/** What a plan does with one object. */
interface PlannedObject {
  readonly address: string;
  readonly previousAddress?: string;
  readonly type: string;
  readonly actions: string;
  readonly before: JsonObject | undefined;
  readonly after: Instance | undefined;
  readonly unknown: unknown;
}

/** The objects before and after the apply of a plan. */
export interface PlannedInstances {
  /** What Terraform recorded last. */
  readonly before: readonly Instance[];
  /** What exists; absent if it is what Terraform recorded. */
  readonly existing?: readonly Instance[];
  readonly after: readonly Instance[];
  /** Objects that stay and that Terraform no longer manages afterwards. */
  readonly forgotten: readonly string[];
  /** Objects that are destroyed and made again. */
  readonly replaced: readonly string[];
  /** Objects with actions that are not known, with the actions. */
  readonly unknownActions: ReadonlyMap<string, string>;
}

/** What an action leaves of the object that exists, and of the planned one. */
const ACTIONS: Readonly<Record<string, { readonly keeps: boolean; readonly makes: boolean }>> = {
  'no-op': { keeps: false, makes: true },
  read: { keeps: false, makes: true },
  create: { keeps: false, makes: true },
  update: { keeps: false, makes: true },
  'delete+create': { keeps: false, makes: true },
  'create+delete': { keeps: false, makes: true },
  delete: { keeps: false, makes: false },
  forget: { keeps: true, makes: false },
  'forget+create': { keeps: true, makes: true },
  'create+forget': { keeps: true, makes: true },
};

/**
 * Returns the objects before and after the apply of a plan. A plan need not contain everything that exists: afterwards there is what
 * existed, with the changes of the plan. Before it there is what Terraform recorded last, so a change that somebody made by hand is
 * a change too, and so is its end.
 */
export function plannedInstances(json: JsonObject, file: string): PlannedInstances {
  const state = objectIn(json.prior_state, `${file}, prior_state`);
  const existing = byAddress(instancesIn(state?.values, `${file}, prior_state.values`));
  const planned = byAddress(instancesIn(json.planned_values, `${file}, planned_values`));
  const changes = objectsIn(json.resource_changes, `${file}, resource_changes`).map((change, index) =>
    plannedObject(change, `${file}, resource_changes[${index}]`),
  );
  const after = new Map(planned);
  const [forgotten, replaced]: [string[], string[]] = [[], []];
  const unknownActions = new Map<string, string>();
  const touched = new Set<string>();
  for (const change of changes) {
    const { address, actions } = change;
    const from = change.previousAddress ?? address;
    const [old, made] = [existing.get(address) ?? existing.get(from), madeBy(change, planned.get(address))];
    const action = ACTIONS[actions] as (typeof ACTIONS)[string] | undefined;
    touched.add(address).add(from);
    after.delete(address);
    if (action === undefined) unknownActions.set(address, actions);
    if (actions.includes('+')) replaced.push(address);
    const { keeps, makes } = action ?? { keeps: true, makes: true };
    const isReplaced = makes && made !== undefined;
    if (isReplaced) after.set(address, made);
    if (actions === 'no-op' && !isReplaced && old) after.set(address, old);
    if (!keeps || !old) continue;
    const kept = isReplaced ? { ...old, address: `${address} (no longer managed)` } : old;
    after.set(kept.address, kept);
    if (action !== undefined) forgotten.push(kept.address);
  }
  // only a plan that is complete says that everything else is gone
  const isWhole = json.complete === true && json.resource_changes !== undefined;
  for (const [address, instance] of existing) {
    if (!touched.has(address) && !after.has(address) && !(isWhole && !instance.isData)) after.set(address, instance);
  }
  const before = recorded(existing, json, file);
  const isDrifted = before.length !== existing.size || before.some((one) => existing.get(one.address) !== one);
  const drifted = isDrifted ? { existing: [...existing.values()] } : undefined;
  return { before, ...drifted, after: [...after.values()], forgotten, replaced, unknownActions };
}

function byAddress(instances: readonly Instance[]): Map<string, Instance> {
  return new Map(instances.map((instance) => [instance.address, instance]));
}

function plannedObject(item: JsonObject, place: string): PlannedObject {
  const { address, type, mode, deposed, previous_address: previous } = item;
  const change = objectIn(item.change, `${place}.change`) ?? {};
  const { actions, before, after, after_unknown: unknown, after_sensitive: sensitive } = change;
  if (typeof address !== 'string') {
    throw refusal(place, 'resource-invalid', 'a resource must have a Terraform address and a type', shown(item));
  }
  const at = instanceAddress(address, deposed);
  const values = objectIn(after, `${place}.change.after`);
  const made: Instance | undefined =
    typeof type !== 'string' || (values === undefined && unknown === undefined)
      ? undefined
      : { address: at, type, isData: mode === 'data', values: values ?? {}, sensitive, unknown };
  return {
    address: at,
    previousAddress: typeof previous === 'string' ? previous : undefined,
    type: typeof type === 'string' ? type : '',
    actions: Array.isArray(actions) ? actions.map(String).join('+') : 'no-op',
    before: objectIn(before, `${place}.change.before`),
    after: made,
    unknown,
  };
}

/** The planned object. What its change makes counts, also if the planned values of an edited plan are older. */
function madeBy({ after, unknown }: PlannedObject, planned: Instance | undefined): Instance | undefined {
  if (!planned) return after;
  const { address, type, isData, values, sensitive } = planned;
  return { address, type, isData, values: overlaid(values, after?.values), sensitive, unknown };
}

/** Returns the members of both, those of the second if both have one; the second itself if it has all. */
function overlaid(values: JsonObject, changed: JsonObject | undefined): JsonObject {
  if (changed === undefined) return values;
  for (const name in values) if (!Object.hasOwn(changed, name)) return { ...values, ...changed };
  return changed;
}

/** Returns what Terraform recorded last: what exists, without the changes that were made by hand. */
function recorded(existing: ReadonlyMap<string, Instance>, json: JsonObject, file: string): Instance[] {
  const objects = new Map(existing);
  objectsIn(json.resource_drift, `${file}, resource_drift`).forEach((item, index) => {
    const { address, before, type, previousAddress } = plannedObject(item, `${file}, resource_drift[${index}]`);
    if (before === undefined || (previousAddress !== undefined && previousAddress !== address)) return;
    const known = objects.get(address);
    if (known) objects.set(address, { ...known, values: before, refreshed: known.values });
    else if (type !== '') objects.set(address, { address, type, isData: false, values: before, sensitive: undefined });
  });
  return [...objects.values()];
}
