import type { TerraformProvider, TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { stackOf } from '../../../framework';
import { grouped, refusal } from '../../../input';
import { StackRecord } from '../../../opening';
import { mayBeSame, type NamedPlace } from '../same-resource';

const TYPES: readonly string[] = [
  'google_compute_network_firewall_policy_rule',
  'google_compute_region_network_firewall_policy_rule',
];

/** A rule of a policy, and what separates it from a rule that has its priority. */
interface RuleOfPolicy {
  readonly resource: TerraformResource;
  readonly priority: number;
  readonly name: string;
  /** What gives it a different priority. */
  readonly advice?: string;
}

/**
 * Throws at synthesis, when all resources of the app exist, if a different rule of the policy has the priority of this one: Google refuses the
 * second. Rules of this library that name their policy alike agree about their priorities earlier.
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
  const byPriority = grouped(root.node.findAll().filter(isRule), ({ priorityInput }) => priorityInput);
  for (const { resource, priority, name, advice } of rules) {
    const same = byPriority.get(priority)?.find((other) => other !== resource && areOfOnePolicy(other, resource));
    if (same === undefined) continue;
    const need = `each rule of a policy must have a priority of its own (${priority})`;
    throw refusal(`rule ${name}`, 'settings-disagree', need, same.node.path, advice);
  }
}

/** A rule of a global or regional policy. */
interface PolicyRuleResource extends IConstruct {
  readonly firewallPolicyInput?: string;
  readonly priorityInput?: number;
  readonly projectInput?: string;
  readonly provider?: TerraformProvider;
  readonly regionInput?: string;
}

function isRule(construct: IConstruct): construct is PolicyRuleResource {
  return TYPES.includes((construct as Partial<TerraformResource>).terraformResourceType ?? '');
}

/** Whether two rules are of one policy, however each of them names it. */
function areOfOnePolicy(one: PolicyRuleResource, other: PolicyRuleResource): boolean {
  return regionOf(one) === regionOf(other) && mayBeSame(policyOf(one), policyOf(other));
}

function regionOf({ firewallPolicyInput = '', regionInput }: PolicyRuleResource): string | undefined {
  return /(?:^|\/)regions\/([^/]+)\/firewallPolicies\//.exec(firewallPolicyInput)?.[1] ?? regionInput;
}

function policyOf(rule: PolicyRuleResource): NamedPlace {
  const { firewallPolicyInput: value = '', projectInput: project, provider } = rule;
  return { value, project, provider, stack: stackOf(rule, rule.node.path), place: rule.node.path };
}
