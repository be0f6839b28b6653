import type { ReportData, RowMark } from '../data';
import { notComparedMarkup } from './changes-section';
import { breakable, counted, html, type Markup } from './markup';
import type { PageSection } from './section';

/** A number at the top of the page, and where the page explains it. */
interface Figure {
  readonly count: number;
  readonly text: string;
  readonly section: string;
  /** Whether somebody should look at it if it is not zero. */
  readonly isConcern?: boolean;
}

const NOT_GIVEN = 'not given';
const NO_PLACE = 'not said: rules name only the IP ranges';

const NOT_COMPARED =
  'nothing: this page does not know since when a port is asked for; "cluster-ports report --since" says what is new';

/** Renders what the page is about, and what a reader should know first. */
export function summarySection(data: ReportData): PageSection {
  const { stacks, paths, today, version, changes } = data;
  const names = stacks.length === 0 ? 'no stack that opens a port' : stacks.join(', ');
  const content = html`<p>
      This page says who may reach whom on which ports, what for, which document asks for it, and what the firewall team
      must open.
    </p>
    ${changes && notComparedMarkup(changes)}
    <dl class="about-page">
      ${headMarkup(data)} ${entry(stacks.length === 1 ? 'Stack' : 'Stacks', names)}
      ${entry('Read from', paths.join(', '))} ${entry('Date', `${today}, by cluster-ports ${version}`)}
      ${entry('Compared with', changes?.since ?? NOT_COMPARED)} ${entry('Protocols', data.protocols)}
      ${entry('IP versions', data.ipVersions)}
    </dl>
    <ul class="figures">
      ${figuresOf(data).map(figureMarkup)}
    </ul>`;
  return { id: 'summary', title: 'At a glance', content };
}

/** Renders a label with its value. Both stay together on paper. */
function entry(label: string, value: string): Markup {
  return html`<div>
    <dt>${label}</dt>
    <dd>${breakable(value)}</dd>
  </div>`;
}

/** Renders the number of the request, who asks, and room for an approval. */
function headMarkup({ ticket, requestedBy }: ReportData): Markup {
  if (ticket === undefined && requestedBy === undefined) return html`${entry('Ticket and requester', NOT_GIVEN)}`;
  return html`${entry('Request', ticket ?? NOT_GIVEN)} ${entry('Requested by', requestedBy ?? NOT_GIVEN)}
  ${entry('Approved by', '______________________________ on: ______________')}`;
}

function figuresOf(data: ReportData): Figure[] {
  const { rows, hostnames, findings, notEvaluated, verification } = data;
  const all = [...rows, ...hostnames];
  const marked = (mark: RowMark): number => all.filter(({ marks }) => marks.includes(mark)).length;
  const failed = verification?.results.filter(({ outcome }) => outcome === 'failed').length ?? 0;
  const ofLevel = (of: string): number => findings.filter(({ level }) => level === of).length;
  const [errors, warnings] = [ofLevel('error'), ofLevel('warning')];
  const levels = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(findings.length > errors + warnings ? [`${findings.length - errors - warnings} for information`] : []),
  ].join(', ');
  return [
    ...changedFigures(data),
    ...rowFigures(data),
    { count: marked('open to the world'), text: 'open to the world', section: 'world', isConcern: true },
    ...some({ count: marked('supplement'), text: 'not in the document: supplements', section: 'supplements' }),
    ...some({ count: marked('expired'), text: 'expired, and still open', section: 'ports', isConcern: true }),
    ...some({ count: marked('expires soon'), text: 'expire within 30 days', section: 'ports', isConcern: true }),
    ...some({ count: marked('moved'), text: 'moved to a different port', section: 'moved' }),
    { count: marked('not documented'), text: 'open and not documented', section: 'undocumented', isConcern: true },
    {
      count: findings.length,
      text: [noun(findings, 'finding'), levels].filter((text) => text !== '').join(': '),
      section: 'findings',
      isConcern: errors + warnings > 0,
    },
    { count: notEvaluated.length, text: 'not evaluated', section: 'not-evaluated', isConcern: true },
    ...(verification === undefined
      ? []
      : [{ count: failed, text: 'checks failed', section: 'verification', isConcern: true } as const]),
  ];
}

/** Returns how many rows there are, by who opens them. */
function rowFigures({ stacks, rows, hostnames, request }: ReportData): Figure[] {
  const asked = request.sections.flatMap(({ entries }) => entries.flatMap((entry) => entry.rows));
  const own = rows.filter(({ opener }) => opener === 'this stack');
  const opens = stacks.length === 1 ? 'this stack opens' : 'these stacks open';
  return [
    { count: asked.length, text: `${noun(asked, 'row')} for the firewall team to open`, section: 'request' },
    ...some({
      count: request.hostnames.length,
      text: `${noun(request.hostnames, 'hostname')} for the firewall team to allow`,
      section: 'request',
    }),
    {
      count: rows.length,
      text: `${noun(rows, 'row')} in all`,
      section: 'ports',
    },
    {
      count: own.length,
      text: `${noun(own, 'row')} that ${opens}`,
      section: 'ports',
    },
    ...some({ count: hostnames.length, text: `${noun(hostnames, 'hostname')} in all`, section: 'hostnames' }),
  ];
}

function noun(of: readonly unknown[], name: string): string {
  return of.length === 1 ? name : `${name}s`;
}

/** Returns how much has changed, for the firewall team and in what rules permit. */
function changedFigures({ changes }: ReportData): Figure[] {
  if (changes === undefined) return [];
  const { request } = changes;
  const ofRequest = [
    { count: request?.open.length ?? 0, text: 'new, to be opened by the firewall team', section: 'changes' },
    { count: request?.close.length ?? 0, text: 'to be closed by the firewall team', section: 'changes' },
  ];
  return [
    ...(request === undefined ? [] : ofRequest),
    { count: changes.changes.length, text: 'changed in what rules permit', section: 'changes' },
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
      ...(isExternal ? ['behind a firewall that the firewall team manages; where they are is not recorded'] : []),
      ...(place === '' ? [] : [place]),
      ...zones.map((zone) => `${zone} network zone`),
    ];
    const places = where.length === 0 ? NO_PLACE : where.join('; ');
    const known = ranges.map((range) => html`<code>${breakable(range)}</code> `);
    const unknown = missing.map((machinesOf) => html`<small>not given: IP ranges of ${machinesOf}</small>`);
    return html`<tr id="${anchor}">
      <th scope="row"><bdi>${name}</bdi></th>
      ${hasStacks ? html`<td data-column="Stack">${stack}</td>` : undefined}
      <td data-column="IP ranges">${known}${unknown}</td>
      <td data-column="Where">${places}</td>
    </tr>`;
  });
  const content = html`<p class="about">
      ${counted(machines.length, 'group')} of machines or IP ranges, as the code has them. Each is listed once, however
      many rows of this page it is in. Whether addresses are translated on the way is not known here.
    </p>
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
