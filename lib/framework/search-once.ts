import type { Construct, IConstruct } from 'constructs';
import { looksLikeToken } from '../input';
import { coreOf } from './framework';
import { verbatim, verbatimExcept } from './verbatim';

type Members = Readonly<Record<string, unknown>>;

/** What a resource adds to a synthesized stack. */
interface Fragment {
  /** The attributes of the resource, by type and logical id. */
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Members>>>>;
}

/**
 * Searches the attributes of a resource for tokens, so that the framework does so only if there are some.
 *
 * The framework resolves each resource three times, which takes two fifths of the time of a large app. Most rules have no tokens, or one.
 * See docs/decisions/0019-metadata-as-it-is.md.
 */
export function searchOnce(resource: IConstruct, stack: Construct): void {
  const { TerraformResource } = coreOf(stack);
  if (!TerraformResource.isTerraformResource(resource)) return;
  const toTerraform = resource.toTerraform.bind(resource) as () => Fragment;
  resource.toTerraform = (): Fragment => (hasOverrides(stack) ? toTerraform() : searched(toTerraform()));
}

/** Whether the user overrides attributes of resources in the stack. The framework then merges these into the attributes, part by part. */
function hasOverrides(stack: Construct): boolean {
  const { rawOverrides } = stack as Construct & { readonly rawOverrides?: Members };
  return rawOverrides === undefined || 'resource' in rawOverrides;
}

function searched({ resource, ...others }: Fragment): Fragment {
  return resource === undefined
    ? others
    : { ...others, resource: mapped(resource, (byId) => mapped(byId, searchedAttributes)) };
}

/**
 * Returns attributes in a form of which the framework resolves only the members that may have tokens, such as the id of a security
 * group, and writes the others as they are.
 */
function searchedAttributes(attributes: Members): Members {
  const plain: Record<string, unknown> = {};
  const open: Record<string, unknown> = {};
  let isOpen = false;
  for (const name of Object.keys(attributes)) {
    if (mayHoldToken(name)) return attributes;
    const member = attributes[name];
    const resolved = resolvedWithoutTokens(member);
    if (resolved === UNRESOLVED) {
      open[name] = member;
      isOpen = true;
    } else if (resolved !== undefined) plain[name] = resolved;
  }
  return (isOpen ? verbatimExcept(plain, open) : verbatim(plain)) as Members;
}

function mapped<T, Result>(
  members: Readonly<Record<string, T>>,
  map: (member: T) => Result,
): Readonly<Record<string, Result>> {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, map(member)]));
}

/** Stands for a value that the framework must resolve. */
const UNRESOLVED = Symbol('unresolved');

/** Returns what the framework resolves a value to: a copy without what is undefined. Returns `UNRESOLVED` if there may be tokens. */
function resolvedWithoutTokens(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return mayHoldToken(value) ? UNRESOLVED : value;
    case 'number':
      return value < 0 ? UNRESOLVED : value; // tokens of numbers, lists and maps are negative
    case 'boolean':
    case 'undefined':
      return value;
    case 'object':
      return value === null ? value : resolvedMembers(value);
    default:
      return UNRESOLVED;
  }
}

function resolvedMembers(value: object): unknown {
  if (Array.isArray(value)) return resolvedList(value);
  if (Object.getPrototypeOf(value) !== Object.prototype) return UNRESOLVED;
  const resolved: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (mayHoldToken(key)) return UNRESOLVED;
    const member = resolvedWithoutTokens((value as Members)[key]);
    if (member === UNRESOLVED) return UNRESOLVED;
    if (member !== undefined) resolved[key] = member;
  }
  return resolved;
}

function resolvedList(values: readonly unknown[]): unknown {
  const resolved: unknown[] = [];
  for (const value of values) {
    const member = resolvedWithoutTokens(value);
    if (member === UNRESOLVED) return UNRESOLVED;
    if (member !== undefined) resolved.push(member);
  }
  return resolved;
}

/** The end of the texts that stand for maps. */
const MAP_TOKEN = 'Map Token Value';

function mayHoldToken(text: string): boolean {
  return looksLikeToken(text) || text.endsWith(MAP_TOKEN);
}
