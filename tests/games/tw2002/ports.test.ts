/** Ports in columns against a plain map of plain values, over whatever may be learned of them. */
import { expect, test } from "bun:test";
import fc from "fast-check";
import { sectorsMax } from "../../../src/games/tw2002/chart.ts";
import { type Good, Ports, redoneMax, tradingMax } from "../../../src/games/tw2002/ports.ts";
import type { PortClass } from "../../../src/games/tw2002/rules/ports.ts";
import { portsTold } from "./strategies/worlds.ts";

interface Plain {
  sector: number;
  portClass: PortClass;
  dockedAt: number | undefined;
  stockAt: number | undefined;
  goods: (Good | undefined)[];
}

const good: fc.Arbitrary<Good> = fc.record({
  side: fc.constantFrom("buying", "selling"),
  trading: fc.integer({ min: 0, max: tradingMax }),
  percent: fc.integer({ min: 0, max: 100 }),
  least: fc.double({ min: 1, max: 7000, noNaN: true }),
  most: fc.double({ min: 1, max: 7000, noNaN: true }),
  struck: fc.integer({ min: 0, max: 2 ** 51 }),
  redone: fc.integer({ min: 0, max: redoneMax }),
});
// Few sectors, so that the same ones come again; and the last that there can be.
const sector = fc.oneof(fc.integer({ min: 1, max: 120 }), fc.constant(sectorsMax));
const portClass = fc.integer({ min: 0, max: 9 }) as fc.Arbitrary<PortClass>;
const deed = fc.oneof(
  { weight: 50, arbitrary: fc.record({ what: fc.constant("add" as const), sector, portClass }) },
  {
    weight: 50,
    arbitrary: fc.record({ what: fc.constant("learn" as const), sector, index: fc.nat(2), good }),
  },
  {
    weight: 20,
    arbitrary: fc.record({
      what: fc.constant("trade" as const),
      sector,
      index: fc.nat(2),
      units: fc.nat(500),
    }),
  },
  {
    weight: 20,
    arbitrary: fc.record({ what: fc.constant("dock" as const), sector, turn: fc.nat(65_000), at: fc.nat() }),
  },
  { weight: 20, arbitrary: fc.record({ what: fc.constant("delete" as const), sector }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("clear" as const), sector }) },
);

test("columns keep what a map would keep, in its order", () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 300, size: "max" }), (deeds) => {
      const ports = new Ports();
      const plain = new Map<number, Plain>();
      for (const one of deeds) {
        const [port, twin] = [ports.get(one.sector), plain.get(one.sector)];
        switch (one.what) {
          case "add": {
            ports.add(one.sector, one.portClass);
            const goods = [undefined, undefined, undefined];
            plain.set(one.sector, { ...one, dockedAt: undefined, stockAt: undefined, goods });
            break;
          }
          case "learn":
            port?.learn(one.index, one.good);
            if (twin) twin.goods[one.index] = { ...one.good };
            break;
          case "trade": {
            const [known, same] = [port?.good(one.index), twin?.goods[one.index]];
            if (known) known.trading = Math.max(0, known.trading - one.units);
            if (same) same.trading = Math.max(0, same.trading - one.units);
            break;
          }
          case "dock":
            for (const each of [port, twin])
              if (each) Object.assign(each, { dockedAt: one.turn, stockAt: one.at });
            break;
          case "delete":
            expect(ports.delete(one.sector)).toBe(plain.delete(one.sector));
            break;
          case "clear":
            ports.clear();
            plain.clear();
        }
        expect(ports.has(one.sector)).toBe(plain.has(one.sector));
      }
      expect(ports.size).toBe(plain.size);
      const told = Array.from(plain.values(), ({ sector, portClass, dockedAt, stockAt, goods }) => ({
        sector,
        portClass,
        dockedAt,
        stockAt,
        goods,
      }));
      expect(portsTold(ports)).toEqual(told);
    }),
  );
});

test("a window shows what is, also what was written through another one", () => {
  const ports = new Ports();
  const port = ports.add(7, 1);
  expect(port.good(0)).toBeUndefined();
  expect([port.dockedAt, port.stockAt]).toEqual([undefined, undefined]);
  const value: Good = { side: "buying", trading: 5, percent: 1, least: 1, most: 2, struck: 3, redone: 4 };
  port.learn(0, value);
  const seen = port.good(0)!;
  ports.get(7)!.good(0)!.side = "selling";
  expect(seen.side).toBe("selling");
  // A product that is learned from its own window, and many more ports: the columns are other ones by then.
  port.learn(1, seen);
  for (let sector = 100; sector < 1000; sector++) ports.add(sector, 2);
  seen.trading = 9;
  expect(ports.get(7)!.good(0)!.trading).toBe(9);
  expect(ports.get(7)!.good(1)).toMatchObject({ side: "selling", trading: 5, struck: 3, redone: 4 });
});

test("what no port of the game has is cut to what fits, and nothing wraps around", () => {
  const port = new Ports().add(1, 1);
  port.learn(0, { side: "buying", trading: 1e9, percent: 400, least: 1, most: 2, struck: 0, redone: 1e6 });
  expect(port.good(0)).toMatchObject({ trading: tradingMax, percent: 255, redone: redoneMax });
  port.good(0)!.trading = -5;
  expect(port.good(0)!.trading).toBe(0);
});
