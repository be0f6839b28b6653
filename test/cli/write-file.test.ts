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
import { writeWholeFile } from '../../lib/cli/write-file';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'cluster-ports-'))));
afterEach(() => rmSync(directory, { recursive: true }));

test('writes and replaces a file, and leaves nothing beside it', async () => {
  const file = join(directory, 'request.txt');
  await writeWholeFile(file, 'one');
  await writeWholeFile(file, Buffer.from('two'));
  expect(readFileSync(file, 'utf8')).toBe('two');
  expect(readdirSync(directory)).toEqual(['request.txt']);
});

test('fails when the target cannot be written, and leaves nothing behind', async () => {
  mkdirSync(join(directory, 'taken', 'full'), { recursive: true });
  await expect(writeWholeFile(join(directory, 'taken'), 'x')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
  await expect(writeWholeFile(join(directory, 'missing', 'file'), 'x')).rejects.toThrow('ENOENT');
  expect(readdirSync(directory)).toEqual(['taken']);
});

(process.platform === 'win32' ? test.skip : test)('a pipe stays a pipe, as a device stays one', async () => {
  const pipe = join(directory, 'pipe');
  spawnSync('mkfifo', [pipe]);
  const end = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
  await writeWholeFile(pipe, 'whole');
  expect(statSync(pipe).isFIFO()).toBe(true);
  const read = Buffer.alloc(8);
  expect(read.toString('utf8', 0, readSync(end, read))).toBe('whole');
  closeSync(end);
});

test('what a link leads to is written, with the permissions that it has', async () => {
  const [target, link] = [join(directory, 'target.txt'), join(directory, 'link.txt')];
  writeFileSync(target, 'old', { mode: 0o600 });
  symlinkSync(target, link);
  await writeWholeFile(link, 'new');
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, 'utf8')).toBe('new');
  expect(statSync(target).mode & 0o777).toBe(0o600);
});
