/**
 * Returns the first index whose item satisfies `holds`, or the length of the list if no item does.
 *
 * The list must be sorted so that all items before that index fail `holds` and all items after it satisfy `holds`.
 */
export function firstIndex<T>(sorted: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(sorted[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
