// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `CanonicalKubernetesRules`.
 *
 * Rows: `api-server`, `cilium-health`, `k8sd`, `hubble`, `kubelet`, `cilium-vxlan`, `etcd-client`, `etcd-peer`,
 * `cilium-operator-metrics`, `controller-manager`, `scheduler`. Editions: `2026-07` (default).
 */
export interface CanonicalKubernetesRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "control plane nodes". */
  readonly controlPlane: IHostGroup;
  /** The machines that the document calls "worker nodes". */
  readonly worker: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "clients of the Kubernetes API server".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /**
   * The IP ranges or machines that the document calls "Prometheus".
   * @default - none; needed unless `omit` has its rows
   */
  readonly prometheus?: IPeer;
}

/**
 * Opens the ports of Canonical Kubernetes, as "Services and ports; How to configure Uncomplicated Firewall (UFW)" documents them:
 * https://github.com/canonical/k8s-snap/blob/d924cc27f36cc087cd7ba32757b6fccfa77b5589/docs/canonicalk8s/snap/reference/ports-and-services.md
 *
 * Opened: 6443/tcp to control plane nodes from control plane nodes, worker nodes and clients of the Kubernetes API server;
 * 4240/tcp, 6400/tcp, 4244/tcp, 10250/tcp, 8472/udp to control plane nodes from control plane nodes and worker nodes; 2379/tcp,
 * 2380/tcp to control plane nodes from control plane nodes; 4240/tcp, 6400/tcp, 4244/tcp, 10250/tcp, 8472/udp to worker nodes
 * from control plane nodes and worker nodes; 9963/tcp, 10257/tcp, 10259/tcp to control plane nodes from Prometheus.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `role-missing`, `row-unknown` and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new CanonicalKubernetesRules(stack, 'canonical-kubernetes', {
 *   controlPlane: firewall.networkTag('control-plane'),
 *   worker: firewall.networkTag('worker'),
 *   client: Peer.named('client', '10.3.0.0/16'),
 *   prometheus: Peer.named('prometheus', '10.4.0.0/16'),
 * });
 */
export class CanonicalKubernetesRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('canonical-kubernetes')[0]);
  }

  constructor(scope: Construct, id: string, props: CanonicalKubernetesRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('canonical-kubernetes', props));
  }
}
