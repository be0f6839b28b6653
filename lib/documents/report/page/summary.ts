import type { ReportData, RowMark } from '../data';
import { counted, html, type Markup } from './markup';
import type { PageSection } from './section';

/** A number at the top of the page, and where the page explains it. */
interface Figure {
  readonly count: number;
  readonly text: string;
  readonly section: string;
  /** Whether somebody should look at it if it is not zero. */
  readonly isConcern?: true;
}

/** Renders what the page is about, and what a reader should know first. */
export function summarySection(data: ReportData): PageSection {
  const { stacks, paths, today, version } = data;
  const names = stacks.length === 0 ? 'no stack that opens a port' : stacks.join(', ');
  const content = html`<p>
      This page says who may reach whom on which ports, what for, which document asks for it, and what the firewall team
      must open.
    </p>
    <dl class="about-page">
      <dt>${stacks.length === 1 ? 'Stack' : 'Stacks'}</dt>
      <dd>${names}</dd>
      <dt>Read from</dt>
      <dd>${paths.join(', ')}</dd>
      <dt>Date</dt>
      <dd>${today}, by cluster-ports ${version}</dd>
    </dl>
    <ul class="figures">
      ${figuresOf(data).map(figureMarkup)}
    </ul>`;
  return { id: 'summary', title: 'At a glance', content };
}

function figuresOf(data: ReportData): Figure[] {
  const { rows, hostnames, request, findings, notEvaluated, verification, changes } = data;
  const all = [...rows, ...hostnames];
  const marked = (mark: RowMark): number => all.filter(({ marks }) => marks.includes(mark)).length;
  const asked = request.sections.flatMap(({ entries }) => entries.flatMap((entry) => entry.rows));
  const failed = verification?.results.filter(({ outcome }) => outcome === 'failed').length ?? 0;
  const serious = findings.filter(({ level }) => level !== 'information').length;
  return [
    { count: asked.length + request.hostnames.length, text: 'for the firewall team to open', section: 'request' },
    { count: rows.length, text: rows.length === 1 ? 'port in all' : 'ports in all', section: 'ports' },
    ...some({ count: hostnames.length, text: 'hostnames', section: 'hostnames' }),
    { count: marked('open to the world'), text: 'open to the world', section: 'world', isConcern: true },
    ...some({ count: marked('supplement'), text: 'not in the document: supplements', section: 'supplements' }),
    ...some({ count: marked('moved'), text: 'moved to a different port', section: 'moved' }),
    { count: marked('not documented'), text: 'open and not documented', section: 'undocumented', isConcern: true },
    { count: serious, text: 'errors and warnings', section: 'findings', isConcern: true },
    { count: notEvaluated.length, text: 'not evaluated', section: 'not-evaluated', isConcern: true },
    ...(verification === undefined
      ? []
      : [{ count: failed, text: 'checks failed', section: 'verification', isConcern: true } as const]),
    ...(changes === undefined ? [] : [{ count: changes.changes.length, text: 'changes', section: 'changes' }]),
  ];
}

/** A figure that says nothing if it is zero. */
function some(figure: Figure): Figure[] {
  return figure.count > 0 ? [figure] : [];
}

function figureMarkup({ count, text, section, isConcern }: Figure): Markup {
  const kind = isConcern && count > 0 ? 'concern' : 'plain';
  return html`<li class="${kind}">
    <a href="#${section}"><b>${count}</b> ${text}</a>
  </li>`;
}

/** Renders the machines, with all their IP ranges. */
export function machinesSection({ machines, stacks }: ReportData): PageSection {
  const hasStacks = stacks.length > 1;
  const columns = [...(hasStacks ? ['Stack'] : []), 'IP ranges', 'Where'];
  const rows = machines.map(({ anchor, stack, name, ranges, missing, place, zones, isExternal }) => {
    const where = [
      ...(isExternal ? ['external hosts, behind the firewall of the firewall team'] : []),
      ...(place === '' ? [] : [place]),
      ...zones.map((zone) => `${zone} network zone`),
    ];
    const known = ranges.map((range) => html`<code>${range}</code> `);
    const unknown = missing.map((machinesOf) => html`<small>not given: IP ranges of ${machinesOf}</small>`);
    return html`<tr id="${anchor}">
      <th scope="row"><bdi>${name}</bdi></th>
      ${hasStacks ? html`<td data-column="Stack">${stack}</td>` : undefined}
      <td data-column="IP ranges">${known}${unknown}</td>
      <td data-column="Where">${where.join('; ')}</td>
    </tr>`;
  });
  const content = html`<p class="about">${counted(machines.length, 'group')} of machines or IP ranges, each once.</p>
    <table class="rows">
      <caption>
        Machines and their IP ranges
      </caption>
      <thead>
        <tr>
          <th scope="col">Machines</th>
          ${columns.map((title) => html`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`;
  return { id: 'machines', title: 'Machines and IP ranges', count: machines.length, content };
}
