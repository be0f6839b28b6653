import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
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
import {
  type AwsProvider,
  awsProvider,
  checkProvider,
  checkProviderStack,
  checkTokens,
  providerReference,
  stackOf,
  terraformText,
  textOf,
} from '../../../framework';
import { checkProps, checkScope, hasForm, holdsToken, type PropsForm, refusal, shown } from '../../../input';
import { commitResources, recordWarning, StackRecord } from '../../../opening';
import type { SelectorJson } from '../../../provenance';
import { type GroupIdentity, type IAwsSecurityGroup, newGroupIdentity } from '../group-identity';
import { checkResourceName, idOfResource, recordCreatedResource } from '../resource-key';
import { checkedTags, checkOwnershipTags, literalTags } from '../tags';
import { ExistingSecurityGroup, type ExistingSecurityGroupOptions } from './existing-security-group';
import { RuleDirection } from './rule-address';
import { checkMaxRules, DEFAULT_MAX_RULES } from './rule-quota';
import { allEgressIds, planAllEgress, planDocumentedEgress, planRules } from './security-group-rule';
import { checkUnmanagedRules, reportedRules, type UnmanagedRules } from './unmanaged-rules';

/** The name, the VPC and the outbound rules of a new security group. */
export interface AwsSecurityGroupProps {
  /**
   * The name of the group: letters, digits, hyphens and underscores, beginning with a letter, at most 228 characters.
   *
   * It is the beginning of the group's name in AWS, and part of the Terraform addresses of the group and its rules: with a different
   * name, Terraform creates a different group.
   */
  readonly name: string;
  /** The id of the VPC, such as `vpc-0123456789abcdef0`, or a value that is known after apply. */
  readonly vpcId: string;
  /**
   * The outbound rules of the group.
   *
   * `Egress.DOCUMENTED` allows only the documented flows that start at the group: no DNS, no NTP, no package mirrors.
   * `Egress.ALL` allows all outbound traffic over IPv4 and IPv6. With `Egress.UNMANAGED`, this library creates no outbound rule.
   * Terraform removes the rule that allows all outbound traffic from each group it creates, so nothing outbound is allowed until you
   * add rules.
   */
  readonly egress: Egress;
  /**
   * The tags of the group and of its rules. Terraform does not evaluate templates in them.
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
   * The provider instance with an alias, for the group and all of its rules.
   * @default - the provider without an alias
   */
  readonly provider?: IConstruct;
  /**
   * How many rules AWS allows per direction and IP family, if your quota was raised.
   * @default 60
   */
  readonly maxRules?: number;
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

/** The description of the group. Terraform replaces a group whose description changes, so it has nothing that could change. */
const DESCRIPTION = 'Ports that Kubernetes platforms document; each rule names its document';

/**
 * Creates a security group, which is a host group for the constructs that open ports.
 *
 * The rules of groups may refer to each other. If two groups belong to different stacks, open both directions in one of the stacks.
 * Otherwise the stacks depend on each other, which is an error.
 *
 * @example
 * new AwsSecurityGroup(stack, 'workers', { name: 'k8s-workers', vpcId: vpc.id, egress: Egress.ALL });
 */
export class AwsSecurityGroup extends Construct implements IAwsSecurityGroup {
  /**
   * Returns an existing security group. Its other rules are left untouched.
   * @param securityGroupId such as `sg-0123456789abcdef0`, or the id of a resource of the app
   * @param options key, provider, tags, egress and quota
   */
  public static fromId(securityGroupId: string, options: ExistingSecurityGroupOptions = {}): IAwsSecurityGroup {
    return new ExistingSecurityGroup(securityGroupId, options);
  }

  /** Always `aws`. */
  public readonly cloud: Cloud = Cloud.AWS;
  /** The name of the group in errors and documents: `security group k8s-workers`. */
  public readonly label: string;
  /** The id of the group, known after apply. */
  public readonly securityGroupId: string;
  /** @internal */
  public readonly _farEnd: FarEnd;
  /** @internal */
  public readonly _isExternal = false;
  private readonly props: AwsSecurityGroupProps;

