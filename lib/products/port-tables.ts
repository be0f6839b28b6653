import { checkProps, readOnlyDeep } from '../input';
import { Port } from '../net';
import type { PortTable } from '../tables';
import { allTables, type DocumentedPort, namedTable, rowsWithPort } from './catalog';

/** What to look for in all port tables. */
export interface FindPortProps {
  /**
   * The port, a range of ports, an ICMP type or an IP protocol, in the form of `Port.parse`: `8472/udp`, `53/tcp+udp`, `8/icmp`, `112/ip`.
   * Of several ports, rows with any of them are found.
   */
  readonly port: string;
}

/**
 * The port tables of this package, in every edition.
 *
 * @example
 * new DocumentedPortRules(stack, 'metrics-server', {
 *   table: PortTables.named('metrics-server'),
 *   roles: { 'control-plane': controlPlane, worker: workers, 'metrics-server': workers },
 * });
 */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- jsii does not export bare constants and functions
export class PortTables {
  /** Returns all port tables in all editions. The default edition of a table comes before its other editions. */
  public static all(): PortTable[] {
    return allTables().map(readOnlyDeep);
  }

  /**
   * Returns a port table. Throws `table-unknown` or `edition-unknown` if this package does not have it.
   * @param id the id of the table, such as `kubeadm-flannel`
   * @param edition the edition, such as `2026-03`; the default edition if it is omitted
   */
  public static named(id: string, edition?: string): PortTable {
    return namedTable(id, edition, 'PortTables.named');
  }

  /**
   * Returns the rows of all tables that have a port, for a firewall rule whose reason nobody knows. A row with a range has all ports of the
   * range; rows for fewer ports come first. Every edition of a table has its own rows. Throws `port-invalid` or `port-range-descends` for a text that is not a port.
   * @param props the port
   */
  public static find(props: FindPortProps): DocumentedPort[] {
    const place = 'PortTables.find';
    checkProps(props, { needed: 'a port', example: "{ port: '8472/udp' }", names: { port: true } }, place);
    return rowsWithPort(Port._parse(props.port, place)).map(readOnlyDeep);
  }

  private constructor() {
    // only static members
  }
}
