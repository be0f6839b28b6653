// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { ControlPlaneEndpoint, IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `KubeVipRules`.
 *
 * Rows: `api-server`, `metrics`. Editions: `2026-08` (default).
 */
export interface KubeVipRulesProps extends EditionedRulesProps {
  /**
   * The endpoint of the control plane. Its machines are `controlPlane` (its `controlPlane`) and `client` (its `workers`). Its
   * port replaces that of `api-server`. Props that differ from it are an error.
   * @default - the machines are given one by one, and the ports are the documented ones
   */
  readonly endpoint?: ControlPlaneEndpoint;
  /**
   * The IP ranges or machines that the document calls "clients of the VIP".
   * @default - those of `endpoint`, else none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /**
   * The machines that the document calls "control plane nodes".
   * @default - those of `endpoint`, else none; needed unless `omit` has its rows
   */
  readonly controlPlane?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Prometheus".
   * @default - the rows of this role stay closed
   */
  readonly prometheus?: IPeer;
}

/**
 * Opens the ports of kube-vip, as "Flags and Environment Variables" documents them:
 * https://github.com/kube-vip/website/blob/f5c870bfde67d6ec8e52fe78b6a4d88fc4b6a78c/content/docs/installation/flags.md
 *
 * Opened: 6443/tcp to control plane nodes from clients of the VIP and control plane nodes.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `control-plane-endpoint-required`, `endpoint-differs`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new KubeVipRules(stack, 'kube-vip', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   controlPlane: firewall.networkTag('control-plane'),
 * });
 */
export class KubeVipRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('kube-vip')[0]);
  }

  constructor(scope: Construct, id: string, props: KubeVipRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('kube-vip', props));
  }
}
