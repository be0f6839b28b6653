import type { AddressFamily } from '../net';

/** The version of `ProvenanceJson`. Readers throw for every other version. */
export const PROVENANCE_VERSION = 1;

const LINE_LENGTH = 250;

/** Why every port of a stack is open: the `clusterPorts` member of the metadata in a synthesized stack. */
export interface ProvenanceJson {
  /** `PROVENANCE_VERSION` of the package that synthesized the stack. */
  readonly version: number;
  /** The documents by table and edition, such as `kubeadm-flannel@2024-12`. */
  readonly documents: Readonly<Record<string, DocumentJson>>;
  /** The rows of documents, by the key that the descriptions of rules contain. */
  readonly rows: Readonly<Record<string, RowJson>>;
  readonly peers: readonly PeerJson[];
  readonly flows: readonly FlowJson[];
  /** The documented ports that constructs leave closed because of `omit`; absent if there are none. */
  readonly omitted?: readonly OmittedJson[];
  /** The hostnames to which outbound access is allowed; absent if there are none. */
  readonly hostnames?: readonly HostnameJson[];
  /** The documented hostnames that constructs do not allow because of `omit`; absent if there are none. */
  readonly omittedHostnames?: readonly OmittedHostnameJson[];
  /**
   * The network policies that are not Terraform resources, by the id in their address `kubernetes_manifest.<id>`: the command line writes
   * them. Absent if there are none.
   */
  readonly manifests?: Readonly<Record<string, object>>;
  /** What the framework printed as warnings; absent if there are none. */
  readonly warnings?: readonly WarningJson[];
}

/** Provenance as it is written. Flows that differ only in their rows are one entry, so that a stack of many rules stays small. */
export interface WrittenProvenanceJson extends Omit<ProvenanceJson, 'flows'> {
  /** The rows of entries in `flows`, each list once; absent if no entry has several rows. */
  readonly rowLists?: readonly (readonly OpenedRowJson[])[];
  /** In the order of the constructs. */
  readonly flows: readonly (FlowJson | FlowsJson)[];
}

/** Flows that differ only in their rows. */
export interface FlowsJson extends Omit<FlowJson, keyof OpenedRowJson> {
  /** The index of their rows in `rowLists`. */
  readonly rowList: number;
}

