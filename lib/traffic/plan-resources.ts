import { refusal } from '../model/refusal';
import { Block } from './block';
import { isMarked, markedValue } from './marked-values';
import { PlanConfiguration } from './plan-configuration';
import { instancesIn, objectIn, objectsIn, type Instance } from './plan-instances';
import { unfinishedParts } from './plan-unfinished';
import { isOfProject, PlannedProjects } from './provider-projects';
import type { Resource, Resources } from './resource';
import { ExternalRules } from './rules-beside';
import { stableText } from './stable-text';
import type { JsonObject } from './terraform-json';

const GROUP = 'aws_security_group';
const INLINE_RULES = ['ingress', 'egress'];

/** The resources of what `terraform show -json` prints of a state. */
export function stateResources(json: JsonObject, file: string): Resources {
  const instances = instancesIn(json.values, `${file}, values`);
  const context = { file, configuration: new PlanConfiguration(undefined, []), beside: new ExternalRules(instances) };
  return { resources: instances.map((instance) => resource(instance, undefined, context)), notEvaluated: [] };
}

/** The resources of a plan after the apply. */
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

/** The resources of a plan before the apply. */
export function priorResources(json: JsonObject, file: string): Resources {
  const context = contextOf(json, file);
  return { resources: context.prior.map((instance) => resource(instance, undefined, context)), notEvaluated: [] };
}

interface Context {
  readonly file: string;
  readonly configuration: PlanConfiguration;
  readonly beside: ExternalRules;
  readonly projects?: PlannedProjects;
}

function contextOf(json: JsonObject, file: string): Context & Record<'planned' | 'prior', readonly Instance[]> {
  if (json.planned_values === undefined) throw refusal(`${file}, planned_values`, 'an object is needed', 'nothing');
  const planned = instancesIn(json.planned_values, `${file}, planned_values`);
  const state = objectIn(json.prior_state, `${file}, prior_state`);
  const prior = instancesIn(state?.values, `${file}, prior_state.values`);
  const addresses = planned.map(({ address }) => address);
  const configuration = new PlanConfiguration(objectIn(json.configuration, `${file}, configuration`), addresses);
  const all = [...planned, ...prior];
  const projects = new PlannedProjects(configuration, all, json, file);
  return { file, configuration, beside: new ExternalRules(all), projects, planned, prior };
}

function resource(instance: Instance, unknown: unknown, context: Context): Resource {
  const { address, type, values, sensitive } = instance;
  const { file, configuration, beside, projects } = context;
  const marks = objectIn(unknown, `${file}, ${address}.after_unknown`) ?? {};
  const secrets = objectIn(sensitive, `${file}, ${address}.sensitive_values`) ?? {};
  const attribute = (name: string): unknown => {
    if (name === 'project' && typeof values.project !== 'string' && isOfProject(type)) return projects?.of(address);
    if (!isMarked(marks[name]) && !isMarked(secrets[name])) return values[name];
    if (marks[name] === true && configuration.leavesOut(address, name)) return undefined;
    const given = { unknown: marks[name], sensitive: secrets[name] };
    return markedValue(values[name], given, configuration.reference(address, name));
  };
  const content = isMarked(marks) ? undefined : (): string => stableText(values);
  const repeats = INLINE_RULES.filter((name) => !configuration.has(address, name) && beside.has(values.id, name));
  return { type, block: new Block(address, file, attribute), content, ...(type === GROUP ? { repeats } : {}) };
}
