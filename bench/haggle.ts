/** Haggling: what comes of it beside the best that is reachable (tests/games/tw2002/porttalk.ts says how that is reckoned), and what it costs. */
import type { Bargain } from "../src/games/tw2002/bargain.ts";
import { type Bidder, bidFor } from "../src/games/tw2002/bidding.ts";
import { answerCounter, openDeal } from "../src/games/tw2002/host/haggle.ts";
import { tellsOf } from "../src/games/tw2002/posterior.ts";
import { priceAt } from "../src/games/tw2002/prices.ts";
import { haggleWays, type HaggleWay } from "../src/proto/config.ts";
import {
  anyPort,
  call,
  diceOf,
  season,
  summary,
  type Summary,
  unspoken,
  visitor,
} from "../tests/games/tw2002/porttalk.ts";
import type { Benchmark } from "./harness/benchmark.ts";

const ports = 2000;
const monday = 1;

/** Each way; and the way for slow lines where the quantity is typed, so that a first counter can go with it. */
const ways: readonly { readonly name: string; readonly haggle: HaggleWay; readonly ahead?: true }[] = [
  ...haggleWays.map((haggle) => ({ name: haggle, haggle })),
  { name: "quick, quantity typed", haggle: "quick", ahead: true },
];

/** First and second visits; played when a figure is asked for. */
const played = new Map<string, readonly Summary[]>();
function visits({ name, haggle, ahead }: (typeof ways)[number]): readonly Summary[] {
  const known = played.get(name) ?? season(haggle, ports, 2, ahead ? { ahead } : {}).map(summary);
  played.set(name, known);
  return known;
}

const goals: readonly (number | undefined)[] = [97, 99];
const outcomes = ways.flatMap((way) =>
  ["first", "second"].flatMap((visit, index): Benchmark[] => {
    const of = (read: (all: Summary) => number) => () => read(visits(way)[index]!);
    const goal = way.haggle === "master" ? goals[index] : undefined;
    return [
      {
        name: `haggle: ${way.name}, ${visit} visit, of the best reachable`,
        unit: "%",
        kind: "yield",
        cost: "quick",
        ...(goal === undefined ? {} : { goal: { atLeast: goal } }),
        runs: 1,
        run: of(({ share }) => 100 * share),
      },
      {
        name: `haggle: ${way.name}, ${visit} visit, deals lost`,
        unit: "%",
        kind: "cost",
        cost: "quick",
        slack: 0.1,
        ...(goal === undefined ? {} : { goal: { below: 2 } }),
        runs: 1,
        run: of(({ refused }) => 100 * refused),
      },
      {
        name: `haggle: ${way.name}, ${visit} visit, offers answered`,
        unit: "a deal",
        kind: "cost",
        cost: "quick",
        runs: 1,
        run: of(({ counters }) => counters),
      },
    ];
  }),
);

const bidder: Bidder = { haggle: "master", credits: 1_000_000, pointWorth: 50, patience: 99 };

/** Bargains at ports of which nothing is known: as they stand before each answer, and at their ends. */
function bargains(): { readonly open: readonly Bargain[]; readonly over: readonly Bargain[] } {
  const dice = diceOf(4);
  const open: Bargain[] = [];
  const over: Bargain[] = [];
  for (let port = 0; port < 500; port++) {
    const hidden = anyPort(dice);
    const stock = dice.between(hidden.productivity * 3, hidden.productivity * 10, "");
    const bargain = unspoken({ hidden, stock, units: 20, day: monday, dice });
    let deal = openDeal({ ...hidden, stock, experience: bargain.experience }, bargain.units, monday, dice);
    while (bargain.end === undefined) {
      bargain.rounds.push({ offer: deal.shown, final: deal.final });
      open.push(structuredClone(bargain));
      const bid = bidFor(bargain, bidder);
      bargain.rounds.at(-1)!.bid = bid;
      const answer = answerCounter(deal, bid, dice);
      if (answer.type === "countered") deal = answer.deal;
      else bargain.end = answer.type === "accepted" ? "struck" : "not interested";
    }
    over.push(bargain);
  }
  return { open, over };
}
let made: ReturnType<typeof bargains> | undefined;

/** Microseconds for each. */
function microseconds<A>(all: readonly A[], work: (one: A) => unknown): number {
  const began = performance.now();
  for (const one of all) work(one);
  return (1000 * (performance.now() - began)) / all.length;
}

export const benchmarks: readonly Benchmark[] = [
  ...outcomes,
  {
    name: "haggle: a bid at an unknown port",
    unit: "us",
    kind: "duration",
    cost: "quick",
    goal: { below: 200 },
    run: () => microseconds((made ??= bargains()).open, (bargain) => bidFor(bargain, bidder)),
  },
  {
    name: "haggle: taking in a bargain at an unknown port",
    unit: "us",
    kind: "duration",
    cost: "quick",
    run: () => microseconds((made ??= bargains()).over, tellsOf),
  },
  {
    name: "haggle: a price for planning",
    unit: "us",
    kind: "duration",
    cost: "quick",
    goal: { below: 2 },
    run() {
      const dice = diceOf(1);
      const world = visitor("master", 100);
      const hidden = { product: "Organics", side: "buying", mcic: 50, productivity: 200 } as const;
      call(world, { hidden, stock: 1500, units: 20, day: monday, dice });
      const port = world.ports.get(world.sector)!;
      const stocks = Array.from({ length: 100_000 }, (_, index) => index % 2000);
      return microseconds(stocks, (stock) => priceAt(world, port, "Organics", "buying", stock));
    },
  },
];
