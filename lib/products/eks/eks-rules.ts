// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `EksRules`.
 *
 * Rows: `https`, `kubelet`, `dns`. Editions: `2024-12` (default).
 */
export interface EksRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "network interfaces of the cluster". */
  readonly controlPlane: IHostGroup;
  /** The machines that the document calls "nodes". */
  readonly node: IHostGroup;
}

/**
 * Opens the ports of Amazon EKS, as "View Amazon EKS security group requirements for clusters: Restricting cluster traffic"
 * documents them:
 * https://github.com/awsdocs/amazon-eks-user-guide/blob/4d52b4d05e3478582e7d10a73cbd9ba9194dd5f7/latest/ug/networking/sec-group-reqs.adoc
 *
 * Opened: 443/tcp, 10250/tcp, 53/tcp+udp to network interfaces of the cluster from network interfaces of the cluster and nodes;
 * 443/tcp, 10250/tcp, 53/tcp+udp to nodes from network interfaces of the cluster and nodes.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `row-unknown` and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new EksRules(stack, 'eks', {
 *   controlPlane: firewall.networkTag('control-plane'),
 *   node: firewall.networkTag('node'),
 * });
 */
export class EksRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('eks')[0]);
  }

  constructor(scope: Construct, id: string, props: EksRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('eks', props));
  }
}