  constructor(scope: Construct, id: string, props: AwsSecurityGroupProps) {
    checkScope(scope, id, 'AwsSecurityGroup');
    const place = `AwsSecurityGroup "${scope.node.path}/${id}"`;
    const checked = checkedProps(props, place);
    const stack = stackOf(scope, place);
    const provider = awsProvider(stack, place);
    checkProviderStack(checked.provider, stack, place);
    const vpcId = vpcIdIn(checked.vpcId, stack, place);
    const address = checkNewAddresses(checked, provider, stack, place);
    super(scope, id);

    this.props = checked;
    this.label = `security group ${checked.name}`;
    this._farEnd = groupEnd(this);
    const group = createGroup(this, provider.SecurityGroup, { ...checked, vpcId });
    StackRecord.of(stack).add(address, group);
    recordCreatedResource(stack, address, this);
    this.securityGroupId = group.id;
    StackRecord.of(stack).provenance.addMachines(this, stack, place);
    if (checked.egress === Egress.ALL) {
      commitResources({ scope: this, place, rules: planAllEgress(this, { scope: this, place }), agreements: [] });
    }
    if (checked.egress === Egress.DOCUMENTED) {
      recordWarning(this, 'egress-documented', { group: checked.name });
    }
  }

  /** The IP ranges of the machines that are known at synthesis, in canonical form. */
  public get ipRanges(): string[] {
    return this.props.ipRanges?.ipRanges ?? [];
  }

  /** @internal */
  public _identity(): GroupIdentity {
    const { name, provider, tags, ownershipTags, maxRules = DEFAULT_MAX_RULES } = this.props;
    return newGroupIdentity(stackOf(this, this.label), name, {
      id: this.securityGroupId,
      provider,
      tags,
      ownershipTags,
      maxRules,
    });
  }

  /** @internal */
  public _labelIn(): string {
    return this.label;
  }

  /** @internal */
  public _factsIn(stack: Construct, place: string): MachineFacts {
    const { vpcId, ipRanges, zone } = this.props;
    return { network: `VPC ${terraformText(vpcId, stack, place)}`, ipRanges, zone };
  }

  /** @internal */
  public _selectedBy(stack: Construct): SelectorJson {
    const { name, egress, provider, unmanagedRules } = this.props;
    const owner = stackOf(this, this.label);
    return {
      kind: 'sg',
      value: `\${aws_security_group.${logicalIdOf(name)}.id}`,
      stack: owner.node.path,
      provider: owner === stack ? providerReference(provider) : undefined,
      egress: managedEgress(egress, owner === stack),
      ...reportedRules(unmanagedRules),
    };
  }

  /** @internal */
  public _openIngress(group: FlowGroup): PlannedRule[] {
    return planRules(RuleDirection.INGRESS, this, group.sourceEnd, flowsTo(this, group));
  }

