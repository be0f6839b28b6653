import { refusal } from '../../input';
import type { AwsPlace, Circumstance } from '../configuration';
import { influenceOf, reachabilityIn, withoutSizes } from '../register';
import { Block, type Resource, type Resources } from './block';
import { hasProject, plannedClusters, PlannedPlaces, PlannedProjects, StatePlaces } from './places';
import { type Origin, PlanConfiguration } from './plan-configuration';
import { type Instance, instancesIn, plannedInstances, type PlannedInstances } from './plan-instances';
import { attributeAt, type JsonObject, objectIn, objectsIn } from './terraform-json';
import { SeparateRules } from './separate-rules';
import { stableText, UnknownValue } from './unknown-value';

/** Returns the resources in a state that `terraform show -json` printed. */
export function stateResources(json: JsonObject, file: string): Resources {
  const instances = instancesIn(json.values, `${file}, values`);
  const configuration = new PlanConfiguration(undefined, []);
  const separateRules = new SeparateRules(instances);
  // a state does not say which of several providers a resource has
  const providerOf = ({ type, isData }: Instance): string | undefined => (isData ? undefined : type.split('_')[0]);
  const places = new StatePlaces(instances);
  const read = resourcesOf(instances, { file, configuration, separateRules, places, providerOf });
  return { ...read, providers: new Map(), notEvaluated: [], notes: [] };
}

/** The resources of a plan. */
interface PlanResources {
  /** What Terraform recorded last. */
  readonly before: Resources;
  /** What exists before the apply; absent if it is what Terraform recorded last. A resource that is the same is the same object. */
  readonly existing?: Resources;
  readonly after: Resources;
}

/** Returns the resources of a plan before and after its apply. */
export function planResources(json: JsonObject, file: string): PlanResources {
  const { context, before, existing, after, forgotten, replaced, unknownActions } = contextOf(json, file);
  const actions = [...unknownActions].map(([address, action]) => ({ address, reason: `Terraform's action ${action}` }));
  const providers = context.configuration.providers(
    knownValues(json, [...before, ...(existing ?? []), ...after], file),
  );
  const again = replaced
    .filter((address) => context.configuration.hasProvisioners(address))
    .map((address) => ({ address, reason: 'it is replaced, so that its provisioners run again' }));
  const clusters = plannedClusters(json, file);
  const unread = { providers, clusters, notEvaluated: [], notes: [] };
  const known = existing === undefined ? undefined : new Map<Instance, Resource>();
  const recorded = resourcesOf(before, context, known);
  return {
    before: { ...recorded, ...unread },
    ...(existing === undefined ? {} : { existing: { ...resourcesOf(existing, context, known), ...unread } }),
    after: {
      ...resourcesOf(after, context),
      providers,
      clusters,
      notEvaluated: [...unfinishedParts(json, file), ...actions, ...again],
      notes: [
        ...forgotten.map((address) => ({ address, text: 'it stays as it is, and Terraform no longer manages it' })),
        ...(json.complete === false
          ? [{ address: 'plan', text: 'this plan contains only a part of the changes' }]
          : []),
      ],
      circumstances: deferredCircumstances(json, file),
      prior: recorded.resources,
    },
  };
}

/** Finds the values that references lead to: those of variables, and those of resources and data sources that exist. */
function knownValues(json: JsonObject, instances: readonly Instance[], file: string): (reference: string) => unknown {
  const variables = objectIn(json.variables, `${file}, variables`) ?? {};
  const byAddress = new Map(instances.map(({ address, values }) => [address, values]));
  return (reference) => {
    const [, variable] = /^var\.([\w-]+)/.exec(reference) ?? [];
    if (variable !== undefined) return variables[variable];
    const [, address, attribute] = /^(.+)\.([\w-]+)$/.exec(reference) ?? [];
    return byAddress.get(address)?.[attribute];
  };
}

