import type { Construct } from 'constructs';
import {
  type MachineFacts,
  Cloud,
  type CloudEnd,
  Egress,
  groupEnd,
  type FarEnd,
  type Flow,
  type FlowGroup,
  type IHostGroup,
  type IPeer,
  type NetworkZone,
  type PlannedRule,
  type ResolvedEnd,
} from '../../access';
import {
  attributeList,
  checkProviderStack,
  expressionOf,
  googleProvider,
  type GoogleProvider,
  ownerOf,
  stackOf,
  terraformText,
} from '../../framework';
import { holdsToken, readOnly, refusal } from '../../input';
import { AddressFamily } from '../../net';
import { ALL_INSTANCES_LABEL, type SelectorJson } from '../../provenance';
import {
  checkDescriptionLength,
  checkLists,
  checkProtocols,
  type FirewallContent,
  firewallName,
  FirewallRule,
  planAllEgressRules,
  planDenyRestRules,
  type SharedContent,
  type Targets,
} from './firewall-rule';
import { addressGroupsIn } from './firewall-policy';
import { checkedValueIn, SERVICE_ACCOUNT, TAG } from './forms';
import { type GcpFirewallProps, networkKey, networkTitle, ruleProjectKey, settingsIn } from './gcp-firewall-props';
import {
  checkOneFamily,
  destinationEnds,
  RULE_FAMILIES,
  familyPreconditions,
  familyRanges,
  flowsIn,
  isWorld,
  nonEmpty,
} from './rule-parts';

/** How a firewall rule selects machines. */
export enum Selector {
  TAG = 'network tag',
  SERVICE_ACCOUNT = 'service account',
  ALL_INSTANCES = 'all instances',
}

const KINDS = {
  [Selector.TAG]: 'tag',
  [Selector.SERVICE_ACCOUNT]: 'account',
  [Selector.ALL_INSTANCES]: 'all-instances',
} as const;

const EGRESS_JSON = {
  [Egress.DOCUMENTED]: 'documented',
  [Egress.ALL]: 'everything',
  [Egress.UNMANAGED]: undefined,
} as const;

/** Machines that a firewall rule of GCP can select. */
export class GcpHostGroup implements IHostGroup {
  public readonly cloud: Cloud = Cloud.GCP;
  public readonly label: string;
  public readonly _farEnd: FarEnd;
  public readonly _isExternal = false;
  /** The IP ranges of the machines, if given. */
  public readonly machines?: IPeer;
  private readonly zone?: NetworkZone;

  public constructor(
    public readonly firewall: GcpFirewallProps,
    public readonly selector: Selector,
    /** The tag, the email, or the reason to select all instances. */
    public readonly value: string,
    /** The IP ranges and the network zone of the machines, if given. */
    facts: Omit<MachineFacts, 'network'> = {},
  ) {
    this.machines = facts.ipRanges;
    this.zone = facts.zone;
    this.label = this.labelWith(holdsToken(value) ? 'known after apply' : value);
    this._farEnd = groupEnd(this);
    readOnly(this);
  }

  /** The IP ranges of the machines that are known at synthesis, in canonical form. */
  public get ipRanges(): string[] {
    return this.machines?.ipRanges ?? [];
  }

  public _labelIn(stack: Construct, place: string): string {
    return this.labelWith(expressionOf(this.value, stack, place));
  }

  public _factsIn(stack: Construct, place: string): MachineFacts {
    return { network: networkTitle(this.firewall, stack, place), ipRanges: this.machines, zone: this.zone };
  }

  /** The reason to select all instances; empty for a tag or an account. */
  public get reason(): string {
    return this.selector === Selector.ALL_INSTANCES ? this.value : '';
  }

  /** Returns the tag or email with its token resolved in a stack. */
  public valueIn(stack: Construct, place: string): string {
    if (this.selector === Selector.ALL_INSTANCES) return this.value;
    return checkedValueIn(this.value, this.selector === Selector.TAG ? TAG : SERVICE_ACCOUNT, stack, place);
  }

  public _selectedBy(stack: Construct, place: string): SelectorJson {
    const { network, project, disabled, egress = Egress.UNMANAGED } = this.firewall;
    return {
      kind: KINDS[this.selector],
      value: terraformText(this.value, stack, place),
      stack: holdsToken(this.value) ? ownerOf(this.value, stack, place).node.path : undefined,
      network: terraformText(network, stack, place),
      project: project === undefined ? undefined : terraformText(project, stack, place),
      egress: EGRESS_JSON[egress],
      isDisabled: disabled === true || undefined,
    };
  }

