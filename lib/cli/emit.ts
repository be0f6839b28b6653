import { refusal } from '../model/refusal';
import type { CliIo } from './cli-io';
import { systemReason } from '../files/system-reason';
import { writeWholeFile } from './write-file';

/** A file need not be there, its directory must. */
const MISSING = { ENOENT: 'a directory that does not exist' };

/** Shows what a command has, or writes it to a file. */
export async function emit(text: string, output: string | undefined, io: CliIo): Promise<void> {
  if (output === undefined) io.stdout.write(text);
  else await writeFile(text, output);
}

/** Writes a file, whole or not at all. */
export async function writeFile(content: string | Buffer, path: string): Promise<void> {
  try {
    await writeWholeFile(path, content);
  } catch (error) {
    throw refusal(path, 'the output must be a file that can be written', systemReason(error, MISSING));
  }
}
