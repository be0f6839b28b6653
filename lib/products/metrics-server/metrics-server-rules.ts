// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `MetricsServerRules`.
 *
 * Rows: `metrics-api`, `kubelet`. Editions: `2026-07` (default).
 */
export interface MetricsServerRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "the control plane". */
  readonly controlPlane: IHostGroup;
  /** The machines that the document calls "Metrics Server". */
  readonly metricsServer: IHostGroup;
  /** The machines that the document calls "worker nodes". */
  readonly worker: IHostGroup;
}

/**
 * Opens the ports of Kubernetes Metrics Server, as "Kubernetes Metrics Server: Requirements" documents them:
 * https://github.com/kubernetes-sigs/metrics-server/blob/2a7c4b2c7d46552ff47f4aeaa3a735c582587ecd/README.md#requirements
 *
 * Opened: 10250/tcp to Metrics Server from the control plane; 10250/tcp to the control plane from Metrics Server; 10250/tcp to
 * worker nodes from Metrics Server.
 *
 * Ports of pods: `metrics-api`.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `row-unknown` and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new MetricsServerRules(stack, 'metrics-server', {
 *   controlPlane: firewall.networkTag('control-plane'),
 *   metricsServer: firewall.networkTag('metrics-server'),
 *   worker: firewall.networkTag('worker'),
 * });
 */
export class MetricsServerRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('metrics-server')[0]);
  }

  constructor(scope: Construct, id: string, props: MetricsServerRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('metrics-server', props));
  }
}
