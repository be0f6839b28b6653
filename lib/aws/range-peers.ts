import type { Construct } from 'constructs';
import { coreOf } from '../framework/framework';
import { rangeCondition } from '../framework/range-condition';
import { AddressFamily } from '../model/address-family';
import type { RangeReference } from '../model/far-end';
import { refusal } from '../model/refusal';
import type { RuleFarEnd, PeerAttribute } from './aws-peers';

/** An attribute of a resource of the stack, as an expression has it. */
const RESOURCE_ATTRIBUTE = /(?<![\w.-])[a-z][a-z0-9]*_\w*\.[\w-]+(?:\[[^\]]*\])?\.\w/;

/** A range as a rule names it. */
export function rangePeer(family: AddressFamily, range: string, isWorld: boolean): RuleFarEnd {
  const key = `range:${range}`;
  return {
    key,
    appKey: key,
    label: range,
    attribute: rangeAttribute(family, range),
    counts: family,
    world: isWorld ? family : undefined,
  };
}

/** A range that Terraform knows. */
export function referencePeer(range: RangeReference, stack: Construct): RuleFarEnd {
  const { family, text, expression, owner } = range;
  const key = `reference:${family}:${expression}`;
  return {
    key,
    appKey: `${owner}|${key}`,
    label: expression,
    attribute: rangeAttribute(family, text),
    counts: family,
    precondition: rangeCondition(range, stack),
  };
}

/** A rule for each member of a list that Terraform knows; an empty one has one member all the same, so that its condition is looked at. */
export function listPeer(range: RangeReference, stack: Construct, place: string): RuleFarEnd {
  const { family, text, expression, owner } = range;
  if (owner === stack.node.path && RESOURCE_ATTRIBUTE.test(expression)) {
    const need = 'a list of ranges for a security group must be known to Terraform before it plans';
    throw refusal(place, need, `${expression} of a resource`, 'new AwsPrefixList(...) with the list and maxEntries');
  }
  const { Fn, Op, TerraformIterator, Token } = coreOf(stack);
  const hasMembers = Op.gte(Fn.lengthOf([text]), 1);
  const members = Token.asList(Fn.conditional(hasMembers, Fn.tolist([text]), ['']));
  const forEach = TerraformIterator.fromList(members);
  const key = `list:${family}:${expression}`;
  return {
    key,
    appKey: `${owner}|${key}`,
    label: `each of ${expression}`,
    attribute: rangeAttribute(family, Token.asString(forEach.value)),
    forEach,
    counts: family,
    precondition: rangeCondition(range, stack),
  };
}

function rangeAttribute(family: AddressFamily, range: string): PeerAttribute {
  return family === AddressFamily.IPV4 ? { cidrIpv4: range } : { cidrIpv6: range };
}
