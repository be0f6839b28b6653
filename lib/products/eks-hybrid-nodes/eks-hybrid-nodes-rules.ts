// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `EksHybridNodesRules`.
 *
 * Rows: `api-server`, `ssm`, `roles-anywhere`, `sts`, `eks-auth`, `kubelet`, `dns`. Editions: `2026-11` (default).
 */
export interface EksHybridNodesRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "Remote Node CIDR(s)". */
  readonly remoteNode: IHostGroup;
  /** The machines that the document calls "EKS cluster IPs". */
  readonly controlPlane: IHostGroup;
  /** The machines that the document calls "Remote Pod CIDR(s)". */
  readonly remotePod: IHostGroup;
  /**
   * The machines that the document calls "SSM service endpoint".
   * @default - none; needed with `ssmHybridActivations` true
   */
  readonly ssm?: IHostGroup;
  /**
   * The machines that the document calls "IAM Anywhere service endpoint".
   * @default - none; needed with `iamRolesAnywhere` true
   */
  readonly rolesAnywhere?: IHostGroup;
  /**
   * The machines that the document calls "STS Regional Endpoint".
   * @default - none; needed with `irsa` true
   */
  readonly sts?: IHostGroup;
  /**
   * The machines that the document calls "Amazon EKS Auth service endpoint".
   * @default - none; needed with `podIdentity` true
   */
  readonly eksAuth?: IHostGroup;
  /**
   * AWS SSM hybrid activations as the on-premises IAM credential provider. `true` opens `ssm` (443/tcp).
   * @default false
   */
  readonly ssmHybridActivations?: boolean;
  /**
   * AWS IAM Roles Anywhere as the on-premises IAM credential provider. `true` opens `roles-anywhere` (443/tcp).
   * @default false
   */
  readonly iamRolesAnywhere?: boolean;
  /**
   * IRSA. `true` opens `sts` (443/tcp).
   * @default false
   */
  readonly irsa?: boolean;
  /**
   * Amazon EKS Pod Identity. `true` opens `eks-auth` (443/tcp).
   * @default false
   */
  readonly podIdentity?: boolean;
}

/**
 * Opens the ports of Amazon EKS Hybrid Nodes, as "Prepare networking for hybrid nodes: Access required for ongoing cluster
 * operations" documents them:
 * https://github.com/awsdocs/amazon-eks-user-guide/blob/0531c9794c27c3e73b1e087638cef9175c26741e/latest/ug/nodes/hybrid-nodes-networking.adoc
 *
 * Opened by default: 443/tcp to EKS cluster IPs from Remote Node CIDR(s) and Remote Pod CIDR(s); 10250/tcp to Remote Node CIDR(s)
 * from EKS cluster IPs; 53/tcp+udp to Remote Pod CIDR(s) from Remote Pod CIDR(s).
 *
 * Ports of pods: `dns`.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new EksHybridNodesRules(stack, 'eks-hybrid-nodes', {
 *   remoteNode: firewall.networkTag('remote-node'),
 *   controlPlane: firewall.networkTag('control-plane'),
 *   remotePod: firewall.networkTag('remote-pod'),
 * });
 */
export class EksHybridNodesRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('eks-hybrid-nodes')[0]);
  }

  constructor(scope: Construct, id: string, props: EksHybridNodesRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('eks-hybrid-nodes', props));
  }
}
