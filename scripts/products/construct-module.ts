import { isIcmp } from '../../lib/net';
import { ENDPOINT_USES } from '../../lib/products/endpoint-uses';
import { propName } from '../../lib/products/props-of-table';
import { conditionOf, defaultChoices, isOpen } from '../../lib/tables/options';
import {
  type DocumentedFlow,
  needsPodAddresses,
  PortLevel,
  type PortRow,
  type PortTable,
  type Role,
  type TableOption,
} from '../../lib/tables/port-table';
import {
  comment,
  conditionSentence,
  editionsSentence,
  enumLines,
  optionLines,
  uniqueById,
  wrapped,
} from './construct-text';
import { className } from './names';

/** Renders the construct of a table: its props for roles and options, and its class. */
export function constructModule(editions: readonly PortTable[]): string {
  const [table] = editions;
  const options = uniqueById(editions.flatMap(({ options: ofTable = [] }) => ofTable));
  const roles = uniqueById(
    editions.flatMap((edition) => flowsOf(edition).flatMap((flow) => [flow.source, flow.destination])),
  );
  const isPeerUsed = roles.some((role) => !isDestination(role, editions));
  const name = className(table);
  return [
    `// Generated from the tables in this folder by \`npm run products\`. Change these.`,
    "import type { Construct } from 'constructs';",
    `import type { ${[...(usesEndpoint(table) ? ['ControlPlaneEndpoint'] : []), 'IHostGroup', ...(isPeerUsed ? ['IPeer'] : [])].join(', ')} } from '../../access';`,
    "import { readOnlyDeep } from '../../input';",
    "import { DocumentedRules, type EditionedRulesProps } from '../../opening';",
    "import type { PortTable } from '../../tables';",
    "import { editionsOf } from '../catalog';",
    "import { rulesOfTable } from '../rules-of-table';",
    '',
    ...options
      .filter(({ choices }) => choices !== undefined)
      .flatMap((option) => enumLines(table, option, (choice) => choiceText(option, choice, editions))),
    ...propsLines(name, { table, editions, roles, options }),
    ...classLines(name, { table, editions, roles, options }),
  ].join('\n');
}

interface Parts {
  readonly table: PortTable;
  readonly editions: readonly PortTable[];
  readonly roles: readonly Role[];
  readonly options: readonly TableOption[];
}

function flowsOf({ flows, supplements = [] }: PortTable): DocumentedFlow[] {
  return [...flows, ...supplements];
}

function isDestination(role: Role, editions: readonly PortTable[]): boolean {
  return editions.some((table) => flowsOf(table).some(({ destination }) => destination.id === role.id));
}

/** Whether every edition has a row for a role that no option closes. */
function isNeeded(role: Role, editions: readonly PortTable[]): boolean {
  return editions.every(({ flows }) =>
    flows.some(
      (flow) =>
        !flow.optional &&
        [flow.source.id, flow.destination.id].includes(role.id) &&
        flow.rows.some((row) => Object.keys(conditionOf(flow, row)).length === 0),
    ),
  );
}

/** Returns the rows that a choice opens and other choices of the option close. */
function choiceText(option: TableOption, choice: string, editions: readonly PortTable[]): string {
  const rows = rowsWith(option.id, choice, editions);
  return rows.length === 0 ? 'Opens nothing in addition.' : `Opens ${rows.join(', ')}.`;
}

/** Returns the rows that are open only with a choice, with the other choices that they need. */
function rowsWith(option: string, choice: string, editions: readonly PortTable[]): string[] {
  const rows = editions.flatMap((table) =>
    flowsOf(table).flatMap((flow) =>
      flow.rows.flatMap((row) => {
        const { [option]: own, ...others } = conditionOf(flow, row);
        return own?.includes(choice) ? [rowText(row, conditionSentence(others))] : [];
      }),
    ),
  );
  return [...new Set(rows)];
}

/** Returns the sentence about what a flag opens; nothing for an option with choices. */
function openedBy(option: TableOption, editions: readonly PortTable[]): string {
  const rows = option.choices === undefined ? rowsWith(option.id, 'true', editions) : [];
  return rows.length > 0 ? ` \`true\` opens ${rows.join(', ')}.` : '';
}

function rowText({ name, port }: PortRow, others: string): string {
  return `\`${name}\` (${port.text}${others === '' ? '' : `, with ${others}`})`;
}

function propsLines(name: string, { table, editions, roles, options }: Parts): string[] {
  return [
    '/**',
    ` * The props of \`${name}\`.`,
    ' *',
    ...wrapped(` * ${rowsSentence(editions)} ${editionsSentence(editions)}`),
    ' */',
    `export interface ${name}Props extends EditionedRulesProps {`,
    ...(usesEndpoint(table) ? endpointLines(table) : []),
    ...roles.flatMap((role) => roleLines(role, editions)),
    ...options.flatMap((option) => optionLines(table, option, openedBy(option, editions))),
    '}',
    '',
  ];
}

