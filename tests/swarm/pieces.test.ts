import { expect, test } from "bun:test";
import fc from "fast-check";
import { Pieces } from "../../src/swarm/pieces.ts";

/** Keys of which some begin with others, and whose hashes have to share slots. */
const key = fc.oneof(
  fc.constantFrom("a", "a1", "a11", "A1", "a1.1"),
  fc.nat(5000).map((sector) => `w${sector}`),
);
const step = fc.oneof(
  {
    weight: 60,
    arbitrary: fc.record({
      key,
      value: fc.nat(9),
      by: fc.integer({ min: -1, max: 3 }),
      times: fc.constant(1),
    }),
  },
  // Past the room, and past the outdated steps that the order may hold.
  {
    weight: 1,
    arbitrary: fc.record({
      key,
      value: fc.nat(9),
      by: fc.constant(1),
      times: fc.integer({ min: 100, max: 1500 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant("clear" as const) },
);

test("pieces are a map in the order of its last changes", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), fc.nat(400), (steps, back) => {
      const pieces = new Pieces();
      const model = new Map<string, { line: string; seq: number; by: number }>();
      let seq = 0;
      for (const one of steps) {
        if (one === "clear") {
          pieces.clear();
          model.clear();
          continue;
        }
        for (let time = 0; time < one.times; time++) {
          const name = time === 0 ? one.key : `${one.key}x${time % 700}`;
          const line = `${name} ${one.value}`;
          pieces.put(name, line, one.by);
          model.delete(name);
          model.set(name, { line, seq: ++seq, by: one.by });
        }
      }
      expect(pieces.seq).toBe(seq);
      expect(pieces.size).toBe(model.size);
      for (const [name, { line }] of model) expect(pieces.line(name)).toBe(line);
      for (const name of ["b", "w", "w5001", "a1 "]) {
        expect(pieces.has(name)).toBe(false);
        expect(pieces.line(name)).toBeUndefined();
      }
      for (const after of [0, Math.max(0, seq - back)])
        expect([...pieces.since(after)]).toEqual([...model.values()].filter((piece) => piece.seq > after));
    }),
    { numRuns: 200 },
  );
});

test("a piece that changes all the time takes no more room than one that does not", () => {
  Bun.gc(true);
  const before = process.memoryUsage().arrayBuffers;
  const pieces = new Pieces();
  for (let time = 0; time < 1_000_000; time++) pieces.put("a", "a 1", 1);
  Bun.gc(true);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200_000);
  expect([...pieces.since(0)].length).toBe(1);
});
