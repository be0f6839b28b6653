import type { ReportData, ReportEnd, ReportRow, RowMark } from '../data';
import type { RowFilter } from './filter-form';
import { anchorLink, breakable, html, type Markup, nameMarkup, NEW_LINE, webLink } from './markup';

/** Longer lists of IP ranges are only with the machines, and the row links to them. */
const MAX_RANGES = 4;

/** A column of a table of rows. */
export interface RowColumn {
  readonly title: string;
  readonly cell: (row: ReportRow, page: PageFacts) => Markup;
}

/** What rows of a page have. What none of them has is said once. */
export interface PageFacts {
  readonly hasStacks: boolean;
  readonly hasOwners: boolean;
  readonly hasImpacts: boolean;
}

/** Returns what at least one row of a page has. */
export function pageFacts({ stacks, rows, hostnames, changes }: ReportData): PageFacts {
  const all = [...rows, ...hostnames, ...(changes?.request?.close ?? [])];
  return {
    hasStacks: stacks.length > 1,
    hasOwners: all.some(({ ownership }) => ownership !== undefined),
    hasImpacts: all.some(({ isImpactKnown }) => isImpactKnown),
  };
}

/** Renders what no row of the page says. */
export function unsaidMarkup({ hasOwners, hasImpacts }: PageFacts): Markup | undefined {
  const unsaid = [
    ...(hasOwners ? [] : ['No row of this page has an owner, a ticket or a last day recorded.']),
    ...(hasImpacts ? [] : ['No document of this page says what fails if a port is closed.']),
  ];
  return unsaid.length === 0 ? undefined : html`<p class="about">${unsaid.join(' ')}</p>`;
}

/** The column of the ports, which link to the row itself or, outside of its own table, to the row in it. */
const PORT: RowColumn = {
  title: 'Port',
  cell: ({ anchor, ports, movedFrom, marks }) =>
    html`<a class="${portClass(ports)}" href="#${anchor}" title="Link to this row">${ports.join(' ')}</a>
      ${movedFrom === undefined ? undefined : html`<small class="moved-from">${movedFrom}</small>`} ${marks.map(badge)}`,
};

const LONGEST_PORT = '30000-32767/tcp'.length;

/** Returns the class of ports, which are never broken unless they are longer than a column. */
export function portClass(ports: readonly string[]): string {
  const isLong = ports.length > 1 || ports.some(({ length }) => length > LONGEST_PORT);
  return isLong ? 'port long' : 'port';
}

const STACK: RowColumn = { title: 'Stack', cell: ({ stack }) => nameMarkup(stack) };
export const SOURCE_COLUMN: RowColumn = { title: 'From', cell: ({ source }) => endMarkup(source) };
export const DESTINATION_COLUMN: RowColumn = { title: 'To', cell: ({ destination }) => endMarkup(destination) };

export const PURPOSE_COLUMN: RowColumn = { title: 'What for', cell: purposeMarkup };

/** The same, with everything else that is known about the row, folded. */
export const DETAILS_COLUMN: RowColumn = {
  title: 'What for',
  cell: (row, page) => html`${purposeMarkup(row, page)}${factsMarkup(row)}`,
};

export const OPENED_BY_COLUMN: RowColumn = { title: 'Opened by', cell: ({ openedBy }) => html`${openedBy}` };

export const DOCUMENT_COLUMN: RowColumn = {
  title: 'Document',
  cell: ({ document: { text, section, reference } }) =>
    html`${webLink(text, reference)}${
      section === undefined || section === '' ? undefined : html`<small>${section}</small>`
    }`,
};

/** Who wants a row, and until when; or that nobody says it. */
export const OWNER_COLUMN: RowColumn = {
  title: 'Owner',
  cell: ({ ownership }) => {
    if (ownership === undefined) return html`<small>no owner, ticket or last day recorded</small>`;
    const { owner, ticket, expires } = ownership;
    const until = expires === undefined ? html`no last day recorded` : html`until <span class="day">${expires}</span>`;
    return html`${owner}<small>${ticket === undefined ? 'no ticket recorded' : `ticket ${ticket}`}</small
      ><small>${until}</small>`;
  },
};

/** How a table of rows is shown. */
interface RowTableOptions {
  /** Only of tables that a script filters. */
  readonly id?: string;
  readonly caption: string;
  readonly columns: readonly RowColumn[];
  /** Whether the rows have their ids here, so that links lead to them. */
  readonly isHome?: true | undefined;
  readonly page: PageFacts;
  /** What a script filters the rows by. */
  readonly filters?: readonly RowFilter[];
}

/** Renders rows as a table. On narrow screens each row becomes a card, so each cell has the title of its column. */
export function rowTable(rows: readonly ReportRow[], options: RowTableOptions): Markup {
  const { id, caption, isHome, page, filters = [] } = options;
  const columns = [...(page.hasStacks ? [STACK] : []), ...options.columns].filter(
    (column) => column !== OWNER_COLUMN || page.hasOwners,
  );
  const heads = [PORT, ...columns].map(({ title }) => html`<th scope="col" data-column="${title}">${title}</th>`);
  const body = rows.map((row) => {
    const anchor = isHome ? html` id="${row.anchor}"` : undefined;
    const values = filters.map(({ name, valuesOf }) => html` data-${name}="${valuesOf(row).join('|')}"`);
    const cells = columns.map(({ title, cell }) => html`<td data-column="${title}">${cell(row, page)}</td>`);
    return html`<tr${anchor}${values}><th scope="row">${PORT.cell(row, page)}</th>${cells}</tr>${NEW_LINE}`;
  });
  const own = id === undefined ? undefined : html` id="${id}"`;
  return html`<table${own} class="rows${isHome ? ' home' : ''}"><caption>${caption}</caption><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table>`;
}

function purposeMarkup({ purpose, reason, impact }: ReportRow, { hasImpacts }: PageFacts): Markup {
  const closed =
    impact === undefined || !hasImpacts ? undefined : html`<small class="impact"><b>If closed:</b> ${impact}</small>`;
  const why = reason === undefined ? undefined : html`<small>${reason}</small>`;
  return html`${purpose}${why}${closed}`;
}

function factsMarkup({ facts }: ReportRow): Markup {
  const list = facts.map(({ label, lines, isOfDocument }) => {
    const kind = isOfDocument ? html` class="of-document"` : undefined;
    return html`<div${kind}><dt>${label}</dt>${lines.map((line) => html`<dd>${breakable(line)}</dd>`)}</div>`;
  });
  return html`<details>
    <summary>more</summary>
    <dl>${list}</dl>
  </details>`;
}

/** Renders what a reader should notice about a row. */
export function badge(mark: RowMark): Markup {
  return html`<span class="badge ${mark.replaceAll(' ', '-')}">${mark}</span>`;
}

/** Renders the end of a row: its name, and its IP ranges if they are few. */
export function endMarkup({ name, ranges, anchor }: ReportEnd): Markup {
  const shown =
    ranges.length > MAX_RANGES
      ? html`<small>${anchorLink(`${ranges.length} IP ranges`, anchor)}</small>`
      : ranges.filter((range) => range !== name).map((range) => html`<small class="range">${breakable(range)}</small>`);
  return html`<span class="end">${anchorLink(nameMarkup(name), anchor)}${shown}</span>`;
}
