import type { AddressFamily } from '../net';
import type { FlowJson, HostnameJson, OmittedHostnameJson, OmittedJson } from '../provenance';
import type { Bounds, PortInterval } from './sets';

/**
 * The kinds of names by which rules select machines or IP ranges. A name is written as a kind, a colon and text:
 *
 * `sg:` a security group: its Terraform address if the configuration has it, else its id;
 * `tag:` a network tag; `account:` a service account; `secure-tag:` a secure tag;
 * `pods:` pods of a Kubernetes cluster by their namespace and labels: `pods:prod:app=web`; `pods:prod:*` is every pod of the namespace;
 * `list:` a prefix list whose IP ranges are not in the configuration;
 * `unknown:` IP ranges that are known after apply: the expression that refers to them;
 * `host:` a hostname, or `*.` and a domain for all names below it: `host:*.docker.com`. A filter that finds names only in one
 * protocol adds it: `host:*.docker.com over TLS`;
 * `machines:` machines that no resource of the configuration selects, such as those behind a filter of hostnames: their IP range, or
 * what the filter or an access request calls them.
 */
export type NameKind = 'sg' | 'tag' | 'account' | 'secure-tag' | 'list' | 'unknown' | 'host' | 'machines' | 'pods';

/** A name with its kind: `sg:aws_security_group.web`. */
export type EndName = `${NameKind}:${string}`;

/** All machines of a network. In permitted traffic: the machines that have none of the names by which rules select. */
export const ALL_INSTANCES = 'all-instances';

/** The machines that rules apply to. */
export type GroupName = EndName | typeof ALL_INSTANCES;

/** A far end without a name: any machine whose IP address matches. */
export const ANY_MACHINE = '';

/** The machines at the far end of rules: those with a name, or any machine whose IP address matches. */
export type PeerName = EndName | typeof ANY_MACHINE;

/** Whether the machines that a rule applies to receive connections (ingress) or open them (egress). */
export type Direction = 'ingress' | 'egress';

/** What a rule does with packets that it matches; `next` skips the rest of its policy and continues with the next stage. */
export type Action = 'allow' | 'deny' | 'next';

/** Far ends that a rule matches: IP addresses of one family, of machines with a name or of any machine. */
export interface RulePeer {
  readonly name: PeerName;
  readonly family: AddressFamily;
  readonly addresses: Bounds;
}

/**
 * When a rule is evaluated: by stage, then by priority, smaller numbers first; at the same priority deny rules come first, which only firewall
 * rules of networks can have. See `priority` in
 * https://github.com/hashicorp/terraform-provider-google/blob/27772062c0894c4b5c1f3208020fd99216ae2462/website/docs/r/compute_firewall.html.markdown
 */
export interface Precedence {
  readonly stage: number;
  readonly priority: number;
}

/** One rule of a configuration: which packets it matches, and what it does with them. */
export interface Rule {
  /** The Terraform address, for a nested block with its position: `aws_security_group.web.ingress[0]`. */
  readonly address: string;
  /** The file that it was read from. */
  readonly file: string;
  readonly direction: Direction;
  /** The network on GCP; empty for security groups, which are identified by their names. */
  readonly network: string;
  readonly groups: readonly GroupName[];
  readonly peers: readonly RulePeer[];
  readonly ports: readonly PortInterval[];
  readonly action: Action;
  readonly precedence: Precedence;
  readonly description?: string;
  /** How AWS counts and compares the far ends of a rule of a security group; absent on GCP. */
  readonly farEnds?: FarEndFacts;
  /** Why it is not known whether a firewall evaluates the rule; absent if one does. */
  readonly unenforced?: string;
  /** The firewall policies with this rule that may also pass hostnames that no rule allows. */
  readonly leftOpenBy?: readonly LeftOpen[];
  /** The flow or hostname of the provenance of its file, if it is a request to the firewall team, or omitted, in the form of a rule. */
  readonly request?: FlowJson | HostnameJson | OmittedJson | OmittedHostnameJson;
}

/** Why a firewall does not refuse hostnames that its rules do not allow, and the protocols in which it does not. */
interface LeftOpen {
  readonly protocols: readonly string[];
  readonly reason: string;
}

