import { CATALOG, HOSTNAME_CATALOG } from '../catalog/catalog';
import type { HostnameTable } from '../model/host-table';
import { nearestName } from '../model/nearest-name';
import type { PortTable } from '../model/port-table';
import { refusal, shown } from '../model/refusal';
import { frozen } from '../model/table-copy';

/** Finds a table of the catalog in an edition; without one, the first, which is the default. */
export function tableOf(id: string, edition: string | undefined, place: string): PortTable {
  return frozen(editionOf(CATALOG, id, edition, place));
}

/** The same for a table of hosts. */
export function hostnameTableOf(id: string, edition: string | undefined, place: string): HostnameTable {
  return frozen(editionOf(HOSTNAME_CATALOG, id, edition, place));
}

function editionOf<T extends Pick<PortTable, 'id' | 'edition'>>(
  catalog: readonly T[],
  id: string,
  edition: string | undefined,
  place: string,
): T {
  const tables = catalog.filter((table) => table.id === id);
  const found = edition === undefined ? tables[0] : tables.find((table) => table.edition === edition);
  if (found) return found;
  const editions = tables.map((table) => table.edition);
  const meant = typeof edition === 'string' ? editionMeant(edition, editions) : undefined;
  throw refusal(place, `edition must be one of ${id} (${editions.join(', ')})`, shown(edition), meant && shown(meant));
}

/** Of a month, what the document said then. */
function editionMeant(edition: string, editions: readonly string[]): string | undefined {
  if (!/^\d{4}-\d{2}$/.test(edition)) return nearestName(edition, editions);
  const [first] = editions;
  return (
    editions
      .filter((other) => other <= edition)
      .sort()
      .at(-1) ?? first
  );
}
