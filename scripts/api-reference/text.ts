import type { Docs, Parameter } from '../jsii-assembly';

/** A comment as it was written: the compiler cuts it after the first sentence, and sometimes in it. */
export function comment({ summary = '', remarks = '' }: Docs = {}): string {
  const isWhole = /[.!?:]$/.test(summary) || remarks === '';
  return `${summary}${isWhole ? '\n\n' : ' '}${remarks}`.trim();
}

/** The parameters of a call, as a reader writes it. */
export function signature(parameters: readonly Parameter[] = []): string {
  return parameters
    .map(({ name, optional, variadic }) => `${variadic ? '...' : ''}${name}${optional && !variadic ? '?' : ''}`)
    .join(', ');
}

/** A table; nothing without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return rows.length === 0 ? '' : [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A paragraph in one line, as a cell of a table needs it. */
export function oneLine(text: string): string {
  return text
    .trim()
    .replaceAll(/\n+- /g, '<br>• ')
    .replaceAll(/\s*\n\s*/g, ' ');
}

/** Parts with an empty line between them; empty parts are left out. */
export function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
