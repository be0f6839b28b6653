import { capitalized, prefixOf } from '../../lib/products/construct-names';
import type { PortTable } from '../../lib/tables/port-table';

export { className } from '../../lib/products/construct-names';

/** Returns the constant that has a table: `RKE2_2026_05`. */
export function constantName({ id, edition }: Pick<PortTable, 'id' | 'edition'>): string {
  return `${id}-${edition}`.replaceAll(/[^a-z\d]/g, '_').toUpperCase();
}

/** Returns the enum of the choices of an option: `Rke2Cni`. */
export function enumName(table: Pick<PortTable, 'id' | 'product'>, option: string): string {
  return prefixOf(table) + option.split('-').map(capitalized).join('');
}

/** Returns the member of an enum: `FLANNEL_NATIVE`. A name cannot begin with a digit. */
export function memberName(choice: string): string {
  return `${/^\d/.test(choice) ? 'V' : ''}${choice.replaceAll(/[^a-z\d]+/g, '_').toUpperCase()}`;
}
