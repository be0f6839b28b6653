/**
 * A part of a vendor's form for access requests: what the form says in addition to the ports of the tables.
 *
 * Texts are the vendor's own only where they are labels: headings and remarks.
 */
export interface RequestTemplatePart {
  /** The heading in the form. */
  readonly heading: string;
  /** The tables whose flows belong below the heading: `kubeadm-flannel@2024-12`. */
  readonly tables: readonly string[];
  /** The blocks in the order of the form. */
  readonly blocks: readonly RequestTemplateBlock[];
}

/** A block of the form: from some roles to one role. */
interface RequestTemplateBlock {
  /** The ids of roles. */
  readonly sources: readonly string[];
  /** The id of a role. */
  readonly destination: string;
  /** The ports, as tables write them. */
  readonly ports: readonly string[];
  /** What the form says above the block; absent if it says nothing. */
  readonly remark?: string;
  /** What the reader can do about the remark. */
  readonly choice?: string;
  /** What the form says about the sources; absent if it says nothing. */
  readonly sourceRemark?: string;
  /** What the document tells the owner of the load balancer; absent if nothing is routed. */
  readonly routing?: {
    /** What it says about a DNS name; a name that the user gives follows it. */
    readonly dnsNote: string;
    readonly notes: readonly string[];
  };
}

/** Something that a document does not cover, and that its readers must check in other documents. */
export interface ExternalCheck {
  /** The tables of the document that says so: `kubeadm-flannel@2024-12`. */
  readonly tables: readonly string[];
  /** What must be checked. */
  readonly topic: string;
  /** The tables of this package that cover it: ids, with an edition if an earlier one covers less. Absent if none does. */
  readonly coveredBy?: readonly string[];
  /** How it can be opened, or why no table covers it. */
  readonly answer: string;
}

/** Why a hostname is needed, if its document refers to a different document for the reason. */
export interface HostnameReason {
  /** The tables of the document: `apinizer-installation-hosts@2024-12`. */
  readonly tables: readonly string[];
  /** The name of the row. */
  readonly row: string;
  readonly reason: string;
  /** The URLs of the pages that say so, at least one. */
  readonly references: readonly string[];
}
