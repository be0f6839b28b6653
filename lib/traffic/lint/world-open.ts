import type { AddressFamily, WorldThreshold } from '../../net';
import { ANY_MACHINE, type Rule } from '../rule';
import {
  type Bounds,
  boundsOf,
  FAMILIES,
  isPublic,
  isWorldWide,
  type PortInterval,
  portTexts,
  rangesIn,
  rangeText,
  type Region,
  regionOf,
  type Slab,
} from '../sets';
import { type Finding, findingAt } from './finding';

/**
 * Finds rules that are open to most of the internet, each by itself or several together: everything counts that is open
 * at a port of a group.
 */
export function worldOpen(rules: readonly Rule[], threshold: WorldThreshold): Finding[] {
  const open = rules.filter(({ direction, action }) => direction === 'ingress' && action === 'allow');
  return FAMILIES.flatMap((family) => openToMost(open, { family, threshold }));
}

/** What "most of the internet" means in one address family. */
interface World {
  readonly family: AddressFamily;
  readonly threshold: WorldThreshold;
}

function openToMost(rules: readonly Rule[], world: World): Finding[] {
  const { family } = world;
  const ranged = rules
    .map((rule) => ({ rule, addresses: addressesOf(rule, family) }))
    .filter(({ addresses }) => isPublic(family, addresses));
  const slabs = new Map<string, Slab[]>();
  for (const { rule, addresses } of ranged) {
    for (const key of keysOf(rule)) {
      const known = slabs.get(key) ?? [];
      if (known.length === 0) slabs.set(key, known);
      for (const [from, to] of rule.ports) known.push({ from, to, addresses });
    }
  }
  const wide = new Map([...slabs].map(([key, all]) => [key, widePorts(regionOf(all), world)]));
  return ranged.flatMap(({ rule, addresses }) => {
    const ports = keysOf(rule).flatMap((key) => rule.ports.flatMap((own) => common(own, wide.get(key)!)));
    if (ports.length === 0) return [];
    const texts = [...new Set(ports.flatMap((interval) => portTexts(interval)))].join(', ');
    const message = `it opens ${texts} of ${rule.groups.join(', ')} to ${farEnds(world, addresses)}`;
    return [findingAt(rule, 'world-open', message)];
  });
}

function addressesOf({ peers }: Rule, family: AddressFamily): Bounds {
  const own = peers.filter((peer) => peer.family === family && peer.name === ANY_MACHINE);
  return own.length === 1 ? own[0].addresses : boundsOf(own.flatMap(({ addresses }) => [...addresses]));
}

function keysOf({ network, groups }: Rule): string[] {
  return groups.map((group) => `${network}|${group}`);
}

function widePorts(region: Region, { family, threshold }: World): PortInterval[] {
  return region
    .filter(({ addresses }) => isWorldWide(family, addresses, threshold))
    .map(({ from, to }): PortInterval => [from, to]);
}

function common([from, to]: PortInterval, others: readonly PortInterval[]): PortInterval[] {
  return others
    .filter(([first, end]) => first < to && end > from)
    .map(([first, end]): PortInterval => [Math.max(first, from), Math.min(end, to)]);
}

const MOST_RANGES = 3;

function farEnds({ family, threshold }: World, addresses: Bounds): string {
  const ranges = rangesIn(addresses).map((range) => rangeText(family, range));
  const more = ranges.length > MOST_RANGES ? ` and ${ranges.length - MOST_RANGES} more` : '';
  const texts = ranges.slice(0, MOST_RANGES).join(', ') + more;
  return isWorldWide(family, addresses, threshold) ? texts : `${texts}, which with other rules is most of the internet`;
}
