import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const rule = (cidr: string): object => ({
  security_group_id: 'sg-01234567',
  ip_protocol: 'tcp',
  from_port: 443,
  to_port: 443,
  cidr_ipv4: cidr,
});
const stack = (cidr: string): string =>
  JSON.stringify({ resource: { aws_vpc_security_group_ingress_rule: { a: rule(cidr) } } });

/** Writes an output of cdktf with these stacks, and returns its directory. */
function output(name: string, stacks: Record<string, Record<string, string>>, listed?: string[]): string {
  const directory = join(path, name);
  for (const [id, files] of Object.entries(stacks)) {
    mkdirSync(join(directory, 'stacks', id), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(directory, 'stacks', id, file), text);
  }
  if (listed) {
    const entries = listed.map((id) => [id, { workingDirectory: `stacks/${id}` }]);
    writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ stacks: Object.fromEntries(entries) }));
  }
  return directory;
}

async function shown(
  directory: string,
  env: Record<string, string> = {},
): Promise<{ rows: { from: string }[]; notEvaluated: { address: string }[] }> {
  const { code, stdout } = await cli(['show', directory, '--format', 'json'], { env });
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

test('a stack that the manifest no longer lists is not read', async () => {
  const stacks = { now: { 'cdk.tf.json': stack('10.0.0.0/8') }, old: { 'cdk.tf.json': stack('192.168.0.0/16') } };
  expect((await shown(output('listed', stacks, ['now']))).rows.map(({ from }) => from)).toEqual(['10.0.0.0/8']);
  expect((await shown(output('unlisted', stacks))).rows).toHaveLength(2);
});

test('stacks that are links or in HCL, and files with values, are named as not read', async () => {
  const stacks = {
    now: {
      'cdk.tf.json': stack('10.0.0.0/8'),
      'terraform.tfvars': 'a = 1',
      'x.auto.tfvars.json': '{}',
      'b_override.tf.json': '{}',
    },
    hcl: { 'cdk.tf': '' },
    nothing: { 'notes.txt': '' },
  };
  const directory = output('several', stacks);
  const elsewhere = output('elsewhere', { linked: { 'cdk.tf.json': stack('0.0.0.0/0') } });
  symlinkSync(join(elsewhere, 'stacks', 'linked'), join(directory, 'stacks', 'linked'));
  const { notEvaluated } = await shown(directory);
  expect(notEvaluated.map(({ address }) => address).sort()).toEqual([
    'b_override.tf.json',
    'hcl',
    'linked',
    'terraform.tfvars',
    'x.auto.tfvars.json',
  ]);
});

test('a gate stops if the values beside a stack change, and not if they are the same', async () => {
  const withValues = (name: string, text: string): string =>
    output(name, { now: { 'cdk.tf.json': stack('10.0.0.0/8'), 'terraform.tfvars': text } });
  const [before, same, after] = [withValues('v1', 'a = 1'), withValues('v2', 'a = 1'), withValues('v3', 'a = 2')];
  expect((await cli(['diff', before, same, '--fail-on', 'any'])).code).toBe(0);
  expect((await cli(['diff', before, after, '--fail-on', 'any'])).code).toBe(1);
});

test('two top-level keys of one name are merged, as Terraform does', async () => {
  const twice = stack('10.0.0.0/8').replace(/\}$/, `,${stack('0.0.0.0/0').replace('"a"', '"b"').slice(1)}`);
  const { rows } = await shown(output('twice', { now: { 'cdk.tf.json': twice } }));
  expect(rows.map(({ from }) => from)).toEqual(['0.0.0.0/0']);
});

describe('stacks further down', () => {
  const nested = (name: string, cidr: string): string =>
    output(name, {
      now: { 'cdk.tf.json': stack('10.0.0.0/8') },
      'now/assets/copy': { 'cdk.tf.json': stack(cidr) },
      'other/nested/y': { 'cdk.tf.json': stack(cidr) },
      '../beside': { 'cdk.tf.json': stack(cidr) },
      'other/node_modules/package': { 'cdk.tf.json': stack(cidr) },
    });

  test('are named as not read', async () => {
    const { rows, notEvaluated } = await shown(nested('nested', '10.1.0.0/16'));
    expect(rows.map(({ from }) => from)).toEqual(['10.0.0.0/8']);
    const names = ['beside/cdk.tf.json', 'now/assets/copy/cdk.tf.json', 'other/nested/y/cdk.tf.json'];
    expect(notEvaluated.map(({ address }) => address).sort()).toEqual(names);
    const now = await shown(join(path, 'nested/stacks/now'));
    expect(now.notEvaluated.map(({ address }) => address)).toEqual(['assets/copy/cdk.tf.json']);
  });

  test('stop gates if they change', async () => {
    const [before, same, after] = [nested('n1', '10.1.0.0/16'), nested('n2', '10.1.0.0/16'), nested('n3', '0.0.0.0/0')];
    expect((await cli(['diff', before, same, '--fail-on', 'any'])).code).toBe(0);
    expect((await cli(['diff', before, after, '--fail-on', 'any'])).code).toBe(1);
  });

  test('are not named if a manifest lists all stacks', async () => {
    const directory = nested('manifest', '10.1.0.0/16');
    writeFileSync(join(directory, 'manifest.json'), '{"stacks":{"now":{"workingDirectory":"stacks/now"}}}');
    expect((await shown(directory)).notEvaluated).toEqual([]);
  });
});

