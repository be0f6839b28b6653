import { oneLine } from './one-line';

/** What Markdown, the HTML in it, or GitHub (`$` formulas, `#1` references) takes for more than text. */
const MARKUP = /[\\`*_[\]<|~$&]|#(?=\d)/g;

/** Text as Markdown that reads as the same text. */
export function markdownText(text: string): string {
  return oneLine(text).replace(MARKUP, '\\$&');
}

/** Text as a code span, whatever is in it. Within a table a pipe must be escaped all the same. */
export function markdownCode(text: string): string {
  const line = oneLine(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const gap = longest > 0 || line.trim() === '' ? ' ' : '';
  return `${fence}${gap}${line}${gap}${fence}`;
}
