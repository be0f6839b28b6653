import { refusal, shown } from '../model/refusal';
import { Block } from './block';
import type { NotEvaluated } from './configuration';
import { Expressions } from './expressions';
import { isOfTraffic } from './names';
import { loopInstances, plainInstance } from './our-loops';
import { isOfProject, synthesizedProject } from './provider-projects';
import type { Resource, Resources } from './resource';
import { stableText } from './stable-text';
import { isUnknown, UnknownValue } from './unknown-value';

type Json = Readonly<Record<string, unknown>>;

/** Resources, with what evaluates any value of the same file. */
export interface SynthesizedResources extends Resources {
  readonly evaluate: (value: unknown) => unknown;
  /** The text, or the expression, of each output. */
  readonly outputs: ReadonlyMap<string, string>;
}

/**
 * The resources of a synthesized stack, or of any configuration in Terraform's JSON syntax. On GCP the project of a resource is
 * that of its provider where it names none; a stack by itself can be read as it is written.
 */
export function synthesizedResources(
  json: Json,
  file: string,
  projects: 'of providers' | 'as written' = 'of providers',
): SynthesizedResources {
  const resources = bodies(json, 'resource', file);
  const expressions = new Expressions(lookupIn(json, resources, file));
  const read: Resource[] = [];
  const notEvaluated: Omit<NotEvaluated, 'file'>[] = [];
  for (const [type, byName] of resources) {
    for (const [name, written] of byName) {
      const isOfProvider = projects === 'of providers' && isOfProject(type) && !isGiven(written.project);
      const project = isOfProvider ? synthesizedProject(json.provider, written.provider) : undefined;
      const body = project === undefined ? written : { ...written, project };
      const address = `${type}.${name}`;
      const place = `${file}, ${address}`;
      const evaluate = (value: unknown): unknown => expressions.evaluate(value, place);
      const instances = isOfTraffic(type) ? loopInstances(body, evaluate) : [plainInstance(body, evaluate)];
      if (instances === undefined) {
        const repeated = ['for_each', 'count', 'dynamic'].find((key) => isGiven(body[key]));
        const reason = `${repeated} is evaluated by Terraform: read its plan`;
        notEvaluated.push({ address, reason, content: stableText([body, evaluate(body)]) });
        continue;
      }
      const content = (): string => stableText([body, evaluate(body)]);
      for (const { key, attribute } of instances) {
        read.push({ type, block: new Block(`${address}${key}`, file, attribute), content });
      }
    }
  }
  for (const [name, body] of modulesOf(json.module, file)) {
    const address = `module.${name}`;
    const content = stableText([body, expressions.evaluate(body, `${file}, ${address}`)]);
    notEvaluated.push({ address, reason: 'a module is evaluated by Terraform: read its plan', content });
  }
  const evaluate = (value: unknown): unknown => expressions.evaluate(value, file);
  return { resources: read, notEvaluated, evaluate, outputs: outputsIn(json, file, evaluate) };
}

/** All bodies of a kind: by type, then by name. Each level may be an object or a list of objects. */
function bodies(json: Json, kind: string, file: string): Map<string, Map<string, Json>> {
  const types = new Map<string, Map<string, Json>>();
  for (const part of objects(json[kind], `${file}, ${kind}`)) {
    for (const [type, names] of Object.entries(part)) {
      if (type === '//') continue;
      const byName = types.get(type) ?? new Map<string, Json>();
      types.set(type, byName);
      for (const some of objects(names, `${file}, ${kind}.${type}`)) {
        for (const [name, body] of Object.entries(some)) {
          if (name === '//') continue;
          const found = objects(body, `${file}, ${type}.${name}`);
          if (byName.has(name) || found.length > 1) {
            throw refusal(`${file}, ${type}.${name}`, 'a resource must stand in a file once', 'it twice');
          }
          if (found.length === 1) byName.set(name, found[0]);
        }
      }
    }
  }
  return types;
}

function objects(value: unknown, place: string): Json[] {
  if (value === undefined || value === null) return [];
  const members: unknown[] = Array.isArray(value) ? value : [value];
  return members.map((member) => {
    if (typeof member === 'object' && member !== null && !Array.isArray(member)) return member as Json;
    throw refusal(place, 'an object is needed', shown(member));
  });
}

function outputsIn(json: Json, file: string, evaluate: (value: unknown) => unknown): Map<string, string> {
  const outputs = objects(json.output, `${file}, output`).flatMap((part) => Object.entries(part));
  return new Map(
    outputs.flatMap(([name, body]): [string, string][] => {
      const value = evaluate((body as Json | null)?.value);
      const text = isUnknown(value) ? value.expression : value;
      return typeof text === 'string' ? [[name, text]] : [];
    }),
  );
}

function modulesOf(value: unknown, file: string): [string, unknown][] {
  return objects(value, `${file}, module`).flatMap((part) => Object.entries(part).filter(([name]) => name !== '//'));
}

function lookupIn(
  json: Json,
  resources: ReadonlyMap<string, ReadonlyMap<string, Json>>,
  file: string,
): ConstructorParameters<typeof Expressions>[0] {
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
      : { value: reference(expression), rest: [] };
  };
}

function variableValue(
  variable: Json | undefined,
  name: string,
  rest: readonly string[],
): { value: unknown; rest: readonly string[] } | undefined {
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

function reference(expression: string): UnknownValue {
  return new UnknownValue(expression, `${expression}, which only Terraform knows`);
}
