import type { Construct } from 'constructs';
import { AddressFamily } from '../model/address-family';
import { parseCidr, parseHost, type Cidr } from '../model/cidr';
import { farEnd, type FarEnd, type RangeReference, type ResolvedEnd, type UnknownRange } from '../model/far-end';
import { refusal, shown } from '../model/refusal';
import { membersOf, referenceOf, type Reference } from './references';

const FIX = 'a range of its own for every construct';

/** Resolves a far end in a stack: values that turn out to be plain text are checked like any other. */
export function resolvedEnd(end: FarEnd, stack: Construct, place: string): ResolvedEnd {
  const { hostGroups, worldReasons } = end;
  const lists = end.unknownRanges.map((range) => ({ range, members: plainMembers(range, stack, place) }));
  const listed = lists.flatMap(({ range, members = [] }) => members.map((text) => rangeOfFamily(text, range, place)));
  const resolved = lists
    .filter(({ members }) => members === undefined)
    .map(({ range }) => ({ range, reference: referenceOf(range.text, stack, place, FIX) }));
  const texts = resolved.filter(({ reference }) => reference.isText).map((text) => textRange(text, place));
  const ranges = [...end.ranges, ...listed, ...texts];
  const references = resolved.filter(({ reference }) => !reference.isText).map(rangeReference);
  const known = ranges.length > end.ranges.length ? farEnd(place, { ranges, hostGroups, worldReasons }).ranges : ranges;
  return { ranges: known, references: distinct(references), hostGroups, worldReasons };
}

/** The members of a list that turned out to be known. */
function plainMembers({ isList, text }: UnknownRange, stack: Construct, place: string): readonly string[] | undefined {
  const members = isList ? membersOf(text, stack, place) : undefined;
  if (members?.length === 0) throw refusal(place, 'at least one range is needed', 'an empty list');
  return members;
}

/** A value that turned out to be plain text. */
function textRange({ range, reference }: { range: UnknownRange; reference: Reference }, place: string): Cidr {
  const { expression } = reference;
  return range.isHost ? parseHost(expression.replace(/\/32$/, ''), place) : rangeOfFamily(expression, range, place);
}

/** What was said to be IPv6 is no IPv4 range. */
function rangeOfFamily(text: string, { family }: UnknownRange, place: string): Cidr {
  const cidr = parseCidr(text, place);
  if (family === AddressFamily.IPV6 && cidr.family === AddressFamily.IPV4) {
    throw refusal(place, 'a range of Peer.cidrIpv6 must be IPv6', shown(String(cidr)), 'Peer.cidr(...)');
  }
  return cidr;
}

function rangeReference({ range, reference }: { range: UnknownRange; reference: Reference }): RangeReference {
  return { ...range, expression: reference.expression, owner: reference.stack.node.path };
}

function distinct(references: readonly RangeReference[]): RangeReference[] {
  const byContent = new Map(
    references.map((range) => [`${range.family} ${range.expression} ${range.isList ?? false} ${range.owner}`, range]),
  );
  return [...byContent].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, range]) => range);
}
