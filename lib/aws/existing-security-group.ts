import type { Construct, IConstruct } from 'constructs';
import { stackOf } from '../framework/framework';
import { checkProvider } from '../framework/provider-instance';
import { farEnd, type FarEnd } from '../model/far-end';
import { checkIpRanges } from '../model/addresses-given';
import type { FlowGroup } from '../model/flow-group';
import type { AboutMachines, IPeer } from '../model/host-group';
import type { PlannedRule } from '../model/planned-rule';
import type { SelectorJson } from '../model/provenance-json';
import { checkObject } from '../model/object-given';
import { refusal, shown } from '../model/refusal';
import { checkText } from '../model/text';
import { holdsToken } from '../model/token-text';
import { AwsEgress } from './aws-egress';
import type { GroupIdentity, IAwsSecurityGroup } from './aws-host-group';
import { checkGroupId } from './group-id';
import { existingGroupIdentity, selectorOf } from './group-identity';
import { createdResource } from './made-by-us';
import { planRules } from './plan-rules';
import { RuleDirection } from './rule-address';
import { checkMaxRules, DEFAULT_MAX_RULES } from './rule-quota';
import { checkTags } from './tags';

/** What can be said of a security group that exists already. */
export interface ExistingSecurityGroupOptions {
  /**
   * The name by which rules know the group. It must be given before a reference becomes a literal id, or the resource
   * it refers to is renamed: the addresses of the rules are made from it.
   * @default - the literal id, or the Terraform address that the id refers to
   */
  readonly key?: string;
  /**
   * The provider instance of the account and region of the group.
   * @default - the provider without an alias
   */
  readonly provider?: IConstruct;
  /**
   * Tags of our rules; text in them stays text.
   * @default - none
   */
  readonly tags?: Record<string, string>;
  /**
   * What we let out of the group beside what others let out: `AwsEgress.DOCUMENTED` makes a rule for each flow that starts there.
   * @default - nothing: a group that was not made by Terraform lets everything out
   */
  readonly egress?: AwsEgress;
  /**
   * How many rules AWS allows per direction and address family, where it has raised the quota.
   * @default 60
   */
  readonly maxRules?: number;
  /**
   * How many rules of others stand on the group already, per direction and address family.
   * @default 0
   */
  readonly existingRules?: number;
  /**
   * The ranges in which the machines of the group have their addresses: the owners of other firewalls, whom we ask to let the
   * group in, know no security groups. No rule is made of them.
   * @default - unknown
   */
  readonly ipRanges?: IPeer;
}

/** A security group that others made: our rules stand beside theirs. */
export class ExistingSecurityGroup implements IAwsSecurityGroup {
  public readonly cloud = 'aws';
  public readonly label: string;
  public readonly securityGroupId: string;
  public readonly _farEnd: FarEnd;
  public readonly _isExternal = false;
  private readonly options: ExistingSecurityGroupOptions;

  public constructor(securityGroupId: string, options: ExistingSecurityGroupOptions) {
    const place = 'AwsSecurityGroup.fromId';
    checkGroupId(securityGroupId, place);
    checkObject(options, 'options', '{ key: "a-name" }', place);
    this.options = checkedOptions(options, place);
    this.securityGroupId = securityGroupId;
    this.label = `security group ${this.options.key ?? (holdsToken(securityGroupId) ? 'known to Terraform' : securityGroupId)}`;
    this._farEnd = farEnd(place, { hostGroups: [this] });
    Object.freeze(this);
  }

  public _identity(stack: Construct, place: string): GroupIdentity {
    const { key, provider, tags, maxRules = DEFAULT_MAX_RULES, existingRules = 0 } = this.options;
    const room = maxRules - existingRules;
    const group = { id: this.securityGroupId, key, provider, tags, maxRules: room, existingRules };
    return this.made(stack, place)?._identity(stack, place) ?? existingGroupIdentity(group, stack, place);
  }

  public _labelIn(stack: Construct, place: string): string {
    return `security group ${this._identity(stack, place).key}`;
  }

  public _aboutIn(stack: Construct, place: string): AboutMachines {
    return this.made(stack, place)?._aboutIn(stack, place) ?? { ipRanges: this.options.ipRanges };
  }

  public _selectedBy(stack: Construct, place: string): SelectorJson {
    const made = this.made(stack, place)?._selectedBy?.(stack, place);
    const egress = this.options.egress === AwsEgress.DOCUMENTED ? ('documented' as const) : undefined;
    return made ?? { ...selectorOf(this._identity(stack, place).id, stack, place), egress };
  }

  public _openIngress(group: FlowGroup): PlannedRule[] {
    return planRules(RuleDirection.INGRESS, this, group.sourceEnd, group);
  }

  public _openEgress(group: FlowGroup): PlannedRule[] {
    const made = this.made(stackOf(group.scope, group.place), group.place);
    if (made) return made._openEgress(group);
    const isManaged = this.options.egress === AwsEgress.DOCUMENTED;
    return isManaged ? planRules(RuleDirection.EGRESS, this, group.destinationEnd, group) : [];
  }

  /** The new group whose id this is. What is said of such a group is said where it is made. */
  private made(stack: Construct, place: string): IAwsSecurityGroup | undefined {
    const made = createdResource(this.securityGroupId, stack, place) as (IAwsSecurityGroup & Construct) | undefined;
    const [option] = Object.keys(this.options);
    if (made && option !== undefined) {
      throw refusal(
        place,
        `${option} of a group that the app makes must be said where it is made`,
        made.label,
        'the AwsSecurityGroup itself',
      );
    }
    return made;
  }
}

function checkedOptions(options: ExistingSecurityGroupOptions, place: string): ExistingSecurityGroupOptions {
  const { key, provider, egress, maxRules, existingRules } = options;
  const tags = checkTags(options.tags, place);
  const ipRanges = checkIpRanges(options.ipRanges, place);
  if (key !== undefined) checkText(key, place, 'key');
  checkProvider(provider, place, 'aws');
  if (egress !== undefined && egress !== AwsEgress.DOCUMENTED) {
    const need = 'egress of an existing group is managed for documented flows or not at all';
    throw refusal(place, need, shown(egress), 'AwsEgress.DOCUMENTED');
  }
  checkMaxRules(maxRules, existingRules, place);
  const given = Object.entries({ key, provider, tags, egress, maxRules, existingRules, ipRanges }).filter(
    ([, value]) => value !== undefined,
  );
  return Object.freeze(Object.fromEntries(given));
}
