import { type Configuration } from '../../lib/traffic/configuration';
import { lint } from '../../lib/traffic/lint/lint';
import { permittedBy } from '../../lib/traffic/permitted/permitted-by';
import { rowText, trafficRows } from '../../lib/traffic/permitted/traffic-rows';
import { type PlannedChange, readPlannedChange, readTerraform } from '../../lib/traffic/read/read-terraform';
import { expectRefusal } from '../support/refusals';
import { notEvaluatedIn } from '../support/not-evaluated';
import modules from './plans/modules.json';
import { gateOf } from '../support/first-gate';

const lines = ({ rules }: Configuration): string[] => trafficRows(permittedBy(rules)).map(rowText);
const AT_WEB = 'module.web.aws_security_group.this_name_prefix[0]';
const INLINE = { protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks: ['10.0.0.0/8'], self: false };
const group = (values: object): unknown => ({
  address: 'aws_security_group.web',
  type: 'aws_security_group',
  values: { id: 'sg-1', ...values },
});
const RULE = {
  address: 'aws_vpc_security_group_ingress_rule.a',
  type: 'aws_vpc_security_group_ingress_rule',
  values: {
    security_group_id: 'sg-1',
    ip_protocol: 'tcp',
    from_port: 443,
    to_port: 443,
    cidr_ipv4: '10.0.0.0/8',
    description: 'API',
  },
};
const state = (...resources: unknown[]): unknown => ({ format_version: '1.0', values: { root_module: { resources } } });

describe('a plan of modules that Terraform 1.11 wrote', () => {
  const configuration = readTerraform(modules, 'plan.json');

  test('permits the traffic of dynamic blocks', () => {
    expect(lines(configuration).filter((line) => line.includes('aws_security_group.dyn'))).toEqual([
      'ingress 22/tcp from 10.1.0.0/16 to sg:aws_security_group.dyn',
      'ingress 443/tcp from 10.1.0.0/16 to sg:aws_security_group.dyn',
    ]);
  });

  test('follows an output to the only one of several groups that the plan has', () => {
    expect(lines(configuration).filter((line) => line.includes(' 9443/tcp '))).toEqual([
      `ingress 9443/tcp from 10.7.0.0/16 to sg:${AT_WEB}`,
      `ingress 9443/tcp from 10.8.0.0/16 to sg:${AT_WEB}`,
    ]);
  });

  test('reports names that may refer to any group, and lists that are known only in part', () => {
    expect(notEvaluatedIn(configuration)).toEqual([
      {
        file: 'plan.json',
        address: 'aws_security_group.attr.ingress[0]',
        reason: 'cidr_blocks is known after apply, and refers to aws_eip.e.public_ip',
      },
      { file: 'plan.json', address: 'aws_security_group.inl', reason: 'ingress is sensitive' },
      ...['module.many["a"]', 'module.web'].flatMap((module) =>
        ['egress_rules', 'ingress_rules[0]', 'ingress_rules[1]', 'ingress_with_self'].map((rule) => ({
          file: 'plan.json',
          address: `${module}.aws_security_group_rule.${rule}`,
          reason: 'security_group_id is known after apply',
        })),
      ),
    ]);
  });
});

describe('a security group with separate rules', () => {
  test('lists these rules in a state, and they are not read twice', () => {
    const configuration = readTerraform(state(group({ ingress: [INLINE] }), RULE), 'state.json');
    expect(configuration.rules.map(({ address }) => address)).toEqual([RULE.address]);
    expect(configuration.notEvaluated).toEqual([]);
    expect(lint(configuration, { requireProvenance: true }).findings.map(({ code }) => code)).toEqual([
      'no-provenance',
    ]);
  });

  test('reports listed rules that no resource creates: created by hand, or deleted since the last refresh', () => {
    const unexplained = { ...INLINE, cidr_blocks: ['10.0.0.0/8', '192.168.0.0/16'] };
    const configuration = readTerraform(state(group({ ingress: [INLINE, unexplained] }), RULE), 'state.json');
    expect(lines(configuration)).toEqual(['ingress 443/tcp from 10.0.0.0/8 to sg:aws_security_group.web']);
    expect(notEvaluatedIn(configuration)).toEqual([
      {
        file: 'state.json',
        address: 'aws_security_group.web.ingress[1]',
        reason: 'the security group lists this rule, but no separate rule resource creates it',
      },
    ]);
  });

  test('reports listed rules that are sensitive', () => {
    const secret = { ...(group({ ingress: [INLINE] }) as object), sensitive_values: { ingress: true } };
    expect(notEvaluatedIn(readTerraform(state(secret, RULE), 'state.json'))).toEqual([
      { file: 'state.json', address: 'aws_security_group.web', reason: 'ingress is sensitive' },
    ]);
  });

  test('has inline rules in the other direction', () => {
    const everything = { protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] };
    const configuration = readTerraform(state(group({ ingress: [INLINE], egress: [everything] }), RULE), 'state.json');
    expect(lines(configuration)).toEqual([
      'ingress 443/tcp from 10.0.0.0/8 to sg:aws_security_group.web',
      'egress all from sg:aws_security_group.web to 0.0.0.0/0',
    ]);
  });

  test('permits nothing after a plan that deletes its last rule, although the group still lists it', () => {
    const { before, after } = readPlannedChange(
      {
        format_version: '1.2',
        prior_state: state(group({ ingress: [INLINE] }), RULE),
        planned_values: { root_module: { resources: [group({ ingress: [INLINE] })] } },
        resource_changes: [{ address: RULE.address, type: RULE.type, change: { actions: ['delete'] } }],
        configuration: { root_module: { resources: [{ address: 'aws_security_group.web', expressions: {} }] } },
      },
      'plan.json',
    );
    expect(lines(before)).toEqual(['ingress 443/tcp from 10.0.0.0/8 to sg:aws_security_group.web']);
    expect(lines(after)).toEqual([]);
    expect([before.notEvaluated, after.notEvaluated]).toEqual([[], []]);
  });
});

