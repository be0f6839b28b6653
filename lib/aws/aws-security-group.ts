import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import type { TerraformProvider } from 'cdktf';
import { stackOf } from '../framework/framework';
import { checkProviderOf } from '../framework/provider-instance';
import { awsProvider } from '../framework/providers';
import { terraformText } from '../framework/references';
import { StackRecord } from '../framework/stack-record';
import { warn } from '../framework/warn';
import { farEnd, type FarEnd } from '../model/far-end';
import type { FlowGroup } from '../model/flow-group';
import type { AboutMachines } from '../model/host-group';
import type { PlannedRule } from '../model/planned-rule';
import type { SelectorJson } from '../model/provenance-json';
import { refusal } from '../model/refusal';
import { AwsEgress } from './aws-egress';
import type { GroupIdentity, IAwsSecurityGroup } from './aws-host-group';
import { checkAwsSecurityGroupProps, vpcIdIn, type AwsSecurityGroupProps } from './aws-security-group-props';
import { openAllEgress } from './egress-all';
import { ExistingSecurityGroup, type ExistingSecurityGroupOptions } from './existing-security-group';
import { newGroupIdentity } from './group-identity';
import { noteMade } from './made-by-us';
import { planRules } from './plan-rules';
import { RuleDirection } from './rule-address';
import { DEFAULT_MAX_RULES } from './rule-quota';
import { literalTags } from './tags';

/** A change of it would replace the group, so it says nothing that could change. */
const DESCRIPTION = 'Ports that Kubernetes platforms document; each rule names its document';

/**
 * Makes a security group whose rules are the documented ports of the constructs that it is given to.
 *
 * Groups may refer to themselves and to each other. Where two stand in two stacks, one of the stacks asks for both directions:
 * asked for in each, the stacks would need each other, which Terraform cannot apply, so that is refused.
 */
export class AwsSecurityGroup extends Construct implements IAwsSecurityGroup {
  /**
   * A security group that exists already: our rules stand beside those of others.
   * @param securityGroupId as `sg-0123456789abcdef0`, or the id of a resource of the app
   * @param options key, provider, tags, egress and quota
   */
  public static fromId(securityGroupId: string, options: ExistingSecurityGroupOptions = {}): IAwsSecurityGroup {
    return new ExistingSecurityGroup(securityGroupId, options);
  }

  /** Always `aws`. */
  public readonly cloud = 'aws';
  /** The name of the group after its kind. */
  public readonly label: string;
  /** The id of the group, known to Terraform after it was created. */
  public readonly securityGroupId: string;
  /** @internal */
  public readonly _farEnd: FarEnd;
  /** @internal */
  public readonly _isExternal = false;
  private readonly props: AwsSecurityGroupProps;

  constructor(scope: Construct, id: string, props: AwsSecurityGroupProps) {
    const place = `AwsSecurityGroup "${scope.node.path}/${id}"`;
    const checked = checkAwsSecurityGroupProps(props, place);
    const stack = stackOf(scope, place);
    const provider = awsProvider(stack, place);
    checkProviderOf(checked.provider, stack, place);
    const vpcId = vpcIdIn(checked.vpcId, stack, place);
    const address = `${provider.SecurityGroup.tfResourceType}.${logicalIdOf(checked.name)}`;
    if (StackRecord.find(stack)?.at(address)) {
      throw refusal(place, 'name must be the only one of its kind in the stack', `"${checked.name}" twice`);
    }
    super(scope, id);

    this.props = checked;
    this.label = `security group ${checked.name}`;
    this._farEnd = farEnd(place, { hostGroups: [this] });
    const group = createGroup(this, provider.SecurityGroup, { ...checked, vpcId });
    StackRecord.of(stack).add(address, group);
    noteMade(stack, address, this);
    this.securityGroupId = group.id;
    if (checked.egress === AwsEgress.ALL) openAllEgress(stack, provider, this._identity());
    else {
      warn(
        this,
        `security group ${checked.name} lets out documented flows only: DNS, time and package hosts stay closed`,
      );
    }
  }

  /** @internal */
  public _identity(): GroupIdentity {
    const { name, provider, tags, maxRules = DEFAULT_MAX_RULES } = this.props;
    return newGroupIdentity(stackOf(this, this.label), name, {
      id: this.securityGroupId,
      provider,
      tags,
      maxRules,
    });
  }

  /** @internal */
  public _labelIn(): string {
    return this.label;
  }

  /** @internal */
  public _aboutIn(stack: Construct, place: string): AboutMachines {
    const { vpcId, ipRanges } = this.props;
    return { network: `VPC ${terraformText(vpcId, stack, place)}`, ipRanges };
  }

  /** @internal */
  public _selectedBy(): SelectorJson {
    const egress = this.props.egress === AwsEgress.ALL ? 'everything' : 'documented';
    const value = `\${aws_security_group.${logicalIdOf(this.props.name)}.id}`;
    return { kind: 'sg', value, stack: stackOf(this, this.label).node.path, egress };
  }

  /** @internal */
  public _openIngress(group: FlowGroup): PlannedRule[] {
    return planRules(RuleDirection.INGRESS, this, group.sourceEnd, group);
  }

  /** @internal */
  public _openEgress(group: FlowGroup): PlannedRule[] {
    return this.props.egress === AwsEgress.DOCUMENTED
      ? planRules(RuleDirection.EGRESS, this, group.destinationEnd, group)
      : [];
  }
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
