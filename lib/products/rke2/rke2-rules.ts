// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `cni` of `Rke2Rules`. The CNI plugin, or none for a plugin of your own. */
export enum Rke2Cni {
  /**
   * Opens `canal-vxlan` (8472/udp, with `encapsulation` vxlan), `canal-health` (9099/tcp), `canal-wireguard` (51820/udp, with
   * `encapsulation` wireguard), `canal-wireguard-v6` (51821/udp, with `encapsulation` wireguard).
   */
  CANAL = 'canal',
  /**
   * Opens `cilium-ping-reply` (0/icmp), `cilium-ping` (8/icmp), `cilium-health` (4240/tcp), `cilium-vxlan` (8472/udp, with
   * `encapsulation` vxlan), `cilium-wireguard` (51871/udp, with `encapsulation` wireguard).
   */
  CILIUM = 'cilium',
  /**
   * Opens `calico-bgp` (179/tcp, with `encapsulation` bgp), `calico-vxlan` (4789/udp, with `encapsulation` vxlan), `calico-typha`
   * (5473/tcp), `calico-typha-health` (9098/tcp), `calico-health` (9099/tcp), `windows-vxlan` (4789/udp, with `windows` true and
   * `encapsulation` vxlan), `windows-bgp` (179/tcp, with `windows` true and `encapsulation` bgp).
   */
  CALICO = 'calico',
  /** Opens `flannel-vxlan` (4789/udp), `windows-vxlan` (4789/udp, with `windows` true and `encapsulation` vxlan). */
  FLANNEL = 'flannel',
  /** Opens nothing in addition. */
  NONE = 'none',
}

/** The choices for `encapsulation` of `Rke2Rules`. How pods of different nodes reach each other. */
export enum Rke2Encapsulation {
  /**
   * Opens `canal-vxlan` (8472/udp, with `cni` canal), `cilium-vxlan` (8472/udp, with `cni` cilium), `calico-vxlan` (4789/udp,
   * with `cni` calico), `windows-vxlan` (4789/udp, with `windows` true and `cni` calico or flannel).
   */
  VXLAN = 'vxlan',
  /**
   * Opens `canal-wireguard` (51820/udp, with `cni` canal), `canal-wireguard-v6` (51821/udp, with `cni` canal), `cilium-wireguard`
   * (51871/udp, with `cni` cilium).
   */
  WIREGUARD = 'wireguard',
  /** Opens `calico-bgp` (179/tcp, with `cni` calico), `windows-bgp` (179/tcp, with `windows` true and `cni` calico). */
  BGP = 'bgp',
}

/**
 * The props of `Rke2Rules`.
 *
 * Rows: `api-server`, `supervisor`, `kubelet`, `etcd-client`, `etcd-peer`, `etcd-metrics`, `node-ports`, `canal-vxlan`,
 * `canal-health`, `canal-wireguard`, `canal-wireguard-v6`, `cilium-ping-reply`, `cilium-ping`, `cilium-health`, `cilium-vxlan`,
 * `cilium-wireguard`, `calico-bgp`, `calico-vxlan`, `calico-typha`, `calico-typha-health`, `calico-health`, `flannel-vxlan`,
 * `windows-vxlan`, `windows-bgp`. Editions: `2026-05` (default).
 */
export interface Rke2RulesProps extends EditionedRulesProps {
  /** The machines that the document calls "RKE2 server nodes". */
  readonly server: IHostGroup;
  /** The machines that the document calls "RKE2 agent nodes". */
  readonly agent: IHostGroup;
  /**
   * The CNI plugin, or none for a plugin of your own.
   * @default Rke2Cni.CANAL
   */
  readonly cni?: Rke2Cni;
  /**
   * How pods of different nodes reach each other.
   * @default Rke2Encapsulation.VXLAN
   */
  readonly encapsulation?: Rke2Encapsulation;
  /**
   * Windows agents. `true` opens `windows-vxlan` (4789/udp, with `cni` calico or flannel and `encapsulation` vxlan),
   * `windows-bgp` (179/tcp, with `cni` calico and `encapsulation` bgp).
   * @default false
   */
  readonly windows?: boolean;
}

/**
 * Opens the ports of RKE2, as "Requirements: Inbound Network Rules" documents them:
 * https://github.com/rancher/rke2-docs/blob/9477b7b1df1f0bd431cdabbb39fbdcd21cb82602/docs/install/requirements.md
 *
 * Opened by default: 6443/tcp, 9345/tcp, 10250/tcp, 30000-32767/tcp, 8472/udp, 9099/tcp to RKE2 server nodes from RKE2 server
 * nodes and RKE2 agent nodes; 2379/tcp, 2380/tcp, 2381/tcp to RKE2 server nodes from RKE2 server nodes; 10250/tcp,
 * 30000-32767/tcp, 8472/udp, 9099/tcp to RKE2 agent nodes from RKE2 server nodes and RKE2 agent nodes.
 *
 * NodePorts: `node-ports`.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new Rke2Rules(stack, 'rke2', {
 *   server: firewall.networkTag('server'),
 *   agent: firewall.networkTag('agent'),
 * });
 */
export class Rke2Rules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('rke2')[0]);
  }

  constructor(scope: Construct, id: string, props: Rke2RulesProps) {
    super(scope, id);
    this._open(rulesOfTable('rke2', props));
  }
}
