import type { Gate } from '../../../lib/traffic/configuration';
import { diff } from '../../../lib/traffic/diff/diff';
import { combinedConfiguration } from '../../../lib/traffic/read/combined-configuration';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { firstGate, firstGateOfPlan, planOf } from '../../support/first-gate';

// A managed prefix list may be used by rules that the file does not have, so its IP ranges are compared by themselves.

const LIST = 'aws_ec2_managed_prefix_list.o';
const A = 'aws_ec2_managed_prefix_list_entry.a';
const B = 'aws_ec2_managed_prefix_list_entry.b';
const RULE = 'aws_vpc_security_group_ingress_rule.r';
const OPEN = 'aws_vpc_security_group_ingress_rule.open';

const list = (...ranges: string[]): object => ({
  name: 'o',
  address_family: 'IPv4',
  max_entries: 9,
  ...(ranges.length === 0 ? {} : { entry: ranges.map((cidr) => ({ cidr })) }),
});
const entry = (cidr: string): object => ({ prefix_list_id: `\${${LIST}.id}`, cidr });
const SSH = { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 22, to_port: 22 };
const rule = { ...SSH, prefix_list_id: `\${${LIST}.id}` };

function stack(resources: Readonly<Record<string, object>>, more: object = {}): object {
  const resource: Record<string, Record<string, object>> = {};
  for (const [address, body] of Object.entries(resources)) {
    const [type, name] = address.split('.');
    (resource[type] ??= {})[name] = body;
  }
  return { ...more, resource };
}

const MODULE = { module: { sg: { source: 'example/sg/aws', ingress_prefix_list_ids: [`\${${LIST}.id}`] } } };
const local = (x: string): object => ({ locals: { x } });
const COMPUTED = { [LIST]: list('${lower(local.x)}') };

