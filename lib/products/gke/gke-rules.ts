// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `GkeRules`.
 *
 * Rows: `metrics-server`, `kubelet`, `vms-tcp`, `vms-udp`, `vms-icmp`, `all-tcp`, `all-udp`, `all-sctp`, `all-icmp`, `all-esp`,
 * `all-ah`, `api-server`. Editions: `2026-11` (default).
 */
export interface GkeRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "control plane". */
  readonly controlPlane: IHostGroup;
  /** The machines that the document calls "nodes". */
  readonly node: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Pod CIDR".
   * @default - none; needed unless `omit` has its rows
   */
  readonly pod?: IPeer;
  /**
   * Private Autopilot and Standard clusters. `true` opens `metrics-server` (443/tcp), `kubelet` (10250/tcp).
   * @default false
   */
  readonly privateCluster?: boolean;
}

/**
 * Opens the ports of GKE, as "Automatically created firewall rules: GKE cluster firewall rules" documents them:
 * https://cloud.google.com/kubernetes-engine/docs/concepts/firewall-rules
 *
 * Opened by default: 1-65535/tcp, 1-65535/udp, icmp to nodes from nodes and Pod CIDR; 1-65535/sctp, 50/ip, 51/ip to nodes from
 * Pod CIDR; 443/tcp to control plane from nodes and Pod CIDR.
 *
 * Ports of pods: `all-tcp`, `all-udp`, `all-sctp`, `all-icmp`, `all-esp`, `all-ah`.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new GkeRules(stack, 'gke', {
 *   controlPlane: firewall.networkTag('control-plane'),
 *   node: firewall.networkTag('node'),
 *   pod: Peer.named('pod', '10.3.0.0/16'),
 * });
 */
export class GkeRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('gke')[0]);
  }

  constructor(scope: Construct, id: string, props: GkeRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('gke', props));
  }
}
