// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `IstioRules`.
 *
 * Rows: `webhook`, `xds-plaintext`, `xds-tls`, `istiod-metrics`, `hbone`, `merged-metrics`, `envoy-metrics`, `health`. Editions:
 * `2026-11` (default).
 */
export interface IstioRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "master".
   * @default - none; needed unless `omit` has its rows
   */
  readonly kubernetesApi?: IPeer;
  /** The machines that the document calls "Istio control plane (istiod)". */
  readonly istiod: IHostGroup;
  /** The machines that the document calls "pods with the Istio sidecar proxy (Envoy) or in the ambient mesh". */
  readonly workload: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Prometheus".
   * @default - none; needed with `metrics` true
   */
  readonly prometheus?: IPeer;
  /**
   * The IP ranges or machines that the document calls "sources of health checks".
   * @default - none; needed unless `omit` has its rows
   */
  readonly healthChecker?: IPeer;
  /**
   * XDS and CA services in plaintext, only for secure networks. `true` opens `xds-plaintext` (15010/tcp).
   * @default false
   */
  readonly plaintext?: boolean;
  /**
   * Prometheus telemetry and control plane monitoring. `true` opens `istiod-metrics` (15014/tcp), `merged-metrics` (15020/tcp),
   * `envoy-metrics` (15090/tcp).
   * @default true
   */
  readonly metrics?: boolean;
}

/**
 * Opens the ports of Istio, as "Application Requirements: Ports used by Istio" documents them:
 * https://github.com/istio/istio.io/blob/110ebf696be71648c50656f990e3b630aa2d6839/content/en/docs/ops/deployment/application-requirements/index.md
 *
 * Opened by default: 15017/tcp to Istio control plane (istiod) from master; 15012/tcp to Istio control plane (istiod) from pods
 * with the Istio sidecar proxy (Envoy) or in the ambient mesh; 15014/tcp to Istio control plane (istiod) from Prometheus;
 * 15008/tcp to pods with the Istio sidecar proxy (Envoy) or in the ambient mesh from pods with the Istio sidecar proxy (Envoy) or
 * in the ambient mesh; 15020/tcp, 15090/tcp to pods with the Istio sidecar proxy (Envoy) or in the ambient mesh from Prometheus;
 * 15021/tcp to pods with the Istio sidecar proxy (Envoy) or in the ambient mesh from sources of health checks.
 *
 * Ports of pods: `webhook`, `xds-plaintext`, `xds-tls`, `istiod-metrics`, `hbone`, `merged-metrics`, `envoy-metrics`, `health`. A
 * firewall of machines sees them only if pods have IP addresses of its network; under an overlay it sees only the encapsulation.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new IstioRules(stack, 'istio', {
 *   kubernetesApi: Peer.named('kubernetes-api', '10.1.0.0/16'),
 *   istiod: firewall.networkTag('istiod'),
 *   workload: firewall.networkTag('workload'),
 *   prometheus: Peer.named('prometheus', '10.4.0.0/16'),
 *   healthChecker: Peer.named('health-checker', '10.5.0.0/16'),
 * });
 */
export class IstioRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('istio')[0]);
  }

  constructor(scope: Construct, id: string, props: IstioRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('istio', props));
  }
}
