import type { WorldThreshold } from '../../net';
import type { Configuration, Gate, PrefixList } from '../configuration';
import { ANY_MACHINE, type RulePeer } from '../rule';
import { type Bounds, difference, FAMILIES, isWorldWide, NOTHING, union } from '../sets';

/** A change of a prefix list, with the gate that stops. */
interface PrefixListChange {
  readonly list: PrefixList;
  readonly gate: Gate;
}

/**
 * Compares the prefix lists of two configurations: rules that are in neither may use them. Leaves out a list whose change `isShown` by
 * the rules that use it, and one that only these rules can use because it is new or gone.
 */
export function prefixListChanges(
  { prefixLists: before }: Configuration,
  { prefixLists: after }: Configuration,
  options: { readonly threshold: WorldThreshold; readonly isShown: (list: PrefixList) => boolean },
): PrefixListChange[] {
  const renamed = renamedLists(before, after);
  const addresses = [...new Set([...after.keys(), ...before.keys()])].filter((address) => !renamed.has(address));
  return addresses.flatMap((address) => {
    const [old, now] = [before.get(address), after.get(address)];
    const list = (now ?? old)!;
    const isShown = old && now ? options.isShown(list) : list.users.length > 0;
    const gate = isShown ? undefined : gateOf(old, now, options.threshold);
    return gate === undefined ? [] : [{ list, gate }];
  });
}

function gateOf(old: PrefixList | undefined, now: PrefixList | undefined, threshold: WorldThreshold): Gate | undefined {
  const mayBeAnything = now?.isKnown === false && (now.content === undefined || now.content !== old?.content);
  if (mayBeAnything) return 'opened';
  const gained = FAMILIES.filter((family) => difference(addressesOf(now, family), addressesOf(old, family)).length > 0);
  const isWide = (list: PrefixList | undefined, family: RulePeer['family']): boolean =>
    isWorldWide(family, addressesOf(list, family), threshold);
  if (gained.some((family) => isWide(now, family) && !isWide(old, family))) return 'world';
  if (gained.length > 0) return 'opened';
  const isNarrower = FAMILIES.some(
    (family) => difference(addressesOf(old, family), addressesOf(now, family)).length > 0,
  );
  return isNarrower || (old?.isKnown === false && now?.content !== old.content) ? 'any' : undefined;
}

function addressesOf(list: PrefixList | undefined, family: RulePeer['family']): Bounds {
  const peers = list?.peers.filter((peer) => peer.name === ANY_MACHINE && peer.family === family) ?? [];
  return peers.reduce<Bounds>((all, { addresses }) => union(all, addresses), NOTHING);
}

/** Returns the addresses of lists that are gone, and of the only new ones with the same IP ranges. */
function renamedLists(before: Configuration['prefixLists'], after: Configuration['prefixLists']): ReadonlySet<string> {
  const [gone, made] = [onlyIn(before, after), onlyIn(after, before)];
  const isOnly = ([key, addresses]: [string, string[]]): boolean =>
    addresses.length === 1 && made.get(key)?.length === 1;
  return new Set([...gone].filter(isOnly).flatMap(([key, addresses]) => [...addresses, ...made.get(key)!]));
}

function onlyIn(lists: Configuration['prefixLists'], others: Configuration['prefixLists']): Map<string, string[]> {
  const byRanges = new Map<string, string[]>();
  for (const [address, list] of lists) {
    if (others.has(address) || !list.isKnown) continue;
    const key = FAMILIES.map((family) => addressesOf(list, family).join()).join(' ');
    byRanges.set(key, [...(byRanges.get(key) ?? []), address]);
  }
  return byRanges;
}
