import { checkReason, checkText, isListToken, readOnly, refusal, shown } from '../input';
import { AddressFamily, FAMILY_NAMES, parseCidr, parseSingleAddress, publicSize, rangesOf } from '../net';
import { joinedLabels } from '../provenance';
import { checkedPeer, cloudsOf } from './checked-ends';
import { farEnd, type FarEnd, type IPeer, ipRangesOf, type UnknownRange } from './far-end';
import { checkZone, type NetworkZone } from './network-zone';
import { checkedList, isUnknownRange, type Ranges, readRanges, unknownRange } from './given-ranges';

const UNKNOWN_LABEL = 'a range known after apply';
const UNKNOWN_LIST_LABEL = 'ranges known after apply';

/** The far end of a flow: IP ranges, or several peers combined. */
export class Peer implements IPeer {
  /**
   * Returns a peer of IP ranges.
   * @param ranges such as `10.50.0.0/24` or `2001:db8::/32`; a value known after apply is taken to be IPv4, and so are all
   * members of a list known after apply
   */
  public static cidr(...ranges: string[]): Peer {
    return Peer.ofRanges('Peer.cidr', ranges, AddressFamily.IPV4);
  }

  /**
   * Returns a peer of IPv6 ranges. Use it for ranges that are known after apply.
   * @param ranges attributes of resources, or ranges such as `2001:db8::/32`
   */
  public static cidrIpv6(...ranges: string[]): Peer {
    const place = 'Peer.cidrIpv6';
    const peer = Peer.ofRanges(place, ranges, AddressFamily.IPV6);
    const ipv4 = peer._farEnd.ranges.find((range) => range.family === AddressFamily.IPV4);
    if (ipv4) {
      throw refusal(
        place,
        'range-not-ipv6',
        'every range must be IPv6',
        shown(String(ipv4)),
        `Peer.cidr(${shown(String(ipv4))})`,
      );
    }
    return peer;
  }

  /**
   * Returns a peer of single IP addresses. Each becomes a range of one address.
   * @param addresses such as `203.0.113.7` or `2001:db8::7`; a value known after apply is taken to be IPv4
   */
  public static address(...addresses: string[]): Peer {
    const place = 'Peer.address';
    const texts = checkedList(place, addresses);
    return Peer.of(place, {
      ranges: texts.filter((text) => !isUnknownRange(text)).map((text) => parseSingleAddress(text, place)),
      unknownRanges: texts.filter(isUnknownRange).map((text) => unknownHost(text, place)),
    });
  }

  /**
   * Returns a peer of IP ranges with a name.
   * @param name for errors and documents; never part of a rule
   * @param ranges as in `Peer.cidr`
   */
  public static named(name: string, ...ranges: string[]): Peer {
    const place = 'Peer.named';
    return Peer.ofRanges(place, ranges, AddressFamily.IPV4, checkText(name, place, 'the name'));
  }

  /**
   * Returns one peer that combines several peers and host groups.
   * @param peers at least one
   */
  public static anyOf(...peers: IPeer[]): Peer {
    const place = 'Peer.anyOf';
    const needed = { prop: 'every argument', place, clouds: () => peers.flatMap(cloudsOf) };
    const ends = peers.map((peer) => checkedPeer(peer, needed)._farEnd);
    const union = farEnd(place, {
      ranges: ends.flatMap((end) => end.ranges),
      unknownRanges: ends.flatMap((end) => end.unknownRanges),
      hostGroups: ends.flatMap((end) => end.hostGroups),
      worldReasons: ends.flatMap((end) => end.worldReasons),
      zones: ends.flatMap((end) => end.zones),
    });
    return new Peer(joinedLabels(peers.map((peer) => peer.label)), union);
  }

  /**
   * Returns the peer of every IPv4 address, which opens a port to the world.
   * @param reason why it is open; part of the description of the rule
   */
  public static anyIpv4(reason: string): Peer {
    return Peer.world('Peer.anyIpv4', AddressFamily.IPV4, '0.0.0.0/0', reason);
  }

  /**
   * Returns the peer of every IPv6 address, which opens a port to the world.
   * @param reason why it is open; part of the description of the rule
   */
  public static anyIpv6(reason: string): Peer {
    return Peer.world('Peer.anyIpv6', AddressFamily.IPV6, '::/0', reason);
  }

  /**
   * Returns a peer of IP ranges that are most of the internet: more of its public addresses than one /8 of IPv4, or one /16 of IPv6, by
   * themselves or together with what other constructs open at the same port. Private ranges never need the reason.
   * @param reason why it is open; part of the description of the rule
   * @param ranges as in `Peer.cidr`, all known at synthesis
   */
  public static wide(reason: string, ...ranges: string[]): Peer {
    const place = 'Peer.wide';
    const text = checkReason(reason, place);
    const given = readRanges(place, ranges, AddressFamily.IPV4);
    const families = Object.values(AddressFamily).filter(
      (family) => publicSize(family, rangesOf(family, given.ranges)) > 0n,
    );
    return Peer.of(place, { ...given, worldReasons: families.map((family) => ({ family, reason: text })) });
  }

  private static ofRanges(place: string, ranges: readonly string[], family: AddressFamily, label?: string): Peer {
    return Peer.of(place, readRanges(place, ranges, family), label);
  }

  private static of(place: string, ranges: Ranges & Partial<FarEnd>, label?: string): Peer {
    const end = farEnd(place, ranges);
    const unknown = end.unknownRanges.map(({ isList }) => (isList ? UNKNOWN_LIST_LABEL : UNKNOWN_LABEL));
    return new Peer(label ?? joinedLabels([...end.ranges.map(String), ...unknown]), end);
  }

  private static world(place: string, family: AddressFamily, range: string, reason: string): Peer {
    const worldReasons = [{ family, reason: checkReason(reason, place) }];
    return new Peer(
      `any ${FAMILY_NAMES[family]} address`,
      farEnd(place, { ranges: [parseCidr(range, place)], worldReasons }),
    );
  }

  /** The name of this peer in errors and documents. */
  public readonly label: string;
  /** @internal */
  public readonly _farEnd: FarEnd;

  private constructor(label: string, end: FarEnd) {
    this.label = label;
    this._farEnd = end;
    readOnly(this);
  }

  /** The IP ranges that are known at synthesis, in canonical form. */
  public get ipRanges(): string[] {
    return ipRangesOf(this._farEnd);
  }

  /**
   * Returns the same peer in a network zone, for pictures and `cluster-ports lint`. Zones are never part of a rule. Throws unless `zone`
   * is a member of `NetworkZone`.
   * @param zone such as `NetworkZone.PUBLIC`
   */
  public inZone(zone: NetworkZone): Peer {
    const place = 'Peer.inZone';
    checkZone(zone, place);
    return new Peer(this.label, farEnd(place, { ...this._farEnd, zones: [zone] }));
  }
}

function unknownHost(text: string, place: string): UnknownRange {
  if (isListToken(text)) {
    throw refusal(
      place,
      'list-of-ranges-required',
      'a list known after apply must be a list of ranges',
      shown(text),
      'Peer.cidr(...)',
    );
  }
  if (text.includes('/')) {
    throw refusal(
      place,
      'ip-address-with-prefix',
      'an IP address must have no prefix length',
      shown(text),
      'Peer.cidr(...)',
    );
  }
  return { ...unknownRange(`${text}/32`, AddressFamily.IPV4, place), isHost: true };
}
