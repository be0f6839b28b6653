import type { Construct, IConstruct } from 'constructs';
import { Ledger } from '../framework/ledger';
import { knownExpression, ownerOf } from '../framework/references';

/** Notes what we make at an address, so that a reference to its id is known to be the thing itself. */
export function noteMade(stack: Construct, address: string, thing: Construct): void {
  Ledger.of(stack).noteMade(madeAt(stack, `${address}.id`), thing);
}

/** What we make whose id a value refers to. */
export function createdResource(id: string, stack: Construct, place: string): IConstruct | undefined {
  const expression = knownExpression(id, stack, place);
  if (expression === undefined) return undefined;
  return Ledger.of(stack).made(madeAt(ownerOf(id, stack, place), expression));
}

function madeAt(stack: Construct, reference: string): string {
  return `${stack.node.path}|${reference}`;
}
