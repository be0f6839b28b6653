// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { ControlPlaneEndpoint, IHostGroup } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `KeepalivedRules`.
 *
 * Rows: `vrrp`, `lvs-sync`. Editions: `2026-08` (default).
 */
export interface KeepalivedRulesProps extends EditionedRulesProps {
  /**
   * The endpoint of the control plane. Its machines are `node` (its `loadBalancer`). Props that differ from it are an error.
   * @default - the machines are given one by one, and the ports are the documented ones
   */
  readonly endpoint?: ControlPlaneEndpoint;
  /**
   * The machines that the document calls "peer nodes".
   * @default - those of `endpoint`, else none; needed unless `omit` has its rows
   */
  readonly node?: IHostGroup;
  /**
   * The LVS sync daemon. `true` opens `lvs-sync` (8848/udp).
   * @default false
   */
  readonly lvsSync?: boolean;
}

/**
 * Opens the ports of Keepalived, as "keepalived(8): Using keepalived with firewalld" documents them:
 * https://github.com/acassen/keepalived/blob/9cbce3e2117fd7dfbddf3cd4c45dad6283189176/doc/man/man8/keepalived.8.in
 *
 * Opened by default: 112/ip to peer nodes from peer nodes.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `control-plane-endpoint-required`,
 * `endpoint-differs`, `role-missing`, `row-unknown` and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new KeepalivedRules(stack, 'keepalived', {
 *   node: firewall.networkTag('node'),
 * });
 */
export class KeepalivedRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('keepalived')[0]);
  }

  constructor(scope: Construct, id: string, props: KeepalivedRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('keepalived', props));
  }
}