test('a link beside a stack that leads nowhere is named as not read', async () => {
  const directory = output('dangling', { now: { 'cdk.tf.json': stack('10.0.0.0/8') } });
  symlinkSync('nowhere', join(directory, 'stacks/now/terraform.tfvars'));
  expect((await shown(directory)).notEvaluated.map(({ address }) => address)).toEqual(['terraform.tfvars']);
});

test('variables of a stack with values in the environment are named as not read, without the values', async () => {
  const json = { variable: { office: { default: '10.0.0.0/8' }, other: {} }, ...JSON.parse(stack('${var.office}')) };
  const directory = output('variables', { now: { 'cdk.tf.json': JSON.stringify(json) } });
  const env = { TF_VAR_office: 'hunter2', TF_VAR_unknown: 'hunter2' };
  expect((await shown(directory)).notEvaluated).toEqual([]);
  expect((await shown(directory, env)).notEvaluated).toEqual([
    expect.objectContaining({ reason: 'cidr_ipv4 is var.office, whose value is outside of this file' }),
    {
      file: join(directory, 'stacks/now/cdk.tf.json'),
      address: 'var.office',
      reason: 'Terraform takes its value from TF_VAR_office in the environment, which is not read',
    },
  ]);
  expect((await cli(['diff', directory, directory, '--fail-on', 'any'], { env })).code).toBe(0);
});

describe('a file that is given itself', () => {
  const FILE = 'cdk.tf.json';
  const variables = (range: string): object => ({
    variable: { office: { default: '10.0.0.0/8' } },
    ...JSON.parse(stack(range)),
  });
  const given = (name: string, beside: Record<string, string>, json = variables('10.0.0.0/8'), file = FILE): string =>
    join(output(name, { now: { [file]: JSON.stringify(json), ...beside } }), 'stacks/now', file);
  const code = async (before: string, after: string, env: Record<string, string> = {}): Promise<number> =>
    (await cli(['diff', before, after, '--fail-on', 'any'], { env })).code;

  test.each([
    ['terraform.tfvars', 'office = "0.0.0.0/0"'],
    ['x.auto.tfvars.json', '{"office":"0.0.0.0/0"}'],
    ['x_override.tf.json', '{}'],
    ['other.tf.json', '{}'],
    ['other.tf', ''],
    ['other.tofu', ''],
  ])('has the file %s beside it', async (name, text) => {
    const [before, same, after] = [
      given('g1', {}),
      given(`g2 ${name}`, { [name]: text }),
      given(`g3 ${name}`, { [name]: text }),
    ];
    expect(await code(before, after)).toBe(1);
    expect(await code(same, after)).toBe(0);
    expect((await shown(after)).notEvaluated.map(({ address }) => address)).toEqual([name]);
  });

  test('has no other files if it is a plan or a state, or has a different name', async () => {
    const beside = { 'terraform.tfvars': 'a = 1', 'main.tf': '' };
    const state = { format_version: '1.0', values: { root_module: {} } };
    expect((await shown(given('g4', beside, state, 'state.json'))).notEvaluated).toEqual([]);
    expect((await shown(given('g5', beside, JSON.parse(stack('10.0.0.0/8')), 'stack.json'))).notEvaluated).toEqual([]);
    // copies of two configurations in one directory are not each other's files
    expect((await shown(given('g7', beside, JSON.parse(stack('10.0.0.0/8')), 'old.tf.json'))).notEvaluated).toEqual([]);
  });

  test('and its neighbour are not each the neighbour of the other', async () => {
    const one = given('g6', { 'other.tf.json': stack('10.0.0.0/8') });
    const { code: status, stdout } = await cli(['show', one, one.replace(FILE, 'other.tf.json'), '--format', 'json']);
    expect([status, JSON.parse(stdout).notEvaluated]).toEqual([0, []]);
  });

  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['a file with values', { 'terraform.tfvars': 'office = "0.0.0.0/0"' }, {}],
    ['a file with values in JSON', { 'x.auto.tfvars.json': '{"office":"0.0.0.0/0"}' }, {}],
    ['the environment', {}, { TF_VAR_office: '0.0.0.0/0' }],
    ['an argument', {}, { TF_CLI_ARGS_plan: '-no-color -var=office=0.0.0.0/0' }],
    ['an argument in quotes', {}, { TF_CLI_ARGS: "'-var' 'office=0.0.0.0/0'" }],
    ['a file in an argument', {}, { TF_CLI_ARGS_apply: '-var-file=x' }],
  ])('does not have the default of a variable that has a value in %s', async (what, beside, env) => {
    const before = given(`d1 ${what}`, beside);
    const after = given(`d2 ${what}`, beside, variables('${var.office}'));
    expect(await code(before, after, env)).toBe(1);
    expect(await code(after, after, env)).toBe(0);
    expect(await code(before, before, env)).toBe(0);
    expect((await cli(['show', after], { env })).stdout).toMatch(
      /terraform\.tfvars|x\.auto\.tfvars|TF_VAR_office|TF_CLI_ARGS/,
    );
  });

  test('has the default of a variable that has no value elsewhere', async () => {
    const env = { TF_CLI_ARGS: '-no-color -lock-timeout=5m', TF_VAR_other: 'x' };
    const after = given('d3', { 'terraform.tfvars': 'other = 1' }, variables('${var.office}'));
    expect((await shown(after, env)).rows.map(({ from }) => from)).toEqual(['10.0.0.0/8']);
    expect((await shown(after, env)).notEvaluated.map(({ address }) => address)).toEqual(['terraform.tfvars']);
  });
});

