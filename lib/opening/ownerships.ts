import { checkedOwnership, type Ownership } from '../access';
import { checkObject } from '../input';

const EXAMPLE = "rowOwnership: { kubelet: { owner: 'payments' } }";

/** The props of constructs that say who wants what they open. */
interface OwnershipProps {
  readonly ownership?: Ownership;
  readonly rowOwnership?: Record<string, Ownership>;
}

/** Returns copies of the ownerships of a construct and of its rows. Throws unless they have an owner, and a date that exists. */
export function checkedOwnerships(
  { ownership, rowOwnership = {} }: OwnershipProps,
  place: string,
): { readonly ownership?: Ownership; readonly rowOwnership: Record<string, Ownership> } {
  // the entries of a Map are no properties, and would be ignored
  const given: unknown = rowOwnership instanceof Map ? [] : rowOwnership;
  checkObject(given, 'an ownership by row name', EXAMPLE, `${place}, rowOwnership`);
  const ofRows = Object.entries(rowOwnership).map(
    ([name, own]) => [name, checkedOwnership(own, `rowOwnership[${JSON.stringify(name)}]`, place)] as const,
  );
  return {
    ownership: ownership === undefined ? undefined : checkedOwnership(ownership, 'ownership', place),
    rowOwnership: Object.fromEntries(ofRows),
  };
}
