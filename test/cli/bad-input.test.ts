import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { cli, expectBadInput, expectUsageError, synthesizeExamples, temporaryDirectory } from '../support/cli';

const { path, file } = temporaryDirectory();
const stacks = synthesizeExamples(join(path, 'out'));
const HYBRID = join(stacks, 'apinizer-hybrid/cdk.tf.json');
const text = readFileSync(HYBRID, 'utf8');
const COMMANDS = ['request', 'matrix', 'diagram', 'commands'];

describe.each(COMMANDS)('%s', (command) => {
  test('fails for a missing path', async () => {
    const missing = join(path, 'missing');
    await expectBadInput([command, missing], 'file-not-readable');
  });

  test('fails for an empty directory', async () => {
    const empty = join(path, 'empty');
    mkdirSync(empty, { recursive: true });
    await expectBadInput([command, empty], 'stacks-missing');
  });

  test('fails for a file that is not JSON', async () => {
    const hcl = file('main.tf', 'resource aws_vpc main {}\n');
    await expectBadInput([command, hcl], 'json-invalid');
    const empty = file('empty.json', ' \n');
    await expectBadInput([command, empty], 'json-invalid');
  });

  test('fails for a file that is not JSON, and quotes nothing of it', async () => {
    const sentence = await expectBadInput([command, file('secret.json', 'password = hunter2')], 'json-invalid');
    expect(sentence).not.toContain('hunter2');
  });

  test('fails for a device, which never ends', async () => {
    await expectBadInput([command, '/dev/zero'], 'file-not-readable');
  });

  test('fails for a truncated file', async () => {
    const half = file('half.json', text.slice(0, text.indexOf('"stackName"') + 11));
    await expectBadInput([command, half], 'json-invalid');
  });

  test('fails for a file of 200 MB, without reading it', async () => {
    const large = file('large.json', '{');
    truncateSync(large, 200 * 2 ** 20);
    await expectBadInput([command, large], 'file-too-large');
  });

  test('fails for two stacks with one name', async () => {
    const copy = file('copy.json', text);
    await expectBadInput([command, HYBRID, copy], 'stack-given-twice');
  });

  test('fails for a stack without constructs of this package', async () => {
    const other = file('other.json', JSON.stringify({ '//': { metadata: { stackName: 'other' } }, resource: {} }));
    await expectBadInput([command, other], 'provenance-missing');
  });

  test('fails for the output of a different tool, and of a newer version', async () => {
    const state = file('state.json', '{"format_version":"1.0"}');
    await expectBadInput([command, state], 'synthesized-stack-required');
    const json = JSON.parse(text);
    json['//'].metadata.clusterPorts.version = 9;
    const newer = file('newer.json', JSON.stringify(json));
    await expectBadInput([command, newer], 'provenance-version-unknown');
  });

  test('fails for an output that cannot be written, and leaves no file behind', async () => {
    const before = readdirSync(path);
    const target = join(path, 'nowhere/out.txt');
    await expectBadInput([command, HYBRID, '--output', target], 'output-not-writable');
    // a directory gets a picture for each stack
    if (command !== 'diagram') {
      await expectBadInput([command, HYBRID, '--output', join(path, 'out')], 'output-not-writable');
    }
    expect(readdirSync(path)).toEqual(before);
  });

  test('fails for an unknown option, and suggests the nearest one', async () => {
    await expectUsageError(
      [command, HYBRID, '--ouput', 'x'],
      `cluster-ports ${command}: unknown option '--ouput'; did you mean --output?`,
    );
  });
});

test.each([
  ['request', 'txt'],
  ['matrix', 'xlsx'],
  ['diagram', 'png'],
])('%s fails for the unknown format %s', async (command, format) => {
  await expectBadInput([command, HYBRID, '--format', format], 'option-value-unknown');
});

test('fails for a spreadsheet without a file', async () => {
  await expectBadInput(['request', HYBRID, '--format', 'xlsx'], 'output-required');
});

