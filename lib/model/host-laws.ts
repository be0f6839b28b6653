import { Basis } from './basis';
import {
  checkDistinct,
  checkDocument,
  checkName,
  checkObject,
  checkReference,
  list,
  optionalList,
} from './document-laws';
import { checkHost } from './host-name';
import type { HostRow, HostTable } from './host-table';
import { isPort } from './port';
import { refusal, shown } from './refusal';
import { checkText } from './text';

/** Refuses a host table that breaks a law, with the row and the fix. Catalog tables keep these laws, and so must a user's own. */
export function checkHostTable(table: HostTable, place: string): void {
  checkObject(table, place, 'table must be a host table');
  checkName(table.id, place, 'table.id');
  const at = `${place}, table ${table.id}`;
  checkDocument(table, at);
  const supplements = optionalList(table.supplements, at, 'supplements');
  const rows = [...list(table.hosts, at, 'hosts'), ...supplements];
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
    rows.map(({ host }) => host),
    at,
    (host) => `host ${host} must stand in one row`,
  );
}

function checkRow(row: HostRow, place: string): void {
  checkObject(row, place, 'a row must be an object');
  checkName(row.name, place, 'the name of a row');
  const at = `${place}, row ${row.name}`;
  checkHost(row.host, at);
  for (const port of list(row.ports, at, 'ports')) {
    if (!isPort(port)) {
      const fix = Number.isInteger(port) ? `Port.tcp(${String(port)})` : undefined;
      throw refusal(at, 'ports must be of Port', shown(port), fix);
    }
  }
  checkDistinct(row.ports.map(String), at, (port) => `port ${port} must stand there once`);
  checkText(row.section, at, 'section');
  if (row.remark !== undefined) checkText(row.remark, at, 'remark');
  if (!Object.values(Basis).includes(row.portsFrom)) {
    throw refusal(at, 'portsFrom must say on what the ports rest', shown(row.portsFrom), 'Basis.TABLE');
  }
}
