import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from '../../lib/input';
import { readSentences } from '../support/sentences';

const TESTS = join(__dirname, '..');

/** The suggestions that no `fixes.test.ts` follows, by the code of their error, and the reason. */
const NOT_FOLLOWED: Partial<Record<ErrorCode, string>> = {
  'file-too-large': 'all tests of the command line read a cdk.tf.json of one stack',
  'jest-required': 'tests run in Jest; test/testing/fixes.test.ts imports the module, as the error suggests',
  'package-loaded-twice':
    'the fix removes a copy of the package from node_modules; the test loads a copy of the same files',
  'provider-module-missing': 'the fix installs a version; the test of set-ups has old versions of the package',
  'provider-package-missing': 'the fix installs a package; test/framework/providers.test.ts has both packages',
  'terraform-json-version-unknown': 'the fix needs a later release of this library',
};

/**
 * Returns the forms of the suggestions in the lists of one name. Suggestions that differ only in quoted values, names and numbers
 * have one form, as have lists that differ only in length.
 */
function formsOf(list: 'errors.json' | 'fixes.json'): Set<string> {
  const files = (readdirSync(TESTS, { recursive: true }) as string[]).filter((file) =>
    file.endsWith(`__snapshots__/${list}`),
  );
  const sentences = files.flatMap((file) =>
    Object.entries(readSentences(join(TESTS, file))).flatMap(([code, texts]) => texts.map((text) => [code, text])),
  );
  return new Set(
    sentences.flatMap(([code, text]) => {
      const [, suggestion] = /; did you mean (.*)\?$/s.exec(text) ?? [];
      return suggestion === undefined ? [] : [`${code}: ${formOf(suggestion)}`];
    }),
  );
}

function formOf(suggestion: string): string {
  return suggestion
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '"…"')
    .replaceAll(/"…"(?:, "…")+/g, '"…"')
    .replaceAll(/\b(the IP ranges of (?:security group|prefix list|network tag|service account)) \S+/g, '$1 …')
    .replaceAll(/\b(?:sg|pl)-[0-9a-f]+(?: and (?:sg|pl)-[0-9a-f]+)*/g, '…')
    .replaceAll(/\d+/g, '0');
}

const [seen, followed] = [formsOf('errors.json'), formsOf('fixes.json')];
const codeOf = (form: string): ErrorCode => form.slice(0, form.indexOf(':')) as ErrorCode;

test('a fixes.test.ts follows every form of every suggestion that any test sees, or the code is listed here with a reason', () => {
  expect(followed.size).toBeGreaterThan(200);
  const missing = [...seen].filter((form) => !followed.has(form) && !(codeOf(form) in NOT_FOLLOWED));
  expect(missing.sort()).toEqual([]);
});

test('every reason is for an error that suggests a fix and that no fixes.test.ts follows', () => {
  const [codes, done] = [seen, followed].map((forms) => new Set([...forms].map(codeOf)));
  expect(
    Object.keys(NOT_FOLLOWED).filter((code) => !codes.has(code as ErrorCode) || done.has(code as ErrorCode)),
  ).toEqual([]);
});
