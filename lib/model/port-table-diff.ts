import { flowKey, tableKey } from './flow';
import type { DocumentedFlow, PortRow, PortTable, Supplement } from './port-table';
import { refusal, shown } from './refusal';

/** A row of two editions that is not the same in both. */
export interface ChangedRow {
  /** The row with its flow: `worker>control-plane/api-server`. */
  readonly key: string;
  /** The row of the first edition. */
  readonly before: PortRow;
  /** The row of the second edition. */
  readonly after: PortRow;
  /**
   * What changed: names of `PortRow`, `flowName` for the name of the flow, which names rules, or `supplement` where it was one
   * in one edition alone.
   */
  readonly fields: string[];
}

/** A row that one of two editions has. */
export interface EditionRow {
  /** The row with its flow: `worker>control-plane/api-server`. */
  readonly key: string;
  /** The row. */
  readonly row: PortRow;
}

/** What changed between two editions of a port table. */
export class PortTableDiff {
  /**
   * Compares two editions, row by row; the order of rows is no difference.
   * @param before the edition that is in use
   * @param after the edition to compare it with
   */
  public static between(before: PortTable, after: PortTable): PortTableDiff {
    const place = 'PortTableDiff.between';
    for (const table of [before, after]) {
      if (!Array.isArray((table as PortTable | undefined)?.flows)) {
        throw refusal(place, 'both arguments must be port tables', shown(table), 'PortTables.named(id, edition)');
      }
    }
    if (before.id !== after.id) {
      throw refusal(place, 'both must be editions of one table', `${tableKey(before)} and ${tableKey(after)}`);
    }
    return new PortTableDiff(entriesOf(before), entriesOf(after));
  }

  /** The rows of the second edition alone, in its order. */
  public readonly added: EditionRow[];
  /** The rows of the first edition alone, in its order. */
  public readonly removed: EditionRow[];
  /** The rows of both that are not the same, in the order of the second. */
  public readonly changed: ChangedRow[];

  private constructor(before: ReadonlyMap<string, Entry>, after: ReadonlyMap<string, Entry>) {
    this.added = missingIn(before, after);
    this.removed = missingIn(after, before);
    this.changed = [...after]
      .filter(([key]) => before.has(key))
      .map(([key, entry]) => changedRow(key, before.get(key)!, entry))
      .filter(({ fields }) => fields.length > 0);
  }

  /** Returns a line for each difference: `+ node>node/coredns-udp 1053/udp`, and nothing when there is none. */
  public toString(): string {
    return [
      ...this.added.map(({ key, row }) => `+ ${key} ${String(row.port)}`),
      ...this.removed.map(({ key, row }) => `- ${key} ${String(row.port)}`),
      ...this.changed.map(changedLine),
    ].join('\n');
  }
}

interface Entry {
  readonly row: PortRow;
  /** The name of the flow, after which rules are named on GCP. */
  readonly flowName?: string;
  readonly supplement: boolean;
}

function entriesOf({ flows, supplements = [] }: PortTable): Map<string, Entry> {
  const of = (flow: DocumentedFlow | Supplement, supplement: boolean): [string, Entry][] =>
    flow.rows.map((row) => [flowKey(flow, row), { row, flowName: flow.name, supplement }]);
  return new Map([...flows.flatMap((flow) => of(flow, false)), ...supplements.flatMap((flow) => of(flow, true))]);
}

function missingIn(some: ReadonlyMap<string, Entry>, all: ReadonlyMap<string, Entry>): EditionRow[] {
  return [...all].filter(([key]) => !some.has(key)).map(([key, { row }]) => ({ key, row }));
}

function changedRow(key: string, before: Entry, after: Entry): ChangedRow {
  const names = [...new Set([...Object.keys(before.row), ...Object.keys(after.row)])] as (keyof PortRow)[];
  const fields: string[] = names.filter((name) => told(before.row, name) !== told(after.row, name));
  if (before.flowName !== after.flowName) fields.push('flowName');
  if (before.supplement !== after.supplement) fields.push('supplement');
  return { key, before: before.row, after: after.row, fields };
}

function told(row: PortRow, name: keyof PortRow): string {
  return String(row[name] ?? (name === 'internal' ? false : ''));
}

function changedLine({ key, before, after, fields }: ChangedRow): string {
  const ports = fields.includes('port') ? `${String(before.port)} to ${String(after.port)}` : String(after.port);
  return `~ ${key} ${ports} (${fields.join(', ')})`;
}
