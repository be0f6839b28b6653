import type { Construct, IConstruct } from 'constructs';
import {
  type MachineFacts,
  checkedIpRanges,
  Cloud,
  checkEgress,
  checkZone,
  Egress,
  type FarEnd,
  groupEnd,
  type FlowGroup,
  flowsTo,
  type IPeer,
  type NetworkZone,
  type PlannedRule,
} from '../../../access';
import { checkProvider, providerReference, stackOf } from '../../../framework';
import { checkNoScope, checkProps, checkText, holdsToken, type PropsForm, readOnly, refusal } from '../../../input';
import type { SelectorJson } from '../../../provenance';
import { checkGroupId, existingGroupIdentity, type GroupIdentity, type IAwsSecurityGroup } from '../group-identity';
import { createdResource, selectorOf } from '../resource-key';
import { checkedTags, checkOwnershipTags } from '../tags';
import { RuleDirection } from './rule-address';
import { checkMaxRules, DEFAULT_MAX_RULES } from './rule-quota';
import { planAllEgress, planDocumentedEgress, planRules } from './security-group-rule';
import { checkUnmanagedRules, reportedRules, type UnmanagedRules } from './unmanaged-rules';

/** How rules refer to an existing security group, and which rules it gets. */
export interface ExistingSecurityGroupOptions {
  /**
   * The name by which Terraform addresses of rules refer to the group. Give it before you replace a reference by a literal id, or
   * rename the resource, so that these addresses stay the same.
   * @default - the literal id, or the Terraform address that the id refers to
   */
  readonly key?: string;
  /**
   * The provider instance of the account and region of the group.
   * @default - the provider without an alias
   */
  readonly provider?: IConstruct;
  /**
   * The tags of the rules that this library creates. Terraform does not evaluate templates in them.
   * @default - no tags
   */
  readonly tags?: Record<string, string>;
  /**
   * Whether the rules get the tags `Owner`, `Ticket` and `Expires` from the `ownership` of the constructs that open them. A rule that several
   * constructs share has all owners, and the last of their days; it has no `Expires` if one of them gives no day.
   * @default false
   */
  readonly ownershipTags?: boolean;
  /**
   * The outbound rules that the group gets, in addition to its existing ones.
   *
   * `Egress.DOCUMENTED` creates a rule for each documented flow that starts at the group. `Egress.ALL` creates the two rules that
   * allow all outbound traffic over IPv4 and IPv6, once in the app, with the first construct that uses the group. AWS rejects a
   * duplicate of an existing rule: import a rule that the group already has with `AwsRuleImports`. With `Egress.UNMANAGED`, this
   * library creates no outbound rule.
   * @default Egress.UNMANAGED
   */
  readonly egress?: Egress;
  /**
   * How many rules AWS allows per direction and IP family, if your quota was raised.
   * @default 60
   */
  readonly maxRules?: number;
  /**
   * How many unmanaged rules the group has per direction and IP family.
   * @default 0
   */
  readonly existingRules?: number;
  /**
   * The IP ranges of the machines in the group, for access requests, because a firewall team does not know security groups. They are
   * not part of rules.
   * @default - unknown
   */
  readonly ipRanges?: IPeer;
  /**
   * The network zone of the machines, for pictures and `cluster-ports lint`. It is never part of a rule.
   * @default - unknown
   */
  readonly zone?: NetworkZone;
  /**
   * Whether `cluster-ports lint` reports rules of the group that no construct asks for: those of other resources, and those that a plan or
   * a state lists in the group although no resource creates them. Nothing is removed; Terraform removes rules only of groups that the
   * resource `aws_vpc_security_group_rules_exclusive` names.
   * @default UnmanagedRules.IGNORE
   */
  readonly unmanagedRules?: UnmanagedRules;
}

/** An existing security group. Its other rules are left untouched. */
export class ExistingSecurityGroup implements IAwsSecurityGroup {
  public readonly cloud: Cloud = Cloud.AWS;
  public readonly label: string;
  public readonly securityGroupId: string;
  /** @internal */
  public readonly _farEnd: FarEnd;
  /** @internal */
  public readonly _isExternal = false;
  private readonly options: ExistingSecurityGroupOptions;

  public constructor(securityGroupId: string, options: ExistingSecurityGroupOptions) {
    const place = 'AwsSecurityGroup.fromId';
    checkNoScope(securityGroupId, options, place, 'id');
    checkGroupId(securityGroupId, place);
    this.options = checkedOptions(options, place);
    this.securityGroupId = securityGroupId;
    this.label = `security group ${this.options.key ?? (holdsToken(securityGroupId) ? 'known after apply' : securityGroupId)}`;
    this._farEnd = groupEnd(this);
    readOnly(this);
  }

