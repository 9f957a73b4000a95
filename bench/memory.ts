/** What a bot's knowledge of a whole galaxy weighs. */
import { heapStats } from "bun:jsc";
import { tw2002 } from "../src/games/tw2002/mod.ts";
import type { Fact } from "../src/games/tw2002/facts.ts";
import { bigBang } from "../src/games/tw2002/host/universe/bigbang.ts";
import { products, sideOf } from "../src/games/tw2002/rules/ports.ts";
import { startMs } from "../tests/sim/arena.ts";

/** Worlds that are weighed together: one alone is lost in the heap's own ups and downs. */
const together = 8;

/** Bytes of one bot's world with every sector seen and every port called at. */
export function worldBytes(sectors: number): number {
  const facts = factsOf(sectors);
  // The first one brings along what all share.
  const kept = [worldOf(facts)];
  const before = heapBytes();
  for (let count = 0; count < together; count++) kept.push(worldOf(facts));
  const after = heapBytes();
  if (kept.some((world) => tw2002.standing(world).sectorsExplored < sectors))
    throw new Error("A world was not learned");
  return (after - before) / together;
}

/** The world of a bot that has seen all of a universe. */
export const knownWorld = (sectors: number) => worldOf(factsOf(sectors));

function heapBytes(): number {
  Bun.gc(true);
  const { heapSize, extraMemorySize } = heapStats();
  return heapSize + extraMemorySize;
}

function worldOf(facts: readonly Fact[]) {
  const world = tw2002.newWorld({
    name: "Weighed",
    password: "",
    gameLetter: "A",
    shipName: "",
    planetName: "",
    turnsMax: 0,
    reserveCredits: 0,
    maxHops: 6,
  });
  // What a reader makes of a line is new each time.
  for (const fact of facts) tw2002.learn(world, structuredClone(fact), startMs);
  return world;
}

function factsOf(sectors: number): Fact[] {
  const universe = bigBang({ sectors, seed: 1, at: startMs });
  return universe.sectors.flatMap(({ number: sector, warps, nebula }): Fact[] => {
    const port = universe.ports.get(sector);
    const seen: Fact[] = [
      { type: "at", sector },
      { type: "sector", sector, region: nebula, unexplored: false },
      ...(port ? [{ type: "port", sector, name: port.name, portClass: port.portClass } as const] : []),
      { type: "warps", sector, to: warps },
      { type: "at", sector },
    ];
    if (!port || port.stocks.length === 0) return seen;
    const report = port.stocks.flatMap((stock, index): Fact[] => {
      const product = products[index]!;
      const side = sideOf(port.portClass, product);
      // Most have been traded at: a full stock tells its productivity, which is the smaller thing to keep.
      const trading = Math.floor(stock.amount * 0.7);
      return side ? [{ type: "stock", product, side, trading, percent: 70, onBoard: 0 }] : [];
    });
    return [...seen, { type: "commerce", port: port.name, weekday: 1 }, ...report];
  });
}
