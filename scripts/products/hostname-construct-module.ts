import type { HostnameTable } from '../../lib/tables/hostname-table';
import { className } from './names';

/** Renders the construct of a hostname table. */
export function hostnameConstructModule(editions: readonly HostnameTable[]): string {
  const [first] = editions;
  return [
    '// Generated from the tables in this folder by `npm run products`. Change these.',
    "import type { Construct } from 'constructs';",
    "import { readOnlyDeep } from '../../input';",
    "import { DocumentedHostnames, type DocumentedHostnamesProps } from '../../opening';",
    "import type { HostnameTable } from '../../tables';",
    "import { hostnameEditionsOf } from '../catalog';",
    "import { hostnamesOfTable } from '../hostnames-of-table';",
    '',
    ...propsLines(className(first), editions),
    ...classLines(className(first), first),
  ].join('\n');
}

function propsLines(name: string, editions: readonly HostnameTable[]): string[] {
  const rows = (names: readonly string[]): string => [...new Set(names)].map((row) => `\`${row}\``).join(', ');
  const supplements = editions.flatMap((table) => (table.supplements ?? []).map((row) => row.name));
  return [
    '/**',
    ` * The props of \`${name}\`.`,
    ' *',
    ` * Rows: ${rows(editions.flatMap((table) => table.hostnames.map((row) => row.name)))}.`,
    ...(supplements.length === 0 ? [] : [` * Supplements: ${rows(supplements)}.`]),
    ` * Editions: ${editions.map(({ edition }, at) => `\`${edition}\`${at === 0 ? ' (default)' : ''}`).join(', ')}.`,
    ' */',
    `export interface ${name}Props extends DocumentedHostnamesProps {`,
    '  /**',
    '   * The edition of the document.',
    '   * @default - the edition of `hostnameTable`',
    '   */',
    '  readonly edition?: string;',
    '}',
    '',
  ];
}

function classLines(name: string, { id, product, title, reference, hostnames }: HostnameTable): string[] {
  return [
    '/**',
    ` * Allows outbound traffic to the hostnames of ${product}, as "${title}" documents them: ${reference}`,
    ' *',
    ` * Allowed: ${hostnames.map(({ hostname }) => `\`${hostname}\``).join(', ')}.`,
    ' *',
    ' * Throws before anything is created: `hostname-filter-required`, `wildcard-not-supported` if `through` takes only exact names,',
    ' * `row-unknown` and `edition-unknown`.',
    ' *',
    ' * @example',
    ` * new ${name}(stack, '${id}', { through: new GcpSecureWebProxy({ location: 'europe-west3' }) });`,
    ' */',
    `export class ${name} extends DocumentedHostnames {`,
    '  /** The hostname table of the default edition. */',
    '  public static get hostnameTable(): HostnameTable {',
    `    return readOnlyDeep(hostnameEditionsOf('${id}')[0]);`,
    '  }',
    '',
    `  constructor(scope: Construct, id: string, props: ${name}Props) {`,
    '    super(scope, id);',
    `    this._open(hostnamesOfTable('${id}', props));`,
    '  }',
    '}',
    '',
  ];
}
