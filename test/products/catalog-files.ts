import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HostnameTable } from '../../lib/tables/hostname-table';
import type { PortTable } from '../../lib/tables/port-table';
import frozen from './frozen-editions.json';

const FOLDER = join(__dirname, '../../lib/products');

/** A catalog file and what it exports. */
export interface CatalogFile {
  readonly file: string;
  readonly exported: readonly PortTable[];
}

/** A file of the catalog with a hostname table. */
export interface HostnameFile {
  readonly file: string;
  readonly exported: readonly HostnameTable[];
}

const FILES = (readdirSync(FOLDER, { recursive: true }) as string[])
  .filter((file) => /@[\d.-]+\.ts$/.test(file))
  .sort()
  .map((file) => ({
    file,
    exported: Object.values(jest.requireActual<Record<string, object>>(join(FOLDER, file))),
  }));
const holdsHostnames = ({ exported }: { exported: object[] }): boolean =>
  exported.every((table) => 'hostnames' in table);

/** Every file of the catalog with a port table, even if nothing imports it. */
export const CATALOG_FILES = FILES.filter((file) => !holdsHostnames(file)) as unknown as readonly CatalogFile[];

/** Every file of the catalog with a hostname table. */
export const HOSTNAME_FILES = FILES.filter(holdsHostnames) as unknown as readonly HostnameFile[];

/** Every table of the catalog. */
export const CATALOG_TABLES: readonly PortTable[] = CATALOG_FILES.flatMap(({ exported }) => exported);

/** The tables without a file that has the lines of their document. */
const WITHOUT_LINES = CATALOG_FILES.map(({ file, exported }) => ({
  lines: file.replace(/ts$/, 'tsv'),
  exported,
})).filter(({ lines }) => !existsSync(join(__dirname, lines)));

function isListed(table: PortTable): boolean {
  return `${table.id}@${table.edition}` in frozen;
}

/** The tables whose rows are listed in tests. The lines of the other documents are in files: see document-lines.test.ts. */
export const LISTED_TABLES: readonly PortTable[] = WITHOUT_LINES.flatMap(({ exported }) => exported).filter(isListed);

/** The files with the lines of a document that are missing. */
export const MISSING_LINES: readonly string[] = WITHOUT_LINES.filter(({ exported }) => !exported.every(isListed)).map(
  ({ lines }) => `test/products/${lines}`,
);
