// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `PatroniRules`.
 *
 * Rows: `rest-api`, `postgresql`, `primary`, `replicas`, `statistics`. Editions: `2026-06` (default).
 */
export interface PatroniRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "nodes with Patroni and PostgreSQL". */
  readonly node: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "clients of PostgreSQL".
   * @default - none; needed with `withHaproxy` false, or with `withHaproxy` true
   */
  readonly client?: IPeer;
  /**
   * The machines that the document calls "HAProxy".
   * @default - none; needed with `withHaproxy` true
   */
  readonly haproxy?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "whoever reads the statistics of HAProxy".
   * @default - none; needed with `withHaproxy` true
   */
  readonly statisticsClient?: IPeer;
  /**
   * The IP ranges or machines that the document calls "machines that run patronictl".
   * @default - none; needed with `withRemotePatronictl` true
   */
  readonly patronictl?: IPeer;
  /**
   * The IP ranges or machines that the document calls "the monitoring system".
   * @default - none; needed with `withMonitoring` true
   */
  readonly monitoring?: IPeer;
  /**
   * HAProxy between the clients and the nodes. `true` opens `primary` (5000/tcp), `replicas` (5001/tcp), `postgresql` (5432/tcp),
   * `rest-api` (8008/tcp), `statistics` (7000/tcp).
   * @default false
   */
  readonly withHaproxy?: boolean;
  /**
   * Patronictl on machines other than the nodes. `true` opens `rest-api` (8008/tcp).
   * @default false
   */
  readonly withRemotePatronictl?: boolean;
  /**
   * A monitoring system that reads the REST API. `true` opens `rest-api` (8008/tcp).
   * @default false
   */
  readonly withMonitoring?: boolean;
}

/**
 * Opens the ports of Patroni, as "Patroni REST API; Patroni configuration" documents them:
 * https://github.com/patroni/patroni/blob/de6b22c800a4e5edb351482f0bf64415271003f6/docs/rest_api.rst
 *
 * Opened by default: 8008/tcp to nodes with Patroni and PostgreSQL from nodes with Patroni and PostgreSQL; 5432/tcp to nodes with
 * Patroni and PostgreSQL from nodes with Patroni and PostgreSQL and clients of PostgreSQL.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new PatroniRules(stack, 'patroni', {
 *   node: firewall.networkTag('node'),
 *   client: Peer.named('client', '10.2.0.0/16'),
 * });
 */
export class PatroniRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('patroni')[0]);
  }

  constructor(scope: Construct, id: string, props: PatroniRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('patroni', props));
  }
}