test.each<[string, object, object, Gate | undefined]>([
  [
    'has a wider range in place of a narrow one',
    stack({ [LIST]: list('10.0.0.0/8') }),
    stack({ [LIST]: list('10.0.0.0/7') }),
    'opened',
  ],
  [
    'has a range of most of the internet',
    stack({ [LIST]: list('10.0.0.0/8') }),
    stack({ [LIST]: list('0.0.0.0/0') }),
    'world',
  ],
  ['has a narrower range', stack({ [LIST]: list('10.0.0.0/8') }), stack({ [LIST]: list('10.0.0.0/9') }), 'any'],
  [
    'has the same addresses in other ranges',
    stack({ [LIST]: list('10.0.0.0/8') }),
    stack({ [LIST]: list('10.0.0.0/9', '10.128.0.0/9') }),
    undefined,
  ],
  ['is new', stack({}), stack({ [LIST]: list(), [A]: entry('10.0.0.0/8') }), 'opened'],
  ['is gone', stack({ [LIST]: list('10.0.0.0/8') }), stack({}), 'any'],
  [
    'has an entry in addition',
    stack({ [LIST]: list(), [A]: entry('10.0.0.0/8') }),
    stack({ [LIST]: list(), [A]: entry('10.0.0.0/8'), [B]: entry('11.0.0.0/8') }),
    'opened',
  ],
  [
    'has lost an entry',
    stack({ [LIST]: list(), [A]: entry('10.0.0.0/8'), [B]: entry('11.0.0.0/8') }),
    stack({ [LIST]: list(), [A]: entry('10.0.0.0/8') }),
    'any',
  ],
  ['has lost all entries', stack({ [LIST]: list(), [A]: entry('10.0.0.0/8') }), stack({ [LIST]: list() }), 'any'],
  [
    'is used by a module',
    stack({ [LIST]: list(), [A]: entry('10.0.0.0/8') }, MODULE),
    stack({ [LIST]: list(), [A]: entry('10.0.0.0/8'), [B]: entry('11.0.0.0/8') }, MODULE),
    'opened',
  ],
  [
    'is used by a rule with a count',
    stack({ [LIST]: list('10.0.0.0/8'), [RULE]: { ...rule, count: '${var.n}' } }),
    stack({ [LIST]: list('10.0.0.0/7'), [RULE]: { ...rule, count: '${var.n}' } }),
    'opened',
  ],
  ['has an expression that changes', stack(COMPUTED, local('a')), stack(COMPUTED, local('b')), 'opened'],
  ['has an expression that stays', stack(COMPUTED, local('a')), stack(COMPUTED, local('a')), undefined],
  [
    'is used by an evaluated rule, which shows the change',
    stack({ [LIST]: list('10.0.0.0/8'), [RULE]: rule }),
    stack({ [LIST]: list('10.0.0.0/7'), [RULE]: rule }),
    'widened',
  ],
  [
    'is used by an evaluated rule of a group that is open anyway',
    stack({ [LIST]: list('10.0.0.0/8'), [RULE]: rule, [OPEN]: { ...SSH, cidr_ipv4: '0.0.0.0/0' } }),
    stack({ [LIST]: list('10.0.0.0/7'), [RULE]: rule, [OPEN]: { ...SSH, cidr_ipv4: '0.0.0.0/0' } }),
    'opened',
  ],
  [
    'is new, and used by an evaluated rule',
    stack({ [RULE]: { ...SSH, cidr_ipv4: '10.0.0.0/8' } }),
    stack({ [LIST]: list('10.0.0.0/8'), [RULE]: rule }),
    undefined,
  ],
  [
    'is new, and used by an evaluated rule of a group that is open anyway',
    stack({ [OPEN]: { ...SSH, cidr_ipv4: '0.0.0.0/0' } }),
    stack({ [LIST]: list('10.0.0.0/8'), [RULE]: rule, [OPEN]: { ...SSH, cidr_ipv4: '0.0.0.0/0' } }),
    undefined,
  ],
  [
    'is replaced by its ranges',
    stack({ [LIST]: list('10.0.0.0/8'), [RULE]: rule }),
    stack({ [RULE]: { ...SSH, cidr_ipv4: '10.0.0.0/8' } }),
    undefined,
  ],
  [
    'has a new name',
    stack({ [LIST]: list('10.0.0.0/8') }),
    stack({ 'aws_ec2_managed_prefix_list.p': list('10.0.0.0/8') }),
    undefined,
  ],
  [
    'exchanges its ranges with another',
    stack({ [LIST]: list('10.0.0.0/8'), 'aws_ec2_managed_prefix_list.p': list('11.0.0.0/8') }),
    stack({ [LIST]: list('11.0.0.0/8'), 'aws_ec2_managed_prefix_list.p': list('10.0.0.0/8') }),
    'opened',
  ],
])('a prefix list that %s', (_what, before, after, gate) => {
  expect(firstGate(before, after)).toBe(gate);
});

test('a plan widens a prefix list that no rule in it uses: stops', () => {
  const values = (cidr: string): object => ({ ...list(cidr), id: 'pl-1' });
  expect(firstGateOfPlan(planOf({ [LIST]: values('10.0.0.0/8') }, { [LIST]: values('10.0.0.0/7') }))).toBe('opened');
  expect(firstGateOfPlan(planOf({ [LIST]: values('10.0.0.0/8') }, { [LIST]: values('10.0.0.0/8') }))).toBeUndefined();
});

test('a stack widens a prefix list that a different stack uses: a possible change names the list', () => {
  const output = { output: { list: { value: `\${${LIST}.id}` } } };
  const user = {
    data: { terraform_remote_state: { 'cross-stack-reference-input-a': { backend: 'local' } } },
    resource: {
      aws_vpc_security_group_ingress_rule: {
        r: { ...SSH, prefix_list_id: '${data.terraform_remote_state.cross-stack-reference-input-a.outputs.list}' },
      },
    },
  };
  const read = (cidr: string): ReturnType<typeof combinedConfiguration> =>
    combinedConfiguration('app', [
      ['a', readTerraform(stack({ [LIST]: list(cidr) }, output), 'a.json')],
      ['b', readTerraform(user, 'b.json')],
    ]);
  const { changed } = diff(read('10.0.0.0/8'), read('10.0.0.0/7')).notEvaluated;
  expect(changed).toMatchObject([{ file: 'a.json', address: LIST, gate: 'opened' }]);
});
