import type { Construct } from 'constructs';
import {
  Cloud,
  type CloudEnd,
  Egress,
  groupEnd,
  type FarEnd,
  type FlowGroup,
  flowsTo,
  type IHostGroup,
  type IPeer,
  type MachineFacts,
  type NetworkZone,
  type PlannedRule,
  type ResolvedEnd,
} from '../../../access';
import { attributeList, expressionOf, ownerOf, stackOf, terraformText } from '../../../framework';
import { holdsToken, readOnly, refusal } from '../../../input';
import { AddressFamily } from '../../../net';
import { gcpPolicyTitle, type SelectorJson } from '../../../provenance';
import { checkDescriptionLength, checkProtocols, firewallName } from '../firewall-rule';
import { checkedValueIn, SECURE_TAG, SERVICE_ACCOUNT } from '../forms';
import type { GcpHostGroupOptions } from '../host-group-options';
import {
  checkOneFamily,
  destinationEnds,
  RULE_FAMILIES,
  familyPreconditions,
  familyRanges,
  flowsIn,
  isWorld,
  nonEmpty,
} from '../rule-parts';
import { addressGroupsIn } from './gcp-address-group';
import type { PolicySettings } from './gcp-firewall-policy-props';
import { policyPlace } from './policy-place';
import { checkPolicyLists, PolicyRule, type PolicyRuleLists } from './policy-rule';

/** How a rule of a firewall policy selects machines. */
export enum PolicySelector {
  SECURE_TAG = 'secure tag',
  SERVICE_ACCOUNT = 'service account',
}

const KINDS = { [PolicySelector.SECURE_TAG]: 'secure-tag', [PolicySelector.SERVICE_ACCOUNT]: 'account' } as const;
const FORMS = { [PolicySelector.SECURE_TAG]: SECURE_TAG, [PolicySelector.SERVICE_ACCOUNT]: SERVICE_ACCOUNT } as const;

/** Machines that a rule of a firewall policy can select. */
export class PolicyHostGroup implements IHostGroup {
  public readonly cloud: Cloud = Cloud.GCP;
  public readonly label: string;
  public readonly _farEnd: FarEnd;
  public readonly _isExternal = false;
  private readonly machines?: IPeer;
  private readonly zone?: NetworkZone;

  public constructor(
    public readonly policy: PolicySettings,
    public readonly selector: PolicySelector,
    /** The tag value or the email. */
    private readonly value: string,
    { ipRanges, zone }: GcpHostGroupOptions,
  ) {
    this.machines = ipRanges;
    this.zone = zone;
    this.label = `${selector} ${holdsToken(value) ? 'known after apply' : value}`;
    this._farEnd = groupEnd(this);
    readOnly(this);
  }

  /** The IP ranges of the machines that are known at synthesis, in canonical form. */
  public get ipRanges(): string[] {
    return this.machines?.ipRanges ?? [];
  }

  public _labelIn(stack: Construct, place: string): string {
    return `${this.selector} ${expressionOf(this.value, stack, place)}`;
  }

  public _factsIn(stack: Construct, place: string): MachineFacts {
    const { policy, project, region } = this._selectedBy(stack, place);
    return { network: gcpPolicyTitle({ policy: policy!, project, region }), ipRanges: this.machines, zone: this.zone };
  }

  /** Returns the tag value or email with its token resolved in a stack. */
  public valueIn(stack: Construct, place: string): string {
    return checkedValueIn(this.value, FORMS[this.selector], stack, place);
  }

  public _selectedBy(stack: Construct, place: string): SelectorJson {
    const { policy, project, region, disabled, egress } = this.policy;
    return {
      kind: KINDS[this.selector],
      value: terraformText(this.value, stack, place),
      stack: holdsToken(this.value) ? ownerOf(this.value, stack, place).node.path : undefined,
      policy: terraformText(policy, stack, place),
      region,
      project: project === undefined ? undefined : terraformText(project, stack, place),
      egress: egress === Egress.DOCUMENTED ? 'documented' : undefined,
      isDisabled: disabled === true || undefined,
    };
  }

  public _openIngress(group: FlowGroup): PlannedRule[] {
    return planIngress(this, group);
  }

  public _openEgress(group: FlowGroup): PlannedRule[] {
    return this.policy.egress === Egress.DOCUMENTED ? planEgress(this, group) : [];
  }
}

function isOfPolicy({ policy }: PolicyHostGroup, group: CloudEnd): group is PolicyHostGroup {
  return group instanceof PolicyHostGroup && group.policy === policy;
}

