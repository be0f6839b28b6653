import type { Port } from '../net';
import type { Basis, Discrepancy } from './port-table';

/** One hostname that a document lists for outbound connections. */
export interface HostnameRow {
  /** The name in `omit` and keys: lower-case letters, digits and hyphens. It never changes. */
  readonly name: string;
  /** An exact hostname, such as `archive.ubuntu.com`, or `*.docker.com` for all names below a domain. */
  readonly hostname: string;
  /** The ports of the connections. */
  readonly ports: Port[];
  /** The part of the document that gives the ports. */
  readonly portsBasis: Basis;
  /** The heading of the document that contains the hostname. */
  readonly section: string;
  /**
   * What the document says about the hostname.
   * @default - only the name
   */
  readonly remark?: string;
}

/** A hostname that a working installation needs and the document leaves out. It is allowed only if you select it by name. */
export interface HostnameSupplement extends HostnameRow {
  /** Why the hostname is needed. */
  readonly reason: string;
  /** The URL of the page that says so. */
  readonly reference: string;
}

/** The hostnames that one edition of a vendor's document lists for outbound connections. */
export interface HostnameTable {
  /** The name in keys and resource names: lower-case letters, digits and hyphens. It never changes. */
  readonly id: string;
  /**
   * The name of the product, as its vendor writes it, such as `RKE2`.
   * @default - `id`
   */
  readonly product?: string;
  /** The title of the document, or of its part about these hostnames. */
  readonly title: string;
  /** The URL of the document. */
  readonly reference: string;
  /**
   * The year and month of the document, such as `2024-12`; or the version of the product, such as `1.31`, if the vendor has a document
   * for each version. All editions of one table have the same form.
   */
  readonly edition: string;
  /**
   * The versions of the product for which the vendor has checked the hostnames.
   * @default - the document names no versions
   */
  readonly checkedFor?: string[];
  /** The day on which this table was last compared with the document: `2026-11-21`. */
  readonly comparedOn: string;
  /** The hostnames, in the vendor's order. */
  readonly hostnames: HostnameRow[];
  /**
   * Hostnames that the document leaves out.
   * @default - none
   */
  readonly supplements?: HostnameSupplement[];
  /**
   * Places where the document contradicts itself, or leaves out something that an allow-list needs.
   * @default - none
   */
  readonly discrepancies?: Discrepancy[];
}
