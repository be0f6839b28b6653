import { readdirSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { refusal } from '../model/refusal';
import { systemReason } from '../files/system-reason';

const SYNTHESIZED = 'cdk.tf.json';
const STACKS = 'stacks';

/** A file that was named, or one that was found in a directory that was. */
export interface StackFile {
  readonly path: string;
  readonly isNamed: boolean;
}

/** The files that paths stand for: themselves, or those of all stacks in a directory such as `cdktf.out`. */
export function stackFiles(paths: readonly string[]): StackFile[] {
  const files = paths.flatMap((path) => (isDirectory(path) ? filesIn(path) : [{ path, isNamed: true }]));
  return [...new Map(files.map((file) => [file.path, file])).values()];
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
    throw refusal(
      directory,
      `a directory must have a ${SYNTHESIZED}, or stacks that have one`,
      'none',
      '"cdktf synth"',
    );
  }
  return stacks.map((stack) => ({ path: join(stack, SYNTHESIZED), isNamed: false }));
}

/** Links are not followed: they may lead out of the paths that were given. */
function has(entries: readonly Dirent[], name: string): boolean {
  return entries.some((entry) => entry.name === name && entry.isFile());
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    const fix = path === 'cdktf.out' ? '"cdktf synth"' : undefined;
    throw refusal(path, 'a path must be a file or directory that can be read', systemReason(error), fix);
  }
}
