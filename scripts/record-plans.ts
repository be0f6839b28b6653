import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awsAccount, providerFile } from '../test/deploy/configuration';
import type { Ec2Api } from '../test/deploy/ec2-api';
import { FakeEc2 } from '../test/deploy/fake-ec2';
import { ReattachedProvider } from '../test/deploy/reattached-provider';
import { Terraform } from '../test/deploy/terraform';
import { findTools, providerProgram } from '../test/deploy/tools';

// Records a plan for each action and mode of Terraform's JSON plan format that the installed Terraform can make, for
// test/traffic/plan-format.test.ts. `npx tsx scripts/record-plans.ts drift import` records only these. All plans are of one group with
// two rules, which exist before.

const ONLY = process.argv.slice(2);
const FOLDER = join(__dirname, '../test/traffic/cases/format');
const REGION = 'eu-central-1';
const GROUP = 'aws_security_group';
const RULE = 'aws_vpc_security_group_ingress_rule';

type Blocks = Readonly<Record<string, unknown>>;

const rule = (port: number, cidr: string, more: Blocks = {}): Blocks => ({
  security_group_id: `\${${GROUP}.web.id}`,
  ip_protocol: 'tcp',
  from_port: port,
  to_port: port,
  cidr_ipv4: cidr,
  ...more,
});
const A = rule(443, '10.0.0.0/16');
const B = rule(80, '10.1.0.0/16');
const C = rule(8080, '10.2.0.0/16');
const CREATE_FIRST = { lifecycle: { create_before_destroy: true } };
const code = (rules: Blocks, more: Blocks = {}, group: Blocks = {}): string =>
  JSON.stringify({ resource: { [GROUP]: { web: { name: 'web', ...group } }, [RULE]: rules }, ...more });
const BASE = code({ a: A, b: B });

/** A plan to record: its name, its configuration, and options of `terraform plan`. */
type Recording = readonly [name: string, configuration: string, ...options: string[]];

const RECORDINGS: readonly Recording[] = [
  ['no-op', BASE],
  ['create', code({ a: A, b: B, c: C })],
  ['update', code({ a: rule(443, '10.0.0.0/15'), b: B })],
  ['delete', code({ a: A })],
  ['delete-create', BASE, `-replace=${RULE}.b`],
  ['create-delete', code({ a: A, b: { ...B, ...CREATE_FIRST } }), `-replace=${RULE}.b`],
  ['forget', code({ a: A }, { removed: [{ from: `${RULE}.b`, lifecycle: { destroy: false } }] })],
  ['removed', code({ a: A }, { removed: [{ from: `${RULE}.b`, lifecycle: { destroy: true } }] })],
  ['moved', code({ a: A, web: B }, { moved: [{ from: `${RULE}.b`, to: `${RULE}.web` }] })],
  [
    'read',
    code(
      { a: A, b: B, c: rule(8080, '${data.aws_vpc.new.cidr_block}') },
      { data: { aws_vpc: { new: { id: '${aws_vpc.new.id}' } } } },
    ).replace('"resource":{', '"resource":{"aws_vpc":{"new":{"cidr_block":"10.9.0.0/16"}},'),
  ],
  ['destroy', BASE, '-destroy'],
  ['refresh-only', BASE, '-refresh-only'],
  ['target', code({ a: rule(443, '10.0.0.0/15'), c: C }), `-target=${RULE}.c`],
  ['replace-group', BASE, `-replace=${GROUP}.web`],
  [
    'checks',
    code(
      { a: A, b: B },
      { check: { web: { assert: { condition: '${aws_security_group.web.name == "other"}', error_message: 'no' } } } },
    ),
  ],
  [
    'ephemeral',
    code(
      { a: A, b: B, c: C },
      { variable: { token: { type: 'string', ephemeral: true, default: 'a' } }, locals: { b: '${var.token}' } },
    ),
  ],
];

async function main(): Promise<void> {
  const tools = findTools();
  if (tools.missing.length > 0) throw new Error(`recording needs ${tools.missing.join(', ')}`);
  const cloud = await FakeEc2.start(tools.python);
  const provider = await ReattachedProvider.start(providerProgram(tools.mirror, 'aws'));
  const terraform = new Terraform(awsAccount(cloud.endpoint), tools.mirror, provider.reattach);
  const write = (name: string, plan: unknown): void => {
    const text = JSON.stringify(plan).replaceAll(cloud.endpoint, 'http://127.0.0.1:4566');
    writeFileSync(join(FOLDER, `${name}.plan.json`), `${text}\n`);
    console.log(name);
  };
  try {
    terraform.keep('provider.tf.json', providerFile(awsAccount(cloud.endpoint), REGION));
    terraform.keep('main.tf.json', BASE);
    await terraform.apply();
    await terraform.plannedJson();
    await terraform.apply(); // refreshes the group, which lists its rules from then on
    const record = async (name: string, configuration: string, ...options: readonly string[]): Promise<void> => {
      if (ONLY.length > 0 && !ONLY.includes(name)) return;
      terraform.keep('main.tf.json', configuration);
      write(name, await terraform.plannedJson(...options));
    };
    for (const recording of RECORDINGS) await record(...recording);
    if (ONLY.length === 0 || ONLY.includes('errored')) await recordErrored(terraform, write);
    await recordDeposed(terraform, record);
    await recordImports(cloud.region(REGION), record);
  } finally {
    terraform.remove();
    provider.stop();
    cloud.stop();
  }
}

type RecordPlan = (name: string, configuration: string, ...options: readonly string[]) => Promise<void>;

/** Terraform stops at the rule `c`, after it has planned the others. */
async function recordErrored(terraform: Terraform, write: (name: string, plan: unknown) => void): Promise<void> {
  const failing = { precondition: { condition: '${aws_security_group.web.name == "other"}', error_message: 'no' } };
  terraform.keep('main.tf.json', code({ a: A, c: { ...C, lifecycle: failing } }));
  await terraform.plannedJson().catch(() => undefined);
  write('errored', await terraform.lastPlanJson());
}

/** A state in which the rule `b` has a second object that Terraform could not delete. */
async function recordDeposed(terraform: Terraform, record: RecordPlan): Promise<void> {
  const before = terraform.read('terraform.tfstate');
  const state = JSON.parse(before) as { serial: number; resources: { name: string; instances: object[] }[] };
  const { instances } = state.resources.find(({ name }) => name === 'b')!;
  instances.push({ ...instances[0], deposed: '0123abcd' });
  terraform.keep('terraform.tfstate', JSON.stringify({ ...state, serial: state.serial + 1 }));
  await record('deposed', BASE, '-refresh=false');
  terraform.keep('terraform.tfstate', before);
}

/** A rule that somebody made, and one that somebody deleted. */
async function recordImports(api: Ec2Api, record: RecordPlan): Promise<void> {
  const id = await api.openByHand('web', 22, '0.0.0.0/0');
  const imported = { import: [{ to: `${RULE}.ssh`, id }] };
  await record('import', code({ a: A, b: B, ssh: rule(22, '0.0.0.0/0') }, imported));
  await record('import-and-update', code({ a: A, b: B, ssh: rule(22, '10.0.0.0/8') }, imported));
  const rules = await api.describedRules(new Set([await api.groupId('web')]));
  await api.closeByHand(rules.find(({ farEnd }) => farEnd === '10.1.0.0/16')!);
  await record('drift', BASE);
  await record('drift-refresh-only', BASE, '-refresh-only');
  await record('generated-configuration', code({ a: A, b: B }, imported), '-generate-config-out=generated.tf');
}

void main();
