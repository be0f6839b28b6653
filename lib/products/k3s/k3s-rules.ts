// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `flannelBackend` of `K3sRules`. The Flannel backend, or none for a CNI plugin of your own. */
export enum K3sFlannelBackend {
  /** Opens `flannel-vxlan` (8472/udp). */
  VXLAN = 'vxlan',
  /** Opens nothing in addition. */
  HOST_GW = 'host-gw',
  /** Opens `flannel-wireguard` (51820/udp), `flannel-wireguard-v6` (51821/udp). */
  WIREGUARD_NATIVE = 'wireguard-native',
  /** Opens nothing in addition. */
  NONE = 'none',
}

/**
 * The props of `K3sRules`.
 *
 * Rows: `etcd`, `api-server`, `flannel-vxlan`, `kubelet`, `flannel-wireguard`, `flannel-wireguard-v6`, `spegel`,
 * `spegel-registry`. Editions: `2026-11` (default).
 */
export interface K3sRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "Servers". */
  readonly server: IHostGroup;
  /** The machines that the document calls "Agents". */
  readonly agent: IHostGroup;
  /**
   * High availability with embedded etcd. `true` opens `etcd` (2379-2380/tcp).
   * @default false
   */
  readonly embeddedEtcd?: boolean;
  /**
   * The Flannel backend, or none for a CNI plugin of your own.
   * @default K3sFlannelBackend.VXLAN
   */
  readonly flannelBackend?: K3sFlannelBackend;
  /**
   * Embedded distributed registry (Spegel). `true` opens `spegel` (5001/tcp), `spegel-registry` (6443/tcp).
   * @default false
   */
  readonly embeddedRegistry?: boolean;
}

/**
 * Opens the ports of K3s, as "Requirements: Inbound Rules for K3s Nodes" documents them:
 * https://github.com/k3s-io/docs/blob/005d295410cd2ed4539880c00e0cd3fa62f1b64d/docs/installation/requirements.md
 *
 * Opened by default: 6443/tcp, 8472/udp, 10250/tcp to Servers from Servers and Agents; 8472/udp, 10250/tcp to Agents from Servers
 * and Agents.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new K3sRules(stack, 'k3s', {
 *   server: firewall.networkTag('server'),
 *   agent: firewall.networkTag('agent'),
 * });
 */
export class K3sRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('k3s')[0]);
  }

  constructor(scope: Construct, id: string, props: K3sRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('k3s', props));
  }
}
