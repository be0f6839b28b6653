import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsEgress,
  AwsPrefixList,
  AwsSecurityGroup,
  Basis,
  DocumentedPortRules,
  ExternalHosts,
  GcpFirewall,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  type IHostGroup,
  type IPeer,
} from '../../lib';
import { shown } from '../../lib/model/refusal';
import { newStack } from '../support/clouds';
import { descriptions, opened } from '../support/opened';
import { expectNothingMade, expectRefusal, resourcesOf } from '../support/refusals';

const group = AwsSecurityGroup.fromId('sg-0123456789abcdef0');
const other = AwsSecurityGroup.fromId('sg-aaaaaaaa');
const tag = new GcpFirewall({ network: 'prod' }).networkTag('web');
const platform = Peer.address('203.0.113.7');

function newGroup(stack: TerraformStack, name: string, egress = AwsEgress.DOCUMENTED): AwsSecurityGroup {
  return new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress });
}

function open(stack: TerraformStack, source: IPeer, prometheus: IHostGroup = group): void {
  new PrometheusCostMetricsRule(stack, 'rule', { platform: source, prometheus });
}

test('every range and every group is a rule of its own, with one far end', () => {
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

test('a value that only Terraform knows is a range of either family, a rule for each', () => {
  const stack = newStack();
  const value = new TerraformVariable(stack, 'range', {}).stringValue;
  open(stack, Peer.anyOf(Peer.cidr(value), Peer.cidrIpv6(value), Peer.cidr(value)));
  const rules = Object.values(resourcesOf(stack).aws_vpc_security_group_ingress_rule);
  expect(rules).toHaveLength(2);
  expect(rules.map(({ cidr_ipv4 }) => cidr_ipv4 as unknown).filter(Boolean)).toEqual(['${var.range}']);
  expect(rules.map(({ cidr_ipv6 }) => cidr_ipv6 as unknown).filter(Boolean)).toEqual(['${var.range}']);
});

test('a group that is given twice is one rule', () => {
  const stack = newStack();
  open(stack, Peer.anyOf(other, AwsSecurityGroup.fromId('sg-aaaaaaaa')));
  expect(opened(stack)).toEqual(['ingress 9090/tcp from sg-aaaaaaaa at sg-0123456789abcdef0']);
});

test('documented flows go out of a new group, and nothing else', () => {
  const stack = newStack();
  const workers = newGroup(stack, 'workers');
  new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb: newGroup(stack, 'mongodb', AwsEgress.ALL) });
  expect(opened(stack).filter((line) => !line.includes('everything'))).toEqual([
    'egress 25080/tcp to mongodb at workers',
    'ingress 25080/tcp from workers at mongodb',
  ]);
});

test('documented flows go out of every new group of a source, and not out of an existing one', () => {
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

test('it stays text when a second construct asks for the same rule', () => {
  const stack = newStack();
  for (const id of ['one', 'two']) {
    const apiPortal = { clients: Peer.anyIpv4('for ${everyone}') };
    new ApinizerNodePorts(stack, id, { workers: group, apiPortal });
  }
  expect(descriptions(stack)).toEqual([expect.stringContaining('; open to the world: for $${everyone} [')]);
});

describe('fails for', () => {
  const need =
    'PrometheusCostMetricsRule "stack/rule": a security group rule needs ranges, a prefix list or a security group at its far end';
  const advice = 'did you mean Peer.cidr(...) with the ranges of these machines?';

  test('a network tag as source', () => {
    expectNothingMade((stack) => open(stack, tag), `${need}, got network tag web; ${advice}`);
  });

  test('a network tag among the sources', () => {
    const source = Peer.anyOf(platform, other, tag);
    expectNothingMade((stack) => open(stack, source), `${need}, got network tag web; ${advice}`);
  });

  const allowed = 'letters, digits, spaces and _ . : / ( ) # , @ [ ] + = & ; { } ! $ * -';
  test.each(['100%', '%{if}', 'a < b', 'a > b', 'a | b', 'why?', 'a ~ b', 'a^b'])(
    'the reason %j, which AWS does not take in a description',
    (reason) => {
      const row = 'apinizer-node-ports@2024-12/portal-client-to-worker/api-portal';
      const description = `Default NodePort for Api Portal access; open to the world: ${reason} [${row}]`;
      expectNothingMade(
        (stack) =>
          new ApinizerNodePorts(stack, 'ports', { workers: group, apiPortal: { clients: Peer.anyIpv4(reason) } }),
        `ApinizerNodePorts "stack/ports": on AWS the description of a rule may hold only ${allowed}, got ${shown(description)}`,
      );
    },
  );

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
    expectNothingMade(
      (stack) => new DocumentedPortRules(stack, 'rules', { table, roles }),
      'DocumentedPortRules "stack/rules": on AWS a description has at most 255 characters, some for those who share the rule: ' +
        `shorten the names in the table or the reason, got "open to the world: ${'w'.repeat(80)}...`,
    );
  });
});

describe('the same rule from two stacks fails,', () => {
  const advice = 'did you mean one construct that asks for it, in one stack?';

  test('with both in the error', () => {
    const app = Testing.app();
    const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
    open(left, platform);
    expectRefusal(
      () => open(right, platform),
      'PrometheusCostMetricsRule "right/rule": the ingress rule of security group sg-0123456789abcdef0 for 9090/tcp ' +
        `from 203.0.113.7/32 must be asked for once, got it in stack "left" from "left/rule" too; ${advice}`,
    );
    expect(resourcesOf(right)).toEqual({});
  });

  test.each<[string, (known: TerraformStack) => IPeer, string]>([
    ['a prefix list', () => AwsPrefixList.fromId('pl-01234567', { maxEntries: 1 }), 'prefix list pl-01234567'],
    [
      'each range of a list',
      (known) => Peer.cidr(...new TerraformVariable(known, 'offices', { type: 'list(string)' }).listValue),
      'each of var.offices',
    ],
  ])('also from %s', (_what, peer, name) => {
    const app = Testing.app();
    const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
    const from = peer(left);
    open(left, from);
    expectRefusal(
      () => open(right, from),
      `PrometheusCostMetricsRule "right/rule": the ingress rule of security group sg-0123456789abcdef0 for 9090/tcp from ${name} ` +
        `must be asked for once, got it in stack "left" from "left/rule" too; ${advice}`,
    );
  });

  test('also when the group is new in one of them, and known to the other by reference', () => {
    const app = Testing.app();
    const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
    const nodes = newGroup(left, 'nodes');
    open(left, platform, nodes);
    const sentence =
      'PrometheusCostMetricsRule "right/rule": the ingress rule of security group nodes for 9090/tcp ' +
      `from 203.0.113.7/32 must be asked for once, got it in stack "left" from "left/rule" too; ${advice}`;
    expectRefusal(() => open(right, platform, AwsSecurityGroup.fromId(nodes.securityGroupId)), sentence);
    expect(resourcesOf(right)).toEqual({});
  });
});

test('groups of one name in two stacks are two groups, and so are their rules', () => {
  const app = Testing.app();
  for (const id of ['left', 'right']) {
    const stack = new TerraformStack(app, id);
    open(stack, platform, newGroup(stack, 'nodes'));
    expect(opened(stack)).toEqual(['ingress 9090/tcp from 203.0.113.7/32 at nodes']);
  }
});
