import { diff } from '../../../lib/traffic/diff/diff';
import { stops } from '../../../lib/traffic/diff/gates';
import { GATES, type Gate } from '../../../lib/traffic/configuration';
import { readPlannedChange, readTerraform } from '../../../lib/traffic/read/read-terraform';
import { firstGateOfPlan, planOf, stateOf, type ValuesByAddress } from '../../support/first-gate';

// What a plan says next to its resources: what Terraform defers, and the values that the settings of providers depend on.

const deferred = (type: string): object => ({
  ...planOf({}, {}),
  deferred_changes: [
    {
      reason: 'resource_config_unknown',
      resource_change: { address: `${type}.x`, mode: 'managed', type, change: { actions: ['create'], after: {} } },
    },
  ],
});

test.each<[string, Gate | undefined]>([
  ['aws_vpc_security_group_ingress_rule', 'opened'],
  ['aws_lb_listener', 'opened'],
  ['aws_instance', 'opened'],
  ['aws_route', 'any'],
  ['aws_s3_bucket', undefined],
])('a deferred %s may open something in a later plan', (type, gate) => {
  expect(firstGateOfPlan(deferred(type))).toBe(gate);
  const { notEvaluated } = readTerraform(deferred('aws_instance'), 'plan.json');
  expect(notEvaluated).toEqual([]);
});

const SSH = {
  protocol: 'tcp',
  from_port: 22,
  to_port: 22,
  cidr_blocks: ['0.0.0.0/0'],
  security_groups: [],
  self: false,
};
const GROUPS = { 'aws_security_group.s': { name: 's', ingress: [SSH] } };

/** A plan of a provider whose region is an expression. */
function planIn(references: readonly string[], variables: object, endpoint?: string): object {
  const data = { address: 'data.aws_x.c', mode: 'data', type: 'aws_x', name: 'c', values: { endpoint } };
  return {
    ...planOf(GROUPS, GROUPS),
    prior_state: {
      values: { root_module: { resources: [...instances(GROUPS), ...(endpoint === undefined ? [] : [data])] } },
    },
    variables,
    configuration: {
      provider_config: { aws: { name: 'aws', expressions: { region: { references } } } },
      root_module: { resources: [{ address: 'aws_security_group.s', provider_config_key: 'aws', expressions: {} }] },
    },
  };
}

function instances(values: ValuesByAddress): object[] {
  const { values: state } = stateOf(values) as {
    readonly values: { readonly root_module: { readonly resources: object[] } };
  };
  return state.root_module.resources;
}

const between = (before: object, after: object): Gate | undefined => {
  const [old, now] = [readPlannedChange(before, 'a.json').after, readPlannedChange(after, 'b.json').after];
  const found = diff(old, now);
  return GATES.find((gate) => stops(gate, found));
};

test('two plans of which a variable of the provider differs are for different regions', () => {
  const plan = (region: string): object =>
    planIn(['var.region'], { region: { value: region }, other: { value: region } });
  expect(between(plan('eu-central-1'), plan('us-east-1'))).toBe('any');
  expect(between(plan('us-east-1'), plan('us-east-1'))).toBeUndefined();
  expect(firstGateOfPlan(plan('us-east-1'))).toBeUndefined();
});

test('a variable that no provider uses is nothing, and one of which a provider uses a member is something', () => {
  const plan = (value: unknown): object =>
    planIn(['var.aws.region', 'var.aws'], { aws: { value }, name: { value: 'x' } });
  expect(between(plan({ region: 'a' }), { ...plan({ region: 'a' }) })).toBeUndefined();
  expect(between(plan({ region: 'a' }), plan({ region: 'b' }))).toBe('any');
});

test('two plans of which an attribute differs that a provider refers to are for different places', () => {
  const plan = (endpoint: string): object => planIn(['data.aws_x.c.endpoint', 'data.aws_x.c'], {}, endpoint);
  expect(between(plan('a'), plan('b'))).toBe('any');
  expect(between(plan('a'), plan('a'))).toBeUndefined();
});

test('a resource that is replaced without a difference runs its provisioners again', () => {
  const plan = (actions: readonly string[], provisioners?: object[]): object => ({
    ...planOf({ 'null_resource.x': {} }, { 'null_resource.x': {} }),
    resource_changes: [
      {
        address: 'null_resource.x',
        mode: 'managed',
        type: 'null_resource',
        change: { actions, before: {}, after: {} },
      },
    ],
    configuration: {
      root_module: { resources: [{ address: 'null_resource.x', type: 'null_resource', provisioners }] },
    },
  });
  const command = [{ type: 'local-exec', expressions: { command: { constant_value: 'true' } } }];
  expect(firstGateOfPlan(plan(['delete', 'create'], command))).toBe('opened');
  expect(firstGateOfPlan(plan(['create', 'delete'], command))).toBe('opened');
  expect(firstGateOfPlan(plan(['no-op'], command))).toBeUndefined();
  expect(firstGateOfPlan(plan(['delete', 'create']))).toBeUndefined();
});
