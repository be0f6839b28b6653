import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsPrefixList,
  AwsSecurityGroup,
  Basis,
  DocumentedPortRules,
  Egress,
  ExternalHosts,
  GcpFirewall,
  type IHostGroup,
  type IPeer,
  Peer,
  Port,
  PrometheusCostMetricsRule,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { descriptions, opened } from '../../support/opened';
import { expectNothingCreated, expectRefusal, resourcesOf } from '../../support/refusals';

const group = AwsSecurityGroup.fromId('sg-0123456789abcdef0');
const other = AwsSecurityGroup.fromId('sg-aaaaaaaa');
const tag = new GcpFirewall({ network: 'prod' }).networkTag('web');
const platform = Peer.address('203.0.113.7');

function newGroup(stack: TerraformStack, name: string, egress = Egress.DOCUMENTED): AwsSecurityGroup {
  return new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress });
}

function open(stack: TerraformStack, source: IPeer, prometheus: IHostGroup = group): void {
  new PrometheusCostMetricsRule(stack, 'rule', { platform: source, prometheus });
}

test('every range and every group gets a rule of its own, with one far end', () => {
  const stack = newStack();
  open(stack, Peer.anyOf(Peer.cidr('10.0.0.0/8', '2001:db8::/32'), other));
  expect(opened(stack)).toEqual([
    'ingress 9090/tcp from 10.0.0.0/8 at sg-0123456789abcdef0',
    'ingress 9090/tcp from 2001:db8::/32 at sg-0123456789abcdef0',
    'ingress 9090/tcp from sg-aaaaaaaa at sg-0123456789abcdef0',
  ]);
  for (const rule of Object.values(resourcesOf(stack).aws_vpc_security_group_ingress_rule)) {
    const ends = ['cidr_ipv4', 'cidr_ipv6', 'referenced_security_group_id', 'prefix_list_id'];
    expect(ends.filter((end) => end in rule)).toHaveLength(1);
  }
});

test('a value that is known after apply may be a range of each IP family, with a rule for each', () => {
  const stack = newStack();
  const value = new TerraformVariable(stack, 'range', {}).stringValue;
  open(stack, Peer.anyOf(Peer.cidr(value), Peer.cidrIpv6(value), Peer.cidr(value)));
  const rules = Object.values(resourcesOf(stack).aws_vpc_security_group_ingress_rule);
  expect(rules).toHaveLength(2);
  expect(rules.map(({ cidr_ipv4 }) => cidr_ipv4 as unknown).filter(Boolean)).toEqual(['${var.range}']);
  expect(rules.map(({ cidr_ipv6 }) => cidr_ipv6 as unknown).filter(Boolean)).toEqual(['${var.range}']);
});

test('a group that is given twice gets one rule', () => {
  const stack = newStack();
  open(stack, Peer.anyOf(other, AwsSecurityGroup.fromId('sg-aaaaaaaa')));
  expect(opened(stack)).toEqual(['ingress 9090/tcp from sg-aaaaaaaa at sg-0123456789abcdef0']);
});

test('a new group with documented egress allows outbound documented flows, and nothing else', () => {
  const stack = newStack();
  const workers = newGroup(stack, 'workers');
  new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb: newGroup(stack, 'mongodb', Egress.ALL) });
  expect(opened(stack).filter((line) => !line.includes('everything'))).toEqual([
    'egress 25080/tcp to mongodb at workers',
    'ingress 25080/tcp from workers at mongodb',
  ]);
});

test('each new group of a source gets outbound rules, and an existing group gets none by default', () => {
  const stack = newStack();
  const workers = Peer.anyOf(newGroup(stack, 'one'), newGroup(stack, 'two'), group, Peer.cidr('10.0.0.0/8'));
  new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb: ExternalHosts.named('mongodb', '10.8.0.0/28') });
  expect(opened(stack)).toEqual(['egress 25080/tcp to 10.8.0.0/28 at one', 'egress 25080/tcp to 10.8.0.0/28 at two']);
});

