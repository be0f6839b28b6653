import { isolationsOf } from '../clusters';
import type { Circumstance, Configuration, NotEvaluated } from '../configuration';

/** A part of a configuration that is compared by what is known about it. */
export type ComparedPart = Omit<Circumstance, 'stops'> & Pick<NotEvaluated, 'stops' | 'known' | 'farEnd'>;

/** The parts that only one of two configurations has. */
interface UnequalParts {
  readonly removed: readonly ComparedPart[];
  readonly added: readonly ComparedPart[];
}

/**
 * Compares parts by what is known about them. Parts whose content is not known may differ. A part may have a different Terraform
 * address on the other side, if that is only a new name.
 */
export function unequalParts(before: Configuration, after: Configuration): UnequalParts {
  const [old, now] = [partsOf(before), partsOf(after)];
  const byAddress = unequal({ removed: old, added: now }, equalKey);
  // nested blocks have no order
  const byNested = unequal(byAddress, ({ address, ...part }) => equalKey({ ...part, address: resourceIn(address) }));
  // nothing else depends on which of several rules a rule is
  const byResource = unequal(byNested, ({ address, ...part }) =>
    RULES.has(typeIn(address)) ? equalKey({ ...part, address: typeIn(address) }) : undefined,
  );
  if (byResource.removed.length === 0 || byResource.added.length === 0) return byResource;
  return withoutRenamed(byResource, addressesOf(before, old), addressesOf(after, now));
}

/** Types of rules that no other resource refers to. */
const RULES = new Set([
  'aws_security_group_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_vpc_security_group_egress_rule',
  'google_compute_firewall',
]);

/** Parts that rules show by a name are in the changes of traffic. */
function partsOf({ notEvaluated, circumstances, isolatedPods = [] }: Configuration): ComparedPart[] {
  const unnamed = notEvaluated.filter(({ comparedAs }) => comparedAs === undefined);
  return [...unnamed, ...circumstances, ...isolationsOf(isolatedPods)];
}

function addressesOf({ addresses }: Configuration, parts: readonly ComparedPart[]): ReadonlySet<string> {
  return new Set([...addresses, ...parts.map(({ address }) => resourceIn(address))]);
}

type KeyOf = (part: ComparedPart) => string | undefined;

function unequal({ removed, added }: UnequalParts, key: KeyOf): UnequalParts {
  return { removed: without(removed, added, key), added: without(added, removed, key) };
}

/** Drops one part for each part that has the same key. */
function without(some: readonly ComparedPart[], others: readonly ComparedPart[], key: KeyOf): ComparedPart[] {
  const counts = countsOf(others, key);
  return some.filter((one) => {
    const text = key(one);
    const count = text === undefined ? 0 : (counts.get(text) ?? 0);
    if (count > 0) counts.set(text, count - 1);
    return count === 0;
  });
}

function countsOf(parts: readonly ComparedPart[], key: KeyOf): Map<string | undefined, number> {
  const counts = new Map<string | undefined, number>();
  for (const part of parts) counts.set(key(part), (counts.get(key(part)) ?? 0) + 1);
  return counts;
}

function equalKey({ address, reason, content }: Omit<ComparedPart, 'file'>): string | undefined {
  return content === undefined ? undefined : JSON.stringify([address, reason, content]);
}

/**
 * Drops parts that were only renamed: the resource is gone, and there is a new one of the same type with the same content. What a
 * resource hands to one that is also on the other side is a difference, and so is what may come from several.
 */
function withoutRenamed(
  { removed, added }: UnequalParts,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): UnequalParts {
  const keyFor =
    (elsewhere: ReadonlySet<string>): KeyOf =>
    ({ address, reason, content }) =>
      content === undefined || content === '' || elsewhere.has(resourceIn(address))
        ? undefined
        : JSON.stringify([typeIn(address), reason, content]);
  const [keyBefore, keyAfter] = [keyFor(after), keyFor(before)];
  const [gone, made] = [countsOf(removed, keyBefore), countsOf(added, keyAfter)];
  const isRenamed = (key: string | undefined): boolean => key !== undefined && gone.get(key) === made.get(key);
  return {
    removed: removed.filter((part) => !isRenamed(keyBefore(part))),
    added: added.filter((part) => !isRenamed(keyAfter(part))),
  };
}

const NAME = String.raw`[^.\s[\]]+`;
const KEY = String.raw`(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?`;
const RESOURCE = new RegExp(
  String.raw`^(?:module\.${NAME}${KEY}\.)*(?:data\.)?(${NAME})\.${NAME}${KEY}(?: \([^)]*\))?`,
);

/** Returns the Terraform address of the resource that a nested block is in. */
export function resourceIn(address: string): string {
  return RESOURCE.exec(address)?.[0] ?? address;
}

/** Returns the type of a resource; the whole of anything else that has an address. */
function typeIn(address: string): string {
  return RESOURCE.exec(address)?.[1] ?? '';
}
