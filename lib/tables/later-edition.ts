import { compareEditions, haveOneForm } from './editions';
import type { HostnameTable } from './hostname-table';
import { type Choices, choicesOf, defaultChoices, openTable } from './options';
import type { PortTable } from './port-table';
import { PortTableDiff } from './port-table-diff';

type Table = PortTable | HostnameTable;

/** Returns the last edition of a table that is later than the given one, if there is any. */
export function laterEdition<T extends Table>(
  table: Pick<Table, 'id' | 'edition'>,
  editions: readonly T[],
): T | undefined {
  return editions
    .filter(({ id, edition }) => id === table.id && haveOneForm(edition, table.edition))
    .filter(({ edition }) => compareEditions(edition, table.edition) > 0)
    .sort((a, b) => compareEditions(a.edition, b.edition))
    .at(-1);
}

/**
 * Returns what a later edition would open and close in addition, as the end of a sentence: `adds node>node/dns 1053/udp, and removes
 * node>node/ssh 22/tcp`. Only rows count that the choices open; an option that only the later edition has is at its default.
 */
export function editionChanges(before: Table, after: Table, choices?: Choices): string {
  const { added, removed, moved, lost } =
    'flows' in before && 'flows' in after
      ? changedPorts(before, after, choices ?? defaultChoices(before))
      : changedHostnames(before, after);
  const parts = [
    ...(lost.length > 0 ? [`no longer has ${lost.join(', ')}`] : []),
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
  /** The options that the later edition does not have, and choices in use that it does not have. */
  readonly lost: readonly string[];
}

/** Supplements do not count: they are opened only if the user asks for them. */
function changedPorts(before: PortTable, after: PortTable, choices: Choices): Changes {
  const { kept, lost } = choicesIn(after, choices);
  const { added, removed, changed } = PortTableDiff._between(openTable(before, choices), openTable(after, kept));
  return {
    lost,
    added: added.map(({ key, row }) => `${key} ${String(row.port)}`),
    removed: removed.map(({ key, row }) => `${key} ${String(row.port)}`),
    moved: changed
      .filter(({ fields }) => fields.includes('port'))
      .map((row) => `${row.key} from ${String(row.before.port)} to ${String(row.after.port)}`),
  };
}

/** Returns the choices that a later edition has too, with its defaults for its other options, and what it does not have. */
function choicesIn(table: PortTable, choices: Choices): { kept: Choices; lost: string[] } {
  const kept: Record<string, string> = { ...defaultChoices(table) };
  const lost: string[] = [];
  for (const [id, choice] of Object.entries(choices)) {
    const option = table.options?.find((each) => each.id === id);
    if (option === undefined) lost.push(`the option ${id}`);
    else if (!choicesOf(option).includes(choice)) lost.push(`the choice ${choice} of ${id}`);
    else kept[id] = choice;
  }
  return { kept, lost };
}

function changedHostnames(before: Table, after: Table): Changes {
  const [one, other] = [before, after].map(linesOf);
  return {
    added: other.filter((line) => !one.includes(line)),
    removed: one.filter((line) => !other.includes(line)),
    moved: [],
    lost: [],
  };
}

function linesOf(table: Table): string[] {
  return 'hostnames' in table ? table.hostnames.map(({ hostname, ports }) => `${hostname} ${ports.join(' ')}`) : [];
}
