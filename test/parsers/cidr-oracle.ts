import { BlockList } from 'node:net';
import { Address4, Address6 } from 'ip-address';
import { Cidr, parseSingleAddress } from '../../lib/net/cidr';
import { oracleAddress, type OracleAddress } from './address-oracle';
import { ANY_FIX, disagreement, type Verdict } from './verdict';

/**
 * Returns how the text of a range should be read, in the order of the checks. Each rule rejects on purpose what some program
 * accepts: a different program reads it differently, or rejects it in the middle of an apply.
 */
export function cidrVerdict(text: string): Verdict {
  if (text === '') return { need: 'a range must be text such as "10.0.0.0/8"' };
  const slash = text.indexOf('/');
  const address = oracleAddress(slash < 0 ? text : text.slice(0, slash));
  // a zone, zeros before an octet (octal to some), missing octets, spaces
  if (!address) return { need: 'a range must be an IP address and a prefix length', fix: ANY_FIX };
  // GCP accepts an address without prefix length, AWS does not
  if (slash < 0) return { need: 'a range must have a prefix length', fix: hostFix(address) };
  const prefixText = text.slice(slash + 1);
  const prefix = wholeNumber(prefixText);
  // some programs accept netmasks, signs and exponents
  if (prefix === undefined || prefix > address.bits) {
    return { need: `a prefix length must be a whole number from 0 to ${address.bits}` };
  }
  const canonical = `${networkOf(address, prefix)}/${prefix}`;
  const fix = address.isMapped ? ipv4Form(address, prefix) : canonical;
  // AWS stores a different spelling, which is a change in every plan
  if (prefixText !== String(prefix)) return { need: 'a prefix length must have no leading zeros', fix };
  // the clouds have an attribute or a rule for each family
  if (address.isMapped) return { need: 'an IPv4 range must be written as IPv4', fix };
  // one cloud removes the bits, the other rejects them
  if (networkOf(address, prefix) !== address.canonical) {
    return { need: 'a range must have no bits set after its prefix', fix };
  }
  return { accepted: canonical };
}

/** Returns how the text of an IP address should be read, as the range that contains only this address. */
export function hostVerdict(text: string): Verdict {
  const address = oracleAddress(text);
  if (!address) return { need: 'an IP address must be one IPv4 or IPv6 address', fix: ANY_FIX };
  if (address.isMapped) {
    return { need: 'an IPv4 address must be written as IPv4', fix: new Address6(text).to4().correctForm() };
  }
  return { accepted: `${address.canonical}/${address.bits}` };
}

/** Returns how this library and the oracles disagree on a range, if they do. */
export function cidrDisagreement(text: string): string | undefined {
  const verdict = cidrVerdict(text);
  return (
    disagreement(text, verdict, (given) => Cidr.parse(given)) ??
    (verdict.accepted && extentDisagreement(verdict.accepted))
  );
}

/** Returns how this library and the oracles disagree on an IP address, if they do. */
export function hostDisagreement(text: string): string | undefined {
  return disagreement(text, hostVerdict(text), (given) => parseSingleAddress(given, 'Peer.address'));
}

/** Returns how the first and last address of a range differ from those of other libraries, if they do. */
function extentDisagreement(canonical: string): string | undefined {
  const { _first, _last } = Cidr.parse(canonical);
  const Address = canonical.includes(':') ? Address6 : Address4;
  const range = new Address(canonical);
  if (_first !== range.startAddress().bigInt() || _last !== range.endAddress().bigInt()) {
    return `${canonical}: expected the ends of ip-address; got ${_first} and ${_last}`;
  }
  const [network, prefix] = canonical.split('/');
  const family = canonical.includes(':') ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), family);
  const holds = (value: bigint): boolean => list.check(Address.fromBigInt(value).correctForm(), family);
  const end = 1n << (family === 'ipv6' ? 128n : 32n);
  const wrong = [_first, _last].some((value) => !holds(value));
  const tooFar = [_first - 1n, _last + 1n].some((value) => value >= 0n && value < end && holds(value));
  return wrong || tooFar ? `${canonical}: Node.js finds other addresses in it` : undefined;
}

function networkOf({ canonical, bits }: OracleAddress, prefix: number): string {
  const range = bits === 32 ? new Address4(`${canonical}/${prefix}`) : new Address6(`${canonical}/${prefix}`);
  return range.startAddress().correctForm();
}

function hostFix(address: OracleAddress): string | undefined {
  return address.isMapped ? ipv4Form(address, address.bits) : `${address.canonical}/${address.bits}`;
}

/** A range that is wider than all mapped addresses cannot be written as IPv4. */
function ipv4Form({ canonical }: OracleAddress, prefix: number): string | undefined {
  if (prefix < 96) return undefined;
  const ipv4 = new Address6(canonical).to4().correctForm();
  return `${new Address4(`${ipv4}/${prefix - 96}`).startAddress().correctForm()}/${prefix - 96}`;
}

function wholeNumber(text: string): number | undefined {
  return text !== '' && Array.from(text).every((letter) => '0123456789'.includes(letter)) ? Number(text) : undefined;
}
