import { checkText, nearestName, type PropNames, refusal, shown } from '../input';
import { checkHostname } from '../net';
import { filledHostname, isParameterValue, parametersIn } from './hostname-parameters';
import type { HostnameParameter, HostnameRow, HostnameSupplement, HostnameTable } from './hostname-table';
import type { TableOption } from './port-table';
import {
  checkBasis,
  checkEachOnce,
  checkDocument,
  checkedCondition,
  checkedOptions,
  checkNames,
  checkOptionsUsed,
  checkPort,
  checkReference,
  checkTableName,
  checkTableObject,
  DOCUMENT_NAMES,
  list,
  NOWHERE,
  optionalList,
  type Where,
} from './table-laws';

/**
 * Throws unless a hostname table follows the laws of tables, which apply to built-in tables and to your own. Errors name the row.
 */
export function checkHostnameTable(table: HostnameTable, place: string, where: Where = NOWHERE): void {
  checkTableObject(table, place, 'table must be a hostname table');
  checkTableName(table.id, place + where(['id']), 'table.id');
  const at = `${place}, table ${table.id}`;
  checkNames(table, TABLE_NAMES, at);
  checkDocument(table, at, where);
  const options = checkedOptions(table.options, at, where);
  const parameters = checkedParameters(table.parameters, at, where);
  const supplements = optionalList(table.supplements, at, 'supplements');
  const documented = list(table.hostnames, at + where(['hostnames']), 'hostnames');
  const inHostnames: InList = (index) => (path) => where(['hostnames', index, ...path]);
  const inSupplements: InList = (index) => (path) => where(['supplements', index, ...path]);
  documented.forEach((row, index) => checkRow(row, ROW_NAMES, at, inHostnames(index)));
  supplements.forEach((row, index) => {
    const inRow = inSupplements(index);
    checkRow(row, SUPPLEMENT_NAMES, at, inRow);
    checkText(row.reason, at + inRow(['reason']), 'the reason of a supplement');
    checkReference(row.reference, at + inRow(['reference']));
  });
  const rows = [
    ...documented.map((row, index) => ({ row, where: inHostnames(index) })),
    ...supplements.map((row, index) => ({ row, where: inSupplements(index) })),
  ];
  const lineOf = (index: number): string => rows[index].where([]);
  const names = rows.map(({ row }) => row.name);
  checkEachOnce(names, at, 'the rows of a table must have different names', lineOf);
  const hostnames = rows.map(({ row }) => row.hostname);
  checkEachOnce(hostnames, at, 'a hostname must be in only one row', lineOf);
  checkUses(rows, { options, parameters, at, where });
}

/** Returns the place of a part of a row, by the index of the row in its list. */
type InList = (index: number) => Where;

const TABLE_NAMES = {
  id: true,
  ...DOCUMENT_NAMES,
  options: true,
  parameters: true,
  hostnames: true,
  supplements: true,
} satisfies PropNames<HostnameTable>;

const PARAMETER_NAMES = { id: true, title: true, example: true } satisfies PropNames<HostnameParameter>;

const ROW_NAMES = {
  name: true,
  hostname: true,
  ports: true,
  portsBasis: true,
  section: true,
  remark: true,
  when: true,
} satisfies PropNames<HostnameRow>;

const SUPPLEMENT_NAMES = { ...ROW_NAMES, reason: true, reference: true } satisfies PropNames<HostnameSupplement>;

function checkRow(row: HostnameRow, names: Readonly<Record<string, true>>, place: string, where: Where): void {
  checkTableObject(row, place + where([]), 'a row must be an object');
  checkTableName(row.name, place + where(['name']), 'the name of a row');
  const inTable = `${place}, row ${row.name}`;
  const at = (part: keyof HostnameRow): string => inTable + where([part]);
  checkNames(row, names, inTable);
  checkHostname(typeof row.hostname === 'string' ? withExamples(row.hostname) : row.hostname, at('hostname'));
  for (const port of list(row.ports, at('ports'), 'ports')) {
    checkPort(port, at('ports'), 'ports must be a list of Port');
  }
  checkEachOnce(row.ports.map(String), at('ports'), 'a row must have each port once');
  checkText(row.section, at('section'), 'section');
  if (row.remark !== undefined) checkText(row.remark, at('remark'), 'remark');
  checkBasis(row.portsBasis, at('portsBasis'), 'portsBasis');
}

/** Returns a hostname as it may be with the values of its parameters. */
function withExamples(hostname: string): string {
  return filledHostname(hostname, Object.fromEntries(parametersIn(hostname).map((id) => [id, 'x'])));
}

/** Returns the parameters of a table. Throws unless each has a title and a possible example. */
function checkedParameters(
  given: HostnameParameter[] | undefined,
  place: string,
  where: Where,
): readonly HostnameParameter[] {
  const parameters = optionalList(given, place + where(['parameters']), 'parameters');
  parameters.forEach((parameter, index) => {
    const at = (...path: string[]): string => where(['parameters', index, ...path]);
    checkTableObject(parameter, place + at(), 'a parameter must be an object');
    checkTableName(parameter.id, place + at('id'), 'the id of a parameter');
    const name = `${place}, parameter ${parameter.id}`;
    checkNames(parameter, PARAMETER_NAMES, name);
    checkText(parameter.title, name + at('title'), 'title');
    if (isParameterValue(parameter.example)) return;
    const need = 'example must be a part of a DNS name in lower case, such as "eu-central-1"';
    throw refusal(name + at('example'), 'parameter-invalid', need, shown(parameter.example));
  });
  const ids = parameters.map(({ id }) => id);
  const lineOf = (index: number): string => where(['parameters', index]);
  checkEachOnce(ids, place, 'the parameters of a table must have different ids', lineOf);
  return parameters;
}

/** Throws unless rows name options, choices and parameters of the table, and each of these has a use. */
function checkUses(
  rows: readonly { readonly row: HostnameRow; readonly where: Where }[],
  {
    options,
    parameters,
    at,
    where,
  }: {
    readonly options: readonly TableOption[];
    readonly parameters: readonly HostnameParameter[];
    readonly at: string;
    readonly where: Where;
  },
): void {
  const byId = new Map(options.map((option) => [option.id, option]));
  const ids = parameters.map(({ id }) => id);
  const usedOptions = new Set<string>();
  const usedParameters = new Set<string>();
  for (const { row, where: inRow } of rows) {
    const place = `${at}, row ${row.name}`;
    for (const id of checkedCondition(row.when, byId, place + inRow(['when']))) usedOptions.add(id);
    for (const id of parametersIn(row.hostname)) {
      usedParameters.add(id);
      if (ids.includes(id)) continue;
      const need = `hostname must name parameters of the table (${ids.join(', ') || 'it has none'})`;
      const nearest = nearestName(id, ids);
      const code = 'table-parameter-unknown';
      throw refusal(place + inRow(['hostname']), code, need, shown(id), nearest && shown(nearest));
    }
  }
  checkOptionsUsed(options, usedOptions, at, where);
  const unused = ids.findIndex((id) => !usedParameters.has(id));
  if (unused === -1) return;
  const place = `${at}, parameter ${ids[unused]}${where(['parameters', unused])}`;
  throw refusal(place, 'table-parameter-unused', 'a parameter must be in braces in a hostname', 'none');
}
