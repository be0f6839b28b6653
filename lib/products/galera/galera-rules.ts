// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `GaleraRules`.
 *
 * Rows: `mysql`, `replication`, `replication-multicast`, `ist`, `sst`. Editions: `2025-01` (default).
 */
export interface GaleraRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "MySQL clients".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /** The machines that the document calls "nodes of the cluster". */
  readonly node: IHostGroup;
  /**
   * Multicast replication. `true` opens `replication-multicast` (4567/udp).
   * @default false
   */
  readonly multicast?: boolean;
}

/**
 * Opens the ports of Galera Cluster, as "Firewall Settings; Firewall Configuration with iptables" documents them:
 * https://github.com/codership/documentation/blob/49dffcc077ea84db61d9566f79953b38bc804620/galeracluster/source/documentation/firewall-settings.rst
 *
 * Opened by default: 3306/tcp to nodes of the cluster from MySQL clients and nodes of the cluster; 4567/tcp, 4568/tcp, 4444/tcp
 * to nodes of the cluster from nodes of the cluster.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new GaleraRules(stack, 'galera', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   node: firewall.networkTag('node'),
 * });
 */
export class GaleraRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('galera')[0]);
  }

  constructor(scope: Construct, id: string, props: GaleraRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('galera', props));
  }
}
