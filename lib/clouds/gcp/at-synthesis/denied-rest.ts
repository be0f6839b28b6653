import type { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import type { TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { stackOf, asSynthesized, allAsSynthesized, terraformText, warn } from '../../../framework';
import { refusal } from '../../../input';
import { type CreatedRule, Ledger, placeOf, StackRecord } from '../../../opening';
import { LAST_BEFORE_DEFAULTS, DEFAULT_PRIORITY, referenceKey } from '../gcp-firewall-props';
import { isSurelyOther, RuleAttributes } from './rule-attributes';
import { type NamedPlace, sameness, type Sureness } from './same-resource';

/** The priority that the documentation of `denyRest` uses. */
const USUAL_PRIORITY = 65_000;

/**
 * Checks at synthesis, when all resources of the app exist, that a rule that denies the rest of the traffic closes nothing that constructs of
 * the app open for the same machines: at a weaker priority, or in a firewall policy that Google evaluates later
 * (https://docs.cloud.google.com/firewall/docs/firewall-policies-overview#rule-evaluation).
 */
export function checkRestAtSynthesis(deny: ComputeFirewall): void {
  const stack = stackOf(deny, deny.node.path);
  const known = deniesByStack.get(stack);
  if (known !== undefined) {
    known.push(deny);
    return;
  }
  const denies = [deny];
  deniesByStack.set(stack, denies);
  StackRecord.of(stack).addCheck(() => {
    checkRest(new Set<IConstruct>(denies), Ledger.of(stack));
  });
}

const deniesByStack = new WeakMap<Construct, ComputeFirewall[]>();

/** A rule of a network or of a policy that this library created and that is enforced. */
interface EnforcedRule {
  readonly created: CreatedRule;
  readonly attributes: RuleAttributes;
  readonly machines: Machines;
  readonly isOfPolicy: boolean;
  /** Where it is evaluated: a network, or a policy. */
  readonly at: NamedPlace;
}

/** What a rule that denies closes of what a different one opens, and why that is not sure. */
interface Closing {
  readonly deny: EnforcedRule;
  readonly opened: EnforcedRule;
  /** The conditions on which the port is closed; none if it surely is. */
  readonly doubts: readonly string[];
  /** The network, if it is in the app and could evaluate its policies first. */
  readonly network?: RuleAttributes;
}

function checkRest(denies: ReadonlySet<IConstruct>, ledger: Ledger): void {
  const rules = ledger.created().flatMap((created) => enforcedRule(created) ?? []);
  const closing = rules.filter((rule) => denies.has(rule.created.resource) && rule.attributes.denies !== false);
  if (closing.length === 0) return;
  const first = Math.min(...closing.map(({ attributes: { priority = 0 } }) => priority));
  const opened = rules.filter(
    (rule) => mayOpen(rule) && (rule.isOfPolicy || (rule.attributes.priority ?? first) >= first),
  );
  if (opened.length === 0) return;
  const places = new Places(opened[0].created.resource.node.root);
  const found = closing.flatMap((deny) =>
    opened.flatMap((rule) => (rule === deny ? [] : (places.closing(deny, rule) ?? []))),
  );
  const [sure] = found.filter(({ doubts }) => doubts.length === 0);
  if (sure !== undefined) throw closed(sure, found);
  for (const each of found) warnOf(each, ledger);
}

/** Whether a rule allows traffic, also if only its overrides say so. */
function mayOpen({ attributes, isOfPolicy }: EnforcedRule): boolean {
  return isOfPolicy ? !isSurelyOther(attributes.action, 'allow') : attributes.denies !== true;
}

function closed({ deny, opened, network }: Closing, found: readonly Closing[]): Error {
  const root = opened.created.resource.node.root;
  const place = constructPlace(opened.created, root);
  const other = constructPlace(deny.created, root);
  const { priority } = opened.attributes;
  if (network !== undefined) {
    const need =
      `network "${network.name}" must evaluate the firewall policy, which opens ports of ${textOf(opened.machines)}, before the ` +
      `firewall rules of ${other} that deny the rest of the traffic (denyRest)`;
    const fix = `networkFirewallPolicyEnforcementOrder: "BEFORE_CLASSIC_FIREWALL" of the network`;
    return refusal(place, 'deny-rest-closes', need, 'firewall rules first', fix);
  }
  const need =
    `the rules for ${textOf(opened.machines)} must have a smaller priority number than those of ${other} that deny the rest of the traffic ` +
    `(denyRest.priority ${deny.attributes.priority})`;
  return refusal(place, 'deny-rest-closes', need, `priority ${priority}`, priorityFix(found));
}

/** Returns a priority that separates all rules that open ports from those that deny. */
function priorityFix(found: readonly Closing[]): string | undefined {
  if (found.some(({ deny, opened }) => isOverridden(deny) || isOverridden(opened))) return undefined;
  const weakest = Math.max(...found.map(({ opened }) => (opened.isOfPolicy ? 0 : (opened.attributes.priority ?? 0))));
  if (weakest < LAST_BEFORE_DEFAULTS) return `denyRest: { priority: ${Math.max(weakest + 1, USUAL_PRIORITY)} }`;
  const first = Math.min(...found.map(({ deny }) => deny.attributes.priority ?? USUAL_PRIORITY));
  return `priority: ${Math.min(first - 1, DEFAULT_PRIORITY)}`;
}

/** Whether an override gives a rule its priority, so that no setting changes it. */
function isOverridden({ created, attributes }: EnforcedRule): boolean {
  return (created.resource as Partial<ComputeFirewall>).priorityInput !== attributes.priority;
}

function warnOf({ deny, opened, doubts }: Closing, ledger: Ledger): void {
  const { root } = opened.created.resource.node;
  const scope = root.node.findAll().find(({ node }) => node.path === opened.created.constructPath)!;
  const message =
    `what this construct opens for ${textOf(opened.machines)} is closed by the rules of ${constructPlace(deny.created, root)} that deny ` +
    `the rest of the traffic of ${textOf(deny.machines)} (denyRest), if ${doubts.join(' and ')}`;
  if (ledger.isNew(`${scope.node.path} ${message}`)) warn(scope, message);
}

function constructPlace({ constructPath }: CreatedRule, root: IConstruct): string {
  return placeOf(root.node.findAll().find(({ node }) => node.path === constructPath)!);
}

/** The machines that rules apply to: text by key. Empty for all machines of a network, absent if they are known after apply. */
type Machines = ReadonlyMap<string, string> | undefined;

function textOf(machines: Machines): string {
  if (machines === undefined) return 'instances that are known after apply';
  return machines.size === 0 ? 'all instances' : [...machines.values()].join(' and ');
}

/** Returns how surely machines of a rule are those of a different one. Machines with two tags get the rules of both. */
function commonMachines(deny: Machines, opened: Machines): Sureness {
  if (deny === undefined || opened === undefined) return 'perhaps';
  if (deny.size === 0 || opened.size === 0) return 'surely';
  return [...deny.keys()].some((key) => opened.has(key)) ? 'surely' : 'perhaps';
}

/** Returns the machines of a rule that lists of them name, each with what it names. */
function machinesOf(rule: RuleAttributes, lists: Readonly<Record<string, string>>): Machines {
  const { stack } = rule.resource;
  const all: [string, string][] = [];
  for (const [list, kind] of Object.entries(lists)) {
    const values = rule.texts(list);
    if (values === undefined) return undefined;
    for (const value of values) {
      all.push([
        `${kind} ${referenceKey(value, stack, rule.name)}`,
        `${kind} ${terraformText(value, stack, rule.name)}`,
      ]);
    }
  }
  return new Map(all);
}

const FIREWALL = 'google_compute_firewall';
const NETWORK = 'google_compute_network';
const POLICY_RULES: readonly string[] = [
  'google_compute_network_firewall_policy_rule',
  'google_compute_region_network_firewall_policy_rule',
];
const ASSOCIATIONS: readonly string[] = [
  'google_compute_network_firewall_policy_association',
  'google_compute_region_network_firewall_policy_association',
];

/** The lists of machines that rules have, and what is in each. */
const NETWORK_TARGETS = { target_tags: 'network tag', target_service_accounts: 'service account' };
const POLICY_TARGETS = { target_secure_tags: 'secure tag', target_service_accounts: 'service account' };

/** Returns a rule of a network or of a policy as it is synthesized; nothing for other rules, and for those that are not enforced. */
function enforcedRule(created: CreatedRule): EnforcedRule | undefined {
  const { terraformResourceType: type = '' } = created.resource as Partial<TerraformResource>;
  const isOfPolicy = POLICY_RULES.includes(type);
  const resource = isOfPolicy || type === FIREWALL ? asSynthesized(created.resource) : undefined;
  if (resource === undefined) return undefined;
  const attributes = new RuleAttributes(resource);
  if (attributes.disabled === true || attributes.isAbsent) return undefined;
  const machines = isOfPolicy ? POLICY_TARGETS : NETWORK_TARGETS;
  return {
    created,
    attributes,
    machines: machinesOf(attributes, machines),
    isOfPolicy,
    at: attributes.place(isOfPolicy ? 'firewall_policy' : 'network'),
  };
}

/** The networks and the associations of policies in an app. Pairs of places are compared once. */
class Places {
  private readonly associations: readonly RuleAttributes[];
  private readonly networks: readonly RuleAttributes[];
  private readonly known = new Map<string, Sureness | undefined>();

  constructor(root: IConstruct) {
    const all = allAsSynthesized(root, [...ASSOCIATIONS, NETWORK]).map((each) => new RuleAttributes(each));
    this.networks = all.filter(({ resource }) => resource.type === NETWORK);
    this.associations = all.filter((each) => !this.networks.includes(each));
  }

  /** Returns what a rule closes of what another rule opens; nothing if it surely closes nothing. */
  public closing(deny: EnforcedRule, opened: EnforcedRule): Closing | undefined {
    if (isSurelyOther(deny.attributes.direction, opened.attributes.direction)) return undefined;
    return opened.isOfPolicy ? this.inPolicy(deny, opened) : this.inNetwork(deny, opened);
  }

  private inNetwork(deny: EnforcedRule, opened: EnforcedRule): Closing | undefined {
    const [first, second] = [deny.attributes.priority, opened.attributes.priority];
    if (first !== undefined && second !== undefined && second < first) return undefined;
    const network = this.same(deny.at, opened.at);
    if (network === undefined) return undefined;
    const arePrioritiesKnown = first !== undefined && second !== undefined;
    const doubts = [
      ...bothDoubt(deny, opened),
      ...doubt(arePrioritiesKnown ? 'surely' : 'perhaps', 'the priorities, which are known after apply, say so'),
      ...doubt(network, 'the two networks are one'),
    ];
    return { deny, opened, doubts };
  }

  private inPolicy(deny: EnforcedRule, opened: EnforcedRule): Closing | undefined {
    const attached = this.attached(opened.at, deny.at);
    const network = this.networks.find(({ self }) => this.same(self, deny.at) === 'surely');
    const order = network === undefined ? '' : network.order;
    if (attached === undefined || order === 'BEFORE_CLASSIC_FIREWALL') return undefined;
    const both = bothDoubt(deny, opened);
    if (attached === 'perhaps' && both.length > 0) return undefined; // most likely they have nothing to do with each other
    const isOrderKnown = network !== undefined && ['', 'AFTER_CLASSIC_FIREWALL'].includes(order!);
    const doubts = [
      ...both,
      ...doubt(attached, 'the firewall policy belongs to the network'),
      ...doubt(isOrderKnown ? 'surely' : 'perhaps', 'the network evaluates its firewall rules before its policies'),
    ];
    return { deny, opened, doubts, network };
  }

  /** Returns how surely a policy belongs to a network. An app without an association of the policy does not say. */
  private attached(policy: NamedPlace, network: NamedPlace): Sureness | undefined {
    const found = this.associations.flatMap((each) => {
      const ofPolicy = this.same(each.place('firewall_policy'), policy);
      const ofNetwork = this.same(each.place('attachment_target'), network);
      return ofPolicy === undefined ? [] : [ofPolicy === 'surely' ? ofNetwork : ofNetwork && 'perhaps'];
    });
    if (found.length === 0) return 'perhaps';
    return found.includes('surely') ? 'surely' : found.includes('perhaps') ? 'perhaps' : undefined;
  }

  private same(one: NamedPlace, other: NamedPlace): Sureness | undefined {
    const key = [one, other].map(keyOf).join('|');
    if (!this.known.has(key)) this.known.set(key, sameness(one, other));
    return this.known.get(key);
  }
}

function keyOf({ value, project, provider, stack }: NamedPlace): string {
  return JSON.stringify([stack.node.path, value, project, provider?.node.path]);
}

/** Returns the conditions on which two rules apply to one packet. */
function bothDoubt(deny: EnforcedRule, opened: EnforcedRule): string[] {
  const values = [deny, opened].flatMap(({ attributes }) => [attributes.direction, attributes.disabled]);
  const areKnown = deny.attributes.denies === true && !values.includes(undefined);
  return [
    ...doubt(commonMachines(deny.machines, opened.machines), 'a machine is both'),
    ...doubt(areKnown ? 'surely' : 'perhaps', 'the values of both rules, which are known after apply, say so'),
  ];
}

function doubt(sureness: Sureness, condition: string): string[] {
  return sureness === 'surely' ? [] : [condition];
}
