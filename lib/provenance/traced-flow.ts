import type { AddressFamily, Cidr, Port } from '../net';
import type { Basis, PortLevel, Role } from '../tables';
import type { HostnameFilterJson, OwnershipJson } from './provenance-json';

/** What rules do with a flow or hostname, if they do not open it as its provenance says. */
export interface Deviation {
  /** Whether they open nothing of it, some of it, or all of it by rules that were not created for it. */
  readonly kind: 'closed' | 'closed in part' | 'opened otherwise';
  readonly reason: string;
}

/** A flow read back from a synthesized stack, with everything that documents say about it. */
export interface TracedFlow {
  /** The name of the stack; absent if the flow was made from a port table only. */
  readonly stack?: string;
  /** The key of the row among all documents, which the descriptions of rules contain. */
  readonly rowKey: string;
  /** The name of the row in its document: `api-server`. */
  readonly row: string;
  /** The port that is opened. */
  readonly port: Port;
  /** The port of the document, if the user moved it; absent if it is `port`. */
  readonly documentedPort?: Port;
  readonly sourceRole: Role;
  readonly destinationRole: Role;
  readonly source: TracedPeer;
  readonly destination: TracedPeer;
  readonly document: TracedDocument;
  readonly section: string;
  /** Where the document states the protocol. */
  readonly basis: Basis;
  /** What the document says about the port. */
  readonly description: string;
  readonly purpose?: string;
  /** What fails while the port is closed; absent if the document does not say. */
  readonly impact?: string;
  /** Where the port is seen; absent if it is a port of the machine. */
  readonly level?: PortLevel;
  /** Why it is needed although the document leaves it out; absent if the document has it. */
  readonly supplement?: string;
  /** The URL of the page that says so; only with `supplement`. */
  readonly supplementReference?: string;
  /** The versions that the user runs, by product. */
  readonly versions?: Readonly<Record<string, string>>;
  /**
   * Why its document does not have it so: `kubeadm-flannel@2024-12 has 10250/tcp for kubelet`. Then it has no document, description or
   * purpose. Absent if everything holds that can be checked.
   */
  readonly notDocumented?: string;
  /** What rules do other than open it as recorded; absent if they open it so. Its document may have it nevertheless. */
  readonly deviation?: Deviation;
  /** Why it is not known whether the rules open it, although they exist; absent if it is known, or if there are none. */
  readonly notKnown?: string;
  /** Why its source may not send it, although the rules that open it exist; absent if it may, or it is not known. */
  readonly closedAtSource?: string;
  /** Whether its ends have no IP addresses of one family in common, so that rules for it open nothing. */
  readonly isWithoutPackets?: true;
  readonly environment?: string;
  /** The only IP family that it is for; absent if it is for both. */
  readonly family?: AddressFamily;
  /** The hostname of the destination. */
  readonly hostname?: string;
  /** Whether the firewall team must open it. */
  readonly external: boolean;
  /** The path of the construct that needs it. */
  readonly constructPath: string;
  /** Who wants it, and until when; absent if the user named nobody. */
  readonly ownership?: OwnershipJson;
  /** The Terraform addresses of the rules that this library creates for it. */
  readonly rules: readonly string[];
}

/**
 * A documented port or hostname that a construct leaves closed because of `omit`, read back from a synthesized stack. The destination of a
 * hostname is a peer without IP ranges.
 */
export interface TracedOmission
  extends
    Partial<Pick<TracedFlow, 'sourceRole' | 'destinationRole'>>,
    Pick<
      TracedFlow,
      | 'stack'
      | 'rowKey'
      | 'row'
      | 'port'
      | 'source'
      | 'destination'
      | 'document'
      | 'section'
      | 'basis'
      | 'description'
      | 'purpose'
      | 'impact'
      | 'supplement'
      | 'supplementReference'
      | 'environment'
      | 'external'
      | 'constructPath'
    > {
  /** The hostname; absent for a port between machines. */
  readonly hostname?: TracedHostname;
  /** What opens the port nevertheless; absent if nothing in the files does. */
  readonly openNevertheless?: OpenNevertheless;
}

/** What opens a port that a construct omits. */
export interface OpenNevertheless {
  /** Whether other rules open it, other rules may open it, or a different construct asks the firewall team for it. */
  readonly kind: 'opened' | 'not known' | 'asked for';
  /** The Terraform addresses of rules, why it is not known, or the paths of constructs. */
  readonly by: string;
}

/** IP ranges, as far as they are known. */
export interface TracedRanges {
  readonly ranges: readonly Cidr[];
  /** Terraform expressions of the ranges that are known after apply. */
  readonly references: readonly string[];
}

