import type { Configuration } from '../configuration';
import { shownRows, type TrafficRow } from '../permitted';
import { ALL_INSTANCES, ANY_MACHINE, type PeerName, type Rule, type RulePeer } from '../rule';
import { type AddressRange, type Bounds, boundsOf, contains, intersection, isWhole, parsePorts } from '../sets';
import { parseWrittenEnd } from '../written-ends';
import type { RoleMachines } from './machines';

/** Ports at which machines receive connections. */
export interface OpenPorts {
  readonly row: TrafficRow;
  readonly ports: Bounds;
  /** The name of the far end; `ANY_MACHINE` if only its IP addresses count. */
  readonly peer: PeerName;
  /** The IP addresses of the far end; absent if a name has all of them. */
  readonly range?: AddressRange;
}

/** Returns what the rules of a configuration let machines receive. */
export function openPorts({ rules }: Configuration): OpenPorts[] {
  return shownRows(rules)
    .filter(({ direction, permitted }) => direction === 'ingress' && permitted)
    .map((row) => {
      const written = parseWrittenEnd(row.from);
      const { name, range } = written ?? { name: row.from, range: undefined };
      const isAll = range !== undefined && name !== undefined && isWhole(range.family, range.bounds);
      return {
        row,
        ports: boundsOf([...parsePorts(row.port)!]),
        peer: (name ?? ANY_MACHINE) as PeerName,
        range: isAll ? undefined : range,
      };
    });
}

/** Whether ports are open at no other machines than those of a role. */
export function isWithinDestination({ row }: OpenPorts, machines: RoleMachines | undefined): boolean {
  return machines === undefined || machines.groups.some((group) => group === row.to);
}

/** Whether ports are open to no other machines than those of a role. */
export function isWithinSource({ peer, range }: OpenPorts, machines: RoleMachines | undefined): boolean {
  if (machines === undefined) return true;
  return machines.peers.some(({ name, family, addresses }) => {
    if (peer !== ANY_MACHINE) return name === peer;
    // of machines without known IP addresses, nobody can tell whether a range belongs to them
    const isKnown = name === ANY_MACHINE || !isWhole(family, addresses);
    return isKnown && family === range?.family && contains(addresses, range.bounds);
  });
}

/** Whether ports are open at machines: by one of their names, or at all machines of their network. */
export function isAt({ row: { to, network } }: OpenPorts, { groups, networks }: RoleMachines): boolean {
  if (network !== undefined && networks.length > 0 && !networks.includes(network)) return false;
  return to === ALL_INSTANCES || groups.some((group) => group === to);
}

/** Whether ports are open to all of a far end; not known if nobody knows the IP addresses behind a name. */
export function reaches({ peer, range }: OpenPorts, end: RulePeer): 'yes' | 'no' | 'not known' {
  if (peer !== ANY_MACHINE && peer === end.name) {
    if (range === undefined) return 'yes';
    return range.family === end.family && contains(range.bounds, end.addresses) ? 'yes' : 'not known';
  }
  if (peer === ANY_MACHINE && range?.family === end.family) {
    if (contains(range.bounds, end.addresses)) return 'yes';
    if (end.name !== ANY_MACHINE && isWhole(end.family, end.addresses)) return 'not known';
    return 'no';
  }
  // the IP addresses of a prefix list, and those that are known after apply, may be the ones
  return /^(?:list|unknown):/.test(peer) ? 'not known' : 'no';
}

/**
 * Returns the Terraform addresses of the rules that allow what a row of permitted traffic says, or a part of it: a row of all machines is
 * also of those that rules name.
 */
export function rulesBehind({ row, ports, peer, range }: OpenPorts, rules: readonly Rule[]): string[] {
  const isFromAll = peer === ANY_MACHINE && range !== undefined && isWhole(range.family, range.bounds);
  const found = rules.filter(
    (rule) =>
      rule.direction === 'ingress' &&
      rule.action === 'allow' &&
      rule.network === (row.network ?? '') &&
      (row.to === ALL_INSTANCES || rule.groups.some((group) => group === row.to)) &&
      rule.ports.some((each) => intersection([...each], ports).length > 0) &&
      rule.peers.some(
        ({ name, family, addresses }) =>
          (name === peer || isFromAll) &&
          (range === undefined || (family === range.family && intersection(addresses, range.bounds).length > 0)),
      ),
  );
  return [...new Set(found.map(({ address }) => address))];
}
