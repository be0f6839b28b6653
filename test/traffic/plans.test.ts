import type { Configuration } from '../../lib/traffic/configuration';
import { lint } from '../../lib/traffic/lint';
import { permittedBy } from '../../lib/traffic/permitted-by';
import { readPlannedChange, readTerraform } from '../../lib/traffic/read-terraform';
import { rowText, trafficRows } from '../../lib/traffic/traffic-rows';
import { expectRefusal } from '../support/refusals';
import { told } from '../support/told';
import modules from './plans/modules.json';

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

describe('a plan of modules, as Terraform 1.11 has written it', () => {
  const configuration = readTerraform(modules, 'plan.json');

  test('permits what dynamic blocks say', () => {
    expect(lines(configuration).filter((line) => line.includes('aws_security_group.dyn'))).toEqual([
      'ingress 22/tcp from 10.1.0.0/16 to sg:aws_security_group.dyn',
      'ingress 443/tcp from 10.1.0.0/16 to sg:aws_security_group.dyn',
    ]);
  });

  test('follows an output to the one of several groups that the plan has', () => {
    expect(lines(configuration).filter((line) => line.includes(' 9443/tcp '))).toEqual([
      `ingress 9443/tcp from 10.7.0.0/16 to sg:${AT_WEB}`,
      `ingress 9443/tcp from 10.8.0.0/16 to sg:${AT_WEB}`,
    ]);
  });

  test('tells names that may be those of other groups, and lists of which it says only a part', () => {
    expect(told(configuration)).toEqual([
      {
        file: 'plan.json',
        address: 'aws_security_group.attr.ingress[0]',
        reason: 'cidr_blocks is known after the apply, with aws_eip.e.public_ip in it',
      },
      { file: 'plan.json', address: 'aws_security_group.inl', reason: 'ingress is sensitive' },
      ...['module.many["a"].local.this_sg_id', 'module.web.local.this_sg_id'].map((address) => ({
        file: 'plan.json',
        address,
        reason: 'which security group that is, only Terraform knows',
        comparedAs: `sg:${address}`,
      })),
    ]);
  });
});

describe('a group that rules stand beside', () => {
  test('repeats them in a state, and these are no other rules', () => {
    const configuration = readTerraform(state(group({ ingress: [INLINE] }), RULE), 'state.json');
    expect(configuration.rules.map(({ address }) => address)).toEqual([RULE.address]);
    expect(configuration.notEvaluated).toEqual([]);
    expect(lint(configuration).findings.map(({ kind }) => kind)).toEqual(['no-provenance']);
  });

  test('has others that are not told as rules, and not passed over: made by hand, or gone since the last refresh', () => {
    const other = { ...INLINE, cidr_blocks: ['10.0.0.0/8', '192.168.0.0/16'] };
    const configuration = readTerraform(state(group({ ingress: [INLINE, other] }), RULE), 'state.json');
    expect(lines(configuration)).toEqual(['ingress 443/tcp from 10.0.0.0/8 to sg:aws_security_group.web']);
    expect(told(configuration)).toEqual([
      {
        file: 'state.json',
        address: 'aws_security_group.web.ingress[1]',
        reason: 'the group has it, and none of the rules beside it makes it',
      },
    ]);
  });

  test('says so where what it repeats is sensitive', () => {
    const secret = { ...(group({ ingress: [INLINE] }) as object), sensitive_values: { ingress: true } };
    expect(told(readTerraform(state(secret, RULE), 'state.json'))).toEqual([
      { file: 'state.json', address: 'aws_security_group.web', reason: 'ingress is sensitive' },
    ]);
  });

  test('has rules of its own of the other direction', () => {
    const everything = { protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] };
    const configuration = readTerraform(state(group({ ingress: [INLINE], egress: [everything] }), RULE), 'state.json');
    expect(lines(configuration)).toEqual([
      'ingress 443/tcp from 10.0.0.0/8 to sg:aws_security_group.web',
      'egress all from sg:aws_security_group.web to 0.0.0.0/0',
    ]);
  });

  test('closes with a plan that deletes its last rule, whatever the group repeats', () => {
    const { before, after } = readPlannedChange(
      {
        format_version: '1.2',
        prior_state: state(group({ ingress: [INLINE] }), RULE),
        planned_values: { root_module: { resources: [group({ ingress: [INLINE] })] } },
        configuration: { root_module: { resources: [{ address: 'aws_security_group.web', expressions: {} }] } },
      },
      'plan.json',
    );
    expect(lines(before)).toEqual(['ingress 443/tcp from 10.0.0.0/8 to sg:aws_security_group.web']);
    expect(lines(after)).toEqual([]);
    expect([before.notEvaluated, after.notEvaluated]).toEqual([[], []]);
  });
});

