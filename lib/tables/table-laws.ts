import {
  checkDescription,
  checkMember,
  checkPropNames,
  checkText,
  isCalendarDate,
  nearestName,
  type PropNames,
  refusal,
  shown,
} from '../input';
import { AddressFamily, hasPackets, isPort, type Port, Protocol, suggestedPort } from '../net';
import { isEdition } from './editions';
import { choicesOf } from './options';
import {
  Basis,
  type Discrepancy,
  type DocumentedFlow,
  flowKey,
  PortLevel,
  type PortRow,
  type PortTable,
  type Role,
  type Supplement,
  type TableOption,
} from './port-table';

/** Returns the line of a part of a table, for errors: ` (line 7)`. */
export type Where = (path: readonly (string | number)[]) => string;

/** For tables in code, which have no lines. */
export const NOWHERE: Where = () => '';

/** Throws unless a port table follows the laws of tables, which apply to built-in tables and to your own. Errors name the row. */
export function checkPortTable(table: PortTable, place: string, where: Where = NOWHERE): void {
  checkTableObject(table, place, 'table must be a port table');
  checkTableName(table.id, place + where(['id']), 'table.id');
  const at = `${place}, table ${table.id}`;
  checkNames(table, PORT_TABLE_NAMES, at);
  checkDocument(table, at, where);
  const options = checkedOptions(table.options, at, where);
  const supplements = optionalList(table.supplements, at, 'supplements');
  const documented = list(table.flows, at + where(['flows']), 'flows');
  documented.forEach((flow, index) => checkFlow(flow, FLOW_NAMES, at, (path) => where(['flows', index, ...path])));
  supplements.forEach((supplement, index) => {
    const ofSupplement: Where = (path) => where(['supplements', index, ...path]);
    checkFlow(supplement, SUPPLEMENT_NAMES, at, ofSupplement);
    checkText(supplement.reason, at + ofSupplement(['reason']), 'the reason of a supplement');
    checkReference(supplement.reference, at + ofSupplement(['reference']));
  });
  checkRolePairs(documented, supplements, at, where);
  checkConditions(table, options, at, where);
}

/** The current names of renamed properties, by their old names. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['protocolFrom', 'protocolBasis'],
  ['clusterInternal', 'internal'],
  ['whenClosed', 'impact'],
  ['portsFrom', 'portsBasis'],
  ['host', 'hostname'],
  ['hosts', 'hostnames'],
]);

/** Throws if a property was renamed to one of `names`. */
export function checkNotRenamed(old: string, names: Readonly<Record<string, unknown>>, place: string): void {
  const name = RENAMED.get(old);
  if (name === undefined || !Object.hasOwn(names, name)) return;
  throw refusal(place, 'table-key-renamed', 'properties must have their current names', shown(old), shown(name));
}

/** Throws if an object has an unknown property, because a misspelled `internal` would be ignored silently. */
export function checkNames(value: object, names: Readonly<Record<string, true>>, place: string): void {
  for (const name of Object.keys(value)) checkNotRenamed(name, names, place);
  checkPropNames(value, names, place);
}

const ROLE_NAMES = { id: true, title: true } satisfies PropNames<Role>;

const ROW_NAMES = {
  name: true,
  port: true,
  description: true,
  purpose: true,
  impact: true,
  section: true,
  protocolBasis: true,
  directionBasis: true,
  level: true,
  family: true,
  internal: true,
  when: true,
} satisfies PropNames<PortRow>;

const FLOW_NAMES = {
  name: true,
  source: true,
  destination: true,
  rows: true,
  optional: true,
  when: true,
} satisfies PropNames<DocumentedFlow>;

const SUPPLEMENT_NAMES = { ...FLOW_NAMES, reason: true, reference: true } satisfies PropNames<Supplement>;

const DISCREPANCY_NAMES = { finding: true, decision: true, rows: true } satisfies PropNames<Discrepancy>;

/** The properties of port tables and hostname tables that describe the document. */
type Document = Pick<
  PortTable,
  'product' | 'title' | 'reference' | 'edition' | 'checkedFor' | 'comparedOn' | 'discrepancies'
>;

export const DOCUMENT_NAMES = {
  product: true,
  title: true,
  reference: true,
  edition: true,
  checkedFor: true,
  comparedOn: true,
  discrepancies: true,
} satisfies PropNames<Document>;

const PORT_TABLE_NAMES = {
  id: true,
  ...DOCUMENT_NAMES,
  options: true,
  flows: true,
  supplements: true,
} satisfies PropNames<PortTable>;

const OPTION_NAMES = {
  id: true,
  title: true,
  choices: true,
  default: true,
  section: true,
  reference: true,
} satisfies PropNames<TableOption>;

