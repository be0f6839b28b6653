import 'cdktf-cluster-ports/testing';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { TerraformStack, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  AwsRuleImports,
  AwsSecurityGroup,
  Egress,
  type ExistingSecurityGroupOptions,
  ExternalHosts,
  type IHostGroup,
  type IPeer,
  Peer,
  PrometheusCostMetricsRule,
} from 'cdktf-cluster-ports';
import { newStack } from '../../support/clouds';
import { descriptions, opened, terraformAddresses } from '../../support/opened';
import { expectRefusal, resourcesOf } from '../../support/refusals';

const ID = 'sg-0123456789abcdef0';
const VPC_ID = 'vpc-0123456789abcdef0';
const stores = ExternalHosts.named('stores', '10.8.0.0/28');
const office = Peer.address('203.0.113.7');

/** Different logical ids would close open ports: docs/decisions/0001. */
const FROZEN = [
  ['egress_all_all_7411830ccd7a', '0.0.0.0/0', '-1'],
  ['egress_all_all_7f6be8df4035', '::/0', '-1'],
];

function newGroup(stack: TerraformStack, egress: Egress, name = 'workers', id = name): AwsSecurityGroup {
  return new AwsSecurityGroup(stack, id, { name, vpcId: VPC_ID, egress });
}

function existing(egress: Egress, options: ExistingSecurityGroupOptions = {}): IHostGroup {
  return AwsSecurityGroup.fromId(ID, { egress, ...options });
}

function rule(stack: TerraformStack, id: string, platform: IPeer, prometheus: IHostGroup): PrometheusCostMetricsRule {
  return new PrometheusCostMetricsRule(stack, id, { platform, prometheus });
}

/** The outbound rules of a stack: logical id, range and protocol. */
function egressRules(stack: TerraformStack): unknown[][] {
  const rules = resourcesOf(stack).aws_vpc_security_group_egress_rule ?? {};
  return Object.entries(rules)
    .map(([id, made]): unknown[] => [id, made.cidr_ipv4 ?? made.cidr_ipv6, made.ip_protocol])
    .sort();
}

describe('a new group with Egress.ALL', () => {
  test('has a rule for each IP family, with Terraform addresses that never change', () => {
    const stack = newStack();
    newGroup(stack, Egress.ALL);
    expect(egressRules(stack)).toEqual(FROZEN);
  });

  test('gets no rule for documented flows', () => {
    const stack = newStack();
    rule(stack, 'rule', newGroup(stack, Egress.ALL), stores);
    expect(egressRules(stack)).toEqual(FROZEN);
  });

  test('fails if a resource of the user has the Terraform address of one of its rules', () => {
    const stack = newStack();
    const { securityGroupId } = newGroup(stack, Egress.ALL);
    const [[id]] = FROZEN;
    new VpcSecurityGroupEgressRule(stack, 'own', { securityGroupId, ipProtocol: '-1' }).overrideLogicalId(id);
    expectRefusal(() => Testing.synth(stack), 'rule-address-taken');
  });

  test('fails for two groups of one name in a stack', () => {
    const stack = newStack();
    newGroup(stack, Egress.ALL);
    expectRefusal(() => newGroup(stack, Egress.ALL, 'workers', 'again'), 'name-taken');
  });

  test('matches the documents, also in a second stack that opens a port of the group', () => {
    const app = Testing.app();
    const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
    const group = newGroup(left, Egress.ALL);
    rule(left, 'here', office, group);
    rule(right, 'there', Peer.cidr('10.0.0.0/8'), group);
    expect(left).toMatchDocuments();
    right.prepareStack();
    expect(right).toMatchDocuments();
  });
});

describe('a new group with Egress.UNMANAGED', () => {
  test('gets no outbound rule, and synthesis does not warn', () => {
    const stack = newStack();
    const group = newGroup(stack, Egress.UNMANAGED);
    rule(stack, 'out', group, stores);
    rule(stack, 'in', office, group);
    expect(egressRules(stack)).toEqual([]);
    expect(group.node.metadata).toEqual([]);
    expect(stack).toMatchDocuments();
  });
});

