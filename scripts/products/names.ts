import { capitalized, prefixOf } from '../../lib/products/construct-names';
import { EDITIONED_RULES_PROPS } from '../../lib/opening';
import { propName } from '../../lib/products/props-of-table';
import { EDITIONED_HOSTNAMES_PROPS } from '../../lib/products/hostnames-of-table';
import type { HostnameTable } from '../../lib/tables/hostname-table';
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
  checkProducts(editions);
  for (const table of editions) {
    const flows = [...table.flows, ...(table.supplements ?? [])];
    const roles = flows.flatMap(({ source, destination }) => [source.id, destination.id]);
    checkProps(table, { role: [...new Set(roles)], option: (table.options ?? []).map(({ id }) => id) });
  }
}

/** The same for the options and parameters of hostname tables. */
export function checkHostnameNames(editions: readonly HostnameTable[]): void {
  checkProducts(editions);
  for (const table of editions) {
    const { options = [], parameters = [] } = table;
    checkProps(table, { parameter: parameters.map(({ id }) => id), option: options.map(({ id }) => id) });
  }
}

function checkProducts([first, ...later]: readonly (PortTable | HostnameTable)[]): void {
  const other = later.find((table) => prefixOf(table) !== prefixOf(first));
  if (other === undefined) return;
  throw new Error(
    `${tableKey(other)}.yaml: product must be "${first.product ?? first.id}", as in ${tableKey(first)}.yaml`,
  );
}

/** Throws if two ids, or an id and a prop of every construct, have one name. */
function checkProps(table: PortTable | HostnameTable, ids: Readonly<Record<string, readonly string[]>>): void {
  const file = `${tableKey(table)}.yaml`;
  const shared = 'hostnames' in table ? EDITIONED_HOSTNAMES_PROPS : EDITIONED_RULES_PROPS;
  const [[kind, first], [, options]] = Object.entries(ids);
  for (const id of [...first, ...options]) {
    if (!(propName(id) in shared)) continue;
    throw new Error(`${file}: ${id} must have a different id, because every construct has the prop ${propName(id)}`);
  }
  const both = options.find((id) => first.includes(id));
  if (both === undefined) return;
  throw new Error(`${file}: option ${both} must have a different id than the ${kind} ${both}, such as with-${both}`);
}