test('a template in the reason for opening to the world stays text', () => {
  const stack = newStack();
  new ApinizerNodePorts(stack, 'ports', { workers: group, apiPortal: { clients: Peer.anyIpv4('for ${everyone}') } });
  expect(descriptions(stack)).toEqual([expect.stringContaining('; open to the world: for $${everyone} [')]);
});

test('it stays text if a second construct needs the same rule', () => {
  const stack = newStack();
  for (const id of ['one', 'two']) {
    const apiPortal = { clients: Peer.anyIpv4('for ${everyone}') };
    new ApinizerNodePorts(stack, id, { workers: group, apiPortal });
  }
  expect(descriptions(stack)).toEqual([expect.stringContaining('; open to the world: for $${everyone} [')]);
});

describe('fails for', () => {
  test('a network tag as source', () => {
    expectNothingCreated((stack) => open(stack, tag), 'far-end-cloud-mismatch');
  });

  test('a network tag among the sources', () => {
    const source = Peer.anyOf(platform, other, tag);
    expectNothingCreated((stack) => open(stack, source), 'far-end-cloud-mismatch');
  });

  test.each([
    ...['100%', '%{if}', 'a < b', 'a > b', 'a | b', 'why?', 'a ~ b', 'a^b'],
    ...['Öffentlich', '公开的', "it's public", 'the "API"', 'a`b', 'a\\b', 'a – b'],
  ])('the reason %j, which AWS does not accept in a description', (reason) => {
    expectNothingCreated(
      (stack) =>
        new ApinizerNodePorts(stack, 'ports', { workers: group, apiPortal: { clients: Peer.anyIpv4(reason) } }),
      'description-invalid',
    );
  });

  test('names and a reason that leave no room in a description', () => {
    const [source, destination] = ['s'.repeat(40), 'd'.repeat(40)];
    const row = {
      name: 'r'.repeat(40),
      port: Port.tcp(1),
      description: 'Row',
      section: 'Ports',
      protocolBasis: Basis.TABLE,
    };
    const table = {
      id: 't'.repeat(40),
      title: 'A table',
      reference: 'https://wiki.example.com/table',
      edition: '2026-10',
      comparedOn: '2026-11-21',
      flows: [
        {
          source: { id: source, title: 'source' },
          destination: { id: destination, title: 'destination' },
          rows: [row],
        },
      ],
    };
    const roles = { [source]: Peer.anyIpv4('w'.repeat(100)), [destination]: group };
    expectNothingCreated((stack) => new DocumentedPortRules(stack, 'rules', { table, roles }), 'description-too-long');
  });
});

describe('the same rule from two stacks fails,', () => {
  test('and the error names both', () => {
    const app = Testing.app();
    const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
    open(left, platform);
    expectRefusal(() => open(right, platform), 'rule-created-twice');
    expect(resourcesOf(right)).toEqual({});
  });

  test.each<[string, (known: TerraformStack) => IPeer]>([
    ['a prefix list', () => AwsPrefixList.fromId('pl-01234567', { maxEntries: 1 })],
    [
      'each range of a list',
      (known) => Peer.cidr(...new TerraformVariable(known, 'offices', { type: 'list(string)' }).listValue),
    ],
  ])('also from %s', (_what, peer) => {
    const app = Testing.app();
    const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
    const from = peer(left);
    open(left, from);
    expectRefusal(() => open(right, from), 'rule-created-twice');
  });

  test('also if one of them creates the group, and the other refers to it', () => {
    const app = Testing.app();
    const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
    const nodes = newGroup(left, 'nodes');
    open(left, platform, nodes);
    expectRefusal(() => open(right, platform, AwsSecurityGroup.fromId(nodes.securityGroupId)), 'rule-created-twice');
    expect(resourcesOf(right)).toEqual({});
  });
});

test('groups of one name in two stacks are two groups with rules of their own', () => {
  const app = Testing.app();
  for (const id of ['left', 'right']) {
    const stack = new TerraformStack(app, id);
    open(stack, platform, newGroup(stack, 'nodes'));
    expect(opened(stack)).toEqual(['ingress 9090/tcp from 203.0.113.7/32 at nodes']);
  }
});
