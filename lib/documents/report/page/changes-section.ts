import type { ReportChange, ReportChanges, ReportData, ReportRow } from '../data';
import { anchorLink, breakable, counted, html, type Markup, nameMarkup, preformatted, webLink } from './markup';
import {
  DESTINATION_COLUMN,
  DOCUMENT_COLUMN,
  OWNER_COLUMN,
  type PageFacts,
  pageFacts,
  PURPOSE_COLUMN,
  rowTable,
  SOURCE_COLUMN,
} from './row-table';
import { plainTable, type PageSection } from './section';

type ChangedRequest = NonNullable<ReportChanges['request']>;

const COLUMNS = [SOURCE_COLUMN, DESTINATION_COLUMN, PURPOSE_COLUMN, OWNER_COLUMN, DOCUMENT_COLUMN];

/** Renders what is different from an earlier day: for the firewall team, in what rules permit, and in whose the rows are. */
export function changesSection(data: ReportData): PageSection[] {
  const { changes } = data;
  if (changes === undefined) return [];
  const { since, request, owners, changes: all, notEvaluated } = changes;
  const count = (request === undefined ? 0 : request.open.length + request.close.length) + owners.length + all.length;
  const content = html`<p class="about">Compared with ${since}. What opens to the world comes first.</p>
    ${notComparedMarkup(changes)}${request && requestMarkup(request, pageFacts(data))}
    <h3>Permitted by rules</h3>
    ${trafficMarkup(changes)} ${ownersMarkup(changes)} ${notEvaluatedMarkup(notEvaluated)}`;
  return [{ id: 'changes', title: 'What changes', count, content }];
}

/** Renders why it is not known what has changed for the firewall team. */
export function notComparedMarkup({ since, reason }: ReportChanges): Markup | undefined {
  if (reason === undefined) return undefined;
  return html`<p class="alert">
    <b>What the firewall team must open is not compared with ${since}</b>, so that everything is listed: ${reason}.
  </p>`;
}

function requestMarkup({ open, close, unchanged, remarks, text }: ChangedRequest, page: PageFacts): Markup {
  const listed = (title: string, rows: readonly ReportRow[], isHome?: true): Markup =>
    html`<h3>${title}</h3>
      ${
        rows.length === 0
          ? html`<p class="nothing">Nothing.</p>`
          : rowTable(rows, { caption: title, columns: COLUMNS, page, isHome })
      }`;
  return html`${listed('To be opened by the firewall team', open)}
    ${listed('To be closed by the firewall team', close, true)}
    <p class="about">
      ${counted(unchanged, 'port or hostname', 'ports and hostnames')} of the firewall team unchanged.
    </p>
    ${list(remarks)}
    <details class="as-text" id="changes-text">
      <summary>The request for what changes as text, in the form of the document</summary>
      <button type="button" data-copy="changes-text" hidden>Copy</button>
      ${preformatted(text)}
    </details>`;
}

function list(texts: readonly string[]): Markup | undefined {
  if (texts.length === 0) return undefined;
  return html`<ul class="notes">
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ul>`;
}

function trafficMarkup({ changes, since }: ReportChanges): Markup {
  if (changes.length === 0) {
    return html`<p class="nothing">Nothing that is evaluated is different from ${since}.</p>`;
  }
  const columns = ['Change', 'At', 'Now', 'Before', 'Rows of this page', 'Rules', 'Document'];
  return plainTable('What rules permit', columns, changes.map(changeCells));
}

function changeCells(change: ReportChange): Markup[] {
  const { kind, isWorld, direction, before, after, packet, rules, rows, documents } = change;
  return [
    html`<span class="badge ${isWorld ? 'open-to-the-world' : 'change'}">${kind}</span
      >${isWorld ? ' open to the world' : undefined}<small>for example ${breakable(packet)}</small>`,
    html`${machinesOf(change)}<small>${direction}</small>`,
    reach(after),
    reach(before),
    rows.length === 0 ? html`none` : html`${rows.map(rowLink)}`,
    html`${rules.map((rule) => html`<code>${breakable(rule)}</code> `)}`,
    html`${documents.map(({ text, reference }) => html`<span class="line">${webLink(text, reference)}</span>`)}`,
  ];
}

/** Returns whose ports they are, by the names of this page; what has no row has the name that traffic gives it. */
function machinesOf({ at, direction, rows }: ReportChange): Markup {
  const ends = rows.map(({ source, destination }) => (direction === 'ingress' ? destination : source));
  if (ends.length === 0) return html`<code>${breakable(at)}</code>`;
  const once = new Map(ends.map((end) => [end.name, end]));
  return html`${[...once.values()].map(
    ({ name, anchor }) => html`<span class="line">${anchorLink(nameMarkup(name), anchor)}</span>`,
  )}`;
}

function rowLink({ anchor, ports, source, destination }: ReportRow): Markup {
  const text = `${ports.join(' ')} from ${source.name} to ${destination.name}`;
  return html`<span class="line">${anchorLink(breakable(text), anchor)}</span>`;
}

function reach(texts: readonly string[]): Markup {
  return texts.length === 0
    ? html`nothing`
    : html`${texts.map((text) => html`<code class="line">${breakable(text)}</code>`)}`;
}

function ownersMarkup({ owners }: ReportChanges): Markup | undefined {
  if (owners.length === 0) return undefined;
  return html`<h3>Owners, tickets and last days</h3>
    <ul class="notes">
      ${owners.map(({ address, text }) => html`<li><code>${breakable(address)}</code>: ${breakable(text)}</li>`)}
    </ul>`;
}

function notEvaluatedMarkup(notEvaluated: ReportChanges['notEvaluated']): Markup | undefined {
  if (notEvaluated.length === 0) return undefined;
  return html`<h3>New or changed, and not evaluated</h3>
    <ul class="notes">
      ${notEvaluated.map(({ address, reason }) => html`<li><code>${breakable(address)}</code>: ${breakable(reason)}</li>`)}
    </ul>`;
}
