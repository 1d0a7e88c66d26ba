const bucketCount = 64;

// FNV-1a: uuids differ anywhere in the string, hand-made ids often only at the end.
function bucketOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) & (bucketCount - 1);
}

/**
 * An immutable map of ids. A changed copy shares every bucket that did not change, so that one edit of a large document
 * copies a few dozen references instead of thousands.
 *
 * @example
 * const one = Table.of([["a", 1]]);
 * const two = one.with(new Map([["b", 2], ["a", undefined]])); // `undefined` removes
 */
export class Table<V> {
  readonly #buckets: readonly ReadonlyMap<string, V>[];
  readonly size: number;

  private constructor(buckets: readonly ReadonlyMap<string, V>[], size: number) {
    this.#buckets = buckets;
    this.size = size;
  }

  /** A table of these entries; the last one of an id wins. */
  static of<V>(entries: Iterable<readonly [string, V]>): Table<V> {
    const nothing: ReadonlyMap<string, V> = new Map();
    return new Table(
      Array.from({ length: bucketCount }, () => nothing),
      0,
    ).with(new Map(entries));
  }

  get(id: string): V | undefined {
    return this.#buckets[bucketOf(id)]?.get(id);
  }

  has(id: string): boolean {
    return this.#buckets[bucketOf(id)]?.has(id) ?? false;
  }

  *entries(): Iterable<[string, V]> {
    for (const bucket of this.#buckets) yield* bucket;
  }

  /** A copy with these values set; `undefined` removes. */
  with(changes: ReadonlyMap<string, V | undefined>): Table<V> {
    const buckets = [...this.#buckets];
    const copied = new Map<number, Map<string, V>>();
    let size = this.size;
    for (const [id, value] of changes) {
      const index = bucketOf(id);
      const bucket = copied.get(index) ?? new Map(buckets[index]);
      copied.set(index, bucket);
      buckets[index] = bucket;
      size -= bucket.size;
      if (value === undefined) bucket.delete(id);
      else bucket.set(id, value);
      size += bucket.size;
    }
    return new Table(buckets, size);
  }
}
