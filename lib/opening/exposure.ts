import type { Construct } from 'constructs';
import { type Flow, type IHostGroup, type IPeer, wideCall, WORLD } from '../access';
import { refusal, shown } from '../input';
import {
  AddressFamily,
  areWorldWide,
  type Cidr,
  DEFAULT_WORLD_THRESHOLD,
  isMostOfWorld,
  overlap,
  parseWorldThreshold,
  type Port,
  type PortInterval,
  publicSize,
  rangesOf,
  type WorldThreshold,
} from '../net';

/** Public ranges for which a construct opens a port of some machines. */
interface Exposure {
  readonly port: Port;
  /** The port on the axis of all ports. */
  readonly interval: PortInterval;
  readonly ranges: readonly Cidr[];
  readonly size: bigint;
  /** Whether the user gave a reason for opening to most of the internet. */
  readonly isReasoned: boolean;
  /** Whether no reason is accepted, because the port must not be open to the world. */
  readonly isInternal: boolean;
  readonly constructPath: string;
}

/** Everything that constructs open to public ranges at some machines, in one family. */
interface Opening {
  /** By port, ranges and reason, so that each counts only once. */
  readonly exposures: Map<string, Exposure>;
  /** The sum of public addresses; more than those that are open if ranges overlap. */
  size: bigint;
}

type Openings = ReadonlyMap<string, ReadonlyMap<string, Exposure>>;

/**
 * What the constructs of an app open to public ranges. Each of them may be narrow, and all of them together most of the internet:
 * everything counts that is open at one port of the same machines.
 */
export class PublicExposure {
  private readonly openings = new Map<string, Opening>();

  /**
   * Returns what flows open to public ranges. Throws if, with the flows of earlier constructs, they open a port to most of the internet
   * and nobody gave a reason.
   */
  public checked(flows: readonly Flow[], stack: Construct, place: string): Openings {
    const openings = exposuresOf(flows, stack, place);
    const threshold = thresholdOf(stack);
    for (const [key, added] of openings) {
      const { exposures = new Map<string, Exposure>(), size = 0n } = this.openings.get(key) ?? {};
      const fresh = [...added].filter(([id]) => !exposures.has(id)).map(([, exposure]) => exposure);
      const family = key.startsWith(AddressFamily.IPV6) ? AddressFamily.IPV6 : AddressFamily.IPV4;
      const most = fresh.reduce((sum, exposure) => sum + exposure.size, size);
      if (!isMostOfWorld(family, most, threshold)) continue;
      const all = [...exposures.values(), ...fresh];
      for (const exposure of fresh) checkPort(exposure, all, { family, threshold, place });
    }
    return openings;
  }

  /** Records what flows open, for later constructs. */
  public record(openings: Openings): void {
    for (const [key, added] of openings) {
      const opening = this.openings.get(key) ?? { exposures: new Map<string, Exposure>(), size: 0n };
      this.openings.set(key, opening);
      for (const [id, exposure] of added) {
        if (opening.exposures.has(id)) continue;
        opening.exposures.set(id, exposure);
        opening.size += exposure.size;
      }
    }
  }
}

const CONTEXT_KEY = 'clusterPorts:worldWiderThan';

/** Returns what the app counts as open to the world. It may be stricter than the default, and never less strict. */
function thresholdOf(scope: Construct): WorldThreshold {
  const text: unknown = scope.node.tryGetContext(CONTEXT_KEY);
  if (text === undefined) return DEFAULT_WORLD_THRESHOLD;
  const place = `context "${CONTEXT_KEY}"`;
  const threshold = parseWorldThreshold(text, place);
  if (Object.values(AddressFamily).some((family) => threshold[family] < DEFAULT_WORLD_THRESHOLD[family])) {
    const need = 'an app can count only narrower ranges than /8 of IPv4 and /16 of IPv6 as the world';
    throw refusal(place, 'world-threshold-invalid', need, shown(text), 'Peer.wide("why it is open", ...ranges)');
  }
  return threshold;
}

