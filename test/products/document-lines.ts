import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { conditionOf, defaultChoices, isOpen } from '../../lib/tables/options';
import { type DocumentedFlow, type PortRow, type PortTable } from '../../lib/tables/port-table';

const TESTS = __dirname;
const PRODUCTS = join(__dirname, '../../lib/products');
const COLUMNS = 'source, destination, port, description, default, section, reading';
const READING = /^([a-z\d-]+(?:, [a-z\d-]+)*) > ([a-z\d-]+(?:, [a-z\d-]+)*): (\S+)((?: \[\S+(?: \S+)*\])?)$/;

/** Whether a line is open without any option that the document describes. */
type IsDefault = 'yes' | 'no' | 'unknown';

/** A line of a vendor's document, typed from the document by a person who had not seen the table. */
export interface DocumentLine {
  readonly place: string;
  readonly source: string;
  readonly destination: string;
  readonly port: string;
  readonly isDefault: IsDefault;
  /** The flows as which the line is read: `server > server: 6443/tcp [cni=calico]`. */
  readonly flows: readonly string[];
  /** Why the line has no flow, if it has none. */
  readonly reason?: string;
}

/** The default of an option that no line about a port shows: `# default tunnel=geneve: <where the vendor says so>`. */
interface DocumentedDefault {
  readonly place: string;
  readonly option: string;
  readonly choice: string;
  /** Where the vendor says so, or `chosen: <why>` if no text of the vendor has a default. */
  readonly source: string;
}

/** The lines of one edition of a document, in `test/products/<product>/<id>@<edition>.tsv`. */
export interface DocumentFile {
  /** The name of the table: `rke2@2026-05`. */
  readonly name: string;
  /** The path of the table. */
  readonly table: string;
  readonly lines: readonly DocumentLine[];
  readonly defaults: readonly DocumentedDefault[];
}

/** Every file with the lines of a document. */
export const DOCUMENT_FILES: readonly DocumentFile[] = filesIn(TESTS, /@[\d.-]+\.tsv$/).map(({ folder, file }) => {
  const name = basename(file, '.tsv');
  const lines = readFileSync(join(TESTS, folder, file), 'utf8').split('\n');
  return {
    name,
    table: join(PRODUCTS, folder, `${name}.yaml`),
    lines: lines.flatMap((text, index) => documentLine(text, `${file}, line ${index + 1}`)),
    defaults: lines.flatMap((text, index) => documentedDefault(text, `${file}, line ${index + 1}`)),
  };
});

function filesIn(root: string, pattern: RegExp): { folder: string; file: string }[] {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name: folder }) =>
    readdirSync(join(root, folder))
      .filter((file) => pattern.test(file))
      .map((file) => ({ folder, file })),
  );
}

function documentLine(text: string, place: string): DocumentLine[] {
  if (text === '' || text.startsWith('#')) return [];
  const [source, destination, port, description, isDefault, section, reading, ...more] = text.split('\t');
  const isComplete = [source, destination, port, description, section, reading].every(Boolean) && more.length === 0;
  if (!isComplete || !['yes', 'no', 'unknown'].includes(isDefault)) {
    throw new Error(`${place}: must have the columns ${COLUMNS}, separated by tabs, and yes, no or unknown as default`);
  }
  const line = { place, source, destination, port, isDefault: isDefault as IsDefault };
  const [, reason] = /^none: (.+)$/.exec(reading) ?? [];
  if (reason !== undefined) return [{ ...line, flows: [], reason }];
  return [{ ...line, flows: reading.split('; ').flatMap((part) => flowsIn(part, place)) }];
}

function documentedDefault(text: string, place: string): DocumentedDefault[] {
  if (!text.startsWith('# default ')) return [];
  const match = /^# default ([a-z\d-]+)=([a-z\d-]+): (.+)$/.exec(text);
  if (match === null) throw new Error(`${place}: must read like "# default tunnel=geneve: <where the vendor says so>"`);
  const [, option, choice, source] = match;
  return [{ place, option, choice, source }];
}

function flowsIn(reading: string, place: string): string[] {
  const match = READING.exec(reading);
  if (match === null) {
    throw new Error(`${place}: must read like "server, agent > server: 6443/tcp [cni=calico]", got "${reading}"`);
  }
  const [, sources, destinations, port, condition] = match;
  const conditions = condition.slice(2, -1).split(' ').filter(Boolean).sort();
  return sources
    .split(', ')
    .flatMap((source) =>
      destinations.split(', ').map((destination) => flowText(source, destination, port, conditions)),
    );
}

function flowText(source: string, destination: string, port: string, conditions: readonly string[]): string {
  return `${source} > ${destination}: ${port}${conditions.length === 0 ? '' : ` [${conditions.join(' ')}]`}`;
}

/** Returns the flows of a document that a table does not have, and those of the table that the document does not have. */
export function differences(table: PortTable, lines: readonly DocumentLine[]): { missing: string[]; extra: string[] } {
  const documented = new Set(lines.flatMap(({ flows }) => flows));
  const rows = rowsByFlow(table);
  return {
    missing: [...documented].filter((flow) => !rows.has(flow)),
    extra: [...rows.keys()].filter((flow) => !documented.has(flow)),
  };
}

/** The rows of a table by the flow in the form of `DocumentLine.flows`. */
export function rowsByFlow({ flows }: PortTable): Map<string, PortRow[]> {
  const rows = new Map<string, PortRow[]>();
  for (const flow of flows) {
    for (const row of flow.rows) {
      const text = textOf(flow, row);
      rows.set(text, [...(rows.get(text) ?? []), row]);
    }
  }
  return rows;
}

function textOf(flow: DocumentedFlow, row: PortRow): string {
  const options = Object.entries(conditionOf(flow, row)).map(
    ([option, choices]) => `${option}=${[...choices].sort().join('|')}`,
  );
  const conditions = [...options, ...(row.family === undefined ? [] : [`family=${row.family}`])];
  return flowText(flow.source.id, flow.destination.id, row.port.text, conditions.sort());
}

/** Returns the lines that the document says are open by default and are not, the other way round, and the defaults that differ. */
export function wrongDefaults(table: PortTable, { lines, defaults }: DocumentFile): string[] {
  const choices = defaultChoices(table);
  const flows = table.flows.map((flow) => ({ ...flow, rows: flow.rows.filter((row) => isOpen(flow, row, choices)) }));
  const open = new Set(rowsByFlow({ ...table, flows }).keys());
  const ofLines = lines.filter(
    (line) => line.isDefault !== 'unknown' && line.flows.some((flow) => open.has(flow) !== (line.isDefault === 'yes')),
  );
  const ofOptions = defaults.filter(({ option, choice }) => choices[option] !== choice);
  return [...ofLines, ...ofOptions].map(({ place }) => place);
}
