import { Basis } from './basis';
import {
  checkDistinct,
  checkDocument,
  checkTableName,
  checkTableObject,
  checkReference,
  list,
  optionalList,
} from './document-laws';
import { checkHostname } from './host-name';
import type { HostnameRow, HostnameTable } from './host-table';
import { isPort } from './port';
import { refusal, shown } from './refusal';
import { checkNotRenamed } from './renamed-properties';
import { checkText } from './text';

/** The properties of a row that had other names. */
const RENAMED: readonly (keyof HostnameRow)[] = ['hostname', 'portsBasis'];

/** Refuses a host table that breaks a law, with the row and the fix. Catalog tables keep these laws, and so must a user's own. */
export function checkHostnameTable(table: HostnameTable, place: string): void {
  checkTableObject(table, place, 'table must be a hostname table');
  checkTableName(table.id, place, 'table.id');
  const at = `${place}, table ${table.id}`;
  checkNotRenamed(table, ['hostnames'], at, 'a table');
  checkDocument(table, at);
  const supplements = optionalList(table.supplements, at, 'supplements');
  const rows = [...list(table.hostnames, at, 'hostnames'), ...supplements];
  rows.forEach((row) => checkRow(row, at));
  supplements.forEach(({ reason, reference }) => {
    checkText(reason, at, 'the reason of a supplement');
    checkReference(reference, at);
  });
  checkDistinct(
    rows.map(({ name }) => name),
    at,
    (name) => `row ${name} must have a name of its own`,
  );
  checkDistinct(
    rows.map(({ hostname }) => hostname),
    at,
    (hostname) => `hostname ${hostname} must stand in one row`,
  );
}

function checkRow(row: HostnameRow, place: string): void {
  checkTableObject(row, place, 'a row must be an object');
  checkTableName(row.name, place, 'the name of a row');
  const at = `${place}, row ${row.name}`;
  checkNotRenamed(row, RENAMED, at, 'a row');
  checkHostname(row.hostname, at);
  for (const port of list(row.ports, at, 'ports')) {
    if (!isPort(port)) {
      const fix = Number.isInteger(port) ? `Port.tcp(${String(port)})` : undefined;
      throw refusal(at, 'ports must be of Port', shown(port), fix);
    }
  }
  checkDistinct(row.ports.map(String), at, (port) => `port ${port} must stand there once`);
  checkText(row.section, at, 'section');
  if (row.remark !== undefined) checkText(row.remark, at, 'remark');
  if (!Object.values(Basis).includes(row.portsBasis)) {
    throw refusal(at, 'portsBasis must say on what the ports rest', shown(row.portsBasis), 'Basis.TABLE');
  }
}
