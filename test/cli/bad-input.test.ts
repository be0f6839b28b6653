import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { cli, expectBadInput, synthesizeExamples, temporaryDirectory } from '../support/cli';

const { path, file } = temporaryDirectory();
const stacks = synthesizeExamples(join(path, 'out'));
const HYBRID = join(stacks, 'apinizer-hybrid/cdk.tf.json');
const text = readFileSync(HYBRID, 'utf8');
const COMMANDS = ['request', 'matrix', 'diagram', 'commands'];

describe.each(COMMANDS)('%s', (command) => {
  test('fails for a path that is not there', async () => {
    const missing = join(path, 'missing');
    await expectBadInput(
      [command, missing],
      `${missing}: a path must be a file or directory that can be read, got nothing of that name`,
    );
  });

  test('fails for an empty directory', async () => {
    const empty = join(path, 'empty');
    mkdirSync(empty, { recursive: true });
    const need = 'a directory must have a cdk.tf.json, or stacks that have one';
    await expectBadInput([command, empty], `${empty}: ${need}, got none; did you mean "cdktf synth"?`);
  });

  test('fails for what is not JSON', async () => {
    const hcl = file('main.tf', 'resource aws_vpc main {}\n');
    await expectBadInput(
      [command, hcl],
      `${hcl}: a file must be whole JSON, got text that begins with "resource aws_vpc mai"`,
    );
    const empty = file('empty.json', ' \n');
    await expectBadInput([command, empty], `${empty}: a file must be whole JSON, got an empty file`);
  });

  test('fails for a truncated file', async () => {
    const half = file('half.json', text.slice(0, text.indexOf('"stackName"') + 11));
    await expectBadInput(
      [command, half],
      `${half}: a file must be whole JSON, got a file that ends within its text: ${JSON.stringify(readFileSync(half, 'utf8').slice(-20))}`,
    );
  });

  test('fails for a file of 200 MB, without reading it', async () => {
    const large = file('large.json', '{');
    truncateSync(large, 200 * 2 ** 20);
    await expectBadInput(
      [command, large],
      `${large}: a file must have at most 128 MB, got 200 MB; did you mean the cdk.tf.json of one stack?`,
    );
  });

  test('fails for two stacks of one name', async () => {
    const copy = file('copy.json', text);
    await expectBadInput(
      [command, HYBRID, copy],
      `${copy}: a stack must be given once, got "apinizer-hybrid" of ${HYBRID} again`,
    );
  });

  test('fails for a stack without our constructs', async () => {
    const other = file('other.json', JSON.stringify({ '//': { metadata: { stackName: 'other' } }, resource: {} }));
    await expectBadInput(
      [command, other],
      `${other}: a stack with constructs of cdktf-cluster-ports is needed, got stack "other" without any`,
    );
  });

  test('fails for the output of another tool, and of a newer version', async () => {
    const state = file('state.json', '{"format_version":"1.0"}');
    await expectBadInput(
      [command, state],
      `${state}: the output of "cdktf synth" is needed, got a Terraform state; did you mean cdktf.out/stacks/<stack>/cdk.tf.json?`,
    );
    const json = JSON.parse(text);
    json['//'].metadata.clusterPorts.version = 9;
    const newer = file('newer.json', JSON.stringify(json));
    await expectBadInput(
      [command, newer],
      `${newer}: clusterPorts.version must be 1, got 9, from a newer cdktf-cluster-ports; did you mean to update cluster-ports to the version that synthesized the stack?`,
    );
  });

  test('fails for an output that cannot be written, and leaves nothing behind', async () => {
    const before = readdirSync(path);
    const target = join(path, 'nowhere/out.txt');
    await expectBadInput(
      [command, HYBRID, '--output', target],
      `${target}: the output must be a file that can be written, got a directory that does not exist`,
    );
    await expectBadInput(
      [command, HYBRID, '--output', join(path, 'out')],
      `${join(path, 'out')}: the output must be a file that can be written, got a directory`,
    );
    expect(readdirSync(path)).toEqual(before);
  });

  test('fails for an option that there is not, with the one that there is', async () => {
    await expectBadInput(
      [command, HYBRID, '--ouput', 'x'],
      `cluster-ports ${command}: unknown option '--ouput'; did you mean --output?`,
    );
  });
});

test.each([
  ['request', 'text, markdown, csv or xlsx', 'txt', '; did you mean text?'],
  ['matrix', 'table, markdown, csv or json', 'xlsx', ''],
  ['diagram', 'mermaid, dot or svg', 'png', '; did you mean svg?'],
])('%s fails for a form that there is not', async (command, forms, form, fix) => {
  await expectBadInput([command, HYBRID, '--format', form], `--format: ${forms} is needed, got "${form}"${fix}`);
});

