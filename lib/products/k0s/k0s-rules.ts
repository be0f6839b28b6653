// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `cni` of `K0sRules`. The network provider. */
export enum K0sCni {
  /** Opens `kube-router-bgp` (179/tcp). */
  KUBE_ROUTER = 'kube-router',
  /** Opens `calico-vxlan` (4789/udp). */
  CALICO = 'calico',
  /** Opens nothing in addition. */
  CUSTOM = 'custom',
}

/**
 * The props of `K0sRules`.
 *
 * Rows: `etcd`, `k0s-api`, `keepalived`, `api-server`, `konnectivity`, `kube-router-bgp`, `calico-vxlan`, `kubelet`. Editions:
 * `2025-10` (default).
 */
export interface K0sRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "controller". */
  readonly controller: IHostGroup;
  /** The machines that the document calls "worker". */
  readonly worker: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "CLI".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /**
   * The network provider.
   * @default K0sCni.KUBE_ROUTER
   */
  readonly cni?: K0sCni;
  /**
   * Control plane load balancing with VRRPInstances. `true` opens `keepalived` (112/ip).
   * @default false
   */
  readonly keepalived?: boolean;
}

/**
 * Opens the ports of k0s, as "Networking: Required ports and protocols" documents them:
 * https://github.com/k0sproject/k0s/blob/dff90cee9a6e8e22c6d0f3efef0f9a77fc223be4/docs/networking.md
 *
 * Opened by default: 2380/tcp, 9443/tcp to controller from controller; 6443/tcp to controller from worker and CLI; 8132/tcp to
 * controller from worker; 179/tcp to worker from worker; 10250/tcp to worker from worker and controller.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new K0sRules(stack, 'k0s', {
 *   controller: firewall.networkTag('controller'),
 *   worker: firewall.networkTag('worker'),
 *   client: Peer.named('client', '10.3.0.0/16'),
 * });
 */
export class K0sRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('k0s')[0]);
  }

  constructor(scope: Construct, id: string, props: K0sRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('k0s', props));
  }
}
