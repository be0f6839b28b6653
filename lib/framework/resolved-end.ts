import type { Construct } from 'constructs';
import { AddressFamily } from '../model/address-family';
import { parseCidr, parseHost, type Cidr } from '../model/cidr';
import { farEnd, type FarEnd, type RangeReference, type ResolvedEnd, type UnknownRange } from '../model/far-end';
import { refusal, shown } from '../model/refusal';
import { referenceOf, type Reference } from './references';

const FIX = 'a range of its own for every construct';

/** Resolves a far end in a stack: values that turn out to be plain text are checked like any other. */
export function resolvedEnd(end: FarEnd, stack: Construct, place: string): ResolvedEnd {
  const { hostGroups, worldReasons } = end;
  const resolved = end.unknownRanges.map((range) => ({ range, reference: referenceOf(range.text, stack, place, FIX) }));
  const texts = resolved.filter(({ reference }) => reference.isText);
  const ranges = [...end.ranges, ...texts.map((text) => textRange(text, place))];
  const references = resolved.filter(({ reference }) => !reference.isText).map(rangeReference);
  const known = texts.length > 0 ? farEnd(place, { ranges, worldReasons }).ranges : end.ranges;
  return { ranges: known, references: distinct(references), hostGroups, worldReasons };
}

/** A value that turned out to be plain text; what was said to be IPv6 is no IPv4 range. */
function textRange({ range, reference }: { range: UnknownRange; reference: Reference }, place: string): Cidr {
  if (range.isHost) return parseHost(reference.expression.replace(/\/32$/, ''), place);
  const cidr = parseCidr(reference.expression, place);
  if (range.family === AddressFamily.IPV6 && cidr.family === AddressFamily.IPV4) {
    throw refusal(place, 'a range of Peer.cidrIpv6 must be IPv6', shown(String(cidr)), 'Peer.cidr(...)');
  }
  return cidr;
}

function rangeReference({ range, reference }: { range: UnknownRange; reference: Reference }): RangeReference {
  return { ...range, expression: reference.expression, owner: reference.stack.node.path };
}

function distinct(references: readonly RangeReference[]): RangeReference[] {
  const byContent = new Map(references.map((range) => [`${range.family} ${range.expression} ${range.owner}`, range]));
  return [...byContent].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, range]) => range);
}
