import { oneLine } from './one-line';

const PLAIN = /^[\w@%+=:,./-]+$/;
const VARIABLE = /^[a-z_][a-z0-9_]*$/;

/** What a word of a command is made of: text, and variables of the shell. */
export type ShellPart = string | { readonly variable: string };

/** One word of a command. */
export type ShellWord = ShellPart | readonly ShellPart[];

/** A word as every POSIX shell reads it: text stays text. */
export function shellWord(word: ShellWord): string {
  const parts = Array.isArray(word) ? (word as readonly ShellPart[]) : [word as ShellPart];
  return parts.map((part) => (typeof part === 'string' ? quoted(part) : expansion(part.variable))).join('') || "''";
}

/** A command over several lines, an option to a line, in the manner of the vendors' documents. */
export function shellCommand(words: readonly ShellWord[], options: readonly (readonly ShellWord[])[]): string {
  const lines = [words, ...options].map((line) => line.map(shellWord).join(' '));
  return lines.join(' \\\n');
}

/** A comment, which is one line whatever is in it. */
export function shellComment(text: string): string {
  return `# ${oneLine(text)}`;
}

function quoted(text: string): string {
  const line = oneLine(text);
  return PLAIN.test(line) ? line : `'${line.replaceAll("'", "'\\''")}'`;
}

function expansion(variable: string): string {
  if (!VARIABLE.test(variable)) throw new Error(`a variable of the shell must be a name, got ${variable}`);
  return `"$${variable}"`;
}
