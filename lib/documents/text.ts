/** Characters that could end a line, move the cursor or change the direction of text. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Characters with a meaning in Markdown, in HTML, or on GitHub (`$` formulas, `#1` references). */
const MARKUP = /[\\`*_[\]<|~$&]|#(?=\d)/g;
/** A word that needs no quotes. */
const PLAIN = /^[\w@%+=:,./-]+$/;
const VARIABLE = /^[a-z_][a-z0-9_]*$/;

/** Returns any text on one line, with invisible characters escaped as in JSON. */
export function oneLine(text: string): string {
  return text.replace(
    UNPRINTABLE,
    (character) => SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Escapes text for Markdown. */
export function markdownText(text: string): string {
  return oneLine(text).replace(MARKUP, '\\$&');
}

/** Returns any text as a code span of Markdown. In tables, a pipe must be escaped in code too. */
export function markdownCode(text: string): string {
  const line = oneLine(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const gap = longest > 0 || line.trim() === '' ? ' ' : '';
  return `${fence}${gap}${line}${gap}${fence}`;
}

/** A part of a word in a shell command: text or a variable. */
export type ShellPart = string | { readonly variable: string };

/** One word of a shell command. */
export type ShellWord = ShellPart | readonly ShellPart[];

/** Quotes a word for any POSIX shell. */
export function shellWord(word: ShellWord): string {
  const parts = Array.isArray(word) ? (word as readonly ShellPart[]) : [word as ShellPart];
  return parts.map((part) => (typeof part === 'string' ? quoted(part) : expansion(part.variable))).join('') || "''";
}

/** Renders a command with one option per line, as vendors print it. */
export function shellCommand(words: readonly ShellWord[], options: readonly (readonly ShellWord[])[]): string {
  const lines = [words, ...options].map((line) => line.map(shellWord).join(' '));
  return lines.join(' \\\n');
}

/** Renders any text as a shell comment on one line. */
export function shellComment(text: string): string {
  return `# ${oneLine(text)}`;
}

function quoted(text: string): string {
  const line = oneLine(text);
  return PLAIN.test(line) ? line : `'${line.replaceAll("'", "'\\''")}'`;
}

function expansion(variable: string): string {
  if (!VARIABLE.test(variable)) throw new Error(`a shell variable must be a name, got ${variable}`);
  return `"$${variable}"`;
}
