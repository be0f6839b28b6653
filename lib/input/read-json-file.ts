import { readFileSync, statSync } from 'node:fs';
import { refusal, shown } from './refusal';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EEXIST: 'a directory of that name',
  EISDIR: 'a directory',
  ELOOP: 'a link to itself',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'a name that is too long',
  ENOENT: 'nothing of that name',
  ENOSPC: 'a full disk',
  ENOTDIR: 'a path that leads through a file',
  ENOTEMPTY: 'a directory of that name',
  EPERM: 'no permission',
  EROFS: 'a read-only file system',
  ERR_INVALID_ARG_VALUE: 'a character that paths cannot contain',
};

/** Returns why a call to the file system failed, in words. `overrides` has reasons for one call only, by error code. */
export function systemReason(error: unknown, overrides: Readonly<Record<string, string>> = {}): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return overrides[code] ?? REASONS[code] ?? (code === '' ? message : code);
}

const MEGABYTE = 2 ** 20;
/** Twice the size of a plan with 100,000 rules. */
const MAX_MEGABYTES = 128;

/** Returns the parsed content of a JSON file. Throws if it is not JSON, or larger than any stack. */
export function readJsonFile(file: string): unknown {
  const text = readText(file);
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch {
    throw refusal(file, 'json-invalid', 'the file must be complete JSON', notJson(text));
  }
}

function readText(file: string): string {
  let megabytes: number;
  try {
    megabytes = statSync(file).size / MEGABYTE;
    if (megabytes <= MAX_MEGABYTES) return readFileSync(file, 'utf8');
  } catch (error) {
    throw refusal(file, 'file-not-readable', 'the file must be readable', systemReason(error));
  }
  const need = `the file must have at most ${MAX_MEGABYTES} MB`;
  throw refusal(file, 'file-too-large', need, `${Math.round(megabytes)} MB`, 'the cdk.tf.json of one stack');
}

function notJson(text: string): string {
  if (text.trim() === '') return 'an empty file';
  if (/^\s*[[{]/.test(text) && !/[\]}]\s*$/.test(text)) {
    return `a truncated file that ends with ${shown(text.slice(-20))}`;
  }
  return `text that begins with ${shown(text.slice(0, 20))}`;
}
