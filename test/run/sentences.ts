import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { notesFile, readSentences, type Sentences, sentencesFile } from '../support/sentences';

interface Note {
  readonly testPath: string;
  readonly code: keyof Sentences;
  readonly text: string;
  readonly mode: 'all' | 'new' | 'none';
}

/**
 * After all tests: writes new sentences, and finds those that no test sees any more. Checks only folders of which every test file with
 * error assertions ran, so that a single file can be run.
 */
export function updateSentences(): void {
  const file = notesFile();
  if (!existsSync(file)) return;
  const notes = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Note);
  const folders = new Map<string, Note[]>();
  for (const note of notes) {
    const target = sentencesFile(note.testPath);
    folders.set(target, [...(folders.get(target) ?? []), note]);
  }
  const obsolete = [...folders].flatMap(([target, ofFolder]) => updateFolder(target, ofFolder));
  if (obsolete.length > 0) {
    throw new Error(
      `no test sees these sentences any more; did you mean "npm run unit -- -u"?\n${obsolete.join('\n')}`,
    );
  }
}

function updateFolder(target: string, notes: readonly Note[]): string[] {
  const [{ mode }] = notes;
  const before = readSentences(target);
  const seen: Sentences = {};
  for (const { code, text } of notes) (seen[code] ??= []).push(text);
  const isWhole = hasRunWhole(target, notes);
  const codes = [...new Set([...Object.keys(before), ...Object.keys(seen)])].sort() as (keyof Sentences)[];
  const keeps = mode !== 'all' || !isWhole;
  const after = Object.fromEntries(
    codes.flatMap((code) => {
      const texts = [...new Set([...(keeps ? (before[code] ?? []) : []), ...(seen[code] ?? [])])].sort();
      return texts.length > 0 ? [[code, texts]] : [];
    }),
  ) as Sentences;
  if (mode !== 'none' && JSON.stringify(after) !== JSON.stringify(before)) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, `${JSON.stringify(after, undefined, 2)}\n`);
  }
  if (mode === 'all' || !isWhole) return [];
  return codes.flatMap((code) =>
    (before[code] ?? []).filter((text) => !seen[code]?.includes(text)).map((text) => `${code}: ${text}`),
  );
}

/** Whether every test file whose errors are in the list has run. */
function hasRunWhole(target: string, notes: readonly Note[]): boolean {
  const ran = new Set(notes.map(({ testPath }) => testPath));
  const folder = dirname(dirname(target));
  return readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name}`)
    .filter((path) => sentencesFile(path) === target)
    .filter((path) => /(?:expect(?:Refusal|NothingCreated|BadInput)|testFixes)\(/.test(readFileSync(path, 'utf8')))
    .every((path) => ran.has(path));
}
