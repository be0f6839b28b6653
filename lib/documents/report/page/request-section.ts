import type { ReportData, ReportRequestEntry } from '../data';
import { counted, html, type Markup, preformatted } from './markup';
import {
  DOCUMENT_COLUMN,
  endMarkup,
  OWNERSHIP_COLUMNS,
  PURPOSE_COLUMN,
  rowTable,
  SOURCE_COLUMN,
  DESTINATION_COLUMN,
} from './row-table';
import type { PageSection } from './section';

/** Renders what the firewall team must open: an entry for each pair of ends, and the whole request to copy. */
export function requestSection({ request, checks, stacks }: ReportData): PageSection {
  const { sections, hostnames, missing, text } = request;
  const entries = sections.flatMap((section) => section.entries);
  const count = entries.reduce((sum, { rows }) => sum + rows.length, 0) + hostnames.length;
  const id = 'request';
  const title = 'To open by the firewall team';
  const external = html`${
    checks.length === 0
      ? undefined
      : html`<h3 id="external-checks">To be checked externally, as the document says</h3>
          <ul class="checks">
            ${checks.map(
              ({ topic, answer, isOpened }) => html`<li>${isOpened ? '☑' : '☐'} <b>${topic}</b>: ${answer}</li>`,
            )}
          </ul>`
  }`;
  if (count === 0) {
    const nothing = html`<p class="nothing">Nothing: these stacks open everything themselves.</p>
      ${external}`;
    return { id, title, count, content: nothing };
  }
  const content = html`<p class="about">
      ${counted(count, 'row')} for connections from the source to the destination. A stateful firewall lets their
      answers pass; else the way back must be open too.
    </p>
    ${
      missing.length === 0
        ? undefined
        : html`<p class="alert">
            <b>IP ranges are missing</b> for ${missing.join(', ')}. The requesting team must add them.
          </p>`
    }
    ${sections.map(
      ({ heading, entries: own }) =>
        html`${heading === undefined ? undefined : html`<h3>${heading}</h3>`}${own.map((entry) => entryMarkup(entry))}`,
    )}
    ${
      hostnames.length === 0
        ? undefined
        : html`<h3>Hostnames</h3>
            ${rowTable(hostnames, {
              caption: 'Hostnames to allow',
              columns: [SOURCE_COLUMN, DESTINATION_COLUMN, PURPOSE_COLUMN, DOCUMENT_COLUMN],
              hasStacks: stacks.length > 1,
            })}`
    }
    ${external}
    <details id="request-text">
      <summary>The request as text, in the form of the document</summary>
      <button type="button" data-copy="request-text" hidden>Copy</button>
      ${preformatted(text)}
    </details>`;
  return { id, title, count, content };
}

function entryMarkup({ sources, destination, routedTo, rows, notes }: ReportRequestEntry): Markup {
  return html`<div class="entry">
    <dl class="ends">
      <dt>From</dt>
      <dd>${sources.map(endMarkup)}</dd>
      <dt>To</dt>
      <dd>${endMarkup(destination)}</dd>
      ${
        routedTo === undefined
          ? undefined
          : html`<dt>Routed to</dt>
              <dd>${endMarkup(routedTo.members)} <code>${routedTo.port}</code></dd>`
      }
    </dl>
    ${rowTable(rows, {
      caption: `Ports from ${sources.map(({ name }) => name).join(', ')} to ${destination.name}`,
      columns: [...(sources.length > 1 ? [SOURCE_COLUMN] : []), PURPOSE_COLUMN, ...OWNERSHIP_COLUMNS, DOCUMENT_COLUMN],
      hasStacks: false,
    })}
    ${
      notes.length === 0
        ? undefined
        : html`<ul class="notes">
            ${notes.map((note) => html`<li>${note}</li>`)}
          </ul>`
    }
  </div>`;
}
