import { AddressFamily } from './address-family';
import { parseCidr, parseHost } from './cidr';
import { farEnd, type FarEnd, type UnknownRange } from './far-end';
import { isPeer, type IPeer } from './host-group';
import { asPeer, givenRanges, isUnknownRange, readRanges, unknownRange, type Ranges } from './ranges-given';
import { refusal, shown } from './refusal';
import { isListToken } from './token-text';
import { checkReason, checkText } from './text';

const LISTED_IN_LABEL = 3;
const UNKNOWN_LABEL = 'a range known to Terraform';
const UNKNOWN_LIST_LABEL = 'ranges known to Terraform';

/** Who is at the far end of a flow: ranges of addresses, or several peers together. */
export class Peer implements IPeer {
  /**
   * Ranges of addresses, IPv4 and IPv6.
   * @param ranges as `10.50.0.0/24` or `2001:db8::/32`; a value known only to Terraform counts as IPv4, and so do all members
   * of a list that only Terraform knows
   */
  public static cidr(...ranges: string[]): Peer {
    return Peer.ofRanges('Peer.cidr', ranges, AddressFamily.IPV4);
  }

  /**
   * Ranges of IPv6 addresses that are known only to Terraform.
   * @param ranges values of resources, or ranges such as `2001:db8::/32`
   */
  public static cidrIpv6(...ranges: string[]): Peer {
    const place = 'Peer.cidrIpv6';
    const peer = Peer.ofRanges(place, ranges, AddressFamily.IPV6);
    const ipv4 = peer._farEnd.ranges.find((range) => range.family === AddressFamily.IPV4);
    if (ipv4) {
      throw refusal(place, 'every range must be IPv6', shown(String(ipv4)), `Peer.cidr(${shown(String(ipv4))})`);
    }
    return peer;
  }

  /**
   * Single addresses; each becomes a range of one address.
   * @param addresses as `203.0.113.7` or `2001:db8::7`; a value known only to Terraform counts as IPv4
   */
  public static address(...addresses: string[]): Peer {
    const place = 'Peer.address';
    const texts = givenRanges(place, addresses);
    return Peer.of(place, {
      ranges: texts.filter((text) => !isUnknownRange(text)).map((text) => parseHost(text, place)),
      unknownRanges: texts.filter(isUnknownRange).map((text) => unknownHost(text, place)),
    });
  }

  /**
   * Ranges of addresses with a name that people know them by.
   * @param name for errors and documents; never part of a rule
   * @param ranges as in `Peer.cidr`
   */
  public static named(name: string, ...ranges: string[]): Peer {
    const place = 'Peer.named';
    return Peer.ofRanges(place, ranges, AddressFamily.IPV4, checkText(name, place, 'the name'));
  }

  /**
   * Several peers and host groups as one.
   * @param peers at least one
   */
  public static anyOf(...peers: IPeer[]): Peer {
    const place = 'Peer.anyOf';
    for (const peer of peers) {
      if (!isPeer(peer)) {
        throw refusal(place, 'every argument must be a peer or a host group', shown(peer), asPeer(peer));
      }
    }
    const ends = peers.map((peer) => peer._farEnd);
    const union = farEnd(place, {
      ranges: ends.flatMap((end) => end.ranges),
      unknownRanges: ends.flatMap((end) => end.unknownRanges),
      hostGroups: ends.flatMap((end) => end.hostGroups),
      worldReasons: ends.flatMap((end) => end.worldReasons),
    });
    return new Peer(listed(peers.map((peer) => peer.label)), union);
  }

  /**
   * Every IPv4 address: open to the world.
   * @param reason why; it goes into the description of the rule
   */
  public static anyIpv4(reason: string): Peer {
    return Peer.world('Peer.anyIpv4', AddressFamily.IPV4, '0.0.0.0/0', reason);
  }

  /**
   * Every IPv6 address: open to the world.
   * @param reason why; it goes into the description of the rule
   */
  public static anyIpv6(reason: string): Peer {
    return Peer.world('Peer.anyIpv6', AddressFamily.IPV6, '::/0', reason);
  }

  private static ofRanges(place: string, ranges: readonly string[], family: AddressFamily, label?: string): Peer {
    return Peer.of(place, readRanges(place, ranges, family), label);
  }

  private static of(place: string, ranges: Ranges, label?: string): Peer {
    const end = farEnd(place, ranges);
    const unknown = end.unknownRanges.map(({ isList }) => (isList ? UNKNOWN_LIST_LABEL : UNKNOWN_LABEL));
    return new Peer(label ?? listed([...end.ranges.map(String), ...unknown]), end);
  }

  private static world(place: string, family: AddressFamily, range: string, reason: string): Peer {
    const worldReasons = [{ family, reason: checkReason(reason, place) }];
    return new Peer(
      `any ${family === AddressFamily.IPV4 ? 'IPv4' : 'IPv6'} address`,
      farEnd(place, { ranges: [parseCidr(range, place)], worldReasons }),
    );
  }

  /** How errors and documents call this peer. */
  public readonly label: string;
  /** @internal */
  public readonly _farEnd: FarEnd;

  private constructor(label: string, end: FarEnd) {
    this.label = label;
    this._farEnd = end;
    Object.freeze(this);
  }
}

function unknownHost(text: string, place: string): UnknownRange {
  if (isListToken(text)) {
    throw refusal(place, 'a list that Terraform knows must be of ranges', shown(text), 'Peer.cidr(...)');
  }
  if (text.includes('/')) throw refusal(place, 'an address must have no prefix length', shown(text), 'Peer.cidr(...)');
  return { ...unknownRange(`${text}/32`, AddressFamily.IPV4, place), isHost: true };
}

function listed(labels: readonly string[]): string {
  const rest = labels.length - LISTED_IN_LABEL;
  return labels.slice(0, LISTED_IN_LABEL).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
