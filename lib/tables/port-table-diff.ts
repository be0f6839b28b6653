import { checkObject, checkPropNames, type PropNames, readOnly, readOnlyCopy, refusal, shown } from '../input';
import { choicesOf, conditionText } from './options';
import {
  Basis,
  type DocumentedFlow,
  flowKey,
  PortLevel,
  type PortRow,
  type PortTable,
  type Supplement,
  type TableOption,
  tableKey,
} from './port-table';
import { checkPortTable } from './table-laws';

/** The two editions to compare. */
export interface PortTableDiffProps {
  /** The edition that is in use. */
  readonly before: PortTable;
  /** The edition to compare it with. */
  readonly after: PortTable;
}

/** A row that differs between two editions. */
export interface ChangedRow {
  /** The key of the row: `worker>control-plane/api-server`. */
  readonly key: string;
  /** The row of the first edition. */
  readonly before: PortRow;
  /** The row of the second edition. */
  readonly after: PortRow;
  /**
   * What changed: properties of `PortRow`, `flowName` for the name of the flow (rules are named after it), or `supplement` if the
   * row is a supplement in only one edition.
   */
  readonly fields: string[];
}

/** A row that only one of two editions has. */
export interface EditionRow {
  /** The key of the row: `worker>control-plane/api-server`. */
  readonly key: string;
  /** The row. */
  readonly row: PortRow;
}

/** The differences between two editions of a port table. */
export class PortTableDiff {
  /**
   * Returns the differences between two editions. The order of rows does not matter.
   * @param props the two editions
   */
  public static between(props: PortTableDiffProps): PortTableDiff {
    const place = 'PortTableDiff.between';
    if (isPortTable(props)) {
      const fix = 'PortTableDiff.between({ before, after })';
      throw refusal(place, 'object-required', 'an object with two editions is needed', 'a port table', fix);
    }
    checkObject(props, 'two editions', '{ before, after }', place);
    checkPropNames(props, PROP_NAMES, place);
    const { before, after } = props;
    for (const [name, table] of Object.entries({ before, after })) {
      if (isPortTable(table)) continue;
      const fix = 'PortTables.named(id, edition)';
      throw refusal(place, 'port-table-required', `${name} must be a port table`, shown(table), fix);
    }
    // a property with a wrong name would be lost from the comparison
    checkPortTable(before, `${place}, before`);
    checkPortTable(after, `${place}, after`);
    if (before.id !== after.id) {
      const need = 'before and after must be editions of one table';
      throw refusal(place, 'tables-differ', need, `${tableKey(before)} and ${tableKey(after)}`);
    }
    return PortTableDiff._between(before, after);
  }

  /**
   * The same without the checks.
   * @internal
   */
  public static _between(before: PortTable, after: PortTable): PortTableDiff {
    return new PortTableDiff(entriesOf(before), entriesOf(after), optionChanges(before, after));
  }

  /** The rows that only the second edition has, in its order. */
  public readonly added: EditionRow[];
  /** The rows that only the first edition has, in its order. */
  public readonly removed: EditionRow[];
  /** The rows that differ, in the order of the second edition. */
  public readonly changed: ChangedRow[];
  /**
   * What differs between the options, one line each: `~ option cni (default: canal to cilium)`. A changed default opens and closes
   * rows that are the same in both editions.
   */
  public readonly options: string[];

  private constructor(before: ReadonlyMap<string, Entry>, after: ReadonlyMap<string, Entry>, options: string[]) {
    this.options = readOnly(options);
    this.added = readOnly(missingIn(before, after));
    this.removed = readOnly(missingIn(after, before));
    const common = [...after].filter(([key]) => before.has(key));
    const rows = common.map(([key, entry]) => changedRow(key, before.get(key)!, entry));
    this.changed = readOnly(rows.filter(({ fields }) => fields.length > 0));
    readOnly(this);
  }

  /**
   * Returns one line per difference, or empty text: `+ node>node/coredns-udp 1053/udp`, or
   * `+ node>node/cilium-vxlan 8472/udp, when cni: cilium`.
   */
  public toString(): string {
    return [
      ...this.options,
      ...this.added.map(({ key, row }) => `+ ${key} ${String(row.port)}${whenText(row)}`),
      ...this.removed.map(({ key, row }) => `- ${key} ${String(row.port)}${whenText(row)}`),
      ...this.changed.map(changedLine),
    ].join('\n');
  }
}

