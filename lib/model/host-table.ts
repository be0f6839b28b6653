import type { Basis } from './basis';
import type { Port } from './port';
import type { Discrepancy } from './port-table';

/** One host of a document that connections go out to. */
export interface HostnameRow {
  /** The name in `omit` and keys: lower-case letters, digits and hyphens. It never changes. */
  readonly name: string;
  /** An exact name as `archive.ubuntu.com`, or all names below one as `*.docker.com`. */
  readonly hostname: string;
  /** The ports at which the host is reached. */
  readonly ports: Port[];
  /** On what the ports rest. */
  readonly portsBasis: Basis;
  /** The heading in the document under which the host stands. */
  readonly section: string;
  /**
   * What the document says of the host.
   * @default - nothing but its name
   */
  readonly remark?: string;
}

/** A host that an installation needs and the document leaves out. It is opened only where it is asked for by name. */
export interface HostnameSupplement extends HostnameRow {
  /** Why it is needed. */
  readonly reason: string;
  /** The address of the page that says so. */
  readonly reference: string;
}

/** The hosts that one edition of a vendor's document wants to be reached. */
export interface HostnameTable {
  /** The name in keys and resource names: lower-case letters, digits and hyphens. It never changes. */
  readonly id: string;
  /** The title of the document, or of the part of it. */
  readonly title: string;
  /** The address of the document. */
  readonly reference: string;
  /** The year and month of the document: `2024-12`. */
  readonly edition: string;
  /**
   * The versions for which the vendor has checked the hosts.
   * @default - the document names none
   */
  readonly checkedFor?: string[];
  /** The day on which this table was last compared with the document: `2026-11-21`. */
  readonly comparedOn: string;
  /** The hosts, in the vendor's order. */
  readonly hostnames: HostnameRow[];
  /**
   * What the document leaves out.
   * @default - none
   */
  readonly supplements?: HostnameSupplement[];
  /**
   * Where the document contradicts itself, or leaves open what an allow-list must know.
   * @default - none
   */
  readonly discrepancies?: Discrepancy[];
}
