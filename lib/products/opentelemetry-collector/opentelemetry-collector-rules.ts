// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `OpenTelemetryCollectorRules`.
 *
 * Rows: `otlp`, `otlp-http`, `jaeger-compact`, `jaeger-thrift`, `jaeger-grpc`, `zipkin`, `metrics`. Editions: `0.170` (default).
 */
export interface OpenTelemetryCollectorRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "applications that send telemetry".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /** The machines that the document calls "nodes on which the collector runs". */
  readonly collector: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Prometheus".
   * @default - none; needed with `metrics` true
   */
  readonly prometheus?: IPeer;
  /**
   * The metrics port is enabled. `true` opens `metrics` (8888/tcp).
   * @default false
   */
  readonly metrics?: boolean;
}

/**
 * Opens the ports of OpenTelemetry Collector, as "OpenTelemetry Collector Helm chart: ports" documents them:
 * https://github.com/open-telemetry/opentelemetry-helm-charts/blob/dd5665c06f376c00a5e2147aa84b70c3d105ecfb/charts/opentelemetry-collector/values.yaml
 *
 * Opened by default: 4317/tcp, 4318/tcp, 6831/udp, 14268/tcp, 14250/tcp, 9411/tcp to nodes on which the collector runs from
 * applications that send telemetry.
 *
 * Ports of pods: `metrics`. A firewall of machines sees them only if pods have IP addresses of its network; under an overlay it
 * sees only the encapsulation.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new OpenTelemetryCollectorRules(stack, 'opentelemetry-collector', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   collector: firewall.networkTag('collector'),
 * });
 */
export class OpenTelemetryCollectorRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('opentelemetry-collector')[0]);
  }

  constructor(scope: Construct, id: string, props: OpenTelemetryCollectorRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('opentelemetry-collector', props));
  }
}
