import { nearestName, readOnlyDeep, refusal, shown } from '../input';
import { type PortTable, tableOf } from '../tables';
import { CATALOG } from './catalog';
import { METRICS_SERVER } from './metrics-server';
import { RANCHER } from './rancher';

/**
 * The port tables of this package, in every edition.
 *
 * @example
 * new DocumentedPortRules(stack, 'metrics-server', {
 *   table: PortTables.METRICS_SERVER,
 *   roles: { 'control-plane': controlPlane, worker: workers, 'metrics-server': workers },
 * });
 */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- jsii does not export bare constants and functions
export class PortTables {
  /**
   * The ports of Metrics Server, for `DocumentedPortRules`: the roles are `control-plane`, `worker` and `metrics-server`, the rows
   * `metrics-api` and `kubelet`.
   */
  public static readonly METRICS_SERVER: PortTable = readOnlyDeep(METRICS_SERVER);

  /**
   * The ports of a Rancher server, for `DocumentedPortRules`: the roles are `rancher`, `rancher-client`, `registered-cluster` and
   * `tls-proxy`, the rows `rancher-http`, `rancher-https` and `registered-api`.
   */
  public static readonly RANCHER: PortTable = readOnlyDeep(RANCHER);

  /** Returns all port tables in all editions. The default edition of a table comes before its other editions. */
  public static all(): PortTable[] {
    return CATALOG.map(readOnlyDeep);
  }

  /**
   * Returns a port table. Throws `table-unknown` or `edition-unknown` if this package does not have it.
   * @param id the id of the table, such as `kubeadm-flannel`
   * @param edition the edition, such as `2026-03`; the default edition if it is omitted
   */
  public static named(id: string, edition?: string): PortTable {
    const place = 'PortTables.named';
    const ids = [...new Set(CATALOG.map((table) => table.id))];
    if (!ids.includes(id)) {
      const nearest = typeof id === 'string' ? nearestName(id, ids) : undefined;
      throw refusal(
        place,
        'table-unknown',
        `id must be one of ${ids.join(', ')}`,
        shown(id),
        nearest && shown(nearest),
      );
    }
    return tableOf(
      CATALOG.filter((table) => table.id === id),
      edition,
      place,
    );
  }

  private constructor() {
    // only static members
  }
}
