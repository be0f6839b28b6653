import type { HostnameTable } from './hostname-table';
import type { PortTable } from './port-table';
import { PortTableDiff } from './port-table-diff';

type Table = PortTable | HostnameTable;

/** Returns the last edition of a table that is later than the given one, if there is any. */
export function laterEdition<T extends Table>(
  table: Pick<Table, 'id' | 'edition'>,
  editions: readonly T[],
): T | undefined {
  return editions
    .filter(({ id, edition }) => id === table.id && edition > table.edition)
    .sort((a, b) => (a.edition < b.edition ? -1 : 1))
    .at(-1);
}

/**
 * Returns what a later edition would open and close in addition, as the end of a sentence: `adds node>node/dns 1053/udp, and removes
 * node>node/ssh 22/tcp`.
 */
export function editionChanges(before: Table, after: Table): string {
  const { added, removed, moved } =
    'flows' in before && 'flows' in after ? changedPorts(before, after) : changedHostnames(before, after);
  const parts = [
    ...(added.length > 0 ? [`adds ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`removes ${removed.join(', ')}`] : []),
    ...(moved.length > 0 ? [`moves ${moved.join(', ')}`] : []),
  ];
  return parts.join(', and ') || 'opens the same';
}

interface Changes {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly moved: readonly string[];
}

/** Supplements do not count: they are opened only if the user asks for them. */
function changedPorts(before: PortTable, after: PortTable): Changes {
  const [one, other] = [before, after].map((table): PortTable => ({ ...table, supplements: [] }));
  const { added, removed, changed } = PortTableDiff.between({ before: one, after: other });
  return {
    added: added.map(({ key, row }) => `${key} ${String(row.port)}`),
    removed: removed.map(({ key, row }) => `${key} ${String(row.port)}`),
    moved: changed
      .filter(({ fields }) => fields.includes('port'))
      .map((row) => `${row.key} from ${String(row.before.port)} to ${String(row.after.port)}`),
  };
}

function changedHostnames(before: Table, after: Table): Changes {
  const [one, other] = [before, after].map(linesOf);
  return {
    added: other.filter((line) => !one.includes(line)),
    removed: one.filter((line) => !other.includes(line)),
    moved: [],
  };
}

function linesOf(table: Table): string[] {
  return 'hostnames' in table ? table.hostnames.map(({ hostname, ports }) => `${hostname} ${ports.join(' ')}`) : [];
}
