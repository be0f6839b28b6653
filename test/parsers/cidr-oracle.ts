import { Address4, Address6 } from 'ip-address';
import { BlockList } from 'node:net';
import { Cidr, parseHost } from '../../lib/model/cidr';
import { oracleAddress, type OracleAddress } from './address-oracle';
import { ANY_FIX, disagreement, type Verdict } from './verdict';

/**
 * What we should make of the text of a range, in the order of our checks. Each rule refuses on purpose what some program reads:
 * another program reads it otherwise, or refuses it in the middle of an apply.
 */
export function cidrVerdict(text: string): Verdict {
  if (text === '') return { need: 'a range must be text such as "10.0.0.0/8"' };
  const slash = text.indexOf('/');
  const address = oracleAddress(slash < 0 ? text : text.slice(0, slash));
  // a zone, zeros before an octet (octal to some), missing octets, spaces
  if (!address) return { need: 'a range must be an address and a prefix length', fix: ANY_FIX };
  // GCP takes a bare address, AWS does not
  if (slash < 0) return { need: 'a range must have a prefix length', fix: hostFix(address) };
  const prefixText = text.slice(slash + 1);
  const prefix = wholeNumber(prefixText);
  // netmasks, signs and exponents are prefix lengths to some
  if (prefix === undefined || prefix > address.bits) {
    return { need: `a prefix length must be a whole number from 0 to ${address.bits}` };
  }
  const canonical = `${networkOf(address, prefix)}/${prefix}`;
  const fix = address.isMapped ? ipv4Form(address, prefix) : canonical;
  // AWS keeps another spelling than it was given, which is a change in every plan
  if (prefixText !== String(prefix)) return { need: 'a prefix length must have no leading zeros', fix };
  // the clouds have another attribute or another rule for each family
  if (address.isMapped) return { need: 'an IPv4 range must be written as IPv4', fix };
  // one cloud cuts the bits off, the other refuses them
  if (networkOf(address, prefix) !== address.canonical) {
    return { need: 'a range must have no bits set after its prefix', fix };
  }
  return { accepted: canonical };
}

/** What we should make of the text of a single address, as the range that holds it alone. */
export function hostVerdict(text: string): Verdict {
  const address = oracleAddress(text);
  if (!address) return { need: 'an address must be one IPv4 or IPv6 address', fix: ANY_FIX };
  if (address.isMapped) {
    return { need: 'an IPv4 address must be written as IPv4', fix: new Address6(text).to4().correctForm() };
  }
  return { accepted: `${address.canonical}/${address.bits}` };
}

/** Where ranges are read otherwise than by the oracles. */
export function cidrDisagreement(text: string): string | undefined {
  const verdict = cidrVerdict(text);
  return (
    disagreement(text, verdict, (given) => Cidr.parse(given)) ??
    (verdict.accepted && extentDisagreement(verdict.accepted))
  );
}

/** Where single addresses are read otherwise than by the oracles. */
export function hostDisagreement(text: string): string | undefined {
  return disagreement(text, hostVerdict(text), (given) => parseHost(given, 'Peer.address'));
}

/** Where a range does not begin and end as others say: the addresses before and after must be outside. */
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
  return wrong || tooFar ? `${canonical}: Node.js holds other addresses in it` : undefined;
}

function networkOf({ canonical, bits }: OracleAddress, prefix: number): string {
  const range = bits === 32 ? new Address4(`${canonical}/${prefix}`) : new Address6(`${canonical}/${prefix}`);
  return range.startAddress().correctForm();
}

function hostFix(address: OracleAddress): string | undefined {
  return address.isMapped ? ipv4Form(address, address.bits) : `${address.canonical}/${address.bits}`;
}

/** A mapped range that reaches beyond the mapped addresses has no form as IPv4. */
function ipv4Form({ canonical }: OracleAddress, prefix: number): string | undefined {
  if (prefix < 96) return undefined;
  const ipv4 = new Address6(canonical).to4().correctForm();
  return `${new Address4(`${ipv4}/${prefix - 96}`).startAddress().correctForm()}/${prefix - 96}`;
}

function wholeNumber(text: string): number | undefined {
  return text !== '' && Array.from(text).every((letter) => '0123456789'.includes(letter)) ? Number(text) : undefined;
}
