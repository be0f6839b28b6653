import { holdsToken, refusal, shown } from '../input';
import {
  ADDRESS_BITS,
  AddressFamily,
  areWorldWide,
  canonicalRange,
  formatIpAddress,
  parseCidr,
  parseIpAddress,
  unmapped,
} from '../net';
import { Cloud } from './cloud';
import { type IPeer, isPeer, wideCall, WORLD } from './far-end';
import { type IHostGroup, isHostGroup } from './host-group';

/** Where a peer or a host group is needed, for errors. */
export interface NeededEnd {
  readonly prop: string;
  readonly place: string;
  /**
   * Returns the clouds of the host groups that it is used with. A rule of one cloud cannot select host groups of another.
   * @default - unknown, so that the error may suggest any cloud
   */
  readonly clouds?: () => readonly Cloud[];
}

/** Returns a value as a peer. Throws if this package did not create it. */
export function checkedPeer(value: unknown, needed: NeededEnd): IPeer {
  if (isPeer(value)) return value;
  const { prop, place, clouds = () => [] } = needed;
  const need = `${prop} must be a peer or a host group`;
  throw refusal(place, 'peer-required', need, shown(value), suggestedPeer(value, clouds()));
}

/** Returns a value as a host group. Throws if rules cannot be made for it. */
export function checkedHostGroup(value: unknown, needed: NeededEnd): IHostGroup {
  if (isHostGroup(value)) return value;
  const { prop, place, clouds = () => [] } = needed;
  const need = `${prop} must be a host group (a network tag, a service account, a security group, pods or external hosts)`;
  const got = isPeer(value) ? value.label : shown(value);
  throw refusal(place, 'host-group-required', need, got, suggestedHostGroup(value, clouds()));
}