interface Context {
  readonly file: string;
  readonly configuration: PlanConfiguration;
  readonly separateRules: SeparateRules;
  readonly projects?: PlannedProjects;
  readonly places: PlannedPlaces | StatePlaces;
  readonly providerOf: (instance: Instance) => string | undefined;
}

function contextOf(json: JsonObject, file: string): PlannedInstances & { context: Context } {
  if (json.planned_values === undefined) {
    throw refusal(`${file}, planned_values`, 'value-not-an-object', 'an object is needed', 'nothing');
  }
  const instances = plannedInstances(json, file);
  const addresses = instances.after.map(({ address }) => address);
  const configuration = new PlanConfiguration(objectIn(json.configuration, `${file}, configuration`), addresses);
  const all = [...instances.after, ...instances.before, ...(instances.existing ?? [])];
  const projects = new PlannedProjects(configuration, all, json, file);
  const places = new PlannedPlaces(configuration, all, json, file);
  const providerOf = ({ address }: Instance): string | undefined => configuration.providerOf(address);
  return {
    ...instances,
    context: { file, configuration, separateRules: new SeparateRules(all), projects, places, providerOf },
  };
}

/**
 * Returns resources and data sources.
 *
 * @param known resources by their instances, to which those that are made here are added
 */
function resourcesOf(
  instances: readonly Instance[],
  context: Context,
  known?: Map<Instance, Resource>,
): Record<'resources' | 'data', Resource[]> {
  const [resources, data]: [Resource[], Resource[]] = [[], []];
  for (const instance of instances) {
    const found = known?.get(instance) ?? new InstanceResource(instance, context);
    known?.set(instance, found);
    (instance.isData ? data : resources).push(found);
  }
  return { resources, data };
}

const INLINE_RULES = ['ingress', 'egress'];
/** The attributes that list separate resources too, by the type of resource. */
const LISTING: Readonly<Record<string, readonly string[]>> = {
  aws_security_group: INLINE_RULES,
  aws_default_security_group: INLINE_RULES,
  aws_ec2_managed_prefix_list: ['entry'],
};

const NONE: readonly string[] = [];

/** A resource or data source of a plan or state. Large plans have many, so what few are asked for is worked out then. */
class InstanceResource implements Resource {
  public readonly type: string;
  public readonly block: Block;
  public readonly provider?: string;
  public readonly hasProvisioners: boolean;
  public readonly listsInlineRules: readonly string[];
  public readonly listsSeparateRules: readonly string[];
  private readonly marks: JsonObject;
  private readonly secrets: JsonObject;

  constructor(
    private readonly instance: Instance,
    private readonly context: Context,
  ) {
    const { address, type, values, isData, unknown, sensitive } = instance;
    const { file, configuration, separateRules } = context;
    this.type = type;
    this.marks = marksIn(unknown);
    this.secrets = marksIn(sensitive);
    this.block = new Block(address, file, (name) => this.attribute(name));
    this.provider = context.providerOf(instance);
    this.hasProvisioners = configuration.hasProvisioners(address);
    const listing = isData || !Object.hasOwn(LISTING, type) ? NONE : LISTING[type];
    const leftOut = listing.length === 0 ? NONE : listing.filter((name) => this.isLeftOut(name));
    this.listsInlineRules = listing.length === 0 ? NONE : listing.filter((name) => !leftOut.includes(name));
    this.listsSeparateRules =
      leftOut.length === 0 ? NONE : leftOut.filter((name) => separateRules.has(values.id, name));
  }

  public get content(): ((leftOut?: readonly string[]) => string) | undefined {
    const { type } = this;
    if (isMarked(withoutSizes(type, this.marks))) return undefined;
    return (leftOut = []) => {
      const listed = this.context.separateRules.withoutThem(this.instance, (name) => this.isLeftOut(name));
      const given = Object.entries({ ...this.instance.values, ...listed });
      const without = Object.fromEntries(given.filter(([name]) => !leftOut.includes(name)));
      return stableText(meaningful(withoutSizes(type, without)));
    };
  }

