import { checkObject, checkText, nearestName, readOnlyCopy, refusal, shown } from '../input';
import { type PortTable, tableKey } from '../tables';

const EXAMPLE = "versions: { kubernetes: '1.34.1' }";

/**
 * Returns the versions that a user runs, by product. Throws if one is not text, or if its product is not one of those whose versions the
 * document names.
 */
export function checkedVersions(
  versions: Record<string, string> | undefined,
  table: PortTable,
  place: string,
): Record<string, string> | undefined {
  if (versions === undefined) return undefined;
  checkObject(versions, 'versions by product', EXAMPLE, `${place}, versions`);
  const known = (table.checkedFor ?? []).map(productOf);
  for (const [product, version] of Object.entries<unknown>(versions)) {
    checkText(version, place, `versions[${shown(product)}]`, 40);
    if (known.length === 0 || known.includes(product)) continue;
    const need = `versions must be of products whose versions ${tableKey(table)} names (${known.join(', ')})`;
    const nearest = nearestName(product, known);
    throw refusal(place, 'product-unknown', need, shown(product), nearest && shown(nearest));
  }
  return Object.keys(versions).length === 0 ? undefined : readOnlyCopy(versions);
}

/** Returns `kubernetes` for `kubernetes 1.31.0`. */
function productOf(checked: string): string {
  return checked.replace(/ [^ ]*$/, '');
}
