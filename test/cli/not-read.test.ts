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

async function shown(directory: string): Promise<{ rows: { from: string }[]; notEvaluated: { address: string }[] }> {
  const { code, stdout } = await cli(['show', directory, '--format', 'json']);
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
