import { createHash } from 'node:crypto';
import type { CheckRequest, IEndpoint } from '../model/endpoint';
import { tableKey } from '../model/flow';
import { expressionOf } from './references';

const HASH_DIGITS = 12;

/** The logical id of a check: what it asks, and nothing of where the code stands. */
export function checkId({ stack, place, flow, destination }: CheckRequest, source: IEndpoint): string {
  const ends = [source, destination].map(({ label }) => expressionOf(label, stack, place));
  const content = JSON.stringify([tableKey(flow.table), flow.key, String(flow.port), ...ends]);
  return `check_${createHash('sha256').update(content).digest('hex').slice(0, HASH_DIGITS)}`;
}

/** What a check says when the end is not reached. */
export function unreachable({ stack, place, flow, destination }: CheckRequest, source: IEndpoint): string {
  const [from, to] = [source, destination].map(({ label }) => expressionOf(label, stack, place));
  return `${from} does not reach ${to} on ${String(flow.port)} (${flow.key})`;
}
