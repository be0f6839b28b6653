import { permittedBy } from '../../lib/traffic/permitted/permitted-by';
import { rowText, trafficRows } from '../../lib/traffic/permitted/traffic-rows';
import { readTerraform } from '../../lib/traffic/read/read-terraform';

// A plan lists what each argument refers to, without functions, conditionals and local values. So a name is the name of a group only if
// nothing else can be the value.

const GROUP = 'aws_security_group';
const RULE = 'aws_vpc_security_group_ingress_rule';

interface Rule {
  readonly references: readonly string[];
  readonly module?: string;
  readonly forEach?: readonly string[];
}

interface Module {
  readonly groups?: readonly string[];
  readonly outputs?: Readonly<Record<string, readonly string[]>>;
  readonly arguments?: Readonly<Record<string, readonly string[]>>;
}

/** Returns a plan of one rule whose group is known after apply, with groups in the root module and in `module.m`. */
function rowOf(rule: Rule, groups: readonly string[], module: Module = {}): { row: string; reasons: string[] } {
  const [inRoot, inModule] = [groups, (module.groups ?? []).map((name) => `module.m.${name}`)].map((names) =>
    names.map((name) => ({ address: name, type: GROUP, mode: 'managed', values: { name: 'g' } })),
  );
  const path = rule.module ?? '';
  const resource = {
    address: `${path}${RULE}.r`,
    type: RULE,
    mode: 'managed',
    values: { ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: '10.0.0.0/8' },
  };
  const configured = {
    address: `${RULE}.r`,
    type: RULE,
    expressions: { security_group_id: { references: rule.references } },
    ...(rule.forEach ? { for_each_expression: { references: rule.forEach } } : {}),
  };
  const call = {
    expressions: Object.fromEntries(
      Object.entries(module.arguments ?? {}).map(([name, references]) => [name, { references }]),
    ),
    module: {
      outputs: Object.fromEntries(
        Object.entries(module.outputs ?? {}).map(([name, references]) => [name, { expression: { references } }]),
      ),
      resources: path === '' ? [] : [configured],
    },
  };
  const plan = {
    format_version: '1.2',
    planned_values: {
      root_module: {
        resources: path === '' ? [...inRoot, resource] : inRoot,
        child_modules: [{ address: 'module.m', resources: path === '' ? inModule : [...inModule, resource] }],
      },
    },
    resource_changes: [
      { ...resource, change: { actions: ['create'], after_unknown: { security_group_id: true, id: true } } },
    ],
    configuration: { root_module: { resources: path === '' ? [configured] : [], module_calls: { m: call } } },
  };
  const { rules, notEvaluated } = readTerraform(plan, 'plan.json');
  const [row] = trafficRows(permittedBy(rules)).map(rowText);
  return {
    row: row.replace('ingress 443/tcp from 10.0.0.0/8 to sg:', ''),
    reasons: notEvaluated.map((one) => one.reason),
  };
}

const UNKNOWN = `security_group_id of ${RULE}.r`;

describe('a rule is of a group', () => {
  test.each<[string, Rule, string[], Module, string]>([
    [
      'that it refers to',
      { references: ['aws_security_group.a.id', 'aws_security_group.a'] },
      ['aws_security_group.a'],
      {},
      'aws_security_group.a',
    ],
    [
      'that a condition chooses, if the rest of the condition is known',
      {
        references: [
          'var.create',
          'aws_security_group.a[0].id',
          'aws_security_group.a[0]',
          'aws_security_group.a',
          'var.existing',
        ],
      },
      ['aws_security_group.a[0]'],
      {},
      'aws_security_group.a[0]',
    ],
    [
      'that a condition chooses, if it depends on values that are known in the module call',
      {
        module: 'module.m.',
        references: [
          'var.create',
          'aws_security_group.a[0].id',
          'aws_security_group.a[0]',
          'aws_security_group.a',
          'each.value',
        ],
        forEach: ['var.rules'],
      },
      [],
      { groups: ['aws_security_group.a[0]'], arguments: { create: ['var.create'], rules: [] } },
      'module.m.aws_security_group.a[0]',
    ],
    [
      'that an output has as a whole',
      { references: ['module.m.group.id', 'module.m.group', 'module.m'] },
      [],
      { groups: ['aws_security_group.a'], outputs: { group: ['aws_security_group.a'] } },
      'module.m.aws_security_group.a',
    ],
    [
      'that is an argument of the module as a whole',
      { module: 'module.m.', references: ['var.group.id', 'var.group'] },
      ['aws_security_group.a'],
      { arguments: { group: ['aws_security_group.a'] } },
      'aws_security_group.a',
    ],
  ])('%s', (_what, rule, groups, module, expected) => {
    expect(rowOf(rule, groups, module)).toEqual({ row: expected, reasons: [] });
  });
});

