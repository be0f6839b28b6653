import type { Gate } from '../../../lib/traffic/configuration';
import { allowedBy, rowText, trafficRows } from '../../../lib/traffic/permitted';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { firstGate } from '../../support/first-gate';

// A loop over values that the file has is read like Terraform evaluates it. Of other loops, the far ends that all instances have in
// common decide which gate stops.

const OFFICE = '10.0.0.0/8';
const WORLD = '0.0.0.0/0';
const rule = (body: object, more: object = {}): object => ({
  resource: {
    aws_vpc_security_group_ingress_rule: {
      r: { security_group_id: 'sg-12345678', ip_protocol: 'tcp', from_port: 22, to_port: 22, ...body },
    },
  },
  ...more,
});
const group = (body: object, more: object = {}): object => ({
  resource: { aws_security_group: { s: { name: 's', ...body } } },
  ...more,
});
const firewall = (body: object, more: object = {}): object => ({
  resource: {
    google_compute_firewall: { f: { name: 'f', network: 'n', project: 'p', allow: { protocol: 'tcp' }, ...body } },
  },
  ...more,
});
const SSH = { protocol: 'tcp', from_port: 22, to_port: 22 };
const HTTPS = { protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks: [WORLD] };
const ingress = (block: object): object => group({ dynamic: { ingress: block } });

function rowsOf(json: object): string[] {
  const { rules, notEvaluated } = readTerraform(json, 'cdk.tf.json');
  const missing = notEvaluated.map(({ address, reason }) => `${address}: ${reason}`);
  return [...trafficRows(allowedBy(rules)).map(rowText), ...missing];
}

const row = (port: string, range: string, near = 'sg:sg-12345678'): string =>
  `ingress ${port} from ${range} to ${near}`;
const OWN = 'sg:aws_security_group.s';

