// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `ZooKeeperRules`.
 *
 * Rows: `client`, `quorum`, `election`, `admin-server`, `metrics`. Editions: `2026-07` (default).
 */
export interface ZooKeeperRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "clients".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /** The machines that the document calls "machines of the ZooKeeper ensemble". */
  readonly server: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "administrative systems".
   * @default - none; needed with `adminServer` true
   */
  readonly administrator?: IPeer;
  /**
   * The IP ranges or machines that the document calls "Prometheus".
   * @default - none; needed with `prometheusMetrics` true
   */
  readonly prometheus?: IPeer;
  /**
   * More than one server. `true` opens `quorum` (2888/tcp), `election` (3888/tcp).
   * @default true
   */
  readonly ensemble?: boolean;
  /**
   * The AdminServer. `true` opens `admin-server` (8080/tcp).
   * @default false
   */
  readonly adminServer?: boolean;
  /**
   * The Prometheus exporter. `true` opens `metrics` (7000/tcp).
   * @default false
   */
  readonly prometheusMetrics?: boolean;
}

/**
 * Opens the ports of Apache ZooKeeper, as "Administrators Guide: Deployment, Commands, Monitor and Audit Logs" documents them:
 * https://github.com/apache/zookeeper/blob/53a78e36f99602162643303ab330377fc383b41f/zookeeper-website/app/pages/_docs/docs/_mdx/admin-ops/administrators-guide/deployment.mdx
 *
 * Opened by default: 2181/tcp to machines of the ZooKeeper ensemble from clients; 2888/tcp, 3888/tcp to machines of the ZooKeeper
 * ensemble from machines of the ZooKeeper ensemble.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new ZooKeeperRules(stack, 'zookeeper', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   server: firewall.networkTag('server'),
 * });
 */
export class ZooKeeperRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('zookeeper')[0]);
  }

  constructor(scope: Construct, id: string, props: ZooKeeperRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('zookeeper', props));
  }
}