describe('a rule is of one of the instances of a group', () => {
  test.each<[string, Rule, string[], Module]>([
    [
      'that a key chooses',
      { references: ['aws_security_group.a', 'each.key'] },
      ['aws_security_group.a["x"]', 'aws_security_group.a["y"]'],
      {},
    ],
    [
      'that an output lists',
      { references: ['module.m.ids', 'module.m'] },
      [],
      { groups: ['aws_security_group.a[0]', 'aws_security_group.a[1]'], outputs: { ids: ['aws_security_group.a'] } },
    ],
    [
      'that an output has by other keys',
      { references: ['module.m.ids["x"]', 'module.m.ids', 'module.m'] },
      [],
      {
        groups: ['aws_security_group.a["x"]', 'aws_security_group.a["y"]'],
        outputs: { ids: ['aws_security_group.a'] },
      },
    ],
  ])('%s', (_what, rule, groups, module) => {
    const { row, reasons } = rowOf(rule, groups, module);
    const group = groups.length > 0 ? 'aws_security_group.a' : 'module.m.aws_security_group.a';
    expect(row).toBe(`one of ${group}`);
    expect(reasons).toEqual([`security_group_id is known after apply, and refers to ${group}`]);
  });
});

describe('a rule is of no group by name', () => {
  test.each<[string, Rule, string[], Module]>([
    [
      'if each.value may be the value too',
      {
        references: [
          'each.value.group',
          'each.value',
          'aws_security_group.a[0].id',
          'aws_security_group.a[0]',
          'aws_security_group.a',
        ],
        forEach: ['aws_security_group.b.id', 'aws_security_group.b'],
      },
      ['aws_security_group.a[0]', 'aws_security_group.b'],
      {},
    ],
    ['if it refers to a local value', { references: ['local.ids'] }, ['aws_security_group.a'], {}],
    [
      'if it refers to a local value of its module',
      { module: 'module.m.', references: ['local.ids'] },
      [],
      { groups: ['aws_security_group.a'] },
    ],
    [
      'if an output has several groups',
      { references: ['module.m.ids', 'module.m'] },
      [],
      {
        groups: ['aws_security_group.a', 'aws_security_group.b'],
        outputs: {
          ids: ['aws_security_group.a.id', 'aws_security_group.a', 'aws_security_group.b.id', 'aws_security_group.b'],
        },
      },
    ],
    [
      'if a variable of its module has several groups',
      { module: 'module.m.', references: ['var.ids'] },
      ['aws_security_group.a', 'aws_security_group.b'],
      {
        arguments: {
          ids: ['aws_security_group.a.id', 'aws_security_group.a', 'aws_security_group.b.id', 'aws_security_group.b'],
        },
      },
    ],
  ])('%s', (_what, rule, groups, module) => {
    const { row, reasons } = rowOf(rule, groups, module);
    expect(row).toBe(UNKNOWN.replace(' of ', ` of ${rule.module ?? ''}`));
    expect(reasons).toEqual(['security_group_id is known after apply']);
  });
});

