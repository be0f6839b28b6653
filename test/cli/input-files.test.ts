import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { cli, expectBadInput, synthesizeExamples, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const STACK = readFileSync(join(synthesizeExamples(join(path, 'out')), 'apinizer-hybrid/cdk.tf.json'), 'utf8');
const PLAN = JSON.stringify(JSON.parse(readFileSync(join(__dirname, '../traffic/plans/create.json'), 'utf8')));
const STATE = '{"format_version":"1.0","values":{"root_module":{}}}';
const SECRET = 'hunter2';

let count = 0;
/** Returns a path in a folder of its own, so that errors do not depend on the order of the tests. */
function newPath(name: string): string {
  const folder = join(path, `cluster-ports-${++count}`);
  mkdirSync(folder);
  return join(folder, name);
}

function file(content: string | Buffer, extension = 'json'): string {
  const name = newPath(`input.${extension}`);
  writeFileSync(name, content);
  return name;
}

const stack = file(STACK);
const EXPLAIN = ['explain', '--from', '198.51.100.7', '--to', 'apinizer-workers', '--port', '30080/tcp'];

/** Every place of the command line that takes a file, and what it reads there. */
const READERS: [name: string, content: string, argv: (file: string) => string[]][] = [
  ['show', STACK, (name) => ['show', name]],
  ['show of a plan', PLAN, (name) => ['show', name]],
  ['diff before', STACK, (name) => ['diff', name, stack]],
  ['diff after', STACK, (name) => ['diff', stack, name]],
  ['diff of a plan', PLAN, (name) => ['diff', name]],
  ['explain', STACK, (name) => [...EXPLAIN, name]],
  ['lint', STACK, (name) => ['lint', name]],
  ['lint --why', STACK, (name) => ['lint', stack, '--why', name]],
  ['request', STACK, (name) => ['request', name]],
  ['request --state', STATE, (name) => ['request', stack, '--state', name]],
  ['matrix', STACK, (name) => ['matrix', name]],
  ['diagram', STACK, (name) => ['diagram', name]],
  ['commands', STACK, (name) => ['commands', name]],
  ['commands --state', STATE, (name) => ['commands', stack, '--state', name]],
  ['verify', STACK, (name) => ['verify', '--as', 'worker', '--script', name]],
];

const big = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** How editors and shells write the same text. */
const WRITTEN: [how: string, write: (text: string) => string | Buffer][] = [
  ['in UTF-8 with a byte order mark', (text) => `\ufeff${text}`],
  ['in UTF-8 with two byte order marks', (text) => `\ufeff\ufeff${text}`],
  ['in UTF-16 little-endian', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['in UTF-16 big-endian', (text) => big(`\ufeff${text}`)],
  ['in UTF-16 without a mark', (text) => Buffer.from(text, 'utf16le')],
  ['in UTF-16 big-endian without a mark', (text) => big(text)],
  ['with carriage returns', (text) => JSON.stringify(JSON.parse(text), undefined, 2).replaceAll('\n', '\r\n')],
];

const oneLine = (text: string): string => JSON.stringify(JSON.parse(text));

/** What wrappers of Terraform print. */
const WRAPPED: [how: string, write: (text: string) => string][] = [
  [
    'the wrapper of GitHub, which repeats everything',
    (text) =>
      `[command]/tools/terraform-bin show -json plan.out\n${oneLine(text)}\n::debug::exitcode: 0\n` +
      `::debug::stdout: ${oneLine(text)}%0A\n`,
  ],
  [
    'lines before and after pretty JSON',
    (text) => `> show\n\n${JSON.stringify(JSON.parse(text), undefined, 2)}\nDone in 0.42s.\n`,
  ],
  ['a prefix on the line', (text) => `14:02:01.123 STDOUT terraform: ${oneLine(text)}\n`],
  [
    'colours and braces',
    (text) =>
      `\u001b[90m14:02:01.123\u001b[0m \u001b[32mINFO  \u001b[0m read {"a": 1}\n` +
      `{"level":"info","msg":"show"}\r\n${oneLine(text)}::debug::0\n`,
  ],
];

describe.each(READERS)('%s', (_name, content, argv) => {
  const expected = (name: string): Promise<unknown> => cli(argv(name));
  /** The result without the name of the file. */
  const result = async (name: string): Promise<string> =>
    JSON.stringify(await expected(name))
      .replaceAll(name, '<file>')
      .replaceAll(/ {2,}|-{2,}/g, ' ');
  const plain = file(content);

  test.each([...WRITTEN, ...WRAPPED])('reads a file %s', async (_how, write) => {
    expect(JSON.parse(await result(plain))).toMatchObject({ code: expect.not.stringMatching('2') });
    expect(await result(file(write(content)))).toBe(await result(plain));
  });

  test.each<[string, string | Buffer, string?]>([
    ['text', `password = ${SECRET}`],
    ['an empty file', ''],
    ['a file of blanks', ' \r\n'],
    ['a compressed file', gzipSync(content)],
    ['a spreadsheet', `PK\u0003\u0004${SECRET}[Content_Types].xml`],
    ['a binary plan', `PK\u0003\u0004${SECRET}tfplan`, 'tfplan'],
    ['a binary file', Buffer.from([0x80, 0, 0xff, 0, 0x13, 0x37, 0xdd])],
    ['text in an 8-bit encoding', Buffer.from(`{"a": "${SECRET} \u00e9"}`, 'latin1')],
    ['a configuration in HCL', `locals {\n  password = "${SECRET}"\n}\n`, 'tf'],
    ['variables in HCL', `password = "${SECRET}"\n`, 'tfvars'],
    ['a log of one line', `{"@level":"info","@message":"${SECRET}"}\n`],
    ['a log', `{"@message":"${SECRET}","@level":"info"}\n`.repeat(3)],
    ['a plan for people', `Terraform will perform the following actions:\n\n  + password = "${SECRET}"\n`],
    ['a truncated file', content.slice(0, -20)],
    ['a truncated file of a wrapper', `[command]show\n${content.slice(0, -20)}`],
    ['two objects', `${oneLine(content)}\n${oneLine(content)}\n`],
    ['two objects in a line', `${oneLine(content)}${oneLine(content)}`],
    ['an object and a brace too many', `${oneLine(content)}}`],
    ['an object and a different text', `${oneLine(content)}\npassword = "${SECRET}"\n`],
    ['an object with a different text in it', content.replace('{', `{\nWarning: ${SECRET}\n`)],
  ])('fails for %s, says what to run, and quotes nothing', async (_what, text, extension = 'json') => {
    const sentence = await expectBadInput(argv(file(text, extension)), 'json-invalid');
    expect(sentence).toContain('did you mean');
    expect(sentence).not.toContain(SECRET);
  });

  test.each([
    ['nothing', 'null'],
    ['a list', `["${SECRET}"]`],
    ['text', `"${SECRET}"`],
    ['a number', '271828'],
    ['a boolean', 'true'],
    ['a raw state', `{"version":4,"serial":1,"lineage":"${SECRET}","resources":[]}`],
    ['an object of a different tool', `{"a":"${SECRET}"}`],
  ])('fails for JSON that is %s, says what to run, and quotes nothing', async (_what, text) => {
    const { code, stdout, stderr } = await cli(argv(file(text)));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^[^\n]*; did you mean [^\n]*(?:synth|show -json|cdk\.tf\.json)[^\n]*\? \[[a-z-]+\]\n$/);
    expect(stderr).not.toMatch(/hunter2|271828/);
  });

  test.each([
    ['a list', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['an object', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
    ['resources', `{"resource":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
  ])('fails for %s that is nested 100,000 levels deep', async (_what, text) => {
    const { code, stderr } = await cli(argv(file(text)));
    expect(code).toBe(2);
    expect(stderr).toMatch(/\[(?:json-too-deep|terraform-json-required)\]\n$/);
  });

  test.each(['/dev/zero', '/dev/random', '/dev/tty'])('fails for %s, and does not wait', async (device) => {
    await expectBadInput(argv(device), 'file-not-readable');
  });

  test('fails for a pipe without a writer, and for a socket, and does not wait', async () => {
    const pipe = newPath('pipe');
    spawnSync('mkfifo', [pipe]);
    await expectBadInput(argv(pipe), 'file-not-readable');
    const socket = newPath('socket');
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(socket, resolve));
    await expectBadInput(argv(socket), 'file-not-readable');
    server.close();
  });
});

test('fails for a directory in place of a state', async () => {
  await expectBadInput(['request', stack, '--state', path], 'file-not-readable');
});

test('keeps a byte order mark in the name of a resource', async () => {
  const rule = {
    security_group_id: 'sg-01234567',
    ip_protocol: 'tcp',
    from_port: 1,
    to_port: 1,
    cidr_ipv4: '10.0.0.0/8',
  };
  const named = (name: string): string =>
    file(JSON.stringify({ resource: { aws_vpc_security_group_ingress_rule: { [name]: rule } } }));
  const { stdout } = await cli(['lint', named('\ufeffname'), '--format', 'json']);
  const { findings } = JSON.parse(stdout) as { findings: { address: string }[] };
  expect(new Set(findings.map(({ address }) => address))).toEqual(
    new Set(['aws_vpc_security_group_ingress_rule.\ufeffname']),
  );
});
