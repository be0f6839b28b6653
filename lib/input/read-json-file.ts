import { readFileSync, statSync } from 'node:fs';
import { ClusterPortsError, refusal } from './refusal';
import { withRepeatedKeys } from './repeated-keys';

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
  const text = decoded(readBytes(file));
  try {
    return withRepeatedKeys(JSON.parse(text), text);
  } catch {
    const { got, fix } = insteadOfJson(text, file);
    throw refusal(file, 'json-invalid', 'the file must be complete JSON', got, fix);
  }
}

function readBytes(file: string): Buffer {
  let megabytes: number;
  try {
    const stats = statSync(file);
    if (!stats.isFile() && !stats.isDirectory()) {
      throw refusal(file, 'file-not-readable', READABLE, 'a pipe or a device');
    }
    megabytes = stats.size / MEGABYTE;
    if (megabytes <= MAX_MEGABYTES) return readFileSync(file);
  } catch (error) {
    if (error instanceof ClusterPortsError) throw error;
    throw refusal(file, 'file-not-readable', READABLE, systemReason(error));
  }
  const need = `the file must have at most ${MAX_MEGABYTES} MB`;
  throw refusal(file, 'file-too-large', need, `${Math.round(megabytes)} MB`, 'the cdk.tf.json of one stack');
}

const READABLE = 'the file must be readable';

/** Returns text in UTF-8, or in UTF-16 as PowerShell writes it, without a byte order mark. */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

const SHOW = 'terraform show -json plan.out > plan.json';

/** Says what a file has in place of JSON, and what to run. Quotes nothing of it, because it may contain secrets. */
function insteadOfJson(text: string, file: string): { readonly got: string; readonly fix?: string } {
  if (text.trim() === '') return { got: 'an empty file' };
  if (text.startsWith('PK\u0003\u0004')) return { got: 'a plan in binary form', fix: SHOW };
  if (/^\s*\{"@level"/.test(text)) return { got: 'the log of terraform plan -json', fix: SHOW };
  if (
    file.endsWith('.tf') ||
    /^\s*(?:resource|provider|terraform|variable|module|data|locals|output)\s+["{]/m.test(text)
  ) {
    return { got: "a file in Terraform's own language", fix: SHOW };
  }
  if (/^\s*\{"(?:format_version|terraform)"/m.test(text)) {
    return { got: 'JSON with other output before or after it', fix: 'only the JSON' };
  }
  if (/^\s*[[{]/.test(text) && !/[\]}]\s*$/.test(text)) return { got: 'a truncated file' };
  return { got: 'text that is not JSON' };
}