test.each<[string, object, string[]]>([
  ['count', rule({ count: 2, cidr_ipv4: OFFICE }), [row('22/tcp', OFFICE)]],
  ['count as text', rule({ count: '1', cidr_ipv4: OFFICE }), [row('22/tcp', OFFICE)]],
  ['count of a variable', rule({ count: '${var.n}', cidr_ipv4: OFFICE }, { variable: { n: { default: 0 } } }), []],
  [
    'count by a condition',
    rule({ count: '${var.on ? 1 : 0}', cidr_ipv4: OFFICE }, { variable: { on: { default: true } } }),
    [row('22/tcp', OFFICE)],
  ],
  [
    'count by the negation of a condition',
    rule({ count: '${!var.on ? 1 : 0}', cidr_ipv4: OFFICE }, { variable: { on: { default: true } } }),
    [],
  ],
  [
    'count by a comparison',
    rule({ count: '${local.stage == "prod" ? 0 : 1}', cidr_ipv4: OFFICE }, { locals: { stage: 'prod' } }),
    [],
  ],
  [
    'a comparison with a variable that Terraform converts to a number',
    rule(
      { count: '${var.n == "1" ? 1 : 0}', cidr_ipv4: OFFICE },
      { variable: { n: { type: 'number', default: '1' } } },
    ),
    ['aws_vpc_security_group_ingress_rule.r: count is evaluated by Terraform: read its plan'],
  ],
  [
    'a comparison with a variable that Terraform converts to text',
    rule({ count: '${var.n == "1" ? 1 : 0}', cidr_ipv4: OFFICE }, { variable: { n: { type: 'string', default: 1 } } }),
    [row('22/tcp', OFFICE)],
  ],
  [
    'a variable that Terraform converts to true or false',
    rule({ count: '${var.on ? 1 : 0}', cidr_ipv4: OFFICE }, { variable: { on: { type: 'bool', default: 'false' } } }),
    [],
  ],
  [
    'a comparison of letters that are written as one character or as two',
    rule({ count: '${local.a != "e\u0301" ? 1 : 0}', cidr_ipv4: OFFICE }, { locals: { a: '\u00e9' } }),
    [],
  ],
  [
    'the index of count',
    rule({ count: 2, cidr_ipv4: '${local.l[count.index]}' }, { locals: { l: [OFFICE, '192.168.0.0/16'] } }),
    [row('22/tcp', OFFICE), row('22/tcp', '192.168.0.0/16')],
  ],
  [
    'for_each over texts',
    rule({ for_each: `\${toset(["${OFFICE}"])}`, cidr_ipv4: '${each.value}' }),
    [row('22/tcp', OFFICE)],
  ],
  [
    'for_each over an object',
    rule({
      for_each: { a: { range: OFFICE, port: 80 } },
      cidr_ipv4: '${each.value.range}',
      to_port: '${each.value.port}',
    }),
    [row('22-80/tcp', OFFICE)],
  ],
  [
    'for_each over an object in an expression',
    rule({ for_each: `\${{"a" = "${OFFICE}", b = "192.168.0.0/16"}}`, cidr_ipv4: '${each.value}' }),
    [row('22/tcp', OFFICE), row('22/tcp', '192.168.0.0/16')],
  ],
  [
    'the key of for_each',
    rule({ for_each: '${toset(["a"])}', cidr_ipv4: '${local.m[each.key]}' }, { locals: { m: { a: OFFICE } } }),
    [row('22/tcp', OFFICE)],
  ],
  [
    'a part of a text',
    rule({ for_each: '${toset(["10", "11"])}', cidr_ipv4: '${each.value}.0.0.0/8' }),
    [row('22/tcp', '10.0.0.0/7')],
  ],
  [
    'a member that is null',
    rule({
      for_each: { a: { range: OFFICE, list: null } },
      cidr_ipv4: '${each.value.range}',
      prefix_list_id: '${each.value.list}',
    }),
    [row('22/tcp', OFFICE)],
  ],
  [
    'a dynamic block over texts',
    ingress({ for_each: [OFFICE], content: { ...SSH, cidr_blocks: ['${ingress.value}'] } }),
    [row('22/tcp', OFFICE, OWN)],
  ],
  [
    'a dynamic block over a variable of objects, with an iterator',
    group(
      {
        dynamic: {
          ingress: {
            for_each: '${var.r}',
            iterator: 'it',
            content: { ...SSH, to_port: '${it.value.port}', cidr_blocks: '${it.value.ranges}' },
          },
        },
      },
      { variable: { r: { default: [{ port: 25, ranges: [OFFICE] }] } } },
    ),
    [row('22-25/tcp', OFFICE, OWN)],
  ],
  [
    'dynamic blocks in lists, next to one that is written out',
    group({
      ingress: [HTTPS],
      dynamic: [{ ingress: [{ for_each: { a: OFFICE }, content: [{ ...SSH, cidr_blocks: ['${ingress.value}'] }] }] }],
    }),
    [row('22/tcp', OFFICE, OWN), row('443/tcp', WORLD, OWN)],
  ],
  [
    'a dynamic block in for_each',
    firewall({
      allow: undefined,
      source_ranges: [OFFICE],
      for_each: { a: ['22', '80'] },
      dynamic: { allow: { for_each: '${each.value}', content: { protocol: 'tcp', ports: ['${allow.value}'] } } },
    }),
    [
      'ingress 22/tcp from 10.0.0.0/8 to all-instances on p/n',
      'ingress 80/tcp from 10.0.0.0/8 to all-instances on p/n',
    ],
  ],
])('%s is read like Terraform evaluates it', (_what, json, rows) => {
  expect(rowsOf(json)).toEqual(rows);
});

const UNREAD = 'is evaluated by Terraform: read its plan';

test.each<[string, object, string[]]>([
  [
    'a count that is not known',
    rule({ count: '${var.n}', cidr_ipv4: OFFICE }),
    [`aws_vpc_security_group_ingress_rule.r: count ${UNREAD}`],
  ],
  [
    'a negative count',
    rule({ count: -1, cidr_ipv4: OFFICE }),
    [`aws_vpc_security_group_ingress_rule.r: count ${UNREAD}`],
  ],
  [
    'for_each over a list, which Terraform rejects',
    rule({ for_each: [OFFICE], cidr_ipv4: '${each.value}' }),
    [`aws_vpc_security_group_ingress_rule.r: for_each ${UNREAD}`],
  ],
  [
    'for_each over numbers, which Terraform rejects',
    rule({ for_each: '${toset([1])}', cidr_ipv4: OFFICE }),
    [`aws_vpc_security_group_ingress_rule.r: for_each ${UNREAD}`],
  ],
  [
    'a dynamic block that is not known, next to one that is written out',
    group({ ingress: [HTTPS], dynamic: { ingress: { for_each: '${var.x}', content: SSH } } }),
    [row('443/tcp', WORLD, OWN), `aws_security_group.s: dynamic ${UNREAD}`],
  ],
  [
    'a dynamic block in a dynamic block',
    ingress({ for_each: [1], content: { dynamic: { x: {} } } }),
    [`aws_security_group.s: dynamic ${UNREAD}`],
  ],
  [
    'the dynamic blocks of a firewall',
    firewall({
      allow: undefined,
      source_ranges: [OFFICE],
      dynamic: { allow: { for_each: '${var.x}', content: { protocol: 'tcp' } } },
    }),
    [`google_compute_firewall.f: dynamic ${UNREAD}`],
  ],
  [
    'two dynamic blocks and a count that are not known',
    group({ count: '${var.n}', dynamic: { ingress: { for_each: '${var.x}' }, egress: { for_each: '${var.x}' } } }),
    [`aws_security_group.s: count ${UNREAD}`, `aws_security_group.s: dynamic ${UNREAD}`],
  ],
  [
    'a count that is not known of a group with rules of both directions',
    group({ count: '${var.n}', ingress: [{ ...SSH, cidr_blocks: [OFFICE] }], egress: [HTTPS] }),
    [`aws_security_group.s: count ${UNREAD}`],
  ],
])('%s is not evaluated', (_what, json, rows) => {
  expect(rowsOf(json)).toEqual(rows);
});