/** Plans the INGRESS rules of a flow group: one for each IP family of its sources. */
function planIngress(target: PolicyHostGroup, group: FlowGroup): PolicyRule[] {
  const { scope, place, sourceEnd } = group;
  const targets = group.destinations.map(({ hostGroup }) => hostGroup).filter((each) => isOfPolicy(target, each));
  if (targets[0] !== target) return []; // the rule of the first group selects all groups of its policy
  const flows = targets.flatMap((each) => flowsTo(each, group).flows);
  checkProtocols(flows, place);
  const stack = stackOf(scope, place);
  const groups = addressGroupsIn(sourceEnd.hostGroups);
  const tags = sourceTags(sourceEnd, target, stack, place);
  return RULE_FAMILIES.flatMap((family) => {
    const farEnds = {
      srcIpRanges: nonEmpty(familyRanges(family, sourceEnd)),
      srcAddressGroups: nonEmpty(
        groups
          .filter((group) => group.family === family)
          .map((group) => group.idFor(target.policy.region, stack, place))
          .sort(),
      ),
      // secure tags are in the rule for IPv4, because they select machines of both families
      srcSecureTags: nonEmpty(family === AddressFamily.IPV4 ? tags : []),
    };
    const hasMachines = farEnds.srcSecureTags !== undefined;
    const hasRanges = farEnds.srcIpRanges !== undefined || farEnds.srcAddressGroups !== undefined;
    if (!hasRanges && !hasMachines) return [];
    const ofFamily = hasMachines ? flows : flowsIn(family, flows);
    if (ofFamily.length === 0) return [];
    if (hasMachines && hasRanges) checkOneFamily(family, ofFamily, place);
    return checkedRule(targets, group, {
      family,
      direction: 'INGRESS',
      flows: ofFamily,
      lists: farEnds,
      world: isWorld(family, sourceEnd) ? family : undefined,
      ends: [sourceEnd],
    });
  });
}

/** Plans the EGRESS rules of a flow group: one for each IP family of its destinations. */
function planEgress(source: PolicyHostGroup, group: FlowGroup): PolicyRule[] {
  const { scope, place, sourceEnd, flows } = group;
  const sources = sourceEnd.hostGroups.filter((each) => isOfPolicy(source, each));
  if (sources[0] !== source) return []; // the rule of the first group selects all groups of its policy
  checkProtocols(flows, place);
  const ends = destinationEnds(group, stackOf(scope, place));
  return RULE_FAMILIES.flatMap((family) => {
    const destIpRanges = nonEmpty(ends.flatMap((end) => familyRanges(family, end)));
    const ofFamily = flowsIn(family, flows);
    if (destIpRanges === undefined || ofFamily.length === 0) return [];
    return checkedRule(sources, group, { family, direction: 'EGRESS', flows: ofFamily, lists: { destIpRanges }, ends });
  });
}

/** What a rule is planned from, apart from its targets. */
interface RuleParts extends Pick<PolicyRule, 'flows'> {
  readonly family: AddressFamily;
  readonly direction: 'INGRESS' | 'EGRESS';
  readonly lists: PolicyRuleLists;
  readonly world?: AddressFamily;
  /** The far ends, whose ranges may be known after apply. */
  readonly ends: readonly ResolvedEnd[];
}

function checkedRule(targets: readonly PolicyHostGroup[], group: FlowGroup, parts: RuleParts): PolicyRule[] {
  const { scope, place } = group;
  const { family, direction, flows, world, ends } = parts;
  const stack = stackOf(scope, place);
  const settings = targets[0].policy;
  const lists = { ...parts.lists, ...targetLists(targets, stack, place) };
  checkPolicyLists(lists, place);
  const { srcIpRanges, destIpRanges } = lists;
  const rule = new PolicyRule({
    name: firewallName(group, family, direction, settings.namePrefix),
    policy: policyPlace(settings, stack, place),
    settings,
    direction,
    flows,
    world,
    lists: {
      ...lists,
      srcIpRanges: srcIpRanges && attributeList(srcIpRanges, stack),
      destIpRanges: destIpRanges && attributeList(destIpRanges, stack),
    },
    preconditions: familyPreconditions(family, ends, stack),
  });
  checkDescriptionLength(rule.description, place);
  return [rule];
}

/** Returns how a rule selects the machines it applies to. Throws unless one rule can select all of them. */
function targetLists(groups: readonly PolicyHostGroup[], stack: Construct, place: string): PolicyRuleLists {
  const [{ selector }] = groups;
  if (groups.some((group) => group.selector !== selector)) {
    const need = 'a rule of a firewall policy selects machines by secure tags or by service accounts';
    throw refusal(place, 'tags-and-accounts-mixed', need, groups.map(({ label }) => label).join(' and '));
  }
  const values = sortedValues(groups, stack, place);
  return selector === PolicySelector.SECURE_TAG ? { targetSecureTags: values } : { targetServiceAccounts: values };
}

/** Returns the secure tags of a source. Throws if it has machines that a rule of the policy cannot select as a source. */
function sourceTags({ hostGroups }: ResolvedEnd, target: PolicyHostGroup, stack: Construct, place: string): string[] {
  const { key } = policyPlace(target.policy, stack, place);
  const groups = addressGroupsIn(hostGroups);
  const tags = hostGroups
    .filter((group) => !groups.includes(group as never))
    .map((group) => {
      const fix = `Peer.cidr(...) with the IP ranges of ${group.label}`;
      if (!(group instanceof PolicyHostGroup)) {
        const need = 'a rule of a firewall policy needs IP ranges, secure tags or address groups as source';
        throw refusal(place, 'far-end-cloud-mismatch', need, group.label, fix);
      }
      if (group.selector !== PolicySelector.SECURE_TAG) {
        const need = 'a source of a rule of a firewall policy must be IP ranges or a secure tag';
        throw refusal(place, 'far-end-not-a-source', need, group.label, fix);
      }
      if (policyPlace(group.policy, stack, place).key !== key) {
        const need = 'a secure tag is a source only within its own firewall policy';
        throw refusal(place, 'far-end-network-mismatch', need, `${group.label} of a different policy`, fix);
      }
      return group;
    });
  return sortedValues(tags, stack, place);
}

function sortedValues(groups: readonly PolicyHostGroup[], stack: Construct, place: string): string[] {
  return [...new Set(groups.map((group) => group.valueIn(stack, place)))].sort();
}
