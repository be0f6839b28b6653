import type { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import type { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import type { ComputeNetworkFirewallPolicyAssociation } from '@cdktf/provider-google/lib/compute-network-firewall-policy-association';
import type { ComputeNetworkFirewallPolicyRule } from '@cdktf/provider-google/lib/compute-network-firewall-policy-rule';
import type { TerraformProvider, TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { stackOf, terraformText, warn } from '../../framework';
import { refusal } from '../../input';
import { type CreatedRule, Ledger, placeOf, StackRecord } from '../../opening';
import { DEFAULT_PRIORITY, LAST_BEFORE_DEFAULTS, referenceKey } from './gcp-firewall-props';
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
  readonly direction: string;
  readonly machines: Machines;
  /** Where it is evaluated: a network, or a policy. */
  readonly at: NamedPlace;
  /** Absent in a policy. */
  readonly priority?: number;
}

/** What a rule that denies closes of what a different one opens, and why that is not sure. */
interface Closing {
  readonly deny: EnforcedRule;
  readonly opened: EnforcedRule;
  /** The conditions on which the port is closed; none if it surely is. */
  readonly doubts: readonly string[];
  /** The network, if it is in the app and could evaluate its policies first. */
  readonly network?: ComputeNetwork;
}

function checkRest(denies: ReadonlySet<IConstruct>, ledger: Ledger): void {
  const created = ledger.created();
  const closing = created.filter(({ resource }) => denies.has(resource)).flatMap((each) => firewallRule(each) ?? []);
  if (closing.length === 0) return;
  const first = Math.min(...closing.map(({ priority }) => priority!));
  const opened = created.flatMap((each) => {
    const rule = isDeny(each) ? undefined : (firewallRule(each) ?? policyRule(each));
    return rule === undefined || (rule.priority ?? first) < first ? [] : [rule];
  });
  if (opened.length === 0) return;
  const places = new Places(opened[0].created.resource.node.root);
  const found = closing.flatMap((deny) => opened.flatMap((rule) => places.closing(deny, rule) ?? []));
  const [sure] = found.filter(({ doubts }) => doubts.length === 0);
  if (sure !== undefined) throw closed(sure, found);
  for (const each of found) warnOf(each, ledger);
}

function closed({ deny, opened, network }: Closing, found: readonly Closing[]): Error {
  const root = opened.created.resource.node.root;
  const place = constructPlace(opened.created, root);
  const other = constructPlace(deny.created, root);
  if (network !== undefined) {
    const need =
      `network "${network.node.path}" must evaluate the firewall policy, which opens ports of ${textOf(opened.machines)}, before the ` +
      `firewall rules of ${other} that deny the rest of the traffic (denyRest)`;
    const fix = `networkFirewallPolicyEnforcementOrder: "BEFORE_CLASSIC_FIREWALL" of the network`;
    return refusal(place, 'deny-rest-closes', need, 'firewall rules first', fix);
  }
  const need =
    `the rules for ${textOf(opened.machines)} must have a smaller priority number than those of ${other} that deny the rest of the traffic ` +
    `(denyRest.priority ${deny.priority})`;
  return refusal(place, 'deny-rest-closes', need, `priority ${opened.priority}`, priorityFix(found));
}

/** Returns a priority that separates all rules that open ports from those that deny. */
function priorityFix(found: readonly Closing[]): string {
  const weakest = Math.max(...found.map(({ opened }) => opened.priority ?? 0));
  if (weakest < LAST_BEFORE_DEFAULTS) return `denyRest: { priority: ${Math.max(weakest + 1, USUAL_PRIORITY)} }`;
  const first = Math.min(...found.map(({ deny }) => deny.priority!));
  return `priority: ${Math.min(first - 1, DEFAULT_PRIORITY)}`;
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

/** The machines that rules apply to: text by key. Empty for all machines of a network. */
type Machines = ReadonlyMap<string, string>;

function textOf(machines: Machines): string {
  return machines.size === 0 ? 'all instances' : [...machines.values()].join(' and ');
}

/** Returns how surely machines of a rule are those of a different one. Machines with two tags get the rules of both. */
function commonMachines(deny: Machines, opened: Machines): Sureness {
  if (deny.size === 0 || opened.size === 0) return 'surely';
  return [...deny.keys()].some((key) => opened.has(key)) ? 'surely' : 'perhaps';
}

function machinesOf(
  { stack, resource }: CreatedRule,
  lists: Readonly<Record<string, readonly string[] | undefined>>,
): Machines {
  const { path } = resource.node;
  return new Map(
    Object.entries(lists).flatMap(([kind, values = []]) =>
      values.map((value) => [
        `${kind} ${referenceKey(value, stack, path)}`,
        `${kind} ${terraformText(value, stack, path)}`,
      ]),
    ),
  );
}

function isOfType(construct: IConstruct, type: RegExp): boolean {
  return type.test((construct as Partial<TerraformResource>).terraformResourceType ?? '');
}

function isFirewall(construct: IConstruct): construct is ComputeFirewall {
  return isOfType(construct, /^google_compute_firewall$/);
}

function isPolicyRule(construct: IConstruct): construct is ComputeNetworkFirewallPolicyRule {
  return isOfType(construct, /^google_compute_(?:region_)?network_firewall_policy_rule$/);
}

function isAssociation(construct: IConstruct): construct is ComputeNetworkFirewallPolicyAssociation {
  return isOfType(construct, /^google_compute_(?:region_)?network_firewall_policy_association$/);
}

function isNetwork(construct: IConstruct): construct is ComputeNetwork {
  return isOfType(construct, /^google_compute_network$/);
}

function isDeny({ resource }: CreatedRule): boolean {
  return (resource as Partial<ComputeFirewall>).denyInput !== undefined;
}

function firewallRule(created: CreatedRule): EnforcedRule | undefined {
  const { resource: rule } = created;
  if (!isFirewall(rule) || rule.disabledInput === true) return undefined;
  return {
    created,
    direction: rule.directionInput!,
    machines: machinesOf(created, {
      'network tag': rule.targetTagsInput,
      'service account': rule.targetServiceAccountsInput,
    }),
    at: placeOfValue(rule, rule.networkInput!),
    priority: rule.priorityInput!,
  };
}

function policyRule(created: CreatedRule): EnforcedRule | undefined {
  const { resource: rule } = created;
  if (!isPolicyRule(rule) || rule.disabledInput === true) return undefined;
  const tags = rule.targetSecureTagsInput as { readonly name: string }[] | undefined;
  return {
    created,
    direction: rule.directionInput!,
    machines: machinesOf(created, {
      'secure tag': tags?.map(({ name }) => name),
      'service account': rule.targetServiceAccountsInput,
    }),
    at: placeOfValue(rule, rule.firewallPolicyInput!),
  };
}

type InProject = IConstruct & { readonly projectInput?: string; readonly provider?: TerraformProvider };

function placeOfValue(resource: InProject, value: string): NamedPlace {
  const { projectInput: project, provider, node } = resource;
  return { value, project, provider, stack: stackOf(resource, node.path), place: node.path };
}

/** The networks and the associations of policies in an app. Pairs of places are compared once. */
class Places {
  private readonly associations: readonly ComputeNetworkFirewallPolicyAssociation[];
  private readonly networks: readonly ComputeNetwork[];
  private readonly known = new Map<string, Sureness | undefined>();

  constructor(root: IConstruct) {
    const all = root.node.findAll();
    this.associations = all.filter(isAssociation);
    this.networks = all.filter(isNetwork);
  }

  /** Returns what a rule closes of what another rule opens; nothing if it surely closes nothing. */
  public closing(deny: EnforcedRule, opened: EnforcedRule): Closing | undefined {
    if (deny.direction !== opened.direction) return undefined;
    return opened.priority === undefined ? this.inPolicy(deny, opened) : this.inNetwork(deny, opened);
  }

  private inNetwork(deny: EnforcedRule, opened: EnforcedRule): Closing | undefined {
    if (opened.priority! < deny.priority!) return undefined;
    const network = this.same(deny.at, opened.at);
    if (network === undefined) return undefined;
    return { deny, opened, doubts: [...bothDoubt(deny, opened), ...doubt(network, 'the two networks are one')] };
  }

  private inPolicy(deny: EnforcedRule, opened: EnforcedRule): Closing | undefined {
    const attached = this.attached(opened.at, deny.at);
    const network = this.networks.find((each) => this.same(placeOfValue(each, each.id), deny.at) === 'surely');
    const order = network?.networkFirewallPolicyEnforcementOrderInput ?? 'AFTER_CLASSIC_FIREWALL';
    if (attached === undefined || order === 'BEFORE_CLASSIC_FIREWALL') return undefined;
    const both = bothDoubt(deny, opened);
    if (attached === 'perhaps' && both.length > 0) return undefined; // most likely they have nothing to do with each other
    const isOrderKnown = network !== undefined && order === 'AFTER_CLASSIC_FIREWALL';
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
      const ofPolicy = this.same(placeOfValue(each, each.firewallPolicyInput ?? ''), policy);
      const ofNetwork = this.same(placeOfValue(each, each.attachmentTargetInput ?? ''), network);
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

function bothDoubt(deny: EnforcedRule, opened: EnforcedRule): string[] {
  return doubt(commonMachines(deny.machines, opened.machines), 'a machine is both');
}

function doubt(sureness: Sureness, condition: string): string[] {
  return sureness === 'surely' ? [] : [condition];
}
