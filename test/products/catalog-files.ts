import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HostnameTable } from '../../lib/tables/hostname-table';
import type { PortTable } from '../../lib/tables/port-table';

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

/** The tables whose rows are listed in tests. The lines of the other documents are in files: see document-lines.test.ts. */
export const LISTED_TABLES: readonly PortTable[] = CATALOG_FILES.flatMap(({ file, exported }) =>
  existsSync(join(__dirname, file.replace(/ts$/, 'tsv'))) ? [] : exported,
);

/** Every table of the catalog. */
export const CATALOG_TABLES: readonly PortTable[] = CATALOG_FILES.flatMap(({ exported }) => exported);
