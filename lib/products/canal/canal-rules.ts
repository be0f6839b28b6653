// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `CanalRules`.
 *
 * Rows: `flannel-vxlan`. Editions: `2026-08` (default).
 */
export interface CanalRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "nodes". */
  readonly node: IHostGroup;
}

/**
 * Opens the ports of Canal, as "manifests/canal.yaml" documents them:
 * https://github.com/projectcalico/calico/blob/87c15906f20c4ca1fda55af92295e7678b0cc0b2/manifests/canal.yaml
 *
 * Opened: 8472/udp to nodes from nodes.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `row-unknown` and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new CanalRules(stack, 'canal', {
 *   node: firewall.networkTag('node'),
 * });
 */
export class CanalRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('canal')[0]);
  }

  constructor(scope: Construct, id: string, props: CanalRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('canal', props));
  }
}
