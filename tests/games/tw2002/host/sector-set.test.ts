import { expect, test } from "bun:test";
import fc from "fast-check";
import { SectorSet } from "../../../../src/games/tw2002/host/sector-set.ts";

test("a set of sectors is a set in ascending order", () => {
  const sectors = fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 30_000 })));
  fc.assert(
    fc.property(sectors, sectors, (added, asked) => {
      const set = new SectorSet(added);
      const model = new Set(added);
      expect(set.size).toBe(model.size);
      expect([...set]).toEqual([...model].sort((a, b) => a - b));
      for (const sector of asked) expect(set.has(sector)).toBe(model.has(sector));
    }),
  );
});

test("a trader who has seen 20,000 sectors takes a few KB", () => {
  Bun.gc(true);
  const before = process.memoryUsage().arrayBuffers;
  const set = new SectorSet(Array.from({ length: 20_000 }, (_, at) => at + 1));
  expect(set.size).toBe(20_000);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000);
});