describe('a stack in files above the stacks of a directory', () => {
  const directories = { a: { 'cdk.tf.json': stack('10.0.0.0/8') } };
  const above = (name: string, files: Record<string, string>): string => {
    const directory = join(path, name);
    for (const [id, own] of Object.entries({ ...directories, '.': files })) {
      mkdirSync(join(directory, id), { recursive: true });
      for (const [file, text] of Object.entries(own)) writeFileSync(join(directory, id, file), text);
    }
    return directory;
  };

  test.each([
    ['main.tf', 'a', 'b'],
    ['main.tofu', 'a', 'b'],
    ['main.tf.json', stack('10.0.0.0/8'), stack('0.0.0.0/0')],
  ])('%s is named as not read, and compared', async (file, text, other) => {
    const sides = [text, text, other].map((content, at) => above(`above-${file}-${at}`, { [file]: content }));
    expect((await shown(sides[0])).notEvaluated.map(({ address }) => address)).toEqual([file]);
    expect((await cli(['diff', sides[0], sides[1], '--fail-on', 'any'])).code).toBe(0);
    expect((await cli(['diff', sides[0], sides[2], '--fail-on', 'any'])).code).toBe(1);
    expect((await cli(['diff', above(`none-${file}`, {}), sides[2], '--fail-on', 'opened'])).code).toBe(1);
  });

  test('a link is named as not read, and never known to be the same', async () => {
    const directory = above('above-link', {});
    writeFileSync(join(path, 'elsewhere.json'), stack('0.0.0.0/0'));
    symlinkSync(join(path, 'elsewhere.json'), join(directory, 'cdk.tf.json'));
    expect((await shown(directory)).notEvaluated.map(({ address }) => address)).toEqual(['cdk.tf.json']);
    expect((await cli(['diff', directory, directory, '--fail-on', 'any'])).code).toBe(1);
  });

  test.each(['main.tf', 'main.tf.json', 'cdk.tf.json'])(
    'a linked directory with %s is named as not read',
    async (file) => {
      const directory = above(`linked-${file}`, {});
      mkdirSync(join(path, `target-${file}`));
      writeFileSync(join(path, `target-${file}`, file), stack('0.0.0.0/0'));
      symlinkSync(join(path, `target-${file}`), join(directory, 'b'));
      expect((await shown(directory)).notEvaluated.map(({ address }) => address)).toEqual(['b']);
      expect((await cli(['diff', directory, directory, '--fail-on', 'any'])).code).toBe(1);
    },
  );

  test('files without configuration are not named', async () => {
    expect((await shown(above('notes', { 'notes.txt': 'a', 'package.json': '{}' }))).notEvaluated).toEqual([]);
  });
});
