import type { TracedFlow, TracedHostGroup, TracedHostname, TracedPeer, TracedRanges } from '../../provenance';
import type { AskedFlow, RequestChange, RequestedAccess } from './request-blocks';
import { CHANGE_HEADINGS, type RequestPart } from './request-head';
import { routingRequests } from './routing-requests';

/** A request, and all flows of its stacks, to find the machines behind a virtual address. */
interface RequestSide extends RequestedAccess {
  readonly all: readonly TracedFlow[];
}

/** One part of a request that says what has changed. */
export interface ChangedPart extends RequestPart {
  readonly change: RequestChange;
}

/**
 * Returns what is to be opened, what is to be closed, and what is unchanged since an earlier request. What has both is divided: only the
 * ranges that are new are to be opened. A moved port is one to be closed and one to be opened. Names of machines, documents, purposes and
 * owners make no difference.
 */
export function requestChanges(before: RequestSide, after: RequestSide): ChangedPart[] {
  const areSeveral = [before, after].some((side) => new Set(side.all.map(({ stack }) => stack)).size > 1);
  const [old, now] = [before, after].map((side) => askedOf(side, areSeveral));
  const [open, unchanged] = divided(now, accesses(old));
  const [close] = divided(old, accesses(now));
  return [
    changedPart('open', open, after),
    changedPart('close', close, before),
    changedPart('unchanged', unchanged, after),
  ];
}

function changedPart(change: RequestChange, parts: readonly RequestedAccess[], { all }: RequestSide): ChangedPart {
  const { flows, hostnames } = joined(parts, change);
  const { routing } = routingRequests(flows, all);
  return { change, heading: CHANGE_HEADINGS[change], flows, hostnames, routing };
}

/** A flow, or a hostname at its ports: every unit of the one end may reach every unit of the other. */
interface Asked {
  /** What else must be the same. */
  readonly key: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Returns the same for some units only. */
  readonly only: (from: ReadonlySet<string>, to: ReadonlySet<string>) => RequestedAccess;
}

function askedOf({ flows, hostnames, all }: RequestSide, areSeveral: boolean): Asked[] {
  const { routing } = routingRequests(flows, all);
  const routedTo = new Map(
    routing.flatMap((request) =>
      (request.flows ?? []).map((flow) => [
        flow,
        [String(request.memberPort ?? request.port), ...unitsOf(request.members, { areSeveral, byRanges: true })],
      ]),
    ),
  );
  return [
    ...flows.map((flow) => askedFlow(flow, areSeveral, routedTo.get(flow))),
    ...hostnames.map((hostname) => askedHostname(hostname, areSeveral)),
  ];
}

/** The firewall team opens IP ranges; rules of a stack are for its machines, whatever their IP addresses are. */
function askedFlow(flow: AskedFlow, areSeveral: boolean, routedTo: readonly string[] | undefined): Asked {
  const { source, destination, port, family, hostname, external } = flow;
  const names = { areSeveral, byRanges: external };
  return {
    key: JSON.stringify([String(port), family, hostname, external, routedTo]),
    from: unitsOf(source, names),
    to: unitsOf(destination, names),
    only: (from, to) => ({
      flows: [
        {
          ...flow,
          ...{ source: narrowed(source, from, names), destination: narrowed(destination, to, names) },
          whole: flow.whole ?? flow,
        },
      ],
      hostnames: [],
    }),
  };
}

const EVERY_MACHINE = 'every machine';

function askedHostname(hostname: TracedHostname, areSeveral: boolean): Asked {
  const { clients, ports, through, filter, external } = hostname;
  const names = { areSeveral, byRanges: true };
  return {
    key: JSON.stringify([hostname.hostname, through, filter, external]),
    from: clients === undefined ? [EVERY_MACHINE] : unitsOf(clients, names),
    to: ports.map(String),
    only: (from, to) => ({
      flows: [],
      hostnames: [
        {
          ...hostname,
          whole: hostname,
          clients: clients && narrowed(clients, from, names),
          ports: ports.filter((port) => to.has(String(port))),
        },
      ],
    }),
  };
}

