import type { Precondition } from 'cdktf';
import type { Construct } from 'constructs';
import { farEnd, type FarEnd, type RangeReference, type ResolvedEnd, type UnknownRange } from '../access';
import { literal, refusal, shown, splitAtTokens } from '../input';
import { AddressFamily, type Cidr, FAMILY_NAMES, parseCidr, parseSingleAddress } from '../net';
import { type Core, coreOf } from './framework';
import { membersOf, type Reference, referenceOf } from './references';

const FIX = 'a range that is known at synthesis';

/** Returns a far end with its tokens resolved. Tokens that resolve to plain text are checked like any other text. */
export function resolvedEnd(end: FarEnd, stack: Construct, place: string): ResolvedEnd {
  const { hostGroups, worldReasons, zones } = end;
  if (end.unknownRanges.length === 0) return { ranges: end.ranges, references: [], hostGroups, worldReasons, zones };
  const lists = end.unknownRanges.map((range) => ({ range, members: plainMembers(range, stack, place) }));
  const listed = lists.flatMap(({ range, members = [] }) => members.map((text) => rangeOfFamily(text, range, place)));
  const resolved = lists
    .filter(({ members }) => members === undefined)
    .map(({ range }) => ({ range, reference: referenceOf(range.text, stack, place, FIX) }));
  const texts = resolved.filter(({ reference }) => reference.isText).map((text) => textRange(text, place));
  const ranges = [...end.ranges, ...listed, ...texts];
  const references = resolved.filter(({ reference }) => !reference.isText).map(rangeReference);
  const known = ranges.length > end.ranges.length ? farEnd(place, { ranges, hostGroups, worldReasons }).ranges : ranges;
  return { ranges: known, references: distinct(references), hostGroups, worldReasons, zones };
}

/** Returns the ranges of a list, if its token resolves to plain text. */
function plainMembers({ isList, text }: UnknownRange, stack: Construct, place: string): readonly string[] | undefined {
  const members = isList ? membersOf(text, stack, place) : undefined;
  if (members?.length === 0) throw refusal(place, 'ranges-missing', 'at least one range is needed', 'an empty list');
  return members;
}

function textRange({ range, reference }: { range: UnknownRange; reference: Reference }, place: string): Cidr {
  const { expression } = reference;
  return range.isHost
    ? parseSingleAddress(expression.replace(/\/32$/, ''), place)
    : rangeOfFamily(expression, range, place);
}

function rangeOfFamily(text: string, { family }: UnknownRange, place: string): Cidr {
  const cidr = parseCidr(text, place);
  if (family === AddressFamily.IPV6 && cidr.family === AddressFamily.IPV4) {
    const need = 'a range of Peer.cidrIpv6 must be IPv6';
    throw refusal(place, 'range-not-ipv6', need, shown(cidr.text), `Peer.cidr(${shown(cidr.text)})`);
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

/**
 * Returns the precondition for a range or a list of ranges that is known after apply. Terraform then checks what this library checks
 * for known ranges: canonical form, no bits set after the prefix, at least one range, and not the whole internet.
 */
export function rangePrecondition(range: RangeReference, stack: Construct): Precondition {
  const core = coreOf(stack);
  const { expression, family, isList, text } = range;
  const what = isList ? `at least one ${FAMILY_NAMES[family]} range, each` : `an ${FAMILY_NAMES[family]} range`;
  const condition = isList ? listCondition(text, family, core) : textCondition(text, family, core);
  return {
    condition: core.Token.asString(core.Fn.try([condition, false])),
    errorMessage: literal(
      `${expression} must be ${what} without bits after its prefix${isList ? ', together' : ' and'} not the whole internet.`,
    ),
  };
}

function textCondition(given: string, family: AddressFamily, core: Core): unknown {
  const { Fn, Op } = core;
  const pieces = splitAtTokens(given);
  const text = pieces.length === 1 ? given : Fn.join('', pieces); // the framework warns about tokens within text
  return Op.and(isCanonical(text, family, core), Op.gte(prefixLength(text, core), 1)); // `> 0` is not possible: the framework writes 0 as undefined
}

/** Returns a condition that compares the sum of all ranges with the whole internet. Overlaps are counted twice. */
function listCondition(list: string, family: AddressFamily, core: Core): unknown {
  const { FOR_EXPRESSION_VALUE, Fn, Op, TerraformIterator, Token } = core;
  const ranges = TerraformIterator.fromList([list]);
  const range = Token.asString(FOR_EXPRESSION_VALUE);
  const share = Token.asString(Op.div(1, Fn.pow(2, prefixLength(range, core))));
  const canonical = Fn.alltrue(Token.asList(ranges.forExpressionForList(isCanonical(range, family, core))));
  const together: unknown = Fn.sum(Token.asList(ranges.forExpressionForList(share)));
  return Op.and(Op.and(Op.gte(Fn.lengthOf([list]), 1), canonical), Op.lt(together, 1));
}

function isCanonical(text: string, family: AddressFamily, { Fn, Op }: Core): ReturnType<Core['Op']['and']> {
  const hasColon = Fn.strcontains(text, ':');
  return Op.and(Op.eq(Fn.cidrsubnet(text, 0, 0), text), family === AddressFamily.IPV6 ? hasColon : Op.not(hasColon));
}

function prefixLength(text: string, { Fn }: Core): number {
  return Fn.tonumber(Fn.element(Fn.split('/', text), 1));
}
