import type { HostnameRow, HostnameTable } from './host-table';
import type { Port } from './port';

/** One row of a host table that a construct was asked to let out. */
export interface OutboundHostname {
  /** The name of the row: `docker-io`. */
  readonly key: string;
  /** The table that the row stands in. */
  readonly table: HostnameTable;
  /** The row of the document. */
  readonly row: HostnameRow;
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
  readonly constructPath: string;
}

/** Hosts that are reached at the same port. */
export interface HostnamesAtPort {
  readonly port: Port;
  /** In the order of the document. */
  readonly hostnames: readonly string[];
}

/** Hosts by their ports, in the order in which the document first needs a port. */
export function hostnamesByPort(rows: readonly HostnameRow[]): HostnamesAtPort[] {
  const byPort = new Map<string, { port: Port; hostnames: string[] }>();
  for (const { hostname, ports } of rows) {
    for (const port of ports) {
      const at = byPort.get(String(port)) ?? { port, hostnames: [] };
      byPort.set(String(port), at);
      at.hostnames.push(hostname);
    }
  }
  return [...byPort.values()];
}
