import type { Construct, IConstruct } from 'constructs';
import { type AddressFamily, hasPackets, type Port } from '../net';
import type { SelectorJson } from '../provenance';
import type { DocumentedFlow, PortRow, PortTable, Role } from '../tables';
import type { Cloud } from './cloud';
import { type IPeer, isPeer, type ResolvedEnd } from './far-end';
import type { Ownership } from './ownership';

/**
 * Machines that rules can be made for: a network tag, a service account, a security group, pods, or external hosts.
 *
 * Only this package creates host groups: use `GcpFirewall.networkTag`, `AwsSecurityGroup`, `KubernetesPods.labelled`,
 * `ExternalHosts.named` or `LinuxHosts.named`, and `HostGroup.anyOf` if several of them are one role.
 */
export interface IHostGroup extends IPeer {
  /** Whose firewall protects these machines. */
  readonly cloud: Cloud;
  /**
   * Whether the firewall team opens the ports of these machines. If so, this library only documents the flows.
   * @internal
   */
  readonly _isExternal: boolean;
  /**
   * The host groups that it combines. Absent if it is one by itself.
   * @internal
   */
  readonly _hostGroups?: readonly IHostGroup[];
  /**
   * Whether the machines are Linux machines whose own firewall the user manages.
   * @internal
   */
  readonly _hasHostFirewall?: boolean;
  /**
   * Returns the label, with Terraform expressions in place of tokens.
   * @internal
   */
  _labelIn(stack: Construct, place: string): string;
  /**
   * Returns how rules select these machines. Absent if the firewall team makes the rules.
   * @internal
   */
  _selectedBy?(stack: Construct, place: string): SelectorJson;
  /**
   * Returns the port at which these machines listen for the connections of a row, if it is not the one that clients connect to. Throws if
   * rules for these machines cannot open the row. Absent if they listen at the port of every row.
   * @internal
   */
  _portOf?(flow: RowToOpen, place: string): Port;
  /**
   * Plans and checks the rules that allow the flows into these machines. Creates nothing.
   * @internal
   */
  _openIngress(group: FlowGroup): PlannedRule[];
  /**
   * Plans and checks the rules that allow the flows out of these machines, if their egress is managed. Creates nothing.
   * @internal
   */
  _openEgress(group: FlowGroup): PlannedRule[];
}

/** Returns whether a value is a host group of this package. */
export function isHostGroup(value: unknown): value is IHostGroup {
  return isPeer(value) && '_openIngress' in value;
}

/** Returns the host groups that a host group combines, or itself. */
export function hostGroupsIn(group: IHostGroup): readonly IHostGroup[] {
  return group._hostGroups ?? [group];
}

/** One row of a document, between the machines that a construct has for its two roles. */
export interface Flow {
  /** `<source role>><destination role>/<row>`: `worker>control-plane/api-server`. */
  readonly key: string;
  /** The table of the row. */
  readonly table: PortTable;
  /** The row of the document. */
  readonly row: PortRow;
  /** The port that is opened: the port of the row, unless `ports` or `port` replaces it. */
  readonly port: Port;
  /** The role whose machines open the connections. */
  readonly sourceRole: Role;
  /** The role whose machines listen. */
  readonly destinationRole: Role;
  /** Who opens the connections. */
  readonly source: IPeer;
  /** The machines that listen. Each host group of a `HostGroup.anyOf` has a flow of its own. */
  readonly destination: IHostGroup;
  /**
   * The name of the installation, if there are several of the same product.
   * @default - there is only one installation
   */
  readonly environment?: string;
  /**
   * Why a working installation needs the flow although the document leaves it out.
   * @default - the flow is documented
   */
  readonly supplement?: string;
  /**
   * The URL of the page that says so; only with `supplement`.
   * @default - the flow is documented
   */
  readonly supplementReference?: string;
  /**
   * The versions that you run, by product: `{ kubernetes: '1.34.1' }`.
   * @default - no versions were given
   */
  readonly versions?: Record<string, string>;
  /**
   * The choice of every option of the table: `{ cni: 'cilium' }`.
   * @default - the table has no options
   */
  readonly options?: Record<string, string>;
  /**
   * Who wants it, and until when.
   * @default - nobody is named
   */
  readonly ownership?: Ownership;
  /**
   * The hostname of the destination, for access requests and documents. It is never part of a rule.
   * @default - no hostname was given
   */
  readonly hostname?: string;
  /** Whether the firewall team must open it. If so, it is in the access request, and this library makes no rule. */
  readonly external: boolean;
  /** The path of the construct that opens it. */
  readonly constructPath: string;
}

/** A row that is about to be opened, with one protocol. */
export type RowToOpen = Pick<Flow, 'key' | 'row' | 'port'>;

/** Whether a flow is for packets of a family: its row may be only for one, and ICMP exists only in one. */
export function isOfFamily({ row, port }: Pick<Flow, 'row' | 'port'>, family: AddressFamily): boolean {
  return (row.family ?? family) === family && hasPackets(port, family);
}

