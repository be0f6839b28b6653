import { spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeOutput } from '../../lib/cli/output';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'cluster-ports-'))));
afterEach(() => rmSync(directory, { recursive: true }));

test('writes and replaces a file, and leaves no temporary file', async () => {
  const file = join(directory, 'request.txt');
  await writeOutput('one', file);
  await writeOutput(Buffer.from('two'), file);
  expect(readFileSync(file, 'utf8')).toBe('two');
  expect(readdirSync(directory)).toEqual(['request.txt']);
});

test('fails if the target cannot be written, and leaves no file behind', async () => {
  mkdirSync(join(directory, 'taken', 'full'), { recursive: true });
  await expect(writeOutput('x', join(directory, 'taken'))).rejects.toMatchObject({ code: 'output-not-writable' });
  await expect(writeOutput('x', join(directory, 'missing', 'file'))).rejects.toMatchObject({
    code: 'output-not-writable',
  });
  expect(readdirSync(directory)).toEqual(['taken']);
});

(process.platform === 'win32' ? test.skip : test)('writes to a pipe without replacing it', async () => {
  const pipe = join(directory, 'pipe');
  spawnSync('mkfifo', [pipe]);
  const end = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
  await writeOutput('whole', pipe);
  expect(statSync(pipe).isFIFO()).toBe(true);
  const read = Buffer.alloc(8);
  expect(read.toString('utf8', 0, readSync(end, read))).toBe('whole');
  closeSync(end);
});

test('writes the target of a link, and keeps its permissions', async () => {
  const [target, link] = [join(directory, 'target.txt'), join(directory, 'link.txt')];
  writeFileSync(target, 'old', { mode: 0o600 });
  symlinkSync(target, link);
  await writeOutput('new', link);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, 'utf8')).toBe('new');
  expect(statSync(target).mode & 0o777).toBe(0o600);
});
