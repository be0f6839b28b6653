import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import type { AwsProvider } from '../framework/providers';
import { StackRecord } from '../framework/stack-record';
import { AddressFamily } from '../model/address-family';
import { EVERYTHING_OUT } from '../model/rule-description';
import type { GroupIdentity } from './aws-host-group';
import { rangePeer } from './range-peers';
import { RuleDirection, ruleAddress } from './rule-address';

const EVERYWHERE = [rangePeer(AddressFamily.IPV4, '0.0.0.0/0', true), rangePeer(AddressFamily.IPV6, '::/0', true)];

/** Lets everything out of a new group. */
export function openAllEgress(
  stack: Construct,
  { VpcSecurityGroupEgressRule }: AwsProvider,
  group: GroupIdentity,
): void {
  const record = StackRecord.of(stack);
  for (const peer of EVERYWHERE) {
    const logicalId = ruleAddress({
      direction: RuleDirection.EGRESS,
      groupKey: group.key,
      protocol: 'all',
      ports: 'all',
      peerKey: peer.key,
    });
    const rule = new VpcSecurityGroupEgressRule(record.parent, logicalId, {
      securityGroupId: group.id,
      ipProtocol: '-1',
      ...peer.attribute,
      description: EVERYTHING_OUT,
      tags: group.tags,
      provider: group.provider as TerraformProvider | undefined,
    });
    rule.overrideLogicalId(logicalId);
    record.add(`${VpcSecurityGroupEgressRule.tfResourceType}.${logicalId}`, rule);
  }
}
