import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { HostnameTableFile, PortTableFile } from '../../lib/tables';
import { compareEditions } from '../../lib/tables/editions';
import { type PortTable, tableKey } from '../../lib/tables/port-table';
import type { HostnameTable } from '../../lib/tables/hostname-table';
import { isByHand } from '../../lib/products/construct-names';
import { constructModule } from './construct-module';
import { checkHostnameNames, checkNames, className, constantName, enumName } from './names';
import { hostnameConstructModule } from './hostname-construct-module';
import { hostnameModule } from './hostname-module';
import { tableModule } from './table-module';

const ROOT = join(__dirname, '../..');
/** The folder with the tables, and with what is generated from them. */
export const PRODUCTS = join(ROOT, 'lib/products');
const MARK = '// Generated from ';

/** The end of the names of files with hostname tables. */
const HOSTNAMES = '.hostnames.yaml';

/** A table with the folder of its product. */
interface ProductTable<Table extends PortTable | HostnameTable = PortTable> {
  readonly folder: string;
  readonly table: Table;
}

/** Reads the tables in files whose names end with `extension`, sorted by id and edition. */
function productTables<Table extends PortTable | HostnameTable>(
  extension: string,
  read: (path: string) => Table,
): ProductTable<Table>[] {
  const folders = readdirSync(PRODUCTS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const tables = folders.flatMap(({ name: folder }) =>
    readdirSync(join(PRODUCTS, folder))
      .filter((file) => file.endsWith(extension) && (extension === HOSTNAMES || !file.endsWith(HOSTNAMES)))
      .map((file) => ({ folder, file, table: read(join(PRODUCTS, folder, file)) })),
  );
  for (const { file, table } of tables) {
    if (file !== `${tableKey(table)}${extension}`) {
      throw new Error(`${file} must be named ${tableKey(table)}${extension} after its id and edition`);
    }
  }
  return tables.sort(
    (a, b) => a.table.id.localeCompare(b.table.id) || compareEditions(a.table.edition, b.table.edition),
  );
}

/** Returns the text of every generated file by its path in lib/products. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const tables = productTables('.yaml', (path) => PortTableFile.load(path));
  const hostnameTables = productTables(HOSTNAMES, (path) => HostnameTableFile.load(path));
  const files = new Map<string, string>();
  for (const { folder, table } of tables) {
    files.set(`${folder}/${tableKey(table)}.ts`, tableModule(table, `${tableKey(table)}.yaml`));
  }
  for (const { folder, table } of hostnameTables) {
    files.set(`${folder}/${tableKey(table)}.ts`, hostnameModule(table, `${tableKey(table)}${HOSTNAMES}`));
  }
  const exported: string[] = [];
  for (const id of new Set(tables.map(({ table }) => table.id))) {
    const { folder, table: first } = tables.find(({ table }) => table.id === id)!;
    if (isByHand(first)) continue;
    const editions = tables.map(({ table }) => table).filter((table) => table.id === id);
    checkNames(editions);
    files.set(`${folder}/${id}-rules.ts`, constructModule(editions));
    exported.push(`export { ${exportsOf(editions).join(', ')} } from './${folder}/${id}-rules';`);
  }
  for (const id of new Set(hostnameTables.map(({ table }) => table.id))) {
    const { folder, table: first } = hostnameTables.find(({ table }) => table.id === id)!;
    if (isByHand(first)) continue;
    const editions = hostnameTables.map(({ table }) => table).filter((table) => table.id === id);
    checkHostnameNames(editions);
    files.set(`${folder}/${id}.ts`, hostnameConstructModule(editions));
    exported.push(`export { ${exportsOf(editions).join(', ')} } from './${folder}/${id}';`);
  }
  files.set(
    'generated-rules.ts',
    [`${MARK}the tables of products by \`npm run products\`.`, ...exported, ''].join('\n'),
  );
  files.set('generated-tables.ts', tableLists(tables, hostnameTables));
  const config = await resolveConfig(join(PRODUCTS, 'index.ts'));
  const formatted = [...files].map(
    async ([file, text]) => [file, await format(text, { ...config, parser: 'typescript' })] as const,
  );
  return new Map(await Promise.all(formatted));
}

function exportsOf(editions: readonly (PortTable | HostnameTable)[]): string[] {
  const [table] = editions;
  const name = className(table);
  const options = editions
    .flatMap(({ options: ofTable = [] }) => ofTable)
    .filter(({ choices }) => choices !== undefined);
  const enums = [...new Set(options.map(({ id }) => enumName(table, id)))];
  return [...enums, name, `type ${name}Props`];
}

function tableLists(tables: readonly ProductTable[], hostnameTables: readonly ProductTable<HostnameTable>[]): string {
  const entry = ({ folder, table }: ProductTable<PortTable | HostnameTable>): string => {
    const path = `./${folder}/${tableKey(table)}`;
    return `'${tableKey(table)}': () => (require('${path}') as typeof import('${path}')).${constantName(table)},`;
  };
  return [
    `${MARK}the tables of products by \`npm run products\`.`,
    '/* eslint-disable @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports --',
    '   a table is loaded on first use, by a call that bundlers follow */',
    "import type { HostnameTable, PortTable } from '../tables';",
    '',
    '/** Returns each port table, by its key. */',
    'export const GENERATED_TABLES: Readonly<Record<string, () => PortTable>> = {',
    ...tables.map(entry),
    '};',
    '',
    '/** Returns each hostname table, by its key. */',
    'export const GENERATED_HOSTNAME_TABLES: Readonly<Record<string, () => HostnameTable>> = {',
    ...hostnameTables.map(entry),
    '};',
    '',
  ].join('\n');
}

/** Returns the generated files that are not generated any more. */
function leftOver(files: ReadonlyMap<string, string>): string[] {
  const existing = (readdirSync(PRODUCTS, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts'));
  return existing.filter((file) => !files.has(file) && readFileSync(join(PRODUCTS, file), 'utf8').startsWith(MARK));
}

/** Returns the generated files that differ from what the tables say. */
export function driftedFiles(files: ReadonlyMap<string, string>): string[] {
  const isCurrent = (file: string, text: string): boolean =>
    existsSync(join(PRODUCTS, file)) && readFileSync(join(PRODUCTS, file), 'utf8') === text;
  return [...[...files].filter(([file, text]) => !isCurrent(file, text)).map(([file]) => file), ...leftOver(files)];
}
