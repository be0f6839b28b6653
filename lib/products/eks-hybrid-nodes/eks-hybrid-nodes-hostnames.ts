// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import { readOnlyDeep } from '../../input';
import { DocumentedHostnames, type DocumentedHostnamesProps } from '../../opening';
import type { HostnameTable } from '../../tables';
import { hostnameEditionsOf } from '../catalog';
import { hostnamesOfTable } from '../hostnames-of-table';

/**
 * The props of `EksHybridNodesHostnames`.
 *
 * Rows: `artifacts`, `eks`, `ecr`, `registry`, `ssm-binaries`, `ssm`, `roles-anywhere-binaries`, `roles-anywhere`, `sts`,
 * `eks-auth`. Editions: `2026-11` (default).
 */
export interface EksHybridNodesHostnamesProps extends DocumentedHostnamesProps {
  /** The AWS Region of the cluster, such as `eu-central-1`. */
  readonly region: string;
  /**
   * The account in the registry of your Region on the page "View Amazon container image registries for Amazon EKS add-ons", such
   * as `602401143452`.
   */
  readonly registryAccount: string;
  /**
   * AWS SSM hybrid activations as the on-premises IAM credential provider. `true` allows
   * `amazon-ssm-{region}.s3.{region}.amazonaws.com`, `ssm.{region}.amazonaws.com`.
   * @default false
   */
  readonly ssmHybridActivations?: boolean;
  /**
   * AWS IAM Roles Anywhere as the on-premises IAM credential provider. `true` allows `rolesanywhere.amazonaws.com`,
   * `rolesanywhere.{region}.amazonaws.com`.
   * @default false
   */
  readonly iamRolesAnywhere?: boolean;
  /**
   * IRSA. `true` allows `sts.{region}.amazonaws.com`.
   * @default false
   */
  readonly irsa?: boolean;
  /**
   * Amazon EKS Pod Identity. `true` allows `eks-auth.{region}.api.aws`.
   * @default false
   */
  readonly podIdentity?: boolean;
  /**
   * The edition of the document.
   * @default - the edition of `hostnameTable`
   */
  readonly edition?: string;
}

/**
 * Allows outbound traffic to the hostnames of Amazon EKS Hybrid Nodes, as "Prepare networking for hybrid nodes: On-premises
 * networking configuration" documents them:
 * https://github.com/awsdocs/amazon-eks-user-guide/blob/0531c9794c27c3e73b1e087638cef9175c26741e/latest/ug/nodes/hybrid-nodes-networking.adoc
 *
 * Allowed by default: `hybrid-assets.eks.amazonaws.com`, `eks.{region}.amazonaws.com`, `api.ecr.{region}.amazonaws.com`,
 * `{registry-account}.dkr.ecr.{region}.amazonaws.com`.
 *
 * Throws before anything is created: `hostname-filter-required`, `wildcard-not-supported` if `through` takes only exact names,
 * `not-a-boolean`, `row-closed`, `parameter-missing`, `parameter-invalid`, `row-unknown` and `edition-unknown`.
 *
 * @example
 * new EksHybridNodesHostnames(stack, 'eks-hybrid-nodes-hostnames', {
 *   through: new GcpSecureWebProxy({ location: 'europe-west3' }),
 *   region: 'eu-central-1',
 *   registryAccount: '602401143452',
 * });
 */
export class EksHybridNodesHostnames extends DocumentedHostnames {
  /** The hostname table of the default edition. */
  public static get hostnameTable(): HostnameTable {
    return readOnlyDeep(hostnameEditionsOf('eks-hybrid-nodes-hostnames')[0]);
  }

  constructor(scope: Construct, id: string, props: EksHybridNodesHostnamesProps) {
    super(scope, id);
    this._open(hostnamesOfTable('eks-hybrid-nodes-hostnames', props));
  }
}
