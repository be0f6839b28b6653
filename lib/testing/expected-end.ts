import { AddressFamily } from '../model/address-family';
import { nearestName } from '../model/nearest-name';
import { refusal, shown } from '../model/refusal';
import { parseRange, WHOLE, type AddressRange } from '../traffic/address-space';
import type { Configuration } from '../traffic/configuration';
import { ALL_INSTANCES, ANY_MACHINE, type EndName, type GroupName, type NameKind } from '../traffic/names';
import { namedPeers } from '../traffic/peers';
import type { RulePeer } from '../traffic/rule';

const MACHINES: readonly string[] = ['sg', 'tag', 'account', 'secure-tag'] satisfies NameKind[];
const FAR_ONLY: readonly string[] = ['list', 'unknown'] satisfies NameKind[];
const NAME = /^([a-z-]+):(.+?)(?: over (IPv[46])| in (\S+))?$/i;
const MACHINES_NEED = 'must be machines: "sg:...", "tag:...", "account:...", "secure-tag:..." or "all-instances"';
const END_NEED =
  'must be a range, as "10.0.0.0/8", or "sg:...", "tag:...", "account:...", "secure-tag:...", "list:..."';

/** Whether text names machines at which rules can stand. */
export function isMachines(text: string): boolean {
  return text === ALL_INSTANCES || MACHINES.includes(kindOf(text) ?? '');
}

/** Reads the end at which the rule stands. */
export function nearEnd(text: string, configuration: Configuration, place: string): GroupName {
  if (text === ALL_INSTANCES) return text;
  const kind = kindOf(text);
  if (kind !== undefined && MACHINES.includes(kind)) {
    return named(kind as NameKind, text.slice(kind.length + 1), configuration, place);
  }
  throw refusal(place, MACHINES_NEED, shown(text), meantKind(text, MACHINES));
}

/** Reads the end at which it does not. */
export function expectedPeers(text: string, configuration: Configuration, place: string): RulePeer[] {
  const [, kind, name, family, within] = NAME.exec(text) ?? [];
  if (kind === undefined || /^[\da-f]{1,4}$/i.test(kind)) return [rangePeer(ANY_MACHINE, text, place)];
  if (![...MACHINES, ...FAR_ONLY].includes(kind)) {
    throw refusal(place, END_NEED, shown(text), meantKind(text, [...MACHINES, ...FAR_ONLY]));
  }
  const end = named(kind as NameKind, name, configuration, place);
  if (within !== undefined) return [rangePeer(end, within, place)];
  const wanted = { IPv4: AddressFamily.IPV4, IPv6: AddressFamily.IPV6 }[family];
  return namedPeers(end).filter((peer) => wanted === undefined || peer.family === wanted);
}

function rangePeer(name: RulePeer['name'], text: string, place: string): RulePeer {
  const { family, bounds } = parsedRange(text, place);
  return { name, family, addresses: bounds };
}

function parsedRange(text: string, place: string): AddressRange {
  const whole = /^any (IPv[46]) address$/.exec(text)?.[1];
  if (whole !== undefined) {
    const family = whole === 'IPv4' ? AddressFamily.IPV4 : AddressFamily.IPV6;
    return { family, bounds: WHOLE[family] };
  }
  const range = parseRange(text);
  if (!('problem' in range)) return range;
  if (/^[\da-f.:]+(?:\/\d+)?$/i.test(text)) {
    throw refusal(place, range.problem, shown(text), range.fix && shown(range.fix));
  }
  throw refusal(place, END_NEED, shown(text));
}

/** A security group of the configuration has its address as its name, however it is called in AWS. */
function named(kind: NameKind, name: string, { groups }: Configuration, place: string): EndName {
  if (kind !== 'sg' || groups.has(`sg:${name}`)) return `${kind}:${name}`;
  const found = [...groups].filter(([, called]) => called.includes(name));
  if (found.length < 2) return found[0]?.[0] ?? `sg:${name}`;
  throw refusal(
    place,
    'a group must be named by its address where several have one name',
    shown(`sg:${name}`),
    oneOf(found),
  );
}

function oneOf(groups: readonly (readonly [EndName, unknown])[]): string {
  return groups.map(([name]) => shown(name)).join(' or ');
}

function kindOf(text: string): string | undefined {
  return /^([a-z-]+):./.exec(text)?.[1];
}

function meantKind(text: string, kinds: readonly string[]): string | undefined {
  const [, kind, name] = /^([A-Za-z_-]+):(.+)$/.exec(text) ?? [];
  if (kind === undefined) return undefined;
  const nearest = nearestName(kind.toLowerCase(), kinds);
  return nearest === undefined ? undefined : shown(`${nearest}:${name}`);
}
