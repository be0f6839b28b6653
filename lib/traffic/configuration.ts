import type { AddressFamily } from '../net';
import type { ProvenanceJson } from '../provenance';
import type { Subnets } from './network-acl';
import type { Direction, EndName, GroupName, PeerName, PolicyOrder, Rule, RulePeer } from './rule';

/**
 * The gates of a diff, from the one that stops least to the one that stops most. Each also stops what those before it stop, except
 * `requested`: it stops only changes of what the firewall team is asked for, and only `any` stops these too.
 */
export const GATES = ['world', 'opened', 'widened', 'requested', 'any'] as const;

/** A gate of a diff. */
export type Gate = (typeof GATES)[number];

/** The first gate that stops if something is new, has changed, or is gone. Absent if no gate stops. */
export interface Stops {
  readonly added?: Gate;
  readonly changed?: Gate;
  readonly removed?: Gate;
}

/**
 * Something that permits nothing itself and decides where rules apply: the groups of a machine, the networks of a policy, the region
 * of a provider. Comparisons report it if it differs; everything else leaves it out.
 */
export interface Circumstance {
  readonly file: string;
  /** The Terraform address. */
  readonly address: string;
  /** What it decides: `the security groups of this machine`. */
  readonly reason: string;
  /** Everything known about it as text, as in `NotEvaluated`. */
  readonly content?: string;
  readonly stops: Stops;
  /** Whether something is as open as it can be without this: if it goes and its resource stays, that is a change and not an end. */
  readonly isOpenWithout?: boolean;
  /** Whether it decides only about what has its address before the change too. */
  readonly isOfExisting?: boolean;
  /** IP ranges that it may open: the gate `world` stops if they begin to be open to the world. */
  readonly ranges?: readonly RulePeer[];
}

/** A prefix list of AWS or a URL list of Google that a configuration creates. Rules that are not in the configuration may use it. */
export interface SharedList {
  readonly file: string;
  /** The Terraform address. */
  readonly address: string;
  readonly peers: readonly RulePeer[];
  /** Whether all its IP ranges, or all its hostnames, are known. */
  readonly isKnown: boolean;
  /** Everything known about it as text, as in `NotEvaluated`. */
  readonly content?: string;
  /** The Terraform addresses of the evaluated rules that use it; empty if other resources of the configuration use it too. */
  readonly users: readonly string[];
}

/** The maximum number of entries of a prefix list, which AWS counts in every rule that uses the list. */
export interface ListSize {
  /** The IP family that it counts for; absent if it is not known, so that it counts for both. */
  readonly family?: AddressFamily;
  readonly maxEntries: number;
}

/** Something that a reader should know about a configuration, and that changes nothing. */
export interface Note {
  readonly file: string;
  /** The Terraform address, or `plan`. */
  readonly address: string;
  readonly text: string;
}

/** A part of a configuration that could not be evaluated: more or less than the evaluated traffic may be permitted. */
export interface NotEvaluated {
  readonly file: string;
  /** The Terraform address. */
  readonly address: string;
  /** What could not be evaluated, and why: `cidr_ipv4 is var.office, which has no default`. */
  readonly reason: string;
  /** The name by which comparisons identify it; absent if no rule has it. */
  readonly comparedAs?: EndName;
  /** Everything known about it as text: equal texts mean that nothing has changed. Absent if parts are known after apply. */
  readonly content?: string;
  /**
   * The gates that a difference stops.
   * @default - as for a rule that allows something: `opened`, `widened` and `any`
   */
  readonly stops?: Stops;
  /** The name that stands for it among the far ends of its rule. Absent if it is not the far end of a rule that could be read. */
  readonly farEnd?: PeerName;
  /** The part of a rule that is known, if something else in it is not; the gates are those that it and `stops` decide. */
  readonly known?: KnownPart;
  /** The rules that it may be; absent if less is known about them. */
  readonly possible?: readonly PossibleRule[];
  /** Whether it is only about packets to hostnames, as is which firewall policy uses a rule group of AWS Network Firewall. */
  readonly isOfHostnames?: true;
}

/** Why a rule of a security group is not evaluated that somebody created by hand. */
export const LISTED_ONLY = 'the security group lists this rule, but no separate rule resource creates it';

/** What is known about a rule that could not be evaluated. */
export type KnownPart = Pick<Rule, 'action' | 'direction' | 'peers'>;

