import type { HostnameRow, HostnameTable } from '../../lib/tables/hostname-table';
import { tableKey } from '../../lib/tables/port-table';
import { CATALOG_TABLES, HOSTNAME_FILES } from './catalog-files';
import { rowLines } from './row-lines';
import frozen from './frozen-editions.json';

/**
 * The rows of every published edition. They never change, so that a user who names an edition keeps its ports. Correcting an edition
 * is a breaking change; a change of the vendor's document is a new edition. New editions may be added freely: the list gets them when a
 * version of this package is published.
 */
test('no row of a published edition has changed', () => {
  const ports = CATALOG_TABLES.map((table) => [tableKey(table), rowLines(table)]);
  const hostnames = HOSTNAME_FILES.flatMap(({ exported }) => exported).map((table) => [
    tableKey(table),
    hostnameLines(table),
  ]);
  const current = Object.fromEntries([...ports, ...hostnames]) as Readonly<Record<string, string[]>>;
  expect(Object.fromEntries(Object.keys(frozen).map((key) => [key, current[key]]))).toEqual(frozen);
});

function hostnameLines({ hostnames, supplements = [] }: HostnameTable): string[] {
  const line = ({ name, hostname, ports, portsBasis }: HostnameRow, remark: string): string =>
    `${[name, hostname, ...ports].join(' ')} from ${portsBasis}${remark}`;
  return [...hostnames.map((row) => line(row, '')), ...supplements.map((row) => line(row, ', supplement'))];
}
