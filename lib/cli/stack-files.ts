import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { refusal, shown, systemReason } from '../input';

const SYNTHESIZED = 'cdk.tf.json';
const STACKS = 'stacks';

/** A file to read. */
interface StackFile {
  readonly path: string;
  /** Whether the user named this stack, and not a directory with several stacks. */
  readonly isNamed: boolean;
}

/** Returns the files of paths: a file itself, or the stacks in a directory such as `cdktf.out`. */
export function stackFiles(paths: readonly string[]): StackFile[] {
  const files = paths.flatMap((path) => (isDirectory(path) ? filesIn(path) : [{ path, isNamed: true }]));
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

/** Returns the error of a stack that two paths contain. */
export function stackGivenTwice(name: string, path: string, other: string): Error {
  const need = 'every stack must be given once';
  return refusal(path, 'stack-given-twice', need, `${shown(name)}, which is also in ${other}`);
}

function filesIn(directory: string): StackFile[] {
  const entries = readdirSync(directory, { withFileTypes: true });
  if (has(entries, SYNTHESIZED)) return [{ path: join(directory, SYNTHESIZED), isNamed: true }];
  const isOutput = entries.some((entry) => entry.name === STACKS && entry.isDirectory());
  const parent = isOutput ? join(directory, STACKS) : directory;
  const children = isOutput ? readdirSync(parent, { withFileTypes: true }) : entries;
  const stacks = children
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(parent, name))
    .filter((stack) => has(readdirSync(stack, { withFileTypes: true }), SYNTHESIZED))
    .sort();
  if (stacks.length === 0) {
    const need = `a directory must contain a ${SYNTHESIZED}, or stacks that contain one`;
    throw refusal(directory, 'stacks-missing', need, 'none', '"cdktf synth"');
  }
  return stacks.map((stack) => ({ path: join(stack, SYNTHESIZED), isNamed: false }));
}

/** Whether a directory contains a file. Links do not count, because they may lead out of the given paths. */
function has(entries: readonly Dirent[], name: string): boolean {
  return entries.some((entry) => entry.name === name && entry.isFile());
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    const fix = path === 'cdktf.out' ? '"cdktf synth"' : undefined;
    const need = 'a path must be a readable file or directory';
    throw refusal(path, 'file-not-readable', need, systemReason(error), fix);
  }
}
