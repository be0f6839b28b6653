import type { TerraformProvider, TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { stackOf } from '../../../framework';
import { grouped, refusal } from '../../../input';
import { StackRecord } from '../../../opening';
import { DEFAULT_PRIORITY } from '../gcp-firewall-props';
import { mayBeSame, type NamedPlace } from '../same-resource';
import type { PolicySettings } from './gcp-firewall-policy-props';
import { mayOverlap, overlapRefusal } from './policy-priorities';

const TYPES: readonly string[] = [
  'google_compute_network_firewall_policy_rule',
  'google_compute_region_network_firewall_policy_rule',
];

/** A rule of a policy, and what separates it from a rule that has its priority. */
interface RuleOfPolicy {
  readonly resource: TerraformResource & PolicyRuleResource;
  readonly priority: number;
  readonly name: string;
  /** What gives it a different priority. */
  readonly advice?: string;
  /** What gave it its priority. */
  readonly settings: PolicySettings;
  /** Whether it is for hostnames, whose priorities begin at `priority` of the settings, or for host groups, whose block is `priorities`. */
  readonly kind: 'hostnames' | 'host groups';
}

/**
 * Throws at synthesis, when all resources of the app exist, if a different rule of the policy has the priority of this one: Google refuses the
 * second. Rules of this library that name their policy alike agree about their priorities earlier. Throws too if rules for hostnames may get a
 * priority of the block for host groups that a different object for the same policy has, in this stack or in a different one.
 */
export function checkPriorityAtSynthesis(rule: RuleOfPolicy): void {
  const stack = stackOf(rule.resource, rule.resource.node.path);
  const { root } = stack.node;
  const ofApp = rulesByApp.get(root) ?? new Map<Construct, RuleOfPolicy[]>();
  rulesByApp.set(root, ofApp);
  const known = ofApp.get(stack);
  if (known !== undefined) {
    known.push(rule);
    return;
  }
  const rules = [rule];
  ofApp.set(stack, rules);
  StackRecord.of(stack).addCheck(() => {
    checkPriorities(root, rules);
    checkBlocks(rules, [...ofApp.values()].flat());
  });
}

/** The rules of an app by stack. The constructs of the app are searched once for each stack. */
const rulesByApp = new WeakMap<IConstruct, Map<Construct, RuleOfPolicy[]>>();

/** Throws if a rule for hostnames and a rule for a host group, one of them of the stack, have settings whose priorities overlap. */
function checkBlocks(rules: readonly RuleOfPolicy[], all: readonly RuleOfPolicy[]): void {
  const [ofStack, ofApp] = [onePerSettings(rules), onePerSettings(all)];
  for (const one of ofStack) {
    for (const other of ofApp) {
      const [hosts, group] = one.kind === 'hostnames' ? [one, other] : [other, one];
      if (hosts.kind !== 'hostnames' || group.kind !== 'host groups') continue;
      const { priority = DEFAULT_PRIORITY } = hosts.settings;
      const { priorities } = group.settings;
      if (!mayOverlap(priority, priorities) || !areOfOnePolicy(one.resource, other.resource)) continue;
      throw overlapRefusal(priority, priorities, `rule ${group.name}`, hosts.name);
    }
  }
}

/** Returns one rule of each kind for each settings in each stack: the others of them have the same policy and priorities. */
function onePerSettings(rules: readonly RuleOfPolicy[]): RuleOfPolicy[] {
  const known = new Map<PolicySettings, Set<string>>();
  return rules.filter(({ settings, kind, resource }) => {
    const kinds = known.get(settings) ?? new Set();
    known.set(settings, kinds);
    const key = `${kind} ${stackOf(resource, resource.node.path).node.path}`;
    return kinds.size < kinds.add(key).size;
  });
}

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
