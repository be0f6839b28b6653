import type { Precondition } from 'cdktf';
import type { Construct } from 'constructs';
import { AddressFamily } from '../model/address-family';
import type { RangeReference } from '../model/far-end';
import { aroundTokens, literal } from '../model/token-text';
import { coreOf, type Core } from './framework';

const FAMILY: Readonly<Record<AddressFamily, string>> = { [AddressFamily.IPV4]: 'IPv4', [AddressFamily.IPV6]: 'IPv6' };

/**
 * What Terraform checks of a range or a list of ranges, before it plans the rule, that we would have checked had we known it: the
 * one spelling that Terraform has for each, no bits set after the prefix, at least one, and not the whole internet.
 */
export function rangeCondition(range: RangeReference, stack: Construct): Precondition {
  const core = coreOf(stack);
  const { expression, family, isList, text } = range;
  const what = isList ? `at least one ${FAMILY[family]} range, each` : `an ${FAMILY[family]} range`;
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
  const pieces = aroundTokens(given);
  const text = pieces.length === 1 ? given : Fn.join('', pieces); // a mixed text would make the framework warn
  return Op.and(isCanonical(text, family, core), Op.gte(prefixLength(text, core), 1)); // the framework writes 0 as undefined
}

/** A list is taken for the whole internet when its ranges have as many addresses: that they lie apart is not looked at. */
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
