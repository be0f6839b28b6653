import type { ReportChange, ReportData, ReportedResult, ReportFinding } from '../data';
import { counted, html, type Markup, webLink, withCode } from './markup';
import { listSection, type PageSection } from './section';

/** Renders a table with a head and rows of cells. The first cell of each row is its header. */
function plainTable(caption: string, columns: readonly string[], rows: readonly (readonly Markup[])[]): Markup {
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

function lines(texts: readonly string[]): Markup {
  return html`${texts.map((text) => html`<span class="line">${text}</span>`)}`;
}

/** Renders the documents in use: their editions, the versions that they were checked for, and later editions. */
export function documentsSection({ documents, stacks }: ReportData): PageSection {
  const section = {
    id: 'documents',
    title: 'Documents, editions and versions',
    about: 'Where the rows come from, since which edition, and what a later edition would change.',
    nothing: 'No document is in use.',
  };
  const columns = ['Document', 'Edition', 'Rows', 'Versions', 'Later edition'];
  return listSection(section, documents, () => {
    const rows = documents.map(({ key, title, edition, reference, comparedOn, versions, later, rows: count }) => [
      html`${webLink(title, reference)}<small><code>${key}</code></small>`,
      html`${edition}<small>compared with it on ${comparedOn}</small>`,
      html`${count}`,
      html`${versions.length === 0 ? 'the document names none' : lines(versions)}`,
      html`${later ?? 'none in this package'}`,
    ]);
    return plainTable(`Documents of ${counted(stacks.length, 'stack')}`, columns, rows);
  });
}

/** Renders warnings and other findings of `lint`, the most serious ones first. */
export function findingsSection({ findings }: ReportData): PageSection {
  const section = {
    id: 'findings',
    title: 'Warnings and findings',
    about:
      'What "cluster-ports lint" finds, the most serious first. What has a part of its own on this page is left out here.',
    nothing: 'Nothing was found in what could be evaluated.',
  };
  return listSection(
    section,
    findings,
    () =>
      html`<ul class="findings">
        ${findings.map(findingMarkup)}
      </ul>`,
  );
}

function findingMarkup({ level, code, stack, address, message, fix, related }: ReportFinding): Markup {
  const where = stack === undefined ? undefined : html` in ${stack}`;
  const others = related.map((one) => html`<code>${one}</code> `);
  return html`<li>
    <span class="badge ${level}">${level}</span>
    ${code === level ? undefined : html`<b>${code}</b> `}<code>${address}</code>${where}
    <p>${message}</p>
    ${fix === undefined ? undefined : html`<p class="fix"><b>What to do:</b> ${withCode(fix)}</p>`}
    ${related.length === 0 ? undefined : html`<p class="related">Related: ${others}</p>`}
  </li>`;
}

/** Renders what the page cannot know. */
export function notEvaluatedSection({ notEvaluated }: ReportData): PageSection {
  const section = {
    id: 'not-evaluated',
    title: 'Not evaluated',
    about: 'These affect traffic and could not be evaluated: more or less may be open than this page says.',
    nothing: 'Everything that is read could be evaluated.',
  };
  return listSection(section, notEvaluated, () =>
    plainTable(
      section.title,
      ['What', 'Why'],
      notEvaluated.map(({ address, reason, stack }) => [
        html`<code>${address}</code>${stack === undefined ? undefined : html`<small>stack ${stack}</small>`}`,
        html`${reason}`,
      ]),
    ),
  );
}

/** Renders the results of `verify`, the failed ones first. */
export function verificationSection({ verification }: ReportData): PageSection[] {
  if (verification === undefined) return [];
  const { file, results, remarks } = verification;
  const counts = (['failed', 'passed', 'not tried'] as const).map((outcome) => ({
    outcome,
    of: results.filter((result) => result.outcome === outcome),
  }));
  const summary = counts.map(({ outcome, of }) => `${of.length} ${outcome}`).join(', ');
  const rows = counts.flatMap(({ of }) => of).map(resultCells);
  const content = html`<p class="about">${summary}, in ${file}.</p>
    ${results.length === 0 ? undefined : plainTable('Results', ['Check', 'Destination', 'Result'], rows)}
    ${
      remarks.length === 0
        ? undefined
        : html`<ul class="notes">
            ${remarks.map((remark) => html`<li>${remark}</li>`)}
          </ul>`
    }`;
  return [{ id: 'verification', title: 'Verification', count: results.length, content }];
}

function resultCells({ outcome, destination, name, message, details }: ReportedResult): Markup[] {
  return [
    html`<span class="badge ${outcome.replace(' ', '-')}">${outcome}</span> ${name}`,
    html`<bdi>${destination}</bdi>`,
    html`${message}${details.map((detail) => html`<small>${detail}</small>`)}`,
  ];
}

/** Renders what is different from an earlier configuration. */
export function changesSection({ changes }: ReportData): PageSection[] {
  if (changes === undefined) return [];
  const { since, changes: all, notEvaluated } = changes;
  const section = {
    id: 'changes',
    title: 'What changes',
    about: `Compared with ${since}. What opens to the world comes first.`,
    nothing: `Nothing that is evaluated is different from ${since}.`,
  };
  const columns = ['Change', 'At', 'Now', 'Before', 'Rules', 'Document'];
  const listed = listSection(section, all, () => plainTable(section.title, columns, all.map(changeCells)));
  if (notEvaluated.length === 0) return [listed];
  const more = html`<h3>New or changed, and not evaluated</h3>
    <ul>
      ${notEvaluated.map(({ address, reason }) => html`<li><code>${address}</code>: ${reason}</li>`)}
    </ul>`;
  return [{ ...listed, content: html`${listed.content}${more}` }];
}

function changeCells({
  kind,
  isWorld,
  direction,
  at,
  before,
  after,
  packet,
  rules,
  documents,
}: ReportChange): Markup[] {
  return [
    html`<span class="badge ${isWorld ? 'open-to-the-world' : 'change'}">${kind}</span
      >${isWorld ? ' open to the world' : undefined}<small>for example ${packet}</small>`,
    html`<code>${at}</code><small>${direction}</small>`,
    reach(after),
    reach(before),
    html`${rules.map((rule) => html`<code>${rule}</code> `)}`,
    html`${documents.map(({ text, reference }) => html`<span class="line">${webLink(text, reference)}</span>`)}`,
  ];
}

function reach(texts: readonly string[]): Markup {
  return texts.length === 0 ? html`nothing` : html`${texts.map((text) => html`<code class="line">${text}</code>`)}`;
}
