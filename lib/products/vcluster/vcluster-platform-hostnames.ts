// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import { readOnlyDeep } from '../../input';
import { DocumentedHostnames, type DocumentedHostnamesProps } from '../../opening';
import type { HostnameTable } from '../../tables';
import { hostnameEditionsOf } from '../catalog';
import { hostnamesOfTable } from '../hostnames-of-table';

/**
 * The props of `VClusterPlatformHostnames`.
 *
 * Rows: `license`. Supplements: `charts`. Editions: `2026-08` (default).
 */
export interface VClusterPlatformHostnamesProps extends DocumentedHostnamesProps {
  /**
   * The edition of the document.
   * @default - the edition of `hostnameTable`
   */
  readonly edition?: string;
}

/**
 * Allows outbound traffic to the hostnames of vCluster Platform, as "Install with Helm: Prerequisites" documents them:
 * https://github.com/loft-sh/vcluster-docs/blob/0f45a068f4c65baa8df49daef2868bb1644fbf53/platform/_partials/install/license-egress.mdx
 *
 * Allowed: `admin.loft.sh`.
 *
 * Throws before anything is created: `hostname-filter-required`, `wildcard-not-supported` if `through` takes only exact names,
 * `row-unknown` and `edition-unknown`.
 *
 * @example
 * new VClusterPlatformHostnames(stack, 'vcluster-platform-hostnames', { through: new GcpSecureWebProxy({ location: 'europe-west3' }) });
 */
export class VClusterPlatformHostnames extends DocumentedHostnames {
  /** The hostname table of the default edition. */
  public static get hostnameTable(): HostnameTable {
    return readOnlyDeep(hostnameEditionsOf('vcluster-platform-hostnames')[0]);
  }

  constructor(scope: Construct, id: string, props: VClusterPlatformHostnamesProps) {
    super(scope, id);
    this._open(hostnamesOfTable('vcluster-platform-hostnames', props));
  }
}
