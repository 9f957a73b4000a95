import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Bargain,
  bidFor,
  guesses,
  productivityOf,
  type Round,
} from "../../../src/games/tw2002/bargain.ts";
import {
  afterCounter,
  type Product,
  shownFactor,
  type Side,
  unitPrice,
} from "../../../src/games/tw2002/rules/ports.ts";
import { capturesDir, capturesMissing, whyMissing } from "../../captures.ts";
import { seeded } from "../../cuts.ts";

/** One line of haggle-deals.jsonl: fields as the recordings' README names them. */
interface Deal {
  readonly prod: Product;
  readonly mode: "buy" | "sell";
  readonly n: number;
  readonly exp: number;
  readonly mcic: number;
  readonly pr: number;
  readonly disp: readonly [string, number, number];
  readonly offers: readonly (readonly [offer: number, counter: number, final: boolean])[];
  readonly st: string;
  readonly end: string;
}

const deals = (): Deal[] =>
  capturesMissing
    ? []
    : readFileSync(join(capturesDir, "haggle-deals.jsonl"), "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Deal);

const bargainOf = (deal: Deal, rounds: Round[]): Bargain => ({
  product: deal.prod,
  side: deal.mode === "sell" ? "buying" : "selling",
  units: deal.n,
  stock: deal.disp[1],
  productivity: productivityOf(deal.disp[1], deal.disp[2]),
  experience: deal.exp,
  weekday: 1,
  mcics: undefined,
  rounds,
});

test.skipIf(capturesMissing)(
  `the port's hidden number is among the guesses of every recorded deal${whyMissing}`,
  () => {
    let found = 0;
    let all = 0;
    let left = 0;
    for (const deal of deals()) {
      const rounds: Round[] = [];
      for (const [offer, counter, final] of deal.offers) {
        const last = rounds.at(-1);
        if (last && last.offer === offer && last.final === final) last.insulted = true;
        rounds.push({ offer, final, bid: counter });
      }
      const bargain = bargainOf(deal, rounds);
      const [low, high] = bargain.productivity;
      expect(deal.pr >= Math.floor(low) && deal.pr <= high).toBe(true);
      const told = guesses(bargain);
      all++;
      left += new Set(told.map(({ mcic }) => mcic)).size;
      if (told.some(({ mcic }) => mcic === Math.abs(deal.mcic))) found++;
    }
    console.info(
      `recorded deals: hidden number among the guesses ${found}/${all}, ${(left / all).toFixed(1)} guesses each`,
    );
    expect(found / all).toBeGreaterThan(0.97);
  },
);

/** A port that follows the published rules; what it is hiding is known to the test alone. */
function haggle(known: boolean, seed: number) {
  const dice = seeded(seed);
  const pick = (min: number, max: number) => min + Math.floor(dice() * (max - min + 1));
  const product: Product = (["Fuel Ore", "Organics", "Equipment"] as const)[pick(0, 2)]!;
  const range = { "Fuel Ore": [40, 90], Organics: [30, 75], Equipment: [20, 65] }[product] as [
    number,
    number,
  ];
  const side: Side = dice() < 0.5 ? "buying" : "selling";
  const mcic = pick(...range);
  const productivity = pick(75, 300);
  const stock = pick(productivity * 4, productivity * 10);
  const experience = pick(0, 300);
  const units = 20;
  const mood = pick(0, 5);
  const factor = shownFactor(side, mcic, pick(-3, 3));
  const fair = unitPrice({ product, side, mcic, productivity, mood, stock, experience }) * units;
  let hidden = fair;
  const percent = Math.floor((10 * stock) / productivity);
  const rounds: Round[] = [{ offer: Math.round(hidden * factor), final: false }];
  const bargain: Bargain = {
    product,
    side,
    units,
    stock,
    experience,
    weekday: 1,
    rounds,
    productivity: productivityOf(stock, percent),
    mcics: known ? [mcic] : undefined,
  };
  const better = (a: number, b: number) => (side === "buying" ? a <= b : a >= b);
  for (let round = 1; round < 20; round++) {
    const bid = bidFor(bargain, 1_000_000);
    const last = rounds.at(-1)!;
    last.bid = bid;
    if (better(bid, hidden)) return { how: "struck", share: side === "buying" ? bid / fair : fair / bid };
    if (last.final) return { how: "refused", share: 0 };
    const limit = (4 * mcic) / 1000 / round;
    const beyond = side === "buying" ? bid / hidden - 1 : 1 - bid / hidden;
    if (beyond > limit) return { how: "thrown out", share: 0 };
    hidden = afterCounter(hidden, bid);
    rounds.push({ offer: Math.round(hidden * factor), final: dice() < 0.2 });
  }
  return { how: "endless", share: 0 };
}

test("haggling beats the port's best price, on a first visit and more so on a second, and is hardly ever refused", () => {
  for (const known of [false, true]) {
    const outcomes = Array.from({ length: 400 }, (_, seed) => haggle(known, seed));
    const struck = outcomes.filter(({ how }) => how === "struck");
    const share = struck.reduce((sum, outcome) => sum + outcome.share, 0) / struck.length;
    console.info(
      `${known ? "known" : "unknown"} port: ${struck.length} of 400 struck, ${(100 * share).toFixed(1)}% of the hidden best price`,
    );
    expect(struck.length).toBeGreaterThan(known ? 396 : 380);
    expect(share).toBeGreaterThan(1.05);
    expect(outcomes.filter(({ how }) => how === "endless" || how === "thrown out").length).toBeLessThan(4);
  }
});

test("insulted twice, the port's own price is taken: no bargain goes on for ever", () => {
  const insult = { offer: 257, final: false, bid: 119, insulted: true };
  const bargain: Bargain = {
    product: "Fuel Ore",
    side: "selling",
    units: 20,
    stock: 1990,
    experience: 1,
    weekday: 1,
    mcics: undefined,
    productivity: [199, 199],
    rounds: [insult, { ...insult }, { offer: 257, final: false }],
  };
  expect(bidFor(bargain, 1000)).toBe(257);
  expect(bidFor({ ...bargain, side: "buying" }, 1000)).toBe(257);
});

test("a bid never goes beyond what we can pay", () => {
  const bargain: Bargain = {
    product: "Equipment",
    side: "selling",
    units: 10,
    stock: 1990,
    experience: 1,
    weekday: 1,
    mcics: undefined,
    productivity: [199, 199],
    rounds: [{ offer: 653, final: true }],
  };
  expect(bidFor(bargain, 1000)).toBeLessThanOrEqual(653);
  expect(bidFor(bargain, 500)).toBe(500);
});

test("percent and stock bound the productivity; a full port tells it", () => {
  expect(productivityOf(1990, 100)).toEqual([199, 199]);
  const [low, high] = productivityOf(1314, 63);
  expect(low).toBeLessThanOrEqual(207);
  expect(high).toBeGreaterThanOrEqual(207);
  expect(high - low).toBeLessThan(5);
});
