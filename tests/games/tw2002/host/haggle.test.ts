import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { answerCounter, dealOf, openDeal } from "../../../../src/games/tw2002/host/haggle.ts";
import { createDice } from "../../../../src/games/tw2002/host/dice.ts";
import type { Product } from "../../../../src/games/tw2002/rules/ports.ts";
import { capturesDir, capturesMissing, sessionNames, whyMissing } from "../../../captures.ts";
import { endOf, explains, explainSeries, type Haggle, recordedHaggles } from "./haggles.ts";
import { loadedDice } from "./loaded-dice.ts";

interface RecordedDeal {
  readonly prod: Product;
  readonly mode: "buy" | "sell";
  readonly n: number;
  readonly exp: number;
  readonly mcic: number;
  readonly pr: number;
  readonly disp: readonly [string, number, number];
  readonly offers: readonly (readonly [shown: number, counter: number, final: boolean])[];
  readonly end: string;
}

const monday = 1;
const haggleOf = (deal: RecordedDeal): Haggle => ({
  product: deal.prod,
  side: deal.mode === "buy" ? "selling" : "buying",
  units: deal.n,
  stock: deal.disp[1],
  percent: deal.disp[2],
  experience: deal.exp,
  day: monday,
  offers: deal.offers.map(([shown, counter, final]) => ({ shown, counter, final })),
  end: endOf(deal.end.split("\n").slice(1, 3).join(" ")),
  reward: /your (good|great|excellent) trading/.exec(deal.end)?.[1] ?? "",
});

test.skipIf(capturesMissing)(
  `every recorded deal follows from its port's hidden numbers, to the credit${whyMissing}`,
  () => {
    const lines = readFileSync(join(capturesDir, "haggle-deals.jsonl"), "utf8").trim().split("\n");
    const deals = lines.map((line) => JSON.parse(line) as RecordedDeal);
    expect(deals.length).toBe(210);
    const left = deals.filter((deal) => !explains(haggleOf(deal), Math.abs(deal.mcic), deal.pr));
    expect(left.map(({ offers, end }) => ({ offers, end }))).toEqual([]);
  },
);

test.skipIf(capturesMissing)(
  `for every haggle on a recorded screen one set of hidden numbers per port explains every offer${whyMissing}`,
  () => {
    const shares = sessionNames().map((name) => {
      const series = recordedHaggles(name);
      const all = series.reduce((sum, { haggles }) => sum + haggles.length, 0);
      return [name, all, series.reduce((sum, one) => sum + explainSeries(one).explained, 0)] as const;
    });
    expect(shares.filter(([, all]) => all > 0)).toEqual([
      ["04-basics", 3, 3],
      ["07-haggle", 214, 214],
      ["10-default-universe-newplayer", 3, 3],
      ["12-evil-rob-steal", 1, 1],
      ["16-haggle-rounds", 51, 51],
    ]);
  },
);

const equipment = {
  product: "Equipment",
  side: "selling",
  mcic: 40,
  productivity: 200,
  mood: 0,
  stock: 2000,
  experience: 1000,
} as const;

test("a counter that goes back is an insult and changes nothing", () => {
  const deal = dealOf(equipment, 10, 0);
  const first = answerCounter(deal, 520, loadedDice({ rolls: [0.9] }));
  if (first.type !== "countered") throw new Error(first.type);
  expect(answerCounter(first.deal, 519, loadedDice({}))).toEqual({ type: "insulted", times: 1 });
  // As recorded: one that goes back and is out of all reason as well is met with two rude lines.
  expect(answerCounter(first.deal, 200, loadedDice({}))).toEqual({ type: "insulted", times: 2 });
  expect(first.deal.shown).toBeLessThan(deal.shown);
});

test("a worse counter to a final offer ends the deal, a good one closes it", () => {
  const deal = { ...dealOf(equipment, 10, 0), final: true };
  expect(answerCounter(deal, Math.ceil(deal.hidden) - 5, loadedDice({})).type).toBe("not interested");
  expect(answerCounter(deal, Math.ceil(deal.hidden), loadedDice({})).type).toBe("accepted");
});

test("about one counter in six makes the next offer the last, later ones more often", () => {
  const dice = createDice(11);
  let final = 0;
  for (let deal = 0; deal < 2000; deal++) {
    const opening = openDeal(equipment, 10, 1, dice);
    const answer = answerCounter(opening, Math.floor(opening.hidden) - 5, dice);
    if (answer.type === "countered" && answer.deal.final) final++;
  }
  expect(final).toBeGreaterThan(270);
  expect(final).toBeLessThan(400);
});
