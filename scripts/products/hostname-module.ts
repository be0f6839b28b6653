import { portCall } from '../../lib/net';
import type { HostnameRow, HostnameTable } from '../../lib/tables/hostname-table';
import { Basis } from '../../lib/tables/port-table';
import { constantName } from './names';

/** Renders a hostname table as a module. */
export function hostnameModule(table: HostnameTable, source: string): string {
  const { hostnames, supplements, ...document } = table;
  return [
    `// Generated from ${source} by \`npm run products\`. Change that file.`,
    "import { Port } from '../../net';",
    "import { Basis, type HostnameTable } from '../../tables';",
    '',
    `export const ${constantName(table)}: HostnameTable = {`,
    ...members(document),
    `hostnames: [${hostnames.map(rowText).join(', ')}],`,
    ...(supplements === undefined ? [] : [`supplements: [${supplements.map(rowText).join(', ')}],`]),
    '};',
    '',
  ].join('\n');
}

function rowText({ ports, portsBasis, ...row }: HostnameRow): string {
  const calls = ports.map(({ protocol, fromPort, toPort }) => portCall(protocol, fromPort, toPort));
  const [basis] = Object.entries(Basis).find(([, value]) => value === portsBasis)!;
  return `{ ${members(row).join(' ')} ports: [${calls.join(', ')}], portsBasis: Basis.${basis} }`;
}

function members(value: object): string[] {
  const given = Object.entries(value).filter(([, member]) => member !== undefined);
  return given.map(([name, member]) => `${name}: ${JSON.stringify(member)},`);
}
