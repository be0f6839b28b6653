// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `OpenEBSRules`.
 *
 * Rows: `io-engine-grpc`, `nvmf-target-replica`, `nvmf-target`, `ha-node-grpc`, `csi-node-grpc`, `core-grpc`, `ha-cluster-grpc`,
 * `rest-https`, `rest`, `etcd`, `io-engine-metrics`. Editions: `2026-07` (default).
 */
export interface OpenEBSRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "worker nodes without an io-engine pod". */
  readonly worker: IHostGroup;
  /** The machines that the document calls "worker nodes with an io-engine pod". */
  readonly ioEngine: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Prometheus".
   * @default - none; needed with `metrics` true
   */
  readonly prometheus?: IPeer;
  /**
   * The metrics exporter of the io-engine pods. `true` opens `io-engine-metrics` (9502/tcp).
   * @default true
   */
  readonly metrics?: boolean;
}

/**
 * Opens the ports of OpenEBS, as "OpenEBS Prerequisites: Replicated PV Mayastor, Network Requirements; Helm chart of Mayastor"
 * documents them:
 * https://github.com/openebs/website/blob/2eda012ce1a092a4afbe064635d980231b2ee025/docs/main/quickstart-guide/prerequisites.md
 *
 * Opened by default: 10124/tcp, 8420/tcp, 4421/tcp, 50053/tcp, 10199/tcp, 50051/tcp, 50052/tcp, 8080/tcp, 8081/tcp, 2379/tcp to
 * worker nodes with an io-engine pod from worker nodes without an io-engine pod and worker nodes with an io-engine pod;
 * 50053/tcp, 10199/tcp, 50051/tcp, 50052/tcp, 8080/tcp, 8081/tcp, 2379/tcp to worker nodes without an io-engine pod from worker
 * nodes without an io-engine pod and worker nodes with an io-engine pod; 9502/tcp to worker nodes with an io-engine pod from
 * Prometheus.
 *
 * Ports of pods: `core-grpc`, `ha-cluster-grpc`, `rest-https`, `rest`, `etcd`. A firewall of machines sees them only if pods have
 * IP addresses of its network; under an overlay it sees only the encapsulation.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new OpenEBSRules(stack, 'openebs', {
 *   worker: firewall.networkTag('worker'),
 *   ioEngine: firewall.networkTag('io-engine'),
 *   prometheus: Peer.named('prometheus', '10.3.0.0/16'),
 * });
 */
export class OpenEBSRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('openebs')[0]);
  }

  constructor(scope: Construct, id: string, props: OpenEBSRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('openebs', props));
  }
}
