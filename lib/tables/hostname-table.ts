import type { Port } from '../net';
import type { Basis, Discrepancy, TableOption } from './port-table';

/** One hostname that a document lists for outbound connections. */
export interface HostnameRow {
  /** The name in `omit` and keys: lower-case letters, digits and hyphens. It never changes. */
  readonly name: string;
  /**
   * An exact hostname, such as `archive.ubuntu.com`, or `*.docker.com` for all names below a domain. A parameter of the table is in
   * braces: `eks.{region}.amazonaws.com`.
   */
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
  /**
   * The choices with which the hostname is allowed: `{ cloud: ['aws', 'gcp'], telemetry: ['true'] }`. Each option must have one of its
   * listed choices.
   * @default - the hostname is allowed with every choice
   */
  readonly when?: Record<string, string[]>;
}

/** A part of hostnames that a document leaves to its readers, such as a region or a domain. */
export interface HostnameParameter {
  /** The name in the braces of hostnames: lower-case letters, digits and hyphens. It never changes. */
  readonly id: string;
  /** What the parameter is. */
  readonly title: string;
  /** A value, such as `eu-central-1`. */
  readonly example: string;
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
  /**
   * The options that decide which hostnames are allowed.
   * @default - every hostname is always allowed
   */
  readonly options?: TableOption[];
  /**
   * The parts of hostnames that the document leaves to its readers.
   * @default - every hostname is written out
   */
  readonly parameters?: HostnameParameter[];
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
