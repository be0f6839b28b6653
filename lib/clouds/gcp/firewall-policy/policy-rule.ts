import type { Precondition, TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { type Agreement, describeFlowGroup, type Flow, type PlannedRule } from '../../../access';
import { stackOf } from '../../../framework';
import { literal, refusal } from '../../../input';
import type { AddressFamily } from '../../../net';
import { Ledger, StackRecord } from '../../../opening';
import { allowBlocks, MAX_DESCRIPTION_LENGTH, type FirewallDirection } from '../firewall-rule';
import { priorityAgreement } from '../hostname-filter-props';
import { checkPriorityAtSynthesis } from './hand-written-rules';
import type { PolicySettings } from './gcp-firewall-policy-props';
import type { PolicyPlace } from './policy-place';
import { checkRulesExist, collisionAdvice, type IsTaken, priorityOfRule } from './policy-priorities';

/** The far ends and the targets of a rule. Lists are never empty, because GCP reads an empty list as everyone. */
export interface PolicyRuleLists {
  readonly srcIpRanges?: string[];
  readonly srcSecureTags?: string[];
  readonly srcAddressGroups?: string[];
  readonly destIpRanges?: string[];
  readonly targetSecureTags?: string[];
  readonly targetServiceAccounts?: string[];
}

/** The content of a rule of a firewall policy. */
interface PolicyRuleContent {
  readonly name: string;
  readonly policy: PolicyPlace;
  readonly settings: PolicySettings;
  readonly direction: FirewallDirection;
  readonly lists: PolicyRuleLists;
  /** The family, if the rule is open to the whole internet. */
  readonly world?: AddressFamily;
  /** Conditions on ranges that are known after apply. */
  readonly preconditions: readonly Precondition[];
  readonly flows: readonly Flow[];
}

/** A planned rule of a firewall policy: the ports of one flow group for one IP family. */
export class PolicyRule implements PlannedRule {
  public readonly address: string;
  public readonly identity: string;
  public readonly what: string;
  public readonly advice =
    'Peer.anyOf(...) with all sources, a different environment, or a second GcpFirewallPolicy with a namePrefix';
  public readonly addressAdvice = 'a different environment, or a second GcpFirewallPolicy with a namePrefix';
  public readonly shared = false;
  public readonly quotas = [];
  public readonly weight = 1;
  public readonly agreements: readonly Agreement[];
  public readonly flows: readonly Flow[];
  public readonly description: string;
  private readonly logicalId: string;
  private readonly priority: number;

  public constructor(private readonly content: PolicyRuleContent) {
    const { name, policy, settings, flows, world } = content;
    this.logicalId = `rule_${name}`;
    this.address = `${policy.ruleType}.${this.logicalId}`;
    this.identity = `${policy.key}|${name}`;
    this.what = `the rule ${name} of a firewall policy`;
    this.flows = flows;
    this.description = describeFlowGroup(flows, MAX_DESCRIPTION_LENGTH, world);
    this.priority = priorityOfRule(name, settings);
    const { subject, ...agreement } = priorityAgreement(policy.key, this.priority, name);
    const subjectOf = (priority: number): string => priorityAgreement(policy.key, priority, name).subject;
    const advice: Agreement['advice'] = (isAgreedOn) =>
      collisionAdvice(name, this.priority, settings, (priority) => isAgreedOn(subjectOf(priority)));
    this.agreements = [{ ...agreement, subject, advice }];
  }

  public create(parent: Construct): TerraformResource {
    const { name, policy, settings, direction, lists, preconditions, flows } = this.content;
    this.checkRulePrioritiesAtSynthesis(parent);
    const { targetSecureTags, targetServiceAccounts, srcSecureTags, ...ranges } = lists;
    const named = (tags: readonly string[] | undefined): { name: string }[] | undefined =>
      tags?.map((tag) => ({ name: tag }));
    const resource = policy.createRule(parent, this.logicalId, {
      ruleName: name,
      description: literal(this.description),
      priority: this.priority,
      action: 'allow',
      direction,
      disabled: settings.disabled,
      enableLogging: settings.logging === undefined ? undefined : true,
      match: {
        ...ranges,
        srcSecureTags: named(srcSecureTags),
        layer4Configs: allowBlocks(flows.map((flow) => flow.port)).map(({ protocol, ports }) => ({
          ipProtocol: protocol,
          ports,
        })),
      },
      targetSecureTags: named(targetSecureTags),
      targetServiceAccounts,
      lifecycle: preconditions.length > 0 ? { precondition: [...preconditions] } : undefined,
    });
    const advice = (isTaken: IsTaken): string => collisionAdvice(name, this.priority, settings, isTaken);
    checkPriorityAtSynthesis({ resource, priority: this.priority, name, advice, settings, kind: 'host groups' });
    return resource;
  }

  /** All rules of the app exist only at synthesis. */
  private checkRulePrioritiesAtSynthesis(parent: Construct): void {
    const { policy, settings } = this.content;
    if (settings.rulePriorities.length === 0) return;
    StackRecord.of(stackOf(parent, 'GcpFirewallPolicy')).addCheck(() => {
      const own = `${policy.key}|`;
      const identities = Ledger.of(parent)
        .created()
        .map(({ rule }) => rule.identity);
      const names = identities.filter((each) => each.startsWith(own)).map((each) => each.slice(own.length));
      checkRulesExist(settings, new Set(names), 'GcpFirewallPolicy');
    });
  }
}

/** The maximum length of each list of a rule, as the provider documents it. */
const LIST_LIMITS: Readonly<Record<keyof PolicyRuleLists, readonly [number, string]>> = {
  srcIpRanges: [5000, 'source ranges'],
  srcSecureTags: [256, 'source secure tags'],
  srcAddressGroups: [10, 'source address groups'],
  destIpRanges: [5000, 'destination ranges'],
  targetSecureTags: [256, 'target secure tags'],
  targetServiceAccounts: [10, 'target service accounts'],
};

/** Throws if a list is too long for one rule. */
export function checkPolicyLists(lists: PolicyRuleLists, place: string): void {
  for (const [list, [most, what]] of Object.entries(LIST_LIMITS)) {
    const count = lists[list as keyof PolicyRuleLists]?.length ?? 0;
    if (count <= most) continue;
    const need = `a rule of a firewall policy has at most ${most} ${what}`;
    const fix = 'several constructs, each with a GcpFirewallPolicy that has a namePrefix of its own';
    throw refusal(place, 'firewall-list-too-long', need, String(count), fix);
  }
}