  public get reachability(): readonly string[] {
    if (influenceOf(this.type) !== undefined) return NONE;
    return [...new Set([...reachabilityIn(meaningful(this.instance.values)), ...reachabilityIn(this.marks)])];
  }

  public get place(): AwsPlace | undefined {
    return this.context.places.of(this.instance);
  }

  public contentOf(names: readonly string[]): string {
    const [values, marks] = [this.instance.values, this.marks].map((all) => withoutSizes(this.type, all));
    return knownAbout(names, values, marks);
  }

  private isLeftOut(name: string): boolean {
    return !this.context.configuration.has(this.instance.address, name);
  }

  private attribute(name: string): unknown {
    const { address, type, values } = this.instance;
    const { configuration, projects } = this.context;
    const [unknown, sensitive] = [this.marks[name], this.secrets[name]];
    if (name === 'project' && typeof values.project !== 'string' && hasProject(type)) return projects?.of(address);
    if (!isMarked(unknown) && !isMarked(sensitive)) {
      return this.listsSeparateRules.includes(name) ? stillListed(this.instance, name) : values[name];
    }
    const isNull = (): boolean => configuration.leavesOut(address, name) || configuration.refersToKnown(address, name);
    if (unknown === true && isNull()) return undefined;
    const originOf = (argument?: string): Origin => configuration.origin(address, name, values[name], argument);
    return markedValue(values[name], { unknown, sensitive }, originOf);
  }
}

/** Returns the values of some attributes as text, and which of them are known after apply. */
function knownAbout(names: readonly string[], values: JsonObject, marks: JsonObject): string {
  const parts = names.map((name) => {
    const [value, mark] = [values, marks].map((all) => attributeAt((attribute) => all[attribute], name));
    return [meaningfulValue(name, value), isMarked(mark) ? mark : undefined];
  });
  return stableText(parts);
}

/**
 * Returns the separate resources that an attribute lists. Those that the last apply deleted are listed until the next refresh: they
 * opened nothing any more.
 */
function stillListed({ values, refreshed }: Instance, name: string): unknown {
  const [listed, found] = [values[name], refreshed?.[name]];
  if (!Array.isArray(listed) || !Array.isArray(found)) return listed;
  const texts = new Set(found.map(stableText));
  return listed.filter((member) => texts.has(stableText(member)));
}

/** Attributes whose members are not described by a provider, so that it fills in none of them. */
const AS_WRITTEN = new Set(['manifest', 'body']);

/** Returns the attributes that say something. */
function meaningful(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, meaningfulValue(name, value)]));
}

/** Members of the metadata of Kubernetes that its API counts. */
const COUNTED = new Set(['generation', 'resource_version', 'self_link', 'uid']);

function withoutCounted(metadata: unknown): unknown {
  if (Array.isArray(metadata)) return metadata.map(withoutCounted);
  if (!isObject(metadata)) return metadata;
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => !COUNTED.has(name)));
}

function meaningfulValue(name: string, value: unknown): unknown {
  if (name === 'metadata') return withoutEmpty(withoutCounted(value));
  return AS_WRITTEN.has(name) ? value : withoutEmpty(value);
}

/**
 * Leaves out members without a value: providers fill in empty lists in place of null when they read a resource. A block without values
 * is kept: the rule of a network policy without far ends is one for everybody.
 */
