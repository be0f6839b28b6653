// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `tls` of `RabbitMQRules`. TLS for client connections. */
export enum RabbitMQTls {
  /**
   * Opens `amqp` (5672/tcp), `stream` (5552/tcp, with `stream` true), `management` (15672/tcp, with `management` true), `stomp`
   * (61613/tcp, with `stomp` true), `mqtt` (1883/tcp, with `mqtt` true), `metrics` (15692/tcp, with `metrics` true).
   */
  NONE = 'none',
  /**
   * Opens `amqp` (5672/tcp), `amqps` (5671/tcp), `stream` (5552/tcp, with `stream` true), `stream-tls` (5551/tcp, with `stream`
   * true), `management` (15672/tcp, with `management` true), `management-tls` (15671/tcp, with `management` true), `stomp`
   * (61613/tcp, with `stomp` true), `stomp-tls` (61614/tcp, with `stomp` true), `mqtt` (1883/tcp, with `mqtt` true), `mqtt-tls`
   * (8883/tcp, with `mqtt` true), `metrics` (15692/tcp, with `metrics` true), `metrics-tls` (15691/tcp, with `metrics` true).
   */
  BOTH = 'both',
  /**
   * Opens `amqps` (5671/tcp), `stream-tls` (5551/tcp, with `stream` true), `management-tls` (15671/tcp, with `management` true),
   * `stomp-tls` (61614/tcp, with `stomp` true), `mqtt-tls` (8883/tcp, with `mqtt` true), `metrics-tls` (15691/tcp, with `metrics`
   * true).
   */
  ONLY = 'only',
}

/**
 * The props of `RabbitMQRules`.
 *
 * Rows: `epmd`, `distribution`, `stream-replication`, `amqp`, `amqps`, `stream`, `stream-tls`, `management`, `management-tls`,
 * `stomp`, `stomp-tls`, `mqtt`, `mqtt-tls`, `web-stomp`, `web-mqtt`, `metrics`, `metrics-tls`. Editions: `4.3` (default).
 */
export interface RabbitMQRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "RabbitMQ nodes". */
  readonly node: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "hosts with CLI tools".
   * @default - none; needed unless `omit` has its rows
   */
  readonly cli?: IPeer;
  /**
   * The IP ranges or machines that the document calls "AMQP 0-9-1 and AMQP 1.0 clients".
   * @default - none; needed with `tls` none or both, or with `tls` both or only
   */
  readonly client?: IPeer;
  /**
   * The IP ranges or machines that the document calls "clients of the RabbitMQ Stream protocol".
   * @default - none; needed with `stream` true and `tls` none or both, or with `stream` true and `tls` both or only
   */
  readonly streamClient?: IPeer;
  /**
   * The IP ranges or machines that the document calls "HTTP API clients, users of the management UI and rabbitmqadmin".
   * @default - none; needed with `management` true and `tls` none or both, or with `management` true and `tls` both or only
   */
  readonly managementClient?: IPeer;
  /**
   * The IP ranges or machines that the document calls "STOMP clients".
   * @default - none; needed with `stomp` true and `tls` none or both, or with `stomp` true and `tls` both or only
   */
  readonly stompClient?: IPeer;
  /**
   * The IP ranges or machines that the document calls "MQTT clients".
   * @default - none; needed with `mqtt` true and `tls` none or both, or with `mqtt` true and `tls` both or only
   */
  readonly mqttClient?: IPeer;
  /**
   * The IP ranges or machines that the document calls "STOMP-over-WebSockets clients".
   * @default - none; needed with `webStomp` true
   */
  readonly webStompClient?: IPeer;
  /**
   * The IP ranges or machines that the document calls "MQTT-over-WebSockets clients".
   * @default - none; needed with `webMqtt` true
   */
  readonly webMqttClient?: IPeer;
  /**
   * The IP ranges or machines that the document calls "Prometheus".
   * @default - none; needed with `metrics` true and `tls` none or both, or with `metrics` true and `tls` both or only
   */
  readonly prometheus?: IPeer;
  /**
   * TLS for client connections.
   * @default RabbitMQTls.NONE
   */
  readonly tls?: RabbitMQTls;
  /**
   * The Stream plugin. `true` opens `stream` (5552/tcp, with `tls` none or both), `stream-tls` (5551/tcp, with `tls` both or
   * only).
   * @default false
   */
  readonly stream?: boolean;
  /**
   * The management plugin. `true` opens `management` (15672/tcp, with `tls` none or both), `management-tls` (15671/tcp, with
   * `tls` both or only).
   * @default false
   */
  readonly management?: boolean;
  /**
   * The STOMP plugin. `true` opens `stomp` (61613/tcp, with `tls` none or both), `stomp-tls` (61614/tcp, with `tls` both or
   * only).
   * @default false
   */
  readonly stomp?: boolean;
  /**
   * The MQTT plugin. `true` opens `mqtt` (1883/tcp, with `tls` none or both), `mqtt-tls` (8883/tcp, with `tls` both or only).
   * @default false
   */
  readonly mqtt?: boolean;
  /**
   * The Web STOMP plugin. `true` opens `web-stomp` (15674/tcp).
   * @default false
   */
  readonly webStomp?: boolean;
  /**
   * The Web MQTT plugin. `true` opens `web-mqtt` (15675/tcp).
   * @default false
   */
  readonly webMqtt?: boolean;
  /**
   * The Prometheus plugin. `true` opens `metrics` (15692/tcp, with `tls` none or both), `metrics-tls` (15691/tcp, with `tls` both
   * or only).
   * @default false
   */
  readonly metrics?: boolean;
}

/**
 * Opens the ports of RabbitMQ, as "Networking and RabbitMQ" documents them:
 * https://github.com/rabbitmq/rabbitmq-website/blob/71a78d9ecb40805af6bbdc0ee8758e8b31dc9aab/versioned_docs/version-4.3/networking.md
 *
 * Opened by default: 4369/tcp, 25672/tcp to RabbitMQ nodes from RabbitMQ nodes and hosts with CLI tools; 6000-6500/tcp to
 * RabbitMQ nodes from RabbitMQ nodes; 5672/tcp to RabbitMQ nodes from AMQP 0-9-1 and AMQP 1.0 clients.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new RabbitMQRules(stack, 'rabbitmq', {
 *   node: firewall.networkTag('node'),
 *   cli: Peer.named('cli', '10.2.0.0/16'),
 *   client: Peer.named('client', '10.3.0.0/16'),
 * });
 */
export class RabbitMQRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('rabbitmq')[0]);
  }

  constructor(scope: Construct, id: string, props: RabbitMQRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('rabbitmq', props));
  }
}
