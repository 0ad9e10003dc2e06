/** Things by what `keyOf` says of them; keys, and things of one key, in the order in which they came. */
export function groupBy<T, K>(things: Iterable<T>, keyOf: (thing: T) => K): ReadonlyMap<K, readonly [T, ...T[]]> {
  const groups = new Map<K, [T, ...T[]]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [thing]);
    } else {
      group.push(thing);
    }
  }
  return groups;
}