/** Returns the sentence of the docstring that names the rows, with those that each later edition adds. */
function rowsSentence(editions: readonly PortTable[]): string {
  const known = new Set<string>();
  const added = editions.map((table, index) => {
    const names = [...new Set(flowsOf(table).flatMap(({ rows }) => rows.map((row) => row.name)))].filter(
      (row) => !known.has(row),
    );
    names.forEach((row) => known.add(row));
    if (names.length === 0) return '';
    return `${index === 0 ? '' : `since ${table.edition}: `}${names.map((row) => `\`${row}\``).join(', ')}`;
  });
  return `Rows: ${added.filter(Boolean).join('; ')}.`;
}

function roleLines(role: Role, editions: readonly PortTable[]): string[] {
  const type = isDestination(role, editions) ? 'IHostGroup' : 'IPeer';
  const text = isDestination(role, editions)
    ? `The machines that the document calls "${role.title}".`
    : `The IP ranges or machines that the document calls "${role.title}".`;
  const isOfEndpoint = ENDPOINT_USES[editions[0].id]?.roles[role.id] !== undefined;
  if (isNeeded(role, editions) && isDestination(role, editions) && !isOfEndpoint) {
    return [...comment([text]), `  readonly ${propName(role.id)}: ${type};`];
  }
  return [
    ...comment([
      text,
      `@default - ${isOfEndpoint ? `those of \`endpoint\`, else ${absenceText(role, editions)}` : absenceText(role, editions)}`,
    ]),
    `  readonly ${propName(role.id)}?: ${type};`,
  ];
}

function usesEndpoint({ id }: PortTable): boolean {
  return ENDPOINT_USES[id] !== undefined;
}

/** Returns the prop for the endpoint of a control plane, with what the construct takes from it. */
function endpointLines({ id }: PortTable): string[] {
  const { roles, rows } = ENDPOINT_USES[id]!;
  const machines = `Its machines are ${listed(Object.entries(roles).map(([role, part]) => `\`${propName(role)}\` (its \`${part!}\`)`))}.`;
  const port = rows.length === 0 ? '' : ` Its port replaces that of ${rows.map((row) => `\`${row}\``).join(', ')}.`;
  const text = `The endpoint of the control plane. ${machines}${port} Props that differ from it are an error.`;
  return [
    ...comment([text, '@default - the machines are given one by one, and the ports are the documented ones']),
    '  readonly endpoint?: ControlPlaneEndpoint;',
  ];
}

function absenceText(role: Role, editions: readonly PortTable[]): string {
  const flows = editions
    .flatMap(({ flows: ofTable }) => ofTable)
    .filter(({ source, destination }) => [source.id, destination.id].includes(role.id));
  const needed = flows.filter(({ optional }) => !optional).flatMap((flow) => flow.rows.map((row) => ({ flow, row })));
  if (needed.length === 0) return 'the rows of this role stay closed';
  const conditions = [...new Set(needed.map(({ flow, row }) => conditionSentence(conditionOf(flow, row))))];
  return conditions.includes('')
    ? 'none; needed unless `omit` has its rows'
    : `none; needed with ${conditions.join(', or with ')}`;
}

function classLines(name: string, { table, editions, roles, options }: Parts): string[] {
  const { id, product = id, title, reference } = table;
  const codes = [
    '`host-group-required` if a role that listens is not a host group',
    '`world-not-allowed` for rows of the inside of a cluster',
  ];
  if (options.some(({ choices }) => choices !== undefined)) codes.push('`choice-unknown`');
  if (options.some(({ choices }) => choices === undefined)) codes.push('`not-a-boolean`');
  if (options.length > 0) codes.push('`row-closed`, `role-closed`');
  if (usesEndpoint(table)) codes.push('`control-plane-endpoint-required`, `endpoint-differs`');
  const others =
    usesEndpoint(table) || roles.some((role) => !isNeeded(role, editions) || !isDestination(role, editions))
      ? ['`role-missing`']
      : [];
  return [
    '/**',
    ...wrapped(` * Opens the ports of ${product}, as "${title}" documents them: ${reference}`),
    ' *',
    ...wrapped(` * ${openSentence(table)}`),
    ' *',
    ...levelLines(editions),
    ...wrapped(
      ` * Throws before anything is created: ${[...codes, ...others, '`row-unknown` and `edition-unknown`'].join(', ')}.`,
    ),
    ' *',
    ' * @example',
    ...exampleLines(name, { table, editions, roles, options }).map((line) => ` * ${line}`),
    ' */',
    `export class ${name} extends DocumentedRules {`,
    '  /** The port table of the default edition. */',
    '  public static get portTable(): PortTable {',
    `    return readOnlyDeep(editionsOf('${id}')[0]);`,
    '  }',
    '',
    `  constructor(scope: Construct, id: string, props: ${name}Props) {`,
    '    super(scope, id);',
    `    this._open(rulesOfTable('${id}', props));`,
    '  }',
    '}',
    '',
  ];
}

/** Returns what the default edition opens with the defaults of its options, by pairs of roles that have the same rows. */
function openSentence(table: PortTable): string {
  const choices = defaultChoices(table);
  const bySources = new Map<string, { sources: Set<string>; destinations: Set<string> }>();
  for (const flow of table.flows.filter(({ optional }) => !optional)) {
    for (const row of flow.rows.filter((each) => isOpen(flow, each, choices))) {
      const key = `${flow.destination.title}\n${row.port.text}`;
      const known = bySources.get(key) ?? { sources: new Set(), destinations: new Set([flow.destination.title]) };
      known.sources.add(flow.source.title);
      bySources.set(key, known);
    }
  }
  const byEnds = new Map<string, string[]>();
  for (const [key, { sources }] of bySources) {
    const [destination, port] = key.split('\n');
    const ends = `to ${destination} from ${listed([...sources])}`;
    byEnds.set(ends, [...(byEnds.get(ends) ?? []), port]);
  }
  const parts = [...byEnds].map(([ends, ports]) => `${[...new Set(ports)].join(', ')} ${ends}`);
  if (parts.length === 0) return 'With the defaults of its options it opens nothing.';
  return `${table.options === undefined ? 'Opened' : 'Opened by default'}: ${parts.join('; ')}.`;
}

/** Returns which rows a firewall of machines may not see, or sees as something else than pods do. */
function levelLines(editions: readonly PortTable[]): string[] {
  const all = editions.flatMap(flowsOf);
  const namesOf = (isMeant: (row: PortRow, flow: DocumentedFlow) => boolean): string =>
    [
      ...new Set(all.flatMap((flow) => flow.rows.filter((row) => isMeant(row, flow)).map(({ name }) => `\`${name}\``))),
    ].join(', ');
  const pods = namesOf(({ level }) => level === PortLevel.POD);
  const uncertain = namesOf(({ level }, { source }) => needsPodAddresses(level, source.id));
  const nodePorts = namesOf(({ level }) => level === PortLevel.NODE_PORT);
  const podText =
    `Ports of pods: ${pods}.` +
    (uncertain === ''
      ? ''
      : ' A firewall of machines sees them only if pods have IP addresses of its network; under an overlay it sees only the ' +
        'encapsulation.');
  return [
    ...(pods === '' ? [] : [...wrapped(` * ${podText}`), ' *']),
    ...(nodePorts === '' ? [] : [...wrapped(` * NodePorts: ${nodePorts}.`), ' *']),
  ];
}

