import type { PortTable } from '../../lib/tables/port-table';

/** Returns the name that the generated names of a table begin with: `Rke2` for RKE2, `OpenShift` for OpenShift. */
export function prefixOf({ id, product = id }: Pick<PortTable, 'id' | 'product'>): string {
  const parts = id.split('-');
  const brand = product.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return branded(parts, brand) ?? parts.map(capitalized).join('');
}

/** Returns the parts of an id in the spelling of the vendor, if the id begins with words of the name of the product. */
function branded(parts: readonly string[], brand: readonly string[]): string | undefined {
  for (let count = parts.length; count > 0; count--) {
    const own = parts.slice(0, count).join('');
    for (let from = 0; from < brand.length; from++) {
      for (let to = brand.length; to > from; to--) {
        const words = brand.slice(from, to);
        if (words.join('').toLowerCase() !== own) continue;
        return [...words, ...parts.slice(count)].map(capitalized).join('');
      }
    }
  }
  return undefined;
}

/** Returns a word with a capital letter, and acronyms as words, as the names of the other constructs have them. */
function capitalized(word: string): string {
  const rest = /[a-z]/.test(word) ? word.slice(1) : word.slice(1).toLowerCase();
  return word.charAt(0).toUpperCase() + rest;
}

/** Returns the constant that has a table: `RKE2_2026_05`. */
export function constantName({ id, edition }: Pick<PortTable, 'id' | 'edition'>): string {
  return `${id}-${edition}`.replaceAll(/[^a-z\d]/g, '_').toUpperCase();
}

/** Returns the class that opens a table: `Rke2Rules`. */
export function className(table: Pick<PortTable, 'id' | 'product'>): string {
  return `${prefixOf(table)}Rules`;
}

/** Returns the enum of the choices of an option: `Rke2Cni`. */
export function enumName(table: Pick<PortTable, 'id' | 'product'>, option: string): string {
  return prefixOf(table) + option.split('-').map(capitalized).join('');
}

/** Returns the member of an enum: `FLANNEL_NATIVE`. A name cannot begin with a digit. */
export function memberName(choice: string): string {
  return `${/^\d/.test(choice) ? 'V' : ''}${choice.replaceAll(/[^a-z\d]+/g, '_').toUpperCase()}`;
}
