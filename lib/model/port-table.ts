import type { Basis } from './basis';
import type { Port } from './port';

/** A group of machines in a vendor's document. */
export interface Role {
  /** The name in keys and rule names: lower-case letters, digits and hyphens, as `control-plane`. */
  readonly id: string;
  /** What the document calls these machines. */
  readonly title: string;
}

/** One port of a documented flow. */
export interface PortRow {
  /** The name in `omit`, `ports` and keys: lower-case letters, digits and hyphens. It never changes. */
  readonly name: string;
  /** The port that the document gives. */
  readonly port: Port;
  /** The description in the vendor's words. */
  readonly description: string;
  /**
   * The purpose column of the vendor's table.
   * @default - the table has no such column
   */
  readonly purpose?: string;
  /**
   * What fails while the port is closed.
   * @default - the document does not say
   */
  readonly impact?: string;
  /** The heading in the document under which the row stands. */
  readonly section: string;
  /** On what the protocol rests. */
  readonly protocolBasis: Basis;
  /**
   * Whether opening this port to the whole internet is refused, whatever the reason.
   * @default false
   */
  readonly internal?: boolean;
}

/** The rows between two roles of a document. */
export interface DocumentedFlow {
  /**
   * The name that the vendor gives the rule, in a command for example.
   * @default - rules are named after the table and the roles
   */
  readonly name?: string;
  /** Who opens the connections. */
  readonly source: Role;
  /** Who listens. */
  readonly destination: Role;
  /** The ports, in the vendor's order. */
  readonly rows: PortRow[];
}

/** What a working cluster needs and the document leaves out. It is opened only where it is asked for. */
export interface Supplement extends DocumentedFlow {
  /** Why it is needed. */
  readonly reason: string;
  /** The address of the page that says so. */
  readonly reference: string;
}

/** Where a document contradicts itself, or leaves open what a firewall rule must know. */
export interface Discrepancy {
  /** What the document says in one place and in another, or not at all. */
  readonly finding: string;
  /** What this table does about it. */
  readonly decision: string;
  /**
   * The rows that it is about.
   * @default - all of the table
   */
  readonly rows?: string[];
}

/** What one edition of a vendor's document says about one construct. */
export interface PortTable {
  /** The name in keys and rule names: lower-case letters, digits and hyphens. It never changes. */
  readonly id: string;
  /** The title of the document, or of the part of it. */
  readonly title: string;
  /** The address of the document. */
  readonly reference: string;
  /** The year and month of the document: `2024-12`. */
  readonly edition: string;
  /**
   * The versions for which the vendor has checked the ports.
   * @default - the document names none
   */
  readonly checkedFor?: string[];
  /** The day on which this table was last compared with the document: `2026-11-21`. */
  readonly comparedOn: string;
  /** The documented flows, in the vendor's order. */
  readonly flows: DocumentedFlow[];
  /**
   * What the document leaves out.
   * @default - none
   */
  readonly supplements?: Supplement[];
  /**
   * Where the document contradicts itself.
   * @default - none
   */
  readonly discrepancies?: Discrepancy[];
}
