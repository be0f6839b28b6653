import type * as Hono from 'hono/html';
import { oneLine } from '../../../input';

/** HTML that is finished: `html` has escaped everything that was put into it. */
export type Markup = ReturnType<typeof Hono.raw>;

/** What can be put into HTML: text, which is escaped, or finished HTML; nothing for `undefined`. */
type Content = Markup | string | number | undefined | readonly Content[];

let library: typeof Hono | undefined;

/** Loaded on first use, because the main entry of the package must not depend on it. */
function hono(): typeof Hono {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  library ??= require('hono/html') as typeof Hono;
  return library;
}

/** Makes HTML of a template. Every text in it is escaped, on one line, and without characters that a reader cannot see. */
export function html(strings: TemplateStringsArray, ...parts: readonly Content[]): Markup {
  return hono().html(strings, ...parts.map(visible)) as Markup;
}

/** Text of programs is a primitive, and finished HTML is an object. */
function visible(part: Content): unknown {
  if (Array.isArray(part)) return part.map(visible);
  return typeof part === 'string' ? oneLine(part) : part;
}

/** Takes text that a program of this package made as finished HTML. Never the text of users or documents. */
export function trusted(text: string): Markup {
  return hono().raw(text);
}

/** The end of a line of the file. */
export const NEW_LINE = { toString: () => '\n', isEscaped: true } as unknown as Markup;

/** Escapes text of several lines for a `pre` element. */
export function preformatted(text: string): Markup {
  return html`<pre tabindex="0">${text.split('\n').map((line) => html`${line}${NEW_LINE}`)}</pre>`;
}

/** Links text to a page of the web. What is no web address is shown as text: it could be a script. */
export function webLink(text: Content, reference: string | undefined): Markup {
  if (reference === undefined || reference === '') return html`${text}`;
  const url = webAddress(reference);
  return url === undefined
    ? html`${text} (${reference})`
    : html`<a href="${url}" rel="noopener noreferrer">${text}</a>`;
}

function webAddress(reference: string): string | undefined {
  if (!/^https?:\/\//i.test(reference) || !URL.canParse(reference)) return undefined;
  return new URL(reference).href;
}

/** Links text to a part of the page. */
export function anchorLink(text: Content, anchor: string | undefined): Markup {
  return anchor === undefined ? html`${text}` : html`<a href="#${anchor}">${text}</a>`;
}

/** A name that somebody gave: its direction of writing does not move the text around it. */
export function nameMarkup(name: string): Markup {
  return html`<bdi>${breakable(name)}</bdi>`;
}

/** IP ranges, ports and days: they can only be read whole. A full IPv6 address can be longer than a column. */
const WHOLE =
  /(?<![\w.-])(?:\d+(?:[./-]\d+)+(?:\/[a-z]+)?|\d+\/[a-z]+|[\da-f]{0,4}:[\da-f]{0,4}:[\da-f:.]*(?:\/\d+)?)(?![\w/-])/gi;
const LONGEST_WHOLE = 24;

/** Text in which a browser breaks IP ranges, ports and days nowhere, and names after dots, slashes and underscores. */
export function breakable(text: string): Markup {
  const parts: Content[] = [];
  let end = 0;
  for (const { index, 0: whole } of text.matchAll(WHOLE)) {
    if (whole.length > LONGEST_WHOLE) continue;
    parts.push(withBreaks(text.slice(end, index)), html`<span class="whole">${whole}</span>`);
    end = index + whole.length;
  }
  return html`${parts}${withBreaks(text.slice(end))}`;
}

function withBreaks(text: string): Content {
  return text
    .split(/(?<=[a-z\d*][./_])(?=[a-z\d])|(?<=[\da-f]:)(?=[\da-f:])/i)
    .map((part, at) => (at === 0 ? part : html`<wbr />${part}`));
}

/** Text in which Markdown code is between backquotes. */
export function withCode(text: string): Markup {
  return html`${text.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** A count with its noun: `1 port`, `2 ports`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