function isPortTable(value: unknown): value is PortTable {
  return Array.isArray((value as Partial<PortTable> | null | undefined)?.flows);
}

const PROP_NAMES = { before: true, after: true } satisfies PropNames<PortTableDiffProps>;

interface Entry {
  readonly row: PortRow;
  /** The name of the flow. Rules on GCP are named after it. */
  readonly flowName?: string;
  readonly supplement: boolean;
}

function entriesOf({ flows, supplements = [] }: PortTable): Map<string, Entry> {
  const of = (flow: DocumentedFlow | Supplement, supplement: boolean): [string, Entry][] =>
    flow.rows.map((row) => [flowKey(flow, row), { row: withCondition(flow, row), flowName: flow.name, supplement }]);
  return new Map([...flows.flatMap((flow) => of(flow, false)), ...supplements.flatMap((flow) => of(flow, true))]);
}

/** Returns a row with its whole condition, of which a part may be in its flow. */
function withCondition(flow: DocumentedFlow, row: PortRow): PortRow {
  if (flow.when === undefined) return row;
  return { ...row, when: { ...flow.when, ...row.when } };
}

function optionChanges(before: PortTable, after: PortTable): string[] {
  const [one, other] = [before, after].map(({ options = [] }) => new Map(options.map((option) => [option.id, option])));
  const added = [...other.values()].filter(({ id }) => !one.has(id));
  const removed = [...one.values()].filter(({ id }) => !other.has(id));
  const changed = [...other.values()].flatMap((option) => changedOption(one.get(option.id), option));
  return [
    ...added.map((option) => `+ option ${option.id} (${choicesText(option)}; default: ${option.default})`),
    ...removed.map(({ id }) => `- option ${id}`),
    ...changed,
  ];
}

function changedOption(before: TableOption | undefined, after: TableOption): string[] {
  if (before === undefined) return [];
  const parts = [
    ...(before.default === after.default ? [] : [`default: ${before.default} to ${after.default}`]),
    ...(choicesText(before) === choicesText(after) ? [] : [`choices: ${choicesText(before)} to ${choicesText(after)}`]),
  ];
  return parts.length === 0 ? [] : [`~ option ${after.id} (${parts.join('; ')})`];
}

function choicesText(option: TableOption): string {
  return choicesOf(option).join(', ');
}

function whenText({ when }: PortRow): string {
  return when === undefined ? '' : `, when ${conditionText(when)}`;
}

function missingIn(some: ReadonlyMap<string, Entry>, all: ReadonlyMap<string, Entry>): EditionRow[] {
  return [...all].filter(([key]) => !some.has(key)).map(([key, { row }]) => readOnlyCopy({ key, row }));
}

function changedRow(key: string, before: Entry, after: Entry): ChangedRow {
  const names = [...new Set([...Object.keys(before.row), ...Object.keys(after.row)])] as (keyof PortRow)[];
  const fields: string[] = names.filter((name) => valueText(before.row, name) !== valueText(after.row, name));
  if (before.flowName !== after.flowName) fields.push('flowName');
  if (before.supplement !== after.supplement) fields.push('supplement');
  return readOnlyCopy({ key, before: before.row, after: after.row, fields: readOnly(fields) });
}

const DEFAULTS: Readonly<Partial<Record<keyof PortRow, unknown>>> = {
  internal: false,
  directionBasis: Basis.TABLE,
  level: PortLevel.HOST,
};

function valueText(row: PortRow, name: keyof PortRow): string {
  if (name === 'when') return row.when === undefined ? '' : conditionText(row.when);
  const value: unknown = row[name] ?? DEFAULTS[name] ?? '';
  return String(value);
}

function changedLine({ key, before, after, fields }: ChangedRow): string {
  const ports = fields.includes('port') ? `${String(before.port)} to ${String(after.port)}` : String(after.port);
  const when = fields.includes('when') ? `, when ${conditionOrAlways(before)} to ${conditionOrAlways(after)}` : '';
  return `~ ${key} ${ports}${when} (${fields.join(', ')})`;
}

function conditionOrAlways({ when }: PortRow): string {
  return when === undefined ? 'always' : conditionText(when);
}
