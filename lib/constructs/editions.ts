import { CATALOG } from '../catalog/catalog';
import { nearestName } from '../model/nearest-name';
import type { PortTable } from '../model/port-table';
import { refusal, shown } from '../model/refusal';
import { frozen } from '../model/table-copy';

/** Finds a table of the catalog in an edition; without one, the first, which is the default. */
export function tableOf(id: string, edition: string | undefined, place: string): PortTable {
  const tables = CATALOG.filter((table) => table.id === id);
  const found = edition === undefined ? tables[0] : tables.find((table) => table.edition === edition);
  if (found) return frozen(found);
  const editions = tables.map((table) => table.edition);
  const nearest = typeof edition === 'string' ? nearestName(edition, editions) : undefined;
  throw refusal(
    place,
    `edition must be one of ${id} (${editions.join(', ')})`,
    shown(edition),
    nearest && shown(nearest),
  );
}