test('fails for an unknown command, and suggests the nearest one', async () => {
  await expectUsageError(['reqest'], "cluster-ports: unknown command 'reqest'; did you mean request?");
});

test('fails for a state that belongs to none of the stacks', async () => {
  const state = file('no.json', '{"format_version":"1.0","values":{}}');
  await expectBadInput(['request', HYBRID, '--state', `other=${state}`], 'stack-unknown');
  const gke = join(stacks, 'vcluster-platform-on-gke');
  await expectBadInput(['request', HYBRID, gke, '--state', state], 'state-without-stack');
  await expectBadInput(['request', HYBRID, '--state', HYBRID], 'state-required');
});

test('fails for IP ranges without a name or range, or with an unknown name', async () => {
  await expectBadInput(['request', HYBRID, '--ip-ranges', 'workers'], 'named-list-invalid');
  await expectBadInput(['request', HYBRID, '--ip-ranges', 'a=10.0.0.0/8,'], 'named-list-invalid');
  await expectBadInput(
    ['request', HYBRID, '--ip-ranges', 'security group worker=10.0.0.0/8'],
    'ip-ranges-name-unknown',
  );
});

const OTHER_COMMANDS: Readonly<Record<string, readonly string[]>> = {
  verify: ['--as', 'worker', '--script'],
  show: [],
  diff: [HYBRID],
  explain: ['--from', '198.51.100.7', '--to', 'apinizer-workers', '--port', '30080/tcp'],
  lint: [],
};

describe.each(Object.entries(OTHER_COMMANDS))('%s', (command, argv) => {
  test('fails for an output that cannot be written, and leaves no file behind', async () => {
    const before = readdirSync(path);
    const target = join(path, 'nowhere/out.txt');
    await expectBadInput([command, ...argv, HYBRID, '--output', target], 'output-not-writable');
    expect(readdirSync(path)).toEqual(before);
  });

  test('fails for a missing path, and for an unknown option', async () => {
    const missing = join(path, 'missing');
    await expectBadInput([command, ...argv, missing], 'file-not-readable');
    const unknown = `cluster-ports ${command}: unknown option '--ouput'; did you mean --output?`;
    await expectUsageError([command, ...argv, HYBRID, '--ouput', 'x'], unknown);
  });
});

test('escapes control characters in an error', async () => {
  await expectBadInput(['request', '\u001b[2J\nx'], 'file-not-readable');
});

test('fails for the output of an older version', async () => {
  const json = JSON.parse(text);
  json['//'].metadata.clusterPorts.version = 0;
  const older = file('older.json', JSON.stringify(json));
  await expectBadInput(['request', older], 'provenance-version-unknown');
});

test('skips stacks of a directory that have no constructs of this package', async () => {
  const directory = join(path, 'mixed');
  mkdirSync(join(directory, 'documented'), { recursive: true });
  mkdirSync(join(directory, 'unmanaged'));
  copyFileSync(HYBRID, join(directory, 'documented/cdk.tf.json'));
  file('mixed/unmanaged/cdk.tf.json', JSON.stringify({ '//': { metadata: { stackName: 'unmanaged' } } }));
  expect((await cli(['request', directory])).stdout).toBe((await cli(['request', HYBRID])).stdout);
});

test('says that stacks in HCL are not read', async () => {
  const directory = join(path, 'hcl');
  mkdirSync(join(directory, 'stacks/app'), { recursive: true });
  file('hcl/stacks/app/cdk.tf', 'terraform {}\n');
  file('hcl/stacks/app/metadata.json', '{}');
  const sentence = await expectBadInput(['show', directory], 'stacks-missing');
  expect(sentence).toContain("got stacks in Terraform's own language, as cdktf synth --hcl writes them");
});

test('does not follow links out of a directory', async () => {
  const directory = join(path, 'links');
  mkdirSync(directory);
  symlinkSync(join(stacks, 'apinizer-hybrid'), join(directory, 'stack'));
  await expectBadInput(['request', directory], 'stacks-missing');
});
