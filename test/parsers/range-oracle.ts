import { Token } from 'cdktf';
import { peerCallFor } from '../../lib/access/checked-ends';
import { readRanges } from '../../lib/access/given-ranges';
import { Peer } from '../../lib/access/peer';
import { canonicalRange } from '../../lib/net/cidr';
import { AddressFamily } from '../../lib/net/ip-address';
import { cidrVerdict, hostVerdict } from './cidr-oracle';
import { disagreement, type Verdict } from './verdict';

const MARKER = '{TfToken[';

/**
 * Returns how a range of a peer should be read. Text without a token is read like `Cidr.parse` does.
 *
 * Text with a token is never a known range: it is kept unchanged, or it is rejected.
 */
export function rangesVerdict(text: string): Verdict | undefined {
  return text.includes(MARKER) ? undefined : cidrVerdict(text);
}

/** Returns how a range of a peer is read differently by this library, the framework and the oracles, if it is. */
export function rangesDisagreement(text: string): string | undefined {
  const verdict = rangesVerdict(text);
  return verdict ? disagreement(text, verdict, knownRange) : unknownDisagreement(text);
}

/** Returns whether a suggested call would fail, or whether nothing is suggested for a range or an IP address. */
export function suggestionDisagreement(text: string): string | undefined {
  const suggestion = peerCallFor(text);
  const readable = [cidrVerdict(text).accepted, hostVerdict(text).accepted].find((accepted) => accepted !== undefined);
  if (suggestion === undefined) {
    const range = canonicalRange(text);
    const isWorld = range !== undefined && needsReason(range); // so it is not offered
    return readable && !isWorld ? `${JSON.stringify(text)}: expected the suggestion of a peer; got none` : undefined;
  }
  const [, factory, argument] = /^Peer\.(cidr|address)\("(.*)"\)$/.exec(suggestion) ?? [];
  try {
    if (factory === 'cidr') Peer.cidr(argument);
    else Peer.address(argument);
    return undefined;
  } catch (error) {
    return `${JSON.stringify(text)}: ${suggestion} is suggested and fails: ${(error as Error).message}`;
  }
}

function needsReason(range: string): boolean {
  try {
    Peer.cidr(range);
    return false;
  } catch {
    return Peer.wide('a test', range).ipRanges.length > 0;
  }
}

function knownRange(text: string): string {
  const { ranges, unknownRanges } = readRanges('Cidr.parse', [text], AddressFamily.IPV4);
  if (unknownRanges.length > 0) throw new Error('read as a value known after apply');
  return ranges.map(String).join(' and ');
}

function unknownDisagreement(text: string): string | undefined {
  try {
    const { ranges, unknownRanges } = readRanges('Peer.cidr', [text], AddressFamily.IPV4);
    const same = ranges.length === 0 && unknownRanges.length === 1 && unknownRanges[0].text === text;
    if (!same) return `${JSON.stringify(text)}: expected it unchanged, as a value known after apply`;
    const isToken = Token.isUnresolved(text) || Token.isUnresolved([text]);
    return isToken ? undefined : `${JSON.stringify(text)}: accepted, but not a token of the framework`;
  } catch {
    return undefined;
  }
}
