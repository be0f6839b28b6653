import type {
  Configuration,
  NotEvaluated,
  RuleGroup,
  RuleGroupPolicy,
  ResourceReference,
  RuleGroups,
} from '../../configuration';
import type { GroupName, Rule } from '../../rule';
import { type Block, isUnknown, type Resource } from '../../terraform';
import { isFirewallVpc } from './domain-lists';
import { dropsEverythingInSuricata } from './suricata';

const GROUP = 'aws_networkfirewall_rule_group';
const POLICY = 'aws_networkfirewall_firewall_policy';
/** Attributes by whose values a policy can refer to a rule group. */
const ID = /\.(?:arn|id|name)$/;
const ARN = /^arn:[^:]*:network-firewall:[^:]*:[^:]*:stateful-rulegroup\/(.+)$/;
const RESOURCE = /^(?:module\..+\.)?aws_networkfirewall_rule_group\./;
/** The protocols in which allow-lists find hostnames. */
const PROTOCOLS = ['TLS', 'HTTP'];

/** Reads the rule groups of AWS Network Firewall in a configuration, and the firewall policies that may use them. */
export function ruleGroupsIn(resources: readonly Resource[]): RuleGroups {
  return {
    groups: resources.flatMap(({ type, block }) => (type === GROUP ? [ruleGroupOf(block)] : [])),
    policies: resources.flatMap(({ type, block }) => (type === POLICY ? [policyOf(block)] : [])),
  };
}

function ruleGroupOf(block: Block): RuleGroup {
  const [arn, name] = ['arn', 'name'].map((attribute) => textOf(block.value(attribute)));
  const ofGroup = memberOf(memberOf(block.value('rule_group'), 'rules_source'), 'rules_string');
  const rules = textOf(block.value('rules')) ?? textOf(ofGroup) ?? '';
  return { file: block.file, address: block.address, arn, name, dropsEverything: dropsEverythingInSuricata(rules) };
}

/**
 * Reads a firewall policy. In strict order, its default actions drop what no rule passes. In the order of actions it has none, and an
 * allow-list drops the other hostnames of its own protocol. AWS documents the rules that it makes of an allow-list only with priorities, which
 * strict order does not have: there, what an allow-list drops without default actions is not known.
 *
 * @see https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html
 * @see https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-examples.html
 */
function policyOf(block: Block): RuleGroupPolicy {
  const { address, file } = block;
  const policy = block.value('firewall_policy');
  const used = listOf(memberOf(policy, 'stateful_rule_group_reference'));
  const groups = used.map((one) => referenceIn(file, memberOf(one, 'resource_arn')));
  const known = groups.filter((one) => one !== undefined);
  const stateless = memberOf(policy, 'stateless_default_actions');
  return {
    file,
    address,
    groups: known,
    isWhole: !isUnknown(first(policy)) && memberOf(policy, 'dynamic') === undefined && known.length === groups.length,
    insteadOfForwarding: insteadOfForwarding(stateless),
    drops: dropsOf(policy),
  };
}

/**
 * Returns what a policy does with packets that match no stateless rule; nothing if it forwards them to its stateful rules.
 *
 * @see https://docs.aws.amazon.com/network-firewall/latest/developerguide/rule-action.html
 */
function insteadOfForwarding(actions: unknown): string | undefined {
  if (actions === undefined) return undefined;
  const known = textsIn(actions);
  if (known.includes('aws:forward_to_sfe')) return undefined;
  if (known.includes('aws:pass')) return 'passes traffic by default, and its stateful rules do not see it';
  if (known.includes('aws:drop')) return 'drops traffic by default, and its stateful rules do not see it';
  return 'is not known to forward traffic to its stateful rules';
}

function dropsOf(policy: unknown): RuleGroupPolicy['drops'] {
  const order = memberOf(memberOf(policy, 'stateful_engine_options'), 'rule_order') ?? 'DEFAULT_ACTION_ORDER';
  if (order === 'DEFAULT_ACTION_ORDER') return 'hostnames in the protocols of its lists';
  const actions = textsIn(memberOf(policy, 'stateful_default_actions'));
  return actions.some((action) => action.startsWith('aws:drop_')) ? 'everything' : 'nothing';
}

