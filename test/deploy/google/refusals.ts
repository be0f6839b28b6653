import { isIP } from 'node:net';
import { invalid, Refused } from './api-facts';

/** Returns a body without surprises: what the API refuses although the discovery documents allow it. */
export type Refusal = (body: any) => void;

const MAX_DESCRIPTION = 2048;
const PROTOCOL_NAMES = ['tcp', 'udp', 'icmp', 'esp', 'ah', 'ipip', 'sctp', 'all'];
const WITH_PORTS = ['tcp', 'udp', 'sctp', '6', '17', '132'];
const TAG = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const ACCOUNT = /^[^@\s]+@[^@\s]+$/;

const lengthOf = (list: readonly unknown[] | undefined): number => list?.length ?? 0;

/** The family of a range. Throws unless it is one with the length of its prefix, and no bit after it. */
function familyOf(range: string, field: string): 4 | 6 {
  const [, address, length] = /^([^/]+)\/(\d{1,3})$/.exec(range) ?? [];
  const family = isIP(address ?? '');
  if (family === 0) throw invalid(field, range, 'Must be a CIDR range.');
  const bits = family === 4 ? 32 : 128;
  if (Number(length) > bits) throw invalid(field, range, 'Must be a CIDR range.');
  const host = numberOf(address, family as 4 | 6) & ((1n << BigInt(bits - Number(length))) - 1n);
  if (host !== 0n) throw invalid(field, range, 'Must not have bits after its prefix.');
  return family as 4 | 6;
}

