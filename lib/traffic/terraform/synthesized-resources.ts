import { refusal, shown } from '../../input';
import type { NotEvaluated } from '../configuration';
import { affectsTraffic } from '../rule';
import { Block, type Resource, type Resources } from './block';
import { Expressions, knownAfterApply, type Lookup } from './expressions';
import { hasProject, synthesizedProject } from './google-projects';
import type { JsonObject } from './terraform-json';
import { isUnknown, stableText, UnknownValue } from './unknown-value';

/** Evaluates a value of the configuration. */
type Evaluate = (value: unknown) => unknown;

/** The resources of a file, with a function that evaluates any other value in the file. */
export interface SynthesizedResources extends Resources {
  readonly evaluate: Evaluate;
  /** Outputs by name: the text, or the expression if the value is not known. */
  readonly outputs: ReadonlyMap<string, string>;
}

/**
 * Returns the resources of a synthesized stack, or of any configuration in Terraform's JSON syntax. A Google resource that does not
 * name a project gets that of its provider, unless `projects` is `as written`.
 */
export function synthesizedResources(
  json: JsonObject,
  file: string,
  projects: 'of providers' | 'as written' = 'of providers',
): SynthesizedResources {
  const resources = bodies(json, 'resource', file);
  const expressions = new Expressions(lookupIn(json, resources, file));
  const evaluated: Resource[] = [];
  const notEvaluated: Omit<NotEvaluated, 'file'>[] = [];
  for (const [type, byName] of resources) {
    for (const [name, written] of byName) {
      const isOfProvider = projects === 'of providers' && hasProject(type) && !isGiven(written.project);
      const project = isOfProvider ? synthesizedProject(json.provider, written.provider) : undefined;
      const body = project === undefined ? written : { ...written, project };
      const address = `${type}.${name}`;
      const place = `${file}, ${address}`;
      const evaluate = (value: unknown): unknown => expressions.evaluate(value, place);
      const instances = affectsTraffic(type) ? loopInstances(body, evaluate) : [plainInstance(body, evaluate)];
      if (instances === undefined) {
        const loop = ['for_each', 'count', 'dynamic'].find((key) => isGiven(body[key]));
        const reason = `${loop} is evaluated by Terraform: read its plan`;
        notEvaluated.push({ address, reason, content: stableText([body, evaluate(body)]) });
        continue;
      }
      const content = (): string => stableText([body, evaluate(body)]);
      for (const { key, attribute } of instances) {
        evaluated.push({ type, block: new Block(`${address}${key}`, file, attribute), content });
      }
    }
  }
  const evaluate = (value: unknown): unknown => expressions.evaluate(value, file);
  notEvaluated.push(...modulesIn(json, expressions, file));
  return { resources: evaluated, notEvaluated, evaluate, outputs: outputsIn(json, file, evaluate) };
}

/** Returns all blocks of a kind by type and name. Each level may be an object or a list of objects. */
function bodies(json: JsonObject, kind: string, file: string): Map<string, Map<string, JsonObject>> {
  const types = new Map<string, Map<string, JsonObject>>();
  for (const part of objects(json[kind], `${file}, ${kind}`)) {
    for (const [type, names] of Object.entries(part)) {
      if (type === '//') continue;
      const byName = types.get(type) ?? new Map<string, JsonObject>();
      types.set(type, byName);
      for (const some of objects(names, `${file}, ${kind}.${type}`)) {
        for (const [name, body] of Object.entries(some)) {
          if (name === '//') continue;
          const found = objects(body, `${file}, ${type}.${name}`);
          if (byName.has(name) || found.length > 1) {
            const place = `${file}, ${type}.${name}`;
            throw refusal(place, 'resource-given-twice', 'a resource must be defined once', 'two definitions');
          }
          if (found.length === 1) byName.set(name, found[0]);
        }
      }
    }
  }
  return types;
}

function objects(value: unknown, place: string): JsonObject[] {
  if (value === undefined || value === null) return [];
  const members: unknown[] = Array.isArray(value) ? value : [value];
  return members.map((member) => {
    if (typeof member === 'object' && member !== null && !Array.isArray(member)) return member as JsonObject;
    throw refusal(place, 'value-not-an-object', 'an object is needed', shown(member));
  });
}

function outputsIn(json: JsonObject, file: string, evaluate: Evaluate): Map<string, string> {
  const outputs = objects(json.output, `${file}, output`).flatMap((part) => Object.entries(part));
  return new Map(
    outputs.flatMap(([name, body]): [string, string][] => {
      const value = evaluate((body as JsonObject | null)?.value);
      const text = isUnknown(value) ? value.expression : value;
      return typeof text === 'string' ? [[name, text]] : [];
    }),
  );
}

