// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `StrimziRules`.
 *
 * Rows: `control-plane`, `replication`, `kafka-agent`, `client-listener`, `tls-listener`, `cruise-control-api`, `connect-api`,
 * `bridge`, `metrics`, `bridge-management`, `jmx`. Editions: `2026-08` (default).
 */
export interface StrimziRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "Kafka brokers and controllers". */
  readonly kafka: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Cluster Operator".
   * @default - none; needed unless `omit` has its rows
   */
  readonly clusterOperator?: IPeer;
  /**
   * The IP ranges or machines that the document calls "Topic Operator and User Operator".
   * @default - none; needed with `withEntityOperator` true, or with `withCruiseControl` true
   */
  readonly entityOperator?: IPeer;
  /**
   * The machines that the document calls "Kafka Exporter".
   * @default - none; needed with `withKafkaExporter` true, or with `metrics` true and `withKafkaExporter` true
   */
  readonly kafkaExporter?: IHostGroup;
  /**
   * The machines that the document calls "Cruise Control".
   * @default - none; needed with `withCruiseControl` true, or with `metrics` true and `withCruiseControl` true
   */
  readonly cruiseControl?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "clients of the Kafka brokers".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /**
   * The machines that the document calls "Kafka Connect".
   * @default - none; needed with `withKafkaConnect` true, or with `metrics` true and `withKafkaConnect` true, or with `jmx` true
   * and `withKafkaConnect` true
   */
  readonly kafkaConnect?: IHostGroup;
  /**
   * The machines that the document calls "HTTP Bridge".
   * @default - none; needed with `withHttpBridge` true, or with `metrics` true and `withHttpBridge` true
   */
  readonly httpBridge?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "clients of the Kafka Connect API".
   * @default - none; needed with `withKafkaConnect` true
   */
  readonly connectClient?: IPeer;
  /**
   * The IP ranges or machines that the document calls "clients of the HTTP Bridge".
   * @default - none; needed with `withHttpBridge` true
   */
  readonly httpClient?: IPeer;
  /**
   * The IP ranges or machines that the document calls "Prometheus".
   * @default - none; needed with `metrics` true, or with `metrics` true and `withCruiseControl` true, or with `metrics` true and
   * `withKafkaConnect` true, or with `metrics` true and `withKafkaExporter` true, or with `metrics` true and `withHttpBridge`
   * true
   */
  readonly prometheus?: IPeer;
  /**
   * The IP ranges or machines that the document calls "JMX clients".
   * @default - none; needed with `jmx` true, or with `jmx` true and `withKafkaConnect` true
   */
  readonly jmxClient?: IPeer;
  /**
   * Topic Operator or User Operator. `true` opens `replication` (9091/tcp).
   * @default true
   */
  readonly withEntityOperator?: boolean;
  /**
   * Kafka Exporter. `true` opens `replication` (9091/tcp), `metrics` (9404/tcp, with `metrics` true).
   * @default false
   */
  readonly withKafkaExporter?: boolean;
  /**
   * Cruise Control. `true` opens `replication` (9091/tcp), `cruise-control-api` (9090/tcp), `metrics` (9404/tcp, with `metrics`
   * true).
   * @default false
   */
  readonly withCruiseControl?: boolean;
  /**
   * A listener with TLS for clients. `true` opens `tls-listener` (9093/tcp).
   * @default false
   */
  readonly tlsListener?: boolean;
  /**
   * Kafka Connect. `true` opens `client-listener` (9092/tcp), `connect-api` (8083/tcp), `metrics` (9404/tcp, with `metrics`
   * true), `jmx` (9999/tcp, with `jmx` true).
   * @default false
   */
  readonly withKafkaConnect?: boolean;
  /**
   * HTTP Bridge. `true` opens `client-listener` (9092/tcp), `bridge` (8080/tcp), `bridge-management` (8081/tcp, with `metrics`
   * true).
   * @default false
   */
  readonly withHttpBridge?: boolean;
  /**
   * Prometheus metrics. `true` opens `metrics` (9404/tcp), `metrics` (9404/tcp, with `withCruiseControl` true), `metrics`
   * (9404/tcp, with `withKafkaConnect` true), `metrics` (9404/tcp, with `withKafkaExporter` true), `bridge-management` (8081/tcp,
   * with `withHttpBridge` true).
   * @default false
   */
  readonly metrics?: boolean;
  /**
   * The JMX port. `true` opens `jmx` (9999/tcp), `jmx` (9999/tcp, with `withKafkaConnect` true).
   * @default false
   */
  readonly jmx?: boolean;
}

/**
 * Opens the ports of Strimzi, as "Strimzi: Managing TLS certificates and the ports of secure communication" documents them:
 * https://github.com/strimzi/strimzi-kafka-operator/blob/8541da1e336bdcda9647aeacfbc2048e57580a52/documentation/assemblies/security/assembly-security.adoc
 *
 * Opened by default: 9090/tcp to Kafka brokers and controllers from Kafka brokers and controllers and Cluster Operator; 9091/tcp
 * to Kafka brokers and controllers from Kafka brokers and controllers, Cluster Operator and Topic Operator and User Operator;
 * 8443/tcp to Kafka brokers and controllers from Cluster Operator; 9092/tcp to Kafka brokers and controllers from clients of the
 * Kafka brokers.
 *
 * Ports of pods: `control-plane`, `replication`, `kafka-agent`, `client-listener`, `tls-listener`, `cruise-control-api`,
 * `connect-api`, `bridge`, `metrics`, `bridge-management`, `jmx`. A firewall of machines sees them only if pods have IP addresses
 * of its network; under an overlay it sees only the encapsulation.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new StrimziRules(stack, 'strimzi', {
 *   kafka: firewall.networkTag('kafka'),
 *   clusterOperator: Peer.named('cluster-operator', '10.2.0.0/16'),
 *   entityOperator: Peer.named('entity-operator', '10.3.0.0/16'),
 *   client: Peer.named('client', '10.4.0.0/16'),
 * });
 */
export class StrimziRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('strimzi')[0]);
  }

  constructor(scope: Construct, id: string, props: StrimziRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('strimzi', props));
  }
}
