import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { answerCounter, type Deal, dealOf, openDeal } from "../../../../src/games/tw2002/host/haggle.ts";
import { createDice } from "../../../../src/games/tw2002/host/dice.ts";
import type { Product } from "../../../../src/games/tw2002/rules/ports.ts";
import { capturesDir, capturesMissing, whyMissing } from "../../../captures.ts";
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

const thrownOut = /get lost|Get lost|Get out of here|leave if you value|peddle|do business|drop back by/;

/** What the real port did with the deal's last counter, in our words. */
function recordedEnd({ end }: RecordedDeal): string {
  const words = end.split("\n").slice(0, 3).join(" ");
  if (/not interested\./.test(words) && !/How have you/.test(words)) return "not interested";
  if (thrownOut.test(words)) return "thrown out";
  return "accepted";
}
const recordedReward = ({ end }: RecordedDeal) => /your (good|great|excellent) trading/.exec(end)?.[1] ?? "";

/** Plays the trader's counters against our arithmetic; true when every answer is the recorded one. */
function explains(recorded: RecordedDeal, opening: Deal): boolean {
  let deal = opening;
  for (const [index, [shown, counter]] of recorded.offers.entries()) {
    if (deal.shown !== shown) return false;
    const next = recorded.offers[index + 1];
    const answer = answerCounter(deal, counter, loadedDice({ rolls: [next?.[2] ? 0 : 0.9] }));
    if (!next) {
      if (answer.type !== recordedEnd(recorded)) return false;
      return answer.type !== "accepted" || answer.reward === recordedReward(recorded);
    }
    if (answer.type === "countered") deal = answer.deal;
    else if (answer.type !== "insulted" || next[0] !== shown) return false;
  }
  return true;
}

function explained(recorded: RecordedDeal): boolean {
  const side = recorded.mode === "buy" ? "selling" : "buying";
  for (let mood = 0; mood <= 5; mood++) {
    for (let variance = -3; variance <= 3; variance++) {
      for (let earned = 0; earned <= 2; earned++) {
        const terms = {
          product: recorded.prod,
          side,
          mcic: Math.abs(recorded.mcic),
          productivity: recorded.pr,
          mood,
          stock: recorded.disp[1],
          experience: recorded.exp + earned,
        } as const;
        if (explains(recorded, dealOf(terms, recorded.n, variance))) return true;
      }
    }
  }
  return false;
}

test.skipIf(capturesMissing)(
  `every recorded deal follows from its port's hidden numbers, to the credit${whyMissing}`,
  () => {
    const lines = readFileSync(join(capturesDir, "haggle-deals.jsonl"), "utf8").trim().split("\n");
    const deals = lines.map((line) => JSON.parse(line) as RecordedDeal);
    expect(deals.length).toBe(210);
    expect(deals.filter((deal) => !explained(deal)).map(({ offers, end }) => ({ offers, end }))).toEqual([]);
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
  expect(answerCounter(first.deal, 519, loadedDice({})).type).toBe("insulted");
  expect(first.deal.shown).toBeLessThan(deal.shown);
});

test("a worse counter to a final offer ends the deal, a good one closes it", () => {
  const deal = { ...dealOf(equipment, 10, 0), final: true };
  expect(answerCounter(deal, Math.ceil(deal.hidden) - 5, loadedDice({})).type).toBe("not interested");
  expect(answerCounter(deal, Math.ceil(deal.hidden), loadedDice({})).type).toBe("accepted");
});

test("about one counter in five makes the next offer the last", () => {
  const dice = createDice(11);
  let final = 0;
  for (let deal = 0; deal < 2000; deal++) {
    const opening = openDeal(equipment, 10, 1, dice);
    const answer = answerCounter(opening, Math.floor(opening.hidden) - 5, dice);
    if (answer.type === "countered" && answer.deal.final) final++;
  }
  expect(final).toBeGreaterThan(300);
  expect(final).toBeLessThan(500);
});
