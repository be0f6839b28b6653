import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

/** What has more files, or a larger one, counts as changed. */
const MAX_FILES = 1000;
const MAX_BYTES = 2 ** 24;

/** A path in a module or script: relative to its directory, or to the directory of the stack. */
const NAMED = /(?:\$\{path\.(?:root|cwd)\}\/|\.{1,2}\/)[\w.@/-]*/g;
const OF_ROOT = /^\$\{[^}]*\}\//;
/** A call in a module or template that reads a file. The group is the path, if that is written out. */
const READS =
  /(?<![\w.-])(?:file(?:exists|set|base64(?:sha256|sha512)?|md5|sha1|sha256|sha512)?|templatefile)\s*\(\s*(?:"((?:\$\{path\.\w+\}\/)?[^"$\\]*)"|)/g;
const NAMES_OTHERS = /\.(?:tf|tofu|json|sh|bash|py|js|mjs|rb|ps1|ya?ml)$/;

/**
 * Returns a function that reads files and directories relative to a directory as a digest of their content, with the files that modules
 * and scripts among them name. What does not exist is the same everywhere, because Terraform can apply neither configuration there. The
 * function returns nothing for a file or directory that it cannot read whole (links, devices, large files), and for a shared file, which
 * both sides of a comparison lead to: nobody knows its content before the change.
 */
export function contentBeside(
  directory: string,
  isShared: (file: string) => boolean = () => false,
): (path: string) => string | undefined {
  return (path) => {
    const start = resolve(directory, path);
    try {
      if (!existsSync(start)) return 'nothing';
      const hash = createHash('sha256');
      const seen = new Set<string>();
      const rest: FoundFile[] = filesAt(start, '');
      for (const { path: file, name } of rest) {
        if (seen.has(file)) continue;
        seen.add(file);
        if (rest.length > MAX_FILES) return undefined;
        // a word without a dot or a slash may be a path only by chance
        if (/[./]/.test(path) && isShared(file)) return undefined;
        const bytes = readFileSync(file);
        hash.update(`${name}\0${bytes.length}\0`).update(bytes);
        const names = namesIn(file, bytes, name === '');
        if (names === undefined) return undefined;
        for (const named of names) {
          const path = named.replace(OF_ROOT, '');
          // a script runs in the directory of the stack, a module reads from its own
          for (const other of [resolve(directory, path), resolve(dirname(file), path)]) {
            if (!isWithin(file, other) && existsSync(other)) rest.push(...filesAt(other, named));
          }
        }
      }
      return hash.digest('hex');
    } catch {
      return undefined;
    }
  };
}

/** Returns the paths that a file names; nothing if it is a template that reads a file whose path is computed. */
function namesIn(file: string, bytes: Buffer, isTemplate: boolean): string[] | undefined {
  const isScript = NAMES_OTHERS.test(file);
  if (!isScript && !bytes.includes('file')) return [];
  const text = bytes.toString();
  const calls = [...text.matchAll(READS)].map(([, path]) => path as string | undefined);
  const names = calls.filter((path) => path !== undefined && path !== '') as string[];
  if (isTemplate && !isScript && text.includes('{') && names.length < calls.length) return undefined;
  return isScript ? [...names, ...[...text.matchAll(NAMED)].map(([name]) => name)] : names;
}

/** Whether a path is a directory around a file, such as `./`, which names nothing. */
function isWithin(file: string, path: string): boolean {
  return file.startsWith(path.endsWith(sep) ? path : `${path}${sep}`);
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
