import { isMet, defaultChoices } from '../../lib/tables/options';
import { parametersIn } from '../../lib/tables/hostname-parameters';
import type {
  HostnameParameter,
  HostnameRow,
  HostnameSupplement,
  HostnameTable,
} from '../../lib/tables/hostname-table';
import type { TableOption } from '../../lib/tables/port-table';
import { propName } from '../../lib/products/props-of-table';
import {
  comment,
  conditionSentence,
  editionsSentence,
  enumLines,
  optionLines,
  sentence,
  uniqueById,
  wrapped,
} from './construct-text';
import { className } from './names';

/** Renders the construct of a hostname table: its props for options and parameters, and its class. */
export function hostnameConstructModule(editions: readonly HostnameTable[]): string {
  const [table] = editions;
  const options = uniqueById(editions.flatMap(({ options: ofTable = [] }) => ofTable));
  const parameters = uniqueById(editions.flatMap(({ parameters: ofTable = [] }) => ofTable));
  const parts = { table, editions, options, parameters };
  return [
    '// Generated from the tables in this folder by `npm run products`. Change these.',
    "import type { Construct } from 'constructs';",
    "import { readOnlyDeep } from '../../input';",
    "import { DocumentedHostnames, type DocumentedHostnamesProps } from '../../opening';",
    "import type { HostnameTable } from '../../tables';",
    "import { hostnameEditionsOf } from '../catalog';",
    "import { hostnamesOfTable } from '../hostnames-of-table';",
    '',
    ...options
      .filter(({ choices }) => choices !== undefined)
      .flatMap((option) => enumLines(table, option, (choice) => choiceText(option, choice, editions))),
    ...propsLines(className(table), parts),
    ...classLines(className(table), parts),
  ].join('\n');
}

interface Parts {
  readonly table: HostnameTable;
  readonly editions: readonly HostnameTable[];
  readonly options: readonly TableOption[];
  readonly parameters: readonly HostnameParameter[];
}

function rowsOf({ hostnames, supplements = [] }: HostnameTable): (HostnameRow | HostnameSupplement)[] {
  return [...hostnames, ...supplements];
}

/** Returns the hostnames that a choice allows and other choices of the option close. */
function choiceText(option: TableOption, choice: string, editions: readonly HostnameTable[]): string {
  const rows = rowsWith(option.id, choice, editions);
  return rows.length === 0 ? 'Allows nothing in addition.' : `Allows ${rows.join(', ')}.`;
}

/** Returns the hostnames that are allowed only with a choice, with the other choices that they need. */
function rowsWith(option: string, choice: string, editions: readonly HostnameTable[]): string[] {
  const rows = editions.flatMap(rowsOf).flatMap(({ hostname, when = {} }) => {
    const { [option]: own, ...others } = when;
    if (!own?.includes(choice)) return [];
    const more = conditionSentence(others);
    return [`\`${hostname}\`${more === '' ? '' : ` (with ${more})`}`];
  });
  return [...new Set(rows)];
}

/** Returns the sentence about what a flag allows; nothing for an option with choices. */
function allowedBy(option: TableOption, editions: readonly HostnameTable[]): string {
  const rows = option.choices === undefined ? rowsWith(option.id, 'true', editions) : [];
  return rows.length > 0 ? ` \`true\` allows ${rows.join(', ')}.` : '';
}

function propsLines(name: string, { table, editions, options, parameters }: Parts): string[] {
  const names = (rows: readonly HostnameRow[]): string => [...new Set(rows.map((row) => `\`${row.name}\``))].join(', ');
  const supplements = editions.flatMap(({ supplements: ofTable = [] }) => ofTable);
  return [
    '/**',
    ` * The props of \`${name}\`.`,
    ' *',
    ...wrapped(
      ` * Rows: ${names(editions.flatMap(({ hostnames }) => hostnames))}.` +
        `${supplements.length === 0 ? '' : ` Supplements: ${names(supplements)}.`} ${editionsSentence(editions)}`,
    ),
    ' */',
    `export interface ${name}Props extends DocumentedHostnamesProps {`,
    ...parameters.flatMap((parameter) => parameterLines(parameter, editions)),
    ...options.flatMap((option) => optionLines(table, option, allowedBy(option, editions))),
    '  /**',
    '   * The edition of the document.',
    '   * @default - the edition of `hostnameTable`',
    '   */',
    '  readonly edition?: string;',
    '}',
    '',
  ];
}

/** Returns the prop of a parameter. It is required if every edition has a hostname with it that no option closes. */
function parameterLines({ id, title, example }: HostnameParameter, editions: readonly HostnameTable[]): string[] {
  const needing = (table: HostnameTable): HostnameRow[] =>
    rowsOf(table).filter(({ hostname }) => parametersIn(hostname).includes(id));
  const isAlways = editions.every(({ hostnames, ...table }) =>
    needing({ ...table, hostnames, supplements: [] }).some(({ when }) => when === undefined),
  );
  const text = `${sentence(title)}, such as \`${example}\`.`;
  if (isAlways) return [...comment([text]), `  readonly ${propName(id)}: string;`];
  const conditions = editions.flatMap((table) =>
    needing(table).map(({ when, name }) => (when === undefined ? `\`${name}\`` : conditionSentence(when))),
  );
  return [
    ...comment([text, `@default - none; needed with ${[...new Set(conditions)].join(', or with ')}`]),
    `  readonly ${propName(id)}?: string;`,
  ];
}

function classLines(name: string, { table, options, parameters }: Parts): string[] {
  const { id, product = id, title, reference, hostnames } = table;
  const choices = defaultChoices(table);
  const open = hostnames.filter(({ when }) => isMet(when, choices));
  const codes = ['`hostname-filter-required`', '`wildcard-not-supported` if `through` takes only exact names'];
  if (options.some(({ choices: ofOption }) => ofOption !== undefined)) codes.push('`choice-unknown`');
  if (options.some(({ choices: ofOption }) => ofOption === undefined)) codes.push('`not-a-boolean`');
  if (options.length > 0) codes.push('`row-closed`');
  if (parameters.length > 0) codes.push('`parameter-missing`, `parameter-invalid`');
  return [
    '/**',
    ...wrapped(` * Allows outbound traffic to the hostnames of ${product}, as "${title}" documents them: ${reference}`),
    ' *',
    ...wrapped(
      ` * Allowed${table.options === undefined ? '' : ' by default'}: ` +
        `${open.map(({ hostname }) => `\`${hostname}\``).join(', ') || 'nothing'}.`,
    ),
    ' *',
    ...wrapped(
      ` * Throws before anything is created: ${[...codes, '`row-unknown` and `edition-unknown`'].join(', ')}.`,
    ),
    ' *',
    ' * @example',
    ...exampleLines(name, table).map((line) => ` * ${line}`),
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

function exampleLines(name: string, table: HostnameTable): string[] {
  const { id, parameters = [], hostnames } = table;
  const choices = defaultChoices(table);
  const open = hostnames.filter(({ when }) => isMet(when, choices));
  const needed = parameters.filter((parameter) =>
    open.some(({ hostname }) => parametersIn(hostname).includes(parameter.id)),
  );
  const through = "through: new GcpSecureWebProxy({ location: 'europe-west3' })";
  if (needed.length === 0) return [`new ${name}(stack, '${id}', { ${through} });`];
  return [
    `new ${name}(stack, '${id}', {`,
    `  ${through},`,
    ...needed.map((parameter) => `  ${propName(parameter.id)}: '${parameter.example}',`),
    '});',
  ];
}