/** Returns the prop `ipRanges` of a host group. Throws unless it is a peer of IP ranges that are not the whole internet. */
export function checkedIpRanges(ipRanges: IPeer | undefined, place: string): IPeer | undefined {
  if (ipRanges === undefined) return undefined;
  if (!isPeer(ipRanges)) {
    const need = 'ipRanges must be a peer';
    throw refusal(place, 'peer-required', need, shown(ipRanges), peerCallFor(ipRanges) ?? 'Peer.cidr(...)');
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

/** Returns the call that creates a peer from an IP range or IP address in text. Returns nothing for the whole internet. */
export function peerCallFor(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const address = parseIpAddress(value);
  if (address) return `Peer.address(${shown(formatIpAddress(unmapped(address)))})`;
  const range = canonicalRange(value);
  return range === undefined || isWide(range) ? undefined : `Peer.cidr(${shown(range)})`;
}

/** Whether a range in canonical form is most of the internet. */
function isWide(text: string): boolean {
  const range = parseCidr(text, 'a range');
  return areWorldWide(range.family, [range]);
}

const SECURITY_GROUP = /^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const PREFIX_LIST = /^pl-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const NETWORK_TAG = /^(?!(?:eni|i|pl|sg|subnet|vpc)-)[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const SERVICE_ACCOUNT = /^[a-z0-9][-a-z0-9]*@[-.a-z0-9]+\.gserviceaccount\.com$/;
/** The name of a peer: any short line of text that is not an AWS id. */
const NAME = /^(?!(?:eni|i|pl|sg|subnet|vpc)-)(?=.*\S)\P{Cc}{1,80}$/u;
const WORLD_RANGES: Readonly<Record<string, AddressFamily | undefined>> = {
  '0.0.0.0/0': AddressFamily.IPV4,
  '::/0': AddressFamily.IPV6,
};

/** Returns the call that makes a peer from the id of a security group or a prefix list. */
export function peerOfId(text: string): string | undefined {
  if (SECURITY_GROUP.test(text)) return `AwsSecurityGroup.fromId(${shown(text)})`;
  return PREFIX_LIST.test(text) ? `AwsPrefixList.fromId(${shown(text)}, { maxEntries })` : undefined;
}

type Clouds = readonly Cloud[];

/** Returns whether the rules of all of these clouds can select machines of a cloud. */
function allSelect(clouds: Clouds, cloud: Cloud): boolean {
  return clouds.every((other) => other === cloud);
}

/** Returns the clouds of the host groups in a peer; none if a value is not a peer. */
export function cloudsOf(value: unknown): Cloud[] {
  return isPeer(value) ? value._farEnd.hostGroups.map(({ cloud }) => cloud) : [];
}

function anyPeer(clouds: Clouds): string {
  if (allSelect(clouds, Cloud.AWS)) return 'Peer.cidr(...), or a host group such as AwsSecurityGroup.fromId(id)';
  if (allSelect(clouds, Cloud.GCP)) return 'Peer.cidr(...), or a host group such as firewall.networkTag(tag)';
  if (allSelect(clouds, Cloud.KUBERNETES)) return `Peer.cidr(...), or a host group such as ${PODS}`;
  return 'Peer.cidr(...)';
}

/** The call that makes a host group of pods. */
const PODS = 'KubernetesPods.labelled({ namespace, labels })';

function anyHostGroup(clouds: Clouds): string {
  const calls = [
    ...(allSelect(clouds, Cloud.GCP) ? ['firewall.networkTag(tag)'] : []),
    ...(allSelect(clouds, Cloud.AWS) ? ['AwsSecurityGroup.fromId(id)'] : []),
    ...(clouds.length > 0 && allSelect(clouds, Cloud.KUBERNETES) ? [PODS] : []),
    'ExternalHosts.named(name, ...ranges)',
  ];
  return [calls.slice(0, -1).join(', '), ...calls.slice(-1)].filter((text) => text !== '').join(' or ');
}

function suggestedPeer(value: unknown, clouds: Clouds): string {
  if (Array.isArray(value)) {
    const areUsable = value.every((peer) => isPeer(peer) && cloudsOf(peer).every((cloud) => allSelect(clouds, cloud)));
    return value.length > 0 && areUsable ? 'Peer.anyOf(...)' : anyPeer(clouds);
  }
  const machines = suggestedMachines(value);
  const call = machines && allSelect(clouds, machines.cloud) ? machines.call : undefined;
  return (
    peerCallFor(value) ??
    call ??
    suggestedPrefixList(value, clouds) ??
    (typeof value === 'string' ? suggestedPeerForText(value, clouds) : anyPeer(clouds))
  );
}

function suggestedPrefixList(value: unknown, clouds: Clouds): string | undefined {
  if (!allSelect(clouds, Cloud.AWS)) return undefined;
  if (resourceType(value) === 'aws_ec2_managed_prefix_list') return 'AwsPrefixList.fromId(list.id, { maxEntries })';
  const isId = typeof value === 'string' && PREFIX_LIST.test(value);
  return isId ? `AwsPrefixList.fromId(${shown(value)}, { maxEntries })` : undefined;
}

function suggestedPeerForText(text: string, clouds: Clouds): string {
  const range = rangeIn(text);
  const family = WORLD_RANGES[range ?? ''];
  if (family) return WORLD[family];
  if (range !== undefined && isWide(range)) return wideCall([range]);
  if (holdsToken(text)) {
    const idCall = allSelect(clouds, Cloud.AWS) ? 'AwsSecurityGroup.fromId(...)' : 'firewall.networkTag(...)';
    return new Set(clouds).size > 1 ? 'Peer.cidr(...)' : `Peer.cidr(...) or ${idCall}`;
  }
  return NAME.test(text) ? `Peer.named(${shown(text)}, ...ranges)` : anyPeer(clouds);
}

function suggestedHostGroup(value: unknown, clouds: Clouds): string {
  if (isSeveralHostGroups(value, clouds)) return 'HostGroup.anyOf(...)';
  const machines = suggestedMachines(value);
  if (machines) return allSelect(clouds, machines.cloud) ? machines.call : anyHostGroup(clouds);
  return typeof value === 'string' ? suggestedHostGroupForText(value, clouds) : anyHostGroup(clouds);
}

/** Whether a value is a list of host groups, or a `Peer.anyOf`, that can be one role with these clouds. */
function isSeveralHostGroups(value: unknown, clouds: Clouds): boolean {
  if (Array.isArray(value)) {
    const of = new Set(value.map((group) => (isHostGroup(group) ? group.cloud : undefined)));
    return of.size === 1 && !of.has(undefined) && value.flatMap(cloudsOf).every((cloud) => allSelect(clouds, cloud));
  }
  if (!isPeer(value)) return false;
  const { hostGroups, ranges, unknownRanges } = value._farEnd;
  const areMachines =
    hostGroups.length > 0 && ranges.length + unknownRanges.length === 0 && hostGroups.every(isHostGroup);
  const of = new Set([...cloudsOf(value), ...clouds]);
  return areMachines && of.size === 1;
}

function suggestedHostGroupForText(text: string, clouds: Clouds): string {
  if (holdsToken(text)) return allSelect(clouds, Cloud.AWS) ? 'AwsSecurityGroup.fromId(...)' : anyHostGroup(clouds);
  const range = rangeIn(text);
  if (range !== undefined) {
    return isWide(range) ? anyHostGroup(clouds) : `ExternalHosts.named("name", ${shown(range)})`;
  }
  return NAME.test(text) ? `ExternalHosts.named(${shown(text)}, ...ranges)` : anyHostGroup(clouds);
}

/** Returns the call that makes a host group from the text or the resource that names it in its cloud. */
function suggestedMachines(value: unknown): { readonly cloud: Cloud; readonly call: string } | undefined {
  if (/^aws_(?:default_)?security_group$/.test(resourceType(value) ?? '')) {
    return { cloud: Cloud.AWS, call: 'AwsSecurityGroup.fromId(group.id)' };
  }
  if (typeof value !== 'string') return undefined;
  if (SECURITY_GROUP.test(value)) return { cloud: Cloud.AWS, call: `AwsSecurityGroup.fromId(${shown(value)})` };
  if (SERVICE_ACCOUNT.test(value)) return { cloud: Cloud.GCP, call: `firewall.serviceAccount(${shown(value)})` };
  return NETWORK_TAG.test(value) ? { cloud: Cloud.GCP, call: `firewall.networkTag(${shown(value)})` } : undefined;
}

function resourceType(value: unknown): string | undefined {
  return (value as { readonly terraformResourceType?: string } | null | undefined)?.terraformResourceType;
}

/** Returns the IP range in text, in canonical form. An IP address becomes the range of this one address. */
function rangeIn(text: string): string | undefined {
  if (holdsToken(text)) return undefined;
  const address = parseIpAddress(text);
  return canonicalRange(address ? `${text}/${ADDRESS_BITS[address.family]}` : text);
}
