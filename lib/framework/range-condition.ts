import type { Precondition } from 'cdktf';
import type { Construct } from 'constructs';
import { AddressFamily } from '../model/address-family';
import type { RangeReference } from '../model/far-end';
import { aroundTokens, literal } from '../model/token-text';
import { coreOf } from './framework';

/**
 * What Terraform checks of a range, before it plans the rule, that we would have checked had we known it: the one spelling that
 * Terraform has for it, no bits set after the prefix, and not the whole internet.
 */
export function rangeCondition(range: RangeReference, stack: Construct): Precondition {
  const { family, expression } = range;
  const { Fn, Op, Token } = coreOf(stack);
  const pieces = aroundTokens(range.text);
  const text = pieces.length === 1 ? range.text : Fn.join('', pieces); // a mixed text would make the framework warn
  const prefixLength = Fn.tonumber(Fn.element(Fn.split('/', text), 1));
  const isCanonical = Op.eq(Fn.cidrsubnet(text, 0, 0), text);
  const hasColon = Fn.strcontains(text, ':');
  const isFamily = family === AddressFamily.IPV6 ? hasColon : Op.not(hasColon);
  const condition = Op.and(Op.and(isCanonical, isFamily), Op.gte(prefixLength, 1)); // the framework writes 0 as undefined
  const what = family === AddressFamily.IPV6 ? 'IPv6' : 'IPv4';
  return {
    condition: Token.asString(Fn.try([condition, false])),
    errorMessage: literal(
      `${expression} must be an ${what} range without bits after its prefix and not the whole internet.`,
    ),
  };
}
