import { diff } from '../../../lib/traffic/diff/diff';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';

const RULE = { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: '10.0.0.0/8' };
const stack = (type: string, body: object, more: object = {}): unknown => ({
  ...more,
  resource: { [type]: { a: body } },
});
const rule = (changes: object, more?: object): unknown =>
  stack('aws_vpc_security_group_ingress_rule', { ...RULE, ...changes }, more);
const modules = (body: object, more: object = {}): unknown => ({ ...more, module: { web: body } });
const secret = (range: string): unknown => ({
  format_version: '1.0',
  values: {
    root_module: {
      resources: [
        {
          address: 'aws_vpc_security_group_ingress_rule.a',
          type: 'aws_vpc_security_group_ingress_rule',
          values: { ...RULE, cidr_ipv4: range },
          sensitive_values: { cidr_ipv4: true },
        },
      ],
    },
  },
});
const later = (address: string): unknown => ({
  format_version: '1.2',
  planned_values: { root_module: { resources: [{ address, type: address.split('.')[0], values: RULE }] } },
  resource_changes: [{ address, change: { after_unknown: { cidr_ipv4: true } } }],
});

const changed = (before: unknown, after: unknown): string[] => {
  const { changes, notEvaluated } = diff(readTerraform(before, 'before.json'), readTerraform(after, 'after.json'));
  expect(changes).toEqual([]);
  return notEvaluated.changed.map(({ file, address }) => `${file} ${address}`);
};

const A = 'aws_vpc_security_group_ingress_rule.a';

test.each<[string, unknown, unknown]>([
  [
    'the range of a rule with an unknown port',
    rule({ to_port: '${var.p}' }),
    rule({ to_port: '${var.p}', cidr_ipv4: '0.0.0.0/0' }),
  ],
  ['the values of a loop', rule({ for_each: ['a'] }), rule({ for_each: ['b'] })],
  [
    'the text around a value',
    rule({ to_port: '${var.p}', description: 'a ${each.key}' }),
    rule({ to_port: '${var.p}', description: 'b ${each.key}' }),
  ],
  [
    'a local value of a loop',
    rule({ for_each: '${setunion(local.a)}' }, { locals: { a: ['10.0.0.0/8'] } }),
    rule({ for_each: '${setunion(local.a)}' }, { locals: { a: ['0.0.0.0/0'] } }),
  ],
  ['a sensitive value', secret('10.0.0.0/8'), secret('0.0.0.0/0')],
])('reports a rule that cannot be evaluated if %s changes', (_what, before, after) => {
  expect(changed(before, before)).toEqual([]);
  expect(changed(before, after)).toEqual([`after.json ${A}`]);
});

test('reports a module if the value of its input changes', () => {
  const module = modules(
    { source: './web', ranges: '${var.ranges}' },
    { variable: { ranges: { default: ['10.0.0.0/8'] } } },
  );
  const wider = modules(
    { source: './web', ranges: '${var.ranges}' },
    { variable: { ranges: { default: ['0.0.0.0/0'] } } },
  );
  expect(changed(module, module)).toEqual([]);
  expect(changed(module, wider)).toEqual(['after.json module.web', 'after.json module.web']);
});

test('reports a rule that cannot be evaluated if it is new or gone, because it may deny', () => {
  const deny = { network: 'prod', priority: '${var.p}', deny: [{ protocol: 'all' }] };
  const denied = stack('google_compute_firewall', deny);
  expect(changed(denied, {})).toEqual(['before.json google_compute_firewall.a']);
  expect(changed({}, denied)).toEqual(['after.json google_compute_firewall.a']);
});

test('always reports values that are known after apply', () => {
  expect(changed(later(A), later(A))).toEqual([`after.json ${A}`]);
});

test('the order of attributes makes no difference', () => {
  const { cidr_ipv4, ...rest } = RULE;
  const type = 'aws_vpc_security_group_ingress_rule';
  expect(
    changed(
      stack(type, { ...rest, count: '${var.n}', cidr_ipv4 }),
      stack(type, { cidr_ipv4, count: '${var.n}', ...rest }),
    ),
  ).toEqual([]);
});
