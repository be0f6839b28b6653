import type { PortTable } from '../tables';

/** The classes that are written by hand, by the id of their table. */
const BY_HAND: ReadonlyMap<string, string> = new Map([
  ['apinizer-data-stores', 'ApinizerDataStoreRules'],
  ['apinizer-installation-hosts', 'ApinizerInstallationHostnames'],
  ['apinizer-node-ports', 'ApinizerNodePorts'],
  ['control-plane-vip', 'ControlPlaneVipRules'],
  ['kubeadm-flannel', 'KubeadmFlannelClusterRules'],
  ['prometheus-cost-metrics', 'PrometheusCostMetricsRule'],
  ['vcluster-platform', 'VClusterPlatformIngressRules'],
]);

/** Whether the class that opens a table is written by hand. */
export function isByHand({ id }: Pick<PortTable, 'id'>): boolean {
  return BY_HAND.has(id);
}

/** Returns the class that opens a table. */
export function constructOf(table: Pick<PortTable, 'id' | 'product'>): string {
  return BY_HAND.get(table.id) ?? className(table);
}

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
export function capitalized(word: string): string {
  const rest = /[a-z]/.test(word) ? word.slice(1) : word.slice(1).toLowerCase();
  return word.charAt(0).toUpperCase() + rest;
}

/** Returns the class that is generated for a table: `Rke2Rules`, and of hostnames `TalosHostnames`. */
export function className(table: Pick<PortTable, 'id' | 'product'>): string {
  return table.id.endsWith('-hostnames') ? prefixOf(table) : `${prefixOf(table)}Rules`;
}
