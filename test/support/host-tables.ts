import { Basis, type HostnameRow, type HostnameTable, type Port } from '../../lib';

/** A host that a table wants to be reached. */
export function hostRow(name: string, hostname: string, ...ports: Port[]): HostnameRow {
  return { name, hostname, ports, portsBasis: Basis.TABLE, section: 'Hosts' };
}

/** A table of hosts of the user's own. */
export function hostTable(hostnames: HostnameRow[], id = 'platform-hosts'): HostnameTable {
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
