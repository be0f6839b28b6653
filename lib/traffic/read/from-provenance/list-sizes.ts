import type { ProvenanceJson } from '../../../provenance';
import type { AddressFamily } from '../../../net';
import type { Configuration, ListSize } from '../../configuration';
import type { Rule } from '../../rule';
import { FAMILIES } from '../../sets';
import { withCountedLists } from '../aws-far-ends';
import { evaluatedText, type ProvenanceContext } from './needed-rules';

/** Returns the sizes that the code gives for existing prefix lists, by the Terraform address, expression or id that rules have. */
export function givenListSizes({ peers }: ProvenanceJson, context: ProvenanceContext): Map<string, ListSize> {
  const selectors = peers.flatMap(({ hostGroups }) => hostGroups.flatMap(({ selectedBy }) => selectedBy ?? []));
  return new Map(
    selectors.flatMap(({ kind, value, stack, family, maxEntries }): [string, ListSize][] => {
      if (kind !== 'prefix-list' || !isSize(maxEntries, family)) return [];
      const name = context.aws.list(evaluatedText(value, stack, context), context.placeOf('aws'));
      return name === undefined ? [] : [[name, { maxEntries, ...(family !== undefined && { family }) }]];
    }),
  );
}

/** Provenance is a claim: what this library would not have written is not a size. */
function isSize(maxEntries: number | undefined, family: AddressFamily | undefined): maxEntries is number {
  return (
    Number.isSafeInteger(maxEntries) &&
    Number(maxEntries) >= 1 &&
    [undefined, ...FAMILIES].some((one) => one === family)
  );
}

/**
 * Returns the rules of a plan or state, in which prefix lists count as the code says: by the list, or if its id is known only after apply,
 * by the address of the rule.
 */
export function withSizesInCode(rules: readonly Rule[], code: readonly Configuration[]): Rule[] {
  const sizes = new Map(code.flatMap(({ listSizes = new Map<string, ListSize>() }) => [...listSizes]));
  const counted = new Map(
    code.flatMap((one) => one.rules).flatMap(({ address, farEnds }) => (farEnds ? [[address, farEnds] as const] : [])),
  );
  return rules.map((rule) => {
    const own = withCountedLists(rule, (list) => sizes.get(list));
    const inCode = counted.get(rule.address);
    if (own.farEnds === undefined || inCode === undefined) return own;
    if (own.farEnds.uncountedLists.length === 0 || inCode.uncountedLists.length > 0) return own;
    return { ...own, farEnds: { entries: inCode.entries, uncountedLists: [], texts: own.farEnds.texts } };
  });
}
