import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explanationOf, FINDING_CODES, LEVELS } from '../../../lib/traffic/lint/finding-codes';

const folders = [__dirname, join(__dirname, '../../constructs')];
const tests = folders
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((path) => /(?<!finding-codes)\.test\.ts$/.test(path))
  .concat(join(__dirname, '../../cli/ownership.test.ts'))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');

test.each(FINDING_CODES)('%s is seen by a test, and has a level, a cause and a fix', (code) => {
  expect(tests).toMatch(new RegExp(`['" ]${code}[' :]`));
  const { title, levels, cause, fix } = explanationOf(code);
  expect(levels.every((level) => LEVELS.includes(level))).toBe(true);
  expect([title, cause, fix].every((text) => /^[A-Z0-9]/.test(text))).toBe(true);
  expect([title.endsWith('.'), cause.endsWith('.'), fix.endsWith('.')]).toEqual([false, true, true]);
});

test('the usual levels are listed from the most to the least serious', () => {
  const usual = FINDING_CODES.map((code) => LEVELS.indexOf(explanationOf(code).levels[0]));
  expect(usual).toEqual([...usual].sort());
});