function listed(items: readonly string[]): string {
  return items.length === 1 ? items[0] : `${items.slice(0, -1).join(', ')} and ${items.at(-1)!}`;
}

function exampleLines(name: string, { table, editions, roles }: Parts): string[] {
  const needed = neededByDefault(table, roles);
  const values = needed.map((role, index) =>
    isDestination(role, editions)
      ? `firewall.networkTag('${role.id}')`
      : `Peer.named('${role.id}', '10.${index + 1}.0.0/16')`,
  );
  return [
    ...(values.some((value) => value.startsWith('firewall'))
      ? ["const firewall = new GcpFirewall({ network: 'prod' });"]
      : []),
    `new ${name}(stack, '${table.id}', {`,
    ...needed.map((role, index) => `  ${propName(role.id)}: ${values[index]},`),
    ...(values.some((value) => value.startsWith('firewall')) ? portsLines(table) : []),
    '});',
  ];
}

/** Returns the prop that opens every type of ICMP, if the defaults open single types, which firewalls on GCP do not have. */
function portsLines(table: PortTable): string[] {
  const choices = defaultChoices(table);
  const open = table.flows.flatMap((flow) => flow.rows.filter((row) => isOpen(flow, row, choices)));
  const typed = open.filter(({ port }) => isIcmp(port.protocol) && port.numbers !== '');
  const ports = typed.map(({ name, port }) => `${/^[a-z]+$/.test(name) ? name : `'${name}'`}: Port.${port.protocol}()`);
  return ports.length === 0
    ? []
    : ['  // firewalls on GCP have no ICMP types', `  ports: { ${[...new Set(ports)].join(', ')} },`];
}

function neededByDefault(table: PortTable, roles: readonly Role[]): Role[] {
  const choices = defaultChoices(table);
  return roles.filter((role) =>
    table.flows.some(
      (flow) =>
        !flow.optional &&
        [flow.source.id, flow.destination.id].includes(role.id) &&
        flow.rows.some((row) => isOpen(flow, row, choices)),
    ),
  );
}
