import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HostnameTable } from '../../lib/model/host-table';
import type { PortTable } from '../../lib/model/port-table';

const FOLDER = join(__dirname, '../../lib/catalog');

/** A catalog file and what it exports. */
export interface CatalogFile {
  readonly file: string;
  readonly exported: readonly PortTable[];
}

/** A file of the catalog that holds a table of hosts. */
export interface HostFile {
  readonly file: string;
  readonly exported: readonly HostnameTable[];
}

const FILES = readdirSync(FOLDER)
  .filter((file) => !/^(?:catalog|roles|.*-supplements)\.ts$/.test(file))
  .map((file) => ({
    file,
    exported: Object.values(jest.requireActual<Record<string, object>>(join(FOLDER, file))),
  }));
const holdsHostnames = ({ exported }: { exported: object[] }): boolean =>
  exported.every((table) => 'hostnames' in table);

/** Every file of the catalog that holds a table of ports, whether or not anything imports it. */
export const CATALOG_FILES = FILES.filter((file) => !holdsHostnames(file)) as unknown as readonly CatalogFile[];

/** Every file of the catalog that holds a table of hosts. */
export const HOST_FILES = FILES.filter(holdsHostnames) as unknown as readonly HostFile[];

/** Every table of the catalog. */
export const CATALOG_TABLES: readonly PortTable[] = CATALOG_FILES.flatMap(({ exported }) => exported);
