import type { Construct } from 'constructs';
import { literal } from '../model/token-text';

/** A `check` of Terraform: where its condition does not hold, a plan and an apply warn and go on. */
export interface CheckBlock {
  readonly id: string;
  readonly condition: string;
  readonly message: string;
  /** A data source that only the check reads. */
  readonly data?: object;
}

/** Adds a check to a stack. The framework has no construct for it. */
export function addCheck(stack: Construct, { id, condition, message, data }: CheckBlock): void {
  const assert = [{ condition, error_message: `${literal(message)}.` }];
  const overridable = stack as Construct & { addOverride(path: string, value: object): void };
  overridable.addOverride(`check.${id}`, { ...(data && { data }), assert });
}
