import { capitalized, prefixOf } from '../../lib/products/construct-names';
import { EDITIONED_RULES_PROPS } from '../../lib/opening';
import { propName } from '../../lib/products/rules-of-table';
import { type PortTable, tableKey } from '../../lib/tables/port-table';

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

/** Throws if a construct cannot have a prop for each role and option of its editions, or a name for all of them. */
export function checkNames(editions: readonly PortTable[]): void {
  const [first] = editions;
  for (const table of editions) {
    const file = `${tableKey(table)}.yaml`;
    if (prefixOf(table) !== prefixOf(first)) {
      throw new Error(`${file}: product must be "${first.product ?? first.id}", as in ${tableKey(first)}.yaml`);
    }
    const flows = [...table.flows, ...(table.supplements ?? [])];
    const roles = new Set(flows.flatMap(({ source, destination }) => [source.id, destination.id]));
    const options = (table.options ?? []).map(({ id }) => id);
    for (const id of [...roles, ...options]) {
      if (!(propName(id) in EDITIONED_RULES_PROPS)) continue;
      throw new Error(`${file}: ${id} must have a different id, because every construct has the prop ${propName(id)}`);
    }
    const both = options.find((id) => roles.has(id));
    if (both === undefined) continue;
    throw new Error(`${file}: option ${both} must have a different id than the role ${both}, such as with-${both}`);
  }
}
