import { Basis } from './basis';
import { isPort } from './port';
import type { DocumentedFlow, PortRow, PortTable, Role } from './port-table';
import { refusal, shown } from './refusal';
import { checkDescription, checkText } from './text';

const NAME = /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** Refuses a port table that breaks a law, with the row and the fix. Catalog tables keep these laws, and so must a user's own. */
export function checkPortTable(table: PortTable, place: string): void {
  if (typeof table !== 'object' || table === null) throw refusal(place, 'table must be a port table', shown(table));
  checkName(table.id, place, 'table.id');
  const at = `${place}, table ${table.id}`;
  checkText(table.title, at, 'title');
  if (!/^https?:\/\/\S+$/.test(String(table.reference))) {
    throw refusal(at, 'reference must be the address of the document', shown(table.reference));
  }
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(String(table.edition))) {
    throw refusal(at, 'edition must be the year and month of the document, as "2024-12"', shown(table.edition));
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(String(table.comparedOn)) || Number.isNaN(Date.parse(table.comparedOn))) {
    throw refusal(at, 'comparedOn must be a day, as "2026-11-21"', shown(table.comparedOn));
  }
  const flows = [...list(table.flows, at, 'flows'), ...(table.supplements ?? [])];
  flows.forEach((flow) => checkFlow(flow, at));
  checkDistinct(
    flows.map((flow) => `${flow.source.id}>${flow.destination.id}`),
    at,
    (pair) => `the rows of ${pair} must stand in one flow`,
  );
}

function checkFlow(flow: DocumentedFlow, place: string): void {
  checkRole(flow.source, place, 'the source of a flow');
  checkRole(flow.destination, place, 'the destination of a flow');
  const at = `${place}, flow ${flow.source.id}>${flow.destination.id}`;
  if (flow.name !== undefined && !/^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(flow.name)) {
    throw refusal(at, 'name must be lower-case letters, digits and hyphens, at most 63', shown(flow.name));
  }
  list(flow.rows, at, 'rows').forEach((row) => checkRow(row, at));
  checkDistinct(
    flow.rows.map((row) => row.name),
    at,
    (name) => `row ${name} must have a name of its own`,
  );
}

function checkRow(row: PortRow, place: string): void {
  checkName(row.name, place, 'the name of a row');
  const at = `${place}, row ${row.name}`;
  if (!isPort(row.port)) {
    const isNumber = Number.isInteger(row.port);
    throw refusal(at, 'port must be a Port', shown(row.port), isNumber ? `Port.tcp(${String(row.port)})` : undefined);
  }
  checkDescription(row.description, at, 'description');
  checkText(row.section, at, 'section');
  if (!Object.values(Basis).includes(row.protocolFrom)) {
    throw refusal(at, 'protocolFrom must say on what the protocol rests', shown(row.protocolFrom), 'Basis.TABLE');
  }
}

function checkRole(role: Role | undefined, place: string, what: string): void {
  if (typeof role !== 'object' || role === null) throw refusal(place, `${what} must be a role`, shown(role));
  checkName(role.id, place, `${what}: id`);
  checkText(role.title, place, `${what}: title`);
}

function checkName(name: unknown, place: string, what: string): void {
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw refusal(
      place,
      `${what} must be lower-case letters, digits and hyphens, at most 40, beginning with a letter`,
      shown(name),
    );
  }
}

function list<T>(values: readonly T[] | undefined, place: string, what: string): readonly T[] {
  if (!Array.isArray(values) || values.length === 0)
    throw refusal(place, `${what} must have at least one entry`, shown(values));
  return values as readonly T[];
}

function checkDistinct(names: readonly string[], place: string, need: (name: string) => string): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refusal(place, need(twice), 'it twice');
}

/** A copy of a table that nobody can change. */
export function frozenTable(table: PortTable): PortTable {
  const frozenFlow = <T extends DocumentedFlow>(flow: T): T =>
    Object.freeze({
      ...flow,
      source: Object.freeze({ ...flow.source }),
      destination: Object.freeze({ ...flow.destination }),
      rows: flow.rows.map((row) => Object.freeze({ ...row })),
    });
  return Object.freeze({
    ...table,
    flows: table.flows.map(frozenFlow),
    supplements: table.supplements?.map(frozenFlow),
  });
}
