import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HostTable } from '../../lib/model/host-table';
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
  readonly exported: readonly HostTable[];
}

const FILES = readdirSync(FOLDER)
  .filter((file) => !/^(?:catalog|roles|.*-supplements)\.ts$/.test(file))
  .map((file) => ({
    file,
    exported: Object.values(jest.requireActual<Record<string, object>>(join(FOLDER, file))),
  }));
const holdsHosts = ({ exported }: { exported: object[] }): boolean => exported.every((table) => 'hosts' in table);

/** Every file of the catalog that holds a table of ports, whether or not anything imports it. */
export const CATALOG_FILES = FILES.filter((file) => !holdsHosts(file)) as unknown as readonly CatalogFile[];

/** Every file of the catalog that holds a table of hosts. */
export const HOST_FILES = FILES.filter(holdsHosts) as unknown as readonly HostFile[];

/** Every table of the catalog. */
export const CATALOG_TABLES: readonly PortTable[] = CATALOG_FILES.flatMap(({ exported }) => exported);
