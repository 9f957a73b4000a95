/** What is typed before its prompt is there, and what is made of deals and courses that did not come out as they were meant. */
import { expect, test } from "bun:test";
import { along, isClear } from "../../../src/games/tw2002/courses.ts";
import { learn } from "../../../src/games/tw2002/learn.ts";
import { createReader } from "../../../src/games/tw2002/reader/read.ts";
import { answersAhead } from "../../../src/games/tw2002/skills/asked.ts";
import { travel } from "../../../src/games/tw2002/skills/move.ts";
import { trade } from "../../../src/games/tw2002/skills/trade.ts";
import { verdict } from "../../../src/games/tw2002/strategies/verdict.ts";
import { hungUp, newWorld } from "../../../src/games/tw2002/world.ts";

const self = {
  name: "Willy",
  password: "hush",
  gameLetter: "A",
  shipName: "Bucket",
  planetName: "Home",
  turnsMax: 200,
  reserveCredits: 0,
  maxHops: 6,
};

/** Ore, organics, equipment aboard a ship of 20 holds, in sector 7 with a port that sells, buys, sells. */
function atPort(cargo: readonly [number, number, number], credits = 50_000) {
  const world = newWorld(self);
  let { read } = createReader();
  const see = (text: string) =>
    text.split("\n").flatMap((line) => read(line).flatMap((fact) => learn(world, fact, 0) ?? []));
  const [ore, organics, equipment] = cargo;
  const aboard = () =>
    see(`<Info>
Trader Name    : Civilian Willy
Current Sector : 7
Total Holds    : 20 - Fuel Ore=${ore} Organics=${organics} Equipment=${equipment} Empty=${20 - ore - organics - equipment}
Credits        : ${credits}`);
  see("Command [TL=00:00:00]:[7] (?=Help)? : I");
  aboard();
  see(`Sector  : 7 in uncharted space.
Ports   : Guatama, Class 5 (SBS)
Warps to Sector(s) :  8 - 9
`);
  const dock = (stock: readonly [number, number, number]) =>
    see(`Commerce report for Guatama: 02:14:15 PM Mon Nov 22, 2038
Fuel Ore   Selling   ${stock[0]}    100%       ${ore}
Organics   Buying    ${stock[1]}    100%       ${organics}
Equipment  Selling   ${stock[2]}    100%       ${equipment}
You have ${credits} credits and ${20 - ore - organics - equipment} empty cargo holds.`);
  const reconnect = () => {
    hungUp(world);
    ({ read } = createReader());
  };
  return { world, see, dock, reconnect };
}

const call = (sell: readonly [number, number, number], buy: readonly [number, number, number]) =>
  ({ type: "trade", sell, buy }) as const;
const typed = (answers: readonly { at: string; keys: string }[]) => answers.map(({ keys }) => keys);

test("a sale of all that is aboard is typed with the call; nothing goes ahead of the offer that follows it", () => {
  const { world } = atPort([0, 20, 0]);
  expect(trade.start({ world, intent: call([0, 20, 0], [20, 0, 0]) })).toEqual({
    keys: "P",
    ahead: [
      { at: "portMenu", keys: "T" },
      { at: "quantity", keys: "\r" },
    ],
  });
});

test("part of a cargo is no Enter, and a number is never typed before its question", () => {
  const { world } = atPort([0, 20, 0]);
  expect(answersAhead(world, call([0, 5, 0], [0, 0, 0]))).toEqual([]);
});

test("what nobody wants is declined on the way to what we came for", () => {
  const { world, dock } = atPort([0, 0, 0]);
  dock([1840, 2750, 1990]);
  expect(typed(answersAhead(world, call([0, 0, 0], [0, 0, 20])))).toEqual(["0\r", "\r"]);
  const after = { product: "Fuel Ore", side: "selling" } as const;
  expect(typed(answersAhead(world, call([0, 0, 0], [0, 0, 20]), after))).toEqual(["\r"]);
});

