import { CATALOG } from '../catalog/catalog';
import { nearestName } from '../model/nearest-name';
import type { PortTable } from '../model/port-table';
import { refusal, shown } from '../model/refusal';
import { frozen } from '../model/table-copy';
import { tableOf } from './editions';

/** The port tables of this package: every table, in every edition of its document. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- jsii exports no bare constants
export class PortTables {
  /** What Metrics Server needs, for `DocumentedPortRules`: the roles `control-plane`, `worker` and `metrics-server`. */
  public static readonly METRICS_SERVER: PortTable = tableOf('metrics-server', undefined, 'PortTables');

  /**
   * What a Rancher server needs, for `DocumentedPortRules`: the roles `rancher`, `rancher-client`, `registered-cluster` and
   * `tls-proxy`.
   */
  public static readonly RANCHER: PortTable = tableOf('rancher', undefined, 'PortTables');

  /** Returns all tables; of the editions of one table, the default one comes first. */
  public static all(): PortTable[] {
    return CATALOG.map(frozen);
  }

  /**
   * Finds a table.
   * @param id as `kubeadm-flannel`
   * @param edition the year and month of its document; the default edition without one
   */
  public static named(id: string, edition?: string): PortTable {
    const place = 'PortTables.named';
    const ids = [...new Set(CATALOG.map((table) => table.id))];
    if (!ids.includes(id)) {
      const nearest = typeof id === 'string' ? nearestName(id, ids) : undefined;
      throw refusal(place, `id must be one of ${ids.join(', ')}`, shown(id), nearest && shown(nearest));
    }
    return tableOf(id, edition, place);
  }
}
