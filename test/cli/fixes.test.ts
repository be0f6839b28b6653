import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from '../../lib/input';
import { cli, expectBadInput, synthesizeExamples, temporaryDirectory } from '../support/cli';
import { suggestedValue } from '../support/fixes';

const { path, file } = temporaryDirectory();
const OUT = join(path, 'out');
const STACKS = synthesizeExamples(OUT);
const HYBRID = join(STACKS, 'apinizer-hybrid');
const GKE = join(STACKS, 'vcluster-platform-on-gke');
const STATE = file('state.json', '{"format_version":"1.0","values":{}}');
const COVER = ['cover', HYBRID, '--product', 'kubeadm-flannel'];
const VERIFY = ['verify', HYBRID, '--script'];

test.each<[string, ErrorCode, (suggestion: string) => string[]]>([
  ['txt', 'option-value-unknown', (format) => ['request', HYBRID, '--format', format]],
  ['gos', 'option-value-unknown', (form) => ['verify', HYBRID, '--as', 'worker', '--for', form]],
  ['png', 'option-value-unknown', (format) => ['diagram', HYBRID, '--format', format]],
  ['open', 'option-value-unknown', (gate) => ['diff', HYBRID, HYBRID, '--fail-on', gate]],
  ['world', 'option-value-unknown', (code) => ['lint', HYBRID, '--ignore', code]],
  ['errors', 'option-value-unknown', (level) => ['lint', HYBRID, '--fail-on', level]],
  [
    'security group worker',
    'ip-ranges-name-unknown',
    (name) => ['request', HYBRID, '--ip-ranges', `${name}=10.0.0.0/8`],
  ],
  [
    '10.0.0.1/8',
    'range-with-host-bits',
    (range) => ['request', HYBRID, '--ip-ranges', `security group apinizer-workers=${range}`],
  ],
  ['mongo', 'destination-unknown', (name) => [...VERIFY, '--as', 'worker', '--hosts', `${name}=10.8.0.4`]],
  ['workers', 'role-unknown', (role) => [...VERIFY, '--as', role]],
  ['apinizer-hybird', 'stack-unknown', (stack) => ['request', HYBRID, '--state', `${stack}=${STATE}`]],
  ['rk2', 'table-unknown', (id) => ['ports', id]],
  ['2026-06', 'edition-unknown', (edition) => ['ports', 'rke2', '--edition', edition]],
  ['cnl', 'option-unknown', (option) => ['ports', 'rke2', `--${option}`, 'cilium']],
  ['cillium', 'choice-unknown', (cni) => ['ports', 'rke2', '--cni', cni]],
  ['wroker', 'role-unknown', (role) => [...COVER, '--role', `${role}=10.0.0.0/8`]],
  ['apinizer-worker', 'group-unknown', (name) => [...COVER, '--role', `worker=${name}`]],
  ['04240/tcp', 'port-invalid', (port) => ['who', port]],
  [STATE, 'state-without-stack', (state) => ['request', HYBRID, GKE, '--state', state]],
])('accepts the suggestion for %s (%s)', async (wrong, code, call) => {
  const suggestion = suggestedValue(await expectBadInput(call(wrong), code));
  expect(await cli(call(suggestion))).toMatchObject({ code: 0, stderr: '' });
});

test.each([['/12'], ['/12,/24']])('accepts the suggested threshold %s of the world', async (threshold) => {
  const call = (text: string): string[] => ['diff', HYBRID, HYBRID, '--world-wider-than', text];
  const { stderr } = await cli(call('12'));
  expect(stderr).toContain(`"${threshold}"`);
  await expectBadInput(call('12'), 'world-threshold-invalid');
  expect(await cli(call(threshold))).toMatchObject({ code: 0, stderr: '' });
});

test('accepts the suggestion for a baseline that something has changed', async () => {
  const changed = file('changed-baseline.json', '{"version":1}');
  const suggestion = suggestedValue(await expectBadInput(['lint', HYBRID, '--baseline', changed], 'json-altered'));
  const written = join(path, 'new-baseline.json');
  expect((await cli(['lint', HYBRID, suggestion.split(' ').at(-1)!, written])).code).toBe(0);
  expect(await cli(['lint', HYBRID, '--baseline', written])).toMatchObject({ code: 0, stderr: '' });
});

test.each<[string, (suggestion: string) => string[]]>([
  ['--ouput', (option) => ['request', HYBRID, option, join(path, 'request.txt')]],
  ['reqest', (command) => [command, HYBRID]],
])('accepts the suggestion for %s', async (wrong, call) => {
  const { stderr } = await cli(call(wrong));
  expect(await cli(call(suggestedValue(stderr.trimEnd())))).toMatchObject({ code: 0, stderr: '' });
});

