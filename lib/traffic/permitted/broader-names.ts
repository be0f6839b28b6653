import { ANY_MACHINE, type GroupName, type PeerName } from '../rule';
import { type AddressRange, contains, hostBitsOf, parseRange } from '../sets';

const HOST = /^host:(\*\.)?(.+?)( over \w+)?$/;
const MACHINES = /^(machines:(?:.*\/)?)([\da-f.:]+\/\d{1,3})$/i;

/** Whether a different name may select everything that a name selects, and more: a wildcard, or a wider range. */
export function hasBroaderNames(name: GroupName | PeerName): boolean {
  return name.startsWith('host:') || name.startsWith('machines:');
}

/**
 * Whether what a pair may do can follow from pairs with broader names. Networks of GCP only have exact hostnames, which have no broader
 * ones.
 */
export function hasBroaderPairs({ network, group, peer }: NamedPair): boolean {
  return network === '' && (hasBroaderNames(group) || hasBroaderNames(peer));
}

interface NamedPair {
  readonly network: string;
  readonly group: GroupName;
  readonly peer: PeerName;
}

/** Returns the hostnames that cover a hostname: in its own protocol, then in every protocol; each list begins with the narrowest. */
export function broaderHosts(name: PeerName): readonly (readonly PeerName[])[] {
  const [, wildcard, text, protocol = ''] = HOST.exec(name) ?? [];
  if (text === undefined) return [];
  const labels = text.split('.');
  const domains = labels.map((_, at) => `host:*.${labels.slice(at).join('.')}`).slice(1);
  const inProtocol = domains.map((domain) => `${domain}${protocol}` as PeerName);
  return protocol === ''
    ? [inProtocol]
    : [inProtocol, [`host:${wildcard ?? ''}${text}`, ...(domains as PeerName[])] as PeerName[]];
}

/** Returns a pair with every pair of names among some machines that includes it: those of its own names come first. */
export function broaderNames(pair: NamedPair, machines: Iterable<GroupName>): (readonly [GroupName, PeerName])[] {
  const groups = [...machines].filter((group) => group !== pair.group && coversName(group, pair.group));
  return [pair.group, ...groups].flatMap((group) =>
    [pair.peer, ...broaderHosts(pair.peer).flat()].map((peer) => [group, peer] as const),
  );
}

/** Whether the first name selects everything that the second selects. */
export function coversName<T extends GroupName | PeerName>(broad: T, narrow: T): boolean {
  if (broad === narrow) return true;
  if (narrow.startsWith('host:')) {
    return broaderHosts(narrow as PeerName).some((names) => names.includes(broad as PeerName));
  }
  const [wide, inner] = [machineRange(broad), machineRange(narrow)];
  if (wide?.place !== inner?.place || wide?.range.family !== inner?.range.family) return false;
  return wide !== undefined && inner !== undefined && contains(wide.range.bounds, inner.range.bounds);
}

/** Returns the known machines that include those of a name, and more; only the narrowest ones. */
export function narrowestBroader(name: GroupName, known: ReadonlySet<GroupName>): GroupName[] {
  if (!hasBroaderNames(name)) return [];
  const broader = [...known].filter((other) => other !== name && coversName(other, name));
  return broader.filter((one) => !broader.some((other) => other !== one && coversName(one, other)));
}

/** Returns the hostnames among some that cover a hostname; only the narrowest ones. */
export function narrowestBroaderHosts(name: PeerName, known: ReadonlySet<PeerName>): PeerName[] {
  const broader = broaderHosts(name).flatMap((names) => names.find((other) => known.has(other)) ?? []);
  return broader.filter((one) => !broader.some((other) => other !== one && coversName(one, other)));
}

/** Returns the machines that both names select, if one of the names has them all. */
export function commonName(a: GroupName, b: GroupName): GroupName | undefined {
  return coversName(a, b) ? b : coversName(b, a) ? a : undefined;
}

/** Returns the protocol in which a hostname is matched: ` over TLS`; empty if in every protocol. */
export function protocolIn(name: PeerName): string {
  return HOST.exec(name)?.[3] ?? '';
}

/** Returns a hostname that is matched in every protocol with the protocol of a different one; any other name unchanged. */
export function inProtocolOf(name: PeerName, other: PeerName): PeerName {
  return name.startsWith('host:') && protocolIn(name) === '' ? (`${name}${protocolIn(other)}` as PeerName) : name;
}

/** A number that is higher for a name than for every name that is broader. */
export function depthOf(name: GroupName | PeerName): number {
  const [, wildcard, text, protocol] = HOST.exec(name) ?? [];
  if (text !== undefined) {
    return 2 * text.split('.').length + Number(wildcard !== undefined) + Number(protocol !== undefined);
  }
  const found = machineRange(name);
  if (found !== undefined) return 1 + 128 - hostBitsOf(found.range.bounds);
  return name === ANY_MACHINE ? 0 : 1;
}

/** Machines that are selected by their IP range, and the place that the range belongs to. */
interface MachineRange {
  readonly place: string;
  readonly range: AddressRange;
}

function machineRange(name: string): MachineRange | undefined {
  const [, place, text] = MACHINES.exec(name) ?? [];
  const range = text === undefined ? undefined : parseRange(text);
  return range === undefined || 'problem' in range ? undefined : { place, range };
}
