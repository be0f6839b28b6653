/** Returns a function that computes a value only once for each object, which must not change. */
export function oncePer<K extends object, V>(compute: (object: K) => V): (object: K) => V {
  const computed = new WeakMap<K, V>();
  return (object) => {
    if (!computed.has(object)) computed.set(object, compute(object));
    return computed.get(object)!;
  };
}
