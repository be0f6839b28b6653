import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { refusal } from '../model/refusal';
import { parseJson } from './terraform-json';

const MEGABYTE = 1_000_000;
const LARGEST = 200 * MEGABYTE;
const SYNTHESIZED = 'cdk.tf.json';

/** Reads a file of Terraform JSON; it is named by its path in errors and results. */
export function readJsonFile(path: string): unknown {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) throw refusal(path, 'a file is needed', stats ? 'a directory' : 'nothing');
  if (stats.size > LARGEST) {
    throw refusal(path, `a file must have at most ${LARGEST / MEGABYTE} MB`, `${Math.ceil(stats.size / MEGABYTE)} MB`);
  }
  return parseJson(readFileSync(path, 'utf8'), path);
}

/**
 * The synthesized stacks in a directory, by name: `cdktf.out`, its `stacks`, or the directory of one stack.
 *
 * Nothing outside of the directory is looked at.
 */
export function stackFilesIn(directory: string): ReadonlyMap<string, string> {
  const found = [directory, ...folders(directory), ...folders(join(directory, 'stacks'))].flatMap((folder) =>
    statSync(join(folder, SYNTHESIZED), { throwIfNoEntry: false })?.isFile() ? [join(folder, SYNTHESIZED)] : [],
  );
  if (found.length === 0) {
    throw refusal(directory, `a directory must have stacks: ${SYNTHESIZED} in a folder for each`, 'none');
  }
  const stacks = new Map<string, string>();
  for (const file of found) {
    const name = basename(dirname(file));
    const other = stacks.get(name);
    if (other !== undefined) {
      throw refusal(directory, 'every stack must have a name of its own', `${other} and ${file}`);
    }
    stacks.set(name, file);
  }
  return stacks;
}

function folders(directory: string): string[] {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return [];
  const entries = readdirSync(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.sort().map((name) => join(directory, name));
}
