import type { Docs, Parameter } from '../jsii-assembly';

/** Returns a docstring in one piece. The compiler splits it after the first sentence, and sometimes within it. */
export function comment({ summary = '', remarks = '' }: Docs = {}): string {
  const isWhole = /[.!?:]$/.test(summary) || remarks === '';
  return `${summary}${isWhole ? '\n\n' : ' '}${remarks}`.trim();
}

/** Renders the parameters of a call. */
export function signature(parameters: readonly Parameter[] = []): string {
  return parameters
    .map(({ name, optional, variadic }) => `${variadic ? '...' : ''}${name}${optional && !variadic ? '?' : ''}`)
    .join(', ');
}

/** Renders a table; empty text if there are no rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return rows.length === 0 ? '' : [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Joins a paragraph into one line, for a cell of a table. */
export function oneLine(text: string): string {
  return text
    .trim()
    .replaceAll(/\n+- /g, '<br>• ')
    .replaceAll(/\s*\n\s*/g, ' ');
}

/** Joins parts with an empty line between them, and leaves out empty parts. */
export function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
