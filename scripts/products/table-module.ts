import { portCall } from '../../lib/net';
import {
  Basis,
  type DocumentedFlow,
  PortLevel,
  type PortRow,
  type PortTable,
  type Role,
} from '../../lib/tables/port-table';
import { AddressFamily } from '../../lib/net';
import { constantName } from './names';

/** Renders a table as a module, whose rows and roles are written once, whatever number of flows has them. */
export function tableModule(table: PortTable, source: string): string {
  const { flows, supplements, ...document } = table;
  const all = [...flows, ...(supplements ?? [])];
  const rows = new Names(all.flatMap((flow) => flow.rows.map((row) => [row.name, rowText(row)] as const)));
  const roles = new Names(
    all.flatMap((flow) => [flow.source, flow.destination].map((role) => [role.id, JSON.stringify(role)] as const)),
  );
  const flowText = (flow: DocumentedFlow): string => {
    const { source: from, destination: to, rows: ofFlow, ...rest } = flow;
    const ends = [from, to].map((role: Role) => `ROLES${roles.access(role.id, JSON.stringify(role))}`);
    const list = ofFlow.map((row) => `ROWS${rows.access(row.name, rowText(row))}`);
    return `{ ${members(rest)}source: ${ends[0]}, destination: ${ends[1]}, rows: [${list.join(', ')}] }`;
  };
  const needed = ['AddressFamily', 'Port'].filter((name) => rows.text.includes(`${name}.`));
  const enums = ['Basis', 'PortLevel'].filter((name) => rows.text.includes(`${name}.`));
  return [
    `// Generated from ${source} by \`npm run products\`. Change that file.`,
    `import { ${needed.join(', ')} } from '../../net';`,
    `import { ${enums.join(', ')}, type PortTable } from '../../tables';`,
    '',
    `const ROLES = {${roles.text}};`,
    '',
    `const ROWS = {${rows.text}};`,
    '',
    `export const ${constantName(table)}: PortTable = {`,
    members(document),
    `flows: [${flows.map(flowText).join(', ')}],`,
    ...(supplements ? [`supplements: [${supplements.map(flowText).join(', ')}],`] : []),
    '};',
    '',
  ].join('\n');
}

function members(value: object): string {
  return membersOf(value)
    .map((member) => `${member}, `)
    .join('');
}

function membersOf(value: object): string[] {
  const given = Object.entries(value).filter(([, member]) => member !== undefined);
  return given.map(([name, member]) => `${name}: ${JSON.stringify(member)}`);
}

function rowText(row: PortRow): string {
  const {
    name,
    port,
    description,
    purpose,
    impact,
    section,
    protocolBasis,
    directionBasis,
    level,
    family,
    internal,
    when,
  } = row;
  const facts = [
    `${members({ name })}port: ${portCall(port.protocol, port.fromPort, port.toPort)}`,
    ...membersOf({ description, purpose, impact, section }),
    `protocolBasis: ${memberOf('Basis', Basis, protocolBasis)}`,
    ...(directionBasis ? [`directionBasis: ${memberOf('Basis', Basis, directionBasis)}`] : []),
    ...(level ? [`level: ${memberOf('PortLevel', PortLevel, level)}`] : []),
    ...(family ? [`family: ${memberOf('AddressFamily', AddressFamily, family)}`] : []),
  ];
  return `{ ${[...facts, ...membersOf({ internal, when })].join(', ')} }`;
}

function memberOf(name: string, members: Readonly<Record<string, string>>, value: string): string {
  return `${name}.${Object.keys(members).find((member) => members[member] === value)!}`;
}

/** Values that have names. A second value of a name gets a number. */
class Names {
  public readonly text: string;
  private readonly names = new Map<string, string>();

  constructor(values: readonly (readonly [name: string, value: string])[]) {
    const count = new Map<string, number>();
    const lines: string[] = [];
    for (const [name, value] of values) {
      const key = `${name} ${value}`;
      if (this.names.has(key)) continue;
      const number = (count.get(name) ?? 0) + 1;
      count.set(name, number);
      const own = number === 1 ? name : `${name}-${number}`;
      this.names.set(key, own);
      lines.push(`${JSON.stringify(own)}: ${value},`);
    }
    this.text = lines.join('\n');
  }

  /** Returns the access to a value: `.kubelet`, `['api-server']`. */
  public access(name: string, value: string): string {
    const own = this.names.get(`${name} ${value}`)!;
    return /^[a-z]\w*$/.test(own) ? `.${own}` : `[${JSON.stringify(own)}]`;
  }
}
