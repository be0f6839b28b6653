/** Where text begins that is neither JSON nor of a wrapper. `line` counts from 1. */
export interface OtherText {
  readonly line: number;
  readonly where: 'before' | 'after';
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
 * missing or not complete, or if there are several: which of them is meant would be a guess. Text that no known wrapper prints is
 * never dropped: it may be a part of the JSON, or the message of an error.
 */
export function wrappedJson(text: string): { readonly json: string } | OtherText | undefined {
  const lines = terraformIn(text, LINE);
  // a wrapper may repeat the whole output within a line of its own
  const found = lines?.length === 0 ? terraformIn(text, INLINE) : lines;
  if (found?.length !== 1) return undefined;
  const [{ from, to }] = found;
  const [before, after] = [unknownBefore(text.slice(0, from)), unknownAfter(text.slice(to))];
  if (before !== undefined) return { line: 1 + before, where: 'before' };
  if (after !== undefined) return { line: linesIn(text.slice(0, to)) + after, where: 'after' };
  return { json: text.slice(from, to) };
}

/** Returns where text begins after a complete object at the beginning. Returns nothing if there is none. */
export function textAfterObject(text: string): OtherText | undefined {
  const from = text.search(/\S/);
  const end = text[from] === '{' ? endOf(text, from) : undefined;
  if (end === undefined || jsonOf(text.slice(from, end)) === undefined) return undefined;
  const rest = text.slice(end).search(/\S/);
  return rest === -1 ? undefined : { line: linesIn(text.slice(0, end + rest)), where: 'after' };
}

interface Place {
  readonly from: number;
  readonly to: number;
}

/** Returns nothing if an object has no end. */
function terraformIn(text: string, begin: RegExp): Place[] | undefined {
  const found: Place[] = [];
  let [from, at] = [0, firstFrom(begin, text, 0)];
  while (at !== undefined) {
    const end = endOf(text, at);
    if (end === undefined) return undefined;
    if (isTerraform(text.slice(at, end))) found.push({ from: at, to: end });
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
  const json = jsonOf(text) as Record<string, unknown> | undefined;
  if (json === undefined) return false;
  return typeof json.format_version === 'string' || '//' in json || 'resource' in json || 'terraform' in json;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function linesIn(text: string): number {
  return text.split('\n').length;
}

/** Returns the index of the first line in front of the JSON that no wrapper prints. The last one is the beginning of the JSON's. */
function unknownBefore(text: string): number | undefined {
  const lines = text.split('\n');
  return firstIndex(lines, (line, index) =>
    index === lines.length - 1 ? isBlank(line) || PREFIX.test(line) : isOfWrapper(line),
  );
}

/** Returns the index of the first line behind the JSON that no wrapper prints. The first one is the rest of the JSON's. */
function unknownAfter(text: string): number | undefined {
  return firstIndex(text.split('\n'), (line, index) =>
    index === 0 ? isBlank(line) || GITHUB_COMMAND.test(line) : isOfWrapper(line),
  );
}

/** A sequence that sets the colour of text. */
const COLOUR = /\u001b\[[\d;]*m/g;

function firstIndex(lines: readonly string[], isKnown: (line: string, index: number) => boolean): number | undefined {
  const found = lines.findIndex((line, index) => !isKnown(line.replaceAll(COLOUR, '').trimEnd(), index));
  return found === -1 ? undefined : found;
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}

function isOfWrapper(line: string): boolean {
  return isBlank(line) || OF_WRAPPERS.some((pattern) => pattern.test(line)) || isLogInJson(line);
}

/** Whether a line is that of a log in JSON, as of Terragrunt and pino, which tells of no error. */
function isLogInJson(line: string): boolean {
  if (!line.startsWith('{')) return false;
  const json = jsonOf(line) as Readonly<Record<string, unknown>> | undefined;
  const { level, msg, message } = json ?? {};
  if (typeof level === 'number') return level < PINO_ERROR && typeof msg === 'string';
  const isMessage = typeof msg === 'string' || typeof message === 'string';
  return typeof level === 'string' && isMessage && /^(?:trace|debug|info|notice|warn|warning|stdout)$/i.test(level);
}

const PINO_ERROR = 50;
/** A command of GitHub's runner, except that of an error. */
const GITHUB_COMMAND = /^::(?:debug|notice|warning|set-output|save-state|add-mask|group|endgroup)(?: [^:]*)?::/;
/** What Terragrunt prints in front of each line of Terraform's output. */
const PREFIX = /^(?:\d\d:\d\d:\d\d\.\d{3} STDOUT +(?:\[[^\]]*\] )?(?:[-\w.]+:)?|STDO\[\d+\]|\[[^\]]*\])$/;

/**
 * The lines that wrappers print before and after the output of Terraform, each beginning at the beginning of the line. Lines with which
 * a wrapper reports an error are not among them.
 */
const OF_WRAPPERS: readonly RegExp[] = [
  GITHUB_COMMAND,
  // runners of GitHub and Azure
  /^(?:##)?\[command\]/,
  /^##\[(?:section|debug|group|endgroup)\]/,
  // GNU make, also in a directory of its own
  /^g?make(?:\[\d+\])?: (?:Entering|Leaving) directory /,
  // npm, pnpm, yarn, bun, and shells that trace: the command that they run
  /^(?:>|\$|\++) /,
  // yarn
  /^yarn run v\d/,
  /^(?:✨ +)?Done in \d/,
  // Task and direnv
  /^(?:task: \[|direnv: (?:loading|using|export) )/,
  // Terragrunt, in each of its formats
  /^\d\d:\d\d:\d\d\.\d{3} (?:WARN|INFO|DEBUG|TRACE) /,
  /^(?:WARN|INFO|DEBU|TRAC)\[\d+\]/,
  /^time=\S+ level=(?:warn|warning|info|debug|trace)\b/,
  // the command itself, as make prints it
  /^(?:[^{}"]{0,500}(?:&&|;) *)?(?:\S{0,500}\/)?(?:terraform|tofu|terragrunt)(?:-bin)? (?:-\S+ )*show\b[^{}]*$/,
];
