// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `IngressNginxRules`.
 *
 * Rows: `webhook`, `http`, `https`, `metrics`. Editions: `2026-03` (default).
 */
export interface IngressNginxRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "master nodes".
   * @default - none; needed unless `omit` has its rows
   */
  readonly kubernetesApi?: IPeer;
  /** The machines that the document calls "hosts on which the kubernetes nodes are running". */
  readonly node: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "the public".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /**
   * The IP ranges or machines that the document calls "Prometheus".
   * @default - none; needed with `metrics` true
   */
  readonly prometheus?: IPeer;
  /**
   * Prometheus metrics, controller.metrics.enabled. `true` opens `metrics` (10254/tcp).
   * @default false
   */
  readonly metrics?: boolean;
}

/**
 * Opens the ports of Ingress-Nginx Controller, as "Installation Guide: Firewall configuration" documents them:
 * https://github.com/kubernetes/ingress-nginx/blob/dbb11b92ddb77bee9c35e462479129354c84f939/docs/deploy/index.md
 *
 * Opened by default: 8443/tcp to hosts on which the kubernetes nodes are running from master nodes and hosts on which the
 * kubernetes nodes are running; 80/tcp, 443/tcp to hosts on which the kubernetes nodes are running from the public.
 *
 * Ports of pods: `webhook`, `metrics`. A firewall of machines sees them only if pods have IP addresses of its network; under an
 * overlay it sees only the encapsulation.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new IngressNginxRules(stack, 'ingress-nginx', {
 *   kubernetesApi: Peer.named('kubernetes-api', '10.1.0.0/16'),
 *   node: firewall.networkTag('node'),
 *   client: Peer.named('client', '10.3.0.0/16'),
 * });
 */
export class IngressNginxRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('ingress-nginx')[0]);
  }

  constructor(scope: Construct, id: string, props: IngressNginxRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('ingress-nginx', props));
  }
}
