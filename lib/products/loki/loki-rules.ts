// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `LokiRules`.
 *
 * Rows: `gateway`, `http`, `grpc`, `memberlist`, `memcached`. Editions: `2026-08` (default).
 */
export interface LokiRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "log shippers and Grafana".
   * @default - none; needed with `withGateway` true, or with `withGateway` false
   */
  readonly client?: IPeer;
  /**
   * The machines that the document calls "gateway pods".
   * @default - none; needed with `withGateway` true
   */
  readonly gateway?: IHostGroup;
  /** The machines that the document calls "Loki pods". */
  readonly loki: IHostGroup;
  /**
   * The machines that the document calls "pods of the chunks cache and the results cache".
   * @default - none; needed with `caches` true
   */
  readonly memcached?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Prometheus".
   * @default - none; needed with `metrics` true
   */
  readonly prometheus?: IPeer;
  /**
   * The gateway. `true` opens `gateway` (8080/tcp), `http` (3100/tcp).
   * @default true
   */
  readonly withGateway?: boolean;
  /**
   * The chunks cache and the results cache. `true` opens `memcached` (11211/tcp).
   * @default true
   */
  readonly caches?: boolean;
  /**
   * Prometheus that scrapes Loki. `true` opens `http` (3100/tcp).
   * @default false
   */
  readonly metrics?: boolean;
}

/**
 * Opens the ports of Grafana Loki, as "Loki configuration parameters; Helm chart of Loki" documents them:
 * https://github.com/grafana/loki/blob/65e30f8488e8a5ea2013c6881675f8103a8f6bc7/production/helm/loki/values.yaml
 *
 * Opened by default: 8080/tcp to gateway pods from log shippers and Grafana; 3100/tcp to Loki pods from gateway pods and Loki
 * pods; 9095/tcp, 7946/tcp+udp to Loki pods from Loki pods; 11211/tcp to pods of the chunks cache and the results cache from Loki
 * pods.
 *
 * Ports of pods: `gateway`, `http`, `grpc`, `memberlist`, `memcached`. A firewall of machines sees them only if pods have IP
 * addresses of its network; under an overlay it sees only the encapsulation.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new LokiRules(stack, 'loki', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   gateway: firewall.networkTag('gateway'),
 *   loki: firewall.networkTag('loki'),
 *   memcached: firewall.networkTag('memcached'),
 * });
 */
export class LokiRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('loki')[0]);
  }

  constructor(scope: Construct, id: string, props: LokiRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('loki', props));
  }
}
