import type { AddressFamily } from './address-family';

/** The version of the form below; readers refuse what they do not know. */
export const PROVENANCE_VERSION = 1;

const LINE_LENGTH = 250;

/** Why every port of a stack is open, as it stands under `//` in the synthesized stack. */
export interface ProvenanceJson {
  /** The version of this form; readers refuse what they do not know. */
  readonly version: number;
  /** The documents, by table and edition. */
  readonly documents: Readonly<Record<string, DocumentJson>>;
  /** The rows of documents, by the key that stands in the descriptions of rules. */
  readonly rows: Readonly<Record<string, RowJson>>;
  readonly peers: readonly PeerJson[];
  readonly flows: readonly FlowJson[];
  /** The hosts that are let out by name; absent where there are none. */
  readonly hostnames?: readonly HostnameJson[];
}

/** One host of a document, and what lets it out. */
export interface HostnameJson {
  /** Names the document in `documents`. */
  readonly document: string;
  /** The name of the row. */
  readonly row: string;
  readonly section: string;
  readonly portsBasis: string;
  /** A name, or `*.` and a domain. */
  readonly hostname: string;
  /** As `443/tcp`. */
  readonly ports: readonly string[];
  readonly remark?: string;
  /** Why it is needed although the document leaves it out. */
  readonly supplement?: string;
  /** What lets it out. */
  readonly through: string;
  /** Whether the firewall team must open it; absent if this library opens it. */
  readonly external?: true;
  /** The path of the construct that asks. */
  readonly construct: string;
  /** The resources on our side, in the form of the rules of flows. */
  readonly rules: Readonly<Record<string, readonly string[]>>;
}

/** A document of which a table was taken. */
export interface DocumentJson {
  readonly title: string;
  readonly reference: string;
  readonly edition: string;
  readonly checkedFor?: readonly string[];
  readonly comparedOn: string;
}

/** Who is at one end of flows. */
export interface PeerJson extends RangesJson {
  readonly label: string;
  readonly hostGroups: readonly HostGroupJson[];
  /** Whether it is machines whose firewall others manage. */
  readonly external?: true;
  /** Per family for which it is open to the world: the reason. */
  readonly openToTheWorld: readonly string[];
}

/** Machines at an end of flows that rules of a cloud can name. */
export interface HostGroupJson {
  readonly cloud: string;
  readonly label: string;
  /** What the machines stand in, as `network prod of project net-host`. */
  readonly network?: string;
  /** Absent where no rules select these machines. */
  readonly selectedBy?: SelectorJson;
  /** Where the machines have their addresses. */
  readonly ipRanges?: RangesJson;
}

/** Ranges of addresses, as far as synthesis knows them. */
export interface RangesJson {
  readonly ranges: readonly string[];
  /** Terraform expressions of ranges that are unknown at synthesis. */
  readonly references: readonly string[];
  /** The same with what else is known of them; absent where there are none. */
  readonly unknownRanges?: readonly UnknownRangeJson[];
}

/** What rules name machines, or a prefix list, by. */
export interface SelectorJson {
  readonly kind: 'sg' | 'prefix-list' | 'tag' | 'account' | 'all-instances';
  /** The id, tag or email as Terraform has it: a value that only Terraform knows is its expression in `${}`. */
  readonly value: string;
  /** The same for the other prefix list, where one name is two because its ranges are of both families. */
  readonly otherValue?: string;
  /** The stack in which an expression has its meaning. */
  readonly stack?: string;
  /** On GCP the network, as Terraform has it. */
  readonly network?: string;
  /** On GCP the project of the network, where it is given. */
  readonly project?: string;
  /** What is let out of these machines: the flows that start there, or everything; absent where that is not ours to say. */
  readonly egress?: 'documented' | 'everything';
  /** Whether the rules are made and not enforced. */
  readonly isDisabled?: boolean;
}

/** A range, or a list of ranges, that only Terraform knows. */
export interface UnknownRangeJson {
  readonly family: AddressFamily;
  /** As Terraform has it: `${aws_subnet.office.cidr_block}`. */
  readonly value: string;
  /** The stack in which the expression has its meaning. */
  readonly stack: string;
  /** Whether it is a whole list. */
  readonly isList?: boolean;
}

/** A row of a document. */
export interface RowJson {
  /** Names the document in `documents`. */
  readonly document: string;
  readonly section: string;
  readonly protocolBasis: string;
  readonly description: string;
  readonly purpose?: string;
  readonly source: RoleJson;
  readonly destination: RoleJson;
  /** Why it is needed although the document leaves it out. */
  readonly supplement?: string;
}

/** A group of machines in a document. */
export interface RoleJson {
  readonly role: string;
  readonly title: string;
}

/** One documented port between two peers. */
export interface FlowJson {
  /** Names the row in `rows`. */
  readonly row: string;
  /** As `6443/tcp`. */
  readonly port: string;
  /** The place of the peer in `peers`. */
  readonly source: number;
  /** The place of the peer in `peers`. */
  readonly destination: number;
  readonly environment?: string;
  /** The DNS name by which people know the destination. */
  readonly hostname?: string;
  /** Whether the firewall team must open it; absent if this library opens it. */
  readonly external?: true;
  /** The path of the construct that asks. */
  readonly construct: string;
  /** The rules on our side: by resource type, logical ids with a space between, some to a line. Read it with `rulesOf`. */
  readonly rules: Readonly<Record<string, readonly string[]>>;
}

/** Terraform addresses in the form in which flows have them: a line costs the framework as much as an address would. */
export function rulesJson(addresses: readonly string[]): Record<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const address of addresses) {
    const [type, id] = address.split('.');
    const lines = ids.get(type) ?? [''];
    const last = lines.length - 1;
    if (lines[last].length > LINE_LENGTH) lines.push(id);
    else lines[last] = lines[last] === '' ? id : `${lines[last]} ${id}`;
    ids.set(type, lines);
  }
  return Object.fromEntries(ids);
}

/** The Terraform addresses of the rules of a flow or host. */
export function rulesOf({ rules }: Pick<FlowJson, 'rules'>): string[] {
  return Object.entries(rules).flatMap(([type, lines]) =>
    lines.flatMap((line) => line.split(' ').map((id) => `${type}.${id}`)),
  );
}
