import { randomBytes } from 'node:crypto';
import { closeSync, constants, openSync, statSync } from 'node:fs';
import { mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { styleText } from 'node:util';
import { alignedTable, type TextTable } from '../text';
import { refusal, systemReason } from '../input';

const PERMISSIONS = 0o777;
/** The file need not exist, but its directory must. */
const NOT_WRITTEN = { ENOENT: 'a directory that does not exist', ENXIO: 'a pipe that nothing reads, or a socket' };
const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const MIN_STEPS = 100;
/** Removes the line of a terminal on which the cursor is. */
export const CLEAR_LINE = '\r\u001b[K';

/** A terminal or pipe to which a command writes. */
interface CliStream {
  readonly isTTY: boolean;
  write(text: string): void;
}

/** The streams and environment of a command. */
export interface CliIo {
  readonly stdout: CliStream;
  readonly stderr: CliStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** 0: nothing found, 1: a gate, a linter or a check found something, 2: bad input or usage, or an output that cannot be written. */
export type ExitCode = 0 | 1 | 2;

/** Sets the exit code of the program. */
export type ExitWith = (code: ExitCode) => void;

/** The styles of text. Colours never carry meaning that the text does not have. */
export type Style = 'bold' | 'green' | 'red';

/** Styles text, or returns it unchanged. */
type Painter = (style: Style, text: string) => string;

/** Returns a painter that styles text for a terminal, unless NO_COLOR is set. */
export function painter({ stdout, env }: CliIo): Painter {
  const isPlain = !stdout.isTTY || (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  // styleText would check the streams of this process instead of the given ones
  return isPlain ? (_, text) => text : (style, text) => styleText(style, text, { validateStream: false });
}

/** Renders a table in columns, with a bold header on a terminal. Cells are wrapped if lines would be longer than `maxWidth`. */
export function terminalTable(table: TextTable, output: string | undefined, io: CliIo, maxWidth?: number): string {
  const text = alignedTable(table, maxWidth);
  if (output !== undefined) return text;
  const end = text.indexOf('\n');
  return painter(io)('bold', text.slice(0, end)) + text.slice(end);
}

/** Writes text to a file, or to standard output. */
export async function emit(text: string, output: string | undefined, io: CliIo): Promise<void> {
  if (output === undefined) io.stdout.write(text);
  else await writeOutput(text, output);
}

/** Creates a directory if it does not exist. Throws if it cannot be created. */
export async function createDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw refusal(path, 'output-not-writable', 'the output must be a writable directory', systemReason(error));
  }
}

/** Writes a file atomically. Throws if it cannot be written. */
export async function writeOutput(content: string | Buffer, path: string): Promise<void> {
  try {
    await writeWholeFile(path, content);
  } catch (error) {
    throw notWritten(path, error);
  }
}

/** Returns the error for an output that could not be written. */
export function notWritten(place: string, error: unknown): Error {
  const reason = systemReason(error, NOT_WRITTEN);
  return NO_ROOM.has((error as NodeJS.ErrnoException).code ?? '')
    ? refusal(place, 'output-disk-full', 'there must be room for the output', reason)
    : refusal(place, 'output-not-writable', 'the output must be a writable file', reason);
}

/** Writes a file atomically: to a temporary file in the same directory, which then replaces the file. */
async function writeWholeFile(path: string, content: string | Buffer): Promise<void> {
  const before = statSync(path, { throwIfNoEntry: false });
  // a device or pipe must not be replaced by a file
  if (before && !before.isFile() && !before.isDirectory()) return writeThrough(path, content);
  const target = before ? await realpath(path) : path;
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  await beforeSignals(async (signal) => {
    try {
      await writeFile(temporary, content, { flag: 'wx', mode: before && before.mode & PERMISSIONS, signal });
      await rename(temporary, target);
    } finally {
      await rm(temporary, { force: true });
    }
  });
}

/** Writes to a pipe or a device. Throws if nothing reads the pipe. */
async function writeThrough(path: string, content: string | Buffer): Promise<void> {
  // only this way of opening does not wait for a reader
  const open = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  try {
    await writeFile(path, content);
  } finally {
    closeSync(open);
  }
}

const ENDING: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Waits until `write` has removed what it began if a signal ends the process. */
async function beforeSignals(write: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const abort = new AbortController();
  let received: NodeJS.Signals | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    received = signal;
    abort.abort();
  };
  ENDING.forEach((signal) => process.on(signal, onSignal));
  try {
    await write(abort.signal);
  } finally {
    ENDING.forEach((signal) => process.off(signal, onSignal));
    if (received !== undefined) process.kill(process.pid, received);
  }
}

/** Shows the progress of a command on one line of a terminal; shows nothing in a pipe or for fewer than 100 steps. */
export class Progress {
  private readonly isShown: boolean;
  private percent = -1;

  public constructor(
    private readonly io: CliIo,
    private readonly what: string,
    private readonly total: number,
  ) {
    this.isShown = io.stderr.isTTY && total >= MIN_STEPS;
  }

  public at(done: number): void {
    const percent = Math.floor((100 * done) / this.total);
    if (!this.isShown || percent === this.percent) return;
    this.percent = percent;
    this.io.stderr.write(`${CLEAR_LINE}${this.what} ${done} of ${this.total}`);
  }

  public end(): void {
    if (this.isShown) this.io.stderr.write(CLEAR_LINE);
  }
}