/** Returns what a policy calls a rule group; nothing if it is not known. */
function referenceIn(file: string, value: unknown): ResourceReference | undefined {
  if (typeof value === 'string') return { file, text: value };
  if (!isUnknown(value) || value.expression === undefined || value.count === 'any') return undefined;
  return { file, text: value.expression.replace(ID, '') };
}

/** Rules with what firewall policies make of them, and what they leave unknown. */
type EnforcedRules = Pick<Configuration, 'rules' | 'notEvaluated'>;

/**
 * Returns rules with what the firewall policies make of them. A rule group does nothing until a policy uses it, and only a policy drops what
 * its rule groups do not list.
 */
export function enforcedRules(rules: readonly Rule[], { groups, policies }: RuleGroups): EnforcedRules {
  if (groups.length === 0) return { rules, notEvaluated: [] };
  const byPlace = new Map(groups.map((group) => [placeOf(group), group]));
  const usersOf = new Map(
    groups.map((group) => [placeOf(group), policies.filter((policy) => policy.groups.some((one) => isOf(one, group)))]),
  );
  const lists = rules.filter((rule) => byPlace.has(placeOf(rule)));
  const open = new Map(
    policies.flatMap((policy) => {
      const own = lists.filter((rule) => usersOf.get(placeOf(rule))!.includes(policy));
      const isDropping = groups.some((group) => group.dropsEverything && usersOf.get(placeOf(group))!.includes(policy));
      const protocols = isDropping || own.length === 0 ? [] : leftOpen(policy, own);
      return protocols.length === 0 ? [] : [[policy, protocols] as const];
    }),
  );
  const enforced = new Map(
    lists.map((rule) => {
      const users = usersOf.get(placeOf(rule))!;
      const unenforced = unenforcedReason(rule, users, policies);
      const leaving = users.filter((policy) => open.has(policy));
      const leftOpenBy = leaving.map((policy) => ({
        protocols: open.get(policy)!,
        reason: `${policy.address} ${openReason(policy, open.get(policy)!)}`,
      }));
      return [rule, { ...rule, unenforced, leftOpenBy }];
    }),
  );
  return {
    rules: rules.map((rule) => enforced.get(rule) ?? rule),
    notEvaluated: [
      ...[...enforced.values()].flatMap(({ unenforced, ...rule }) =>
        unenforced === undefined ? [] : [partOf(rule, unenforced)],
      ),
      ...[...open].map(([policy, protocols]) => partOf(policy, `it ${openReason(policy, protocols)}`)),
    ],
  };
}

/**
 * Returns rules in which the machines in the VPC of a firewall are those of all rule groups that always come with the rule group of the rule: a
 * packet that one of them lists passes. If only some of the firewall policies of a rule group use the other one too, it is not known which of
 * them the machines are behind.
 */
export function inSharedVpcs(rules: readonly Rule[], { groups, policies }: RuleGroups): readonly Rule[] {
  const byPlace = new Map(groups.map((group) => [placeOf(group), group]));
  const users = new Map<Rule, readonly RuleGroupPolicy[]>();
  const usersOfMachines = new Map<GroupName, Set<RuleGroupPolicy>>();
  for (const rule of rules) {
    const group = rule.groups.some(isFirewallVpc) ? byPlace.get(placeOf(rule)) : undefined;
    if (group === undefined) continue;
    const own = policies.filter(({ groups: used }) => used.some((one) => isOf(one, group)));
    users.set(rule, own);
    for (const name of rule.groups) {
      const all = usersOfMachines.get(name) ?? new Set();
      own.forEach((policy) => all.add(policy));
      usersOfMachines.set(name, all);
    }
  }
  return rules.flatMap((rule) => {
    const own = users.get(rule) ?? [];
    const shared = [...usersOfMachines].filter(([, all]) => own.some((policy) => all.has(policy)));
    const [always, sometimes] = [true, false].map((isAlways) =>
      shared.flatMap(([name, all]) => ([...all].every((policy) => own.includes(policy)) === isAlways ? [name] : [])),
    );
    const others = sometimes.filter((name) => !rule.groups.includes(name));
    return [
      always.length === 0 ? rule : { ...rule, groups: [...new Set([...rule.groups, ...always])] },
      ...others.map((name): Rule => {
        const without = [...usersOfMachines.get(name)!].find((policy) => !own.includes(policy))!;
        const reason = `${without.address} does not use ${rule.address}, and a different policy of these machines does`;
        return { ...rule, groups: [name], unenforced: reason };
      }),
    ];
  });
}

