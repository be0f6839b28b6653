import type { OwnershipJson } from '../../../provenance';

/** Everything that the page of a report says. Text is as users and documents wrote it; the page escapes it. */
export interface ReportData {
  /** The day of the page, which decides what has expired: `2026-11-28`. */
  readonly today: string;
  /** The number of the request in the ticket system; absent if it was not given. */
  readonly ticket?: string;
  /** Who asks; absent if it was not given. */
  readonly requestedBy?: string;
  /** The version of this package. */
  readonly version: string;
  /** What was read. */
  readonly paths: readonly string[];
  /** The names of the stacks, in the order of the rows; empty if nothing is opened. */
  readonly stacks: readonly string[];
  /** The protocols of all rows: `tcp, udp, VRRP (112/ip)`. */
  readonly protocols: string;
  /** Over which versions of IP the rows are. */
  readonly ipVersions: string;
  readonly pictures: readonly ReportPicture[];
  /** Everything that is opened, omitted or not documented, hostnames apart, in the order of the constructs. */
  readonly rows: readonly ReportRow[];
  readonly hostnames: readonly ReportRow[];
  /** All machines of the rows, with all their IP ranges. */
  readonly machines: readonly ReportMachines[];
  readonly request: ReportRequest;
  readonly documents: readonly ReportDocument[];
  readonly checks: readonly ReportTopic[];
  readonly findings: readonly ReportFinding[];
  readonly notEvaluated: readonly ReportMissing[];
  /** The results of `verify`; absent if no file was given. */
  readonly verification?: ReportVerification;
  /** What has changed; absent if nothing was given to compare with. */
  readonly changes?: ReportChanges;
}

/** A picture of who talks to whom in a stack. */
export interface ReportPicture {
  readonly stack: string;
  /** The picture as Graphviz draws it; absent if it would be too large to read. */
  readonly svg?: string;
  /** How many arrows it has. */
  readonly arrows: number;
}

/** What a reader should notice about a row. */
export type RowMark =
  | 'new'
  | 'moved'
  | 'supplement'
  | 'open to the world'
  | 'omitted'
  | 'not documented'
  | 'not open'
  | 'not known to be open'
  | 'expired'
  | 'expires soon';

/** One port from one source to one destination, or one hostname. */
export interface ReportRow {
  /** The id of the row in the page. It stays the same as long as the stack, the row of the document and the machines do. */
  readonly anchor: string;
  readonly stack: string;
  readonly source: ReportEnd;
  readonly destination: ReportEnd;
  /** The DNS name of the destination, whose IP addresses the row is about; absent if it has none. */
  readonly destinationName?: string;
  /** `6443/tcp`; several of a hostname. */
  readonly ports: readonly string[];
  /** `document: 10250/tcp` if the user moved the row. */
  readonly movedFrom?: string;
  readonly purpose: string;
  /** What the document says in addition about what it is for; absent if it says nothing. */
  readonly reason?: string;
  /** What fails while it is closed, or that nobody says it; absent if something else opens it. */
  readonly impact?: string;
  /** Whether anybody says what fails. */
  readonly isImpactKnown: boolean;
  /** Who opens it, in a few words, for filters. */
  readonly opener: string;
  /** The same, with the reason if it is not open as recorded. */
  readonly openedBy: string;
  readonly marks: readonly RowMark[];
  readonly document: ReportSource;
  /** Why it is needed although the document leaves it out; only of supplements. */
  readonly supplement?: string;
  /** Why it is open to the world, for each address family; empty if nobody gave a reason, or if it is not. */
  readonly worldReasons: readonly string[];
  /** Who wants it, and until when; absent if nobody said it. */
  readonly ownership?: OwnershipJson;
  /** Everything else that is known about it. */
  readonly facts: readonly ReportFact[];
}

/** One end of a row. */
export interface ReportEnd {
  readonly name: string;
  readonly ranges: readonly string[];
  /** The id of its machines in the page; absent for hostnames and for what is behind a filter. */
  readonly anchor?: string;
}

/** Machines, where they are, and all their IP ranges. */
export interface ReportMachines {
  readonly anchor: string;
  readonly stack: string;
  readonly name: string;
  readonly ranges: readonly string[];
  /** Host groups whose IP ranges nobody gave. */
  readonly missing: readonly string[];
  /** The cloud, region, account and network. */
  readonly place: string;
  readonly zones: readonly string[];
  /** Whether the firewall team manages the firewall in front of them. */
  readonly isExternal: boolean;
}

/** Where something is documented. */
export interface ReportSource {
  readonly text: string;
  /** The heading in the document. */
  readonly section?: string;
  /** A web address, or other text if the document is no page. */
  readonly reference?: string;
}

