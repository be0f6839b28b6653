import type { ReportData, ReportRow, RowMark } from '../data';
import { filterForm, usefulFilters } from './filter-form';
import { html, type Markup, webLink } from './markup';
import {
  DESTINATION_COLUMN,
  DETAILS_COLUMN,
  DOCUMENT_COLUMN,
  OPENED_BY_COLUMN,
  OWNER_COLUMN,
  type PageFacts,
  pageFacts,
  PURPOSE_COLUMN,
  type RowColumn,
  rowTable,
  SOURCE_COLUMN,
  unsaidMarkup,
} from './row-table';
import { listSection, type PageSection } from './section';

const ALL_COLUMNS = [
  SOURCE_COLUMN,
  DESTINATION_COLUMN,
  DETAILS_COLUMN,
  OPENED_BY_COLUMN,
  OWNER_COLUMN,
  DOCUMENT_COLUMN,
];

/** Renders the matrix: every port between machines. */
export function portsSection(data: ReportData): PageSection {
  const { rows } = data;
  const about =
    'Every port between machines, a row for each source and destination: what is opened, asked for, omitted by the code, or open without a document. A port links to its own row.';
  return listSection({ id: 'ports', title: 'All ports', about, nothing: 'No port is opened.' }, rows, () =>
    homeTable('all-ports', 'Ports', rows, pageFacts(data)),
  );
}

/** Renders the hostnames. */
export function hostnamesSection(data: ReportData): PageSection {
  const { rows, hostnames } = data;
  const about = 'Names that machines reach on the internet or through a proxy.';
  const names = [...new Set(rows.flatMap(({ destinationName }) => destinationName ?? []))];
  const nothing = [
    'No hostname has to be allowed: all rows are about IP addresses.',
    ...(names.length === 0
      ? []
      : [
          `${names.join(', ')} ${names.length === 1 ? 'is a DNS name' : 'are DNS names'} of a destination, for its DNS record only.`,
        ]),
  ].join(' ');
  return listSection({ id: 'hostnames', title: 'Hostnames', about, nothing }, hostnames, () =>
    homeTable('all-hostnames', 'Hostnames', hostnames, pageFacts(data)),
  );
}

function homeTable(id: string, caption: string, rows: readonly ReportRow[], page: PageFacts): Markup {
  const filters = usefulFilters(rows);
  return html`${unsaidMarkup(page)}${filterForm(id, rows, filters)}${rowTable(rows, { id, caption, columns: ALL_COLUMNS, isHome: true, page, filters })}`;
}

/** A section with the rows that have a mark. */
interface MarkedRows {
  readonly mark: RowMark;
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly nothing: string;
  readonly columns: readonly RowColumn[];
}

const MARKED: readonly MarkedRows[] = [
  {
    mark: 'open to the world',
    id: 'world',
    title: 'Open to the world',
    about: 'A large part of the internet may reach these ports.',
    nothing:
      'Nothing that was read is known to be open to a large part of the internet. Smaller public ranges, such as those of partners, are under All ports.',
    columns: [
      DESTINATION_COLUMN,
      { title: 'Reason', cell: ({ worldReasons }) => reasons(worldReasons) },
      PURPOSE_COLUMN,
      DOCUMENT_COLUMN,
    ],
  },
  {
    mark: 'supplement',
    id: 'supplements',
    title: 'Supplements: not in the document',
    about: 'The document leaves these out. Each has a reason and a source of its own.',
    nothing: 'No supplement is opened.',
    columns: [
      SOURCE_COLUMN,
      DESTINATION_COLUMN,
      { title: 'Why it is needed', cell: ({ supplement }) => html`${supplement}` },
      {
        title: 'Source',
        cell: ({ document: { section, reference } }) => webLink(section ?? 'source', reference),
      },
    ],
  },
  {
    mark: 'moved',
    id: 'moved',
    title: 'Moved ports',
    about: 'The installation uses a different port than the document. Both are shown.',
    nothing: 'No port is moved.',
    columns: [SOURCE_COLUMN, DESTINATION_COLUMN, PURPOSE_COLUMN, DOCUMENT_COLUMN],
  },
  {
    mark: 'omitted',
    id: 'omitted',
    title: 'Documented, and not opened',
    about: 'A document asks for these, and the code of the stack omits them.',
    nothing: 'No construct leaves a documented row out (rows that an option closes are not listed).',
    columns: [SOURCE_COLUMN, DESTINATION_COLUMN, PURPOSE_COLUMN, OPENED_BY_COLUMN, DOCUMENT_COLUMN],
  },
  {
    mark: 'not documented',
    id: 'undocumented',
    title: 'Open, and not documented',
    about: 'Rules allow these, and no row of a document does, or not so.',
    nothing: 'Everything that is evaluated and open is in a document, or is a supplement with a source of its own.',
    columns: [
      SOURCE_COLUMN,
      DESTINATION_COLUMN,
      OPENED_BY_COLUMN,
      { title: 'Why', cell: ({ document }) => html`${document.text}` },
    ],
  },
];

/** Renders a section for each thing that readers should notice. */
export function markedSections(data: ReportData): PageSection[] {
  const { rows, hostnames } = data;
  const page = pageFacts(data);
  return MARKED.map(({ mark, columns, ...section }) => {
    const marked = [...rows, ...hostnames].filter(({ marks }) => marks.includes(mark));
    const table = { caption: section.title, columns, page };
    return listSection(section, marked, () => rowTable(marked, table));
  });
}

function reasons(given: readonly string[]): Markup {
  if (given.length === 0) return html`<b>no reason given</b>`;
  return html`${given.map((reason) => html`<span class="reason">${reason}</span>`)}`;
}