  /** @internal */
  public _openEgress(group: FlowGroup): PlannedRule[] {
    return this.props.egress === Egress.DOCUMENTED ? planDocumentedEgress(this, group) : [];
  }
}

const FORM: PropsForm<AwsSecurityGroupProps> = {
  needed: 'a name, a VPC and egress',
  example: '{ name, vpcId, egress }',
  names: {
    name: true,
    vpcId: true,
    egress: true,
    tags: true,
    ownershipTags: true,
    provider: true,
    maxRules: true,
    ipRanges: true,
    zone: true,
    unmanagedRules: true,
  },
};

/** AWS allows 255 characters, of which the hyphen and the unique suffix that Terraform appends take 27. */
const MAX_NAME_LENGTH = 228;

/** Returns a copy of the props. Throws if one of them is invalid. */
function checkedProps(props: AwsSecurityGroupProps, place: string): AwsSecurityGroupProps {
  checkProps(props, FORM, place);
  const { name, vpcId, egress, ownershipTags, provider, maxRules, ipRanges, zone, unmanagedRules } = props;
  const tags = checkedTags(props.tags, place);
  checkOwnershipTags(ownershipTags, tags, place);
  checkResourceName(name, 'sg-', MAX_NAME_LENGTH, place);
  checkVpcId(vpcId, place);
  checkEgress(egress, place);
  checkProvider(provider, place, 'aws');
  checkMaxRules(maxRules, undefined, place);
  checkZone(zone, place);
  checkUnmanagedRules(unmanagedRules, place);
  return Object.freeze({
    name,
    vpcId,
    egress,
    tags,
    ownershipTags,
    provider,
    maxRules,
    ipRanges: checkedIpRanges(ipRanges, place),
    zone,
    unmanagedRules,
  });
}

const VPC_ID = /^vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

function checkVpcId(vpcId: string, place: string): void {
  checkTokens(vpcId, place);
  if (!hasForm(vpcId, VPC_ID)) {
    const need = 'vpcId must be "vpc-" and 8 or 17 hexadecimal digits, or the id of a resource';
    throw refusal(
      place,
      'vpc-id-invalid',
      need,
      shown(vpcId),
      idOfResource(vpcId, /^aws_(default_)?vpc$/, (id) => `vpcId: ${id}`),
    );
  }
}

/** Returns the id of the VPC. If a token resolves to plain text, the text is returned, and checked like any other. */
function vpcIdIn(vpcId: string, stack: Construct, place: string): string {
  const text = holdsToken(vpcId) ? textOf(vpcId, stack, place) : undefined;
  if (text !== undefined) checkVpcId(text, place);
  return text ?? vpcId;
}

/** Returns the Terraform address of the new group. Throws if the stack already has that address, or that of one of its rules. */
function checkNewAddresses(
  { name, egress }: AwsSecurityGroupProps,
  { SecurityGroup, VpcSecurityGroupEgressRule }: AwsProvider,
  stack: Construct,
  place: string,
): string {
  const address = `${SecurityGroup.tfResourceType}.${logicalIdOf(name)}`;
  const record = StackRecord.find(stack);
  if (record?.at(address)) {
    throw refusal(place, 'name-taken', 'name must be unique in the stack', `"${name}" twice`);
  }
  const rules = egress === Egress.ALL ? allEgressIds(name) : [];
  if (rules.some((id) => record?.at(`${VpcSecurityGroupEgressRule.tfResourceType}.${id}`))) {
    throw refusal(
      place,
      'name-taken',
      'name must differ from the keys of the existing groups in the stack',
      `"${name}" twice`,
      'AwsSecurityGroup.fromId(id, { key: "a-different-name" })',
    );
  }
  return address;
}

function createGroup(
  scope: Construct,
  SecurityGroupResource: typeof SecurityGroup,
  props: AwsSecurityGroupProps,
): SecurityGroup {
  const group = new SecurityGroupResource(scope, 'Resource', {
    namePrefix: `${props.name}-`,
    description: DESCRIPTION,
    vpcId: props.vpcId,
    tags: props.tags && literalTags(props.tags),
    provider: props.provider as TerraformProvider | undefined,
    lifecycle: { createBeforeDestroy: true },
  });
  group.overrideLogicalId(logicalIdOf(props.name));
  return group;
}

function logicalIdOf(name: string): string {
  return `group_${name}`;
}

/**
 * Returns the outbound traffic that this library manages. The rules of `Egress.ALL` exist only in the stack of the group, and
 * the rule of a flow in the stack of the flow.
 */
function managedEgress(egress: Egress, isStackOfGroup: boolean): SelectorJson['egress'] {
  if (egress === Egress.DOCUMENTED) return 'documented';
  return egress === Egress.ALL && isStackOfGroup ? 'everything' : undefined;
}