test('accepts the suggestion for a spreadsheet without a file', async () => {
  const call = ['request', HYBRID, '--format', 'xlsx'];
  const [option, name] = suggestedValue(await expectBadInput(call, 'output-required')).split(' ');
  expect(await cli([...call, option, join(path, name)])).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('accepts the suggestion for a directory without stacks', async () => {
  const directory = join(path, 'empty');
  mkdirSync(directory);
  const call = ['request', directory];
  expect(suggestedValue(await expectBadInput(call, 'stacks-missing'))).toBe('cdktf synth');
  synthesizeExamples(directory);
  expect(await cli(call)).toMatchObject({ code: 0, stderr: expect.not.stringContaining('did you mean') });
});

test('accepts the suggestion for a directory with stacks further down', async () => {
  const directory = join(path, 'further');
  mkdirSync(join(directory, 'project'), { recursive: true });
  synthesizeExamples(join(directory, 'project/cdktf.out'));
  const suggestion = suggestedValue(await expectBadInput(['show', directory], 'stacks-missing'));
  expect(await cli(['show', suggestion])).toMatchObject({ code: 0, stderr: '' });
});

test('accepts the suggestions for a comparison of one path', async () => {
  const home = process.cwd();
  const project = join(path, 'project');
  mkdirSync(project);
  process.chdir(project);
  try {
    const call = ['diff', HYBRID];
    expect(suggestedValue(await expectBadInput(call, 'second-path-required'))).toBe('cdktf synth');
    synthesizeExamples('cdktf.out');
    expect(await cli(call)).toMatchObject({ code: 0, stderr: '' });
    const [, ...words] = suggestedValue(await expectBadInput(['diff', 'cdktf.out'], 'second-path-required')).split(' ');
    mkdirSync('main');
    synthesizeExamples('main/cdktf.out');
    expect(await cli(words)).toMatchObject({ code: 0, stderr: '' });
  } finally {
    process.chdir(home);
  }
});

test('accepts the suggestion for a file that is not a synthesized stack', async () => {
  const call = ['request', join(OUT, 'manifest.json')];
  const suggestion = suggestedValue(await expectBadInput(call, 'synthesized-stack-required'));
  const stack = suggestion.replace(/^cdktf\.out/, OUT).replace('<stack>', 'apinizer-hybrid');
  expect(await cli(['request', stack])).toMatchObject({ code: 0, stderr: '' });
});

const PLAN = readFileSync(join(__dirname, '../traffic/plans/create.json'), 'utf8');

/** Files of Terraform that are not JSON, or different JSON. */
const OTHER_FILES: [string, string, string, ErrorCode][] = [
  ['a plan in binary form', 'plan.out', 'PK\u0003\u0004tfplan', 'json-invalid'],
  ['the log of a plan', 'log.json', '{"@level":"info","@message":"Terraform"}\n'.repeat(2), 'json-invalid'],
  ["a file in Terraform's language", 'main.tf', 'resource "aws_vpc" "main" {}\n', 'json-invalid'],
  ['a list', 'list.json', '[]', 'terraform-json-required'],
  ['JSON of a different tool', 'other.json', '{"a":1}', 'terraform-json-required'],
];

test.each(OTHER_FILES)('accepts the suggestion for %s', async (_what, name, content, code) => {
  const sentence = await expectBadInput(['show', file(name, content)], code);
  expect(suggestedValue(sentence)).toBe('terraform show -json plan.out > plan.json');
  expect(await cli(['show', file('plan.json', PLAN)])).toMatchObject({ code: 0, stderr: '' });
});

test('accepts the suggestion for a raw state', async () => {
  const raw = file('terraform.tfstate', '{"version":4,"serial":1,"lineage":"a","resources":[]}');
  expect(suggestedValue(await expectBadInput(['show', raw], 'raw-state-file'))).toBe(
    'terraform show -json > state.json',
  );
  expect(await cli(['show', STATE])).toMatchObject({ code: 0, stderr: '' });
});

test('accepts the suggestion for the output of two commands in one file', async () => {
  const one = JSON.stringify(JSON.parse(PLAN));
  const sentence = await expectBadInput(['show', file('two.json', `${one}\n${one}\n`)], 'json-invalid');
  expect(suggestedValue(sentence)).toBe('only one complete JSON object');
  expect(await cli(['show', file('one.json', one)])).toMatchObject({ code: 0, stderr: '' });
});

test.each([
  [['--interval', '1'], 'option-needs-another'],
  [['--image', 'busybox'], 'option-needs-another'],
] as const)('accepts the option that %j needs (%s)', async (options, code) => {
  const call = ['verify', HYBRID, '--as', 'worker', ...options];
  const suggestion = suggestedValue(await expectBadInput(call, code));
  expect((await cli([...call, ...suggestion.split(' ')])).stderr).not.toContain(code);
});

test('accepts the suggested form for connections that are refused (goss-accepts-nothing)', async () => {
  const call = ['verify', HYBRID, '--as', 'worker', '--accept', 'refused'];
  const suggestion = suggestedValue(await expectBadInput([...call, '--for', 'goss'], 'goss-accepts-nothing'));
  expect(await cli([...call, ...suggestion.split(' ')])).toMatchObject({ code: 0, stderr: '' });
});

test('accepts the suggested path to compare with', async () => {
  const call = (...paths: string[]): string[] => ['report', ...paths, '--since', HYBRID];
  const suggestion = suggestedValue(await expectBadInput(call(HYBRID, GKE), 'since-several-paths'));
  expect((await cli(call(suggestion))).code).toBe(0);
});

test('accepts what the command writes that is suggested for a file without results', async () => {
  const call = (xml: string): string[] => ['report', HYBRID, '--junit', xml];
  const suggestion = suggestedValue(await expectBadInput(call(file('no-results.xml', '<html/>')), 'junit-invalid'));
  const [, command, ...options] = suggestion.split(' ');
  const written = join(path, options.pop()!);
  expect((await cli([command, HYBRID, ...options, written])).stderr).toBe('');
  expect((await cli(call(written))).stdout).toContain('not tried');
});
