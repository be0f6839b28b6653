// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `KubePrometheusRules`.
 *
 * Rows: `alertmanager`, `alertmanager-reloader`, `alertmanager-mesh`, `blackbox-exporter`, `blackbox-exporter-probe`, `grafana`,
 * `kube-state-metrics`, `kube-state-metrics-self`, `node-exporter`, `prometheus`, `prometheus-reloader`, `prometheus-operator`,
 * `resource-metrics`. Editions: `2026-08` (default).
 */
export interface KubePrometheusRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "prometheus". */
  readonly prometheus: IHostGroup;
  /** The machines that the document calls "alertmanager". */
  readonly alertmanager: IHostGroup;
  /** The machines that the document calls "blackbox-exporter". */
  readonly blackboxExporter: IHostGroup;
  /** The machines that the document calls "grafana". */
  readonly grafana: IHostGroup;
  /** The machines that the document calls "kube-state-metrics". */
  readonly kubeStateMetrics: IHostGroup;
  /** The machines that the document calls "node-exporter". */
  readonly node: IHostGroup;
  /** The machines that the document calls "prometheus-adapter". */
  readonly prometheusAdapter: IHostGroup;
  /** The machines that the document calls "prometheus-operator". */
  readonly prometheusOperator: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Kubernetes".
   * @default - none; needed unless `omit` has its rows
   */
  readonly kubernetesApi?: IPeer;
}

/**
 * Opens the ports of kube-prometheus, as "Network policies of kube-prometheus" documents them:
 * https://github.com/prometheus-operator/kube-prometheus/tree/4d719f1dea8853540b3823ab1fbe6be74a9953b3/manifests
 *
 * Opened: 9093/tcp, 8080/tcp to alertmanager from prometheus; 9094/tcp+udp to alertmanager from alertmanager; 9115/tcp, 19115/tcp
 * to blackbox-exporter from prometheus; 3000/tcp to grafana from prometheus; 8443/tcp, 9443/tcp to kube-state-metrics from
 * prometheus; 9100/tcp to node-exporter from prometheus; 9090/tcp to prometheus from prometheus, prometheus-adapter and grafana;
 * 8080/tcp to prometheus from prometheus; 8443/tcp to prometheus-operator from prometheus; 6443/tcp to prometheus-adapter from
 * Kubernetes.
 *
 * Ports of pods: `alertmanager`, `alertmanager-reloader`, `alertmanager-mesh`, `blackbox-exporter`, `blackbox-exporter-probe`,
 * `grafana`, `kube-state-metrics`, `kube-state-metrics-self`, `prometheus`, `prometheus-reloader`, `prometheus-operator`,
 * `resource-metrics`. A firewall of machines sees them only if pods have IP addresses of its network; under an overlay it sees
 * only the encapsulation.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `role-missing`, `row-unknown` and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new KubePrometheusRules(stack, 'kube-prometheus', {
 *   prometheus: firewall.networkTag('prometheus'),
 *   alertmanager: firewall.networkTag('alertmanager'),
 *   blackboxExporter: firewall.networkTag('blackbox-exporter'),
 *   grafana: firewall.networkTag('grafana'),
 *   kubeStateMetrics: firewall.networkTag('kube-state-metrics'),
 *   node: firewall.networkTag('node'),
 *   prometheusAdapter: firewall.networkTag('prometheus-adapter'),
 *   prometheusOperator: firewall.networkTag('prometheus-operator'),
 *   kubernetesApi: Peer.named('kubernetes-api', '10.9.0.0/16'),
 * });
 */
export class KubePrometheusRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('kube-prometheus')[0]);
  }

  constructor(scope: Construct, id: string, props: KubePrometheusRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('kube-prometheus', props));
  }
}
