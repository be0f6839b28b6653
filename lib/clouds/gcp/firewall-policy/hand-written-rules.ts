import type { TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { stackOf, asSynthesized, allAsSynthesized, warn } from '../../../framework';
import { grouped, refusal } from '../../../input';
import { Ledger, StackRecord } from '../../../opening';
import { isSurelyOther, RuleAttributes, sameness, type Sureness } from '../at-synthesis';
import { DEFAULT_PRIORITY } from '../gcp-firewall-props';
import type { PolicySettings } from './gcp-firewall-policy-props';
import { freeBase, type IsTaken, mayOverlap, overlapRefusal } from './policy-priorities';

const TYPES: readonly string[] = [
  'google_compute_network_firewall_policy_rule',
  'google_compute_region_network_firewall_policy_rule',
];

/** A rule of a policy, and what separates it from a rule that has its priority. */
interface RuleOfPolicy {
  readonly resource: TerraformResource;
  /** The priority without overrides. */
  readonly priority: number;
  readonly name: string;
  /** What gives it a different priority, which no other rule has. */
  readonly advice?: string | ((isTaken: IsTaken) => string);
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
      if (!mayOverlap(priority, priorities)) continue;
      const isSame = onePolicy(attributesOf(one.resource), attributesOf(other.resource));
      if (isSame === undefined) continue;
      const blocks = ofApp.filter((each) => each.kind === 'host groups').map((each) => each.settings.priorities);
      const error = overlapRefusal({
        base: priority,
        block: priorities,
        place: `rule ${group.name}`,
        rule: hosts.name,
        free: freeBase([...blocks, hosts.settings.priorities], takenBesides(hosts, all)),
      });
      if (isSame === 'surely') throw error;
      warnOnce(group.resource, `if both rules belong to one firewall policy: ${error.message}`);
    }
  }
}

/** Returns the priorities of the rules of an app, without those that move with the rules for hostnames of some settings. */
function takenBesides(hosts: RuleOfPolicy, all: readonly RuleOfPolicy[]): number[] {
  const moving = new Set(all.filter((one) => one.kind === 'hostnames' && one.settings === hosts.settings));
  const constructs = new Set<IConstruct | undefined>([...moving].map(({ resource }) => resource));
  return allAsSynthesized(hosts.resource.node.root, TYPES).flatMap((each) => {
    const { isAbsent, priority } = new RuleAttributes(each);
    return isAbsent || priority === undefined || constructs.has(each.construct) ? [] : [priority];
  });
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

/**
 * Throws if a rule of the app has the priority of a rule of this library in the same policy. Warns if this depends on values that are known
 * after apply.
 */
function checkPriorities(root: IConstruct, rules: readonly RuleOfPolicy[]): void {
  const all = allAsSynthesized(root, TYPES).map((each) => new RuleAttributes(each));
  const present = all.filter((each) => !each.isAbsent);
  const byPriority = grouped(present, ({ priority }) => priority);
  const unknown = byPriority.get(undefined) ?? [];
  // of any policy: a priority that is free in all of them is free in this one
  const isTaken: IsTaken = (priority) => byPriority.has(priority);
  const byConstruct = new Map(all.map((each) => [each.resource.construct, each]));
  for (const { resource, priority, name, advice } of rules) {
    const own = byConstruct.get(resource);
    if (own === undefined) continue; // the user removed it
    const candidates = own.priority === undefined ? present : [...(byPriority.get(own.priority) ?? []), ...unknown];
    for (const other of candidates) {
      checkTwo({
        own,
        other,
        name,
        advice: () => {
          if (own.priority !== priority) return `addOverride("priority", ${freeFrom(priority, isTaken)})`;
          return typeof advice === 'function' ? advice(isTaken) : advice;
        },
      });
    }
  }
}

function freeFrom(priority: number, isTaken: IsTaken): number {
  let free = priority;
  while (isTaken(free)) free++;
  return free;
}

/** A rule of this library, and any other of the app that may have its priority. */
interface TwoRules extends Pick<RuleOfPolicy, 'name'> {
  readonly advice: () => string | undefined;
  readonly own: RuleAttributes;
  readonly other: RuleAttributes;
}

function checkTwo({ own, other, name, advice }: TwoRules): void {
  if (other === own) return;
  const isSame = onePolicy(own, other);
  if (isSame === undefined) return;
  const { priority } = own;
  if (isSame === 'surely' && priority !== undefined && other.priority === priority) {
    const need = `each rule of a policy must have a priority of its own (${priority})`;
    throw refusal(`rule ${name}`, 'settings-disagree', need, other.name, advice());
  }
  const message =
    `the rule ${name} and the rule "${other.name}" of a firewall policy must not have the same priority: values decide that are known ` +
    'after apply; not evaluated';
  warnOnce(own.resource.construct!, message);
}

function warnOnce(scope: IConstruct, message: string): void {
  if (Ledger.of(scope).isNew(message)) warn(scope, message);
}

/** Returns how surely two rules are of one policy, however each of them names it; nothing if they are not. */
function onePolicy(one: RuleAttributes | undefined, other: RuleAttributes | undefined): Sureness | undefined {
  if (one === undefined || other === undefined || isSurelyOther(one.region, other.region)) return undefined;
  const isSame = sameness(one.place('firewall_policy'), other.place('firewall_policy'));
  const areRegionsKnown = one.region !== undefined && other.region !== undefined;
  return isSame === undefined || areRegionsKnown ? isSame : 'perhaps';
}

function attributesOf(rule: TerraformResource): RuleAttributes | undefined {
  const resource = asSynthesized(rule);
  return resource === undefined ? undefined : new RuleAttributes(resource);
}
