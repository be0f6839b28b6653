import { explain, type Explanation } from '../../../lib/traffic/explain/explain';
import { combinedConfiguration } from '../../../lib/traffic/read/combined-configuration';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';

type Json = Record<string, object>;

const EVERYTHING = { protocol: '-1', from_port: 0, to_port: 0, cidr_block: '0.0.0.0/0' };
const allowAll = (rule_no = 100): object => ({ ...EVERYTHING, rule_no, action: 'allow' });
const tcp = (
  rule_no: number,
  action: string,
  from_port: number,
  to_port: number,
  cidr_block = '0.0.0.0/0',
): object => ({
  rule_no,
  action,
  protocol: 'tcp',
  from_port,
  to_port,
  cidr_block,
});

const open = (group: string): object => ({
  name: group,
  ingress: [{ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'], ipv6_cidr_blocks: ['::/0'] }],
  egress: [{ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'], ipv6_cidr_blocks: ['::/0'] }],
});

/** Two subnets, each with machines of a security group that permits everything. */
const RESOURCES: Json = {
  aws_vpc: { main: { cidr_block: '10.0.0.0/16' } },
  aws_subnet: {
    web: { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.1.0/24' },
    db: { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.2.0/24' },
  },
  aws_security_group: { web: open('web'), db: open('db') },
  aws_instance: {
    web: { subnet_id: '${aws_subnet.web.id}', vpc_security_group_ids: ['${aws_security_group.web.id}'] },
    db: { subnet_id: '${aws_subnet.db.id}', vpc_security_group_ids: ['${aws_security_group.db.id}'] },
  },
};

const aclOf = (subnet: string, ingress: readonly object[], egress: readonly object[]): object => ({
  vpc_id: '${aws_vpc.main.id}',
  subnet_ids: [`\${aws_subnet.${subnet}.id}`],
  ingress,
  egress,
});

interface Question {
  readonly from?: string;
  readonly to?: string;
  readonly port?: string;
  readonly fromIp?: string;
  readonly toIp?: string;
}

function ask(more: Json, { from = 'web', to = 'db', port = '5432/tcp', ...ips }: Question = {}): Explanation {
  const configuration = readTerraform({ resource: { ...RESOURCES, ...more } }, 'cdk.tf.json');
  return explain(configuration, { from, to, port, ...ips });
}

const gatesOf = ({ gates }: Explanation): string[] =>
  gates.map(({ kind, end, packet, verdict }) => `${kind} at the ${end}, ${packet}: ${verdict}`);

test('a packet passes the network ACLs of both subnets, and its answer passes them again', () => {
  const answer = ask({
    aws_network_acl: {
      web: aclOf('web', [allowAll()], [allowAll()]),
      db: aclOf('db', [tcp(100, 'allow', 5432, 5432)], [tcp(100, 'allow', 1024, 65535)]),
    },
  });
  expect(answer.verdict).toBe('passes');
  expect(gatesOf(answer)).toEqual([
    'security group at the source, request: passes',
    'network ACL at the source, request: passes',
    'network ACL at the destination, request: passes',
    'security group at the destination, request: passes',
    'network ACL at the destination, answer: passes',
    'network ACL at the source, answer: passes',
  ]);
  expect(answer.refusedBy).toBeUndefined();
  expect(answer.notEvaluated).toEqual([]);
});

test('the network ACL refuses what the security group allows, and is named with its rule', () => {
  const answer = ask({
    aws_network_acl: { db: aclOf('db', [tcp(90, 'deny', 5432, 5432), allowAll()], [allowAll()]) },
  });
  expect(answer.verdict).toBe('refused');
  expect(answer.source.verdict).toBe('passes');
  expect(answer.destination.verdict).toBe('passes');
  expect(answer.refusedBy).toMatchObject({
    kind: 'network ACL',
    end: 'destination',
    packet: 'request',
    name: 'aws_network_acl.db of aws_subnet.db',
    rules: [{ address: 'aws_network_acl.db.ingress[0]', number: 90, action: 'deny' }],
  });
});

test('what no rule of a network ACL matches is denied', () => {
  const answer = ask({ aws_network_acl: { db: aclOf('db', [tcp(100, 'allow', 443, 443)], [allowAll()]) } });
  expect(answer.verdict).toBe('refused');
  expect(answer.refusedBy?.rules).toEqual([]);
});

test('the lower number decides, whatever the order in the file', () => {
  const rules = [tcp(200, 'deny', 5432, 5432), tcp(100, 'allow', 5432, 5432)];
  expect(ask({ aws_network_acl: { db: aclOf('db', rules, [allowAll()]) } }).verdict).toBe('passes');
});

test('a network ACL has no state: the answer needs the ports of clients', () => {
  const withAnswers = (egress: readonly object[]): Explanation =>
    ask({ aws_network_acl: { db: aclOf('db', [allowAll()], egress) } });
  const refused = withAnswers([tcp(100, 'allow', 443, 443)]);
  expect(refused.verdict).toBe('refused');
  expect(refused.refusedBy).toMatchObject({ end: 'destination', packet: 'answer' });
  expect(withAnswers([tcp(100, 'allow', 1024, 65535)]).verdict).toBe('passes');
  const some = withAnswers([tcp(100, 'allow', 32768, 60999)]);
  expect(some.verdict).toBe('not known');
  expect(some.gates.at(-1)?.reason).toBe(
    'the answer is sent to a port that the client chooses, and not all from 1024 to 65535 are allowed',
  );
});

test('a protocol that may go one way only is not refused because of its answer', () => {
  const udp = { ...tcp(100, 'allow', 8472, 8472), protocol: 'udp' };
  const answer = ask({ aws_network_acl: { db: aclOf('db', [udp], [udp]) } }, { port: '8472/udp' });
  expect(answer.verdict).toBe('not known');
  expect(answer.gates.at(-1)?.reason).toBe(
    'an answer in this protocol is not allowed, and not every program that uses it answers',
  );
});

test('the answer to a ping is of a different type', () => {
  const icmp = (rule_no: number, icmp_type: number): object => ({
    rule_no,
    action: 'allow',
    protocol: 'icmp',
    icmp_type,
    icmp_code: -1,
    cidr_block: '0.0.0.0/0',
  });
  const answerTo = (type: number): string =>
    ask({ aws_network_acl: { db: aclOf('db', [icmp(100, 8)], [icmp(100, type)]) } }, { port: '8.0/icmp' }).verdict;
  expect(answerTo(0)).toBe('passes');
  expect(answerTo(8)).toBe('refused');
});

test('packets within a subnet pass no network ACL', () => {
  const acl = { aws_network_acl: { web: aclOf('web', [], []) } };
  expect(ask(acl, { to: 'web' }).verdict).toBe('passes');
  expect(ask(acl).verdict).toBe('refused');
});

test('machines are found by their IP address too, and the far end by the range of its subnet', () => {
  const acl = {
    aws_network_acl: { db: aclOf('db', [tcp(90, 'deny', 5432, 5432, '10.0.1.0/24'), allowAll()], [allowAll()]) },
  };
  expect(ask(acl, { from: '10.0.1.9', toIp: '10.0.2.7' }).verdict).toBe('refused');
  expect(ask(acl, { from: '10.9.9.9', toIp: '10.0.2.7' }).verdict).toBe('passes');
  expect(ask(acl, { from: 'web' }).verdict).toBe('refused');
});

test('IPv6 has rules of its own', () => {
  const resources = {
    aws_subnet: {
      web: { cidr_block: '10.0.1.0/24', ipv6_cidr_block: '2001:db8:0:1::/64' },
      db: { cidr_block: '10.0.2.0/24', ipv6_cidr_block: '2001:db8:0:2::/64' },
    },
    aws_network_acl: { db: aclOf('db', [allowAll()], [allowAll()]) },
  };
  const six: Question = { from: '2001:db8:0:1::5', toIp: '2001:db8:0:2::5' };
  expect(ask(resources, six).verdict).toBe('refused');
  const open6 = { ...EVERYTHING, cidr_block: undefined, ipv6_cidr_block: '::/0', rule_no: 101, action: 'allow' };
  const acl = { db: aclOf('db', [allowAll(), open6], [allowAll(), open6]) };
  expect(ask({ ...resources, aws_network_acl: acl }, six).verdict).toBe('passes');
});

describe('rules and associations that are resources of their own', () => {
  const rule = (egress: boolean, rule_number: number, rule_action: string, more: object = EVERYTHING): object => ({
    network_acl_id: '${aws_network_acl.db.id}',
    egress,
    rule_number,
    rule_action,
    ...more,
  });

  test('are read', () => {
    const acl = {
      aws_network_acl: { db: { vpc_id: '${aws_vpc.main.id}' } },
      aws_network_acl_association: {
        db: { network_acl_id: '${aws_network_acl.db.id}', subnet_id: '${aws_subnet.db.id}' },
      },
      aws_network_acl_rule: {
        out: rule(true, 100, 'allow'),
        in: rule(false, 100, 'allow'),
        no: rule(false, 90, 'deny', { protocol: 'tcp', from_port: 22, to_port: 22, cidr_block: '10.0.0.0/8' }),
      },
    };
    expect(ask(acl).verdict).toBe('passes');
    expect(ask(acl, { port: '22/tcp' }).refusedBy?.rules).toEqual([
      { address: 'aws_network_acl_rule.no', number: 90, action: 'deny' },
    ]);
  });

  test('of a network ACL that these files do not create may not be all', () => {
    const acl = {
      aws_network_acl_rule: { in: { ...rule(false, 100, 'allow'), network_acl_id: 'acl-0123456789abcdef0' } },
    };
    const answer = ask(acl);
    expect(answer.verdict).toBe('not known');
    expect(answer.notEvaluated.map(({ address }) => address)).toContain('aws_network_acl_rule.in');
  });
});

test('a default network ACL protects the subnets of its network that have no other', () => {
  const acl = (ingress: readonly object[]): Json => ({
    aws_default_network_acl: {
      main: { default_network_acl_id: '${aws_vpc.main.default_network_acl_id}', ingress, egress: [allowAll()] },
    },
    aws_network_acl: { web: aclOf('web', [allowAll()], [allowAll()]) },
  });
  expect(ask(acl([])).refusedBy?.name).toBe('aws_default_network_acl.main of aws_subnet.db');
  expect(ask(acl([allowAll()])).verdict).toBe('passes');
});

describe('cannot be told', () => {
  const deny = { aws_network_acl: { db: aclOf('db', [], [allowAll()]) } };

  test('in which subnet machines are that no resource places', () => {
    const answer = ask({ ...deny, aws_instance: {} });
    expect(answer.verdict).toBe('not known');
    expect(answer.gates.at(-1)).toMatchObject({
      verdict: 'not known',
      reason: 'these files do not say in which subnet the machines are, and not every network ACL lets the packet pass',
    });
    expect(ask({ ...deny, aws_instance: {} }, { from: '192.0.2.1', toIp: '10.0.1.4' }).verdict).toBe('passes');
  });

  test('which of the subnets machines of one group are in', () => {
    const instances = {
      db: { subnet_id: '${aws_subnet.db.id}', vpc_security_group_ids: ['${aws_security_group.db.id}'] },
      other: { subnet_id: '${aws_subnet.web.id}', vpc_security_group_ids: ['${aws_security_group.db.id}'] },
    };
    const answer = ask({ ...deny, aws_instance: instances }, { from: '192.168.0.1' });
    expect(answer.verdict).toBe('not known');
    expect(answer.gates.find(({ verdict }) => verdict === 'not known')?.reason).toBe(
      'it depends on the subnet: refused at aws_network_acl.db of aws_subnet.db',
    );
  });

  test('what a rule does whose attributes are not known', () => {
    const unknown = { ...tcp(90, 'deny', 5432, 5432), cidr_block: '${var.office}' };
    const answer = ask({ aws_network_acl: { db: aclOf('db', [unknown, allowAll()], [allowAll()]) } });
    expect(answer.verdict).toBe('not known');
    expect(answer.notEvaluated.map(({ address }) => address)).toEqual(['aws_network_acl.db']);
  });
});

describe('a rule of which something is not known', () => {
  const office = { cidr_block: '${var.office}' };
  const verdictOf = (ingress: object[] | string, egress: object[] | string = [allowAll()]): string =>
    ask({ aws_network_acl: { db: aclOf('db', ingress as object[], egress as object[]) } }).verdict;

  test.each<[string, object[]]>([
    ['by a rule before it', [tcp(80, 'deny', 5432, 5432), { ...tcp(90, 'allow', 5432, 5432), ...office }]],
    [
      'by a rule before it, whatever it does',
      [tcp(80, 'deny', 5432, 5432), { ...tcp(90, '${var.action}', 0, 65_535) }],
    ],
    ['and it is for a different port', [{ ...tcp(90, 'allow', 22, 22), ...office }]],
    ['and it can only deny', [{ ...tcp(90, 'deny', 5432, 5432), ...office }]],
  ])('leaves refused what is refused %s', (_what, ingress) => {
    expect(verdictOf(ingress)).toBe('refused');
  });

  test('leaves the other direction as it is', () => {
    expect(verdictOf([], [{ ...tcp(90, 'allow', 0, 65_535), ...office }])).toBe('refused');
    expect(verdictOf([], '${var.rules}')).toBe('refused');
  });

  test('leaves open what is allowed before it', () => {
    expect(verdictOf([allowAll(), { ...tcp(32_000, 'deny', 5432, 5432), ...office }])).toBe('passes');
  });

  test.each<[string, object[] | string]>([
    ['it may allow first', [{ ...tcp(90, 'allow', 5432, 5432), ...office }, tcp(95, 'deny', 5432, 5432)]],
    ['it may deny first', [{ ...tcp(90, 'deny', 5432, 5432), ...office }, allowAll()]],
    ['its number may be the first', [{ ...tcp(90, 'deny', 5432, 5432), rule_no: '${var.number}' }, allowAll()]],
    ['its port may be the one', [{ ...tcp(90, 'allow', 22, 22), from_port: '${var.port}' }]],
    ['it contradicts itself', [{ ...tcp(90, 'allow', 22, 22), protocol: 'none' }]],
    ['there may be any', '${var.rules}'],
  ])('decides if %s', (_what, ingress) => {
    expect(verdictOf(ingress)).toBe('not known');
  });
});

test('a network ACL of one stack protects a subnet of another', () => {
  const reference = '${data.terraform_remote_state.cross-stack-reference-input-net.outputs.cross-stack-output-subnet}';
  const net = {
    resource: RESOURCES,
    output: { 'cross-stack-output-subnet': { value: '${aws_subnet.db.id}' } },
  };
  const acls = { resource: { aws_network_acl: { db: { subnet_ids: [reference], ingress: [], egress: [] } } } };
  const combined = combinedConfiguration('app', [
    ['net', readTerraform(net, 'net/cdk.tf.json')],
    ['acls', readTerraform(acls, 'acls/cdk.tf.json')],
  ]);
  const answer = explain(combined, { from: '192.168.0.1', to: 'sg:net/aws_security_group.db', port: '5432/tcp' });
  expect(answer.refusedBy?.name).toBe('aws_network_acl.db of aws_subnet.db');
});
