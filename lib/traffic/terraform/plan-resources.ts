import { refusal } from '../../input';
import { affectsTraffic, type Direction } from '../rule';
import { Block, type Resource, type Resources } from './block';
import { hasProject, PlannedProjects } from './google-projects';
import { PlanConfiguration } from './plan-configuration';
import { type Instance, instancesIn } from './plan-instances';
import { type JsonObject, objectIn, objectsIn } from './terraform-json';
import { stableText, UnknownValue } from './unknown-value';

/** Returns the resources in a state that `terraform show -json` printed. */
export function stateResources(json: JsonObject, file: string): Resources {
  const instances = instancesIn(json.values, `${file}, values`);
  const configuration = new PlanConfiguration(undefined, []);
  const context = { file, configuration, separateRules: new SeparateRules(instances) };
  return { resources: instances.map((instance) => resource(instance, undefined, context)), notEvaluated: [] };
}

/** Returns the resources of a plan after its apply. */
export function plannedResources(json: JsonObject, file: string): Resources {
  const context = contextOf(json, file);
  const changes = objectsIn(json.resource_changes, `${file}, resource_changes`);
  const unknown = new Map(
    changes.map(({ address, change }, index) => {
      const at = `${file}, resource_changes[${index}].change`;
      return [address, objectIn(change, at)?.after_unknown] as const;
    }),
  );
  const resources = context.planned.map((instance) => resource(instance, unknown.get(instance.address), context));
  return { resources, notEvaluated: unfinishedParts(json, file), prior: priorResources(json, file).resources };
}

/** Returns the resources of a plan before its apply. */
export function priorResources(json: JsonObject, file: string): Resources {
  const context = contextOf(json, file);
  return { resources: context.prior.map((instance) => resource(instance, undefined, context)), notEvaluated: [] };
}

interface Context {
  readonly file: string;
  readonly configuration: PlanConfiguration;
  readonly separateRules: SeparateRules;
  readonly projects?: PlannedProjects;
}

function contextOf(json: JsonObject, file: string): Context & Record<'planned' | 'prior', readonly Instance[]> {
  if (json.planned_values === undefined) {
    throw refusal(`${file}, planned_values`, 'value-not-an-object', 'an object is needed', 'nothing');
  }
  const planned = instancesIn(json.planned_values, `${file}, planned_values`);
  const state = objectIn(json.prior_state, `${file}, prior_state`);
  const prior = instancesIn(state?.values, `${file}, prior_state.values`);
  const addresses = planned.map(({ address }) => address);
  const configuration = new PlanConfiguration(objectIn(json.configuration, `${file}, configuration`), addresses);
  const all = [...planned, ...prior];
  const projects = new PlannedProjects(configuration, all, json, file);
  return { file, configuration, separateRules: new SeparateRules(all), projects, planned, prior };
}

const GROUP = 'aws_security_group';
const INLINE_RULES = ['ingress', 'egress'];

function resource(instance: Instance, unknown: unknown, context: Context): Resource {
  const { address, type, values, sensitive } = instance;
  const { file, configuration, separateRules, projects } = context;
  const marks = objectIn(unknown, `${file}, ${address}.after_unknown`) ?? {};
  const secrets = objectIn(sensitive, `${file}, ${address}.sensitive_values`) ?? {};
  const attribute = (name: string): unknown => {
    if (name === 'project' && typeof values.project !== 'string' && hasProject(type)) return projects?.of(address);
    if (!isMarked(marks[name]) && !isMarked(secrets[name])) return values[name];
    if (marks[name] === true && configuration.leavesOut(address, name)) return undefined;
    const given = { unknown: marks[name], sensitive: secrets[name] };
    return markedValue(values[name], given, configuration.reference(address, name));
  };
  const content = isMarked(marks) ? undefined : (): string => stableText(values);
  const block = new Block(address, file, attribute);
  if (type !== GROUP) return { type, block, content };
  const listsSeparateRules = INLINE_RULES.filter(
    (name) => !configuration.has(address, name) && separateRules.has(values.id, name),
  );
  return { type, block, content, listsSeparateRules };
}

/** Lists what a plan does not contain: everything after an error of Terraform, and what Terraform deferred. */
function unfinishedParts(json: JsonObject, file: string): Resources['notEvaluated'] {
  const stopped = json.errored === true ? [{ address: 'plan', reason: 'Terraform stopped at an error' }] : [];
  const deferred = objectsIn(json.deferred_changes, `${file}, deferred_changes`).flatMap((item, index) => {
    const change = objectIn(item.resource_change, `${file}, deferred_changes[${index}].resource_change`);
    const { address, type } = change ?? {};
    if (typeof type === 'string' && !affectsTraffic(type)) return [];
    return [{ address: typeof address === 'string' ? address : 'plan', reason: 'Terraform defers it to a later plan' }];
  });
  return [...stopped, ...deferred];
}

const RULE_DIRECTIONS: Readonly<Record<string, Direction | undefined>> = {
  aws_vpc_security_group_ingress_rule: 'ingress',
  aws_vpc_security_group_egress_rule: 'egress',
};

/** The directions in which security groups have rules that are separate resources. States list these rules in the groups too. */
class SeparateRules {
  private readonly known: ReadonlySet<string>;

  constructor(instances: readonly Instance[]) {
    this.known = new Set(
      instances.flatMap(({ type, values }) => {
        const direction = type === 'aws_security_group_rule' ? values.type : RULE_DIRECTIONS[type];
        const id = values.security_group_id;
        return typeof id === 'string' && typeof direction === 'string' ? [`${id} ${direction}`] : [];
      }),
    );
  }

  /** Whether a security group has separate rules of a direction. */
  public has(id: unknown, direction: string): boolean {
    return typeof id === 'string' && this.known.has(`${id} ${direction}`);
  }
}

/** The marks of a value in a plan or state: `true` for a whole value, or the marks of its members. */
interface Marks {
  /** Marks values that are known after apply. */
  readonly unknown: unknown;
  readonly sensitive: unknown;
}

/** Replaces marked parts of a value by unknown values; `expression` is the only reference in the value, if there is one. */
function markedValue(value: unknown, { unknown, sensitive }: Marks, expression?: string): unknown {
  if (unknown === true || (isMarked(unknown) && !isObject(value))) {
    const part = expression === undefined ? '' : `, and refers to ${expression}`;
    return new UnknownValue(expression, `known after apply${part}`, 'one', 'part');
  }
  if (sensitive === true) return new UnknownValue(undefined, 'sensitive');
  const member = (key: string | number): unknown => {
    const marks = { unknown: memberOf(unknown, key), sensitive: memberOf(sensitive, key) };
    return markedValue(memberOf(value, key), marks, expression);
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
