import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from '../../lib/input';
import { readSentences } from '../support/sentences';

const TESTS = join(__dirname, '..');
const files = readdirSync(TESTS, { recursive: true }) as string[];

/** The errors whose fix no `fixes.test.ts` follows, and the reason. */
const NOT_FOLLOWED: Partial<Record<ErrorCode, string>> = {
  'file-too-large': 'all tests of the command line read a cdk.tf.json of one stack',
  'jest-required': 'tests run in Jest; test/testing/fixes.test.ts imports the module, as the error suggests',
  'provider-package-missing': 'the fix installs a package; test/framework/providers.test.ts has both packages',
  'terraform-json-version-unknown': 'the fix needs a later release of this library',
};

/** The errors that suggest a fix in any list of sentences. */
const suggesting = new Set(
  files
    .filter((file) => file.endsWith('__snapshots__/errors.json'))
    .flatMap((file) => Object.entries(readSentences(join(TESTS, file))))
    .filter(([, sentences]) => sentences.some((sentence) => sentence.includes('; did you mean ')))
    .map(([code]) => code),
);

/** The codes in quotes in the tests of fixes, which expect each of them. */
const followed = new Set(
  files
    .filter((file) => file.endsWith('/fixes.test.ts') && !file.startsWith('architecture'))
    .flatMap((file) => [...readFileSync(join(TESTS, file), 'utf8').matchAll(/'([a-z0-9]+(?:-[a-z0-9]+)+)'/g)])
    .map(([, code]) => code),
);

test('every error that suggests a fix is in the fixes.test.ts of a folder, or is listed here with a reason', () => {
  expect(suggesting.size).toBeGreaterThan(100);
  expect([...suggesting].filter((code) => !followed.has(code) && !(code in NOT_FOLLOWED)).sort()).toEqual([]);
});

test('every reason is for an error that suggests a fix and that no fixes.test.ts follows', () => {
  expect(Object.keys(NOT_FOLLOWED).filter((code) => !suggesting.has(code) || followed.has(code))).toEqual([]);
});
