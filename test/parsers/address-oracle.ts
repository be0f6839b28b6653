import { Address4, Address6 } from 'ip-address';
import { isIP } from 'node:net';

/** An IP address as other libraries read it. */
export interface OracleAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
  /** Dotted decimal, or the form of RFC 5952. */
  readonly canonical: string;
  /** Whether it is an IPv4 address written as IPv6. */
  readonly isMapped: boolean;
}

/**
 * Reads an IP address with Node.js, its URL parser and the package ip-address, and throws if they disagree.
 *
 * Two differences are intended. Node.js and ip-address read a zone (`fe80::1%eth0`) as part of the address; it is a number of one
 * machine, so firewalls and this library reject it. The package ip-address reads a prefix length after a slash; Node.js and this
 * library do not.
 */
export function oracleAddress(text: string): OracleAddress | undefined {
  if (last?.text !== text) last = { text, address: readAddress(text) };
  return last.address;
}

/** Five parsers read each text in turn. */
let last: { readonly text: string; readonly address?: OracleAddress } | undefined;

function readAddress(text: string): OracleAddress | undefined {
  const family = text.includes('%') ? 0 : isIP(text);
  const known = !/[%/]/.test(text) && (Address4.isValid(text) || Address6.isValid(text));
  if (known !== (family !== 0)) throw new Error(`the oracles disagree on the address ${JSON.stringify(text)}`);
  if (family === 0) return undefined;
  return family === 4 ? ipv4(text) : ipv6(text);
}

function ipv4(text: string): OracleAddress {
  const address = new Address4(text);
  return { bits: 32, value: address.bigInt(), canonical: address.correctForm(), isMapped: false };
}

function ipv6(text: string): OracleAddress {
  const address = new Address6(text);
  const canonical = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  if (address.correctForm() !== canonical) {
    throw new Error(`the oracles disagree on the form of ${JSON.stringify(text)}`);
  }
  return { bits: 128, value: address.bigInt(), canonical, isMapped: address.isMapped4() };
}
