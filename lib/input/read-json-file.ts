import { type FileContent, readFile, withoutMark } from './read-file';
import { refusal } from './refusal';
import { withRepeatedKeys } from './repeated-keys';

const MEGABYTE = 2 ** 20;
/** Twice the size of a plan with 100,000 rules. */
const MAX_MEGABYTES = 128;
/** What writes a plan as JSON. */
export const PLAN_AS_JSON = '"terraform show -json plan.out > plan.json"';

/**
 * Returns the parsed content of a JSON file, or of the Terraform JSON in the output of a wrapper. Throws if it is neither, or larger
 * than any stack. Errors quote nothing of a file that is not JSON, because it may contain secrets.
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
  if (wrapped !== undefined) return parsedOnly(wrapped);
  const got = insteadOfJson(text, place);
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
  if (/^\s*[[{]/.test(text) && !/[\]}]\s*$/.test(text)) return 'a truncated file';
  return /\{\s*"(?:format_version|\/\/|terraform)"\s*:/.test(text) ? SEVERAL : 'text that is not JSON';
}

function isHcl(text: string, file: string): boolean {
  if (/\.(?:tf|tofu|tfvars|hcl)$/.test(file)) return true;
  return /^[ \t]*(?:(?:resource|provider|variable|module|data|output)[ \t]+["\w-]|(?:terraform|locals)[ \t]*\{)/m.test(
    text,
  );
}

/** An object at the beginning of a line. */
const LINE = /(?<=^[ \t]*)\{(?=\s*["}])/gm;
/** A plan, a state or a stack anywhere in a line. */
const INLINE = /\{(?=\s*"(?:format_version|\/\/)"\s*:)/g;
const NEXT = /\s*(?=\{)/y;
/** A text, or a brace. The end of a text is optional, because the search for the end of every text in it would be quadratic. */
const TOKEN = /"[^"\\]*(?:\\[^][^"\\]*)*"?|[{}]/g;

/**
 * Returns the only Terraform JSON in the output of a wrapper, which prints lines before and after it. Returns nothing if it is
 * missing or not complete, or if there are several: which of them is meant would be a guess.
 */
function wrappedJson(text: string): string | undefined {
  const lines = terraformIn(text, LINE);
  // a wrapper may repeat the whole output within a line of its own
  const found = lines?.length === 0 ? terraformIn(text, INLINE) : lines;
  return found?.length === 1 ? found[0] : undefined;
}

/** Returns nothing if an object has no end. */
function terraformIn(text: string, begin: RegExp): string[] | undefined {
  const found: string[] = [];
  let [from, at] = [0, firstFrom(begin, text, 0)];
  while (at !== undefined) {
    const end = endOf(text, at);
    if (end === undefined) return undefined;
    const object = text.slice(at, end);
    if (isTerraform(object)) found.push(object);
    from = end;
    NEXT.lastIndex = from;
    at = NEXT.test(text) ? NEXT.lastIndex : firstFrom(begin, text, from);
  }
  return found;
}

function firstFrom(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index;
}

/** Returns where the object that begins at `from` ends. */
function endOf(text: string, from: number): number | undefined {
  TOKEN.lastIndex = from;
  let depth = 0;
  for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
    if (token[0] === '{') depth++;
    else if (token[0] === '}') depth--;
    if (depth === 0) return TOKEN.lastIndex;
  }
  return undefined;
}

function isTerraform(text: string): boolean {
  try {
    const json = JSON.parse(text) as Record<string, unknown>;
    return typeof json.format_version === 'string' || '//' in json || 'resource' in json || 'terraform' in json;
  } catch {
    return false;
  }
}
