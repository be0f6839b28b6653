import { oneLine } from '../input';

/** What GitHub or GitLab turn into something else than text. */
const ACTIVE = [
  // emphasis, links, images, tables, HTML, formulas, references (`#12`, `&12`, `$12`, `~label`, `[wiki_page:x]`), escapes
  /[`*_[\]{}<>|~$&#^\\]/,
  // mentions, e-mail addresses, `project@commit`
  /(?<![a-z\d])@|@(?![a-z\d])|@.*\.|@[\da-f]{7}/i,
  /:\/\/|www\./i,
  /:[\w+-]+(?::|$)/, // emoji
  /\bGH(?:SA)?-/i, // issues and advisories
  /\b[A-Z][A-Z\d_]+-\d/, // tickets of other systems
  /(?<![a-z\d])[\da-f]{7,}(?![a-z\d])/i, // commits
  /[!%][\w"]/, // merge requests and milestones
];
/** A first word that begins a list. */
const LIST_MARKER = /^(?:[-+]|\d+[.)])$/;
/** Punctuation at the end of a word, which belongs to the sentence. */
const END_OF_WORD = /^(.*?)((?:[.,;]|(?<!:):)*)$/s;
/** A word that needs no quotes. */
const PLAIN = /^[\w@%+=:,./-]+$/;
const VARIABLE = /^[a-z_][a-z0-9_]*$/;

/**
 * Returns text as Markdown in which GitHub and GitLab find nothing but this text: no mention, link, reference, emoji or markup. Words
 * that could be more than text become code, because both leave code alone. An escape would not help: they look for mentions and
 * references in what Markdown has rendered.
 */
export function markdownText(text: string): string {
  return oneLine(text).replace(/\S+/g, (word, at: number) => {
    if (!isActive(word) && !(at === 0 && LIST_MARKER.test(word))) return word;
    const [, core, end] = END_OF_WORD.exec(word)!;
    return markdownCode(core) + end;
  });
}

function isActive(word: string): boolean {
  return ACTIVE.some((form) => form.test(word));
}

/** Returns any text as code of Markdown. Pipes are outside of the code, because they would end the cell of a table. */
export function markdownCode(text: string): string {
  return oneLine(text)
    .split('|')
    .map((part) => (part === '' ? '' : codeSpan(part)))
    .join('&#124;');
}

function codeSpan(text: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  const fence = '`'.repeat(longest + 1);
  const gap = /^ | $|`/.test(text) && text.trim() !== '' ? ' ' : '';
  return `${fence}${gap}${text}${gap}${fence}`;
}

/** Renders JSON for programs. Invisible characters are escaped, because a terminal would obey them. */
export function jsonText(value: object): string {
  return `${JSON.stringify(value, undefined, 2).split('\n').map(oneLine).join('\n')}\n`;
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
