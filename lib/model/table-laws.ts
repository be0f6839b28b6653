import { Basis } from './basis';
import {
  checkDistinct,
  checkDocument,
  checkTableName,
  checkTableObject,
  checkReference,
  list,
  nowhere,
  optionalList,
  type Where,
} from './document-laws';
import { isPort } from './port';
import type { DocumentedFlow, PortRow, PortTable, Role } from './port-table';
import { refusal, shown } from './refusal';
import { checkNotRenamed } from './renamed-properties';
import { checkDescription, checkText } from './text';

const GCE_NAME = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The properties of a row that had other names. */
const RENAMED: readonly (keyof PortRow)[] = ['protocolBasis', 'internal', 'impact'];

/** Refuses a port table that breaks a law, with the row and the fix. Catalog tables keep these laws, and so must a user's own. */
export function checkPortTable(table: PortTable, place: string, where: Where = nowhere): void {
  checkTableObject(table, place, 'table must be a port table');
  checkTableName(table.id, place + where(['id']), 'table.id');
  const at = `${place}, table ${table.id}`;
  checkDocument(table, at, where);
  const supplements = optionalList(table.supplements, at, 'supplements');
  const documented = list(table.flows, at + where(['flows']), 'flows');
  const flows = [...documented, ...supplements];
  const paths = flows.map((_flow, index) =>
    index < documented.length ? ['flows', index] : ['supplements', index - documented.length],
  );
  flows.forEach((flow, index) => checkFlow(flow, at, (path) => where([...paths[index], ...path])));
  supplements.forEach(({ reason, reference }, index) => {
    checkText(reason, at + where(['supplements', index, 'reason']), 'the reason of a supplement');
    checkReference(reference, at + where(['supplements', index, 'reference']));
  });
  const whereOf = (index: number): string => where(paths[index]);
  checkDistinct(
    flows.map((flow) => `${flow.source.id}>${flow.destination.id}`),
    at,
    (pair) => `the rows of ${pair} must stand in one flow`,
    whereOf,
  );
  checkDistinct(
    flows.map((flow) => `${flow.source.id}-to-${flow.destination.id}`),
    at,
    (name) => `the roles of two flows must not read alike as ${name}`,
    whereOf,
  );
}

function checkFlow(flow: DocumentedFlow, place: string, where: Where): void {
  checkTableObject(flow, place, 'a flow must be an object');
  checkRole(flow.source, place + where(['source']), 'the source of a flow');
  checkRole(flow.destination, place + where(['destination']), 'the destination of a flow');
  const at = `${place}, flow ${flow.source.id}>${flow.destination.id}`;
  if (flow.name !== undefined && !(typeof flow.name === 'string' && GCE_NAME.test(flow.name))) {
    const need = 'name must be lower-case letters, digits and hyphens, at most 63';
    throw refusal(at + where(['name']), need, shown(flow.name));
  }
  list(flow.rows, at + where(['rows']), 'rows').forEach((row, index) =>
    checkRow(row, at, (path) => where(['rows', index, ...path])),
  );
  checkDistinct(
    flow.rows.map((row) => row.name),
    at,
    (name) => `row ${name} must have a name of its own`,
    (index) => where(['rows', index]),
  );
}

function checkRow(row: PortRow, place: string, where: Where): void {
  checkTableObject(row, place + where([]), 'a row must be an object');
  checkTableName(row.name, place + where(['name']), 'the name of a row');
  const at = (part: keyof PortRow): string => `${place}, row ${row.name}${where([part])}`;
  checkNotRenamed(row, RENAMED, `${place}, row ${row.name}`, 'a row');
  if (!isPort(row.port)) {
    const fix = Number.isInteger(row.port) ? `Port.tcp(${String(row.port)})` : undefined;
    throw refusal(at('port'), 'port must be a Port', shown(row.port), fix);
  }
  checkDescription(row.description, at('description'), 'description');
  checkText(row.section, at('section'), 'section');
  if (row.purpose !== undefined) checkText(row.purpose, at('purpose'), 'purpose');
  if (row.impact !== undefined) checkText(row.impact, at('impact'), 'impact');
  if (row.internal !== undefined && typeof row.internal !== 'boolean') {
    throw refusal(at('internal'), 'internal must be true or false', shown(row.internal));
  }
  if (!Object.values(Basis).includes(row.protocolBasis)) {
    const need = 'protocolBasis must say on what the protocol rests';
    throw refusal(at('protocolBasis'), need, shown(row.protocolBasis), 'Basis.TABLE');
  }
}

function checkRole(role: Role | undefined, place: string, what: string): void {
  if (typeof role !== 'object' || role === null) throw refusal(place, `${what} must be a role`, shown(role));
  checkTableName(role.id, place, `${what}: id`);
  checkText(role.title, place, `${what}: title`);
}
