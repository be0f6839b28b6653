import { addTo, shown } from '../../../input';
import type { AddressFamily, WorldThreshold } from '../../../net';
import type { Configuration, NotEvaluated } from '../../configuration';
import type { DocumentedRowIndex, RuleClaim } from '../../documented-row';
import { ANY_MACHINE, notAttachedReason, type Rule } from '../../rule';
import {
  type Bounds,
  boundsOf,
  FAMILIES,
  isPublic,
  isWorldWide,
  parsePorts,
  parseRange,
  type PortInterval,
  portTexts,
  rangesIn,
  rangeText,
  type Region,
  regionDifference,
  regionIntersection,
  regionOf,
  type Slab,
} from '../../sets';
import { about, type Finding, findingAt } from '../finding';
import { RulesInEffect } from './in-effect';

/**
 * Finds rules that are open to most of the internet, each by itself or several together: everything counts that is open
 * at a port of a group, and that no rule denies earlier. What the provenance has a reason for is a finding of its own, and does not count
 * for the rest.
 */
export function worldOpen(
  configuration: Configuration,
  threshold: WorldThreshold,
  documented: DocumentedRowIndex,
): Finding[] {
  const open = configuration.rules.filter(isOpening);
  const inEffect = new RulesInEffect(configuration);
  return FAMILIES.flatMap((family) => openToMost(open, { family, threshold, documented, inEffect }));
}

/** Whether a rule allows inbound traffic. A policy that is attached to no network is not known to do so: see `possiblyWorldOpen`. */
function isOpening({ direction, action, network }: Rule): boolean {
  return direction === 'ingress' && action === 'allow' && notAttachedReason(network) === undefined;
}

/** Finds parts that are not evaluated, and that may be rules open to most of the internet: their far ends are known. */
export function possiblyWorldOpen(
  notEvaluated: readonly NotEvaluated[],
  found: readonly Finding[],
  threshold: WorldThreshold,
): Finding[] {
  const known = new Set(found.map(({ address }) => address));
  return notEvaluated.flatMap((part) => {
    const rule = part.known;
    if (rule?.action !== 'allow' || rule.direction !== 'ingress' || known.has(part.address)) return [];
    const wide = FAMILIES.map((family) => ({ family, addresses: addressesOf(rule, family) })).filter(
      ({ family, addresses }) => isWorldWide(family, addresses, threshold),
    );
    if (wide.length === 0) return [];
    known.add(part.address);
    const ends = wide.map(({ family, addresses }) => farEnds({ family, threshold }, addresses)).join(' and ');
    return [findingAt(part, 'world-open', `it may open ports to ${ends}: ${part.reason}`)];
  });
}

/** What "most of the internet" means in one address family. */
interface World {
  readonly family: AddressFamily;
  readonly threshold: WorldThreshold;
  readonly documented: DocumentedRowIndex;
  readonly inEffect: RulesInEffect;
}

/** What a rule opens to public addresses, with or without a reason. */
interface Exposed {
  readonly rule: Rule;
  readonly opened: Region;
}

function openToMost(rules: readonly Rule[], world: World): Finding[] {
  const { family, documented, inEffect } = world;
  const parts = rules
    .map((rule) => ({ rule, addresses: addressesOf(rule, family) }))
    .filter(({ addresses }) => isPublic(family, addresses))
    .map(({ rule, addresses }) => {
      const allowed = regionOf(rule.ports.map(([from, to]) => ({ from, to, addresses })));
      const { groups, region } = inEffect.of(rule, allowed, family);
      const ofOpen = groups === rule.groups ? rule : { ...rule, groups };
      return { rule: ofOpen, ...splitByReason(rule, region, family, documented) };
    });
  const withoutReason = parts.map(({ rule, withoutReason: opened }) => ({ rule, opened }));
  const reasoned = parts.filter(({ withReason }) => withReason.length > 0);
  const withReason = reasoned.map(({ rule, withReason: opened }) => ({ rule, opened }));
  const reasonsOf = new Map(reasoned.map(({ rule, reasons }) => [rule, reasons.map(shown).join(' and ')]));
  return [
    ...wideOpenings(withoutReason, withoutReason, world).map((opening) => {
      const message = `it opens ${textOf(opening, world)}${uselessReason(opening.rule, world)}`;
      return about(findingAt(opening.rule, 'world-open', message), subjectOf(opening, world));
    }),
    ...wideOpenings(withReason, [...withReason, ...withoutReason], world).map((opening) => {
      const reasons = reasonsOf.get(opening.rule)!;
      const message = `it opens ${textOf(opening, world)}, and the code says why: ${reasons}`;
      const finding = findingAt(opening.rule, 'world-open-with-reason', message);
      return about(finding, `${subjectOf(opening, world)} ${reasons}`);
    }),
  ];
}

/** What a rule opens to most of the internet, by itself or together with other rules. */
interface WideOpening {
  readonly rule: Rule;
  readonly ports: string;
  readonly addresses: Bounds;
}

/**
 * Returns what rules open to most of the internet: each by itself, or narrow ones together at the same groups. A narrow rule is not
 * to blame for what a wide one opens.
 */
