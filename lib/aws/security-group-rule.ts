import type { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import type { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import type { AwsProvider } from '../framework/providers';
import type { Flow } from '../model/flow';
import type { Agreement, PlannedRule, Quota } from '../model/planned-rule';
import type { Port } from '../model/port';
import { describeFlows } from '../model/rule-description';
import { literal } from '../model/token-text';
import type { GroupIdentity } from './aws-host-group';
import type { RuleFarEnd } from './aws-peers';
import type { PrefixListIdentity } from './prefix-list';
import { RuleDirection, ruleAddress } from './rule-address';

/** What AWS takes. */
export const LONGEST_AWS_DESCRIPTION = 255;

/** One rule of a security group: one port or range of ports, one far end. */
export class SecurityGroupRule implements PlannedRule {
  public readonly address: string;
  public readonly identity: string;
  public readonly advice = 'one construct that asks for it, in one stack';
  public readonly addressAdvice = 'AwsSecurityGroup.fromId(id, { key: "another-name" })';
  public readonly shared = true;
  private readonly logicalId: string;

  public constructor(
    private readonly provider: AwsProvider,
    private readonly direction: RuleDirection,
    private readonly group: GroupIdentity,
    private readonly port: Port,
    private readonly peer: RuleFarEnd,
    public readonly flows: readonly Flow[],
    private readonly description: string,
    public readonly quotas: readonly Quota[],
    public readonly agreements: readonly Agreement[],
  ) {
    this.logicalId = ruleAddress({
      direction,
      groupKey: group.key,
      protocol: port.protocol,
      ports: port.numbers,
      peerKey: peer.key,
    });
    this.address = `${this.resourceClass.tfResourceType}.${this.logicalId}`;
    this.identity = `aws|${direction}|${group.appKey}|${port.numbers}|${port.protocol}|${peer.appKey}`;
  }

  public get weight(): number {
    return this.peer.weight ?? 1;
  }

  public get what(): string {
    const side = this.direction === RuleDirection.INGRESS ? 'from' : 'to';
    return `the ${this.direction} rule of security group ${this.group.key} for ${String(this.port)} ${side} ${this.peer.label}`;
  }

  /** The groups that the rule names: the one where it stands, and one at its far end. */
  public get groups(): readonly Pick<GroupIdentity, 'key' | 'id'>[] {
    return this.peer.group ? [this.group, this.peer.group] : [this.group];
  }

  /** The prefix lists that the rule names. */
  public get prefixLists(): readonly Pick<PrefixListIdentity, 'key' | 'id'>[] {
    return this.peer.prefixList ? [this.peer.prefixList] : [];
  }

  public get references(): readonly string[] {
    return [...this.groups, ...this.prefixLists].map(({ id }) => id);
  }

  public describe(flows: readonly Flow[]): string {
    return flows === this.flows ? this.description : describeFlows(flows, LONGEST_AWS_DESCRIPTION, this.peer.world);
  }

  public create(parent: Construct, description: string): VpcSecurityGroupIngressRule | VpcSecurityGroupEgressRule {
    const { fromPort, toPort, protocol } = this.port;
    const rule = new this.resourceClass(parent, this.logicalId, {
      securityGroupId: this.group.id,
      ipProtocol: protocol,
      fromPort,
      toPort,
      ...this.peer.attribute,
      description: literal(description),
      tags: this.group.tags,
      forEach: this.peer.forEach,
      lifecycle: this.peer.precondition && { precondition: [this.peer.precondition] },
      provider: this.group.provider as TerraformProvider | undefined,
    });
    rule.overrideLogicalId(this.logicalId);
    return rule;
  }

  public redescribe(rule: VpcSecurityGroupIngressRule, description: string): void {
    rule.description = literal(description);
  }

  private get resourceClass(): typeof VpcSecurityGroupIngressRule | typeof VpcSecurityGroupEgressRule {
    return this.direction === RuleDirection.INGRESS
      ? this.provider.VpcSecurityGroupIngressRule
      : this.provider.VpcSecurityGroupEgressRule;
  }
}
