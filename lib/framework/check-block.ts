import { createHash } from 'node:crypto';
import type { Construct } from 'constructs';
import type { CheckRequest, IEndpoint } from '../access';
import { literal } from '../input';
import { tableKey } from '../tables';
import { expressionOf } from './references';

/** A `check` block of Terraform: if its condition is false, plans and applies warn and continue. */
interface CheckBlock {
  readonly id: string;
  readonly condition: string;
  readonly message: string;
  /** A data source that only the check reads. */
  readonly data?: object;
}

/** Adds a check to a stack. The framework has no construct for checks. */
export function addCheck(stack: Construct, { id, condition, message, data }: CheckBlock): void {
  const assert = [{ condition, error_message: `${literal(message)}.` }];
  const overridable = stack as Construct & { addOverride(path: string, value: object): void };
  overridable.addOverride(`check.${id}`, { ...(data && { data }), assert });
}

const HASH_DIGITS = 12;

/** Returns the logical id of a check. It depends only on what is checked, not on the construct tree. */
export function checkId({ stack, place, flow, destination }: CheckRequest, source: IEndpoint): string {
  const ends = [source, destination].map(({ label }) => expressionOf(label, stack, place));
  const content = JSON.stringify([tableKey(flow.table), flow.key, String(flow.port), ...ends]);
  return `check_${createHash('sha256').update(content).digest('hex').slice(0, HASH_DIGITS)}`;
}

/** Returns the message of a check that fails. */
export function unreachable({ stack, place, flow, destination }: CheckRequest, source: IEndpoint): string {
  const [from, to] = [source, destination].map(({ label }) => expressionOf(label, stack, place));
  return `${from} does not reach ${to} on ${String(flow.port)} (${flow.key})`;
}
