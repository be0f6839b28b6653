import { Basis, type HostRow, type HostTable, type Port } from '../../lib';

/** A host that a table wants to be reached. */
export function hostRow(name: string, host: string, ...ports: Port[]): HostRow {
  return { name, host, ports, portsFrom: Basis.TABLE, section: 'Hosts' };
}

/** A table of hosts of the user's own. */
export function hostTable(hosts: HostRow[], id = 'platform-hosts'): HostTable {
  const reference = 'https://wiki.example.com/hosts';
  return { id, title: 'Hosts of the platform', reference, edition: '2026-10', comparedOn: '2026-11-21', hosts };
}
