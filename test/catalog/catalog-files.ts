import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PortTable } from '../../lib/model/port-table';

const FOLDER = join(__dirname, '../../lib/catalog');
const WITHOUT_TABLE = ['catalog.ts', 'roles.ts'];

/** A catalog file and what it exports. */
export interface CatalogFile {
  readonly file: string;
  readonly exported: readonly PortTable[];
}

/** Every file of the catalog that holds a table, whether or not anything imports it. */
export const CATALOG_FILES: readonly CatalogFile[] = readdirSync(FOLDER)
  .filter((file) => !WITHOUT_TABLE.includes(file))
  .map((file) => ({
    file,
    exported: Object.values(jest.requireActual<Record<string, PortTable>>(join(FOLDER, file))),
  }));

/** Every table of the catalog. */
export const CATALOG_TABLES: readonly PortTable[] = CATALOG_FILES.flatMap(({ exported }) => exported);
