import { createHash } from 'node:crypto';
import { tableKey } from './flow';
import type { Agreement } from './planned-rule';
import { isPort } from './port';
import type { HostnameTable } from './host-table';
import type { PortTable } from './port-table';

/** A copy of a table of the user's that nobody can change, whatever is in it. */
export function frozenCopy<T extends PortTable | HostnameTable>(table: T): T {
  return copied(table) as T;
}

/** Freezes a value with everything in it, in place. */
export function frozen<T>(value: T): T {
  // JavaScript takes text, numbers and nothing for frozen
  if (!Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value as object).forEach(frozen);
  }
  return value;
}

/** What all constructs of an app must mean by the key of a table: rules and provenance name the document by it. */
export function tableAgreement(table: PortTable | HostnameTable): Agreement {
  return {
    thing: `table|${tableKey(table)}`,
    fact: `a table whose content is ${fingerprint(table)}`,
    need: `the tables of one id and edition (${tableKey(table)}) must be the same`,
  };
}

function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isPort(value)) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(copied));
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copied(member)])));
}

/** Short, because it stands in an error. */
function fingerprint(table: PortTable | HostnameTable): string {
  return createHash('sha256').update(JSON.stringify(table)).digest('hex').slice(0, 8);
}
