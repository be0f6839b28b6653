import type * as Fs from 'node:fs';
import { refusal, shown } from '../model/refusal';
import { holdsToken } from '../model/token-text';
import { systemReason } from './system-reason';

/** A table of a thousand rows is a quarter of it. */
const LARGEST = 1_000_000;

/** Reads the text of a file, if it is one that a person may have written. */
export function tableText(path: unknown, place: string): string {
  if (typeof path !== 'string' || path === '') throw refusal(place, 'the path of a file is needed', shown(path));
  if (holdsToken(path)) throw refusal(place, 'the path must be known at synthesis', shown(path));
  // loaded here, because only who has a file needs it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const fs = require('node:fs') as typeof Fs;
  const stats = asked(() => fs.statSync(path, { throwIfNoEntry: false }), path, place);
  if (stats === undefined) {
    throw refusal(place, `the file must exist in ${process.cwd()} or be given by its whole path`, shown(path));
  }
  if (!stats.isFile()) throw refusal(place, 'the path must be that of a file', shown(path));
  if (stats.size > LARGEST) {
    throw refusal(place, `a table must have at most ${LARGEST} bytes`, `${stats.size} in ${shown(path)}`);
  }
  return asked(() => fs.readFileSync(path, 'utf8'), path, place);
}

/** What the system answers, or why it does not. */
function asked<T>(ask: () => T, path: string, place: string): T {
  try {
    return ask();
  } catch (error) {
    throw refusal(place, 'the file must be one that can be read', `${systemReason(error)} at ${shown(path)}`);
  }
}
