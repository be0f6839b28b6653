import type { AddressFamily } from './address-family';
import { ADDRESS_BITS } from './address-family';
import { formatIpAddress, parseIpAddress, unmapped, type IpAddress } from './ip-address';
import { refusal, shown } from './refusal';

/** A range of addresses in its one canonical spelling: `10.0.0.0/8`, `2001:db8::/32`. */
export class Cidr {
  /**
   * Reads a range strictly: what another program could read in two ways is refused, with what was probably meant.
   * @param text an address, a slash and a prefix length; no bits set after the prefix, no leading zeros, no zone
   */
  public static parse(text: string): Cidr {
    return parseCidr(text, 'Cidr.parse');
  }

  /** @internal */
  public static _of(address: IpAddress, prefixLength: number): Cidr {
    return new Cidr(address, prefixLength);
  }

  /** The version of the Internet Protocol. */
  public readonly family: AddressFamily;
  /** How many leading bits all addresses of the range share. */
  public readonly prefixLength: number;
  /** @internal */
  public readonly _first: bigint;
  /** @internal */
  public readonly _last: bigint;
  private readonly text: string;

  private constructor(address: IpAddress, prefixLength: number) {
    this.family = address.family;
    this.prefixLength = prefixLength;
    this._first = networkOf(address, prefixLength);
    this._last = this._first + (1n << BigInt(ADDRESS_BITS[address.family] - prefixLength)) - 1n;
    this.text = `${formatIpAddress({ family: address.family, value: this._first })}/${prefixLength}`;
    Object.freeze(this);
  }

  /** Returns the canonical form: dotted decimal, or RFC 5952, and the prefix length. */
  public toString(): string {
    return this.text;
  }
}

/** Reads a range on behalf of the call named by `place`. */
export function parseCidr(text: unknown, place: string): Cidr {
  if (typeof text !== 'string' || text === '') {
    throw refusal(place, 'a range must be text such as "10.0.0.0/8"', shown(text));
  }
  const [addressText, prefixText] = split(text);
  const address = parseIpAddress(addressText);
  if (!address) {
    throw refusal(place, 'a range must be an address and a prefix length', shown(text), quoted(respelled(text)));
  }
  const bits = ADDRESS_BITS[address.family];
  if (prefixText === undefined) {
    throw refusal(place, 'a range must have a prefix length', shown(text), shown(String(hostOf(unmapped(address)))));
  }
  const prefixLength = wholeNumber(prefixText);
  if (!(prefixLength <= bits)) {
    throw refusal(place, `a prefix length must be a whole number from 0 to ${bits}`, shown(text));
  }
  if (String(prefixLength) !== prefixText) {
    throw refusal(place, 'a prefix length must have no leading zeros', shown(text), quoted(respelled(text)));
  }
  if (unmapped(address) !== address) {
    throw refusal(place, 'an IPv4 range must be written as IPv4', shown(text), quoted(respelled(text)));
  }
  const cidr = Cidr._of(address, prefixLength);
  if (cidr._first !== address.value) {
    throw refusal(place, 'a range must have no bits set after its prefix', shown(text), shown(String(cidr)));
  }
  return cidr;
}

/** Reads a single address on behalf of the call named by `place`, as the range that holds it alone. */
export function parseHost(text: unknown, place: string): Cidr {
  const address = typeof text === 'string' ? parseIpAddress(text) : undefined;
  if (!address) {
    const range = typeof text === 'string' ? respelled(text) : undefined;
    const fix = range ? `Peer.cidr(${shown(range)})` : undefined;
    throw refusal(place, 'an address must be one IPv4 or IPv6 address', shown(text), fix);
  }
  const meant = unmapped(address);
  if (meant !== address) {
    throw refusal(place, 'an IPv4 address must be written as IPv4', shown(text), shown(formatIpAddress(meant)));
  }
  return hostOf(address);
}

/** The canonical range that a text was meant to be, where it has an address and a prefix length in some spelling. */
export function respelled(text: string): string | undefined {
  const [addressText, prefixText] = split(text.trim());
  const address = parseIpAddress(addressText.replace(/%.*/, '').replace(/(^|\.)0+(?=\d)/g, '$1'));
  const prefixLength = wholeNumber(prefixText);
  if (!address || !(prefixLength <= ADDRESS_BITS[address.family])) return undefined;
  const meant = unmapped(address);
  const fewerBits = ADDRESS_BITS[address.family] - ADDRESS_BITS[meant.family];
  return prefixLength < fewerBits ? undefined : String(Cidr._of(meant, prefixLength - fewerBits));
}

function hostOf(address: IpAddress): Cidr {
  return Cidr._of(address, ADDRESS_BITS[address.family]);
}

/** `NaN` for what is none; `Number` would read an exponent, a sign or nothing. */
function wholeNumber(text: string | undefined): number {
  return /^\d+$/.test(String(text)) ? Number(text) : NaN;
}

function split(text: string): [string, string | undefined] {
  const slash = text.indexOf('/');
  // Stryker disable next-line EqualityOperator: no address stands before a slash that comes first, however it is split
  return slash < 0 ? [text, undefined] : [text.slice(0, slash), text.slice(slash + 1)];
}

function networkOf({ family, value }: IpAddress, prefixLength: number): bigint {
  const hostBits = BigInt(ADDRESS_BITS[family] - prefixLength);
  return (value >> hostBits) << hostBits;
}

function quoted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : shown(text);
}
