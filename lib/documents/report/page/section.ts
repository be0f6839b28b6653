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