describe('an existing group with Egress.ALL', () => {
  test('gets the rules that a new group gets', () => {
    const [stack, other] = [newStack(), newStack()];
    newGroup(other, Egress.ALL);
    rule(stack, 'rule', existing(Egress.ALL, { key: 'workers' }), stores);
    expect(egressRules(stack)).toEqual(egressRules(other));
    expect(descriptions(stack)).toEqual(descriptions(other).filter((text) => text.startsWith('All outbound traffic')));
    for (const made of Object.values(resourcesOf(stack).aws_vpc_security_group_egress_rule)) {
      expect(made).not.toHaveProperty('from_port');
      expect(made).not.toHaveProperty('to_port');
    }
  });

  test('gets them once, whether it is a source, a destination or both, in all constructs of the stack', () => {
    const stack = newStack();
    const group = existing(Egress.ALL);
    rule(stack, 'in', office, group);
    rule(stack, 'out', Peer.anyOf(group, office), stores);
    new ApinizerDataStoreRules(stack, 'both', { workers: group, mongodb: existing(Egress.ALL) });
    expect(opened(stack)).toEqual([
      `egress everything to 0.0.0.0/0 at ${ID}`,
      `egress everything to ::/0 at ${ID}`,
      `ingress 25080/tcp from ${ID} at ${ID}`,
      `ingress 9090/tcp from 203.0.113.7/32 at ${ID}`,
    ]);
  });

  test('gets them as a destination only', () => {
    const stack = newStack();
    const opens = rule(stack, 'in', office, existing(Egress.ALL));
    expect(egressRules(stack)).toHaveLength(2);
    expect(terraformAddresses(opens)).toHaveLength(3);
  });

  test.each([
    ['as a source', (group: IHostGroup): [IPeer, IHostGroup] => [group, stores]],
    ['as a destination', (group: IHostGroup): [IPeer, IHostGroup] => [office, group]],
    ['at both ends', (group: IHostGroup): [IPeer, IHostGroup] => [group, group]],
  ])('matches the documents %s', (_where, ends) => {
    const stack = newStack();
    rule(stack, 'literal', ...ends(existing(Egress.ALL)));
    rule(
      stack,
      'reference',
      ...ends(AwsSecurityGroup.fromId(new SecurityGroup(stack, 'own', {}).id, { egress: Egress.ALL })),
    );
    expect(stack).toMatchDocuments();
  });

  test('matches the documents if its id comes from a different stack', () => {
    const app = Testing.app();
    const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
    const { id } = new SecurityGroup(left, 'own', {});
    rule(right, 'rule', AwsSecurityGroup.fromId(id, { egress: Egress.ALL }), stores);
    right.prepareStack();
    expect(right).toMatchDocuments();
  });

  test('matches the documents together with Egress.DOCUMENTED and Egress.UNMANAGED of the same group', () => {
    const stack = newStack();
    for (const egress of Object.values(Egress)) rule(stack, egress, existing(egress), stores);
    expect(egressRules(stack)).toHaveLength(3);
    expect(stack).toMatchDocuments();
  });

  test('gets nothing if any rule of the construct is rejected', () => {
    const stack = newStack();
    const prometheus = existing(Egress.ALL, { maxRules: 1 });
    expectRefusal(() => rule(stack, 'rule', Peer.cidr('10.1.0.0/16', '10.2.0.0/16'), prometheus), 'quota-exceeded');
    expect(resourcesOf(stack)).toEqual({});
  });

  test('fails in a second stack', () => {
    const app = Testing.app();
    const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
    rule(left, 'rule', existing(Egress.ALL), stores);
    expectRefusal(() => rule(right, 'rule', existing(Egress.ALL), stores), 'rule-created-twice');
    expect(resourcesOf(right)).toEqual({});
  });

  test('fails for a key that is the name of a new group with Egress.ALL, in either order', () => {
    const [before, after] = [newStack(), newStack()];
    newGroup(before, Egress.ALL);
    expectRefusal(() => rule(before, 'rule', existing(Egress.ALL, { key: 'workers' }), stores), 'rule-address-taken');
    rule(after, 'rule', existing(Egress.ALL, { key: 'workers' }), stores);
    const resources = resourcesOf(after);
    expectRefusal(() => newGroup(after, Egress.ALL), 'name-taken');
    expect(resourcesOf(after)).toEqual(resources);
  });

  test('takes over the default rule of the group with AwsRuleImports', () => {
    const stack = newStack();
    rule(stack, 'rule', existing(Egress.ALL), stores);
    const described = {
      SecurityGroupRuleId: 'sgr-01234567',
      GroupId: ID,
      IsEgress: true,
      IpProtocol: '-1',
      FromPort: -1,
      ToPort: -1,
      CidrIpv4: '0.0.0.0/0',
    };
    const describedRules = JSON.stringify({ SecurityGroupRules: [described] });
    const { imports, unmatched } = new AwsRuleImports(stack, 'imports', { describedRules });
    expect(Object.values(imports)).toEqual(['sgr-01234567']);
    expect(unmatched).toEqual([]);
  });
});
