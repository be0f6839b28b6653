import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Port } from '../../lib/net';
import type { HostnameRow, HostnameTable } from '../../lib/tables/hostname-table';
import { checkHostnameTable } from '../../lib/tables/table-laws';

/** A hostname table as it is in a file: its ports are texts, such as `443/tcp`. */
interface FileTable extends Omit<HostnameTable, 'hostnames' | 'supplements'> {
  readonly hostnames: readonly FileRow[];
  readonly supplements?: readonly FileRow[];
}

type FileRow = Omit<HostnameRow, 'ports'> & { readonly ports: readonly string[] };

/** Reads a hostname table from a YAML file. Throws unless it keeps the laws for tables of users. */
export function readHostnameTable(path: string): HostnameTable {
  const { hostnames, supplements, ...document } = parse(readFileSync(path, 'utf8'), {
    schema: 'failsafe',
  }) as FileTable;
  const table = {
    ...document,
    hostnames: hostnames.map(parsedRow),
    ...(supplements && { supplements: supplements.map(parsedRow) }),
  } as HostnameTable;
  checkHostnameTable(table, path);
  return table;
}

function parsedRow({ ports, ...row }: FileRow): HostnameRow {
  return { ...row, ports: ports.map((text) => Port.parse(text)) };
}