test('each argument of a block refers to what it is given', () => {
  const list = 'aws_ec2_managed_prefix_list.offices';
  const block = { protocol: 'tcp', from_port: 22, to_port: 22 };
  const ingress = {
    from_port: { constant_value: 22 },
    cidr_blocks: { references: ['aws_eip.e.public_ip', 'aws_eip.e'] },
    prefix_list_ids: { references: [`${list}.id`, list] },
  };
  const unknown = { ingress: [{ cidr_blocks: [true], prefix_list_ids: [true] }] };
  const configuration = readTerraform(
    {
      format_version: '1.2',
      planned_values: {
        root_module: {
          resources: [
            {
              address: 'aws_security_group.g',
              type: GROUP,
              values: { ingress: [{ ...block, cidr_blocks: [null], prefix_list_ids: [null] }] },
            },
            { address: list, type: 'aws_ec2_managed_prefix_list', values: { entry: [{ cidr: '10.40.0.0/16' }] } },
          ],
        },
      },
      resource_changes: [
        { address: 'aws_security_group.g', type: GROUP, change: { actions: ['create'], after_unknown: unknown } },
      ],
      configuration: {
        root_module: { resources: [{ address: 'aws_security_group.g', expressions: { ingress: [ingress] } }] },
      },
    },
    'plan.json',
  );
  expect(trafficRows(permittedBy(configuration.rules)).map(rowText)).toEqual([
    'ingress 22/tcp from 10.40.0.0/16 to sg:aws_security_group.g',
    'ingress 22/tcp from unknown:aws_eip.e.public_ip over IPv4 to sg:aws_security_group.g',
  ]);
  expect(configuration.notEvaluated.map(({ reason }) => reason)).toEqual([
    'cidr_blocks is known after apply, and refers to aws_eip.e.public_ip',
  ]);
});

test.each([
  ['aws_vpc_security_group_ingress_rule', { ip_protocol: 'tcp', from_port: 22, to_port: 22 }, 'prefix_list_id', true],
  [
    'aws_security_group_rule',
    { type: 'ingress', protocol: 'tcp', from_port: 22, to_port: 22 },
    'prefix_list_ids',
    [true],
  ],
])('a prefix list that is not known keeps the port of its rule: %s', (type, values, attribute, mark) => {
  const address = `${type}.r`;
  const given = { ...values, security_group_id: 'sg-1', ...(Array.isArray(mark) ? { [attribute]: [null] } : {}) };
  const { rules, notEvaluated } = readTerraform(
    {
      format_version: '1.2',
      planned_values: { root_module: { resources: [{ address, type, values: given }] } },
      resource_changes: [{ address, type, change: { actions: ['create'], after_unknown: { [attribute]: mark } } }],
      configuration: { root_module: {} },
    },
    'plan.json',
  );
  expect(trafficRows(permittedBy(rules)).map(rowText)).toEqual([
    `ingress 22/tcp from list:${attribute} of ${address} to sg:sg-1`,
  ]);
  expect(notEvaluated.map(({ reason }) => reason)).toEqual([`${attribute} is known after apply`]);
});

test('a rule whose far end is its own group has the same name at both ends', () => {
  const address = 'aws_security_group_rule.r';
  const values = { type: 'ingress', protocol: '-1', from_port: 0, to_port: 0, self: true };
  const { rules, notEvaluated } = readTerraform(
    {
      format_version: '1.2',
      planned_values: { root_module: { resources: [{ address, type: 'aws_security_group_rule', values }] } },
      resource_changes: [
        {
          address,
          type: 'aws_security_group_rule',
          change: { actions: ['create'], after_unknown: { security_group_id: true } },
        },
      ],
      configuration: { root_module: {} },
    },
    'plan.json',
  );
  const own = `sg:security_group_id of ${address}`;
  expect(trafficRows(permittedBy(rules)).map(rowText)).toEqual([`ingress all from ${own} to ${own}`]);
  expect(notEvaluated.map(({ reason }) => reason)).toEqual(['security_group_id is known after apply']);
});
