import type { ComputeNetworkFirewallPolicyRule } from '@cdktf/provider-google/lib/compute-network-firewall-policy-rule';
import type { TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { stackOf } from '../../../framework';
import { refusal } from '../../../input';
import { StackRecord } from '../../../opening';
import { policyPlace } from './policy-place';

const TYPES: readonly string[] = [
  'google_compute_network_firewall_policy_rule',
  'google_compute_region_network_firewall_policy_rule',
];

/** A rule of a policy, and what separates it from a rule that has its priority. */
interface RuleOfPolicy {
  readonly resource: TerraformResource;
  /** Identifies the policy in the whole app. */
  readonly policyKey: string;
  readonly priority: number;
  readonly name: string;
  /** What gives it a different priority. */
  readonly advice?: string;
}

/**
 * Throws at synthesis, when all resources of the app exist, if a rule that this library did not create has the priority of one that it did:
 * Google refuses the second rule of a policy with one priority. Rules of this library agree about their priorities earlier.
 */
export function checkPriorityAtSynthesis(rule: RuleOfPolicy): void {
  const stack = stackOf(rule.resource, rule.resource.node.path);
  const known = rulesByStack.get(stack);
  if (known !== undefined) {
    known.push(rule);
    return;
  }
  const rules = [rule];
  rulesByStack.set(stack, rules);
  StackRecord.of(stack).addCheck(() => {
    checkPriorities(stack.node.root, rules);
  });
}

/** The constructs of an app are searched once for each stack. */
const rulesByStack = new WeakMap<Construct, RuleOfPolicy[]>();

function checkPriorities(root: IConstruct, rules: readonly RuleOfPolicy[]): void {
  const own = new Set<IConstruct>(rules.map(({ resource }) => resource));
  const others = root.node.findAll().filter((other): other is PolicyRuleResource => isRule(other) && !own.has(other));
  for (const { policyKey, priority, name, advice } of rules) {
    const same = others.find((other) => other.priorityInput === priority && keyOf(other) === policyKey);
    if (same === undefined) continue;
    const need = `each rule of a policy must have a priority of its own (${priority})`;
    throw refusal(`rule ${name}`, 'settings-disagree', need, same.node.path, advice);
  }
}

/** A rule of a global or regional policy. */
type PolicyRuleResource = ComputeNetworkFirewallPolicyRule & { readonly regionInput?: string };

function isRule(construct: IConstruct): construct is PolicyRuleResource {
  return TYPES.includes((construct as Partial<TerraformResource>).terraformResourceType ?? '');
}

function keyOf(rule: PolicyRuleResource): string {
  const { firewallPolicyInput: policy = '', projectInput, regionInput, provider } = rule;
  const [, region] = /(?:^|\/)regions\/([^/]+)\/firewallPolicies\//.exec(policy) ?? [undefined, regionInput];
  const [, project] = /(?:^|\/)projects\/([^/]+)\//.exec(policy) ?? [undefined, projectInput];
  const place = rule.node.path;
  return policyPlace({ policy, project, region, provider, rulePriorities: [] }, stackOf(rule, place), place).key;
}
