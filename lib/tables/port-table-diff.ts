import { checkObject, checkPropNames, type PropNames, readOnly, readOnlyCopy, refusal, shown } from '../input';
import { type DocumentedFlow, flowKey, type PortRow, type PortTable, type Supplement, tableKey } from './port-table';
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
    return new PortTableDiff(entriesOf(before), entriesOf(after));
  }

  /** The rows that only the second edition has, in its order. */
  public readonly added: EditionRow[];
  /** The rows that only the first edition has, in its order. */
  public readonly removed: EditionRow[];
  /** The rows that differ, in the order of the second edition. */
  public readonly changed: ChangedRow[];

  private constructor(before: ReadonlyMap<string, Entry>, after: ReadonlyMap<string, Entry>) {
    this.added = readOnly(missingIn(before, after));
    this.removed = readOnly(missingIn(after, before));
    const common = [...after].filter(([key]) => before.has(key));
    const rows = common.map(([key, entry]) => changedRow(key, before.get(key)!, entry));
    this.changed = readOnly(rows.filter(({ fields }) => fields.length > 0));
    readOnly(this);
  }

  /** Returns one line per difference, such as `+ node>node/coredns-udp 1053/udp`, or empty text. */
  public toString(): string {
    return [
      ...this.added.map(({ key, row }) => `+ ${key} ${String(row.port)}`),
      ...this.removed.map(({ key, row }) => `- ${key} ${String(row.port)}`),
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
    flow.rows.map((row) => [flowKey(flow, row), { row, flowName: flow.name, supplement }]);
  return new Map([...flows.flatMap((flow) => of(flow, false)), ...supplements.flatMap((flow) => of(flow, true))]);
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

function valueText(row: PortRow, name: keyof PortRow): string {
  return String(row[name] ?? (name === 'internal' ? false : ''));
}

function changedLine({ key, before, after, fields }: ChangedRow): string {
  const ports = fields.includes('port') ? `${String(before.port)} to ${String(after.port)}` : String(after.port);
  return `~ ${key} ${ports} (${fields.join(', ')})`;
}
