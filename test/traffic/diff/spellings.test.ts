import { firstGate } from '../../support/first-gate';

// One reference has many spellings: with a prefix, with comments, with blanks. They depend on the same, and are the same.

const RULE = { security_group_id: 'sg-01234567', ip_protocol: 'tcp', from_port: 443, to_port: 443 };
const stack = (body: object, more: { resource?: object } = {}): object => ({
  ...more,
  resource: { ...more.resource, aws_vpc_security_group_ingress_rule: { r: { ...RULE, ...body } } },
});

describe.each([
  '${trimspace(local # here\n.o)}',
  '${trimspace(local // here\n.o)}',
  '${trimspace(local // .x\n.o)}',
  '${trimspace(local /* a */ . /* b */ # c\n o)}',
  '${trimspace(# local.x\nlocal.o)}',
  '${trimspace("${local # here\n.o}")}',
  '${trimspace(<<EOT\n# ${local # here\n.o}\nEOT\n)}',
  '%{ if true }${local # here\n.o}%{ endif }',
  'https://example.com/${local // here\n.o}',
])('the local value in %s', (text) => {
  const using = (o: string): object => ({ locals: { o, x: 'same' }, ...stack({ cidr_ipv4: text }) });

  test('stops a gate if it changes', () => {
    expect(firstGate(using('10.0.0.0/8'), using('0.0.0.0/0'))).toBeDefined();
    expect(firstGate(using('10.0.0.0/8'), using('10.0.0.0/8'))).toBeUndefined();
  });
});

test.each<[string, string, object, object]>([
  ['output of data', '${resource.terraform_data.x.output}', { input: '10.0.0.0/8' }, { input: '0.0.0.0/0' }],
  ['attribute', '${resource.terraform_data.x.cidr}', { cidr: '10.0.0.0/24' }, { cidr: '10.0.0.0/8' }],
  ['attribute in a call', '${trimspace(resource . terraform_data . x . output)}', { input: 'a' }, { input: 'b' }],
  ['index', '${resource.terraform_data.x[0].output}', { input: 'a', count: 1 }, { input: 'b', count: 1 }],
  ['attribute in a text', '${"${resource.terraform_data.x.output}/8"}', { input: 'a' }, { input: 'b' }],
  ['the value of a loop', '${[for resource in [1] : resource.terraform_data.x][0]}', { input: 'a' }, { input: 'b' }],
])('a resource with the prefix "resource." stops a gate if it changes: %s', (_what, text, old, now) => {
  const using = (x: object): object => stack({ cidr_ipv4: text }, { resource: { terraform_data: { x } } });
  expect(firstGate(using(old), using(now))).toBeDefined();
  expect(firstGate(using(old), using(old))).toBeUndefined();
});

test('the entries of a prefix list with the prefix "resource." are its entries', () => {
  const using = (cidr: string): object =>
    stack(
      { prefix_list_id: '${resource.aws_ec2_managed_prefix_list.l.id}' },
      {
        resource: { aws_ec2_managed_prefix_list: { l: { address_family: 'IPv4', max_entries: 5, entry: [{ cidr }] } } },
      },
    );
  expect(firstGate(using('10.0.0.0/8'), using('0.0.0.0/0'))).toBe('world');
});

test.each([
  [
    'a group',
    { security_group_id: '${aws_security_group.a.id}' },
    { security_group_id: '${resource.aws_security_group.a.id}' },
  ],
  [
    'a group',
    { security_group_id: '${aws_security_group.a.id}' },
    { security_group_id: '${ aws_security_group . a/**/.id # the id\n}' },
  ],
  [
    'a group',
    { security_group_id: '${aws_security_group.a.id}' },
    { security_group_id: '${aws_security_group.a["id"]}' },
  ],
  ['a range', { cidr_ipv4: '${trimspace(local.o)}' }, { cidr_ipv4: '${trimspace(local/* the office */.o)}' }],
  ['a range in a text', { cidr_ipv4: '${trimspace(local.o)}/8' }, { cidr_ipv4: '${trimspace(local .o)}/8' }],
  ['a rule that is not evaluated', { count: '${local.n + 1}' }, { count: '${local.n /* one more */ + 1}' }],
])('two spellings of %s are one', (_what, one, other) => {
  const using = (body: object): object => ({
    locals: { o: '10.0.0.0', n: 1 },
    ...stack({ cidr_ipv4: '0.0.0.0/0', ...body }, { resource: { aws_security_group: { a: { name: 'a' } } } }),
  });
  expect(firstGate(using(one), using(other))).toBeUndefined();
  expect(firstGate(using(other), using(one))).toBeUndefined();
});

test('what only looks like a comment is not one', () => {
  const using = (text: string): object => stack({ cidr_ipv4: text });
  expect(firstGate(using('${trimspace("# a")}'), using('${trimspace("# b")}'))).toBe('widened');
  expect(firstGate(using('${trimspace("\\"// a")}'), using('${trimspace("\\"// b")}'))).toBe('widened');
  expect(firstGate(using('${trimspace("/* a")}'), using('${trimspace("/* b")}'))).toBe('widened');
  expect(firstGate(using('${trimspace(<<EOT\n# a\nEOT\n)}'), using('${trimspace(<<EOT\n# b\nEOT\n)}'))).toBe('widened');
});

test('an expression that is not closed is compared as it is written', () => {
  const using = (text: string): object => stack({ cidr_ipv4: text });
  for (const text of [
    '${trimspace("a',
    '${/* a',
    '${# a',
    '${<<EOT\na',
    '${{{',
    '${"${',
    '${"\\',
    '${.',
    '$${local # a}',
  ]) {
    expect(firstGate(using(text), using(text))).toBeUndefined();
  }
});

test('long expressions are read once', () => {
  const long = `\${join(",", [${Array.from({ length: 10_000 }, (_, at) => `local.o /* ${at} */ . x`).join(', ')}])}`;
  const using = (x: string): object => ({ locals: { o: { x } }, ...stack({ cidr_ipv4: long }) });
  expect(firstGate(using('10.0.0.0/8'), using('0.0.0.0/0'))).toBe('widened');
  const blanks = `\${trimspace(${' '.repeat(1_000_000)}local.o)}`;
  expect(firstGate(stack({ cidr_ipv4: blanks }), stack({ cidr_ipv4: blanks }))).toBeUndefined();
});
