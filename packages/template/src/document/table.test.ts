import { forEachSeed, type Random } from "@waggle/testing";
import { expect, test } from "vitest";
import { Table } from "./table.ts";

function randomChanges(random: Random): Map<string, number | undefined> {
  const changes = Array.from({ length: random.below(8) }, () => {
    return [`id-${random.below(100)}`, random.chance(0.3) ? undefined : random.below(1000)] as const;
  });
  return new Map(changes);
}

test("a table behaves as a map does, and its earlier versions stay as they were", () => {
  forEachSeed({ count: 300, atLeast: { "a removal": 1 } }, (random, tally) => {
    const map = new Map<string, number>();
    let table = Table.of<number>([]);
    for (let step = 0; step < 20; step++) {
      const [before, entries] = [table, [...table.entries()]];
      const changes = randomChanges(random);
      table = table.with(changes);
      for (const [id, value] of changes) {
        if (value !== undefined) map.set(id, value);
        else if (map.delete(id)) tally.count("a removal");
      }
      expect([...before.entries()]).toEqual(entries);
    }
    expect(new Map(table.entries())).toEqual(map);
    expect(table.size).toBe(map.size);
    for (const id of map.keys()) expect([table.has(id), table.get(id)]).toEqual([true, map.get(id)]);
    expect([table.has("never"), table.get("never")]).toEqual([false, undefined]);
  });
});
