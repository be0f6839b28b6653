// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `overlay` of `KubeRouterRules`. The encapsulation of the overlay network, or none without overlay. */
export enum KubeRouterOverlay {
  /** Opens `ipip` (4/ip). */
  IPIP = 'ipip',
  /** Opens `fou` (5555/udp). */
  FOU = 'fou',
  /** Opens nothing in addition. */
  NONE = 'none',
}

/**
 * The props of `KubeRouterRules`.
 *
 * Rows: `bgp`, `ipip`, `fou`, `bfd`. Editions: `2026-08` (default).
 */
export interface KubeRouterRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "kube-router enabled nodes". */
  readonly node: IHostGroup;
  /**
   * The machines that the document calls "external BGP peers".
   * @default - none; needed with `externalPeers` true, or with `bfd` true
   */
  readonly bgpPeer?: IHostGroup;
  /**
   * The encapsulation of the overlay network, or none without overlay.
   * @default KubeRouterOverlay.IPIP
   */
  readonly overlay?: KubeRouterOverlay;
  /**
   * Peering with external BGP peers. `true` opens `bgp` (179/tcp).
   * @default false
   */
  readonly externalPeers?: boolean;
  /**
   * BFD for external BGP peers. `true` opens `bfd` (3784/udp).
   * @default false
   */
  readonly bfd?: boolean;
}

/**
 * Opens the ports of kube-router, as "User Guide: command line options" documents them:
 * https://github.com/cloudnativelabs/kube-router/blob/7c2c2779e397b15b85dc5fd2b6e6ff2c64c38596/docs/user-guide.md
 *
 * Opened by default: 179/tcp, 4/ip to kube-router enabled nodes from kube-router enabled nodes.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new KubeRouterRules(stack, 'kube-router', {
 *   node: firewall.networkTag('node'),
 * });
 */
export class KubeRouterRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('kube-router')[0]);
  }

  constructor(scope: Construct, id: string, props: KubeRouterRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('kube-router', props));
  }
}