/** Throws unless a table describes its document. */
export function checkDocument(table: Document, place: string, where: Where): void {
  const at = (...path: (string | number)[]): string => place + where(path);
  if (table.product !== undefined) checkText(table.product, at('product'), 'product');
  checkText(table.title, at('title'), 'title');
  checkReference(table.reference, at('reference'));
  if (!isEdition(table.edition)) {
    const need =
      'edition must be the year and month of the document, such as "2024-12", or its version, such as "1.31"';
    throw refusal(at('edition'), 'table-edition-invalid', need, shown(table.edition));
  }
  if (!isCalendarDate(table.comparedOn)) {
    const need = 'comparedOn must be a day, such as "2026-11-21"';
    throw refusal(at('comparedOn'), 'table-day-invalid', need, shown(table.comparedOn));
  }
  optionalList(table.checkedFor, place, 'checkedFor').forEach((version, index) =>
    checkText(version, at('checkedFor', index), 'checkedFor'),
  );
  optionalList(table.discrepancies, place, 'discrepancies').forEach((discrepancy, index) =>
    checkDiscrepancy(discrepancy, at('discrepancies', index)),
  );
}

/** Throws unless a reference is a URL. */
export function checkReference(reference: string, place: string): void {
  if (!/^https?:\/\/\S+$/.test(String(reference))) {
    throw refusal(place, 'table-reference-invalid', 'reference must be a URL', shown(reference));
  }
  checkText(reference, place, 'reference', 500);
}

function checkDiscrepancy(discrepancy: Discrepancy, place: string): void {
  checkTableObject(discrepancy, place, 'a discrepancy must be an object');
  checkNames(discrepancy, DISCREPANCY_NAMES, place);
  checkText(discrepancy.finding, place, 'the finding of a discrepancy');
  checkText(discrepancy.decision, place, 'the decision of a discrepancy');
  optionalList(discrepancy.rows, place, 'the rows of a discrepancy').forEach((row) =>
    checkText(row, place, 'the rows of a discrepancy'),
  );
}

function checkFlow(flow: DocumentedFlow, names: Readonly<Record<string, true>>, place: string, where: Where): void {
  checkTableObject(flow, place, 'a flow must be an object');
  checkNames(flow, names, place + where([]));
  checkRole(flow.source, place + where(['source']), 'the source of a flow');
  checkRole(flow.destination, place + where(['destination']), 'the destination of a flow');
  const at = `${place}, flow ${flow.source.id}>${flow.destination.id}`;
  if (flow.name !== undefined && !(typeof flow.name === 'string' && GCE_NAME.test(flow.name))) {
    const need = 'name must be lower-case letters, digits and hyphens, at most 63';
    throw refusal(at + where(['name']), 'table-flow-name-invalid', need, shown(flow.name));
  }
  if (flow.optional !== undefined && typeof flow.optional !== 'boolean') {
    throw refusal(at + where(['optional']), 'not-a-boolean', 'optional must be true or false', shown(flow.optional));
  }
  list(flow.rows, at + where(['rows']), 'rows').forEach((row, index) =>
    checkRow(row, at, (path) => where(['rows', index, ...path])),
  );
  const rowNames = flow.rows.map((row) => row.name);
  checkEachOnce(rowNames, at, 'the rows of a flow must have different names', (index) => where(['rows', index]));
}

const GCE_NAME = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** What flows between the same roles have in common, because they are one flow: rules are named after it. */
const COMMON = ['name', 'optional'] as const;

/**
 * Throws unless the flows between two roles have different rows and can be one flow, and unless supplements are between other roles: the
 * keys of rows and the names of rules are made of the roles.
 */
function checkRolePairs(
  documented: readonly DocumentedFlow[],
  supplements: readonly DocumentedFlow[],
  place: string,
  where: Where,
): void {
  const rows = documented.flatMap((flow, index) =>
    flow.rows.map((row, number) => ({ key: flowKey(flow, row), path: ['flows', index, 'rows', number] })),
  );
  const keys = rows.map(({ key }) => key);
  checkEachOnce(keys, place, 'the rows between two roles must have different names', (at) => where(rows[at].path));
  const pairs = new Map<string, { flow: DocumentedFlow; path: (string | number)[] }>();
  documented.forEach((flow, index) => {
    const pair = pairOf(flow);
    const first = pairs.get(pair)?.flow ?? flow;
    const differing = COMMON.find((name) => (first[name] ?? false) !== (flow[name] ?? false));
    if (differing !== undefined) {
      const need = `flows between the same roles must have the same ${differing}`;
      const got = `${shown(first[differing])} and ${shown(flow[differing])}`;
      throw refusal(`${place}, flow ${pair}${where(['flows', index])}`, 'table-flows-differ', need, got);
    }
    if (first === flow) pairs.set(pair, { flow, path: ['flows', index] });
  });
  const all = [...pairs.values(), ...supplements.map((flow, index) => ({ flow, path: ['supplements', index] }))];
  const whereOf = (at: number): string => where(all[at].path);
  const need = 'a supplement must be between roles that have no other flow';
  checkEachOnce(
    all.map(({ flow }) => pairOf(flow)),
    place,
    need,
    whereOf,
  );
  const ruleNames = all.map(({ flow }) => `${flow.source.id}-to-${flow.destination.id}`);
  checkEachOnce(ruleNames, place, 'the role ids of two flows must give different rule names', whereOf);
}