/** A rule that may exist. What is absent is not known. */
export type PossibleRule = Partial<
  Pick<Rule, 'action' | 'direction' | 'network' | 'groups' | 'peers' | 'ports' | 'precedence'>
>;

/** A security group with a complete list of its rules in one direction, which may be empty. */
export interface InlineGroup {
  readonly file: string;
  readonly group: EndName;
  readonly direction: Direction;
}

/** Pods of Kubernetes that a network policy selects: they refuse everything in this direction that no policy allows. */
export interface IsolatedPods {
  readonly file: string;
  readonly group: EndName;
  readonly direction: Direction;
  /** The addresses of the policies that isolate them. */
  readonly policies: readonly string[];
}

/** A rule group of AWS Network Firewall. */
export interface RuleGroup {
  readonly file: string;
  /** The Terraform address. */
  readonly address: string;
  /** Its ARN and its name, if they are known. */
  readonly arn?: string;
  readonly name?: string;
  /** Whether it drops everything that its policy has not passed before. */
  readonly dropsEverything: boolean;
}

/** What a resource calls a different one: an ARN or id, or the Terraform address or expression that it has in a file. */
export interface ResourceReference {
  readonly file: string;
  readonly text: string;
}

/** A firewall policy of AWS Network Firewall. */
export interface RuleGroupPolicy {
  readonly file: string;
  /** The Terraform address. */
  readonly address: string;
  /** The stateful rule groups that it uses, as far as they are known. */
  readonly groups: readonly ResourceReference[];
  /** Whether all rule groups that it uses are known. */
  readonly isWhole: boolean;
  /** What it does by default, in place of forwarding traffic to its stateful rule groups; absent if it forwards it. */
  readonly insteadOfForwarding?: string;
  /** What it drops of the traffic that no rule passes. */
  readonly drops: 'everything' | 'hostnames in the protocols of its lists' | 'nothing';
}

/** The rule groups of AWS Network Firewall in a configuration, and its firewall policies, which may use them. */
export interface RuleGroups {
  readonly groups: readonly RuleGroup[];
  readonly policies: readonly RuleGroupPolicy[];
}

/** A call of a module, whose resources are not in the configuration. */
export interface ModuleCall {
  /** `module.eks`. */
  readonly address: string;
  /** `terraform-aws-modules/eks/aws`. */
  readonly source: string;
  /** The names of the arguments that are given. */
  readonly names: readonly string[];
  /** The value of an argument, as far as it is known; nothing if it is not given. */
  readonly argument: (name: string) => unknown;
}

/** When the firewall policies of a network on GCP are evaluated, as far as a configuration says so. */
export interface EnforcementOrder {
  /** Absent if it is not known: the network belongs to another configuration, or its order is an expression. */
  readonly order?: PolicyOrder;
  /** Everything known about it as text, as in `NotEvaluated`. */
  readonly content: string;
}

/** The account and the region of AWS resources. What is not known is left out. */
export interface AwsPlace {
  /** Equal for two places only if they are surely the same account and region. */
  readonly key: string;
  /** The provider of the resources: `aws`, `aws.ireland`. Absent in a state, which does not say it. */
  readonly provider?: string;
  readonly account?: string;
  readonly region?: string;
  /** Whether an equal key in a different stack may be a different place, because a setting is known after apply. */
  readonly isOfStack?: true;
}

/** Machines as rules select them. */
export interface SelectedMachines {
  readonly group: GroupName;
  /** The network on GCP; empty for machines without one. */
  readonly network: string;
  /** All networks of machines that a firewall policy selects, which may be attached to several; absent for other machines. */
  readonly ofPolicy?: readonly string[];
  /** The account and the region on AWS, as far as they are known. */
  readonly place?: AwsPlace;
}

/** A rule of a regional firewall policy on GCP, once for each network to which the policy is attached. */
interface RegionalRule {
  readonly file: string;
  /** The Terraform address. */
  readonly address: string;
  readonly region: string;
  readonly rules: readonly Rule[];
}

/** The kind of Terraform JSON that a configuration was read from; `combined` is several stacks. */
export type ConfigurationKind = 'synthesized' | 'plan' | 'state' | 'combined';