/** Returns what flows open to public ranges, by family and machines. */
function exposuresOf(flows: readonly Flow[], stack: Construct, place: string): Openings {
  const openings = new Map<string, Map<string, Exposure>>();
  const sources = new Map<IPeer, PublicRanges[]>();
  const machines = new Map<IPeer, string[]>();
  for (const { source, destination, port, row, constructPath } of flows) {
    const ranges = sources.get(source) ?? publicRangesOf(source);
    sources.set(source, ranges);
    if (ranges.length === 0) continue;
    const [interval] = port._intervals();
    const keys = machines.get(destination) ?? keysOf(destination, stack, place);
    machines.set(destination, keys);
    for (const { family, id, ...exposed } of ranges) {
      for (const key of keys.map((one) => `${family} ${one}`)) {
        const known = openings.get(key) ?? new Map<string, Exposure>();
        openings.set(
          key,
          known.set(`${String(port)} ${id}`, {
            ...exposed,
            port,
            interval,
            isInternal: row.internal === true,
            constructPath,
          }),
        );
      }
    }
  }
  return openings;
}

interface PublicRanges extends Pick<Exposure, 'ranges' | 'size' | 'isReasoned'> {
  readonly family: AddressFamily;
  readonly id: string;
}

/** Returns the ranges of a peer by family, if they contain public addresses. Those of its prefix lists count too. */
function publicRangesOf({ _farEnd: { ranges, hostGroups, worldReasons } }: IPeer): PublicRanges[] {
  const all = [...ranges, ...hostGroups.flatMap((group) => group._ranges ?? [])];
  return Object.values(AddressFamily).flatMap((family) => {
    const ofFamily = rangesOf(family, all);
    const size = publicSize(family, ofFamily);
    if (size === 0n) return [];
    const isReasoned = worldReasons.some((reason) => reason.family === family);
    const id = `${isReasoned ? 'reasoned ' : ''}${ofFamily.join(' ')}`;
    return [{ family, ranges: ofFamily, size, isReasoned, id }];
  });
}

/** Returns a key for each host group: machines that rules select in the same way are the same. */
function keysOf({ label, _farEnd }: IHostGroup, stack: Construct, place: string): string[] {
  if (_farEnd.hostGroups.length === 0) return [JSON.stringify([label])];
  return _farEnd.hostGroups.map((group) => {
    const { kind, value, stack: owner, network, project } = group._selectedBy?.(stack, place) ?? {};
    return JSON.stringify(value === undefined ? [group.label] : [kind, value, owner, network, project]);
  });
}

interface PortCheck {
  readonly family: AddressFamily;
  readonly threshold: WorldThreshold;
  readonly place: string;
}

/** Throws if one of the ports is open to most of the internet. */
function checkPort(
  { port, interval }: Pick<Exposure, 'port' | 'interval'>,
  exposures: readonly Exposure[],
  { family, threshold, place }: PortCheck,
): void {
  const overlapping = exposures.filter((other) => overlap([other.interval], [interval]));
  const firstPorts = new Set(overlapping.map((other) => Math.max(other.interval[0], interval[0])));
  for (const number of firstPorts) {
    const open = overlapping.filter(({ interval: [from, to] }) => from <= number && number < to);
    const ranges = open.flatMap((exposure) => exposure.ranges);
    if (open.some(({ isReasoned }) => isReasoned) || !areWorldWide(family, ranges, threshold)) continue;
    const together = open.length > 1 ? ', with all constructs together,' : '';
    const need = `opening ${String(port)} of these machines to most of the internet${together} needs a reason`;
    const got = open.map((exposure) => `${shown(exposure.ranges.map(String))} in "${exposure.constructPath}"`);
    throw refusal(place, 'world-without-reason', need, listed(got), suggestion(family, open));
  }
}

const MOST_NAMED = 3;

function listed(texts: readonly string[]): string {
  const more = texts.length > MOST_NAMED ? [`${texts.length - MOST_NAMED} more`] : [];
  return [...texts.slice(-MOST_NAMED), ...more].join(' and ');
}

/** Returns the call that gives a reason for the ranges of the last construct, if a reason is accepted. */
function suggestion(family: AddressFamily, open: readonly Exposure[]): string | undefined {
  if (open.some(({ isInternal }) => isInternal)) return undefined;
  const last = open.at(-1)?.ranges.map(String) ?? [];
  return last.some((range) => range.endsWith('/0')) ? WORLD[family] : wideCall(last);
}