test('text with a value of a loop and one that is not known is different in every instance', () => {
  const of = (member: string, range: string): object =>
    rule({ for_each: `\${toset(["${member}"])}`, cidr_ipv4: range }, { variable: { v: {} } });
  for (const range of [
    '${each.value}${var.v}',
    '${lower("${each.value}${var.v}")}',
    '${[each.value, "${each.value}${var.v}"][1]}',
  ]) {
    expect(firstGate(of('10.0.0.0/', range), of('0.0.0.0/', range))).toBeDefined();
  }
});

test('a security group with dynamic blocks has a complete list of its rules', () => {
  const { inlineGroups } = readTerraform(ingress({ for_each: [], content: SSH }), 'cdk.tf.json');
  expect(inlineGroups?.map(({ direction }) => direction)).toEqual(['ingress']);
});

test('an expression that only Terraform evaluates is different in every instance', () => {
  const lower = rule({ for_each: { a: OFFICE, b: WORLD }, cidr_ipv4: '${lower(each.value)}' });
  const place = 'aws_vpc_security_group_ingress_rule.r';
  const reason = 'cidr_ipv4 is lower(each.value), which has a different value for every instance';
  expect(rowsOf(lower).filter((line) => !line.startsWith('ingress'))).toEqual([
    `${place}["a"]: ${reason}`,
    `${place}["b"]: ${reason}`,
  ]);
  expect(
    firstGate(lower, rule({ for_each: { a: OFFICE, b: '1.0.0.0/8' }, cidr_ipv4: '${lower(each.value)}' })),
  ).toBeDefined();
});

const NOTHING = { resource: {} };
const counted = (range: string, n = '${var.n}'): object => rule({ count: n, cidr_ipv4: range });
const firewallOf = (action: string, range: string): object =>
  firewall({ allow: undefined, [action]: { protocol: 'tcp' }, count: '${var.n}', source_ranges: [range] });

