import { readOnly, refusal, shown } from '../input';
import {
  ADDRESS_BITS,
  type AddressFamily,
  formatIpAddress,
  type IpAddress,
  parseIpAddress,
  unmapped,
} from './ip-address';

/** An IP range in its canonical form: `10.0.0.0/8`, `2001:db8::/32`. */
export class Cidr {
  /**
   * Returns the IP range in text. Throws if other programs could read the text differently.
   * @param text an IP address, a slash and a prefix length; no bits set after the prefix, no leading zeros, no zone
   */
  public static parse(text: string): Cidr {
    return parseCidr(text, 'Cidr.parse');
  }

  /** @internal */
  public static _of(address: IpAddress, prefixLength: number): Cidr {
    return new Cidr(address, prefixLength);
  }

  /** The IP version. */
  public readonly family: AddressFamily;
  /** How many leading bits all IP addresses of the range share. */
  public readonly prefixLength: number;
  /** @internal */
  public readonly _first: bigint;
  /** @internal */
  public readonly _last: bigint;
  #text?: string;

  private constructor(address: IpAddress, prefixLength: number) {
    this.family = address.family;
    this.prefixLength = prefixLength;
    this._first = firstAddress(address, prefixLength);
    this._last = this._first + (1n << BigInt(ADDRESS_BITS[address.family] - prefixLength)) - 1n;
    readOnly(this);
  }

  /** The canonical form: `10.0.0.0/8`, or the form of RFC 5952, such as `2001:db8::/32`. */
  public get text(): string {
    this.#text ??= `${formatIpAddress({ family: this.family, value: this._first })}/${this.prefixLength}`;
    return this.#text;
  }

  /** Returns `text`. */
  public toString(): string {
    return this.text;
  }
}

/** Returns the IP range in text. Errors name the call in `place`. */
export function parseCidr(text: unknown, place: string): Cidr {
  if (typeof text !== 'string' || text === '') {
    throw refusal(place, 'range-invalid', 'a range must be text such as "10.0.0.0/8"', shown(text));
  }
  const [addressText, prefixText] = splitPrefix(text);
  const address = parseIpAddress(addressText);
  if (!address) {
    const need = 'a range must be an IP address and a prefix length';
    throw refusal(place, 'range-invalid', need, shown(text), quoted(canonicalRange(text)));
  }
  if (prefixText === undefined) {
    const fix = quoted(String(singleAddress(unmapped(address))));
    throw refusal(place, 'range-without-prefix', 'a range must have a prefix length', shown(text), fix);
  }
  checkPrefixText(prefixText, address, text, place);
  return checkedRange(address, Number(prefixText), text, place);
}

function checkPrefixText(prefixText: string, { family }: IpAddress, text: string, place: string): void {
  const bits = ADDRESS_BITS[family];
  const prefixLength = wholeNumber(prefixText);
  if (!(prefixLength <= bits)) {
    throw refusal(place, 'range-invalid', `a prefix length must be a whole number from 0 to ${bits}`, shown(text));
  }
  if (String(prefixLength) !== prefixText) {
    const need = 'a prefix length must have no leading zeros';
    throw refusal(place, 'range-ambiguous', need, shown(text), quoted(canonicalRange(text)));
  }
}

function checkedRange(address: IpAddress, prefixLength: number, text: string, place: string): Cidr {
  if (unmapped(address) !== address) {
    const need = 'an IPv4 range must be written as IPv4';
    throw refusal(place, 'range-ambiguous', need, shown(text), quoted(canonicalRange(text)));
  }
  const cidr = Cidr._of(address, prefixLength);
  if (cidr._first !== address.value) {
    const need = 'a range must have no bits set after its prefix';
    throw refusal(place, 'range-with-host-bits', need, shown(text), shown(String(cidr)));
  }
  return cidr;
}

/** Returns the range of the one IP address in text. Errors name the call in `place`. */
export function parseSingleAddress(text: unknown, place: string): Cidr {
  const address = typeof text === 'string' ? parseIpAddress(text) : undefined;
  if (!address) {
    const range = typeof text === 'string' ? canonicalRange(text) : undefined;
    const fix = range ? `Peer.cidr(${shown(range)})` : undefined;
    throw refusal(place, 'ip-address-invalid', 'an IP address must be one IPv4 or IPv6 address', shown(text), fix);
  }
  const meant = unmapped(address);
  if (meant !== address) {
    const need = 'an IPv4 address must be written as IPv4';
    throw refusal(place, 'ip-address-ambiguous', need, shown(text), shown(formatIpAddress(meant)));
  }
  return singleAddress(address);
}

/**
 * Returns the canonical form of an IP range in any spelling. Returns nothing for text without an IP address and a prefix length.
 */
export function canonicalRange(text: string): string | undefined {
  const [addressText, prefixText] = splitPrefix(text.trim());
  const address = parseIpAddress(addressText.replace(/%.*/, '').replace(/(^|\.)0+(?=\d)/g, '$1'));
  const prefixLength = wholeNumber(prefixText);
  if (!address || !(prefixLength <= ADDRESS_BITS[address.family])) return undefined;
  const meant = unmapped(address);
  const fewerBits = ADDRESS_BITS[address.family] - ADDRESS_BITS[meant.family];
  return prefixLength < fewerBits ? undefined : String(Cidr._of(meant, prefixLength - fewerBits));
}

function singleAddress(address: IpAddress): Cidr {
  return Cidr._of(address, ADDRESS_BITS[address.family]);
}

/**
 * Returns a number that is written in digits. Returns `NaN` for other text: `Number` would accept exponents, signs and empty
 * text.
 */
function wholeNumber(text: string | undefined): number {
  return /^\d+$/.test(String(text)) ? Number(text) : NaN;
}

function splitPrefix(text: string): [string, string | undefined] {
  const slash = text.indexOf('/');
  // Stryker disable next-line EqualityOperator: text that begins with a slash has no IP address, however it is split
  return slash < 0 ? [text, undefined] : [text.slice(0, slash), text.slice(slash + 1)];
}

function firstAddress({ family, value }: IpAddress, prefixLength: number): bigint {
  const hostBits = BigInt(ADDRESS_BITS[family] - prefixLength);
  return (value >> hostBits) << hostBits;
}

function quoted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : shown(text);
}
