import { readOnly, readOnlyCopy } from '../input';
import { isPort } from '../net';
import type { HostnameTable } from './hostname-table';
import type { PortTable } from './port-table';

/** Returns a deep, read-only copy of a table. */
export function readOnlyTable<T extends PortTable | HostnameTable>(table: T): T {
  return copied(table) as T;
}

function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isPort(value)) return value;
  if (Array.isArray(value)) return readOnly(value.map(copied));
  return readOnlyCopy(Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copied(member)])));
}