test.each<[string, object, object, Gate]>([
  ['a new rule with a count', NOTHING, rule({ count: 1, cidr_ipv4: WORLD }), 'world'],
  [
    'the range of a rule with a count',
    rule({ count: 1, cidr_ipv4: OFFICE }),
    rule({ count: 1, cidr_ipv4: WORLD }),
    'world',
  ],
  ['a count', rule({ count: 0, cidr_ipv4: OFFICE }), rule({ count: 1, cidr_ipv4: OFFICE }), 'opened'],
  [
    'a member of for_each',
    rule({ for_each: `\${toset(["${OFFICE}"])}`, cidr_ipv4: '${each.value}' }),
    rule({ for_each: `\${toset(["${WORLD}"])}`, cidr_ipv4: '${each.value}' }),
    'world',
  ],
  [
    'a member of a dynamic block',
    ingress({ for_each: [OFFICE], content: { ...SSH, cidr_blocks: ['${ingress.value}'] } }),
    ingress({ for_each: [OFFICE, WORLD], content: { ...SSH, cidr_blocks: ['${ingress.value}'] } }),
    'world',
  ],
  [
    'the count of a deny',
    firewall({ allow: undefined, deny: { protocol: 'all' }, count: 1 }),
    firewall({ allow: undefined, deny: { protocol: 'all' }, count: 0 }),
    'opened',
  ],
  ['a new rule whose count is not known', NOTHING, counted(WORLD), 'world'],
  ['a new rule of the office whose count is not known', NOTHING, counted(OFFICE), 'opened'],
  ['the range of a rule whose count is not known', counted(OFFICE), counted(WORLD), 'world'],
  [
    'a range of a group whose count is not known, next to outbound rules',
    group({ count: '${var.n}', ingress: [{ ...SSH, cidr_blocks: [OFFICE] }], egress: [HTTPS] }),
    group({ count: '${var.n}', ingress: [{ ...SSH, cidr_blocks: [WORLD] }], egress: [HTTPS] }),
    'world',
  ],
  [
    'a range of the world for outbound traffic of a group whose count is not known',
    group({ count: '${var.n}', egress: [{ ...HTTPS, cidr_blocks: [OFFICE] }] }),
    group({ count: '${var.n}', egress: [HTTPS] }),
    'widened',
  ],
  ['a new firewall whose count is not known', NOTHING, firewallOf('allow', WORLD), 'world'],
  ['a deny whose count is not known, which is gone', firewallOf('deny', WORLD), NOTHING, 'opened'],
  [
    'a range in a dynamic block over values that are not known',
    ingress({ for_each: '${var.p}', content: { ...SSH, to_port: '${ingress.value}', cidr_blocks: [OFFICE] } }),
    ingress({ for_each: '${var.p}', content: { ...SSH, to_port: '${ingress.value}', cidr_blocks: [WORLD] } }),
    'world',
  ],
  [
    'a rule that is enabled by a value that is not known',
    rule({ cidr_ipv4: OFFICE, lifecycle: { enabled: '${var.on}' } }),
    rule({ cidr_ipv4: WORLD, lifecycle: { enabled: '${var.on}' } }),
    'world',
  ],
])('%s stops', (_what, before, after, gate) => {
  expect(firstGate(before, after)).toBe(gate);
  expect(firstGate(before, before)).toBeUndefined();
  expect(firstGate(after, after)).toBeUndefined();
});

test('a block that is written out is compared without the dynamic ones next to it', () => {
  const stack = (range: string): object =>
    group({
      ingress: [{ ...HTTPS, cidr_blocks: [range] }],
      dynamic: { ingress: { for_each: '${var.x}', content: SSH } },
    });
  expect(firstGate(stack(OFFICE), stack('10.0.0.0/9'))).toBe('any');
  expect(firstGate(stack(OFFICE), stack(WORLD))).toBe('world');
});

describe('rules with the same unknown count', () => {
  const two = (a: string, b: string, count: unknown = '${var.n}'): object => {
    const one = (cidr: string): object => ({
      ...{ count, security_group_id: 'sg-12345678', ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: cidr },
    });
    return { resource: { aws_vpc_security_group_ingress_rule: { a: one(a), b: one(b) } }, variable: { n: {} } };
  };

  test('make the same if they exchange their ranges', () => {
    expect(firstGate(two(OFFICE, '192.168.0.0/16'), two('192.168.0.0/16', OFFICE))).toBeUndefined();
    expect(firstGate(two(OFFICE, WORLD), two(WORLD, OFFICE))).toBeUndefined();
  });

  test('are a difference if one gets a range that the other keeps, or if the count changes', () => {
    expect(firstGate(two(OFFICE, WORLD), two(WORLD, WORLD))).toBe('world');
    expect(firstGate(two(OFFICE, WORLD), two(WORLD, OFFICE, '${var.n + 1}'))).toBe('world');
  });

  test('make the same on GCP, unlike machines that exchange tags', () => {
    const firewalls = (a: string, b: string): object => {
      const one = (name: string, range: string): object => ({
        ...{ count: '${var.n}', name, network: 'n', project: 'p', allow: { protocol: 'tcp' }, source_ranges: [range] },
      });
      return {
        resource: {
          google_compute_firewall: { a: one(a, a === 'x' ? OFFICE : WORLD), b: one(b, b === 'x' ? OFFICE : WORLD) },
        },
      };
    };
    expect(firstGate(firewalls('x', 'y'), firewalls('y', 'x'))).toBeUndefined();
    const machines = (a: string, b: string): object => ({
      resource: {
        google_compute_instance: { a: { count: '${var.n}', tags: [a] }, b: { count: '${var.n}', tags: [b] } },
      },
    });
    expect(firstGate(machines('x', 'y'), machines('y', 'x'))).toBe('opened');
  });
});
