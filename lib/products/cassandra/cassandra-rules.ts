// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `CassandraRules`.
 *
 * Rows: `cluster`, `cluster-ssl`, `native`, `jmx`. Editions: `2026-11` (default).
 */
export interface CassandraRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "Cassandra nodes". */
  readonly node: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "native protocol clients".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /**
   * The IP ranges or machines that the document calls "nodetool and other JMX clients".
   * @default - none; needed with `remoteJmx` true
   */
  readonly jmxClient?: IPeer;
  /**
   * The legacy SSL port between nodes. `true` opens `cluster-ssl` (7001/tcp).
   * @default false
   */
  readonly sslStoragePort?: boolean;
  /**
   * JMX from other machines. `true` opens `jmx` (7199/tcp).
   * @default false
   */
  readonly remoteJmx?: boolean;
}

/**
 * Opens the ports of Apache Cassandra, as "Frequently Asked Questions: What ports does Cassandra use?" documents them:
 * https://github.com/apache/cassandra/blob/711580ed415d25688cc7ef1058f772c1018c0b1c/doc/modules/cassandra/pages/overview/faq/index.adoc
 *
 * Opened by default: 7000/tcp to Cassandra nodes from Cassandra nodes; 9042/tcp to Cassandra nodes from native protocol clients.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new CassandraRules(stack, 'cassandra', {
 *   node: firewall.networkTag('node'),
 *   client: Peer.named('client', '10.2.0.0/16'),
 * });
 */
export class CassandraRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('cassandra')[0]);
  }

  constructor(scope: Construct, id: string, props: CassandraRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('cassandra', props));
  }
}
