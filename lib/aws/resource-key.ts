import type { Construct } from 'constructs';
import { knownExpression, ownerOf, referenceOf, textOf } from '../framework/references';
import { holdsToken } from '../model/token-text';

/** How a resource of others was given. */
export interface GivenResource {
  readonly id: string;
  readonly key?: string;
}

/** A resource of others as rules know it. */
export interface ResourceKey {
  /** What addresses are made from. */
  readonly key: string;
  /** The same, told apart over all stacks. */
  readonly appKey: string;
  /** The id as an attribute takes it. */
  readonly id: string;
}

/**
 * A resource of others: by the given key, else by its id, else by what the id refers to.
 * @param checkId refuses text that is no such id
 * @param fix how a key is given, for a reference that gives no name
 */
export function resourceKey(
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
