import type { WorldThreshold } from '../../net';
import type { Configuration, Gate, SharedList } from '../configuration';
import { ANY_MACHINE, type RulePeer } from '../rule';
import { type Bounds, difference, FAMILIES, isWorldWide, NOTHING, union } from '../sets';

/** A change of a list, with the gate that stops. */
interface SharedListChange {
  readonly list: SharedList;
  readonly gate: Gate;
}

/**
 * Compares the prefix lists and URL lists of two configurations: rules that are in neither may use them. Leaves out a list whose change `isShown` by
 * the rules that use it, and one that only these rules can use because it is new or gone.
 */
export function sharedListChanges(
  { sharedLists: before }: Configuration,
  { sharedLists: after }: Configuration,
  options: { readonly threshold: WorldThreshold; readonly isShown: (list: SharedList) => boolean },
): SharedListChange[] {
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

function gateOf(old: SharedList | undefined, now: SharedList | undefined, threshold: WorldThreshold): Gate | undefined {
  // a rule that denies hostnames denies fewer if the list has fewer
  if (old && now && hostsOf(old).join() !== hostsOf(now).join()) return 'opened';
  if (old === undefined && hostsOf(now).length > 0) return 'opened';
  if (now === undefined && hostsOf(old).length > 0) return 'any';
  const mayBeAnything = now?.isKnown === false && (now.content === undefined || now.content !== old?.content);
  if (mayBeAnything) return 'opened';
  const gained = FAMILIES.filter((family) => difference(addressesOf(now, family), addressesOf(old, family)).length > 0);
  const isWide = (list: SharedList | undefined, family: RulePeer['family']): boolean =>
    isWorldWide(family, addressesOf(list, family), threshold);
  if (gained.some((family) => isWide(now, family) && !isWide(old, family))) return 'world';
  if (gained.length > 0) return 'opened';
  const isNarrower = FAMILIES.some(
    (family) => difference(addressesOf(old, family), addressesOf(now, family)).length > 0,
  );
  return isNarrower || (old?.isKnown === false && now?.content !== old.content) ? 'any' : undefined;
}

function addressesOf(list: SharedList | undefined, family: RulePeer['family']): Bounds {
  const peers = list?.peers.filter((peer) => peer.name === ANY_MACHINE && peer.family === family) ?? [];
  return peers.reduce<Bounds>((all, { addresses }) => union(all, addresses), NOTHING);
}

function hostsOf(list: SharedList | undefined): string[] {
  const names = list?.peers.map(({ name }) => name).filter((name) => name.startsWith('host:')) ?? [];
  return [...new Set(names)].sort();
}

/** Returns the addresses of lists that are gone, and of the only new ones with the same content. */
function renamedLists(before: Configuration['sharedLists'], after: Configuration['sharedLists']): ReadonlySet<string> {
  const [gone, made] = [onlyIn(before, after), onlyIn(after, before)];
  const isOnly = ([key, addresses]: [string, string[]]): boolean =>
    addresses.length === 1 && made.get(key)?.length === 1;
  return new Set([...gone].filter(isOnly).flatMap(([key, addresses]) => [...addresses, ...made.get(key)!]));
}

function onlyIn(lists: Configuration['sharedLists'], others: Configuration['sharedLists']): Map<string, string[]> {
  const byContent = new Map<string, string[]>();
  for (const [address, list] of lists) {
    if (others.has(address) || !list.isKnown) continue;
    const key = [...FAMILIES.map((family) => addressesOf(list, family).join()), ...hostsOf(list)].join(' ');
    byContent.set(key, [...(byContent.get(key) ?? []), address]);
  }
  return byContent;
}
