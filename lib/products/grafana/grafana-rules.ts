// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `GrafanaRules`.
 *
 * Rows: `http`, `gossip-tcp`, `gossip-udp`. Editions: `2026-11` (default).
 */
export interface GrafanaRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "users of Grafana".
   * @default - none; needed unless `omit` has its rows
   */
  readonly user?: IPeer;
  /** The machines that the document calls "Grafana instances". */
  readonly grafana: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Prometheus that scrapes Grafana".
   * @default - none; needed with `withPrometheus` true
   */
  readonly prometheus?: IPeer;
  /**
   * Alerting high availability using Memberlist. `true` opens `gossip-tcp` (9094/tcp), `gossip-udp` (9094/udp).
   * @default false
   */
  readonly memberlist?: boolean;
  /**
   * Prometheus that scrapes the metrics of Grafana. `true` opens `http` (3000/tcp).
   * @default false
   */
  readonly withPrometheus?: boolean;
}

/**
 * Opens the ports of Grafana, as "Configure Grafana: http_port; Grafana Alerting: Configure high availability" documents them:
 * https://github.com/grafana/grafana/blob/548e493937488273622ed41571933ffc02d0b789/docs/sources/alerting/set-up/configure-high-availability/_index.md
 *
 * Opened by default: 3000/tcp to Grafana instances from users of Grafana.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new GrafanaRules(stack, 'grafana', {
 *   user: Peer.named('user', '10.1.0.0/16'),
 *   grafana: firewall.networkTag('grafana'),
 * });
 */
export class GrafanaRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('grafana')[0]);
  }

  constructor(scope: Construct, id: string, props: GrafanaRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('grafana', props));
  }
}
