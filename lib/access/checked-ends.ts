import { holdsToken, refusal, shown } from '../input';
import { ADDRESS_BITS, AddressFamily, formatIpAddress, parseIpAddress, respelled, unmapped } from '../net';
import { type IPeer, isPeer, WORLD } from './far-end';
import { type IHostGroup, isHostGroup } from './host-group';

/** Returns a value as a peer. Throws if this package did not create it. */
export function checkedPeer(value: unknown, prop: string, place: string): IPeer {
  if (isPeer(value)) return value;
  throw refusal(place, 'peer-required', `${prop} must be a peer or a host group`, shown(value), meantPeer(value));
}

/** Returns a value as a host group. Throws if rules cannot be made for it. */
export function checkedHostGroup(value: unknown, prop: string, place: string): IHostGroup {
  if (isHostGroup(value)) return value;
  const need = `${prop} must be a host group (a network tag, a service account, a security group or external hosts)`;
  const got = isPeer(value) ? value.label : shown(value);
  throw refusal(place, 'host-group-required', need, got, meantHostGroup(value));
}

/** Throws unless the `ipRanges` of machines are IP ranges, and not the whole internet. */
export function checkIpRanges(ipRanges: IPeer | undefined, place: string): IPeer | undefined {
  if (ipRanges === undefined) return undefined;
  if (!isPeer(ipRanges)) {
    const need = 'ipRanges must be a peer';
    throw refusal(place, 'peer-required', need, shown(ipRanges), asPeer(ipRanges) ?? 'Peer.cidr(...)');
  }
  const { hostGroups, worldReasons } = ipRanges._farEnd;
  if (hostGroups.length > 0) {
    throw refusal(place, 'ip-ranges-required', 'ipRanges must be IP ranges', ipRanges.label, 'Peer.cidr(...)');
  }
  if (worldReasons.length > 0) {
    throw refusal(place, 'world-not-allowed', 'ipRanges must not be the whole internet', ipRanges.label);
  }
  return ipRanges;
}

/** Returns the call that makes a peer from the text of an IP range or address, unless it is the whole internet. */
export function asPeer(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const address = parseIpAddress(value);
  if (address) return `Peer.address(${shown(formatIpAddress(unmapped(address)))})`;
  const range = respelled(value);
  return range === undefined || WORLD_RANGES[range] ? undefined : `Peer.cidr(${shown(range)})`;
}

const SECURITY_GROUP = /^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const PREFIX_LIST = /^pl-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const NETWORK_TAG = /^(?!(?:eni|i|pl|sg|subnet|vpc)-)[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const SERVICE_ACCOUNT = /^[a-z0-9][-a-z0-9]*@[-.a-z0-9]+\.gserviceaccount\.com$/;
/** Text that can name a peer, and that is not an id. */
const NAME = /^(?!(?:eni|i|pl|sg|subnet|vpc)-)(?=.*\S)\P{Cc}{1,80}$/u;
const WORLD_RANGES: Readonly<Record<string, AddressFamily | undefined>> = {
  '0.0.0.0/0': AddressFamily.IPV4,
  '::/0': AddressFamily.IPV6,
};

const PEERS = 'Peer.cidr(...), or a host group such as AwsSecurityGroup.fromId(id)';
const HOST_GROUPS = 'firewall.networkTag(tag), AwsSecurityGroup.fromId(id) or ExternalHosts.named(name, ...ranges)';

function meantPeer(value: unknown): string {
  if (Array.isArray(value)) return value.length > 0 && value.every(isPeer) ? 'Peer.anyOf(...)' : PEERS;
  if (resourceType(value) === 'aws_ec2_managed_prefix_list') return 'AwsPrefixList.fromId(list.id, { maxEntries })';
  return asPeer(value) ?? meantMachines(value) ?? (typeof value === 'string' ? meantPeerOf(value) : PEERS);
}

function meantPeerOf(text: string): string {
  const family = WORLD_RANGES[rangeIn(text) ?? ''];
  if (family) return WORLD[family];
  if (holdsToken(text)) return 'Peer.cidr(...) or AwsSecurityGroup.fromId(...)';
  if (PREFIX_LIST.test(text)) return `AwsPrefixList.fromId(${shown(text)}, { maxEntries })`;
  return NAME.test(text) ? `Peer.named(${shown(text)}, ...ranges)` : PEERS;
}

function meantHostGroup(value: unknown): string {
  return meantMachines(value) ?? (typeof value === 'string' ? meantHostGroupOf(value) : HOST_GROUPS);
}

function meantHostGroupOf(text: string): string {
  if (holdsToken(text)) return 'AwsSecurityGroup.fromId(...)';
  const range = rangeIn(text);
  if (range !== undefined) return WORLD_RANGES[range] ? HOST_GROUPS : `ExternalHosts.named("name", ${shown(range)})`;
  return NAME.test(text) ? `ExternalHosts.named(${shown(text)}, ...ranges)` : HOST_GROUPS;
}

/** Returns the call that makes a host group from the text or the resource that names it in its cloud. */
function meantMachines(value: unknown): string | undefined {
  if (/^aws_(?:default_)?security_group$/.test(resourceType(value) ?? '')) return 'AwsSecurityGroup.fromId(group.id)';
  if (typeof value !== 'string') return undefined;
  if (SECURITY_GROUP.test(value)) return `AwsSecurityGroup.fromId(${shown(value)})`;
  if (SERVICE_ACCOUNT.test(value)) return `firewall.serviceAccount(${shown(value)})`;
  return NETWORK_TAG.test(value) ? `firewall.networkTag(${shown(value)})` : undefined;
}

function resourceType(value: unknown): string | undefined {
  return (value as { readonly terraformResourceType?: string } | null | undefined)?.terraformResourceType;
}

/** Returns the range that text must have meant, in canonical form; an address is the range of one address. */
function rangeIn(text: string): string | undefined {
  if (holdsToken(text)) return undefined;
  const address = parseIpAddress(text);
  return respelled(address ? `${text}/${ADDRESS_BITS[address.family]}` : text);
}