/** How AWS counts and compares the far ends of a rule. Only some commands need it, so each fact is derived when it is read. */
export interface FarEndFacts {
  /** How much of the quota of the security group the rule uses, by family. */
  readonly entries: Readonly<Record<AddressFamily, number>>;
  /** The prefix lists that count once in `entries`, because their maximum number of entries is not known. */
  readonly uncountedLists: readonly string[];
  /** One text for each far end: two rules that share one are the same rule to AWS if everything else is equal. */
  readonly texts: readonly string[];
}

/** Whether the firewall policies of a network on GCP are evaluated before or after its firewall rules. */
export type PolicyOrder = 'before' | 'after';

/**
 * The stage in which the firewall rules of a network on GCP are evaluated. By default the order is: hierarchical policies, regional system
 * policies, firewall rules, the global policy, regional policies; with `BEFORE_CLASSIC_FIREWALL` the firewall rules come last
 * (https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-eval-order, read on 2026-11-29). Regional system policies are Google's
 * own, and in no file.
 */
export const FIREWALL_STAGE = 1;

/** The stage in which the firewall policies of a network are evaluated. */
export const POLICY_STAGES: Readonly<Record<PolicyOrder, number>> = {
  before: FIREWALL_STAGE - 1,
  after: FIREWALL_STAGE + 1,
};

/**
 * Returns the stage in which a hierarchical firewall policy is evaluated: before all rules of networks, that of the organization first, and
 * that of the folder of the project last (https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-eval-order).
 *
 * @param distance how many folders are between the project and the organization or folder of the policy
 */
export function hierarchicalStage(distance: number): number {
  return POLICY_STAGES.before - 1 - distance;
}

/** The stage of a rule of a policy whose place is not known: it may be evaluated before all others. */
export const EARLIEST_STAGE = Number.MIN_SAFE_INTEGER;

/** How much later the regional policies of a network are evaluated than its global one. */
const REGIONAL = 0.5;

/**
 * Returns the stage in which the regional firewall policies of a network are evaluated: directly after its global one, in either order
 * (https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-eval-order).
 *
 * @param global the stage of the global policy
 */
export function regionalStage(global: number): number {
  return global + REGIONAL;
}

/** Whether a stage is one of firewall policies of networks, whose place depends on the enforcement order. */
export function isOfNetworkPolicy({ precedence: { stage } }: Pick<Rule, 'precedence'>): boolean {
  const global = Math.floor(stage);
  return global === POLICY_STAGES.before || global === POLICY_STAGES.after;
}

/** Returns the stage of a rule of a policy of a network, global or regional, in an order. */
export function stageInOrder({ precedence: { stage } }: Pick<Rule, 'precedence'>, order: PolicyOrder): number {
  return POLICY_STAGES[order] + (stage - Math.floor(stage));
}

/** A policy in place of a network, with the name of its stack if there are several. */
const OF_POLICY = /^(?:[^ ]*\/)?(policy .+)$/;

/** Returns what rules have as their network if their policy is attached to none. */
export function policyNetwork(policy: string): string {
  return `policy ${policy}`;
}

/** Returns the policy that rules have as their network; nothing if they have a network. */
export function policyOf(network: string): string | undefined {
  return OF_POLICY.exec(network)?.[1].slice(policyNetwork('').length);
}

/** Returns why it is not known where the rules of a network apply; nothing if it is a network and not a policy. */
export function notAttachedReason(network: string): string | undefined {
  const [, policy] = OF_POLICY.exec(network) ?? [];
  return policy === undefined ? undefined : `this configuration does not attach the ${policy} to a network`;
}

/** The precedence of rules on AWS: they only allow, so their order does not matter. */
export const UNORDERED: Precedence = { stage: 0, priority: 0 };

const INSTANCE_KEY = /\[(?:"[^"]*"|\d+)\]$/;

/** Returns the Terraform address of the resource of a rule, without the key of its instance. */
export function resourceAddress({ address }: Pick<Rule, 'address'>): string {
  return address.replace(INSTANCE_KEY, '');
}