  /** The IP ranges of the machines that are known at synthesis, in canonical form. */
  public get ipRanges(): string[] {
    return this.options.ipRanges?.ipRanges ?? [];
  }

  /** @internal */
  public _identity(stack: Construct, place: string): GroupIdentity {
    const { key, provider, tags, ownershipTags, maxRules = DEFAULT_MAX_RULES, existingRules = 0 } = this.options;
    const room = maxRules - existingRules;
    const group = { id: this.securityGroupId, key, provider, tags, ownershipTags, maxRules: room, existingRules };
    return this.groupOfApp(stack, place)?._identity(stack, place) ?? existingGroupIdentity(group, stack, place);
  }

  /** @internal */
  public _labelIn(stack: Construct, place: string): string {
    return `security group ${this._identity(stack, place).key}`;
  }

  /** @internal */
  public _factsIn(stack: Construct, place: string): MachineFacts {
    return (
      this.groupOfApp(stack, place)?._factsIn(stack, place) ?? {
        ipRanges: this.options.ipRanges,
        zone: this.options.zone,
      }
    );
  }

  /** @internal */
  public _selectedBy(stack: Construct, place: string): SelectorJson {
    const ofApp = this.groupOfApp(stack, place)?._selectedBy?.(stack, place);
    if (ofApp !== undefined) return ofApp;
    const { id, provider } = this._identity(stack, place);
    return {
      ...selectorOf(id, stack, place),
      provider: providerReference(provider),
      egress: this.managedEgress,
      ...reportedRules(this.options.unmanagedRules),
    };
  }

  /** @internal */
  public _openIngress(group: FlowGroup): PlannedRule[] {
    return [...planRules(RuleDirection.INGRESS, this, group.sourceEnd, flowsTo(this, group)), ...this.allEgress(group)];
  }

  /** @internal */
  public _openEgress(group: FlowGroup): PlannedRule[] {
    const ofApp = this.groupOfApp(stackOf(group.scope, group.place), group.place);
    if (ofApp) return ofApp._openEgress(group);
    return this.options.egress === Egress.DOCUMENTED ? planDocumentedEgress(this, group) : this.allEgress(group);
  }

  /**
   * Every construct that uses the group plans these rules, and all share them, because an existing group has no scope of its own.
   */
  private allEgress(group: FlowGroup): PlannedRule[] {
    return this.options.egress === Egress.ALL ? planAllEgress(this, group) : [];
  }

  private get managedEgress(): SelectorJson['egress'] {
    const { egress } = this.options;
    if (egress === Egress.DOCUMENTED) return 'documented';
    return egress === Egress.ALL ? 'everything' : undefined;
  }

  /**
   * Returns the `AwsSecurityGroup` of the app that has this id, if any. Throws if there are options, which belong to that
   * construct.
   */
  private groupOfApp(stack: Construct, place: string): IAwsSecurityGroup | undefined {
    const ofApp = createdResource(this.securityGroupId, stack, place) as (IAwsSecurityGroup & Construct) | undefined;
    const [option] = Object.keys(this.options);
    if (ofApp && option !== undefined) {
      throw refusal(
        place,
        'security-group-of-this-app',
        `${option} of a group that the app creates must be set in its AwsSecurityGroup`,
        ofApp.label,
        'the AwsSecurityGroup itself',
      );
    }
    return ofApp;
  }
}

const FORM: PropsForm<ExistingSecurityGroupOptions> = {
  needed: 'options',
  example: '{ key: "a-name" }',
  names: {
    key: true,
    provider: true,
    tags: true,
    ownershipTags: true,
    egress: true,
    maxRules: true,
    existingRules: true,
    ipRanges: true,
    zone: true,
    unmanagedRules: true,
  },
};

/** Returns a copy of the options that have a value. Throws if one of them is invalid. */
function checkedOptions(options: ExistingSecurityGroupOptions, place: string): ExistingSecurityGroupOptions {
  checkProps(options, FORM, place);
  const { key, provider, ownershipTags, egress, maxRules, existingRules, zone, unmanagedRules } = options;
  checkZone(zone, place);
  checkUnmanagedRules(unmanagedRules, place);
  const tags = checkedTags(options.tags, place);
  checkOwnershipTags(ownershipTags, tags, place);
  const ipRanges = checkedIpRanges(options.ipRanges, place);
  if (key !== undefined) checkText(key, place, 'key');
  checkProvider(provider, place, 'aws');
  if (egress !== undefined) checkEgress(egress, place);
  checkMaxRules(maxRules, existingRules, place);
  const all = { key, provider, tags, ownershipTags, egress, maxRules, existingRules, ipRanges, zone, unmanagedRules };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  return Object.freeze(Object.fromEntries(given));
}