/** A warning of a construct of this library. */
export interface WarningJson {
  /** The path of the construct. */
  readonly construct: string;
  readonly text: string;
  /** A `WarningKind`; absent in stacks that an earlier version synthesized. */
  readonly kind?: string;
  /** What the warning is about, as in `WarningFacts`. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** One hostname of a document, and the filter that allows it. */
export interface HostnameJson {
  /** The key of the document in `documents`. */
  readonly document: string;
  /** The name of the row. */
  readonly row: string;
  readonly section: string;
  readonly portsBasis: string;
  /** A DNS name, or `*.` and a domain. */
  readonly hostname: string;
  /** Such as `443/tcp`. */
  readonly ports: readonly string[];
  readonly remark?: string;
  /** Why it is needed although the document leaves it out; absent if the document has it. */
  readonly supplement?: string;
  /** The URL of the page that says so; only with `supplement`. */
  readonly supplementReference?: string;
  /** The choice of every option of the table; absent if the table has none. */
  readonly options?: Readonly<Record<string, string>>;
  /** The filter that allows it, such as a proxy. */
  readonly through: string;
  /** How the filter selects machines; absent if the firewall team manages it. */
  readonly filter?: HostnameFilterJson;
  /** The index in `peers` of the machines that it is for; absent if nobody named them. */
  readonly clients?: number;
  /** Whether the firewall team must open it; absent if this library opens it. */
  readonly external?: true;
  /** The path of the construct that needs it. */
  readonly construct: string;
  /** Who wants it; absent if the user named nobody. */
  readonly ownership?: OwnershipJson;
  /** The resources that this library creates for it, in the form of `FlowJson.rules`. */
  readonly rules: Readonly<Record<string, readonly string[]>>;
}

/** One hostname of a document that a construct does not allow because of `omit`, and the filter that would allow it. */
export type OmittedHostnameJson = Omit<HostnameJson, 'rules' | 'supplement' | 'supplementReference' | 'ownership'>;

/** How a filter of hostnames selects machines. Values that are known after apply are Terraform expressions in `${}`. */
export interface HostnameFilterJson {
  /** Allow-lists of AWS Network Firewall, URL lists of a Secure Web Proxy, or rules of a firewall policy of GCP. */
  readonly kind: 'domain-list' | 'url-list' | 'firewall-policy';
  /** The name of the policy of a Secure Web Proxy, or the name or id of a firewall policy. */
  readonly policy?: string;
  /** The region of a Secure Web Proxy. */
  readonly location?: string;
  /** The region of a regional firewall policy. */
  readonly region?: string;
  readonly project?: string;
  /** The service accounts of the machines that a rule of a firewall policy applies to; absent for every machine. */
  readonly accounts?: readonly string[];
}

/** Who wants a flow or a hostname, and until when. Rules say nothing about it, so that nobody can check it. */
export interface OwnershipJson {
  readonly owner: string;
  readonly ticket?: string;
  /** The last day on which it is wanted, `2027-03-31`; absent if it is wanted until further notice. */
  readonly expires?: string;
}

/** The document that a table is taken from. */
export interface DocumentJson {
  readonly title: string;
  readonly reference: string;
  readonly edition: string;
  readonly checkedFor?: readonly string[];
  readonly comparedOn: string;
}

/** One end of flows. */
export interface PeerJson extends RangesJson {
  readonly label: string;
  readonly hostGroups: readonly HostGroupJson[];
  /** Whether the firewall team manages the firewall of these machines. */
  readonly external?: true;
  /** Whether they are Linux machines whose own firewall the user manages; absent if not. */
  readonly hostFirewall?: true;
  /** The reason for each address family that is open to the world. */
  readonly openToTheWorld: readonly string[];
  /** The network zones of the machines, `public` or `private`; absent if nobody gave them. */
  readonly zones?: readonly string[];
}

/** Machines at one end of flows, which the rules of a cloud can select. */
export interface HostGroupJson {
  readonly cloud: string;
  readonly label: string;
  /** The network of the machines, such as `network prod of project net-host`. */
  readonly network?: string;
  /** Absent if no rules select these machines. */
  readonly selectedBy?: SelectorJson;
  /** The IP ranges of the machines; absent if nobody gave them. */
  readonly ipRanges?: RangesJson;
}

/** IP ranges, as far as they are known at synthesis. */
export interface RangesJson {
  readonly ranges: readonly string[];
  /** Terraform expressions of ranges that are known after apply. */
  readonly references: readonly string[];
  /** The same ranges with their family and stack; absent if there are none. */
  readonly unknownRanges?: readonly UnknownRangeJson[];
}

/** How rules select machines, a prefix list or an address group. */
export interface SelectorJson {
  readonly kind: 'sg' | 'prefix-list' | 'address-group' | 'tag' | 'account' | 'secure-tag' | 'all-instances' | 'pods';
  /**
   * The id, tag, tag value or email; of pods their namespace and labels, `prod:app=web`, or `prod:*` for every pod of the namespace. A value
   * that is known after apply is its Terraform expression in `${}`.
   */
  readonly value: string;
  /** The id of the second prefix list, if ranges of both families made two lists of one name. */
  readonly otherValue?: string;
  /** How many rules AWS counts for a rule with an existing prefix list; absent for a list that the app creates. */
  readonly maxEntries?: number;
  /** The IP family of an existing prefix list; absent if nobody gave it, so that it counts for both. */
  readonly family?: AddressFamily;
  /** The stack to which an expression belongs. */
  readonly stack?: string;
  /** The network on GCP, as in Terraform. */
  readonly network?: string;
  /** The firewall policy of the rules on GCP, as in Terraform; absent for firewall rules of a network. */
  readonly policy?: string;
  /** The region of the firewall policy; absent if it is global. */
  readonly region?: string;
  /** The project of the network or firewall policy on GCP, if it is given. */
  readonly project?: string;
  /** The provider of the rules on AWS: `aws.ireland`. Absent if it is the provider without an alias. */
  readonly provider?: string;
  /** Which outbound traffic of these machines this library allows; absent if it does not manage their outbound traffic. */
  readonly egress?: 'documented' | 'everything';
  /** The labels by which policies for other pods find the namespace, `team=a`; absent if by its name. */
  readonly namespaceLabels?: string;
  /** The name servers that policies with egress open; absent if this library does not manage the egress of the pods. */
  readonly dns?: DnsJson;
  /** Whether the rules exist but are not enforced. */
  readonly isDisabled?: boolean;
  /** That `lint` finds rules of the security group that no construct asks for; absent if it does not. */
  readonly unmanagedRules?: 'report';
}

/** Whether rules select IP ranges by the name of a list, not machines. */
export function isListOfRanges(kind: SelectorJson['kind'] | undefined): boolean {
  return kind === 'prefix-list' || kind === 'address-group';
}

/** The name servers of pods, in TCP and UDP; none if there are neither pods nor ranges. */
export interface DnsJson {
  readonly port: number;
  /** Pods as policies select them: `kube-system:k8s-app=kube-dns`. */
  readonly pods: readonly string[];
  readonly ranges: readonly string[];
  /** The ranges that are known after apply; absent if there are none. */
  readonly unknownRanges?: readonly UnknownRangeJson[];
}

/** A range, or a list of ranges, that is known after apply. */
export interface UnknownRangeJson {
  readonly family: AddressFamily;
  /** The Terraform expression: `${aws_subnet.office.cidr_block}`. */
  readonly value: string;
  /** The stack to which the expression belongs. */
  readonly stack: string;
  /** Whether the expression is a list of ranges. */
  readonly isList?: boolean;
}

/** A row of a document. */
export interface RowJson {
  /** The key of the document in `documents`. */
  readonly document: string;
  readonly section: string;
  readonly protocolBasis: string;
  readonly description: string;
  readonly purpose?: string;
  readonly source: RoleJson;
  readonly destination: RoleJson;
  /** What fails while the port is closed; absent if the document does not say. */
  readonly impact?: string;
  /** Why it is needed although the document leaves it out; absent if the document has it. */
  readonly supplement?: string;
  /** The URL of the page that says so; only with `supplement`. */
  readonly supplementReference?: string;
  /** Where the port is seen, `node-port` or `pod`; absent if it is a port of the machine. */
  readonly level?: string;
  /** Whether it is for the inside of a cluster, so that it must not be open to the world; absent if it is not. */
  readonly internal?: true;
}

/** A group of machines in a document. */
interface RoleJson {
  readonly role: string;
  readonly title: string;
}

/** A row that a flow opens. */
export interface OpenedRowJson {
  /** The key of the row in `rows`. */
  readonly row: string;
  /** The port that is opened, such as `6443/tcp`. */
  readonly port: string;
  /** The port of the row, if the user moved it; absent if `port` is the port of the row. */
  readonly documentedPort?: string;
  /** The only IP family whose ranges are opened; absent if it is for both. Security groups and tags select both in any case. */
  readonly family?: AddressFamily;
}

/** One documented port between two peers. */
export interface FlowJson extends OpenedRowJson {
  /** The index of the peer in `peers`. */
  readonly source: number;
  /** The index of the peer in `peers`. */
  readonly destination: number;
  readonly environment?: string;
  /** The hostname of the destination. */
  readonly hostname?: string;
  /** Whether the firewall team must open it; absent if this library opens it. */
  readonly external?: true;
  /** The path of the construct that needs it. */
  readonly construct: string;
  /** The versions that the user runs, by product; absent if the user did not say. */
  readonly versions?: Readonly<Record<string, string>>;
  /** The choice of every option of the table; absent if the table has none. */
  readonly options?: Readonly<Record<string, string>>;
  /** Who wants it; absent if the user named nobody. */
  readonly ownership?: OwnershipJson;
  /** The rules that this library creates for it: lines of logical ids separated by spaces, by resource type. See `rulesOf`. */
  readonly rules: Readonly<Record<string, readonly string[]>>;
}

/** Returns provenance with an entry for each flow. */
export function withEachFlow({ rowLists = [], flows, ...others }: WrittenProvenanceJson): ProvenanceJson {
  const each = flows.flatMap((entry): FlowJson[] => {
    if (!('rowList' in entry)) return [entry];
    const { rowList, ...shared } = entry;
    return rowLists[rowList].map((opened) => ({ ...opened, ...shared }));
  });
  return { ...others, flows: each };
}

/** One documented port between two peers that a construct leaves closed because of `omit`. */
export interface OmittedJson {
  /** The key of the row in `rows`. */
  readonly row: string;
  /** The port of the row, such as `2379-2380/tcp`. */
  readonly port: string;
  /** The index of the peer in `peers`. */
  readonly source: number;
  /** The index of the peer in `peers`. */
  readonly destination: number;
  readonly environment?: string;
  /** Whether the firewall team would have to open it; absent if this library would. */
  readonly external?: true;
  /** The path of the construct that omits it. */
  readonly construct: string;
  /** The only IP family of the row; absent if it is for both. */
  readonly family?: AddressFamily;
  /** The choice of every option of the table; absent if the table has none. */
  readonly options?: Readonly<Record<string, string>>;
}

/**
 * Returns Terraform addresses in the form of `FlowJson.rules`. Ids are joined to lines, because cdktf takes time for each text,
 * however long it is.
 */
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

/** Returns the Terraform addresses of the rules of a flow or hostname. */
export function rulesOf({ rules }: Pick<FlowJson, 'rules'>): string[] {
  return Object.entries(rules).flatMap(([type, lines]) =>
    lines.flatMap((line) => line.split(' ').map((id) => `${type}.${id}`)),
  );
}