/** One host group that listens, and the flows to it. */
export interface Destination {
  readonly hostGroup: IHostGroup;
  /** The host group, resolved in the stack of the construct. */
  readonly end: ResolvedEnd;
  /** At least one. */
  readonly flows: readonly Flow[];
}

/** The flows of one construct that come from the same documented flow, and so have the same source and destination. */
export interface FlowGroup {
  /** The construct that opens them. */
  readonly scope: Construct;
  /** The name of that construct in errors. */
  readonly place: string;
  readonly table: PortTable;
  readonly documented: DocumentedFlow;
  readonly environment?: string;
  readonly source: IPeer;
  readonly destination: IHostGroup;
  /** The source, resolved in the stack of the construct. */
  readonly sourceEnd: ResolvedEnd;
  /** The host groups of the destination. */
  readonly destinations: readonly Destination[];
  /** The flows to all of them; at least one. */
  readonly flows: readonly Flow[];
}

/** Returns a flow group with only the flows to one of its host groups. */
export function flowsTo(hostGroup: IHostGroup, group: FlowGroup): FlowGroup {
  return { ...group, flows: group.flows.filter(({ destination }) => destination === hostGroup) };
}

/** A resource in a form that `dependsOn` of other resources accepts: `dependsOn: rules.dependables`. */
export interface IDependableResource {
  /** The Terraform address: `aws_security_group.web`. */
  readonly fqn: string;
}

/** A quota of a cloud, such as the number of inbound rules of a security group. */
export interface Quota {
  /** Identifies the quota in the whole app. */
  readonly key: string;
  /** The largest allowed number. */
  readonly limit: number;
  /** The quota in words: `security group workers must have at most 60 inbound IPv4 rules`. */
  readonly sentence: string;
  /** The fix if the quota is exceeded. */
  readonly advice: string;
  /** The fix if there are more because a rule counts as several. */
  readonly adviceOnWeight: string;
}

/** A fact that all constructs of an app must agree on. */
export interface Agreement {
  /** Identifies the subject of the fact in the whole app. */
  readonly subject: string;
  /** The fact in words. */
  readonly fact: string;
  /** The requirement in words, for the error if another construct disagrees. */
  readonly need: string;
  /** The fix, if there is one. It may depend on the subjects about which constructs agree already. */
  readonly advice?: string | ((isAgreedOn: (subject: string) => boolean) => string);
  /** The place that says so, for the error of the second place; absent if the fact names it. */
  readonly saidBy?: string;
}

/** A rule that a cloud has planned and checked but not created. */
export interface PlannedRule {
  /** The Terraform address: resource type, dot, logical id. */
  readonly address: string;
  /** Identifies the rule in the cloud. Two planned rules of an app with the same identity are the same rule. */
  readonly identity: string;
  /** The rule in words, for errors. */
  readonly what: string;
  /** The fix if a second construct needs the same rule and cannot share it. */
  readonly advice: string;
  /** The fix if a different rule has the same Terraform address. */
  readonly addressAdvice: string;
  /** The facts on which the whole app must agree. */
  readonly agreements: readonly Agreement[];
  /** Whether two constructs of one stack that need the rule share it. */
  readonly shared: boolean;
  /** The quotas that the rule counts against. */
  readonly quotas: readonly Quota[];
  /** How much of each quota the rule uses. */
  readonly weight: number;
  /** The flows that need this rule. */
  readonly flows: readonly Flow[];
  /**
   * The hostnames that it allows.
   * @default - the rule does not match hostnames
   */
  readonly hostnames?: readonly string[];
  /**
   * The ids that it refers to, which may belong to other stacks.
   * @default - none
   */
  readonly references?: readonly string[];
  /**
   * The object of Kubernetes that the command line writes in place of a Terraform resource.
   * @default - the rule is a Terraform resource
   */
  readonly manifest?: object;
  /** Creates the resource below `parent`. */
  create(parent: Construct): IConstruct;
  /**
   * Adds the flows of a further construct to the description of a resource that `create` made.
   * @default - the description does not depend on the constructs that share the rule
   */
  share?(resource: IConstruct, flows: readonly Flow[]): void;
}

/** A resource without flows, such as a prefix list. Its description does not depend on the constructs that need it. */
export type PlannedResource = Pick<PlannedRule, 'address' | 'identity' | 'what' | 'advice'> &
  Partial<Pick<PlannedRule, 'addressAdvice' | 'agreements' | 'hostnames' | 'manifest' | 'shared'>> & {
    /** Creates the resource below `parent`. */
    readonly make: (parent: Construct) => IConstruct;
  };

/** Returns a resource without flows in the form of a planned rule, so that it is checked and created like a rule. */
export function plannedResource(resource: PlannedResource): PlannedRule {
  const { make, advice, addressAdvice = advice, agreements = [], shared = false } = resource;
  return {
    ...resource,
    addressAdvice,
    agreements,
    shared,
    quotas: [],
    weight: 1,
    flows: [],
    create: make,
  };
}
