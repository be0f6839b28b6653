// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `KafkaRules`.
 *
 * Rows: `broker`, `controller`, `connect-api`. Editions: `2026-11` (default).
 */
export interface KafkaRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "producers and consumers".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /** The machines that the document calls "brokers". */
  readonly broker: IHostGroup;
  /** The machines that the document calls "controllers". */
  readonly controller: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "admin clients of the controllers".
   * @default - none; needed unless `omit` has its rows
   */
  readonly adminClient?: IPeer;
  /**
   * The machines that the document calls "Kafka Connect workers".
   * @default - none; needed with `withConnect` true
   */
  readonly connect?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "clients of the REST API of Kafka Connect".
   * @default - none; needed with `withConnect` true
   */
  readonly connectClient?: IPeer;
  /**
   * Kafka Connect. `true` opens `broker` (9092/tcp), `connect-api` (8083/tcp).
   * @default false
   */
  readonly withConnect?: boolean;
}

/**
 * Opens the ports of Apache Kafka, as "Configuration files of brokers, controllers and Kafka Connect (KRaft)" documents them:
 * https://github.com/apache/kafka/blob/4a814a69d9b7a3b40ae5902d37da21ca8468ec05/config/broker.properties
 *
 * Opened by default: 9092/tcp to brokers from producers and consumers and brokers; 9093/tcp to controllers from brokers,
 * controllers and admin clients of the controllers.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new KafkaRules(stack, 'kafka', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   broker: firewall.networkTag('broker'),
 *   controller: firewall.networkTag('controller'),
 *   adminClient: Peer.named('admin-client', '10.4.0.0/16'),
 * });
 */
export class KafkaRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('kafka')[0]);
  }

  constructor(scope: Construct, id: string, props: KafkaRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('kafka', props));
  }
}
