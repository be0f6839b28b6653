import { flowKey, tableKey } from '../../lib/model/flow';
import type { DocumentedFlow, PortTable } from '../../lib/model/port-table';
import type { HostnameRow, HostnameTable } from '../../lib/model/host-table';
import { CATALOG_TABLES, HOST_FILES } from './catalog-files';
import frozen from './frozen-editions.json';

/**
 * The rows of every edition, fixed for ever: a user who names an edition gets the ports that it had. A correction of an edition
 * is a breaking release; a vendor's change is another edition. New editions are free.
 */
test('no row of an edition has changed', () => {
  const ports = CATALOG_TABLES.map((table) => [tableKey(table), rowsOf(table)]);
  const hosts = HOST_FILES.flatMap(({ exported }) => exported).map((table) => [tableKey(table), hostsOf(table)]);
  expect(Object.fromEntries([...ports, ...hosts])).toEqual(frozen);
});

function rowsOf({ flows, supplements = [] }: PortTable): string[] {
  const lines = (flow: DocumentedFlow, remark: string): string[] =>
    flow.rows.map(
      (row) =>
        `${flowKey(flow, row)} ${row.port.toString()} from ${row.protocolBasis}` +
        `${row.internal ? ', internal' : ''}${remark}`,
    );
  return [...flows.flatMap((flow) => lines(flow, '')), ...supplements.flatMap((flow) => lines(flow, ', supplement'))];
}

function hostsOf({ hostnames, supplements = [] }: HostnameTable): string[] {
  const line = ({ name, hostname, ports, portsBasis }: HostnameRow, remark: string): string =>
    `${[name, hostname, ...ports].join(' ')} from ${portsBasis}${remark}`;
  return [...hostnames.map((row) => line(row, '')), ...supplements.map((row) => line(row, ', supplement'))];
}
