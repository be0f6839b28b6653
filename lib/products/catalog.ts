import { grouped, nearestName, refusal, shown } from '../input';
import type { Port } from '../net';
import { checkedChoices, type Choices, type HostnameTable, type PortTable, tableOf } from '../tables';
import { type DocumentedPort, documentedPorts } from './documented-ports';
import { GENERATED_HOSTNAME_TABLES, GENERATED_TABLES } from './generated-tables';

/** The ids and editions of all port tables. The default edition of a table comes before its others. */
const TABLE_KEYS: readonly string[] = Object.keys(GENERATED_TABLES);

const loadedTables = new Map<string, PortTable>();

const KEYS_BY_ID: ReadonlyMap<string, readonly string[]> = grouped(TABLE_KEYS, idOf);

/** The ids of all port tables. */
export const TABLE_IDS: readonly string[] = [...KEYS_BY_ID.keys()];

/** Returns the editions of a table, the default one first. Returns none for an unknown id. */
export function editionsOf(id: string): PortTable[] {
  return (KEYS_BY_ID.get(id) ?? []).map(loaded);
}

/** Returns an edition of a table by its key, such as `rke2@2026-05`, if this package has it. */
export function tableByKey(key: string): PortTable | undefined {
  return Object.hasOwn(GENERATED_TABLES, key) ? loaded(key) : undefined;
}

/** Returns the table of a known key. It is loaded only once, because Node.js looks for the file of a module at each `require`. */
function loaded(key: string): PortTable {
  const table = loadedTables.get(key) ?? GENERATED_TABLES[key]();
  loadedTables.set(key, table);
  return table;
}

/** Returns all port tables. The default edition of a table comes before its others. */
export function allTables(): PortTable[] {
  return TABLE_KEYS.map(loaded);
}

/** Returns an edition of a table, by default the default edition. Throws if this package does not have it. */
export function namedTable(id: string, edition: string | undefined, place: string): PortTable {
  if (TABLE_IDS.includes(id)) return tableOf(editionsOf(id), edition, place);
  const nearest = typeof id === 'string' ? nearestName(id, TABLE_IDS) : undefined;
  const need = 'id must be a port table of this package, and "cluster-ports products" lists them';
  throw refusal(place, 'table-unknown', need, shown(id), nearest && shown(nearest));
}

/** A table, its edition and its options, as users name them. */
export interface TableRequest {
  readonly id: string;
  readonly edition?: string;
  /** The choices of options; the others have their documented defaults. */
  readonly options: Readonly<Record<string, string>>;
}

/** An edition of a table, with a choice for each of its options. */
export interface OptedTable {
  readonly table: PortTable;
  readonly choices: Choices;
}

/**
 * Returns the table that users name. Throws for a table, an edition, an option or a choice that does not exist.
 *
 * @param nameOf returns how the user names an option, for errors
 */
export function optedTable(
  { id, edition, options }: TableRequest,
  nameOf: (option: string) => string,
  place: string,
): OptedTable {
  const table = namedTable(id, edition, place);
  return { table, choices: checkedChoices(table, options, { nameOf }, place) };
}

/** Returns the rows of all tables, in all editions, that have any of some ports. */
export function rowsWithPort(port: Port): DocumentedPort[] {
  return documentedPorts(allTables(), port);
}

function idOf(key: string): string {
  return key.slice(0, key.indexOf('@'));
}

const HOSTNAME_LOADS: ReadonlyMap<string, () => HostnameTable> = new Map(Object.entries(GENERATED_HOSTNAME_TABLES));

/** The ids of all hostname tables. */
export const HOSTNAME_TABLE_IDS: readonly string[] = [...new Set([...HOSTNAME_LOADS.keys()].map(idOf))];

/** Returns the editions of a hostname table, the default one first. Returns none for an unknown id. */
export function hostnameEditionsOf(id: string): HostnameTable[] {
  return [...HOSTNAME_LOADS].filter(([key]) => idOf(key) === id).map(([, load]) => load());
}

/** Returns an edition of a hostname table by its key, if this package has it. */
export function hostnameTableByKey(key: string): HostnameTable | undefined {
  return HOSTNAME_LOADS.get(key)?.();
}

/** Returns all hostname tables. The default edition of a table comes before its others. */
export function allHostnameTables(): HostnameTable[] {
  return [...HOSTNAME_LOADS.values()].map((load) => load());
}

export { HOSTNAME_REASONS, REQUEST_TEMPLATE } from './apinizer/catalog';
export { EXTERNAL_CHECKS } from './kubeadm/catalog';
export { constructOf } from './construct-names';
export { type DocumentedPort, documentedRows } from './documented-ports';
