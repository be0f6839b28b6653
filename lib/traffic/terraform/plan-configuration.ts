import type { JsonObject } from './terraform-json';
import { stableText } from './unknown-value';

const MAX_DEPTH = 20;
const ATTRIBUTE = /^([a-z0-9]+_\w+\.[\w-]+\[(?:\d+|"[^"]*")\])\.[\w-]+$/;
const MODULE = /^(module\.[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?)\./;
const RESOURCE = /^(?!(?:each|count|self|path|terraform|var|local|module)\.)(?:data\.)?[a-z][\w-]*\.[\w-]+/;
/** A reference to one attribute of one instance, without the modules. */
const ATTRIBUTE_OF_ONE = /^(?:data\.)?[a-z][\w-]*\.[\w-]+(?:\[(?:\d+|"[^"]*")\])?(?:\.[\w-]+|\[\d+\])+$/;
const LAST_ATTRIBUTE = /\.[\w-]+$/;

/** What an unknown value refers to. */
export interface Origin {
  /** The only reference, as an expression of the root module, if it is one attribute of one instance. */
  readonly reference?: string;
  /** The only resource with several instances that it refers to. */
  readonly among?: string;
}

/** The configuration in a plan, which says what values that are known after apply refer to. */
export class PlanConfiguration {
  private readonly root: JsonObject | undefined;
  private readonly settings: JsonObject;
  private readonly resources = new Map<string, ReadonlyMap<unknown, JsonObject>>();
  private readonly addresses: ReadonlySet<string>;
  /** The resource that was asked for last: callers ask for one after the other. */
  private last: { readonly address?: string; readonly resource?: JsonObject } = {};

  /** @param addresses the Terraform addresses of the resources in the plan */
  constructor(configuration: JsonObject | undefined, addresses: readonly string[]) {
    this.root = configuration?.root_module as JsonObject | undefined;
    this.settings = (configuration?.provider_config ?? {}) as JsonObject;
    this.addresses = new Set(addresses);
  }

  /** Whether the configuration has the resource and sets the attribute; dynamic blocks do not count. */
  public has(address: string, attribute: string): boolean {
    const expressions = this.expressionsOf(address)?.expressions;
    return expressions !== undefined && (expressions as JsonObject)[attribute] !== undefined;
  }

  /** Whether the configuration has the resource but does not set the attribute, so that the cloud or a different resource does. */
  public leavesOut(address: string, attribute: string): boolean {
    const expressions = this.expressionsOf(address)?.expressions;
    return expressions !== undefined && (expressions as JsonObject)[attribute] === undefined;
  }

  /**
   * Whether an attribute refers only to values that are known in every plan. If such an attribute is unknown, then it was given as null,
   * and the cloud decides.
   */
  public refersToKnown(address: string, attribute: string): boolean {
    const found = this.expressionsOf(address);
    const expression = (found?.expressions as JsonObject | undefined)?.[attribute];
    if (found === undefined || referencesIn(expression).length === 0) return false;
    return this.holdsKnown(expression, found, 0);
  }

  /**
   * Returns what the unknown parts of an attribute refer to, for attributes that are nested blocks also those of one argument of the
   * blocks. The configuration lists static blocks only, so the parts of an attribute that has more blocks than that may refer to
   * anything.
   */
  public origin(address: string, attribute: string, value: unknown, argument?: string): Origin {
    const found = this.expressionsOf(address);
    if (!found) return {};
    const whole = (found.expressions as JsonObject)[attribute];
    if (mayBeDynamic(whole, value)) return {};
    const isOfBlocks = Array.isArray(whole) && argument !== undefined;
    const expression = isOfBlocks ? whole.map((block) => (block as JsonObject | null)?.[argument]) : whole;
    const reference = this.resolved(expression, { path: found.path, loop: found.loop }, 0);
    if (reference === undefined) return {};
    const { path, local } = splitReference(reference);
    if (!RESOURCE.test(local)) return {};
    if (ATTRIBUTE_OF_ONE.test(local)) return { reference };
    return { among: prefixed(path, RESOURCE.exec(local)![0]) };
  }

  /** Returns the key of the provider that a resource uses. */
  public providerOf(address: string): string | undefined {
    const key = this.resourceOf(address)?.provider_config_key;
    return typeof key === 'string' ? key : undefined;
  }

  /** Whether the configuration runs commands when it creates or destroys a resource. */
  public hasProvisioners(address: string): boolean {
    return this.resourceOf(address)?.provisioners !== undefined;
  }

  /** Returns the settings of each provider as text, by its key, with the known values that they refer to. */
  public providers(valueOf: (reference: string) => unknown): Map<string, string> {
    return new Map(
      Object.entries(this.settings).map(([key, provider]) => {
        const { expressions } = (provider ?? {}) as JsonObject;
        const values = leavesOf(referencesIn(expressions)).map((reference) => valueOf(reference) ?? null);
        return [key, stableText([expressions ?? null, ...values])];
      }),
    );
  }

  private expressionsOf(address: string): { expressions: unknown; loop: unknown; path: readonly string[] } | undefined {
    const { path } = splitAddress(address);
    const resource = this.resourceOf(address);
    return resource && { expressions: resource.expressions ?? {}, loop: resource.for_each_expression, path };
  }

  private resourceOf(address: string): JsonObject | undefined {
    if (this.last.address !== address) this.last = { address, resource: this.resourceAt(splitAddress(address)) };
    return this.last.resource;
  }

  private resourceAt({ path, local }: ReturnType<typeof splitAddress>): JsonObject | undefined {
    const module = path.map(callName).join('.');
    let resources = this.resources.get(module);
    if (resources === undefined) {
      resources = resourcesOf(this.moduleAt(path));
      this.resources.set(module, resources);
    }
    return resources.get(local);
  }

  /** @param path module calls with their instance keys: `module.web[0]` */
  private moduleAt(path: readonly string[]): JsonObject | undefined {
    return path.reduce<JsonObject | undefined>((module, step) => {
      const call = (module?.module_calls as JsonObject | undefined)?.[callName(step)] as JsonObject | undefined;
      return call?.module as JsonObject | undefined;
    }, this.root);
  }

  /** Returns the only reference from which an unknown value can come, followed through variables and outputs of modules. */
  private resolved(expression: unknown, scope: Scope, depth: number): string | undefined {
    const all = leavesOf(referencesIn(expression)).filter((one) => !this.isKnown(one, scope, depth));
    const leaves = all.length > 1 ? this.planned(all, scope.path) : all;
    if (leaves.length !== 1 || depth > MAX_DEPTH) return undefined;
    return this.outer(leaves[0], scope, depth);
  }

  /** Whether a reference is known in every plan, so that unknown values cannot come from it. */
  private isKnown(reference: string, scope: Scope, depth: number): boolean {
    if (/^(?:each\.key|count|path|terraform)\b/.test(reference)) return true;
    if (depth > MAX_DEPTH) return false;
    if (/^each\.value\b/.test(reference)) {
      return scope.loop !== undefined && this.holdsKnown(scope.loop, { path: scope.path }, depth);
    }
    const variable = this.variable(reference, scope.path);
    if (variable === undefined) return false;
    return scope.path.length === 0 || this.holdsKnown(variable.expression, variable.scope, depth);
  }

  private holdsKnown(expression: unknown, scope: Scope, depth: number): boolean {
    return leavesOf(referencesIn(expression)).every((one) => this.isKnown(one, scope, depth + 1));
  }

  /** Drops references to instances that the plan does not have: of `this[0]` and `this_name_prefix[0]`, only one exists. */
  private planned(references: readonly string[], path: readonly string[]): readonly string[] {
    const resources = references.map((reference) => ATTRIBUTE.exec(reference)?.[1]);
    if (resources.includes(undefined)) return references;
    return references.filter((_, index) => this.addresses.has(prefixed(path, resources[index]!)));
  }

  /** Follows a reference through the variables and outputs of modules. */
  private outer(reference: string, scope: Scope, depth: number): string | undefined {
    const { path } = scope;
    const variable = path.length === 0 ? undefined : this.variable(reference, path);
    if (variable !== undefined) {
      return this.member(this.resolved(variable.expression, variable.scope, depth + 1), variable.rest);
    }
    const [start = '', name, key = '', output] = /^module\.([\w-]+)(\[[^\]]*\])?\.([\w-]+)/.exec(reference) ?? [];
    if (start !== '') {
      const inside = [...path, `module.${name}${key}`];
      const outputs = this.moduleAt(inside)?.outputs as JsonObject | undefined;
      const body = outputs?.[output] as JsonObject | undefined;
      return this.member(this.resolved(body?.expression, { path: inside }, depth + 1), reference.slice(start.length));
    }
    return RESOURCE.test(reference) ? prefixed(path, reference) : undefined;
  }

  /** Returns the argument of a module call that a variable has; nothing if the reference is not a variable. */
  private variable(
    reference: string,
    path: readonly string[],
  ): { expression: unknown; scope: Scope; rest: string } | undefined {
    const [start = '', name] = /^var\.([\w-]+)/.exec(reference) ?? [];
    if (start === '') return undefined;
    const outside = path.slice(0, -1);
    const calls = path.length === 0 ? undefined : (this.moduleAt(outside)?.module_calls as JsonObject | undefined);
    const call = calls?.[callName(path.at(-1)!)] as JsonObject | undefined;
    const expression = (call?.expressions as JsonObject | undefined)?.[name];
    return {
      expression,
      scope: { path: outside, loop: call?.for_each_expression },
      rest: reference.slice(start.length),
    };
  }

  /** Returns a member of what a reference refers to: an attribute, if that is a whole resource with one instance. */
  private member(reference: string | undefined, rest: string): string | undefined {
    const [attribute] = LAST_ATTRIBUTE.exec(rest) ?? [];
    return attribute !== undefined && reference !== undefined && this.addresses.has(reference)
      ? `${reference}${attribute}`
      : reference;
  }
}

/** Where an expression is: the module, and the `for_each` around it. */
interface Scope {
  readonly path: readonly string[];
  readonly loop?: unknown;
}

/**
 * Whether some of the blocks in an attribute may come from a dynamic block. The configuration lists either each static block, or what
 * all of them refer to.
 */
function mayBeDynamic(expression: unknown, value: unknown): boolean {
  if (!Array.isArray(value) || !value.every((member) => typeof member === 'object' && member !== null)) return false;
  return Array.isArray(expression) ? expression.length !== value.length : value.length > 1;
}

function resourcesOf(module: JsonObject | undefined): ReadonlyMap<unknown, JsonObject> {
  const resources = (Array.isArray(module?.resources) ? module.resources : []) as readonly (JsonObject | null)[];
  return new Map(resources.flatMap((resource) => (resource ? [[resource.address, resource] as const] : [])));
}

function prefixed(path: readonly string[], reference: string): string {
  return [...path, reference].join('.');
}

/** Splits a Terraform address into its modules and the resource, without its instance key. */
function splitAddress(address: string): { path: string[]; local: string } {
  const { path, local } = splitReference(address);
  return { path, local: local.replace(/\[.*$/s, '') };
}

/** Splits a reference, seen from the root module, into modules and the rest. */
function splitReference(reference: string): { path: string[]; local: string } {
  const path: string[] = [];
  let rest = reference;
  for (let match = MODULE.exec(rest); match; match = MODULE.exec(rest)) {
    path.push(match[1]);
    rest = rest.slice(match[0].length);
  }
  return { path, local: rest };
}

function callName(step: string): string {
  return step.replace(/^module\./, '').replace(/\[.*$/s, '');
}

function referencesIn(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesIn);
  if (typeof expression !== 'object' || expression === null) return [];
  const { references } = expression as JsonObject;
  if (Array.isArray(references)) return references.filter((one): one is string => typeof one === 'string');
  return 'constant_value' in expression ? [] : Object.values(expression).flatMap(referencesIn);
}

/** Drops prefixes, because Terraform lists a reference together with all of its prefixes: `aws_vpc.v.id`, `aws_vpc.v`. */
function leavesOf(references: readonly string[]): string[] {
  const distinct = [...new Set(references)];
  return distinct.filter((one) => !distinct.some((other) => other !== one && isPrefix(one, other)));
}

function isPrefix(one: string, other: string): boolean {
  return other.startsWith(`${one}.`) || other.startsWith(`${one}[`);
}