  public _openIngress(group: FlowGroup): PlannedRule[] {
    return [...planIngress(this, group), ...this.denyRest(group, 'INGRESS'), ...this.allEgress(group)];
  }

  public _openEgress(group: FlowGroup): PlannedRule[] {
    if (this.firewall.egress !== Egress.DOCUMENTED) return this.allEgress(group);
    return [...planEgress(this, group), ...this.denyRest(group, 'EGRESS')];
  }

  private allEgress(group: FlowGroup): PlannedRule[] {
    if (this.firewall.egress !== Egress.ALL) return [];
    return planAllEgressRules(rulesOf(this, group).provider, sharedContent(this, group));
  }

  private denyRest(group: FlowGroup, direction: 'INGRESS' | 'EGRESS'): PlannedRule[] {
    if (this.firewall.denyRest === undefined) return [];
    return planDenyRestRules(rulesOf(this, group).provider, sharedContent(this, group), direction);
  }

  private labelWith(value: string): string {
    return this.selector === Selector.ALL_INSTANCES ? ALL_INSTANCES_LABEL : `${this.selector} ${value}`;
  }
}

function isGcpHostGroup(group: CloudEnd | IHostGroup): group is GcpHostGroup {
  return group instanceof GcpHostGroup; // those of a firewall policy are of the same cloud
}

/** Plans the INGRESS rules of a flow group: one for each IP family of its sources. */
function planIngress(target: GcpHostGroup, group: FlowGroup): FirewallRule[] {
  const targets = group.destinations.map(({ hostGroup }) => hostGroup).filter((each) => hasFirewallOf(target, each));
  if (targets[0] !== target) return []; // the rule of the first group selects all groups of its firewall
  const flows = group.flows.filter(({ destination }) => hasFirewallOf(target, destination));
  checkOneSelector(targets, group.place);
  return ingressRules({ ...rulesOf(target, group), targets, flows }, group);
}

/** What the INGRESS rules of a flow group have in common. */
interface Ingress extends RulesOfGroup {
  /** At least one. */
  readonly targets: readonly GcpHostGroup[];
  readonly flows: readonly Flow[];
}

/** Returns the INGRESS rules of each family that the source has, and their copies if the firewall has copies that log. */
function ingressRules(ingress: Ingress, group: FlowGroup): FirewallRule[] {
  const { stack, flows } = ingress;
  const { place, sourceEnd } = group;
  const sources = checkedSources(ingress, group);
  const rules: FirewallRule[] = [];
  for (const family of RULE_FAMILIES) {
    const farEnd = sourcesOf(family, sourceEnd, sources, stack, place);
    if (farEnd === undefined) continue;
    const ofFamily = hasMachines(farEnd) ? flows : flowsIn(family, flows);
    if (ofFamily.length > 0) rules.push(...ingressRule({ ...ingress, flows: ofFamily }, farEnd, family, group));
  }
  return rules;
}

/** Returns the host groups of the source. Throws if GCP has no rule for the flows. */
function checkedSources(
  { stack, settings, targets, flows }: Ingress,
  { place, sourceEnd }: FlowGroup,
): readonly GcpHostGroup[] {
  networkKey(settings, stack, place); // throws if the network has no name yet
  checkProtocols(flows, place);
  checkNoAddressGroup(sourceEnd, flows[0], place);
  return sourceGroups(sourceEnd, targets[0], stack, place);
}

/** Returns the INGRESS rule of one family, and its copy if the firewall has copies that log. */
function ingressRule(
  { stack, provider, settings, projectKey, targets, flows }: Ingress,
  farEnd: FirewallContent['farEnd'],
  family: AddressFamily,
  group: FlowGroup,
): FirewallRule[] {
  const { place, sourceEnd } = group;
  if (hasMachines(farEnd) && farEnd.sourceRanges !== undefined) checkOneFamily(family, flows, place);
  const selected = selection(sortedGroups(targets, stack, place), stack, place);
  checkLists(farEnd, place);
  checkLists(selected.targets, place);
  const rule = new FirewallRule(provider, {
    projectKey,
    settings,
    direction: 'INGRESS',
    flows,
    name: firewallName(group, family, 'INGRESS', settings.namePrefix),
    ...sourceContent(family, sourceEnd, farEnd, stack),
    ...selected,
  });
  return withShadow(rule, settings, place);
}

