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
import { isPort } from './port';
import type { DocumentedFlow, PortRow, PortTable, Role } from './port-table';
import { refusal, shown } from './refusal';
import { checkDescription, checkText } from './text';

const GCE_NAME = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Says where a part of a table was written, for errors: ` (line 7)`. */
export type Where = (path: readonly (string | number)[]) => string;

const nowhere: Where = () => '';

/** Refuses a port table that breaks a law, with the row and the fix. Catalog tables keep these laws, and so must a user's own. */
export function checkPortTable(table: PortTable, place: string, where: Where = nowhere): void {
  checkObject(table, place, 'table must be a port table');
  checkName(table.id, place, 'table.id');
  const at = `${place}, table ${table.id}`;
  checkDocument(table, at);
  const supplements = optionalList(table.supplements, at, 'supplements');
  const documented = list(table.flows, at, 'flows');
  const flows = [...documented, ...supplements];
  documented.forEach((flow, index) => checkFlow(flow, at, (path) => where(['flows', index, ...path])));
  supplements.forEach((flow, index) => checkFlow(flow, at, (path) => where(['supplements', index, ...path])));
  supplements.forEach(({ reason, reference }) => {
    checkText(reason, at, 'the reason of a supplement');
    checkReference(reference, at);
  });
  checkDistinct(
    flows.map((flow) => `${flow.source.id}>${flow.destination.id}`),
    at,
    (pair) => `the rows of ${pair} must stand in one flow`,
  );
  checkDistinct(
    flows.map((flow) => `${flow.source.id}-to-${flow.destination.id}`),
    at,
    (name) => `the roles of two flows must not read alike as ${name}`,
  );
}

function checkFlow(flow: DocumentedFlow, place: string, where: Where): void {
  checkObject(flow, place, 'a flow must be an object');
  checkRole(flow.source, place, 'the source of a flow');
  checkRole(flow.destination, place, 'the destination of a flow');
  const name = `${place}, flow ${flow.source.id}>${flow.destination.id}`;
  const at = name + where([]);
  if (flow.name !== undefined && !(typeof flow.name === 'string' && GCE_NAME.test(flow.name))) {
    throw refusal(at, 'name must be lower-case letters, digits and hyphens, at most 63', shown(flow.name));
  }
  list(flow.rows, at, 'rows').forEach((row, index) => checkRow(row, name, where(['rows', index])));
  checkDistinct(
    flow.rows.map((row) => row.name),
    at,
    (name) => `row ${name} must have a name of its own`,
  );
}

function checkRow(row: PortRow, place: string, line: string): void {
  checkObject(row, place + line, 'a row must be an object');
  checkName(row.name, place + line, 'the name of a row');
  const at = `${place}, row ${row.name}${line}`;
  if (!isPort(row.port)) {
    const isNumber = Number.isInteger(row.port);
    throw refusal(at, 'port must be a Port', shown(row.port), isNumber ? `Port.tcp(${String(row.port)})` : undefined);
  }
  checkDescription(row.description, at, 'description');
  checkText(row.section, at, 'section');
  if (row.purpose !== undefined) checkText(row.purpose, at, 'purpose');
  if (row.whenClosed !== undefined) checkText(row.whenClosed, at, 'whenClosed');
  if (row.clusterInternal !== undefined && typeof row.clusterInternal !== 'boolean') {
    throw refusal(at, 'clusterInternal must be true or false', shown(row.clusterInternal));
  }
  if (!Object.values(Basis).includes(row.protocolFrom)) {
    throw refusal(at, 'protocolFrom must say on what the protocol rests', shown(row.protocolFrom), 'Basis.TABLE');
  }
}

function checkRole(role: Role | undefined, place: string, what: string): void {
  if (typeof role !== 'object' || role === null) throw refusal(place, `${what} must be a role`, shown(role));
  checkName(role.id, place, `${what}: id`);
  checkText(role.title, place, `${what}: title`);
}