function numberOf(address: string, family: 4 | 6): bigint {
  if (family === 4) return address.split('.').reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
  // a URL has the one form without a dotted tail, and with at most one gap
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [head, tail] = groups.map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Array<string>(tail === undefined ? 0 : 8 - head.length - tail.length).fill('0');
  return [...head, ...zeros, ...(tail ?? [])].reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

/** Returns the family of the lists of ranges of one rule. Throws if they mix families, or have a range twice. */
function familyOfLists(body: any, fields: readonly string[]): 4 | 6 | undefined {
  const families = new Set<4 | 6>();
  for (const field of fields) {
    const ranges: readonly string[] = body?.[field] ?? [];
    if (new Set(ranges).size < ranges.length) throw invalid(`resource.${field}`, ranges, 'Must not have duplicates.');
    for (const range of ranges) families.add(familyOf(range, `resource.${field}`));
  }
  if (families.size > 1) throw new Refused(400, 'A rule can have either IPv4 or IPv6 ranges, but not both.');
  return [...families][0];
}

function checkLengths(body: any, most: Readonly<Record<string, number>>): void {
  for (const [field, length] of Object.entries(most)) {
    const count = lengthOf(body?.[field]);
    if (count > length) throw new Refused(400, `resource.${field} has ${count} values, and can have ${length}.`);
  }
}

function checkProtocol(entry: any, protocol: string, family: 4 | 6 | undefined): void {
  if (!PROTOCOL_NAMES.includes(protocol) && !(/^\d{1,3}$/.test(protocol) && Number(protocol) < 256)) {
    throw invalid('resource.IPProtocol', protocol);
  }
  if (lengthOf(entry.ports) > 0 && !WITH_PORTS.includes(protocol)) {
    throw new Refused(400, `Ports may not be specified for the protocol ${protocol}.`);
  }
  if ((protocol === 'icmp' || protocol === '1') && family === 6) throw new Refused(400, 'ICMP in a rule for IPv6.');
  if (protocol === '58' && family === 4) throw new Refused(400, 'ICMPv6 in a rule for IPv4.');
  for (const port of (entry.ports ?? []) as string[]) {
    const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(port) ?? [];
    if (from === undefined || Number(from) > Number(to) || Number(to) > 65535) throw invalid('resource.ports', port);
  }
}

const FIREWALL_LISTS = {
  sourceTags: 30,
  targetTags: 70,
  sourceServiceAccounts: 10,
  targetServiceAccounts: 10,
  sourceRanges: 5000,
  destinationRanges: 5000,
};

/** Refuses a firewall as the API does. */
function refuseFirewall(body: any): void {
  const { direction = 'INGRESS', priority = 1000, description = '', allowed = [], denied = [] } = body;
  if (description.length > MAX_DESCRIPTION) throw invalid('resource.description', description, 'It is too long.');
  if (priority < 0 || priority > 65535) throw invalid('resource.priority', priority);
  checkLengths(body, FIREWALL_LISTS);
  const hasSources = lengthOf(body.sourceTags) + lengthOf(body.sourceServiceAccounts) > 0;
  if (direction === 'EGRESS' && (hasSources || lengthOf(body.sourceRanges) > 0)) {
    throw new Refused(400, 'Sources can only be specified for INGRESS.');
  }
  if (
    lengthOf(body.sourceTags) + lengthOf(body.targetTags) > 0 &&
    lengthOf(body.sourceServiceAccounts) + lengthOf(body.targetServiceAccounts) > 0
  ) {
    throw new Refused(400, 'Tags and service accounts cannot be specified in one rule.');
  }
  if (allowed.length > 0 === denied.length > 0) {
    throw new Refused(400, 'Exactly one of allowed and denied must be specified.');
  }
  for (const field of ['sourceTags', 'targetTags']) {
    const tag = (body[field] ?? []).find((each: string) => !TAG.test(each));
    if (tag !== undefined) throw invalid(`resource.${field}`, tag);
  }
  checkAccounts(body, ['sourceServiceAccounts', 'targetServiceAccounts']);
  const family = familyOfLists(body, ['sourceRanges', 'destinationRanges']);
  for (const entry of [...allowed, ...denied]) checkProtocol(entry, String(entry.IPProtocol).toLowerCase(), family);
}

function checkAccounts(body: any, fields: readonly string[]): void {
  for (const field of fields) {
    const account = (body[field] ?? []).find((each: string) => !ACCOUNT.test(each));
    if (account !== undefined) throw invalid(`resource.${field}`, account);
  }
}

const ACTIONS = ['allow', 'deny', 'goto_next', 'apply_security_profile_group'];
const MATCH_LISTS = {
  srcIpRanges: 5000,
  destIpRanges: 5000,
  srcFqdns: 100,
  destFqdns: 100,
  srcAddressGroups: 10,
  destAddressGroups: 10,
  srcSecureTags: 256,
  srcRegionCodes: 5000,
  destRegionCodes: 5000,
};
/** What says where the packets of a rule come from. */
const SOURCES = /^src(?!NetworkType|NetworkContext)/;
const FQDN = /^(?=.{1,255}$)([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/i;

/** Refuses a rule of a firewall policy as the API does. */
export function refusePolicyRule(body: any): void {
  const { action, direction, priority, match = {}, enableLogging } = body;
  if (!ACTIONS.includes(action)) throw invalid('resource.action', action);
  if (!(priority >= 0 && priority <= 2 ** 31 - 1)) throw invalid('resource.priority', priority);
  if (enableLogging === true && action === 'goto_next') throw new Refused(400, 'goto_next cannot log.');
  checkLengths(match, MATCH_LISTS);
  checkLengths(body, { targetSecureTags: 256 });
  if (lengthOf(body.targetSecureTags) > 0 && lengthOf(body.targetServiceAccounts) > 0) {
    throw new Refused(400, 'Target secure tags and target service accounts cannot be specified in one rule.');
  }
  checkAccounts(body, ['targetServiceAccounts']);
  const sources = Object.keys(match).filter((field) => SOURCES.test(field) && lengthOf(match[field]) > 0);
  if (direction === 'EGRESS' && lengthOf(match.srcSecureTags) + lengthOf(match.srcAddressGroups) > 0) {
    throw new Refused(400, 'Secure tags and address groups as sources can only be specified for INGRESS.');
  }
  if (direction === 'INGRESS' && sources.length === 0) throw new Refused(400, 'A rule for INGRESS needs a source.');
  for (const name of [...(match.srcFqdns ?? []), ...(match.destFqdns ?? [])]) {
    if (!FQDN.test(name)) throw invalid('resource.match.fqdns', name);
  }
  if (lengthOf(match.layer4Configs) === 0) throw new Refused(400, 'resource.match.layer4Configs must be specified.');
  const family = familyOfLists(match, ['srcIpRanges', 'destIpRanges']);
  for (const entry of match.layer4Configs) checkProtocol(entry, String(entry.ipProtocol).toLowerCase(), family);
}

function refuseAddressGroup({ type, capacity, items = [] }: any): void {
  if (!(capacity >= 1)) throw invalid('addressGroup.capacity', capacity);
  if (items.length > capacity) throw new Refused(400, `The group has room for ${capacity} items.`);
  const family = type === 'IPV6' ? 6 : 4;
  const other = items.find((item: string) => isIP(item.split('/')[0]) !== family);
  if (other !== undefined) throw invalid('addressGroup.items', other);
}

function refuseUrlList({ values = [] }: any): void {
  if (values.length === 0) throw invalid('urlList.values', values, 'At least one value is needed.');
  const wrong = values.find((value: string) => !/^(\*\.)?[-a-z0-9.]+(\/\S*)?$/i.test(value));
  if (wrong !== undefined) throw invalid('urlList.values', wrong);
}

function refuseConnectivityTest({ source, destination, protocol = 'TCP' }: any): void {
  if (source === undefined || destination === undefined) throw new Refused(400, 'source and destination are required.');
  const port = destination.port ?? 0;
  if (!(port >= 0 && port <= 65535)) throw invalid('destination.port', port);
  if (!['TCP', 'UDP', 'ICMP', 'ESP', 'SCTP', 'ICMPv6'].includes(protocol)) throw invalid('protocol', protocol);
}

/** What the API refuses, by the kind of resource. */
export const REFUSALS: Readonly<Record<string, Refusal>> = {
  firewalls: refuseFirewall,
  addressGroups: refuseAddressGroup,
  urlLists: refuseUrlList,
  connectivityTests: refuseConnectivityTest,
};
