// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `backendType` of `FlannelRules`. The backend of Flannel. */
export enum FlannelBackendType {
  /** Opens `vxlan` (8472/udp, with `windows` false), `vxlan-windows` (4789/udp, with `windows` true). */
  VXLAN = 'vxlan',
  /** Opens `wireguard` (51820/udp), `wireguard-v6` (51821/udp). */
  WIREGUARD = 'wireguard',
  /** Opens `udp` (8285/udp). */
  UDP = 'udp',
  /** Opens `ipip` (4/ip). */
  IPIP = 'ipip',
  /** Opens `ipsec-esp` (50/ip), `ipsec-ike` (500/udp), `ipsec-nat-t` (4500/udp). */
  IPSEC = 'ipsec',
}

/**
 * The props of `FlannelRules`.
 *
 * Rows: `vxlan`, `vxlan-windows`, `wireguard`, `wireguard-v6`, `udp`, `ipip`, `ipsec-esp`, `ipsec-ike`, `ipsec-nat-t`. Editions:
 * `2026-07` (default).
 */
export interface FlannelRulesProps extends EditionedRulesProps {
  /**
   * The machines that the document calls "all hosts participating in the overlay network".
   * @default - none; needed with `backendType` vxlan and `windows` false, or with `backendType` vxlan and `windows` true, or with
   * `backendType` wireguard, or with `backendType` udp, or with `backendType` ipip, or with `backendType` ipsec
   */
  readonly node?: IHostGroup;
  /**
   * The backend of Flannel.
   * @default FlannelBackendType.VXLAN
   */
  readonly backendType?: FlannelBackendType;
  /**
   * Windows nodes. `true` opens `vxlan-windows` (4789/udp, with `backendType` vxlan).
   * @default false
   */
  readonly windows?: boolean;
}

/**
 * Opens the ports of Flannel, as "Backends" documents them:
 * https://github.com/flannel-io/flannel/blob/cdf760595c23292fd03ff4daf03638ac1ceef417/Documentation/backends.md
 *
 * Opened by default: 8472/udp to all hosts participating in the overlay network from all hosts participating in the overlay
 * network.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new FlannelRules(stack, 'flannel', {
 *   node: firewall.networkTag('node'),
 * });
 */
export class FlannelRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('flannel')[0]);
  }

  constructor(scope: Construct, id: string, props: FlannelRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('flannel', props));
  }
}
