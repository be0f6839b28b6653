// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import { readOnlyDeep } from '../../input';
import { DocumentedHostnames, type DocumentedHostnamesProps } from '../../opening';
import type { HostnameTable } from '../../tables';
import { hostnameEditionsOf } from '../catalog';
import { hostnamesOfTable } from '../hostnames-of-table';

/**
 * The props of `TalosHostnames`.
 *
 * Rows: `discovery`, `image-factory`, `image-factories`, `image-factory-storage`, `google-registry`, `google-storage`,
 * `google-artifacts`, `github-registry`, `github-content`, `kubernetes-registry`, `kubernetes-storage`. Editions: `1.13`
 * (default).
 */
export interface TalosHostnamesProps extends DocumentedHostnamesProps {
  /**
   * The edition of the document.
   * @default - the edition of `hostnameTable`
   */
  readonly edition?: string;
}

/**
 * Allows outbound traffic to the hostnames of Talos Linux, as "Egress Domains" documents them:
 * https://github.com/siderolabs/docs/blob/5011b33ce38d410f5933f606446a93775dac75fe/public/talos/v1.13/networking/egress-domains.mdx
 *
 * Allowed: `discovery.talos.dev`, `factory.talos.dev`, `*.factory.talos.dev`, `*.r2.cloudflarestorage.com`, `gcr.io`,
 * `storage.googleapis.com`, `*.pkg.dev`, `ghcr.io`, `*.githubusercontent.com`, `registry.k8s.io`,
 * `*.s3.dualstack.us-east-1.amazonaws.com`.
 *
 * Throws before anything is created: `hostname-filter-required`, `wildcard-not-supported` if `through` takes only exact names,
 * `row-unknown` and `edition-unknown`.
 *
 * @example
 * new TalosHostnames(stack, 'talos-hostnames', { through: new GcpSecureWebProxy({ location: 'europe-west3' }) });
 */
export class TalosHostnames extends DocumentedHostnames {
  /** The hostname table of the default edition. */
  public static get hostnameTable(): HostnameTable {
    return readOnlyDeep(hostnameEditionsOf('talos-hostnames')[0]);
  }

  constructor(scope: Construct, id: string, props: TalosHostnamesProps) {
    super(scope, id);
    this._open(hostnamesOfTable('talos-hostnames', props));
  }
}