function wideOpenings(exposed: readonly Exposed[], counted: readonly Exposed[], world: World): WideOpening[] {
  const slabs = new Map<string, Slab[]>();
  for (const { rule, opened } of counted) {
    const narrow = opened.filter((slab) => !isWide(slab, world));
    for (const key of keysOf(rule)) for (const slab of narrow) addTo(slabs, key, slab);
  }
  const wide = new Map([...slabs].map(([key, all]) => [key, widePorts(regionOf(all), world)]));
  return exposed.flatMap(({ rule, opened }) => {
    const open = opened.flatMap((slab): Slab[] => {
      if (isWide(slab, world)) return [slab];
      const ports = keysOf(rule).flatMap((key) => common([slab.from, slab.to], wide.get(key) ?? []));
      return ports.map(([from, to]) => ({ from, to, addresses: slab.addresses }));
    });
    if (open.length === 0) return [];
    const texts = new Set(open.flatMap(({ from, to }) => portTexts([from, to])));
    return [
      { rule, ports: [...texts].join(', '), addresses: boundsOf(open.flatMap(({ addresses }) => [...addresses])) },
    ];
  });
}

function isWide({ addresses }: Slab, { family, threshold }: World): boolean {
  return isWorldWide(family, addresses, threshold);
}

function textOf({ rule, ports, addresses }: WideOpening, world: World): string {
  return `${ports} of ${rule.groups.join(', ')} to ${farEnds(world, addresses)}`;
}

/** What is open, with all ranges: a baseline accepts only these. */
function subjectOf({ ports, addresses }: WideOpening, { family }: World): string {
  return `${ports} to ${rangesIn(addresses)
    .map((range) => rangeText(family, range))
    .join(' ')}`;
}

const DESCRIBED_REASON = '; open to the world: ';

/** Says why a reason that somebody gave does not count. */
function uselessReason(rule: Rule, { documented }: World): string {
  const reasoned = documented.claimsAbout(rule).filter(({ source }) => source.openToTheWorld.length > 0);
  if (reasoned.some((claim) => claim.isInternal)) {
    return '; no reason counts for a row that is for the inside of a cluster';
  }
  if (reasoned.length > 0) {
    return '; the reason in the code was given for other ports or ranges';
  }
  if (rule.description?.includes(DESCRIBED_REASON) !== true) return '';
  return '; its description gives a reason, which counts only if the provenance has it too (--why)';
}

function addressesOf({ peers }: Pick<Rule, 'peers'>, family: AddressFamily): Bounds {
  const own = peers.filter((peer) => peer.family === family && peer.name === ANY_MACHINE);
  return own.length === 1 ? own[0].addresses : boundsOf(own.flatMap(({ addresses }) => [...addresses]));
}

function keysOf({ network, groups }: Rule): string[] {
  return groups.map((group) => `${network}|${group}`);
}

function widePorts(region: Region, world: World): PortInterval[] {
  return region.filter((slab) => isWide(slab, world)).map(({ from, to }): PortInterval => [from, to]);
}

function common([from, to]: PortInterval, others: readonly PortInterval[]): PortInterval[] {
  return others
    .filter(([first, end]) => first < to && end > from)
    .map(([first, end]): PortInterval => [Math.max(first, from), Math.min(end, to)]);
}

const MOST_RANGES = 3;

function farEnds({ family, threshold }: Pick<World, 'family' | 'threshold'>, addresses: Bounds): string {
  const ranges = rangesIn(addresses).map((range) => rangeText(family, range));
  const more = ranges.length > MOST_RANGES ? ` and ${ranges.length - MOST_RANGES} more` : '';
  const texts = ranges.slice(0, MOST_RANGES).join(', ') + more;
  return isWorldWide(family, addresses, threshold) ? texts : `${texts}, which with other rules is most of the internet`;
}

/** What a rule allows in one family: with and without a reason in the provenance. */
interface Reasoned {
  readonly withReason: Region;
  readonly withoutReason: Region;
  readonly reasons: readonly string[];
}

/**
 * Splits what a rule allows into the part for which the provenance has a reason and the rest. The provenance is a claim: a reason
 * counts only for the ports and IP ranges that it was given for, so a rule that was widened by hand has none for the wider part.
 */
function splitByReason(rule: Rule, allowed: Region, family: AddressFamily, documented: DocumentedRowIndex): Reasoned {
  const reasoned = documented
    .claimsAbout(rule)
    .filter((claim) => !claim.isInternal && reasonIn(claim, family) !== undefined);
  if (reasoned.length === 0) return { withReason: [], withoutReason: allowed, reasons: [] };
  const given = regionOf(reasoned.flatMap((claim) => slabsOf(claim, family)));
  return {
    withReason: regionIntersection(allowed, given),
    withoutReason: regionDifference(allowed, given),
    reasons: [...new Set(reasoned.map((claim) => reasonIn(claim, family)!))],
  };
}

function reasonIn({ source }: RuleClaim, family: AddressFamily): string | undefined {
  const prefix = `${family}: `;
  return source.openToTheWorld.find((text) => text.startsWith(prefix))?.slice(prefix.length);
}

function slabsOf({ flow, source }: RuleClaim, family: AddressFamily): Slab[] {
  const ports = parsePorts(flow.port);
  if (ports === undefined) return [];
  const texts = [source, ...source.hostGroups.map(({ ipRanges }) => ipRanges)].flatMap((end) => end?.ranges ?? []);
  const ranges = texts
    .map(parseRange)
    .flatMap((range) => ('problem' in range || range.family !== family ? [] : range.bounds));
  return [{ from: ports[0], to: ports[1], addresses: boundsOf(ranges) }];
}
