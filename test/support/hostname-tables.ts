import { Basis, type HostnameRow, type HostnameTable, type Port } from '../../lib';

/** Returns a row of a hostname table. */
export function hostnameRow(name: string, hostname: string, ...ports: Port[]): HostnameRow {
  return { name, hostname, ports, portsBasis: Basis.TABLE, section: 'Hosts' };
}

/** Returns a hostname table such as users write. */
export function hostnameTable(hostnames: HostnameRow[], id = 'platform-hosts'): HostnameTable {
  const reference = 'https://wiki.example.com/hosts';
  return {
    id,
    title: 'Hosts of the platform',
    reference,
    edition: '2026-10',
    comparedOn: '2026-11-21',
    hostnames,
  };
}