/** The rules in Terraform JSON, with the parts that could not be evaluated. */
export interface Configuration {
  /** The name of the file in errors and results. */
  readonly file: string;
  readonly kind: ConfigurationKind;
  readonly rules: readonly Rule[];
  /** Empty if everything could be evaluated. */
  readonly notEvaluated: readonly NotEvaluated[];
  readonly notes: readonly Note[];
  /** Compared only; `notEvaluated` does not contain them. */
  readonly circumstances: readonly Circumstance[];
  /** By Terraform address. */
  readonly sharedLists: ReadonlyMap<string, SharedList>;
  /** The Terraform addresses of its resources: what a resource that is on both sides of a change gets was not its own. */
  readonly addresses: ReadonlySet<string>;
  /** What names that are expressions depend on, as text: a name means the same in two configurations if these texts are equal. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** The networks on GCP that a configuration creates, or attaches firewall policies to, by name. */
  readonly enforcementOrders: ReadonlyMap<string, EnforcementOrder>;
  /**
   * The rules of hierarchical firewall policies, by what they say, with the rules that they may be in any network, and the networks of the
   * configuration for which it was evaluated whether they apply; absent if there are none.
   */
  readonly hierarchicalRules?: {
    readonly rules: readonly Pick<NotEvaluated, 'file' | 'address' | 'content' | 'possible'>[];
    readonly networks: readonly string[];
  };
  /**
   * The rules of regional firewall policies that could be evaluated. They are in `notEvaluated` too, because they apply to only a part of
   * their networks; absent if there are none.
   */
  readonly regionalRules?: readonly RegionalRule[];
  /** The networks on GCP to which firewall policies are attached, by the name of the policy with its project. */
  readonly attachments?: ReadonlyMap<string, readonly string[]>;
  /** Security groups that the configuration creates, with their names and ids in AWS: `k8s-workers`, `sg-0123456789abcdef0`. */
  readonly groups: ReadonlyMap<EndName, readonly string[]>;
  /** The account and the region of security groups and prefix lists, as far as they are known. */
  readonly places?: ReadonlyMap<string, AwsPlace>;
  /** The IP ranges of prefix lists whose entries are all in the file, by Terraform address and id: `list:aws_ec2_managed_prefix_list.s3`. */
  readonly listRanges?: ReadonlyMap<EndName, readonly RulePeer[]>;
  /** The sizes of prefix lists, by Terraform address; those that only the code knows by the id or expression that rules have. */
  readonly listSizes?: ReadonlyMap<string, ListSize>;
  /** The security groups whose rules of a direction are inline, so that Terraform removes all others. States do not say which. */
  readonly inlineGroups?: readonly InlineGroup[];
  /** The pods that network policies isolate. */
  readonly isolatedPods?: readonly IsolatedPods[];
  /**
   * What says to which cluster of Kubernetes pods belong, by how their names say the cluster: with nothing, `kubernetes.b/` or `stack/`.
   * Equal texts mean the same cluster. A cluster of which nothing says which one it is has no text.
   */
  readonly clusters?: ReadonlyMap<string, string>;
  /** The rule groups of AWS Network Firewall and the firewall policies that may use them. */
  readonly ruleGroups?: RuleGroups;
  /** The subnets on AWS and their network ACLs; absent without network ACLs. */
  readonly subnets?: Subnets;
  /** The modules that a synthesized stack calls; plans and states have their resources instead. */
  readonly modules?: readonly ModuleCall[];
  /** Outputs of a synthesized stack by name: the text, or the expression if the value is not known. */
  readonly outputs?: ReadonlyMap<string, string>;
  /** Everything known about the outputs of a synthesized stack as text, as in `NotEvaluated`. */
  readonly outputContents?: ReadonlyMap<string, string>;
  /** What the firewall team is asked to open, as rules. Absent for plans and states, which do not contain it. */
  readonly requested?: readonly Rule[];
  /** What constructs omit, as the rules that would open it. Absent for plans and states, which do not contain it. */
  readonly omitted?: readonly Rule[];
  /** The names of the stacks by file, if there are several. Names that have a meaning only within a stack begin with its name. */
  readonly stackNames?: ReadonlyMap<string, string>;
  /** The provenance of each stack, by file. It is a claim: `DocumentedRowIndex` checks it. */
  readonly provenance: ReadonlyMap<string, ProvenanceJson>;
  /**
   * Derives how rules select the machines of each host group of each peer in the provenance, by file; nothing for a host group that no
   * rule selects. Absent without provenance.
   */
  readonly selectedMachines?: () => ReadonlyMap<string, readonly (readonly (SelectedMachines | undefined)[])[]>;
  /** The parsed JSON of each stack with provenance, by file, to check the provenance. */
  readonly stacks: ReadonlyMap<string, unknown>;
}
