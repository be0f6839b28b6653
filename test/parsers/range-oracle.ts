import { Token } from 'cdktf';
import { AddressFamily } from '../../lib/model/address-family';
import { asPeer, readRanges } from '../../lib/model/ranges-given';
import { Peer } from '../../lib/model/peer';
import { cidrVerdict, hostVerdict } from './cidr-oracle';
import { disagreement, type Verdict } from './verdict';

const MARKER = '{TfToken[';
const WORLD = ['0.0.0.0/0', '::/0'];

/**
 * What a list of one text should be read as. Without the framework's marker it is read as `Cidr.parse` reads it.
 *
 * With the marker it is never a range that we know: it stays as it was given, or it is refused.
 */
export function rangesVerdict(text: string): Verdict | undefined {
  return text.includes(MARKER) ? undefined : cidrVerdict(text);
}

/** Where ranges of peers are read otherwise than by the framework and by the oracles. */
export function rangesDisagreement(text: string): string | undefined {
  const verdict = rangesVerdict(text);
  return verdict ? disagreement(text, verdict, knownRange) : unknownDisagreement(text);
}

/** Where the call that is offered to a caller of JavaScript would be refused, or is not offered for a range or an address. */
export function offerDisagreement(text: string): string | undefined {
  const offer = asPeer(text);
  const readable = [cidrVerdict(text).accepted, hostVerdict(text).accepted].find((accepted) => accepted !== undefined);
  if (offer === undefined) return readable && `${JSON.stringify(text)}: expected the offer of a peer; got none`;
  const [, factory, argument] = /^Peer\.(cidr|address)\("(.*)"\)$/.exec(offer) ?? [];
  if (WORLD.includes(argument)) return undefined; // Peer.cidr refuses the world and offers Peer.anyIpv4
  try {
    if (factory === 'cidr') Peer.cidr(argument);
    else Peer.address(argument);
    return undefined;
  } catch (error) {
    return `${JSON.stringify(text)}: ${offer} is offered and refused: ${(error as Error).message}`;
  }
}

function knownRange(text: string): string {
  const { ranges, unknownRanges } = readRanges('Cidr.parse', [text], AddressFamily.IPV4);
  if (unknownRanges.length > 0) throw new Error('taken for a value that only Terraform knows');
  return ranges.map(String).join(' and ');
}

function unknownDisagreement(text: string): string | undefined {
  try {
    const { ranges, unknownRanges } = readRanges('Peer.cidr', [text], AddressFamily.IPV4);
    const same = ranges.length === 0 && unknownRanges.length === 1 && unknownRanges[0].text === text;
    if (!same) return `${JSON.stringify(text)}: expected it unchanged, as a value that only Terraform knows`;
    const isToken = Token.isUnresolved(text) || Token.isUnresolved([text]);
    return isToken ? undefined : `${JSON.stringify(text)}: accepted, and no token to the framework`;
  } catch {
    return undefined;
  }
}
