import { type Gate } from '../../../lib/traffic/configuration';
import { combinedConfiguration } from '../../../lib/traffic/read/combined-configuration';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { gateOf } from '../../support/first-gate';

/** Values that one stack of an app passes to another. cdktf writes them as outputs of the first, and as a remote state in the second. */
const OUTPUT = 'cross-stack-output-x';
const PASSED = `\${data.terraform_remote_state.cross-stack-reference-input-a.outputs.${OUTPUT}}`;
const REMOTE = {
  terraform_remote_state: { 'cross-stack-reference-input-a': { backend: 'local', config: { path: 'a' } } },
};

function firstGate(before: object, after: object, user: object): Gate | undefined {
  const app = (producer: object): ReturnType<typeof combinedConfiguration> =>
    combinedConfiguration('cdktf.out', [
      ['a', readTerraform(producer, 'a.json')],
      ['b', readTerraform({ data: REMOTE, resource: user }, 'b.json')],
    ]);
  return gateOf({ before: app(before), after: app(after) });
}

const output = (value: unknown, more: object = {}): object => ({
  output: { [OUTPUT]: { value, sensitive: true } },
  ...more,
});
const rule = (more: object): object => ({
  aws_vpc_security_group_ingress_rule: {
    r: { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: '10.0.0.0/8', ...more },
  },
});
const vpc = (range: string): object => ({ resource: { aws_vpc: { v: { cidr_block: range } } } });
const firewall = (more: object): object => ({
  google_compute_firewall: {
    f: {
      name: 'f',
      network: 'projects/p/global/networks/n',
      allow: [{ protocol: 'tcp' }],
      source_ranges: ['10.0.0.0/8'],
      ...more,
    },
  },
});

test.each<[string, object, object, object]>([
  ['a range', output('10.0.0.0/8'), output('0.0.0.0/0'), rule({ cidr_ipv4: PASSED })],
  [
    'the range of a network',
    output('${aws_vpc.v.cidr_block}', vpc('10.0.0.0/16')),
    output('${aws_vpc.v.cidr_block}', vpc('10.0.0.0/8')),
    rule({ cidr_ipv4: PASSED }),
  ],
  [
    'a list of ranges',
    output(['10.0.0.0/8']),
    output(['0.0.0.0/0']),
    rule({ for_each: PASSED, cidr_ipv4: '${each.value}' }),
  ],
  ['a port', output(22), output(23), rule({ to_port: PASSED })],
  ['a part of a text', output('10.0.0.0'), output('11.0.0.0'), rule({ cidr_ipv4: `${PASSED}/8` })],
  ['a tag', output('web'), output('db'), firewall({ target_tags: [PASSED] })],
  [
    'the security group of a machine',
    output('sg-1'),
    output('sg-2'),
    { aws_instance: { i: { vpc_security_group_ids: [PASSED] } } },
  ],
])('%s that a different stack passes is compared by its value', (_what, before, after, user) => {
  expect(firstGate(before, after, user)).toBeDefined();
  expect(firstGate(before, before, user)).toBeUndefined();
  expect(firstGate(after, after, user)).toBeUndefined();
});

const locals = (value: unknown): object => ({ locals: { x: value, y: '${local.x}' } });

test.each<[string, object, object, object, object]>([
  ['a local value', output('10.0.0.0/8'), output('0.0.0.0/0'), rule({ cidr_ipv4: '${local.x}' }), locals(PASSED)],
  [
    'a function of a local value of a local value',
    output('10.0.0.0/8'),
    output('0.0.0.0/0'),
    rule({ cidr_ipv4: '${cidrsubnet(local.y, 0, 0)}' }),
    locals(PASSED),
  ],
  [
    'a local value of ranges',
    output(['10.0.0.0/8']),
    output(['0.0.0.0/0']),
    rule({ cidr_ipv4: '${local.y[0]}' }),
    locals(PASSED),
  ],
  [
    'a member of a local object',
    output('10.0.0.0/8'),
    output('0.0.0.0/0'),
    rule({ cidr_ipv4: '${lower(local.y.a)}' }),
    locals({ a: PASSED }),
  ],
  [
    'the ranges of a loop',
    output(['10.0.0.0/8']),
    output(['0.0.0.0/0']),
    rule({ for_each: '${toset(local.y)}', cidr_ipv4: '${each.value}' }),
    locals(PASSED),
  ],
  [
    'the group of a machine',
    output('sg-1'),
    output('sg-2'),
    { aws_instance: { i: { vpc_security_group_ids: '${concat(local.y, [])}' } } },
    locals([PASSED]),
  ],
  [
    'the group of a rule',
    output('sg-1'),
    output('sg-2'),
    rule({ security_group_id: '${lower(local.y)}' }),
    locals(PASSED),
  ],
])('a value that a different stack passes through %s is compared by its value', (_what, before, after, user, more) => {
  const app = (producer: object): ReturnType<typeof combinedConfiguration> =>
    combinedConfiguration('cdktf.out', [
      ['a', readTerraform(producer, 'a.json')],
      ['b', readTerraform({ data: REMOTE, resource: user, ...more }, 'b.json')],
    ]);
  const gate = (one: object, other: object): Gate | undefined => gateOf({ before: app(one), after: app(other) });
  expect(gate(before, after)).toBeDefined();
  expect(gate(before, before)).toBeUndefined();
  expect(gate(after, after)).toBeUndefined();
});

test('a value that a stack passes on from a different stack is compared by its value', () => {
  const next = REMOTE.terraform_remote_state['cross-stack-reference-input-a'];
  const through = PASSED.replace('input-a', 'input-b');
  const app = (range: string): ReturnType<typeof combinedConfiguration> =>
    combinedConfiguration('cdktf.out', [
      ['a', readTerraform(output(range), 'a.json')],
      ['b', readTerraform({ data: REMOTE, locals: { x: PASSED }, ...output('${lower(local.x)}') }, 'b.json')],
      [
        'c',
        readTerraform(
          {
            data: { terraform_remote_state: { 'cross-stack-reference-input-b': next } },
            locals: { x: through },
            resource: rule({ cidr_ipv4: '${lower(local.x)}' }),
          },
          'c.json',
        ),
      ],
    ]);
  expect(gateOf({ before: app('10.0.0.0/8'), after: app('0.0.0.0/0') })).toBeDefined();
  expect(gateOf({ before: app('10.0.0.0/8'), after: app('10.0.0.0/8') })).toBeUndefined();
});
