import { ANY_MACHINE, type EndName, type GroupName, type PeerName } from '../rule';
import { type AddressRange, contains, hostBitsOf, parseRange } from '../sets';

const HOST = /^host:(\*\.)?(.+?)( over \w+)?$/;
const PODS = /^pods:(.*\/)?(\*|[-a-z0-9]+):([^:]*)$/;
const MACHINES = /^(machines:(?:.*\/)?)([\da-f.:]+\/\d{1,3})$/i;

/** Whether a different name may select everything that a name selects, and more: a wildcard, a wider range, or fewer labels. */
export function hasBroaderNames(name: GroupName | PeerName): boolean {
  return name.startsWith('host:') || name.startsWith('machines:') || name.startsWith('pods:');
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

/**
 * Returns the hostnames that cover a hostname: in its own protocol, then in every protocol; each list begins with the narrowest. Of pods, it
 * returns a list for each name that needs fewer labels, or no namespace.
 */
export function broaderPeers(name: PeerName): readonly (readonly PeerName[])[] {
  const pods = selectedPods(name);
  if (pods !== undefined) return broaderPods(pods).map((one) => [one]);
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
    [pair.peer, ...broaderPeers(pair.peer).flat()].map((peer) => [group, peer] as const),
  );
}

/** Whether the first name selects everything that the second selects. */
export function coversName<T extends GroupName | PeerName>(broad: T, narrow: T): boolean {
  if (broad === narrow) return true;
  if (narrow.startsWith('host:')) {
    return broaderPeers(narrow as PeerName).some((names) => names.includes(broad as PeerName));
  }
  if (narrow.startsWith('pods:')) return coversPods(broad, narrow);
  const [wide, inner] = [machineRange(broad), machineRange(narrow)];
  if (wide?.place !== inner?.place || wide?.range.family !== inner?.range.family) return false;
  return wide !== undefined && inner !== undefined && contains(wide.range.bounds, inner.range.bounds);
}

/** Pods as policies select them. */
interface SelectedPods {
  readonly cluster: string;
  readonly namespace: string;
  readonly labels: readonly string[];
}

/** The number of labels up to which pods are found by every part of them; policies have one to three. */
const MOST_LABELS = 10;

function broaderPods({ cluster, namespace, labels }: SelectedPods): EndName[] {
  const used = labels.slice(0, MOST_LABELS);
  const parts = used.reduce<string[][]>((all, label) => all.flatMap((part) => [part, [...part, label]]), [[]]);
  return [...new Set([namespace, '*'])].flatMap((at) =>
    parts
      .filter((part) => at !== namespace || part.length < labels.length)
      .map((part): EndName => `pods:${cluster}${at}:${part.length === 0 ? '*' : part.join(',')}`),
  );
}

function selectedPods(name: string): SelectedPods | undefined {
  const [, cluster = '', namespace, labels] = PODS.exec(name) ?? [];
  if (namespace === undefined) return undefined;
  return { cluster, namespace, labels: labels === '*' ? [] : labels.split(',') };
}

/** Whether all pods that have the second name also have the first: they need fewer labels, and may be in any namespace. */
function coversPods(broad: string, narrow: string): boolean {
  const [many, few] = [selectedPods(broad), selectedPods(narrow)];
  if (few === undefined || many?.cluster !== few.cluster) return false;
  const isInNamespace = many.namespace === '*' || many.namespace === few.namespace;
  return isInNamespace && many.labels.every((label) => few.labels.includes(label));
}

/** Returns the known machines that include those of a name, and more; only the narrowest ones. */
export function narrowestBroader(name: GroupName, known: ReadonlySet<GroupName>): GroupName[] {
  if (!hasBroaderNames(name)) return [];
  const broader = [...known].filter((other) => other !== name && coversName(other, name));
  return broader.filter((one) => !broader.some((other) => other !== one && coversName(one, other)));
}

/** Returns the hostnames or pods among some that cover those of a name; only the narrowest ones. */
export function narrowestBroaderPeers(name: PeerName, known: ReadonlySet<PeerName>): PeerName[] {
  const broader = broaderPeers(name).flatMap((names) => names.find((other) => known.has(other)) ?? []);
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
  const pods = selectedPods(name);
  if (pods !== undefined) return 1 + pods.labels.length + Number(pods.namespace !== '*');
  const found = machineRange(name);
  if (found !== undefined) return 1 + 128 - hostBitsOf(found.range.bounds);
  return name === ANY_MACHINE ? 0 : 1;
}

/** Machines that are selected by their IP range, and the place that the range belongs to. */
interface MachineRange {
  readonly place: string;
  readonly range: AddressRange;
}

/** A cache, because each name is compared with all others. */
const machineRanges = new Map<string, MachineRange | undefined>();

function machineRange(name: string): MachineRange | undefined {
  if (!machineRanges.has(name)) machineRanges.set(name, readMachineRange(name));
  return machineRanges.get(name);
}

function readMachineRange(name: string): MachineRange | undefined {
  const [, place, text] = MACHINES.exec(name) ?? [];
  const range = text === undefined ? undefined : parseRange(text);
  return range === undefined || 'problem' in range ? undefined : { place, range };
}
