// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `SubmarinerRules`.
 *
 * Rows: `encapsulation`, `nat-discovery`, `esp`, `vxlan`. Editions: `2023-09` (default).
 */
export interface SubmarinerRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "gateway nodes of the other clusters".
   * @default - none; needed unless `omit` has its rows
   */
  readonly remoteGateway?: IPeer;
  /** The machines that the document calls "gateway nodes". */
  readonly gateway: IHostGroup;
  /**
   * The machines that the document calls "worker and master nodes".
   * @default - none; needed with `ovnKubernetes` false
   */
  readonly node?: IHostGroup;
  /**
   * NAT between the gateway nodes; false if they are directly reachable over their private IPs.
   * @default true
   */
  readonly nat?: boolean;
  /**
   * OVN-Kubernetes is the CNI.
   * @default false
   */
  readonly ovnKubernetes?: boolean;
}

/**
 * Opens the ports of Submariner, as "Getting Started: Prerequisites" documents them:
 * https://github.com/submariner-io/submariner-website/blob/d991efab4d9a040d8e168061a61c2324519ca13f/src/content/getting-started/_index.en.md
 *
 * Opened by default: 4500/udp, 4490/udp to gateway nodes from gateway nodes of the other clusters; 4800/udp to worker and master
 * nodes from worker and master nodes and gateway nodes; 4800/udp to gateway nodes from worker and master nodes and gateway nodes.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new SubmarinerRules(stack, 'submariner', {
 *   remoteGateway: Peer.named('remote-gateway', '10.1.0.0/16'),
 *   gateway: firewall.networkTag('gateway'),
 *   node: firewall.networkTag('node'),
 * });
 */
export class SubmarinerRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('submariner')[0]);
  }

  constructor(scope: Construct, id: string, props: SubmarinerRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('submariner', props));
  }
}