function pairOf({ source, destination }: DocumentedFlow): string {
  return `${source.id}>${destination.id}`;
}

function checkRole(role: Role | undefined, place: string, what: string): void {
  if (typeof role !== 'object' || role === null) {
    throw refusal(place, 'table-role-invalid', `${what} must be a role`, shown(role));
  }
  checkNames(role, ROLE_NAMES, place);
  checkTableName(role.id, place, `${what}: id`);
  checkText(role.title, place, `${what}: title`);
}

function checkRow(row: PortRow, place: string, where: Where): void {
  checkTableObject(row, place + where([]), 'a row must be an object');
  checkTableName(row.name, place + where(['name']), 'the name of a row');
  const at = (part: keyof PortRow): string => `${place}, row ${row.name}${where([part])}`;
  checkNames(row, ROW_NAMES, `${place}, row ${row.name}`);
  checkPort(row.port, at('port'), 'port must be a Port');
  checkDescription(row.description, at('description'), 'description');
  checkText(row.section, at('section'), 'section');
  if (row.purpose !== undefined) checkText(row.purpose, at('purpose'), 'purpose');
  if (row.impact !== undefined) checkText(row.impact, at('impact'), 'impact');
  if (row.internal !== undefined && typeof row.internal !== 'boolean') {
    throw refusal(at('internal'), 'not-a-boolean', 'internal must be true or false', shown(row.internal));
  }
  checkBasis(row.protocolBasis, at('protocolBasis'), 'protocolBasis');
  if (row.directionBasis !== undefined) checkBasis(row.directionBasis, at('directionBasis'), 'directionBasis');
  if (row.level !== undefined) {
    const level = { members: PortLevel, name: 'PortLevel', prop: 'level', code: 'table-level-invalid' } as const;
    checkMember(row.level, level, at('level'));
  }
  if (row.family !== undefined) checkRowFamily(row.family, row.port, at('family'));
}

/** Returns the options of a table. Throws unless each has different choices, and a default that is one of them. */
export function checkedOptions(given: TableOption[] | undefined, place: string, where: Where): readonly TableOption[] {
  const options = optionalList(given, place + where(['options']), 'options');
  options.forEach((option, index) => {
    const at = (...path: string[]): string => place + where(['options', index, ...path]);
    checkTableObject(option, at(), 'an option must be an object');
    checkTableName(option.id, at('id'), 'the id of an option');
    const name = (part: string): string => `${place}, option ${option.id}${where(['options', index, part])}`;
    checkNames(option, OPTION_NAMES, `${place}, option ${option.id}`);
    checkText(option.title, name('title'), 'title');
    checkText(option.section, name('section'), 'section');
    if (option.reference !== undefined) checkReference(option.reference, name('reference'));
    if (option.choices !== undefined) {
      for (const choice of list(option.choices, name('choices'), 'choices')) {
        checkTableName(choice, name('choices'), 'a choice');
      }
      checkEachOnce(option.choices, name('choices'), 'the choices of an option must differ');
    }
    checkChoice(option.default, option, name('default'), 'default');
  });
  const ids = options.map(({ id }) => id);
  checkEachOnce(ids, place, 'the options of a table must have different ids', (index) => where(['options', index]));
  return options;
}

function checkChoice(choice: unknown, option: TableOption, place: string, what: string): void {
  const choices = choicesOf(option);
  if (choices.includes(choice as string)) return;
  const need = `${what} must be a choice of ${option.id} (${choices.join(', ')})`;
  const meant = choices.includes(String(choice)) ? String(choice) : nearestOf(choice, choices);
  throw refusal(place, 'table-choice-unknown', need, shown(choice), meant && shown(meant));
}

function nearestOf(name: unknown, names: readonly string[]): string | undefined {
  return typeof name === 'string' ? nearestName(name, names) : undefined;
}

