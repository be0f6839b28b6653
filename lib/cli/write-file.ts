import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { realpath, rename, rm, writeFile } from 'node:fs/promises';

const PERMISSIONS = 0o777;

/** Writes a file so that nobody ever sees a half of it: beside its place, then into it. */
export async function writeWholeFile(path: string, content: string | Buffer): Promise<void> {
  const before = statSync(path, { throwIfNoEntry: false });
  // a device or a pipe is written to, and must not have a file put into its place
  if (before && !before.isFile() && !before.isDirectory()) return writeFile(path, content);
  const target = before ? await realpath(path) : path;
  const beside = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(beside, content, { flag: 'wx', mode: before && before.mode & PERMISSIONS });
    await rename(beside, target);
  } finally {
    await rm(beside, { force: true });
  }
}
