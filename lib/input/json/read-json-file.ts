import { type FileContent, readFile, withoutMark } from '../read-file';
import { refusal } from '../refusal';
import { withRepeatedKeys } from './repeated-keys';
import { type OtherText, textAfterObject, wrappedJson } from './wrapper-output';

const MEGABYTE = 2 ** 20;
/** Twice the size of a plan with 100,000 rules. */
const MAX_MEGABYTES = 128;
/** What writes a plan as JSON. */
export const PLAN_AS_JSON = '"terraform show -json plan.out > plan.json"';

/**
 * Returns the parsed content of a JSON file, or of the Terraform JSON between lines that a known wrapper prints. Throws if it is
 * neither, or larger than any stack. Errors quote nothing of a file that is not JSON, because it may contain secrets.
 *
 * @param toRun what to run if the file is something else of Terraform
 */
export function readJsonFile(file: string, toRun = PLAN_AS_JSON): unknown {
  const content = readFile(file, MAX_MEGABYTES * MEGABYTE);
  if (!('text' in content)) throw withoutText(content, file, toRun);
  return parsed(content.text, file, 'the file must be complete JSON', toRun);
}

/** Parses JSON that a caller passes as text. */
export function parseJson(text: string, place: string): unknown {
  return parsed(withoutMark(text), place, 'must be valid JSON', PLAN_AS_JSON);
}

function parsed(text: string, place: string, need: string, toRun: string): unknown {
  const json = parsedOnly(text);
  if (json !== undefined && !isLog(json)) return json;
  const wrapped = wrappedJson(text);
  if (wrapped !== undefined && 'json' in wrapped) return parsedOnly(wrapped.json);
  const got = wrapped === undefined ? insteadOfJson(text, place) : otherText(wrapped);
  throw refusal(place, 'json-invalid', need, got, got === SEVERAL ? 'only one complete JSON object' : toRun);
}

/** Returns nothing if the text is not JSON. The error of the parser would quote a part of it. */
function parsedOnly(text: string): unknown {
  try {
    return withRepeatedKeys(JSON.parse(text), text);
  } catch {
    return undefined;
  }
}

/** Whether JSON is a line of "terraform plan -json". */
function isLog(json: unknown): boolean {
  return typeof json === 'object' && json !== null && '@level' in json && '@message' in json;
}

function withoutText(content: Exclude<FileContent, { text: string }>, file: string, toRun: string): Error {
  if (content.cause === 'too-large') {
    const need = `the file must have at most ${MAX_MEGABYTES} MB`;
    const got = `${Math.round(content.bytes / MEGABYTE)} MB`;
    return refusal(file, 'file-too-large', need, got, 'the cdk.tf.json of one stack');
  }
  const { cause, reason } = content;
  if (cause !== 'not-text') return refusal(file, 'file-not-readable', 'the file must be readable', reason);
  return refusal(file, 'json-invalid', 'the file must be complete JSON', reason, toRun);
}

/** Says where a text is that is neither JSON nor of a wrapper. */
function otherText({ line, where }: OtherText): string {
  return `something ${where} the JSON, in line ${line}, that no known wrapper prints`;
}

const SEVERAL = 'JSON with other output before, after or within it';

/** Says what a text is in place of JSON. */
function insteadOfJson(text: string, file: string): string {
  if (text.trim() === '') return 'an empty file';
  const [line] = text.trimStart().split('\n', 1);
  if (isLog(parsedOnly(line))) return 'the log of terraform plan -json';
  if (/(?:Terraform|OpenTofu) (?:used the selected|will perform)|^No changes\. |^Plan: \d+ to /m.test(text)) {
    return 'what terraform plan prints for people';
  }
  if (isHcl(text, file)) return "a file in Terraform's own language";
  const isTerraform = /\{\s*"(?:format_version|\/\/|terraform)"\s*:/.test(text);
  const rest = isTerraform ? undefined : textAfterObject(text);
  if (rest !== undefined) return otherText(rest);
  if (/^\s*[[{]/.test(text) && !/[\]}]\s*$/.test(text)) return 'a truncated file';
  return isTerraform ? SEVERAL : 'text that is not JSON';
}

function isHcl(text: string, file: string): boolean {
  if (/\.(?:tf|tofu|tfvars|hcl)$/.test(file)) return true;
  return /^[ \t]*(?:(?:resource|provider|variable|module|data|output)[ \t]+["\w-]|(?:terraform|locals)[ \t]*\{)/m.test(
    text,
  );
}
