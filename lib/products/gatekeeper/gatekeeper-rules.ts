// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `GatekeeperRules`.
 *
 * Rows: `webhook`, `webhook-privileged`, `metrics`. Editions: `2022-05` (default).
 */
export interface GatekeeperRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "master".
   * @default - none; needed with `privilegedPort` false, or with `privilegedPort` true
   */
  readonly kubernetesApi?: IPeer;
  /**
   * The machines that the document calls "private nodes with the Gatekeeper POD".
   * @default - none; needed with `privilegedPort` false, or with `privilegedPort` true, or with `metrics` true
   */
  readonly gatekeeper?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Prometheus".
   * @default - none; needed with `metrics` true
   */
  readonly prometheus?: IPeer;
  /**
   * The pod runs on the privileged port 443. `true` opens `webhook-privileged` (443/tcp).
   * @default false
   */
  readonly privilegedPort?: boolean;
  /**
   * Prometheus metrics. `true` opens `metrics` (8888/tcp).
   * @default true
   */
  readonly metrics?: boolean;
}

/**
 * Opens the ports of Gatekeeper, as "Cloud and Vendor Specific Fixes: Running on private GKE Cluster nodes" documents them:
 * https://github.com/open-policy-agent/gatekeeper/blob/dd8507eb97f5ca24dbee34c95d8e6ffa053cb8a0/website/docs/cloud-specific.md
 *
 * Opened by default: 8443/tcp to private nodes with the Gatekeeper POD from master; 8888/tcp to private nodes with the Gatekeeper
 * POD from Prometheus.
 *
 * Ports of pods: `webhook`, `webhook-privileged`, `metrics`. A firewall of machines sees them only if pods have IP addresses of
 * its network; under an overlay it sees only the encapsulation.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new GatekeeperRules(stack, 'gatekeeper', {
 *   kubernetesApi: Peer.named('kubernetes-api', '10.1.0.0/16'),
 *   gatekeeper: firewall.networkTag('gatekeeper'),
 *   prometheus: Peer.named('prometheus', '10.3.0.0/16'),
 * });
 */
export class GatekeeperRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('gatekeeper')[0]);
  }

  constructor(scope: Construct, id: string, props: GatekeeperRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('gatekeeper', props));
  }
}