describe('a plan that found changes of a security group with separate rules', () => {
  const listed = (port: number): object => ({ ...INLINE, from_port: port, to_port: port, cidr_blocks: ['0.0.0.0/0'] });
  const plan = (recorded: readonly object[], found: readonly object[]): PlannedChange => {
    const web = (rules: readonly object[]): object => group({ ingress: rules }) as object;
    const values = (state(web(found), RULE) as { values: object }).values;
    const change = {
      actions: ['update'],
      before: (web(recorded) as { values: object }).values,
      after: (web(found) as { values: object }).values,
    };
    return readPlannedChange(
      {
        format_version: '1.2',
        complete: true,
        prior_state: state(web(found), RULE),
        planned_values: values,
        resource_drift: [{ ...web([]), change }],
        resource_changes: [web(found), RULE].map((one) => ({ ...one, change: { actions: ['no-op'] } })),
        configuration: { root_module: { resources: [{ address: 'aws_security_group.web', expressions: {} }] } },
      },
      'plan.json',
    );
  };
  test('changes nothing if these only catch up with rules that the last apply deleted', () => {
    expect(gateOf(plan([INLINE, listed(22)], [INLINE]))).toBeUndefined();
  });

  test('stops at a rule that somebody made, also where only openings to the world stop', () => {
    const found = plan([INLINE], [INLINE, listed(22)]);
    expect(lines(found.after)).toEqual(['ingress 443/tcp from 10.0.0.0/8 to sg:aws_security_group.web']);
    expect(gateOf(found)).toBe('world');
  });

  test('changes nothing if a rule that somebody made was there before', () => {
    expect(gateOf(plan([INLINE, listed(22)], [INLINE, listed(22)]))).toBeUndefined();
  });
});

describe('a plan that is incomplete', () => {
  const plan = (more: object): unknown => ({ format_version: '1.2', planned_values: { root_module: {} }, ...more });

  test('because Terraform stopped is reported', () => {
    expect(notEvaluatedIn(readTerraform(plan({ errored: true }), 'plan.json'))).toEqual([
      { file: 'plan.json', address: 'plan', reason: 'Terraform stopped at an error' },
    ]);
  });

  test('because Terraform defers rules is reported; deferred resources of different types are not', () => {
    const changes = ['aws_security_group', 'aws_instance'].map((type) => ({
      reason: 'unknown_instance_keys',
      resource_change: { address: `${type}.web`, type },
    }));
    expect(notEvaluatedIn(readTerraform(plan({ complete: false, deferred_changes: changes }), 'plan.json'))).toEqual([
      { file: 'plan.json', address: 'aws_security_group.web', reason: 'Terraform defers it to a later plan' },
    ]);
  });
});

describe('fails for', () => {
  test.each<[string, object, string]>([
    ['values that are not an object', { planned_values: 5 }, 'value-not-an-object'],
    ['no values', { resource_changes: [] }, 'value-not-an-object'],
    ['a module that is not an object', { planned_values: { root_module: [] } }, 'value-not-an-object'],
    ['resources that are not a list', { planned_values: { root_module: { resources: {} } } }, 'value-not-a-list'],
    [
      'a resource that is not an object',
      { planned_values: { root_module: { resources: [null] } } },
      'value-not-an-object',
    ],
    [
      'a resource without a Terraform address',
      { planned_values: { root_module: { resources: [{ type: 'aws_security_group' }] } } },
      'resource-invalid',
    ],
    [
      'a child module that is not an object',
      { planned_values: { root_module: { child_modules: [null] } } },
      'value-not-an-object',
    ],
    ['a change that is not an object', { planned_values: {}, resource_changes: [null] }, 'value-not-an-object'],
    ['a configuration that is not an object', { planned_values: {}, configuration: 7 }, 'value-not-an-object'],
    ['a prior state that is not an object', { planned_values: {}, prior_state: { values: 3 } }, 'value-not-an-object'],
  ])('a plan with %s', (_what, plan, code) => {
    expectRefusal(() => readPlannedChange({ format_version: '1.2', ...plan }, 'plan.json'), code);
  });

  test('JSON that a different command of Terraform prints', () => {
    expectRefusal(
      () => readTerraform({ format_version: '1.0', provider_schemas: {} }, 'schemas.json'),
      'terraform-json-required',
    );
  });
});

test('an empty state permits nothing', () => {
  expect(readTerraform({ format_version: '1.0', terraform_version: '1.11.4' }, 'state.json')).toMatchObject({
    rules: [],
    notEvaluated: [],
  });
});
