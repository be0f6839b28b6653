import type { ReportData, ReportRequestEntry, ReportRow, ReportTopic } from '../data';
import { counted, html, type Markup, preformatted } from './markup';
import {
  badge,
  DESTINATION_COLUMN,
  DOCUMENT_COLUMN,
  endMarkup,
  OWNER_COLUMN,
  type PageFacts,
  pageFacts,
  portClass,
  PURPOSE_COLUMN,
  rowTable,
  SOURCE_COLUMN,
  unsaidMarkup,
} from './row-table';
import type { PageSection } from './section';

/** Renders what the firewall team must open: an entry for each pair of ends, and the whole request to copy. */
export function requestSection(data: ReportData): PageSection {
  const { request, checks, stacks } = data;
  const page = pageFacts(data);
  const { sections, hostnames, missing, text } = request;
  const { length: ports } = sections.flatMap(({ entries }) => entries.flatMap(({ rows }) => rows));
  const count = ports + hostnames.length;
  const section = { id: 'request', title: 'To be opened by the firewall team', count };
  if (count === 0) {
    const nothing = html`<p class="nothing">
      Nothing:
      ${stacks.length === 1 ? 'this stack opens everything itself' : 'these stacks open everything themselves'}.
    </p>`;
    return { ...section, content: html`${nothing}${checksMarkup(checks)}` };
  }
  const parts = [
    ...(ports > 0 ? [counted(ports, 'row')] : []),
    ...(hostnames.length > 0 ? [counted(hostnames.length, 'hostname')] : []),
  ];
  const over = request.ipVersion === undefined ? '' : `, all over ${request.ipVersion}`;
  const about = `${parts.join(' and ')}${over}, from the source, which begins, to the destination. A stateful firewall lets their answers pass; with any other, open the way back too. What a port is for is quoted from its source. How to try it, where that is possible, is under "more" in All ports.${areHeaded(sections) ? " The headings are those of the vendor's form." : ''}`;
  const ofSections = sections.map(({ heading, entries }) => {
    const title = heading === undefined ? undefined : html`<h3>${heading}</h3>`;
    return html`${title}${entries.map((entry) => entryMarkup(entry, page))}`;
  });
  const content = html`<p class="about">${about}</p>
    ${unsaidMarkup(page)}
    ${missingMarkup(missing)}${ofSections}${hostnamesMarkup(hostnames, page)}${checksMarkup(checks)}
    <details class="as-text" id="request-text">
      <summary>The whole request as text, in the form of the document${rangeForm(text)}</summary>
      <button type="button" data-copy="request-text" hidden>Copy</button>
      ${preformatted(text)}
    </details>`;
  return { ...section, content };
}

/** Whether a section has the heading of a vendor's form. */
function areHeaded(sections: ReportData['request']['sections']): boolean {
  return sections.some(({ heading }) => heading !== undefined);
}

/** Says how the text writes ranges of ports: as the document, and not as the page. */
function rangeForm(text: string): string | undefined {
  const range = /\b\d+:\d+(?=\/(?:tcp|udp|sctp)\b)/.exec(text)?.[0];
  return range === undefined ? undefined : `, which writes ${range.replace(':', '-')} as ${range}`;
}

function missingMarkup(missing: readonly string[]): Markup | undefined {
  if (missing.length === 0) return undefined;
  return html`<p class="alert">
    <b>IP ranges are missing</b> for ${missing.join(', ')}. The requesting team must add them.
  </p>`;
}

function entryMarkup(entry: ReportRequestEntry, page: PageFacts): Markup {
  const { sources, destination, routedTo, routedBy, rows, notes } = entry;
  const caption = `Ports from ${sources.map(({ name }) => name).join(', ')} to ${destination.name}`;
  const ofSources = sources.length > 1 ? [SOURCE_COLUMN] : [];
  const columns = [...ofSources, PURPOSE_COLUMN, OWNER_COLUMN, DOCUMENT_COLUMN];
  const routing =
    routedTo &&
    html`<div>
      <dt>Routed to</dt>
      <dd>${endMarkup(routedTo.members)}</dd>
      <dd><code>${routedTo.port}</code></dd>
    </div>`;
  const router =
    routedBy &&
    html`<div>
      <dt>Routed by</dt>
      <dd>${endMarkup(routedBy)}</dd>
    </div>`;
  return html`<div class="entry">
    <dl class="ends">
      <div>
        <dt>From</dt>
        <dd>${sources.map(endMarkup)}</dd>
      </div>
      <div>
        <dt>To</dt>
        <dd>${endMarkup(destination)}</dd>
      </div>
      ${router}${routing}
      <div class="on-paper">
        <dt>Ports</dt>
        ${paperPorts(rows)}
      </div>
    </dl>
    ${rowTable(rows, { caption, columns, page: { ...page, hasStacks: false } })}
    ${
      notes.length === 0
        ? undefined
        : html`<ul class="notes">
            ${notes.map((note) => html`<li>${note}</li>`)}
          </ul>`
    }
  </div>`;
}

/** Renders the ports of a card on paper, where its table is left out: each once, however many sources have it. */
function paperPorts(rows: readonly ReportRow[]): Markup[] {
  const once = new Map(rows.map((row) => [JSON.stringify([row.ports, row.purpose, row.marks]), row]));
  return [...once.values()].map(
    ({ ports, purpose, marks }) =>
      html`<dd><b class="${portClass(ports)}">${ports.join(' ')}</b> ${purpose} ${marks.map(badge)}</dd>`,
  );
}

function hostnamesMarkup(hostnames: readonly ReportRow[], page: PageFacts): Markup | undefined {
  if (hostnames.length === 0) return undefined;
  const columns = [SOURCE_COLUMN, DESTINATION_COLUMN, PURPOSE_COLUMN, OWNER_COLUMN, DOCUMENT_COLUMN];
  return html`<h3>Hostnames</h3>
    <p class="on-paper">${counted(hostnames.length, 'hostname')}: see Hostnames, opened by the firewall team.</p>
    ${rowTable(hostnames, { caption: 'Hostnames to allow', columns, page })}`;
}

function checksMarkup(checks: readonly ReportTopic[]): Markup | undefined {
  if (checks.length === 0) return undefined;
  const items = checks.map(
    ({ topic, answer, isOpened }) => html`<li>${isOpened ? '[x]' : '[ ]'} <b>${topic}</b>: ${answer}</li>`,
  );
  return html`<h3 id="external-checks">To be checked externally, as the document says</h3>
    <p class="about">
      For the requesting team: the document leaves these to others. Names that end with Rules are constructs in its
      code.
    </p>
    <ul class="checks">
      ${items}
    </ul>`;
}