/** Returns what a rule says about its source in one family. */
function sourceContent(
  family: AddressFamily,
  end: ResolvedEnd,
  farEnd: FirewallContent['farEnd'],
  stack: Construct,
): Pick<FirewallContent, 'farEnd' | 'world' | 'preconditions'> {
  return {
    farEnd: { ...farEnd, sourceRanges: farEnd.sourceRanges && attributeList(farEnd.sourceRanges, stack) },
    world: isWorld(family, end) ? family : undefined,
    preconditions: familyPreconditions(family, [end], stack),
  };
}

/**
 * Returns the sources for one family; nothing if there are none. Tags and service accounts are in the rule for IPv4, because they select
 * machines of both families.
 */
function sourcesOf(
  family: AddressFamily,
  end: ResolvedEnd,
  groups: readonly GcpHostGroup[],
  stack: Construct,
  place: string,
): FirewallContent['farEnd'] | undefined {
  const sourceRanges = nonEmpty(familyRanges(family, end));
  const machines = family === AddressFamily.IPV4 ? groups : [];
  if (machines.length === 0) return sourceRanges && { sourceRanges };
  return {
    sourceRanges,
    sourceTags: nonEmpty(valuesOf(Selector.TAG, machines, stack, place)),
    sourceServiceAccounts: nonEmpty(valuesOf(Selector.SERVICE_ACCOUNT, machines, stack, place)),
  };
}

function checkNoAddressGroup({ hostGroups }: ResolvedEnd, { row }: Flow, place: string): void {
  const [list] = addressGroupsIn(hostGroups);
  if (list === undefined) return;
  const need =
    `row ${row.name} must have IP ranges, network tags or service accounts as source, because firewall rules of a network on GCP ` +
    'have no address groups';
  throw refusal(place, 'far-end-cloud-mismatch', need, list.label, `${rangesFix(list)}, or a GcpFirewallPolicy`);
}

function sourceGroups(
  end: ResolvedEnd,
  target: GcpHostGroup,
  stack: Construct,
  place: string,
): readonly GcpHostGroup[] {
  if (end.hostGroups.length === 0) return [];
  const given = end.hostGroups.filter(isGcpHostGroup);
  const unsupported = end.hostGroups.find((group) => !isGcpHostGroup(group));
  if (unsupported) {
    const need = 'a GCP firewall needs IP ranges, network tags or service accounts as source';
    throw refusal(place, 'far-end-cloud-mismatch', need, unsupported.label, rangesFix(unsupported));
  }
  for (const group of given) {
    if (group.selector === Selector.ALL_INSTANCES) {
      const need = 'a source must be IP ranges, a network tag or a service account';
      throw refusal(place, 'far-end-not-a-source', need, group.label, rangesFix(group));
    }
    if (networkKey(group.firewall, stack, place) !== networkKey(target.firewall, stack, place)) {
      const need = 'a network tag or service account is a source only within its own network';
      const got = `${group.label} of a different network`;
      throw refusal(place, 'far-end-network-mismatch', need, got, rangesFix(group));
    }
  }
  const groups = sortedGroups(given, stack, place);
  const tag = [...groups, target].find((group) => group.selector === Selector.TAG);
  const account = [...groups, target].find((group) => group.selector === Selector.SERVICE_ACCOUNT);
  if (tag && account) {
    const need = 'GCP does not allow network tags and service accounts in one rule';
    throw refusal(place, 'tags-and-accounts-mixed', need, `${tag.label} and ${account.label}`);
  }
  return groups;
}

function rangesFix({ label }: CloudEnd): string {
  return `Peer.cidr(...) with the IP ranges of ${label}`;
}

/** Plans the EGRESS rules of a flow group: one for each IP family of its destinations. */
function planEgress(source: GcpHostGroup, group: FlowGroup): FirewallRule[] {
  const { place, sourceEnd, flows } = group;
  const sources = sourceEnd.hostGroups.filter((each) => hasFirewallOf(source, each));
  if (sources[0] !== source) return []; // the rule of the first group selects all groups of its firewall
  checkOneSelector(sources, place);
  const { stack, provider, settings, projectKey } = rulesOf(source, group);
  checkProtocols(flows, place);
  const ends = destinationEnds(group, stack);
  return RULE_FAMILIES.map((family) => ({ family, ranges: nonEmpty(ends.flatMap((end) => familyRanges(family, end))) }))
    .map(({ family, ranges }) => ({ family, ranges, ofFamily: flowsIn(family, flows) }))
    .filter(({ ranges, ofFamily }) => ranges !== undefined && ofFamily.length > 0)
    .flatMap(({ family, ranges, ofFamily }) => {
      const selected = selection(sortedGroups(sources, stack, place), stack, place);
      checkLists({ destinationRanges: ranges, ...selected.targets }, place);
      const rule = new FirewallRule(provider, {
        projectKey,
        settings,
        direction: 'EGRESS',
        flows: ofFamily,
        name: firewallName(group, family, 'EGRESS', settings.namePrefix),
        farEnd: { destinationRanges: ranges && attributeList(ranges, stack) },
        preconditions: familyPreconditions(family, ends, stack),
        ...selected,
      });
      return withShadow(rule, settings, place);
    });
}

