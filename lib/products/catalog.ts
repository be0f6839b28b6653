import type { HostnameTable, PortTable } from '../tables';
import { APINIZER_INSTALLATION_HOSTS, APINIZER_INSTALLATION_HOSTS_2026_03 } from './apinizer/catalog';
import { GENERATED_TABLES } from './generated-tables';

const LOADS: ReadonlyMap<string, () => PortTable> = new Map(Object.entries(GENERATED_TABLES));

/** The ids and editions of all port tables. The default edition of a table comes before its others. */
const TABLE_KEYS: readonly string[] = [...LOADS.keys()];

/** The ids of all port tables. */
export const TABLE_IDS: readonly string[] = [...new Set(TABLE_KEYS.map(idOf))];

/** Returns the editions of a table, the default one first. Returns none for an unknown id. */
export function editionsOf(id: string): PortTable[] {
  return TABLE_KEYS.filter((key) => idOf(key) === id).map((key) => LOADS.get(key)!());
}

/** Returns an edition of a table by its key, such as `rke2@2026-05`, if this package has it. */
export function tableByKey(key: string): PortTable | undefined {
  return LOADS.get(key)?.();
}

/** Returns all port tables. The default edition of a table comes before its others. */
export function allTables(): PortTable[] {
  return [...LOADS.values()].map((load) => load());
}

function idOf(key: string): string {
  return key.slice(0, key.indexOf('@'));
}

/** All hostname tables. The first edition of a table is the default. */
export const HOSTNAME_CATALOG: readonly HostnameTable[] = [
  APINIZER_INSTALLATION_HOSTS,
  APINIZER_INSTALLATION_HOSTS_2026_03,
];

export { HOSTNAME_REASONS, REQUEST_TEMPLATE } from './apinizer/catalog';
export { EXTERNAL_CHECKS } from './kubeadm/catalog';