/** A fact with its label. */
export interface ReportFact {
  readonly label: string;
  readonly lines: readonly string[];
  /** Whether the part about documents says it too. */
  readonly isOfDocument?: true;
}

/** What the firewall team must open. */
export interface ReportRequest {
  readonly sections: readonly ReportRequestSection[];
  readonly hostnames: readonly ReportRow[];
  /** Host groups whose IP ranges the firewall team needs and nobody gave. */
  readonly missing: readonly string[];
  /** `IPv4` if everything is over it; absent unless all IP ranges are known and of one version. */
  readonly ipVersion?: string;
  /** The whole request in the vendor's form. */
  readonly text: string;
}

/** The entries of a request below one heading of the vendor's form. */
interface ReportRequestSection {
  /** Absent if no document of the request has a form. */
  readonly heading?: string;
  readonly entries: readonly ReportRequestEntry[];
}

/** Ports to open between two ends, or connections to route. */
export interface ReportRequestEntry {
  readonly sources: readonly ReportEnd[];
  readonly destination: ReportEnd;
  /** The machines to which a load balancer routes the connections, with their port; absent if ports must be opened only. */
  readonly routedTo?: { readonly members: ReportEnd; readonly port: string };
  /** The machines that route the connections; absent if they are not known, or are the destination itself. */
  readonly routedBy?: ReportEnd;
  readonly rows: readonly ReportRow[];
  readonly notes: readonly string[];
}

/** A document in use. */
export interface ReportDocument {
  readonly anchor: string;
  /** `kubeadm-flannel@2024-12`. */
  readonly key: string;
  readonly title: string;
  readonly edition: string;
  readonly reference: string;
  readonly comparedOn: string;
  /** For which versions the vendor has checked it, and which the user runs, or that nobody recorded them. */
  readonly versions: readonly string[];
  /** What a later edition would change; absent if there is none. */
  readonly later?: string;
  /** The number of rows that it is the source of. */
  readonly rows: number;
}

/** Something that documents leave to other documents. */
export interface ReportTopic {
  readonly topic: string;
  readonly answer: string;
  readonly isOpened: boolean;
}

/** A finding of `lint`. */
export interface ReportFinding {
  readonly level: string;
  readonly code: string;
  readonly stack?: string;
  readonly address: string;
  readonly message: string;
  /** What to do; absent if the message says it. */
  readonly fix?: string;
  readonly related: readonly string[];
}

/** Something that could not be evaluated. */
interface ReportMissing {
  readonly address: string;
  readonly reason: string;
  readonly stack?: string;
}

/** The results of `verify` in a JUnit file. */
export interface ReportVerification {
  readonly file: string;
  readonly results: readonly ReportedResult[];
  /** What the file says besides its results. */
  readonly remarks: readonly string[];
}

/** The result of one check. */
export interface ReportedResult {
  readonly outcome: 'passed' | 'failed' | 'not tried';
  readonly destination: string;
  readonly name: string;
  readonly message: string;
  readonly details: readonly string[];
}

/** What is different from an earlier configuration. */
export interface ReportChanges {
  /** What the page compares with. */
  readonly since: string;
  /** Why it is not known what has changed for the firewall team; absent if it is known. */
  readonly reason?: string;
  /** What has changed for the firewall team; absent if that is not known. */
  readonly request?: ReportChangedRequest;
  /** Whose rows are now somebody else's, or wanted until a different day. */
  readonly owners: readonly ReportOwnerChange[];
  readonly changes: readonly ReportChange[];
  /** What cannot be evaluated and is new, is gone, or has changed. */
  readonly notEvaluated: readonly ReportMissing[];
}

/** What the firewall team must open and close since an earlier request. */
interface ReportChangedRequest {
  readonly open: readonly ReportRow[];
  readonly close: readonly ReportRow[];
  /** How many ports and hostnames stay as they are. */
  readonly unchanged: number;
  /** Which stacks only one of the two sides has. */
  readonly remarks: readonly string[];
  /** The request for what has changed, in the vendor's form. */
  readonly text: string;
}

/** A construct with rows whose owner, ticket or last day has changed. */
interface ReportOwnerChange {
  readonly address: string;
  readonly text: string;
}

/** A difference between the traffic of two configurations. */
export interface ReportChange {
  readonly kind: string;
  readonly isWorld: boolean;
  readonly direction: string;
  readonly at: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** A packet that passes in only one of the two configurations. */
  readonly packet: string;
  readonly rules: readonly string[];
  /** The rows of this page that the rules are for. */
  readonly rows: readonly ReportRow[];
  readonly documents: readonly ReportSource[];
}
