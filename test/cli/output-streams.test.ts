import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectBadInput, synthesizeExamples, temporaryDirectory } from '../support/cli';

const ROOT = join(__dirname, '../..');
const { path, file } = temporaryDirectory();
const bin = join(path, 'dist/bin');
const hybrid = join(synthesizeExamples(join(path, 'out')), 'apinizer-hybrid');
const NOTHING = file('nothing.json', '{"resource":{}}');
const WORLD = file(
  'world.json',
  JSON.stringify({
    resource: {
      aws_vpc_security_group_ingress_rule: {
        a: { security_group_id: 'sg-01234567', ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: '0.0.0.0/0' },
      },
    },
  }),
);

/** Commands that find something. */
const FINDING: [name: string, argv: string[]][] = [
  ['diff', ['diff', NOTHING, WORLD, '--fail-on', 'world']],
  ['diff as JSON', ['diff', NOTHING, WORLD, '--fail-on', 'any', '--format', 'json']],
  ['lint', ['lint', WORLD]],
  ['explain', ['explain', '--from', '10.0.0.1', '--to', 'sg-01234567', '--port', '23/tcp', WORLD]],
];

/** Commands that find nothing, and have much or little to write. */
const WRITING: [name: string, argv: string[]][] = [
  ['show', ['show', hybrid]],
  ['request', ['request', hybrid]],
  ['matrix', ['matrix', join(path, 'out'), '--format', 'json']],
  ['diagram', ['diagram', hybrid]],
  ['commands', ['commands', hybrid]],
  ['verify', ['verify', '--as', 'worker', '--script', hybrid]],
  ['help', ['--help']],
];

beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'scripts/bundle.mjs'), bin], { cwd: path });
  file('package.json', '{"version":"1.2.3"}');
});

/** Runs the bundle in a shell, with the rest of its line, such as `> /dev/full`. Returns its own exit code. */
function inShell(argv: readonly string[], rest: string, before = ''): { code: number; stdout: string; stderr: string } {
  const quoted = [process.execPath, join(bin, 'cluster-ports.js'), ...argv].map((word) => `'${word}'`).join(' ');
  const script = `${before} { ${quoted}; echo $? >&3; } 3> '${join(path, 'code')}' ${rest}`;
  const { stdout, stderr } = spawnSync('sh', ['-c', script], { cwd: path, encoding: 'utf8', timeout: 20_000 });
  return { code: Number(readFileSync(join(path, 'code'), 'utf8')), stdout, stderr };
}

describe('a reader that goes away', () => {
  test.each(FINDING)('does not turn the exit code of %s into 0', (_name, argv) => {
    expect(inShell(argv, '| cat')).toMatchObject({ code: 1, stderr: '' });
    expect(inShell(argv, '| :')).toEqual({ code: 1, stdout: '', stderr: '' });
    expect(inShell(argv, '| head -c 1')).toMatchObject({ code: 1, stderr: '' });
  });

  test.each(WRITING)('is not an error of %s', (_name, argv) => {
    expect(inShell(argv, '| :')).toMatchObject({ code: 0, stdout: '' });
  });

  test.each(['2> /dev/full', '2>&-', '2>&1 >/dev/null | :'])('of errors changes no exit code, with %s', (rest) => {
    expect(inShell(['show', 'missing.json'], rest).code).toBe(2);
    expect(inShell(FINDING[0][1], rest).code).toBe(1);
  });
});

describe('a full disk is an error of its own', () => {
  test.each([...FINDING, ...WRITING])('of %s', (_name, argv) => {
    const { code, stderr } = inShell(argv, '> /dev/full');
    expect(code).toBe(2);
    expect(stderr.replace(/^note: .*\n/, '')).toBe(
      'standard output: there must be room for the output, got a full disk [output-disk-full]\n',
    );
  });

  test.each(WRITING.slice(0, 2))('of %s with --output', async (_name, argv) => {
    await expectBadInput([...argv, '--output', '/dev/full'], 'output-disk-full');
  });

  test('if it takes only the first part of the output', () => {
    const [, argv] = WRITING[2];
    const { code, stderr } = inShell(argv, '> part.json', 'ulimit -f 1;');
    expect(code).toBe(2);
    expect(stderr).toContain('standard output: there must be room for the output, got a limit on the size of files');
  });

  test('that leaves nothing behind with --output', () => {
    mkdirSync(join(path, 'full'));
    const { code, stderr } = inShell([...WRITING[2][1], '--output', 'full/matrix.json'], '', 'ulimit -f 1;');
    expect(code).toBe(2);
    expect(stderr).toContain('full/matrix.json: there must be room for the output, got a limit on the size of files');
    expect(readdirSync(join(path, 'full'))).toEqual([]);
  });
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s leaves nothing behind while a file is written', (signal) => {
  const directory = join(path, signal);
  mkdirSync(directory);
  // writes the first part of the file, and then waits for the signal
  const slow = file(
    'slow.cjs',
    `const fs = require('node:fs/promises');
    const { writeFile } = fs;
    fs.writeFile = async (file, text, { signal, ...options }) => {
      await writeFile(file, text.slice(0, 10), options);
      process.kill(process.pid, process.env.SEND);
      await new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        setTimeout(reject, 5000);
      });
    };`,
  );
  const argv = ['-r', slow, join(bin, 'cluster-ports.js'), 'request', hybrid, '--output', join(directory, 'r.txt')];
  const ended = spawnSync(process.execPath, argv, { env: { SEND: signal }, encoding: 'utf8' });
  expect({ signal: ended.signal, stderr: ended.stderr }).toEqual({ signal, stderr: '' });
  expect(readdirSync(directory)).toEqual([]);
});

test('fails for a pipe that nothing reads as output, and does not wait', () => {
  spawnSync('mkfifo', [join(path, 'pipe')]);
  expect(inShell(['request', hybrid, '--output', 'pipe'], '')).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'pipe: the output must be a writable file, got a pipe that nothing reads, or a socket [output-not-writable]\n',
  });
  expect(inShell(['request', hybrid, '--output', 'pipe'], '& cat pipe; wait').stdout).toContain('Please open');
  expect(existsSync(join(path, 'pipe'))).toBe(true);
});
