import type { ReportData, ReportedResult, ReportFinding } from '../data';
import { breakable, html, type Markup, nameMarkup, webLink, withCode } from './markup';
import { listSection, type PageSection, plainTable } from './section';

function lines(texts: readonly string[]): Markup {
  return html`${texts.map((text) => html`<span class="line">${breakable(text)}</span>`)}`;
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
      editionMarkup(edition, comparedOn, reference),
      html`${count}`,
      lines(versions),
      later === undefined ? html`none in this package` : laterMarkup(later, edition),
    ]);
    return plainTable(
      stacks.length === 1 ? `Documents of ${stacks[0]}` : `Documents of ${stacks.length} stacks`,
      columns,
      rows,
    );
  });
}

/** The hash of a commit in a web address, whose text never changes. */
const COMMIT = /\b[\da-f]{40}\b/;

function editionMarkup(edition: string, comparedOn: string, reference: string): Markup {
  const now = COMMIT.test(reference) ? undefined : html`<small>the link leads to the page as it is now</small>`;
  return html`${edition}<small>the port table was compared with the document on ${breakable(comparedOn)}</small>${now}`;
}

function laterMarkup(later: string, edition: string): Markup {
  const isDifferent = !later.endsWith('opens the same');
  const meaning = `This page is about ${edition}: what a later edition adds is neither opened nor asked for, until the requesting team takes that edition.`;
  return html`${breakable(later)}${isDifferent ? html`<small>${meaning}</small>` : undefined}`;
}

/** Renders warnings and other findings of `lint`, the most serious ones first. */
export function findingsSection({ findings }: ReportData): PageSection {
  const section = {
    id: 'findings',
    title: 'Warnings and findings',
    about:
      'What "cluster-ports lint" finds, the most serious first. Moved ports, omitted rows, later editions, and ports that are open to the world for a stated reason are in other parts of this page, and are not repeated here. What to do is for the team that owns the code, not for the firewall team.',
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
  const others = related.map((one) => html`<code>${breakable(one)}</code> `);
  return html`<li>
    <span class="badge ${level}">${level}</span>
    ${code === level ? undefined : html`<b>${code}</b> `}<code>${breakable(address)}</code>${where}
    <p>${breakable(message)}</p>
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
        html`<code>${breakable(address)}</code
          >${stack === undefined ? undefined : html`<small>stack ${stack}</small>`}`,
        breakable(reason),
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
    html`<span class="badge ${outcome.replace(' ', '-')}">${outcome}</span> ${breakable(name)}`,
    html`${nameMarkup(destination)}`,
    html`${message}${details.map((detail) => html`<small>${breakable(detail)}</small>`)}`,
  ];
}
