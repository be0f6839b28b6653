import type { Basis } from './basis';
import type { Cidr } from './cidr';
import type { Port } from './port';
import type { Role } from './port-table';

/** A flow as it is read back from a synthesized stack: everything that renderings say of it. */
export interface TracedFlow {
  /** The name of the stack, or nothing for a flow of a document alone. */
  readonly stack?: string;
  /** Names the row over all documents; it stands in the descriptions of rules. */
  readonly rowKey: string;
  /** The name of the row in its document: `api-server`. */
  readonly row: string;
  readonly port: Port;
  readonly sourceRole: Role;
  readonly destinationRole: Role;
  readonly source: TracedPeer;
  readonly destination: TracedPeer;
  readonly document: TracedDocument;
  readonly section: string;
  /** On what the protocol rests. */
  readonly basis: Basis;
  /** What the document says of the port. */
  readonly description: string;
  readonly purpose?: string;
  /** Why it is needed although the document leaves it out. */
  readonly supplement?: string;
  readonly environment?: string;
  /** The DNS name by which people know the destination. */
  readonly hostname?: string;
  /** Whether others must open it, and we only ask. */
  readonly external: boolean;
  /** The path of the construct that asks. */
  readonly constructPath: string;
  /** The Terraform addresses of the rules on our side. */
  readonly rules: readonly string[];
}

/** Ranges of addresses, as far as they are known. */
export interface TracedRanges {
  readonly ranges: readonly Cidr[];
  /** What the ranges refer to that are known only to Terraform. */
  readonly references: readonly string[];
}

/** Who is at one end of flows. */
export interface TracedPeer extends TracedRanges {
  readonly label: string;
  readonly hostGroups: readonly TracedHostGroup[];
  /** Whether it is machines whose firewall others manage. */
  readonly external: boolean;
  /** Per family for which it is open to the world: the reason. */
  readonly openToTheWorld: readonly string[];
}

/** Machines that rules of a cloud can name. */
export interface TracedHostGroup {
  readonly cloud: string;
  readonly label: string;
  /** What the machines stand in, as `network prod of project net-host`. */
  readonly network?: string;
  /** Where the machines have their addresses, if that was said. */
  readonly ipRanges?: TracedRanges;
}

/** A document of which a table was taken. */
export interface TracedDocument {
  /** Table and edition: `kubeadm-flannel@2024-12`. */
  readonly key: string;
  readonly title: string;
  readonly reference: string;
  readonly edition: string;
  readonly checkedFor?: readonly string[];
  readonly comparedOn: string;
}
