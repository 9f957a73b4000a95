import { expect, test } from "bun:test";
import {
  type AnomalyName,
  barrenTurns,
  createAnomalies,
  drySteps,
  knownSteps,
  repeatsMax,
  type Seen,
  tellTurns,
  windowChoices,
} from "../../src/player/anomalies.ts";

/** A bot that is looked at choice by choice; what stood out, by the turn at which it did. */
function watched() {
  const anomalies = createAnomalies();
  let seen: Seen = { turns: 0, worth: 300, sector: 1, explored: 1, moved: true, doing: "" };
  const found: [turns: number, name: AnomalyName, text: string][] = [];
  /** What a choice came to: `gain` and `used` beside what else is new. */
  function did(
    doing: string,
    { used = 1, gain = 0, ...rest }: Partial<Seen> & { used?: number; gain?: number } = {},
  ) {
    seen = { ...seen, moved: true, ...rest, doing, turns: seen.turns + used, worth: seen.worth + gain };
    for (const { name, text } of anomalies.look(seen)) found.push([seen.turns, name, text]);
  }
  return { did, found, names: () => [...new Set(found.map(([, name]) => name))] };
}

/** There and back between two ports, so many rounds, each earning that much. */
function works({ did }: ReturnType<typeof watched>, rounds: number, gain: (round: number) => number) {
  for (let round = 0; round < rounds; round++) {
    for (const sector of [5, 9]) {
      did(`moving to ${sector}`, { used: 2, sector });
      did(`trading at ${sector}`, { sector, gain: gain(round) });
    }
  }
}

test("a bot that works a pair of ports, looks for the next and buys a ship does nothing odd", () => {
  const bot = watched();
  for (let season = 0; season < 5; season++) {
    works(bot, 8, (round) => 900 - 60 * round);
    for (let hop = 0; hop < 12; hop++)
      bot.did(`moving to ${100 * season + hop}`, {
        used: 2,
        sector: 100 * season + hop,
        explored: 20 * season + hop,
      });
    bot.did("on errands at the StarDock", { gain: -4000 });
  }
  expect(bot.found).toEqual([]);
});

test("asking the computer over and over takes no turns, and is no repetition", () => {
  const bot = watched();
  for (let i = 0; i < 5 * repeatsMax; i++) bot.did("plotting courses", { used: 0 });
  expect(bot.found).toEqual([]);
});

test("what comes before the first turn is no gain: the bot is told what it has", () => {
  const bot = watched();
  bot.did("entering the game", { used: 0 });
  bot.did("reading the ship's papers", { used: 0, gain: 1_000_000 });
  works(bot, 40, () => 200);
  expect(bot.found).toEqual([]);
});

test("two deeds in turn that bring nothing stand out, once in a while", () => {
  const bot = watched();
  for (let i = 0; i < repeatsMax / 2; i++)
    for (const to of [5, 9]) bot.did(`moving to ${to}`, { sector: to });
  expect(bot.names()).toEqual(["repeating actions"]);
  expect(bot.found[0]![2]).toBe(`${repeatsMax} times moving to 5 and moving to 9, to no gain`);
  for (let i = 0; i < tellTurns; i++) bot.did("moving to 5", { sector: 5 });
  expect(bot.found.filter(([, name]) => name === "repeating actions")).toHaveLength(2);
});

test("few sectors for many turns without a gain stand out, whatever is done there", () => {
  const bot = watched();
  for (let i = 0; i < windowChoices; i++) bot.did(`deed ${i}`, { used: 2, sector: i % 3 });
  expect(bot.names()).toEqual(["repeating sectors"]);
});

test("no gain and no new sector for long is no progress", () => {
  const bot = watched();
  // The first thing that is seen is new.
  for (let turn = 0; turn <= barrenTurns; turn++) bot.did(`deed ${turn}`, { sector: turn });
  expect(bot.found).toEqual([
    [barrenTurns + 1, "no progress", `no gain and no new sector for ${barrenTurns} turns`],
  ]);
  bot.did("looking around", { explored: 2 });
  for (let turn = 1; turn < barrenTurns; turn++) bot.did(`deed ${turn}`, { sector: turn });
  expect(bot.found).toHaveLength(1);
});

test("turns that got the bot nowhere are wasted", () => {
  const bot = watched();
  for (let turn = 0; turn < 30; turn++)
    bot.did(`deed ${turn}`, { sector: turn, explored: turn, moved: turn % 2 === 0 });
  expect(bot.names()).toEqual(["wasted turns"]);
});

test("gains that dwindle are falling profit", () => {
  const bot = watched();
  works(bot, 60, () => 900);
  expect(bot.found).toEqual([]);
  works(bot, 30, () => 30);
  expect(bot.names()).toContain("falling profit");
});

test("a route dries up when its gains fall far below what was usual there, and its next season is another", () => {
  const bot = watched();
  works(bot, knownSteps, () => 900);
  works(bot, drySteps - 1, () => 90);
  expect(bot.found).toEqual([]);
  works(bot, 1, () => 90);
  expect(bot.names()).toEqual(["route drying up"]);
  expect(bot.found[0]![2]).toBe("90 credits in sector 5, where 900 were usual");
});