describe('a plan that does not say everything', () => {
  const plan = (more: object): unknown => ({ format_version: '1.2', planned_values: { root_module: {} }, ...more });

  test('because Terraform stopped, is told', () => {
    expect(told(readTerraform(plan({ errored: true }), 'plan.json'))).toEqual([
      { file: 'plan.json', address: 'plan', reason: 'Terraform stopped at an error' },
    ]);
  });

  test('because Terraform puts rules off, is told; of other resources it is not', () => {
    const changes = ['aws_security_group', 'aws_instance'].map((type) => ({
      reason: 'unknown_instance_keys',
      resource_change: { address: `${type}.web`, type },
    }));
    expect(told(readTerraform(plan({ complete: false, deferred_changes: changes }), 'plan.json'))).toEqual([
      { file: 'plan.json', address: 'aws_security_group.web', reason: 'Terraform puts it off to a later plan' },
    ]);
  });
});

describe('fails for', () => {
  test.each<[string, object, string]>([
    ['values that are none', { planned_values: 5 }, 'planned_values: an object is needed, got 5'],
    ['no values', { resource_changes: [] }, 'planned_values: an object is needed, got nothing'],
    [
      'a module that is none',
      { planned_values: { root_module: [] } },
      'planned_values.root_module: an object is needed, got []',
    ],
    [
      'resources that are no list',
      { planned_values: { root_module: { resources: {} } } },
      'planned_values.root_module.resources: a list is needed, got an object of Object',
    ],
    [
      'a resource that is none',
      { planned_values: { root_module: { resources: [null] } } },
      'planned_values.root_module.resources[0]: an object is needed, got nothing',
    ],
    [
      'a resource without an address',
      { planned_values: { root_module: { resources: [{ type: 'aws_security_group' }] } } },
      'planned_values.root_module.resources[0]: a resource must have an address and a type, got an object of Object',
    ],
    [
      'a child that is none',
      { planned_values: { root_module: { child_modules: [null] } } },
      'planned_values.root_module.child_modules[0]: an object is needed, got nothing',
    ],
    [
      'a change that is none',
      { planned_values: {}, resource_changes: [null] },
      'resource_changes[0]: an object is needed, got nothing',
    ],
    [
      'a configuration that is none',
      { planned_values: {}, configuration: 7 },
      'configuration: an object is needed, got 7',
    ],
    [
      'a state that is none',
      { planned_values: {}, prior_state: { values: 3 } },
      'prior_state.values: an object is needed, got 3',
    ],
  ])('a plan with %s', (_what, plan, sentence) => {
    expectRefusal(() => readPlannedChange({ format_version: '1.2', ...plan }, 'plan.json'), `plan.json, ${sentence}`);
  });

  test('other JSON of Terraform', () => {
    const need = 'a file must be a synthesized cdk.tf.json, or what terraform show -json prints';
    expectRefusal(
      () => readTerraform({ format_version: '1.0', provider_schemas: {} }, 'schemas.json'),
      `schemas.json: ${need}, got an object with "format_version", "provider_schemas"`,
    );
  });
});

test('a state of nothing permits nothing', () => {
  expect(readTerraform({ format_version: '1.0', terraform_version: '1.11.4' }, 'state.json')).toMatchObject({
    rules: [],
    notEvaluated: [],
  });
});