/** One end of flows. */
export interface TracedPeer extends TracedRanges {
  /** The name of the stack, because the same label in two stacks may be different machines; absent without a stack. */
  readonly stack?: string;
  readonly label: string;
  /** The label in the code, which different peers have too; absent if only this one has it. */
  readonly givenLabel?: string;
  readonly hostGroups: readonly TracedHostGroup[];
  /** Whether the firewall team manages the firewall of these machines. */
  readonly external: boolean;
  /** True if they are Linux machines whose own firewall the user manages. */
  readonly hasHostFirewall?: true;
  /** The reason for each address family that is open to the world. */
  readonly openToTheWorld: readonly string[];
  /** The network zones of the machines; absent if nobody gave them. */
  readonly zones?: readonly string[];
}

/** Machines that the rules of a cloud can select. */
export interface TracedHostGroup {
  readonly cloud: string;
  readonly label: string;
  /** The network of the machines, such as `network prod of project net-host`. */
  readonly network?: string;
  /** The account of the machines on AWS; absent if it is not known. */
  readonly account?: string;
  /** The region of the machines on AWS; absent if it is not known. */
  readonly region?: string;
  /** The IP ranges of the machines; absent if nobody gave them. */
  readonly ipRanges?: TracedRanges;
  /** How else users may call them than by their label: key, id, tag, Terraform address. Absent if only the label is known. */
  readonly names?: readonly string[];
  /** The path of the stack that creates the machines; absent if it is not known, or if no stack creates them. */
  readonly owner?: string;
}

/** The document that a table is taken from. */
export interface TracedDocument {
  /** Table and edition: `kubeadm-flannel@2024-12`. */
  readonly key: string;
  readonly title: string;
  readonly reference: string;
  readonly edition: string;
  readonly checkedFor?: readonly string[];
  readonly comparedOn: string;
}

/** A kind of hostname filter. */
export type TracedFilter = HostnameFilterJson['kind'];

/** A hostname read back from a synthesized stack, with everything that documents say about it. */
export interface TracedHostname {
  /** The name of the stack. */
  readonly stack?: string;
  /** The name of the row in its document: `docker-io`. */
  readonly row: string;
  /** A DNS name, or `*.` and a domain. */
  readonly hostname: string;
  /** At least one. */
  readonly ports: readonly Port[];
  /** Where the document states the ports. */
  readonly basis: Basis;
  readonly document: TracedDocument;
  readonly section: string;
  /** What the document says about the hostname. */
  readonly remark?: string;
  /** Why it is needed although the document leaves it out; absent if the document has it. */
  readonly supplement?: string;
  /** The URL of the page that says so; only with `supplement`. */
  readonly supplementReference?: string;
  /** Why its document does not have it so, as in `TracedFlow`. */
  readonly notDocumented?: string;
  /** What rules do other than allow it as recorded, as in `TracedFlow`. */
  readonly deviation?: Deviation;
  /** Why it is not known whether the rules allow it, as in `TracedFlow`. */
  readonly notKnown?: string;
  /** The filter that allows it, such as a proxy. */
  readonly through: string;
  /** How the filter finds hostnames; absent if the firewall team manages it. */
  readonly filter?: TracedFilter;
  /** The machines that it is for; absent if nobody named them. */
  readonly clients?: TracedPeer;
  /** The names of these machines in permitted traffic, such as `machines:10.20.0.0/16`; absent if nobody looked them up. */
  readonly machines?: readonly string[];
  /** Whether the firewall team must allow it. */
  readonly external: boolean;
  /** The path of the construct that needs it. */
  readonly constructPath: string;
  /** Who wants it, and until when; absent if the user named nobody. */
  readonly ownership?: OwnershipJson;
  /** The Terraform addresses of the resources that this library creates for it. */
  readonly rules: readonly string[];
}

/** Traffic that rules of a stack allow, and that is in no flow and for no hostname. */
export interface TracedOpening {
  /** The name of the stack. */
  readonly stack?: string;
  /** Whether the rules are for inbound or outbound traffic of their machines. */
  readonly direction: 'ingress' | 'egress';
  /** As permitted traffic has it, because rules also allow all ports: `22/tcp`, `all`. */
  readonly port: string;
  readonly source: TracedPeer;
  /** A hostname is a peer without IP ranges. */
  readonly destination: TracedPeer;
  /** Whether the source is most of the internet, and the rules are for inbound traffic. */
  readonly isOpenToTheWorld: boolean;
  /** The Terraform addresses of the rules. */
  readonly rules: readonly string[];
  /** Why it is not known whether the rules apply; absent if it is known. */
  readonly notKnown?: string;
  /** Whether its ends have no IP addresses of one family in common. */
  readonly isWithoutPackets?: true;
}