test('a spreadsheet fails without a file', async () => {
  await expectBadInput(
    ['request', HYBRID, '--format', 'xlsx'],
    '--format xlsx: a spreadsheet must be written to a file, got no --output; did you mean --output request.xlsx?',
  );
});

test('fails for a command that there is not', async () => {
  await expectBadInput(['reqest'], "cluster-ports: unknown command 'reqest'; did you mean request?");
});

test('fails for states that are of no stack', async () => {
  const state = file('no.json', '{"format_version":"1.0","values":{}}');
  await expectBadInput(
    ['request', HYBRID, '--state', `other=${state}`],
    '--state: a state must be that of a stack: apinizer-hybrid, got "other"',
  );
  const gke = join(stacks, 'vcluster-platform-on-gke');
  await expectBadInput(
    ['request', HYBRID, gke, '--state', state],
    '--state: the state of one of several stacks must be given as <stack>=<file>: apinizer-hybrid, vcluster-platform-on-gke, got a file alone; did you mean "apinizer-hybrid=state.json"?',
  );
  await expectBadInput(
    ['request', HYBRID, '--state', HYBRID],
    `${HYBRID}: the JSON of a Terraform state is needed, got an object of Object; did you mean "terraform show -json > state.json" in the directory of the stack?`,
  );
});

test('fails for addresses that are none, or of nobody', async () => {
  const form = 'a name and what it has must be given as <name>=<one>,<another>';
  await expectBadInput(['request', HYBRID, '--addresses', 'workers'], `--addresses: ${form}, got "workers"`);
  await expectBadInput(
    ['request', HYBRID, '--addresses', 'a=10.0.0.0/8,'],
    `--addresses: ${form}, got "a=10.0.0.0/8,"`,
  );
  await expectBadInput(
    ['request', HYBRID, '--addresses', 'security group worker=10.0.0.0/8'],
    '--addresses: addresses must be those of somebody whose addresses are not all known: security group apinizer-workers, got "security group worker"; did you mean "security group apinizer-workers"?',
  );
});

const OTHERS: Readonly<Record<string, readonly string[]>> = {
  verify: ['--as', 'worker', '--script'],
  show: [],
  diff: [HYBRID],
  explain: ['--from', '198.51.100.7', '--to', 'apinizer-workers', '--port', '30080/tcp'],
  lint: [],
};

describe.each(Object.entries(OTHERS))('%s', (command, argv) => {
  test('fails for an output that cannot be written, and leaves nothing behind', async () => {
    const before = readdirSync(path);
    const target = join(path, 'nowhere/out.txt');
    await expectBadInput(
      [command, ...argv, HYBRID, '--output', target],
      `${target}: the output must be a file that can be written, got a directory that does not exist`,
    );
    expect(readdirSync(path)).toEqual(before);
  });

  test('fails for a path that is not there, and for an option that there is not', async () => {
    const missing = join(path, 'missing');
    const need = 'a path must be a file or directory that can be read, got nothing of that name';
    await expectBadInput([command, ...argv, missing], `${missing}: ${need}`);
    const unknown = `cluster-ports ${command}: unknown option '--ouput'; did you mean --output?`;
    await expectBadInput([command, ...argv, HYBRID, '--ouput', 'x'], unknown);
  });
});

test('what moves the cursor stays text in an error', async () => {
  await expectBadInput(
    ['request', '\u001b[2J\nx'],
    '\\u001b[2J x: a path must be a file or directory that can be read, got nothing of that name',
  );
});

test('fails for the output of an older version, with what to do', async () => {
  const json = JSON.parse(text);
  json['//'].metadata.clusterPorts.version = 0;
  const older = file('older.json', JSON.stringify(json));
  await expectBadInput(
    ['request', older],
    `${older}: clusterPorts.version must be 1, got 0, from another cdktf-cluster-ports; did you mean to synthesize the stack again with the version of cluster-ports?`,
  );
});

test('a stack without our constructs is passed over among others', async () => {
  const directory = join(path, 'mixed');
  mkdirSync(join(directory, 'ours'), { recursive: true });
  mkdirSync(join(directory, 'theirs'));
  copyFileSync(HYBRID, join(directory, 'ours/cdk.tf.json'));
  file('mixed/theirs/cdk.tf.json', JSON.stringify({ '//': { metadata: { stackName: 'theirs' } } }));
  expect((await cli(['request', directory])).stdout).toBe((await cli(['request', HYBRID])).stdout);
});

test('links out of a directory are not followed', async () => {
  const directory = join(path, 'links');
  mkdirSync(directory);
  symlinkSync(join(stacks, 'apinizer-hybrid'), join(directory, 'stack'));
  const need = 'a directory must have a cdk.tf.json, or stacks that have one';
  await expectBadInput(['request', directory], `${directory}: ${need}, got none; did you mean "cdktf synth"?`);
});
