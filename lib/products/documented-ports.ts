import { overlap, type Port } from '../net';
import { conditionOf, type DocumentedFlow, type PortRow, type PortTable, type Role, type Supplement } from '../tables';

/** A row of a port table that has a port, and between whom it is. */
export interface DocumentedPort {
  /** The table: one edition of the document of a product. */
  readonly table: PortTable;
  /** The row. */
  readonly row: PortRow;
  /** The role that opens the connections. */
  readonly source: Role;
  /** The role that listens. */
  readonly destination: Role;
  /**
   * The choices with which the row is opened: those of its flow and its own, in the form of `PortRow.when`.
   * @default - the row is opened with every choice
   */
  readonly when?: Record<string, string[]>;
  /**
   * Whether the row is opened only if the machines of both its roles are given.
   * @default false
   */
  readonly optional?: boolean;
  /**
   * Why the row is needed although the document leaves it out: it is a supplement, and opened only if you select it.
   * @default - the document has the row
   */
  readonly supplement?: string;
  /** The URL of the document, or of the page that asks for the supplement. */
  readonly reference: string;
}

/**
 * Returns the rows of tables that have any of some ports. A range has all its ports. Rows for few ports come first, because they say more
 * about the port than a row for all of them.
 */
export function documentedPorts(tables: readonly PortTable[], port: Port): DocumentedPort[] {
  const asked = port._intervals();
  const found = tables.flatMap(documentedRows).filter(({ row }) => overlap(row.port._intervals(), asked));
  return found.sort((a, b) => sizeOf(a.row.port) - sizeOf(b.row.port));
}

function sizeOf(port: Port): number {
  return port._intervals().reduce((sum, [from, to]) => sum + to - from, 0);
}

/** Returns all rows of a table, its supplements last. */
export function documentedRows(table: PortTable): DocumentedPort[] {
  return [
    ...table.flows.flatMap((flow) => rowsOfFlow(table, flow)),
    ...(table.supplements ?? []).flatMap((flow) => rowsOfFlow(table, flow, flow)),
  ];
}

function rowsOfFlow(table: PortTable, flow: DocumentedFlow, supplement?: Supplement): DocumentedPort[] {
  return flow.rows.map((row) => {
    const when = Object.entries(conditionOf(flow, row)).map(
      ([option, choices]) => [option, [...choices]] as [string, string[]],
    );
    return {
      table,
      row,
      source: flow.source,
      destination: flow.destination,
      ...(when.length > 0 && { when: Object.fromEntries(when) }),
      ...(flow.optional === true && { optional: true }),
      ...(supplement && { supplement: supplement.reason }),
      reference: supplement?.reference ?? table.reference,
    };
  });
}
