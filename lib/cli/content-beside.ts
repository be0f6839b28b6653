import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Larger directories are not read: modules and templates have fewer files. */
const MAX_FILES = 1000;
const MAX_BYTES = 2 ** 24;

/**
 * Returns a function that reads files and directories relative to a directory as a digest of their content. What does not exist is the
 * same everywhere, because Terraform can apply neither configuration there. The function returns nothing for what it cannot read whole:
 * links and devices, and what is larger than a module.
 */
export function contentBeside(directory: string): (path: string) => string | undefined {
  return (path) => {
    const start = resolve(directory, path);
    try {
      if (!existsSync(start)) return 'nothing';
      const files = filesAt(start, '');
      if (files.length > MAX_FILES) return undefined;
      const hash = createHash('sha256');
      for (const { path: file, name } of files) {
        const bytes = readFileSync(file);
        hash.update(`${name}\0${bytes.length}\0`).update(bytes);
      }
      return hash.digest('hex');
    } catch {
      return undefined;
    }
  };
}

interface FoundFile {
  readonly path: string;
  /** The path in the directory; empty for a file that was named itself. */
  readonly name: string;
}

/** Lists the files of a directory and of those in it. Throws for anything that is neither a file nor a directory. */
function filesAt(path: string, name: string): FoundFile[] {
  const stats = lstatSync(path);
  if (stats.isFile() && stats.size <= MAX_BYTES) return [{ path, name }];
  if (!stats.isDirectory()) throw new Error('neither a file nor a directory');
  const entries = readdirSync(path).sort();
  return entries.flatMap((entry) => filesAt(join(path, entry), `${name}/${entry}`));
}
