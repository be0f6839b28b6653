import { createHash } from 'node:crypto';
import type { ReportData } from '../data';
import { changesSection } from './changes-section';
import { documentsSection, findingsSection, notEvaluatedSection, verificationSection } from './fact-sections';
import { glossarySection } from './glossary';
import { html, type Markup, trusted } from './markup';
import { pictureSection } from './picture-section';
import { requestSection } from './request-section';
import { hostnamesSection, markedSections, portsSection } from './row-sections';
import { HEAD_SCRIPT, PAGE_SCRIPT } from './script';
import type { PageSection } from './section';
import { PAGE_STYLE, paperStyle } from './style';
import { machinesSection, summarySection } from './summary';

/** With more rows, a browser lays out only the parts that a reader sees. */
const MANY_ROWS = 200;

/** Renders a report as one HTML file that needs nothing else: no network, and no script to be read. */
export function reportPage(data: ReportData): string {
  const { stacks } = data;
  const title = stacks.length === 1 ? `Ports of ${stacks[0]}` : `Ports of ${stacks.length} stacks`;
  const sections = sectionsOf(data);
  const head = html`<meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta http-equiv="Content-Security-Policy" content="${policy(title)}" />
    <meta name="color-scheme" content="light dark" />
    <title>${title}</title>
    ${trusted(`<style>${PAGE_STYLE}</style><style>${paperStyle(title)}</style><script>${HEAD_SCRIPT}</script>`)}`;
  const body = html`<a class="skip" href="#content">Skip the table of contents</a>
    <header><h1>${title}</h1></header>
    <div class="columns">
      <nav aria-label="Contents">
        <details open>
          <summary>Contents</summary>
          <ul>
            ${sections.map(entryOf)}
          </ul>
        </details>
      </nav>
      <main id="content" tabindex="-1">${sections.map(sectionMarkup)}</main>
    </div>
    ${trusted(`<script>${PAGE_SCRIPT}</script>`)}`;
  const size = data.rows.length + data.hostnames.length > MANY_ROWS ? ' class="large"' : '';
  return `<!doctype html>\n<html lang="en">\n<head>${String(head)}</head>\n<body${size}>${String(body)}</body>\n</html>\n`;
}

function sectionsOf(data: ReportData): PageSection[] {
  return [
    summarySection(data),
    ...changesSection(data),
    ...verificationSection(data),
    requestSection(data),
    pictureSection(data),
    portsSection(data),
    hostnamesSection(data),
    ...markedSections(data),
    findingsSection(data),
    documentsSection(data),
    machinesSection(data),
    notEvaluatedSection(data),
    glossarySection(),
  ];
}

/** Returns what a browser may load and run: only the style and the script of this package. */
function policy(title: string): string {
  const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const scripts = [HEAD_SCRIPT, PAGE_SCRIPT].map(hashOf).join(' ');
  return `default-src 'none'; style-src ${hashOf(PAGE_STYLE)} ${hashOf(paperStyle(title))}; script-src ${scripts}; base-uri 'none'; form-action 'none'`;
}

function entryOf({ id, title, count }: PageSection): Markup {
  return html`<li${count === 0 ? html` class="empty"` : undefined}><a href="#${id}">${title}</a>${
    count === undefined ? undefined : html` <span class="count">${count}</span>`
  }</li>`;
}

function sectionMarkup({ id, title, count, content }: PageSection): Markup {
  return html`<section id="${id}" ${count === 0 ? html` class="none"` : undefined} aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title} <a class="permalink" href="#${id}" aria-label="Link to ${title}">#</a></h2>
    ${content}
  </section> `;
}
