import type { Construct, IConstruct } from 'constructs';
import { coreOf, isStack, stackOf } from './framework';
import { plainOf } from './verbatim';

type Members = Readonly<Record<string, unknown>>;

/** A resource as its stack synthesizes it. */
export interface SynthesizedResource {
  readonly type: string;
  readonly id: string;
  /** Its attributes with all overrides. There may be tokens in them. */
  readonly attributes: Members;
  readonly stack: Construct;
  /** Absent if only an override of the stack defines the resource. */
  readonly construct?: IConstruct;
}

/** Returns a resource as its stack would synthesize it now; nothing if it is moved or removed. */
export function asSynthesized(construct: IConstruct): SynthesizedResource | undefined {
  const stack = stackOf(construct, construct.node.path);
  const { TerraformResource } = coreOf(stack);
  if (!TerraformResource.isTerraformResource(construct)) return undefined;
  const { terraformResourceType: type, friendlyUniqueId: id } = construct;
  const { resource } = construct.toTerraform() as { readonly resource?: Members };
  const own = plainOf(membersOf(membersOf(resource)?.[type])?.[id]);
  const attributes = overridden({ [id]: own }, overridesOf(stack, type))[id];
  return isMembers(attributes) ? { type, id, attributes, stack, construct } : undefined;
}

/** Returns all resources of some types in an app, as its stacks would synthesize them now. */
export function allAsSynthesized(root: IConstruct, types: readonly string[]): SynthesizedResource[] {
  const all = root.node.findAll();
  const found = all
    .filter((each) => types.includes((each as { terraformResourceType?: string }).terraformResourceType ?? ''))
    .flatMap((each) => asSynthesized(each) ?? []);
  const known = new Set(found.map(({ type, id, stack }) => `${stack.node.path} ${type}.${id}`));
  const written = all.filter(isStack).flatMap((stack) => types.flatMap((type) => writtenResources(stack, type)));
  return [...found, ...written.filter(({ type, id, stack }) => !known.has(`${stack.node.path} ${type}.${id}`))];
}

/** Returns the resources of a type that overrides of a stack define. */
function writtenResources(stack: Construct, type: string): SynthesizedResource[] {
  return Object.entries(overridesOf(stack, type) ?? {}).flatMap(([id, attributes]) =>
    isMembers(attributes) ? [{ type, id, attributes, stack }] : [],
  );
}

/** Returns what the overrides of a stack say about the resources of a type; `null` if they remove all of them. */
function overridesOf(stack: Construct, type: string): Members | null {
  const { rawOverrides } = stack as Construct & { readonly rawOverrides?: Members };
  if (rawOverrides === undefined || !('resource' in rawOverrides)) return {};
  const { resource } = rawOverrides;
  if (!isMembers(resource)) return null;
  if (!(type in resource)) return {};
  return membersOf(resource[type]) ?? null;
}

/** Returns members with overrides, which the framework merges in the same way: lists are concatenated, and `undefined` removes. */
function overridden(members: Members, overrides: Members | null): Members {
  if (overrides === null) return {};
  const merged = new Map(Object.entries(members));
  for (const [name, value] of Object.entries(overrides)) {
    if (value === undefined) merged.delete(name);
    else merged.set(name, mergedValue(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}

function mergedValue(before: unknown, value: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(value)) return (before as unknown[]).concat(value);
  return isMembers(value) ? overridden(membersOf(before) ?? {}, value) : value;
}

/** Whether a value has members. A token in the form of an object does not. */
function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('resolve' in value);
}

function membersOf(value: unknown): Members | undefined {
  return isMembers(value) ? value : undefined;
}

/** Returns a value with Terraform expressions, or what else they resolve to, in the place of its tokens. */
export function resolvedValue(value: unknown, stack: Construct): unknown {
  const { DefaultTokenResolver, StringConcat, Tokenization } = coreOf(stack);
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope: stack, resolver, preparing: false });
}
