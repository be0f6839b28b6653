// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `LinkerdRules`.
 *
 * Rows: `proxy-injector`, `tap`, `policy-validator`, `proxy`. Editions: `2025-11` (default).
 */
export interface LinkerdRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "api-server".
   * @default - none; needed unless `omit` has its rows
   */
  readonly kubernetesApi?: IPeer;
  /** The machines that the document calls "Linkerd control plane". */
  readonly linkerd: IHostGroup;
  /** The machines that the document calls "meshed pods". */
  readonly meshedPod: IHostGroup;
  /**
   * The extension viz, which has tap. `true` opens `tap` (8089/tcp).
   * @default false
   */
  readonly viz?: boolean;
}

/**
 * Opens the ports of Linkerd, as "Cluster Configuration: GKE, Private Clusters; Common Errors: Network Policy" documents them:
 * https://github.com/linkerd/website/blob/93f001753363bba09eafd81e290512f89f4697ed/linkerd.io/content/2-edge/reference/cluster-configuration.md
 *
 * Opened by default: 8443/tcp, 9443/tcp to Linkerd control plane from api-server; 4143/tcp to meshed pods from meshed pods.
 *
 * Ports of pods: `proxy-injector`, `tap`, `policy-validator`, `proxy`. A firewall of machines sees them only if pods have IP
 * addresses of its network; under an overlay it sees only the encapsulation.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new LinkerdRules(stack, 'linkerd', {
 *   kubernetesApi: Peer.named('kubernetes-api', '10.1.0.0/16'),
 *   linkerd: firewall.networkTag('linkerd'),
 *   meshedPod: firewall.networkTag('meshed-pod'),
 * });
 */
export class LinkerdRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('linkerd')[0]);
  }

  constructor(scope: Construct, id: string, props: LinkerdRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('linkerd', props));
  }
}
