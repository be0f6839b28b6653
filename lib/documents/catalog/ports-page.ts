import {
  constructOf,
  type DocumentedPort,
  documentedRows,
  editionsOf,
  optedTable,
  type TableRequest,
} from '../../products/catalog';
import { Basis, choicesOf, type Choices, type PortTable, type TableOption, tableKey, unmetPart } from '../../tables';
import type { TextTable } from '../../text';
import type { CatalogPage } from './catalog-page';
import { comparedText } from './compared-text';
import { type MergedRow, mergedRows } from './merged-rows';
import { basisText, optionsText, purposeOf, rowJson, sourcesOf } from './row-text';

const COLUMNS = ['Port', 'Row', 'From', 'To', 'For', 'Section', 'Based on'];

/** The rows of a table, by whether the choices of its options open them. */
interface ChosenRows {
  readonly open: readonly MergedRow[];
  /** Opened by other choices. */
  readonly closed: readonly MergedRow[];
  readonly supplements: readonly MergedRow[];
  /** Returns the choices that open a closed row. */
  readonly opensWith: (row: MergedRow) => Readonly<Record<string, readonly string[]>>;
}

/** Returns the page of the ports that a table opens with the choices of its options. Throws for what the table does not have. */
export function portsPage(request: TableRequest, place: string): CatalogPage {
  const { table, choices } = optedTable(request, (option) => `--${option}`, place);
  const { id, product = id, title, reference, options = [] } = table;
  const rows = chosenRows(table, choices);
  return {
    title: `${product}: what the table ${tableKey(table)} opens`,
    lines: [
      title,
      { url: reference },
      comparedText(table),
      ...(options.length === 0 ? [] : ['Options:', ...options.map((option) => chosenText(option, choices))]),
      ...otherEditions(table),
    ],
    sections: sectionsOf(rows, table),
    nothing: 'These choices open nothing.',
    sources: sourcesOf(rows.supplements),
    csv: csvOf(rows),
    json: {
      ...tableJson(table, choices),
      rows: rows.open.map(withBasis),
      closedRows: rows.closed.map((row) => ({ ...withBasis(row), opensWith: rows.opensWith(row) })),
      supplements: rows.supplements.map(withBasis),
      discrepancies: table.discrepancies ?? [],
    },
  };
}

function chosenRows(table: PortTable, choices: Choices): ChosenRows {
  const all = documentedRows(table);
  const documented = all.filter(({ supplement }) => supplement === undefined);
  const isOpen = ({ when = {} }: DocumentedPort): boolean => Object.keys(unmetPart(when, choices)).length === 0;
  return {
    open: mergedRows(documented.filter(isOpen), 'whole'),
    closed: mergedRows(
      documented.filter((row) => !isOpen(row)),
      'whole',
    ),
    supplements: mergedRows(
      all.filter(({ supplement }) => supplement !== undefined),
      'whole',
    ),
    opensWith: ({ first }) => unmetPart(first.when ?? {}, choices),
  };
}

function sectionsOf({ open, closed, supplements, opensWith }: ChosenRows, table: PortTable): CatalogPage['sections'] {
  const ends = COLUMNS.slice(0, 4);
  return [
    { table: { columns: COLUMNS, rows: open.map(cellsOf) } },
    {
      heading: 'Opened by other choices',
      table: {
        columns: [...ends, 'For', 'Opened with'],
        rows: closed.map((row) => [...cellsOf(row).slice(0, 5), optionsText(opensWith(row))]),
      },
    },
    {
      heading: 'Not in the document, and opened only if you select them (supplements)',
      table: {
        columns: [...ends, 'Reason'],
        rows: supplements.map((row) => [...cellsOf(row).slice(0, 4), row.first.supplement!]),
      },
    },
    {
      heading: 'Where the document contradicts itself or leaves something out',
      table: {
        columns: ['Finding', 'Decision', 'Rows'],
        rows: (table.discrepancies ?? []).map(({ finding, decision, rows = ['all'] }) => [finding, decision, rows]),
      },
    },
  ];
}

function cellsOf({ first, sources, destinations }: MergedRow): (string | string[] | readonly string[])[] {
  const { row } = first;
  return [row.port.text, row.name, sources, destinations, purposeOf(first), row.section, basisText(first)];
}

function withBasis(merged: MergedRow): object {
  const { protocolBasis, directionBasis = Basis.TABLE } = merged.first.row;
  return { ...rowJson(merged), protocolBasis, directionBasis };
}

function csvOf({ open, closed, supplements, opensWith }: ChosenRows): TextTable {
  const line = (row: MergedRow, opened: string): TextTable['rows'][number] => [
    ...cellsOf(row),
    opened,
    row.tables,
    row.first.reference,
  ];
  return {
    columns: [...COLUMNS, 'Opened', 'Table', 'Source'],
    rows: [
      ...open.map((row) => line(row, 'yes')),
      ...closed.map((row) => line(row, `with ${optionsText(opensWith(row))}`)),
      ...supplements.map((row) => line(row, 'as a supplement')),
    ],
  };
}

/** `--cni cilium (default: canal; others: calico, flannel, none)`. */
function chosenText({ id, default: byDefault, choices: own }: TableOption, choices: Choices): string {
  const chosen = choices[id];
  const others = choicesOf({ choices: own }).filter((choice) => choice !== chosen && choice !== byDefault);
  const remarks = [
    chosen === byDefault ? 'default' : `default: ${byDefault}`,
    ...(others.length === 0 ? [] : [`others: ${others.join(', ')}`]),
  ];
  return `  --${id} ${chosen} (${remarks.join('; ')})`;
}

function otherEditions({ id, edition }: PortTable): string[] {
  const others = editionsOf(id)
    .map((table) => table.edition)
    .filter((each) => each !== edition);
  return others.length === 0 ? [] : [`Other editions: ${others.map((each) => `--edition ${each}`).join(', ')}.`];
}

function tableJson(table: PortTable, choices: Choices): object {
  const { id, product = id, title, edition, reference, comparedOn, checkedFor, options = [] } = table;
  return {
    id,
    product,
    construct: constructOf({ id, product }),
    title,
    edition,
    editions: editionsOf(id).map((each) => each.edition),
    reference,
    comparedOn,
    checkedFor,
    options: options.map((option) => ({ ...option, choices: choicesOf(option), chosen: choices[option.id] })),
  };
}
