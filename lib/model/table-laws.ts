import { Basis } from './basis';
import { isPort } from './port';
import type { Discrepancy, DocumentedFlow, PortRow, PortTable, Role } from './port-table';
import { refusal, shown } from './refusal';
import { checkDescription, checkText } from './text';

const NAME = /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

const GCE_NAME = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Refuses a port table that breaks a law, with the row and the fix. Catalog tables keep these laws, and so must a user's own. */
export function checkPortTable(table: PortTable, place: string): void {
  checkObject(table, place, 'table must be a port table');
  checkName(table.id, place, 'table.id');
  const at = `${place}, table ${table.id}`;
  checkText(table.title, at, 'title');
  checkReference(table.reference, at);
  if (typeof table.edition !== 'string' || !/^\d{4}-(0[1-9]|1[0-2])$/.test(table.edition)) {
    throw refusal(at, 'edition must be the year and month of the document, as "2024-12"', shown(table.edition));
  }
  if (!isDay(table.comparedOn)) throw refusal(at, 'comparedOn must be a day, as "2026-11-21"', shown(table.comparedOn));
  optionalList(table.checkedFor, at, 'checkedFor').forEach((version) => checkText(version, at, 'checkedFor'));
  const supplements = optionalList(table.supplements, at, 'supplements');
  const flows = [...list(table.flows, at, 'flows'), ...supplements];
  flows.forEach((flow) => checkFlow(flow, at));
  supplements.forEach(({ reason, reference }) => {
    checkText(reason, at, 'the reason of a supplement');
    checkReference(reference, at);
  });
  optionalList(table.discrepancies, at, 'discrepancies').forEach((discrepancy) => checkDiscrepancy(discrepancy, at));
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

function checkDiscrepancy(discrepancy: Discrepancy, place: string): void {
  checkObject(discrepancy, place, 'a discrepancy must be an object');
  checkText(discrepancy.finding, place, 'the finding of a discrepancy');
  checkText(discrepancy.decision, place, 'the decision of a discrepancy');
  optionalList(discrepancy.rows, place, 'the rows of a discrepancy').forEach((row) =>
    checkText(row, place, 'the rows of a discrepancy'),
  );
}

function checkReference(reference: string, place: string): void {
  if (!/^https?:\/\/\S+$/.test(String(reference))) {
    throw refusal(place, 'reference must be the address of the document', shown(reference));
  }
  checkText(reference, place, 'reference', 500);
}

function checkFlow(flow: DocumentedFlow, place: string): void {
  checkObject(flow, place, 'a flow must be an object');
  checkRole(flow.source, place, 'the source of a flow');
  checkRole(flow.destination, place, 'the destination of a flow');
  const at = `${place}, flow ${flow.source.id}>${flow.destination.id}`;
  if (flow.name !== undefined && !(typeof flow.name === 'string' && GCE_NAME.test(flow.name))) {
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
  checkObject(row, place, 'a row must be an object');
  checkName(row.name, place, 'the name of a row');
  const at = `${place}, row ${row.name}`;
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
  if (!Array.isArray(values) || values.length === 0) {
    throw refusal(place, `${what} must have at least one entry`, shown(values));
  }
  return values as readonly T[];
}

function optionalList<T>(values: readonly T[] | undefined, place: string, what: string): readonly T[] {
  if (values !== undefined && !Array.isArray(values)) throw refusal(place, `${what} must be a list`, shown(values));
  return (values ?? []) as readonly T[];
}

function checkObject(value: unknown, place: string, need: string): void {
  if (typeof value !== 'object' || value === null) throw refusal(place, need, shown(value));
}

function isDay(text: unknown): boolean {
  const time = Date.parse(String(text));
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

function checkDistinct(names: readonly string[], place: string, need: (name: string) => string): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refusal(place, need(twice), 'it twice');
}
