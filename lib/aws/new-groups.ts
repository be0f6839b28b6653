import type { Construct } from 'constructs';
import { Ledger } from '../framework/ledger';
import { knownExpression, ownerOf } from '../framework/references';
import type { IAwsSecurityGroup } from './aws-host-group';

/** Notes a group that we make, so that a reference to its id is known to be the group itself. */
export function noteNewGroup(stack: Construct, address: string, group: IAwsSecurityGroup & Construct): void {
  Ledger.of(stack).noteMade(madeAt(stack, `${address}.id`), group);
}

/** The group that we make, whose id a value refers to. */
export function newGroupOf(id: string, stack: Construct, place: string): IAwsSecurityGroup | undefined {
  const expression = knownExpression(id, stack, place);
  if (expression === undefined) return undefined;
  const made = Ledger.of(stack).made(madeAt(ownerOf(id, stack, place), expression));
  return made as (IAwsSecurityGroup & Construct) | undefined;
}

function madeAt(stack: Construct, reference: string): string {
  return `${stack.node.path}|${reference}`;
}
