import { html, type Markup } from './markup';

/** A part of the page with a place in the table of contents. */
export interface PageSection {
  readonly id: string;
  readonly title: string;
  /** How much is in it, for the table of contents; absent if it is no list. */
  readonly count?: number;
  readonly content: Markup;
}

/** Returns a section that says what it is about, and that there is nothing if there is nothing: silence could mean anything. */
export function listSection(
  { id, title, about, nothing }: { id: string; title: string; about: string; nothing: string },
  items: readonly unknown[],
  content: () => Markup,
): PageSection {
  const list =
    items.length === 0
      ? html`<p class="nothing">${nothing}</p>`
      : html`<p class="about">${about}</p>
          ${content()}`;
  return { id, title, count: items.length, content: list };
}

/** Renders a table with a head and rows of cells. The first cell of each row is its header. */
export function plainTable(caption: string, columns: readonly string[], rows: readonly (readonly Markup[])[]): Markup {
  const heads = columns.map((title) => html`<th scope="col">${title}</th>`);
  const body = rows.map(([first, ...cells]) => {
    const others = cells.map((cell, at) => html`<td data-column="${columns[at + 1]}">${cell}</td>`);
    return html`<tr>
      <th scope="row">${first}</th>
      ${others}
    </tr>`;
  });
  return html`<table class="rows">
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${heads}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table>`;
}
