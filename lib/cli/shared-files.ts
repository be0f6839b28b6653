import { existsSync, realpathSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Note } from '../traffic';
import { isDirectory } from './stack-files';

/** The files to which both sides of a comparison lead. They have one content today, and nobody knows what it was before. */
export class SharedFiles {
  private readonly found = new Set<string>();
  private readonly roots: readonly [string, string];
  /** Whether a configuration is compared with itself, so that everything is the same. */
  private readonly isOne: boolean;

  /** @param sides the paths of both sides: a directory of stacks, or a file */
  constructor(private readonly sides: readonly [string, string]) {
    const [before, after] = sides.map(realPath);
    this.isOne = before === after;
    this.roots = [rootOf(before), rootOf(after)];
  }

  /** Whether a file that one side leads to is where the other side leads to too. */
  public has(side: string, file: string): boolean {
    if (this.isOne) return false;
    const [own, other] = side === this.sides[0] ? this.roots : [this.roots[1], this.roots[0]];
    const real = realpathSync.native(file);
    const elsewhere = resolve(other, relative(own, real));
    const isShared = existsSync(elsewhere) && realpathSync.native(elsewhere) === real;
    if (isShared) this.found.add(real);
    return isShared;
  }

  /** What a reader should know about these files. */
  public get notes(): Note[] {
    return [...this.found].map((path) => {
      const file = relative(process.cwd(), path);
      return {
        file,
        address: file,
        text: 'both sides lead to this one file, so that its content before the change is not known',
      };
    });
  }
}

/** Returns a path without links; a path that does not exist as it is, because reading it says so. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync.native(path) : resolve(path);
}

function rootOf(path: string): string {
  return existsSync(path) && isDirectory(path) ? path : dirname(path);
}
