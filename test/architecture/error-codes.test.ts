import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explanations, knownSentences } from '../../scripts/error-reference';

const LIB = join(__dirname, '../../lib');
const CODES = explanations().map(({ code }) => code);

/** The source of the library, without the list of codes. */
function source(): string {
  return (readdirSync(LIB, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.ts') && file !== join('input', 'error-code.ts'))
    .map((file) => readFileSync(join(LIB, file), 'utf8'))
    .join('\n');
}

test('every code of an error has a cause and a fix that are sentences', () => {
  const isSentence = (text: string): boolean => /^[A-Z`].*\.$/.test(text);
  expect(explanations().filter(({ cause, fix }) => !isSentence(cause) || !isSentence(fix))).toEqual([]);
});

test('the error codes are sorted', () => {
  expect(CODES).toEqual([...new Set(CODES)].sort());
});

test('every code of an error is thrown somewhere; remove it from lib/input/error-code.ts if it is not', () => {
  const text = source();
  expect(CODES.filter((code) => !text.includes(`'${code}'`))).toEqual([]);
});

test('every code of an error is seen by a test; write one with expectRefusal if it is not', () => {
  const seen = knownSentences();
  expect(CODES.filter((code) => !seen.has(code))).toEqual([]);
});

test('no list of sentences has a code that does not exist; run "npm run unit -- -u" after a rename', () => {
  expect([...knownSentences().keys()].filter((code) => !CODES.includes(code))).toEqual([]);
});
