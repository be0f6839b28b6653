import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { HostnameRow, HostnameTable } from '../../lib/tables/hostname-table';

const COLUMNS = 'hostname, port, description, default, section, reading';
const READING = /^(?:supplement: )?\S+(?: \d+\/(?:tcp|udp))+(?: \[[^\s=]+=\S+(?: [^\s=]+=\S+)*\])?$/;

/** A line of a vendor's document about outbound hostnames. */
interface HostnameLine {
  readonly place: string;
  /** The port as the document prints it. */
  readonly port: string;
  /** Whether the hostname is allowed without any option that the document describes. */
  readonly isDefault: boolean;
  /** The rows as which the line is read: `eks-auth.{region}.api.aws 443/tcp [pod-identity=true]`. */
  readonly rows: readonly string[];
}

/** The lines of one edition of a document, in `test/products/<product>/<id>@<edition>.hostnames.tsv`. */
interface HostnameDocument {
  /** The key of the table: `talos-hostnames@1.13`. */
  readonly key: string;
  readonly lines: readonly HostnameLine[];
}

/** Every file with the lines of a document about hostnames. */
export const HOSTNAME_DOCUMENTS: readonly HostnameDocument[] = (readdirSync(__dirname, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.hostnames.tsv'))
  .sort()
  .map((file) => {
    const lines = readFileSync(join(__dirname, file), 'utf8').split('\n');
    return {
      key: basename(file, '.hostnames.tsv'),
      lines: lines.flatMap((text, index) => hostnameLine(text, `${basename(file)}, line ${index + 1}`)),
    };
  });

function hostnameLine(text: string, place: string): HostnameLine[] {
  if (text === '' || text.startsWith('#')) return [];
  const [hostname, port, description, isDefault, section, reading, ...more] = text.split('\t');
  const isComplete = [hostname, port, description, section, reading].every(Boolean) && more.length === 0;
  if (!isComplete || !['yes', 'no'].includes(isDefault)) {
    throw new Error(`${place}: must have the columns ${COLUMNS}, separated by tabs, and yes or no as default`);
  }
  const rows = reading.startsWith('none: ') ? [] : reading.split('; ');
  const wrong = rows.find((row) => !READING.test(row));
  if (wrong !== undefined) {
    throw new Error(`${place}: must read like "ssm.{region}.amazonaws.com 443/tcp [ssm=true]", got "${wrong}"`);
  }
  return [{ place, port, isDefault: isDefault === 'yes', rows }];
}

/** Returns the rows of a document that a table does not have, and those of the table that the document does not have. */
export function hostnameDifferences(
  table: HostnameTable,
  lines: readonly HostnameLine[],
): { missing: string[]; extra: string[] } {
  const documented = new Set(lines.flatMap(({ rows }) => rows));
  const rows = new Set([
    ...table.hostnames.map(hostnameText),
    ...(table.supplements ?? []).map((row) => `supplement: ${hostnameText(row)}`),
  ]);
  return {
    missing: [...documented].filter((row) => !rows.has(row)),
    extra: [...rows].filter((row) => !documented.has(row)),
  };
}

/** Returns a row in the form of `HostnameLine.rows`. */
export function hostnameText({ hostname, ports, when = {} }: HostnameRow): string {
  const conditions = Object.entries(when).map(([option, choices]) => `${option}=${[...choices].sort().join('|')}`);
  const condition = conditions.length === 0 ? [] : [`[${conditions.sort().join(' ')}]`];
  return [hostname, ...ports.map(String), ...condition].join(' ');
}

/** Returns the lines whose hostnames are open by default although the document does not say so, and the other way round. */
export function wrongDefaults(table: HostnameTable, lines: readonly HostnameLine[]): string[] {
  const defaults = new Map((table.options ?? []).map((option) => [option.id, option.default]));
  const isOpen = (row: string): boolean =>
    !row.startsWith('supplement: ') &&
    conditionsIn(row).every(({ option, choices }) => choices.includes(defaults.get(option) ?? ''));
  return lines.filter(({ isDefault, rows }) => rows.some((row) => isOpen(row) !== isDefault)).map(({ place }) => place);
}

/** Returns the options in the condition of a row, with the choices that open it. */
export function conditionsIn(row: string): { option: string; choices: string[] }[] {
  const [, condition = ''] = /\[(.*)\]$/.exec(row) ?? [];
  return condition
    .split(' ')
    .filter(Boolean)
    .map((part) => part.split('='))
    .map(([option, choices]) => ({ option, choices: choices.split('|') }));
}
