import type { Construct } from 'constructs';
import { refusal, shown } from '../model/refusal';
import { holdsToken } from '../model/token-text';
import { coreOf } from './framework';

const LOOP_VALUE = /\b(?:each\.(?:key|value)|count\.index)\b/;

/** What a value that is unknown at synthesis refers to. */
export interface Reference {
  /** The Terraform expression: `aws_vpc.main.cidr_block`. */
  readonly expression: string;
  /** The stack in which the expression has its meaning. */
  readonly stack: Construct;
}

/**
 * Finds out what a value that is unknown at synthesis refers to, without leaving a trace in the app.
 *
 * A value that is another one for every instance of a loop has no such name, and is refused.
 */
export function referenceOf(value: string, stack: Construct, place: string, fix: string): Reference {
  const { DefaultTokenResolver, StringConcat, Tokenization } = coreOf(stack);
  const [token] = Tokenization.reverse(value) as readonly { originStack?: Construct }[];
  const owner = token?.originStack ?? stack;
  const resolver = new DefaultTokenResolver(new StringConcat());
  const text: unknown = Tokenization.resolve(value, { scope: owner, resolver, preparing: false });
  if (typeof text !== 'string' || text === '' || LOOP_VALUE.test(text)) {
    throw refusal(
      place,
      'a value that is unknown at synthesis must refer to one thing, because rules are named after it',
      shown(text),
      fix,
    );
  }
  return { expression: text.replace(/^\$\{([^{}]*)\}$/, '$1'), stack: owner };
}

/** A value as it is, or the expression that it refers to. */
export function expressionOf(value: string, stack: Construct, place: string): string {
  return holdsToken(value) ? referenceOf(value, stack, place, 'a value that is known at synthesis').expression : value;
}