/** The rules themselves are compared, and the policies are circumstances, so that no gate needs this. */
function partOf({ file, address }: Pick<Rule, 'file' | 'address'>, reason: string): NotEvaluated {
  return { file, address, reason, content: reason, stops: {}, isOfHostnames: true };
}

function unenforcedReason(
  { address }: Rule,
  users: readonly RuleGroupPolicy[],
  policies: readonly RuleGroupPolicy[],
): string | undefined {
  if (users.some(({ insteadOfForwarding: instead }) => instead === undefined)) return undefined;
  if (users.length > 0) return `${users[0].address} ${users[0].insteadOfForwarding}`;
  const uncertain = policies.find(({ isWhole, groups }) => !isWhole || groups.some(isElsewhere));
  return uncertain === undefined
    ? `no firewall policy of these files uses ${address}`
    : `it is not known whether ${uncertain.address} uses ${address}`;
}

/** Whether a firewall policy may use a rule group. */
export function mayBeUsed(place: Pick<Rule, 'file' | 'address'>, { groups, policies }: RuleGroups): boolean {
  const group = groups.find((one) => placeOf(one) === placeOf(place));
  return policies.some(
    ({ isWhole, groups: used }) => !isWhole || used.some((one) => isElsewhere(one) || (group && isOf(one, group))),
  );
}

/** Returns the protocols in which a policy does not drop the hostnames that its allow-lists do not have. */
function leftOpen({ drops }: RuleGroupPolicy, lists: readonly Rule[]): readonly string[] {
  if (drops === 'everything') return [];
  if (drops === 'nothing') return PROTOCOLS;
  const listed = lists.flatMap(({ peers }) => peers.map(({ name }) => name));
  return PROTOCOLS.filter((protocol) => !listed.some((name) => name.endsWith(` over ${protocol}`)));
}

function openReason({ drops }: RuleGroupPolicy, protocols: readonly string[]): string {
  const which = drops === 'nothing' ? 'hostnames' : `hostnames over ${protocols.join(' and ')}`;
  return `drops nothing by default, so ${which} that its rule groups do not list may pass too`;
}

function placeOf({ file, address }: Pick<Rule, 'file' | 'address'>): string {
  return `${file}\n${address}`;
}

/** Whether a policy means a rule group. The name of a rule group is unique in its account and region. */
function isOf({ file, text }: ResourceReference, group: RuleGroup): boolean {
  const [, name] = ARN.exec(text) ?? [];
  if (name === undefined) return file === group.file && text === group.address;
  return group.arn === undefined ? name === group.name : text === group.arn;
}

/** Whether it is not known which rule group a reference means: a variable, or an output of a stack that is not read. */
function isElsewhere({ text }: ResourceReference): boolean {
  return !ARN.test(text) && !RESOURCE.test(text);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function textsIn(value: unknown): string[] {
  return listOf(value).filter((one) => typeof one === 'string');
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

function first(value: unknown): unknown {
  return listOf(value)[0];
}

/** Returns a member of a block, which is an object or a list of one. The members of an unknown value are unknown. */
function memberOf(block: unknown, name: string): unknown {
  const own = first(block);
  if (isUnknown(own)) return own;
  return typeof own === 'object' && own !== null
    ? ((own as Readonly<Record<string, unknown>>)[name] ?? undefined)
    : undefined;
}
