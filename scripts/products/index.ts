import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { PortTableFile } from '../../lib/tables';
import { compareEditions } from '../../lib/tables/editions';
import { type PortTable, tableKey } from '../../lib/tables/port-table';
import { isByHand } from '../../lib/products/construct-names';
import { constructModule } from './construct-module';
import { checkNames, className, constantName, enumName } from './names';
import { tableModule } from './table-module';

const ROOT = join(__dirname, '../..');
/** The folder with the tables, and with what is generated from them. */
export const PRODUCTS = join(ROOT, 'lib/products');
const MARK = '// Generated from ';

/** A table with the folder of its product. */
interface ProductTable {
  readonly folder: string;
  readonly table: PortTable;
}

function productTables(): ProductTable[] {
  const folders = readdirSync(PRODUCTS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const tables = folders.flatMap(({ name: folder }) =>
    readdirSync(join(PRODUCTS, folder))
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => ({ folder, file, table: PortTableFile.load(join(PRODUCTS, folder, file)) })),
  );
  for (const { file, table } of tables) {
    if (file !== `${tableKey(table)}.yaml`) {
      throw new Error(`${file} must be named ${tableKey(table)}.yaml after its id and edition`);
    }
  }
  return tables.sort(
    (a, b) => a.table.id.localeCompare(b.table.id) || compareEditions(a.table.edition, b.table.edition),
  );
}

/** Returns the text of every generated file by its path in lib/products. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const tables = productTables();
  const files = new Map<string, string>();
  for (const { folder, table } of tables) {
    files.set(`${folder}/${tableKey(table)}.ts`, tableModule(table, `${tableKey(table)}.yaml`));
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
  files.set(
    'generated-rules.ts',
    [`${MARK}the tables of products by \`npm run products\`.`, ...exported, ''].join('\n'),
  );
  files.set('generated-tables.ts', tableList(tables));
  const config = await resolveConfig(join(PRODUCTS, 'index.ts'));
  const formatted = [...files].map(
    async ([file, text]) => [file, await format(text, { ...config, parser: 'typescript' })] as const,
  );
  return new Map(await Promise.all(formatted));
}

function exportsOf(editions: readonly PortTable[]): string[] {
  const [table] = editions;
  const name = className(table);
  const options = editions
    .flatMap(({ options: ofTable = [] }) => ofTable)
    .filter(({ choices }) => choices !== undefined);
  const enums = [...new Set(options.map(({ id }) => enumName(table, id)))];
  return [...enums, name, `type ${name}Props`];
}

function tableList(tables: readonly ProductTable[]): string {
  const entries = tables.map(({ folder, table }) => {
    const path = `./${folder}/${tableKey(table)}`;
    return `'${tableKey(table)}': () => (require('${path}') as typeof import('${path}')).${constantName(table)},`;
  });
  return [
    `${MARK}the tables of products by \`npm run products\`.`,
    '/* eslint-disable @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports --',
    '   a table is loaded on first use, by a call that bundlers follow */',
    "import type { PortTable } from '../tables';",
    '',
    '/** Returns each table that is in a file, by its key. */',
    'export const GENERATED_TABLES: Readonly<Record<string, () => PortTable>> = {',
    ...entries,
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
