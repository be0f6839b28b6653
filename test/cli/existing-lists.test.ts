import { type TerraformStack, TerraformVariable } from 'cdktf';
import { AddressFamily, AwsPrefixList, AwsSecurityGroup, type IPeer, VClusterPlatformIngressRules } from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';
import { newStack } from '../support/clouds';

const { file } = temporaryDirectory();
const TYPE = 'aws_vpc_security_group_ingress_rule';
const LIST = 'pl-0a1b2c3d';
const GROUP = 'sg-0123456789abcdef0';
const WITH_LITERAL = AwsPrefixList.fromId(LIST, { maxEntries: 19, addressFamily: AddressFamily.IPV4 });

interface Synthesized {
  resource: Record<string, Record<string, Record<string, unknown>>>;
  '//': { metadata: { stackName: string } };
}

/** The stack opens three ports, so that a list counts three times. */
function synthesized(peer: (stack: TerraformStack) => IPeer): Synthesized {
  const stack = newStack();
  new VClusterPlatformIngressRules(stack, 'vcluster', {
    kubernetesApi: peer(stack),
    platform: AwsSecurityGroup.fromId(GROUP, { maxRules: 200 }),
  });
  return JSON.parse(JSON.stringify(stack.toTerraform())) as Synthesized;
}

/** The rules of a stack in the resources of a plan or state, with the id of the list as it is known then. */
function resources({ resource }: Synthesized, id?: string): object {
  const rules = Object.entries(resource[TYPE]).map(([name, values]) => ({
    address: `${TYPE}.${name}`,
    mode: 'managed',
    type: TYPE,
    name,
    provider_name: 'registry.terraform.io/hashicorp/aws',
    values: { ...values, prefix_list_id: id ?? values.prefix_list_id },
  }));
  return { root_module: { resources: rules } };
}

const state = (json: Synthesized, id?: string): object => ({ format_version: '1.0', values: resources(json, id) });
const plan = (json: Synthesized, id?: string): object => ({
  format_version: '1.2',
  planned_values: resources(json, id),
  configuration: { root_module: {} },
  resource_changes: [],
});

async function quotas(...argv: readonly (object | string)[]): Promise<string[]> {
  const paths = argv.map((one, at) => (typeof one === 'string' ? one : file(`${at}.json`, JSON.stringify(one))));
  const { stdout } = await cli(['lint', ...paths, '--format', 'json']);
  const { findings, notEvaluated } = JSON.parse(stdout) as {
    findings: { code: string; level: string; message: string }[];
    notEvaluated: { reason: string }[];
  };
  return [
    ...findings.filter(({ code }) => code === 'quota').map(({ level, message }) => `${level}: ${message}`),
    ...notEvaluated.filter(({ reason }) => reason.includes('max_entries')).map(({ reason }) => reason),
  ];
}

const COUNTED = 'warning: it has 57 ingress rules for IPv4; AWS allows 60 by default';
const NOT_COUNTED = [
  `AWS counts ${LIST} in the quota of the group as its max_entries, which are not known; it is counted once`,
];

test('counts an existing prefix list with the maxEntries in the code', async () => {
  expect(await quotas(synthesized(() => WITH_LITERAL))).toEqual([COUNTED]);
});

test('counts it for both families if the code does not say the family', async () => {
  const json = synthesized(() => AwsPrefixList.fromId(LIST, { maxEntries: 21 }));
  expect(await quotas(json)).toEqual([
    'error: it has 63 ingress rules for IPv4; AWS allows 60 by default',
    'error: it has 63 ingress rules for IPv6; AWS allows 60 by default',
  ]);
});

test('counts a list whose id is known after apply', async () => {
  const json = synthesized((stack) =>
    AwsPrefixList.fromId(new TerraformVariable(stack, 'list', {}).stringValue, {
      maxEntries: 19,
      addressFamily: AddressFamily.IPV4,
      key: 'offices',
    }),
  );
  expect(await quotas(json)).toEqual([COUNTED]);
  const applied = [plan(json, LIST), state(json, LIST)];
  for (const one of applied) {
    expect(await quotas(one)).toEqual(NOT_COUNTED);
    expect(await quotas(one, '--why', file('why.tf.json', JSON.stringify(json)))).toEqual([COUNTED]);
  }
});

test('counts it in rules of other stacks, and of the same stack that this library did not create', async () => {
  const json = synthesized(() => WITH_LITERAL);
  const byHand = { security_group_id: 'sg-0bbbbbbb', prefix_list_id: LIST, ip_protocol: 'tcp', description: 'ssh' };
  const rules = Object.fromEntries(
    [22, 80, 443].map((port) => [`r${port}`, { ...byHand, from_port: port, to_port: port }]),
  );
  expect(await quotas(json, { resource: { [TYPE]: rules } })).toEqual([COUNTED, COUNTED]);
  json.resource[TYPE] = { ...json.resource[TYPE], ...rules };
  expect(await quotas(json)).toEqual([COUNTED, COUNTED]);
});

test.each([
  ['plan', plan],
  ['state', state],
])('counts it in a %s whose code is given', async (_, form) => {
  const json = synthesized(() => WITH_LITERAL);
  expect(await quotas(form(json))).toEqual(NOT_COUNTED);
  expect(await quotas(form(json), '--why', file('why.tf.json', JSON.stringify(json)))).toEqual([COUNTED]);
});

test('believes the list in the file more than the code', async () => {
  const json = synthesized(() => WITH_LITERAL);
  const data = { aws_ec2_managed_prefix_list: { offices: { id: LIST, max_entries: 25, address_family: 'IPv4' } } };
  expect(await quotas({ ...json, data })).toEqual([
    'error: it has 75 ingress rules for IPv4; AWS allows 60 by default',
  ]);
});

test.each([
  ['maxEntries', '19'],
  ['maxEntries', 1.5],
  ['maxEntries', 0],
  ['maxEntries', null],
  ['family', 'IPv5'],
])('does not count with a forged %s of %p', async (key, value) => {
  const json = synthesized(() => WITH_LITERAL);
  const text = JSON.stringify(json, (name, own: unknown) => (name === key ? value : own));
  expect(await quotas(JSON.parse(text) as object)).toEqual(NOT_COUNTED);
});
