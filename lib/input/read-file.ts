import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EBUSY: 'a file that is in use',
  EDQUOT: 'a full disk',
  EEXIST: 'a directory of that name',
  EFBIG: 'a limit on the size of files',
  EISDIR: 'a directory',
  ELOOP: 'a link to itself',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'a name that is too long',
  ENOENT: 'nothing of that name',
  ENOSPC: 'a full disk',
  ENOTDIR: 'a path that leads through a file',
  ENOTEMPTY: 'a directory of that name',
  ENXIO: 'a socket, or a device that does not exist',
  EPERM: 'no permission',
  EPIPE: 'a reader that went away',
  EROFS: 'a read-only file system',
  ERR_INVALID_ARG_VALUE: 'a character that paths cannot contain',
};

/** Returns why a call to the file system failed, in words. `overrides` has reasons for one call only, by error code. */
export function systemReason(error: unknown, overrides: Readonly<Record<string, string>> = {}): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return overrides[code] ?? REASONS[code] ?? (code === '' ? message : code);
}

/** The text of a file, or why it cannot be read. */
export type FileContent =
  | { readonly text: string }
  /** `cause` is `missing` if nothing has this name, and `no-file` for what has no end, such as a pipe or a device. */
  | { readonly cause: 'missing' | 'no-file' | 'not-readable'; readonly reason: string }
  | { readonly cause: 'too-large'; readonly bytes: number }
  | { readonly cause: 'not-text'; readonly reason: string };

/**
 * Reads a text file in UTF-8, or in UTF-16 as PowerShell writes it, without the byte order mark at its beginning. Never waits for a
 * pipe or a device, and reads at most `maxBytes`.
 */
export function readFile(path: string, maxBytes: number): FileContent {
  const bytes = readBytes(path, maxBytes);
  return Buffer.isBuffer(bytes) ? decoded(bytes) : bytes;
}

function readBytes(path: string, maxBytes: number): Buffer | Exclude<FileContent, { text: string }> {
  let descriptor: number | undefined;
  try {
    // some devices do something as soon as they are opened
    const kind = noFile(statSync(path));
    if (kind !== undefined) return { cause: 'no-file', reason: kind };
    // a file may become a pipe between the two calls
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(descriptor);
    const opened = noFile(stats);
    if (opened !== undefined) return { cause: 'no-file', reason: opened };
    if (stats.size > maxBytes) return { cause: 'too-large', bytes: stats.size };
    return readAll(descriptor, stats.size, maxBytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { cause: code === 'ENOENT' ? 'missing' : 'not-readable', reason: systemReason(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function noFile(stats: Stats): string | undefined {
  if (stats.isFile()) return undefined;
  if (stats.isDirectory()) return 'a directory';
  return stats.isSocket() ? 'a socket' : 'a pipe or a device';
}

const CHUNK = 2 ** 16;

/** Files of `/proc` are longer than they say. */
function readAll(descriptor: number, size: number, maxBytes: number): ReturnType<typeof readBytes> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  while (bytes <= maxBytes) {
    const chunk = Buffer.allocUnsafe(Math.max(size - bytes, CHUNK));
    const count = readSync(descriptor, chunk);
    if (count === 0) return Buffer.concat(chunks, bytes);
    chunks.push(chunk.subarray(0, count));
    bytes += count;
  }
  return { cause: 'too-large', bytes };
}

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZIP = Buffer.from('PK\u0003\u0004');
const SPREADSHEET = '[Content_Types].xml';

function decoded(bytes: Buffer): FileContent {
  const archive = archiveIn(bytes);
  if (archive !== undefined) return { cause: 'not-text', reason: archive };
  const encoding = encodingOf(bytes);
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text: text.replace(MARK, '') };
  } catch {
    const reason = bytes.includes(0) ? 'a binary file, or a truncated one' : 'text that is not in UTF-8 or UTF-16';
    return { cause: 'not-text', reason };
  }
}

function archiveIn(bytes: Buffer): string | undefined {
  const begins = (mark: Buffer): boolean => bytes.subarray(0, mark.length).equals(mark);
  if (begins(GZIP)) return 'a compressed file';
  if (!begins(ZIP)) return undefined;
  return bytes.includes(SPREADSHEET) ? 'a spreadsheet' : 'a plan in binary form';
}

/** UTF-16 has a mark, or begins with an ASCII character, as JSON does. */
function encodingOf([first, second]: Buffer): string {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? 'utf-16be' : 'utf-8';
}

/** The byte order mark at the beginning of text. Anywhere else the same character is a part of the text. */
const MARK = /^\ufeff/;
/** The mark of UTF-16 in text that was read as UTF-8. */
const MARK_READ_AS_UTF8 = '\ufffd\ufffd';

/** Returns text that a caller read from a file, without a byte order mark, also if it is ASCII in UTF-16 that was read as UTF-8. */
export function withoutMark(text: string): string {
  if (!isUtf16ReadAsUtf8(text)) return text.replace(MARK, '');
  const encoded = text.slice(MARK_READ_AS_UTF8.length);
  const ascii = encoded.replaceAll('\0', '');
  return 2 * ascii.length === encoded.length && !ascii.includes('\ufffd') ? ascii : text;
}

/** Whether a caller read a file in UTF-16 as UTF-8, which loses every character that is not ASCII. */
export function isUtf16ReadAsUtf8(text: string): boolean {
  return text.startsWith(MARK_READ_AS_UTF8);
}
