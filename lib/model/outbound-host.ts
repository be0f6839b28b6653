import type { HostRow, HostTable } from './host-table';
import type { Port } from './port';

/** One row of a host table that a construct was asked to let out. */
export interface OutboundHost {
  /** The name of the row: `docker-io`. */
  readonly key: string;
  /** The table that the row stands in. */
  readonly table: HostTable;
  /** The row of the document. */
  readonly row: HostRow;
  /**
   * Why the host is needed although the document leaves it out.
   * @default - the document has it
   */
  readonly supplement?: string;
  /** What lets it out. */
  readonly through: string;
  /** Whether others must open it, and we only ask. */
  readonly external: boolean;
  /** The path of the construct that asks for it. */
  readonly askedBy: string;
}

/** Hosts that are reached at the same port. */
export interface HostsAtPort {
  readonly port: Port;
  /** In the order of the document. */
  readonly hosts: readonly string[];
}

/** Hosts by their ports, in the order in which the document first needs a port. */
export function hostsByPort(rows: readonly HostRow[]): HostsAtPort[] {
  const byPort = new Map<string, { port: Port; hosts: string[] }>();
  for (const { host, ports } of rows) {
    for (const port of ports) {
      const at = byPort.get(String(port)) ?? { port, hosts: [] };
      byPort.set(String(port), at);
      at.hosts.push(host);
    }
  }
  return [...byPort.values()];
}
