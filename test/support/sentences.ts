import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import type { ErrorCode } from '../../lib/input';

/**
 * The sentences of errors in the tests of one folder, by code: `__snapshots__/fixes.json` for those whose suggestion its
 * `fixes.test.ts` follows, and `__snapshots__/errors.json` for all others.
 */
export type Sentences = Partial<Record<ErrorCode, string[]>>;

const ROOT = join(__dirname, '../..');

/** The file with the sentences of a test file. */
export function sentencesFile(testFile: string): string {
  const list = basename(testFile) === 'fixes.test.ts' ? 'fixes.json' : 'errors.json';
  return join(dirname(testFile), '__snapshots__', list);
}

export function readSentences(file: string): Sentences {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Sentences) : {};
}

/** The file in which the tests of a run record the sentences that they saw. `test/run` reads it after the last test. */
export function notesFile(): string {
  return join(process.env.TMPDIR ?? tmpdir(), 'sentences.jsonl');
}

/**
 * Expects that a sentence is in the list of the test's folder. As with snapshots, `npm run unit` adds new sentences, `-u` removes
 * those that no test sees any more, and `--ci` does neither.
 */
export function expectKnownSentence(code: string, sentence: string): void {
  const { testPath, snapshotState } = expect.getState() as unknown as {
    testPath: string;
    snapshotState?: { _updateSnapshot: 'all' | 'new' | 'none' };
  };
  const mode = snapshotState?._updateSnapshot ?? 'none';
  const text = withoutPaths(sentence);
  const file = sentencesFile(testPath);
  appendFileSync(notesFile(), `${JSON.stringify({ testPath, code, text, mode })}\n`);
  if (mode !== 'none') return;
  const known = readSentences(file)[code as ErrorCode] ?? [];
  if (!known.includes(text)) {
    throw new Error(
      `the sentence of ${code} must be in ${relative(ROOT, file)}, got ${JSON.stringify(text)}; did you mean "npm run unit -- -u"?`,
    );
  }
}

/** Paths of temporary folders differ in every run. */
function withoutPaths(sentence: string): string {
  return sentence
    .replaceAll(process.cwd(), '<project>')
    .replaceAll(/(?:\/[\w.-]+)*\/cluster-ports-[\w-]+\b(?:\/(?:cdktf|cluster-ports|jest)[\w.-]*)*/g, '<folder>');
}