/** Returns a rule, and its copy if the firewall has copies that log. */
function withShadow(rule: FirewallRule, { shadow }: GcpFirewallProps, place: string): FirewallRule[] {
  const rules = shadow === true ? [rule, rule.shadow()] : [rule];
  for (const { description } of rules) checkDescriptionLength(description, place);
  return rules;
}

function hasFirewallOf({ firewall }: GcpHostGroup, group: CloudEnd | IHostGroup): group is GcpHostGroup {
  return isGcpHostGroup(group) && group.firewall === firewall;
}

/** Throws unless one rule can select all groups. */
function checkOneSelector(groups: readonly GcpHostGroup[], place: string): void {
  if (new Set(groups.map(({ selector }) => selector)).size <= 1) return;
  const need = 'GCP selects machines in one rule by network tags or by service accounts';
  throw refusal(place, 'tags-and-accounts-mixed', need, groups.map(({ label }) => label).join(' and '));
}

/** Whether a source has tags or service accounts, which select machines of both families. */
function hasMachines({ sourceTags, sourceServiceAccounts }: FirewallContent['farEnd']): boolean {
  return sourceTags !== undefined || sourceServiceAccounts !== undefined;
}

/** Returns what the rules have in common that the constructs of a stack share for a host group. */
function sharedContent(machines: GcpHostGroup, group: FlowGroup): SharedContent {
  const { place } = group;
  const { stack, settings, projectKey } = rulesOf(machines, group);
  const { targets } = selection([machines], stack, place);
  const network = networkTitle(settings, stack, place);
  const selector =
    machines.selector === Selector.ALL_INSTANCES
      ? 'instances'
      : `${KINDS[machines.selector]}-${expressionOf(machines.value, stack, place)}`;
  return { selector, network, projectKey, settings, targets };
}

/** What all rules of one host group in one stack have in common. */
interface RulesOfGroup {
  readonly stack: Construct;
  readonly provider: GoogleProvider;
  readonly settings: GcpFirewallProps;
  readonly projectKey: string;
}

function rulesOf({ firewall }: GcpHostGroup, { scope, place }: FlowGroup): RulesOfGroup {
  const stack = stackOf(scope, place);
  const provider = googleProvider(stack, place);
  const settings = settingsIn(firewall, stack, place);
  checkProviderStack(settings.provider, stack, place);
  return { stack, provider, settings, projectKey: ruleProjectKey(settings, stack, place) };
}

/** Returns how a rule selects the machines it applies to, which it does in one way, and what its description says about that. */
function selection(
  groups: readonly GcpHostGroup[],
  stack: Construct,
  place: string,
): { targets: Targets; remark: string } {
  const [{ selector }] = groups;
  const values = groups.map((group) => group.valueIn(stack, place));
  switch (selector) {
    case Selector.TAG:
      return { targets: { targetTags: nonEmpty(values) }, remark: '' };
    case Selector.SERVICE_ACCOUNT:
      return { targets: { targetServiceAccounts: nonEmpty(values) }, remark: '' };
    case Selector.ALL_INSTANCES:
      return { targets: {}, remark: `; for all instances of the network: ${values.join(', ')}` };
  }
}

function valuesOf(selector: Selector, groups: readonly GcpHostGroup[], stack: Construct, place: string): string[] {
  return groups.filter((group) => group.selector === selector).map((group) => group.valueIn(stack, place));
}

/** Returns the groups sorted and without duplicates. */
function sortedGroups(groups: readonly GcpHostGroup[], stack: Construct, place: string): readonly GcpHostGroup[] {
  if (groups.length < 2) return groups;
  const byLabel = new Map(groups.map((group) => [`${group._labelIn(stack, place)}${group.reason}`, group]));
  return [...byLabel].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
