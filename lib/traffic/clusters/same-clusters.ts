import { addTo } from '../../input';
import type { Configuration } from '../configuration';
import { clustersOf, withPodsIn } from './pod-names';

/** A cluster of one side, as names of pods say it, and what identifies it among all sides. */
interface ClusterOfSide {
  readonly name: string;
  readonly identity: string;
}

/**
 * Gives the pods of one cluster the same names, and those of different clusters different ones, in configurations that are compared with each
 * other. A cluster of which nothing says which one it is keeps its name. If each side has only one cluster, it is the same one: then names
 * say none.
 */
export function withOneNameForEachCluster(sides: readonly Configuration[]): Configuration[] {
  const clusters = sides.map((side) => clustersOf(side).map((name) => ({ name, identity: identityOf(name, side) })));
  // a provider that no policy has is not in the names of a stack, so a name without it may be that of its pods
  const mayBeLeftOut = sides.length > 1 || sides.every(({ kind }) => kind === 'combined');
  const names = (mayBeLeftOut ? withoutTheOnly(clusters) : undefined) ?? namesByIdentity(clusters);
  return sides.map((side, at) =>
    withPodsIn(side, new Map(clusters[at].map(({ name, identity }) => [name, names.get(identity)!]))),
  );
}

function identityOf(name: string, { clusters }: Configuration): string {
  const text = clusters?.get(name);
  return text === undefined ? `unknown ${name}` : `known ${text}`;
}

/** Leaves the cluster out of all names if each side has only one, which has several names; returns nothing otherwise. */
function withoutTheOnly(sides: readonly (readonly ClusterOfSide[])[]): Map<string, string> | undefined {
  const all = sides.flat();
  const isOneEach = sides.every((clusters) => new Set(clusters.map(({ identity }) => identity)).size <= 1);
  const isCalledOnce = new Set(all.map(({ name }) => name)).size <= 1;
  return isOneEach && !isCalledOnce ? new Map(all.map(({ identity }) => [identity, ''])) : undefined;
}

function namesByIdentity(sides: readonly (readonly ClusterOfSide[])[]): Map<string, string> {
  const given = new Map<string, string>();
  for (const clusters of sides) {
    const present = new Set(clusters.map(({ identity }) => identity));
    const taken = new Set([...given].flatMap(([identity, name]) => (present.has(identity) ? [name] : [])));
    const own = new Map<string, string[]>();
    for (const { name, identity } of clusters) if (!given.has(identity)) addTo(own, identity, name);
    for (const [identity, [first, ...others]] of own) {
      const name = [first, ...others].find((each) => !taken.has(each)) ?? `${identity.replace(/^\w+ /, '')}/`;
      given.set(identity, name);
      taken.add(name);
    }
  }
  return given;
}

/**
 * Whether two clusters may be the same one: nothing says of one of them which it is, or only by a value that is known after apply. Two
 * providers of one stack are for two clusters unless they say the same, as at synthesis.
 */
export function mayBeOneCluster(one: string, other: string, { clusters, stackNames }: Configuration): boolean {
  const [first, second] = [one, other].map((name) =>
    [...(stackNames?.values() ?? [])]
      .filter((stack) => name.startsWith(`${stack}/`))
      .sort()
      .at(-1),
  );
  return first !== second && [one, other].some((name) => clusters?.get(name)?.includes('${') ?? true);
}
