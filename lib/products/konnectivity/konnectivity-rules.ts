// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `KonnectivityRules`.
 *
 * Rows: `agent`. Editions: `2026-11` (default).
 */
export interface KonnectivityRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "nodes with a konnectivity-agent".
   * @default - none; needed unless `omit` has its rows
   */
  readonly node?: IPeer;
  /** The machines that the document calls "master machines with the konnectivity-server". */
  readonly controlPlane: IHostGroup;
}

/**
 * Opens the ports of Konnectivity, as "Set up Konnectivity service: konnectivity-server.yaml" documents them:
 * https://github.com/kubernetes/website/blob/4d9111a85c007c54f2b4bd78fce599435f93b2dc/content/en/examples/admin/konnectivity/konnectivity-server.yaml
 *
 * Opened: 8132/tcp to master machines with the konnectivity-server from nodes with a konnectivity-agent.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `role-missing`, `row-unknown` and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new KonnectivityRules(stack, 'konnectivity', {
 *   node: Peer.named('node', '10.1.0.0/16'),
 *   controlPlane: firewall.networkTag('control-plane'),
 * });
 */
export class KonnectivityRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('konnectivity')[0]);
  }

  constructor(scope: Construct, id: string, props: KonnectivityRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('konnectivity', props));
  }
}
