import { createHash } from 'node:crypto';
import type { Construct } from 'constructs';
import type { CheckRequest, IEndpoint } from '../access';
import { literal } from '../input';
import { tableKey } from '../tables';
import { expressionOf } from './references';

/** A `check` block of Terraform. If its condition is false, `plan` and `apply` warn and continue. */
interface CheckBlock {
  readonly id: string;
  readonly condition: string;
  readonly message: string;
  /** A data source that only the check reads. */
  readonly data?: object;
}

/** Adds a `check` block to a stack as an override, because the framework has no construct for it. */
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

/** Returns the message for a check whose destination is not reachable. */
export function unreachableMessage({ stack, place, flow, destination }: CheckRequest, source: IEndpoint): string {
  const [from, to] = [source, destination].map(({ label }) => expressionOf(label, stack, place));
  return `${from} does not reach ${to} on ${String(flow.port)} (${flow.key})`;
}
