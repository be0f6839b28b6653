// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import { readOnlyDeep } from '../../input';
import { DocumentedHostnames, type DocumentedHostnamesProps } from '../../opening';
import type { HostnameTable } from '../../tables';
import { hostnameEditionsOf } from '../catalog';
import { hostnamesOfTable } from '../hostnames-of-table';

/**
 * The choices for `cdnHostnames` of `SnapHostnames`. A wildcard for the download CDNs, or the hostnames that the page lists.
 */
export enum SnapHostnamesCdnHostnames {
  /** Allows `*.snapcraftcontent.com`, `*.cdn.snapcraft.io` (with `deprecated` true). */
  WILDCARD = 'wildcard',
  /**
   * Allows `storage.snapcraftcontent.com`, `canonical-lgw01.cdn.snapcraftcontent.com`,
   * `canonical-lcy01.cdn.snapcraftcontent.com`, `canonical-lcy02.cdn.snapcraftcontent.com`,
   * `canonical-bos01.cdn.snapcraftcontent.com`, `cloudfront.cdn.snapcraftcontent.com`, `fastly.cdn.snapcraftcontent.com` (with
   * `deprecated` true), `fastly-global.cdn.snapcraftcontent.com` (with `deprecated` true), `canonical-lgw01.cdn.snapcraft.io`
   * (with `deprecated` true), `canonical-lcy01.cdn.snapcraft.io` (with `deprecated` true), `canonical-bos01.cdn.snapcraft.io`
   * (with `deprecated` true), `fastly.cdn.snapcraft.io` (with `deprecated` true), `fastly-global.cdn.snapcraft.io` (with
   * `deprecated` true), `cloudfront.cdn.snapcraft.io` (with `deprecated` true).
   */
  LISTED = 'listed',
}

/**
 * The props of `SnapHostnames`.
 *
 * Rows: `api`, `dashboard`, `login`, `content`, `deprecated-content`, `public-apps`, `storage`, `lgw01`, `lcy01`, `lcy02`,
 * `bos01`, `cloudfront`, `fastly`, `fastly-global`, `upload`, `serial-vault`, `deprecated-lgw01`, `deprecated-lcy01`,
 * `deprecated-bos01`, `deprecated-fastly`, `deprecated-fastly-global`, `deprecated-cloudfront`. Editions: `2026-04` (default).
 */
export interface SnapHostnamesProps extends DocumentedHostnamesProps {
  /**
   * A wildcard for the download CDNs, or the hostnames that the page lists.
   * @default SnapHostnamesCdnHostnames.WILDCARD
   */
  readonly cdnHostnames?: SnapHostnamesCdnHostnames;
  /**
   * The deprecated domains, which remain active until a migration is complete. `true` allows `*.cdn.snapcraft.io` (with
   * `cdnHostnames` wildcard), `public.apps.ubuntu.com`, `fastly.cdn.snapcraftcontent.com` (with `cdnHostnames` listed),
   * `fastly-global.cdn.snapcraftcontent.com` (with `cdnHostnames` listed), `canonical-lgw01.cdn.snapcraft.io` (with
   * `cdnHostnames` listed), `canonical-lcy01.cdn.snapcraft.io` (with `cdnHostnames` listed), `canonical-bos01.cdn.snapcraft.io`
   * (with `cdnHostnames` listed), `fastly.cdn.snapcraft.io` (with `cdnHostnames` listed), `fastly-global.cdn.snapcraft.io` (with
   * `cdnHostnames` listed), `cloudfront.cdn.snapcraft.io` (with `cdnHostnames` listed).
   * @default true
   */
  readonly deprecated?: boolean;
  /**
   * Snapcraft publishes snaps from these machines. `true` allows `upload.apps.ubuntu.com`.
   * @default false
   */
  readonly snapcraft?: boolean;
  /**
   * Devices are provisioned for a Dedicated Snap Store. `true` allows `serial-vault-partners.canonical.com`.
   * @default false
   */
  readonly dedicatedStore?: boolean;
  /**
   * The edition of the document.
   * @default - the edition of `hostnameTable`
   */
  readonly edition?: string;
}

/**
 * Allows outbound traffic to the hostnames of Snap, as "Network requirements" documents them:
 * https://github.com/canonical/snap-docs/blob/7b44bbe2401174cb3c12eee80bc6561de52e7c24/docs/reference/administration/network-requirements.md
 *
 * Allowed by default: `api.snapcraft.io`, `dashboard.snapcraft.io`, `login.ubuntu.com`, `*.snapcraftcontent.com`,
 * `*.cdn.snapcraft.io`, `public.apps.ubuntu.com`.
 *
 * Throws before anything is created: `hostname-filter-required`, `wildcard-not-supported` if `through` takes only exact names,
 * `choice-unknown`, `not-a-boolean`, `row-closed`, `row-unknown` and `edition-unknown`.
 *
 * @example
 * new SnapHostnames(stack, 'snap-hostnames', { through: new GcpSecureWebProxy({ location: 'europe-west3' }) });
 */
export class SnapHostnames extends DocumentedHostnames {
  /** The hostname table of the default edition. */
  public static get hostnameTable(): HostnameTable {
    return readOnlyDeep(hostnameEditionsOf('snap-hostnames')[0]);
  }

  constructor(scope: Construct, id: string, props: SnapHostnamesProps) {
    super(scope, id);
    this._open(hostnamesOfTable('snap-hostnames', props));
  }
}
