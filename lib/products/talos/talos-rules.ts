// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `cni` of `TalosRules`. The CNI plugin, or none for a plugin of your own. */
export enum TalosCni {
  /** Opens `vxlan` (4789/udp). */
  FLANNEL = 'flannel',
  /** Opens `vxlan` (4789/udp). */
  CALICO = 'calico',
  /** Opens `cilium-vxlan` (8472/udp). */
  CILIUM = 'cilium',
  /** Opens nothing in addition. */
  NONE = 'none',
}

/**
 * The props of `TalosRules`.
 *
 * Rows: `apid`, `api-server`, `etcd`, `kubelet`, `vxlan`, `cilium-vxlan`, `kubespan`, `trustd`. Editions: `1.13` (default).
 */
export interface TalosRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "talosctl and clients of the Kubernetes API".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /** The machines that the document calls "Control plane node(s)". */
  readonly controlPlane: IHostGroup;
  /** The machines that the document calls "Worker node(s)". */
  readonly worker: IHostGroup;
  /**
   * The CNI plugin, or none for a plugin of your own.
   * @default TalosCni.FLANNEL
   */
  readonly cni?: TalosCni;
  /**
   * KubeSpan. `true` opens `kubespan` (51820/udp).
   * @default false
   */
  readonly kubespan?: boolean;
  /**
   * Workers receive their initial configuration via talosctl. `true` opens `apid` (50000/tcp).
   * @default false
   */
  readonly initialConfiguration?: boolean;
}

/**
 * Opens the ports of Talos Linux, as "Network Connectivity; Ingress Firewall" documents them:
 * https://github.com/siderolabs/docs/blob/5debdd92a90410bbc1b482eacb17361c0554d2ec/public/talos/v1.13/learn-more/talos-network-connectivity.mdx
 *
 * Opened by default: 50000/tcp to Control plane node(s) from talosctl and clients of the Kubernetes API and Control plane
 * node(s); 6443/tcp to Control plane node(s) from talosctl and clients of the Kubernetes API, Control plane node(s) and Worker
 * node(s); 2379-2380/tcp to Control plane node(s) from Control plane node(s); 10250/tcp, 4789/udp to Control plane node(s) from
 * Control plane node(s) and Worker node(s); 50001/tcp to Control plane node(s) from Worker node(s); 50000/tcp to Worker node(s)
 * from Control plane node(s); 10250/tcp, 4789/udp to Worker node(s) from Control plane node(s) and Worker node(s).
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new TalosRules(stack, 'talos', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   controlPlane: firewall.networkTag('control-plane'),
 *   worker: firewall.networkTag('worker'),
 * });
 */
export class TalosRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('talos')[0]);
  }

  constructor(scope: Construct, id: string, props: TalosRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('talos', props));
  }
}