/** How machines are told apart. */
interface UnitNames {
  /** Whether the same name may be different machines of several stacks. */
  readonly areSeveral: boolean;
  /** Whether machines are the same if their IP ranges are. */
  readonly byRanges: boolean;
}

/** Returns what one end consists of: ranges, and host groups without known ranges. */
function unitsOf(peer: TracedPeer, names: UnitNames): string[] {
  const units = [
    ...rangeUnits(peer, peer, names),
    ...peer.hostGroups.flatMap((group) => groupUnits(group, peer, names)),
  ];
  return units.length > 0 ? [...new Set(units)] : [placed(`machines ${peer.label}`, peer, names)];
}

function groupUnits(group: TracedHostGroup, peer: TracedPeer, names: UnitNames): string[] {
  const { ipRanges, cloud, label, account, region, network } = group;
  const ranges = ipRanges === undefined || !names.byRanges ? [] : rangeUnits(ipRanges, peer, names);
  if (ranges.length > 0) return ranges;
  return [placed(JSON.stringify([cloud, label, account, region, network]), peer, names)];
}

function rangeUnits(of: TracedRanges, peer: TracedPeer, names: UnitNames): string[] {
  return [...of.ranges.map(String), ...of.references.map((reference) => placed(reference, peer, names))];
}

function placed(name: string, { stack }: TracedPeer, { areSeveral }: UnitNames): string {
  return areSeveral ? `${stack ?? ''}/${name}` : name;
}

/** Returns an end with only some of its units. */
function narrowed(peer: TracedPeer, units: ReadonlySet<string>, names: UnitNames): TracedPeer {
  if (unitsOf(peer, names).every((unit) => units.has(unit))) return peer;
  const some = <T extends TracedRanges>(of: T): T => ({
    ...of,
    ranges: of.ranges.filter((range) => units.has(String(range))),
    references: of.references.filter((reference) => units.has(placed(reference, peer, names))),
  });
  const hostGroups = peer.hostGroups.flatMap((group): TracedHostGroup[] => {
    if (!groupUnits(group, peer, names).some((unit) => units.has(unit))) return [];
    return [names.byRanges && group.ipRanges !== undefined ? { ...group, ipRanges: some(group.ipRanges) } : group];
  });
  return { ...some(peer), hostGroups };
}

/** What may be reached from each unit, by what else is the same. */
type Accesses = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

function accesses(asked: readonly Asked[]): Accesses {
  const found = new Map<string, Map<string, Set<string>>>();
  for (const { key, from, to } of asked) {
    const byUnit = found.get(key) ?? new Map<string, Set<string>>();
    found.set(key, byUnit);
    for (const unit of from) {
      const reached = byUnit.get(unit) ?? new Set();
      byUnit.set(unit, reached);
      to.forEach((other) => reached.add(other));
    }
  }
  return found;
}

/** Returns the parts that the accesses do not have, and those that they have. */
function divided(asked: readonly Asked[], others: Accesses): [RequestedAccess[], RequestedAccess[]] {
  const [missing, same]: [RequestedAccess[], RequestedAccess[]] = [[], []];
  for (const { key, from, to, only } of asked) {
    const byUnit = others.get(key);
    // units that reach the same are one part
    const parts = new Map<string, { readonly units: Set<string>; readonly has: readonly string[] }>();
    for (const unit of from) {
      const reached = byUnit?.get(unit);
      const has = reached === undefined ? [] : to.filter((other) => reached.has(other));
      const part = parts.get(has.join('\n')) ?? { units: new Set(), has };
      parts.set(has.join('\n'), part);
      part.units.add(unit);
    }
    for (const { units, has } of parts.values()) {
      const kept = new Set(has);
      const lost = to.filter((other) => !kept.has(other));
      if (lost.length > 0) missing.push(only(units, new Set(lost)));
      if (has.length > 0) same.push(only(units, kept));
    }
  }
  return [missing, same];
}

function joined(parts: readonly RequestedAccess[], change: RequestChange): RequestedAccess {
  return {
    flows: parts.flatMap(({ flows }) => flows.map((flow) => ({ ...flow, change }))),
    hostnames: parts.flatMap(({ hostnames }) => hostnames.map((hostname) => ({ ...hostname, change }))),
  };
}