function withoutEmpty(value: unknown): unknown {
  if (value === null || value === false || value === '') return undefined;
  if (!isObject(value)) return value;
  if (Array.isArray(value)) {
    const given = value.map(withoutEmpty).filter((member) => member !== undefined);
    return given.length === 0 ? undefined : given;
  }
  const members = Object.entries(value).map(([name, member]) => [name, withoutEmpty(member)] as const);
  // an object has all its attributes, and an empty map has none
  return members.length === 0 ? undefined : Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

/** Returns the marks of the members of an object. Plans have `false` in place of an object without marks. */
function marksIn(marks: unknown): JsonObject {
  return isObject(marks) && !Array.isArray(marks) ? (marks as JsonObject) : {};
}

/** Lists what a plan does not contain: everything after an error of Terraform, and what Terraform deferred. */
function unfinishedParts(json: JsonObject, file: string): Resources['notEvaluated'] {
  const stopped = json.errored === true ? [{ address: 'plan', reason: 'Terraform stopped at an error' }] : [];
  const deferred = deferredIn(json, file)
    .filter(({ type }) => type === undefined || permits(type))
    .map(({ address }) => ({ address, reason: DEFERRED }));
  const later = objectsIn(json.deferred_action_invocations, `${file}, deferred_action_invocations`).map(
    (item, index) =>
      objectIn(item.action_invocation, `${file}, deferred_action_invocations[${index}].action_invocation`) ?? {},
  );
  const invocations = [...objectsIn(json.action_invocations, `${file}, action_invocations`), ...later];
  const invoked = invocations.map(({ address }) => ({
    address: typeof address === 'string' ? address : 'plan',
    reason: 'an action may open anything',
  }));
  return [...stopped, ...deferred, ...invoked];
}

const DEFERRED = 'Terraform defers it to a later plan';

/** Returns what Terraform deferred. */
function deferredIn(json: JsonObject, file: string): { address: string; type: string | undefined }[] {
  return objectsIn(json.deferred_changes, `${file}, deferred_changes`).map((item, index) => {
    const change = objectIn(item.resource_change, `${file}, deferred_changes[${index}].resource_change`);
    const { address, type } = change ?? {};
    return {
      address: typeof address === 'string' ? address : 'plan',
      type: typeof type === 'string' ? type : undefined,
    };
  });
}

/** Returns the deferred resources that permit nothing and decide where rules apply. */
function deferredCircumstances(json: JsonObject, file: string): Omit<Circumstance, 'file'>[] {
  return deferredIn(json, file).flatMap(({ address, type }) => {
    const influence = type === undefined ? undefined : influenceOf(type);
    return influence?.kind === 'circumstance' ? [{ address, reason: DEFERRED, stops: influence.stops }] : [];
  });
}

/** Whether resources of a type permit or deny traffic by themselves. */
function permits(type: string): boolean {
  const influence = influenceOf(type);
  return influence !== undefined && influence.kind !== 'circumstance';
}

/** The marks of a value in a plan or state: `true` for a whole value, or the marks of its members. */
interface Marks {
  /** Marks values that are known after apply. */
  readonly unknown: unknown;
  readonly sensitive: unknown;
}

/** Returns what the unknown parts of an attribute refer to, or those of one argument of its nested blocks. */
type OriginOf = (argument?: string) => Origin;

/** Replaces marked parts of a value by unknown values. */
function markedValue(value: unknown, { unknown, sensitive }: Marks, originOf: OriginOf, argument?: string): unknown {
  if (unknown === true || (isMarked(unknown) && !isObject(value))) {
    const { reference, among } = originOf(argument);
    const part = (reference ?? among) === undefined ? '' : `, and refers to ${reference ?? among}`;
    return new UnknownValue(reference, `known after apply${part}`, 'one', 'part', among);
  }
  if (sensitive === true) return new UnknownValue(undefined, 'sensitive');
  const member = (key: string | number): unknown => {
    const marks = { unknown: memberOf(unknown, key), sensitive: memberOf(sensitive, key) };
    return markedValue(memberOf(value, key), marks, originOf, typeof key === 'string' ? (argument ?? key) : argument);
  };
  if (Array.isArray(value)) return value.map((_, index) => member(index));
  if (!isObject(value)) return value;
  const names = new Set([...Object.keys(value), ...(isObject(unknown) ? Object.keys(unknown) : [])]);
  return Object.fromEntries([...names].map((name) => [name, member(name)]));
}

/** Whether any part of a value is marked. */
function isMarked(marks: unknown): boolean {
  if (marks === true) return true;
  return isObject(marks) && Object.values(marks).some(isMarked);
}

function memberOf(parent: unknown, key: string | number): unknown {
  return isObject(parent) ? (parent as Record<string | number, unknown>)[key] : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