test("a question that may not come is not answered ahead: no stock, no room, no credits", () => {
  const buyAll = call([0, 0, 0], [20, 0, 20]);
  const sold = atPort([0, 0, 0]);
  sold.dock([0, 2750, 1990]);
  expect(typed(answersAhead(sold.world, buyAll))).toEqual(["\r"]);
  expect(answersAhead(atPort([10, 0, 10]).world, buyAll)).toEqual([]);
  const poor = atPort([0, 0, 0], 100);
  poor.dock([1840, 2750, 1990]);
  expect(answersAhead(poor.world, buyAll)).toEqual([]);
});

test("a port that took an Enter for what nobody wanted is made to break off", () => {
  const { world, dock, see } = atPort([0, 0, 0]);
  dock([1840, 2750, 1990]);
  see(`How many holds of Fuel Ore do you want to buy [20]? 
Agreed, 20 units.
We'll sell them for 400 credits.`);
  const prompt = { type: "offer", credits: 400 } as const;
  const bid = (intent: ReturnType<typeof call>) => {
    const answer = trade.answers.offer!({ world, prompt, intent });
    return answer && "keys" in answer ? Number.parseInt(answer.keys, 10) : Number.NaN;
  };
  // Beyond four times what any port of this product bears (docs/port-prices.md).
  expect(bid(call([0, 0, 0], [0, 0, 20]))).toBeLessThan(400 * 0.7);
  expect(bid(call([0, 0, 0], [20, 0, 0]))).toBeGreaterThan(400 * 0.7);
});

test("a deal that was struck while the line was down is told at the next Info, once", () => {
  const { world, see, dock, reconnect } = atPort([0, 20, 0], 1_000);
  dock([1840, 2750, 1990]);
  reconnect();
  reconnect();
  world.turnsExecuted = self.turnsMax;
  expect(verdict(world)).toBeUndefined();
  const info = `Command [TL=00:00:00]:[7] (?=Help)? : I
<Info>
Trader Name    : Civilian Willy
Total Holds    : 20 - Empty=20
Credits        : 2,234`;
  expect(see(info)).toEqual([{ sector: 7, product: "Organics", units: 20, credits: 1_234 }]);
  expect(world.ports.get(7)?.good(1)?.trading).toBe(2_730);
  expect(see(info)).toEqual([]);
  expect(verdict(world)).toMatchObject({ how: "completed" });
});

test("credits or cargo that changed alone, or the wrong way, are no deal", () => {
  for (const after of [
    "Total Holds    : 20 - Organics=20 Empty=0\nCredits        : 2,234",
    "Total Holds    : 20 - Empty=20\nCredits        : 1,000",
    "Total Holds    : 20 - Empty=20\nCredits        : 900",
  ]) {
    const { see, dock, reconnect } = atPort([0, 20, 0], 1_000);
    dock([1840, 2750, 1990]);
    reconnect();
    expect(
      see(`Command [TL=00:00:00]:[7] (?=Help)? : I\n<Info>\nTrader Name    : Civilian Willy\n${after}`),
    ).toEqual([]);
  }
});

test("a course is flown when it is known as a whole and clear, declined when danger lies on it, and then not asked for again", () => {
  const { world, see } = atPort([0, 0, 0]);
  const engage = () =>
    travel.answers.engage!({ world, prompt: { type: "engage" }, intent: { type: "travel", to: 11 } });
  const heading = "The shortest path (3 hops, 9 turns) from sector 7 to sector 11 is:";
  expect(along(world, [8, 10, 11])).toEqual({ type: "travel", to: 11 });
  expect(along(world, [8])).toEqual({ type: "move", to: 8 });
  see(`${heading}\n7 > (8) > (10) > (11)`);
  expect([isClear(world), engage()]).toEqual([true, { keys: "E" }]);
  see(`Sector  : 10 in uncharted space.
Fighters: 500 (Rogue Mercenaries) [Defensive]
Warps to Sector(s) :  8 - 11
`);
  expect([isClear(world), engage()]).toEqual([false, { keys: "N" }]);
  expect(along(world, [8, 9, 11])).toEqual({ type: "move", to: 8 });
  see(`${heading}\n7 > (8) >`);
  expect(isClear(world)).toBe(false);
});
