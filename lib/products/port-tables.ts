import { nearestName, readOnlyDeep, refusal, shown } from '../input';
import { type PortTable, tableOf } from '../tables';
import { allTables, editionsOf, TABLE_IDS } from './catalog';

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
    const place = 'PortTables.named';
    if (!TABLE_IDS.includes(id)) {
      const nearest = typeof id === 'string' ? nearestName(id, TABLE_IDS) : undefined;
      throw refusal(
        place,
        'table-unknown',
        `id must be one of ${TABLE_IDS.join(', ')}`,
        shown(id),
        nearest && shown(nearest),
      );
    }
    return tableOf(editionsOf(id), edition, place);
  }

  private constructor() {
    // only static members
  }
}
