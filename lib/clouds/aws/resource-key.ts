import type { Construct, IConstruct } from 'constructs';
import { knownExpression, ownerOf, referenceOf, textOf } from '../../framework';
import { holdsToken, refusal, shown } from '../../input';
import { Ledger } from '../../opening';
import type { SelectorJson } from '../../provenance';

/**
 * How rules refer to an AWS resource.
 *
 * The key of a resource that this library creates is its name. The key of an existing resource is the `key` option, or else the
 * literal id, or else the Terraform expression of the id.
 */
export interface ResourceKey {
  /** The part of the Terraform addresses of rules that comes from this resource. */
  readonly key: string;
  /** The same, but unique in the whole app. */
  readonly appKey: string;
  /** The id, as a literal or as a token. */
  readonly id: string;
}

/** Returns the key of a resource that this library creates in a stack. */
export function newResourceKey(stack: Construct, name: string, id: string): ResourceKey {
  return { key: name, appKey: `${stack.node.path}|new|${name}`, id };
}

/** The id and the `key` option of an existing resource. */
export interface GivenResource {
  readonly id: string;
  readonly key?: string;
}

/**
 * Returns the key of an existing resource.
 * @param checkId throws unless a text has the form of such an id
 * @param fix the call with a `key`, for the error if the id has no Terraform expression
 */
export function existingResourceKey(
  { id, key }: GivenResource,
  checkId: (id: string, place: string) => void,
  fix: string,
  stack: Construct,
  place: string,
): ResourceKey {
  const literal = holdsToken(id) ? textOf(id, stack, place) : id;
  if (literal !== undefined) {
    checkId(literal, place);
    return { key: key ?? literal, appKey: literal, id: literal };
  }
  if (key !== undefined) {
    const owner = ownerOf(id, stack, place).node.path;
    return { key, appKey: `${owner}|${knownExpression(id, stack, place) ?? key}`, id };
  }
  const { expression, stack: owner } = referenceOf(id, stack, place, fix);
  return { key: expression, appKey: `${owner.node.path}|${expression}`, id };
}

/** Returns how rules select a security group or prefix list, for provenance. */
export function selectorOf(
  id: string,
  stack: Construct,
  place: string,
  kind: 'sg' | 'prefix-list' = 'sg',
): SelectorJson {
  if (!holdsToken(id)) return { kind, value: id };
  const expression = knownExpression(id, stack, place) ?? '';
  return { kind, value: `\${${expression}}`, stack: ownerOf(id, stack, place).node.path };
}

/** Records that a construct of this library creates the resource at a Terraform address, so that `createdResource` finds it. */
export function recordCreatedResource(stack: Construct, address: string, construct: Construct): void {
  Ledger.of(stack).recordConstruct(placeInApp(stack, `${address}.id`), construct);
}

/** Returns the construct of this library that creates the resource with this id, if any. */
export function createdResource(id: string, stack: Construct, place: string): IConstruct | undefined {
  const expression = knownExpression(id, stack, place);
  if (expression === undefined) return undefined;
  return Ledger.of(stack).constructOf(placeInApp(ownerOf(id, stack, place), expression));
}

function placeInApp(stack: Construct, expression: string): string {
  return `${stack.node.path}|${expression}`;
}

const NAME = /^[A-Za-z][\w-]*$/;

/** Throws unless a name can be both the name of an AWS resource and part of a Terraform address. */
export function checkResourceName(name: string, idPrefix: string, maxLength: number, place: string): void {
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw refusal(
      place,
      'name-invalid',
      'name must be letters, digits, hyphens and underscores, beginning with a letter',
      shown(name),
    );
  }
  if (name.toLowerCase().startsWith(idPrefix)) {
    throw refusal(place, 'name-like-an-id', `name must not begin with "${idPrefix}", because AWS ids do`, shown(name));
  }
  if (name.length > maxLength) {
    throw refusal(place, 'name-too-long', `name must have at most ${maxLength} characters`, `${name.length}`);
  }
}

/** Returns the fix for a caller who passed a resource of the framework instead of its id. */
export function idOfResource(value: unknown, type: RegExp, call: (id: string) => string): string | undefined {
  const isResource = typeof value === 'object' && value !== null && 'terraformResourceType' in value;
  return isResource && type.test(String(value.terraformResourceType)) ? call('resource.id') : undefined;
}
