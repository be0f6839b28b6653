// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import { readOnlyDeep } from '../../input';
import { DocumentedHostnames, type DocumentedHostnamesProps } from '../../opening';
import type { HostnameTable } from '../../tables';
import { hostnameEditionsOf } from '../catalog';
import { hostnamesOfTable } from '../hostnames-of-table';

/**
 * The props of `RancherHostnames`.
 *
 * Rows: `catalog`. Editions: `2026-07` (default).
 */
export interface RancherHostnamesProps extends DocumentedHostnamesProps {
  /**
   * The edition of the document.
   * @default - the edition of `hostnameTable`
   */
  readonly edition?: string;
}

/**
 * Allows outbound traffic to the hostnames of Rancher, as "Port Requirements: Rancher Nodes" documents them:
 * https://github.com/rancher/rancher-product-docs/blob/1c37476ad984e39a903eca3fd02bf6c73271abee/versions/v2.15/modules/en/pages/installation-and-upgrade/requirements/port-requirements.adoc
 *
 * Allowed: `git.rancher.io`.
 *
 * Throws before anything is created: `hostname-filter-required`, `wildcard-not-supported` if `through` takes only exact names,
 * `row-unknown` and `edition-unknown`.
 *
 * @example
 * new RancherHostnames(stack, 'rancher-hostnames', { through: new GcpSecureWebProxy({ location: 'europe-west3' }) });
 */
export class RancherHostnames extends DocumentedHostnames {
  /** The hostname table of the default edition. */
  public static get hostnameTable(): HostnameTable {
    return readOnlyDeep(hostnameEditionsOf('rancher-hostnames')[0]);
  }

  constructor(scope: Construct, id: string, props: RancherHostnamesProps) {
    super(scope, id);
    this._open(hostnamesOfTable('rancher-hostnames', props));
  }
}