/** Throws unless flows and rows name options and choices of the table, and each option has a use. */
function checkConditions(table: PortTable, options: readonly TableOption[], place: string, where: Where): void {
  const used = new Set<string>();
  const byId = new Map(options.map((option) => [option.id, option]));
  for (const part of ['flows', 'supplements'] as const) {
    (table[part] ?? []).forEach((flow, index) => {
      const at = `${place}, flow ${flow.source.id}>${flow.destination.id}`;
      const ofFlow = checkedCondition(flow.when, byId, at + where([part, index, 'when']));
      flow.rows.forEach((row, number) => {
        const ofRow = `${at}, row ${row.name}${where([part, index, 'rows', number, 'when'])}`;
        const named = checkedCondition(row.when, byId, ofRow);
        const both = named.find((option) => ofFlow.includes(option));
        if (both !== undefined) {
          const need = 'an option must be named by a row or by its flow, not by both';
          throw refusal(ofRow, 'table-entry-repeated', need, `${shown(both)} twice`);
        }
        for (const option of [...ofFlow, ...named]) used.add(option);
      });
    });
  }
  checkOptionsUsed(options, used, place, where);
}

/** Throws if no condition names an option. */
export function checkOptionsUsed(
  options: readonly TableOption[],
  used: ReadonlySet<string>,
  place: string,
  where: Where,
): void {
  options.forEach(({ id }, index) => {
    if (used.has(id)) return;
    const need = 'an option must be named by `when` of a row or a flow';
    throw refusal(`${place}, option ${id}${where(['options', index])}`, 'table-option-unused', need, 'none');
  });
}

/** Returns the options that a condition names. */
export function checkedCondition(
  when: PortRow['when'],
  options: ReadonlyMap<string, TableOption>,
  place: string,
): readonly string[] {
  if (when === undefined) return [];
  checkTableObject(when, place, 'when must be an object of choices by option');
  return Object.entries(when).map(([id, choices]) => {
    const option = options.get(id);
    if (option === undefined) {
      const known = [...options.keys()];
      const need = `when must name options of the table (${known.join(', ') || 'it has none'})`;
      const nearest = nearestName(id, known);
      throw refusal(place, 'table-option-unknown', need, shown(id), nearest && shown(nearest));
    }
    for (const choice of list(choices, place, `when.${id}`)) checkChoice(choice, option, place, `when.${id}`);
    checkEachOnce(choices, place, 'the choices of a condition must differ');
    return id;
  });
}

function checkRowFamily(family: AddressFamily, port: Port, place: string): void {
  const code = 'table-family-invalid';
  checkMember(family, { members: AddressFamily, name: 'AddressFamily', prop: 'family', code }, place);
  if (hasPackets(port, family)) return;
  throw refusal(place, code, `family must be one in which ${String(port)} exists`, family);
}

/** Throws unless a value is a port. */
export function checkPort(port: unknown, place: string, need: string): void {
  if (isPort(port)) return;
  const fix = suggestedPort(port, Protocol.TCP);
  throw refusal(place, 'port-required', need, shown(port), fix);
}

/** Throws unless a value is the basis of a fact. */
export function checkBasis(basis: Basis, place: string, what: string): void {
  checkMember(basis, { members: Basis, name: 'Basis', prop: what, code: 'basis-invalid' }, place);
}

const NAME = /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** Throws unless a value can be an id or the name of a row. */
export function checkTableName(name: unknown, place: string, what: string): void {
  if (typeof name !== 'string' || !NAME.test(name)) {
    const need = `${what} must be lower-case letters, digits and hyphens, at most 40, beginning with a letter`;
    throw refusal(place, 'table-name-invalid', need, shown(name));
  }
}

/** Returns a list. Throws unless it is one and has an entry. */
export function list<T>(values: readonly T[] | undefined, place: string, what: string): readonly T[] {
  if (!Array.isArray(values) || values.length === 0) {
    throw refusal(place, 'table-list-empty', `${what} must have at least one entry`, shown(values));
  }
  return values as readonly T[];
}

/** Returns a list, which may be absent or empty. Throws for anything else. */
export function optionalList<T>(values: readonly T[] | undefined, place: string, what: string): readonly T[] {
  if (values !== undefined && !Array.isArray(values)) {
    throw refusal(place, 'table-list-invalid', `${what} must be a list`, shown(values));
  }
  return (values ?? []) as readonly T[];
}

/** Throws unless a value is an object. */
export function checkTableObject(value: unknown, place: string, need: string): void {
  if (typeof value !== 'object' || value === null) throw refusal(place, 'table-value-invalid', need, shown(value));
}

/** Throws if a name is repeated. The error names the place of the second one. */
export function checkEachOnce(
  names: readonly string[],
  place: string,
  need: string,
  where: (index: number) => string = () => '',
): void {
  const first = new Map<string, number>();
  names.forEach((name, index) => first.has(name) || first.set(name, index));
  const second = names.findIndex((name, index) => first.get(name) !== index);
  if (second >= 0) throw refusal(place + where(second), 'table-entry-repeated', need, `${shown(names[second])} twice`);
}