/** Modules cannot be evaluated without a plan. */
function modulesIn(json: JsonObject, expressions: Expressions, file: string): Omit<NotEvaluated, 'file'>[] {
  const modules = objects(json.module, `${file}, module`).flatMap((part) => Object.entries(part));
  return modules
    .filter(([name]) => name !== '//')
    .map(([name, body]) => {
      const address = `module.${name}`;
      const content = stableText([body, expressions.evaluate(body, `${file}, ${address}`)]);
      return { address, reason: 'a module is evaluated by Terraform: read its plan', content };
    });
}

function lookupIn(
  json: JsonObject,
  resources: ReadonlyMap<string, ReadonlyMap<string, JsonObject>>,
  file: string,
): Lookup {
  const locals = new Map(objects(json.locals, `${file}, locals`).flatMap((part) => Object.entries(part)));
  const variables = new Map(
    objects(json.variable, `${file}, variable`)
      .flatMap((part) => Object.entries(part))
      .map(([name, body]) => [name, objects(body, `${file}, variable.${name}`)[0] ?? {}] as const),
  );
  return ([root, name, ...rest], expression) => {
    if (root === 'local') return locals.has(name) ? { value: locals.get(name), rest } : undefined;
    if (root === 'var') return variableValue(variables.get(name), name, rest);
    const body = resources.get(root)?.get(name);
    if (!body || body.for_each !== undefined || body.count !== undefined || rest.length === 0) return undefined;
    const value = body[rest[0]];
    return isGiven(value) && rest[0] !== 'id'
      ? { value, rest: rest.slice(1) }
      : { value: knownAfterApply(expression), rest: [] };
  };
}

function variableValue(variable: JsonObject | undefined, name: string, rest: readonly string[]): ReturnType<Lookup> {
  if (!variable) return undefined;
  if (variable.default === undefined) {
    return { value: new UnknownValue(`var.${name}`, `var.${name}, which has no default`), rest: [] };
  }
  return variable.sensitive === true
    ? { value: new UnknownValue(`var.${name}`, `var.${name}, which is sensitive`), rest: [] }
    : { value: variable.default, rest };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The value of the current member of a loop. */
const EACH = '${each.value}';
const EACH_RANGE = /^\$\{toset\(\(length\((.+)\) >= 1\) \? tolist\(\1\) : \[""\]\)\}$/;

/** One of the instances of a resource. */
interface LoopInstance {
  /** The instance key in the Terraform address; empty without a loop, or if the member is not known. */
  readonly key: string;
  readonly attribute: (name: string) => unknown;
}

/**
 * Returns the instances of a resource without a loop, or with one of the loops that this library writes: over a list of IP ranges
 * that must not be empty. Returns nothing for any other loop.
 */
function loopInstances(body: JsonObject, evaluate: Evaluate): LoopInstance[] | undefined {
  const { for_each: forEach, dynamic } = body;
  if (isGiven(body.count) || (isGiven(forEach) && isGiven(dynamic))) return undefined;
  if (isGiven(dynamic)) return dynamicInstance(body, evaluate);
  if (!isGiven(forEach)) return [plainInstance(body, evaluate)];
  const [, list] = typeof forEach === 'string' ? (EACH_RANGE.exec(forEach) ?? []) : [];
  const members = list === undefined ? undefined : membersOf(evaluate(`\${${list}}`));
  if (members === undefined || members.length === 0) return undefined;
  return members.map((member) => ({
    key: typeof member === 'string' ? `[${JSON.stringify(member)}]` : '',
    attribute: (name) => (body[name] === EACH ? member : evaluate(body[name])),
  }));
}

/** The only instance of a resource without a loop. */
function plainInstance(body: JsonObject, evaluate: Evaluate): LoopInstance {
  return { key: '', attribute: (name) => evaluate(body[name]) };
}

/** A prefix list with a dynamic block of entries that have only a range. */
function dynamicInstance(body: JsonObject, evaluate: Evaluate): LoopInstance[] | undefined {
  const { entry, ...otherBlocks } = body.dynamic as { entry?: JsonObject };
  if (!entry || Object.keys(otherBlocks).length > 0 || isGiven(body.entry) || entry.iterator !== 'each') {
    return undefined;
  }
  const { cidr, ...rest } = (entry.content ?? {}) as JsonObject;
  const members = membersOf(evaluate(entry.for_each));
  if (members === undefined || cidr !== EACH || Object.values(rest).some(isGiven)) return undefined;
  const entries = members.map((member) => ({ cidr: member }));
  return [{ key: '', attribute: (name) => (name === 'entry' ? entries : evaluate(body[name])) }];
}

/** Returns each member once, as a loop of Terraform does; a list that is not known is one unknown member. */
function membersOf(list: unknown): unknown[] | undefined {
  if (isUnknown(list)) return list.expression === undefined ? undefined : [list];
  if (!Array.isArray(list) || !list.every((member) => typeof member === 'string' || isUnknown(member))) {
    return undefined;
  }
  return [...new Set<unknown>(list)];
}
