import { mkdtempSync, readdirSync, readFileSync, mkdirSync, rmSync } from 'node:fs';
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
