// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `KyvernoRules`.
 *
 * Rows: `webhook`, `metrics`, `api-server`, `dns`. Editions: `2026-07` (default).
 */
export interface KyvernoRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "API server". */
  readonly kubernetesApi: IHostGroup;
  /** The machines that the document calls "admission-controller and cleanup-controller". */
  readonly webhook: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Prometheus or other metrics collectors".
   * @default - none; needed with `metrics` true
   */
  readonly prometheus?: IPeer;
  /** The machines that the document calls "background-controller and reports-controller". */
  readonly controller: IHostGroup;
  /** The machines that the document calls "DNS". */
  readonly dns: IHostGroup;
  /**
   * Metrics are collected by Prometheus or other metrics collectors. `true` opens `metrics` (8000/tcp).
   * @default false
   */
  readonly metrics?: boolean;
}

/**
 * Opens the ports of Kyverno, as "Security: Networking" documents them:
 * https://github.com/kyverno/website/blob/7c0814a5ca77662ea9aaa33c6ee7434865409c07/src/content/docs/docs/guides/security.md
 *
 * Opened by default: 9443/tcp to admission-controller and cleanup-controller from API server; 443/tcp to API server from
 * admission-controller and cleanup-controller and background-controller and reports-controller; 53/tcp+udp to DNS from
 * admission-controller and cleanup-controller and background-controller and reports-controller.
 *
 * Ports of pods: `webhook`, `metrics`, `dns`. A firewall of machines sees them only if pods have IP addresses of its network;
 * under an overlay it sees only the encapsulation.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new KyvernoRules(stack, 'kyverno', {
 *   kubernetesApi: firewall.networkTag('kubernetes-api'),
 *   webhook: firewall.networkTag('webhook'),
 *   controller: firewall.networkTag('controller'),
 *   dns: firewall.networkTag('dns'),
 * });
 */
export class KyvernoRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('kyverno')[0]);
  }

  constructor(scope: Construct, id: string, props: KyvernoRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('kyverno', props));
  }
}
