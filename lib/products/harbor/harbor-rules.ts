// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `HarborRules`.
 *
 * Rows: `https`, `http`, `metrics`. Editions: `2025-04` (default).
 */
export interface HarborRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "clients of the Harbor portal and core API".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /** The machines that the document calls "target host". */
  readonly harbor: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Prometheus".
   * @default - none; needed with `metrics` true
   */
  readonly prometheus?: IPeer;
  /**
   * Metrics of the Harbor instance. `true` opens `metrics` (9090/tcp).
   * @default false
   */
  readonly metrics?: boolean;
}

/**
 * Opens the ports of Harbor, as "Harbor Installation Prerequisites: Network ports" documents them:
 * https://github.com/goharbor/website/blob/9f010ab1c800e0353c3df96a0b23725294bd10ab/docs/install-config/installation-prereqs.md
 *
 * Opened by default: 443/tcp, 80/tcp to target host from clients of the Harbor portal and core API.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new HarborRules(stack, 'harbor', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   harbor: firewall.networkTag('harbor'),
 * });
 */
export class HarborRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('harbor')[0]);
  }

  constructor(scope: Construct, id: string, props: HarborRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('harbor', props));
  }
}
