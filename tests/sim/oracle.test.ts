/** The oracle of `bench play`: its bound is one, for real bots and for every way through small galaxies. */
import { describe, expect, test } from "bun:test";
import { readFlags } from "../../bench/flags.ts";
import { createNetwork } from "../../bench/oracle/circulation.ts";
import { outfitsFrom, priceBetween } from "../../bench/oracle/growth.ts";
import { oracle } from "../../bench/oracle/oracle.ts";
import { haggled } from "../../bench/oracle/truth.ts";
import { floor } from "../../bench/oracle/floor.ts";
import { boundOf, floorOf, playSeason, type Result } from "../../bench/seasons.ts";
import { createDice } from "../../src/games/tw2002/host/dice.ts";
import type { Universe } from "../../src/games/tw2002/host/galaxy.ts";
import { answerCounter, type Deal, dealOf } from "../../src/games/tw2002/host/haggle.ts";
import { defaultSettings } from "../../src/games/tw2002/host/settings.ts";
import type { Port, Sector } from "../../src/games/tw2002/host/things.ts";
import { holdsPrice, outfitPrices, valueShip } from "../../src/games/tw2002/rules/equipment.ts";
import { products, sideOf, type TradingClass, unitPrice } from "../../src/games/tw2002/rules/ports.ts";
import { shipKinds, shipTypes, type ShipKind } from "../../src/games/tw2002/rules/ships.ts";
import { seeded } from "../cuts.ts";
import { startMs } from "./arena.ts";

test("no bot earns more than the oracle allows, however it haggles", () => {
  for (const seed of [1, 2]) {
    for (const haggle of ["master", "accept"] as const) {
      const season = { seed, bots: 1, turns: 240, sectors: 300, self: { haggle } };
      for (const { earned, start } of playSeason(season)) {
        const bound = boundOf(season, start).earned;
        expect(earned).toBeGreaterThan(0);
        expect(earned).toBeLessThan(bound);
      }
    }
  }
}, 60_000);

// ---- small galaxies, searched through

/** A row of sectors, each with warps to the next and back; ports by sector. */
function row(length: number, ports: Record<number, TradingClass>, dice: () => number): Universe {
  const sectors = Array.from({ length }, (_, index): Sector => ({
    number: index + 1,
    warps: [index, index + 2].filter((to) => to >= 1 && to <= length),
    nebula: "",
    beacon: "",
    navHaz: 0,
    fighters: undefined,
    armids: undefined,
    limpets: undefined,
  }));
  const between = (low: number, high: number) => low + Math.floor(dice() * (high - low + 1));
  const made = Object.entries(ports).map(([sector, portClass]): [number, Port] => [
    Number(sector),
    {
      sector: Number(sector),
      name: `Port ${sector}`,
      portClass,
      stocks: products.map(() => {
        const productivity = between(75, 300);
        return { mcic: between(45, 60), productivity, amount: 10 * productivity, at: startMs };
      }),
      docked: undefined,
      opensAt: 0,
      destroyed: false,
    },
  ]);
  return { sectors, ports: new Map(made), stardock: 1, planets: [] };
}

interface State {
  readonly sector: number;
  readonly credits: number;
  readonly experience: number;
  /** Units aboard, and units dealt in at each port, by product. */
  readonly cargo: readonly number[];
  readonly dealt: ReadonlyMap<number, readonly number[]>;
}

/** The most credits after so many turns that can be had by calls at ports at which all is sold, and some or all is bought: every order of ports is tried. */
function bestOf(universe: Universe, state: State, turns: number, holds: number): number {
  let best = state.credits;
  for (const port of universe.ports.values()) {
    const turnsThere = 3 * Math.abs(port.sector - state.sector) + 1;
    if (turnsThere > turns || (port.sector === state.sector && state.dealt.has(port.sector))) continue;
    for (const next of callsAt(port, state, holds)) {
      best = Math.max(best, bestOf(universe, next, turns - turnsThere, holds));
    }
  }
  return best;
}

/** What a call may come to: all sold, and each order in which products may be bought until the holds or the purse are spent, or nothing. */
function callsAt(port: Port, before: State, holds: number): State[] {
  let state = before;
  const find = before.dealt.has(port.sector) ? 0 : 1;
  state = { ...state, sector: port.sector, experience: state.experience + find };
  for (const [index] of products.entries()) {
    if (sideAt(port, index) === "buying") state = deal(port, state, index, state.cargo[index]!);
  }
  const selling = [0, 1, 2].filter((index) => sideAt(port, index) === "selling");
  const orders = selling.flatMap((first) => [
    [first],
    ...selling.filter((next) => next !== first).map((next) => [first, next]),
  ]);
  return [
    state,
    ...orders.map((order) => {
      let bought = state;
      for (const index of order) {
        const free = holds - bought.cargo.reduce((sum, units) => sum + units, 0);
        const price = priceOf(port, bought, index);
        bought = deal(port, bought, index, -Math.min(free, Math.floor(bought.credits / price)));
      }
      return bought;
    }),
  ];
}

const sideAt = ({ portClass }: Port, index: number) => sideOf(portClass, products[index]!);

function priceOf(port: Port, { dealt, experience }: State, index: number): number {
  const side = sideAt(port, index)!;
  const { mcic, productivity, amount } = port.stocks[index]!;
  const stock = amount - (dealt.get(port.sector)?.[index] ?? 0);
  const terms = { product: products[index]!, side, mcic, productivity, mood: 2.5, stock, experience };
  return unitPrice(terms) * haggled(mcic, side);
}

/** Units sold to the port; below 0 for bought. */
function deal(port: Port, state: State, index: number, units: number): State {
  const all = state.dealt.get(port.sector) ?? [0, 0, 0];
  const room = port.stocks[index]!.amount - all[index]!;
  const moved = Math.sign(units) * Math.min(Math.abs(units), room);
  if (moved === 0) return { ...state, dealt: new Map(state.dealt).set(port.sector, all) };
  return {
    ...state,
    credits: state.credits + moved * priceOf(port, state, index),
    experience: state.experience + 2,
    cargo: state.cargo.map((aboard, at) => (at === index ? aboard - moved : aboard)),
    dealt: new Map(state.dealt).set(
      port.sector,
      all.map((done, at) => (at === index ? done + Math.abs(moved) : done)),
    ),
  };
}

describe("in small galaxies that are searched through", () => {
  const layouts: Record<number, TradingClass>[] = [
    { 2: 1, 3: 4 },
    { 2: 2, 4: 5, 5: 3 },
    { 1: 7, 2: 8 },
    { 3: 6, 4: 1, 6: 2 },
    { 2: 4, 3: 8, 7: 7 },
  ];
  test("the bound is never below the best way, and not far above it", () => {
    const ratios: number[] = [];
    for (const [seed, layout] of layouts.entries()) {
      for (const [turns, startCredits] of [
        [9, 300],
        [21, 300],
        [24, 20_000],
        [30, 20_000],
      ] as const) {
        const universe = row(7, layout, seeded(seed));
        const settings = { ...defaultSettings, startCredits };
        const from: State = {
          sector: 1,
          credits: startCredits,
          experience: 0,
          cargo: [0, 0, 0],
          dealt: new Map(),
        };
        const exact = bestOf(universe, from, turns, settings.startHolds) - startCredits;
        const bound = oracle({ universe, settings, start: 1, turns, at: startMs, forMs: 0 }).earned;
        expect(bound).toBeGreaterThanOrEqual(exact);
        const found = floor({ universe, settings, start: 1, turns, at: startMs, forMs: 0 }, 15).earned;
        expect(found).toBeLessThanOrEqual(bound);
        // It has no more than the search through all ways but loads for the sake of experience.
        expect(found).toBeLessThanOrEqual(exact * 1.05);
        expect(found).toBeGreaterThanOrEqual(exact * 0.6);
        if (startCredits > 300) ratios.push(bound / exact);
      }
    }
    console.info(`bound to best way in small galaxies: ${ratios.map((ratio) => ratio.toFixed(2)).join(" ")}`);
    expect(Math.max(...ratios)).toBeLessThan(3);
  });
});

/** Credits earned by going back and forth between two ports, always with the call that leaves most when all aboard is sold next door. */
function shuttle([one, other]: readonly [Port, Port], turns: number, holds: number, credits: number) {
  let state: State = { sector: 1, credits, experience: 0, cargo: [0, 0, 0], dealt: new Map() };
  let port = one;
  for (let left = turns; ;) {
    left -= 3 * Math.abs(port.sector - state.sector) + 1;
    if (left < 0) return state.credits - credits;
    const next = port === one ? other : one;
    const worth = (after: State) => callsAt(next, after, holds)[0]!.credits;
    state = callsAt(port, state, holds).reduce((a, b) => (worth(b) > worth(a) ? b : a));
    port = next;
  }
}

test.each([
  { holds: 75, turns: 70, productivity: 80, off: 1.25 },
  { holds: 20, turns: 400, productivity: 300, off: 1.2 },
])(
  "two ports and a ship of $holds holds: the bound knows how stocks fall and experience grows",
  ({ holds, turns, productivity, off }) => {
    const universe = row(3, { 2: 4, 3: 1 }, seeded(9));
    const ports = [...universe.ports.values()] as [Port, Port];
    for (const { stocks } of ports) {
      for (const stock of stocks) Object.assign(stock, { productivity, amount: 10 * productivity });
    }
    const settings = { ...defaultSettings, startCredits: 20_000, startHolds: holds };
    const earned = shuttle(ports, turns, holds, 20_000);
    const bound = oracle({ universe, settings, start: 1, turns, at: startMs, forMs: 0 }).earned;
    console.info(`two ports, ${holds} holds: bound ${(bound / earned).toFixed(3)} of a shuttle`);
    expect(bound).toBeGreaterThanOrEqual(earned);
    expect(bound).toBeLessThan(off * earned);
  },
);

// ---- its parts

test("the mean of haggles that know the hidden price is what the oracle counts on, and a timid one gets less", () => {
  const terms = { product: "Equipment", productivity: 200, mood: 2, stock: 1500, experience: 1000 } as const;
  const dice = createDice(5);
  for (const side of ["buying", "selling"] as const) {
    const towards = side === "buying" ? 1 : -1;
    const mcic = 60;
    const meanOf = (boldness: number) => {
      let sum = 0;
      for (let time = 0; time < 4000; time++) {
        const opened = dealOf({ ...terms, side, mcic }, 100, 0);
        let deal: Deal = opened;
        for (let price = 0; price === 0;) {
          const borne = (boldness * 4 * mcic) / 1000 / deal.round;
          const bold = deal.hidden * (1 + towards * borne);
          const held =
            deal.taken === undefined
              ? bold
              : towards > 0
                ? Math.min(bold, deal.taken)
                : Math.max(bold, deal.taken);
          const inward = towards > 0 ? Math.floor : Math.ceil;
          const last = deal.final || deal.round > 40;
          const reply = answerCounter(deal, inward(last ? deal.hidden : held), dice);
          if (reply.type === "countered") deal = reply.deal;
          else if (reply.type === "accepted") price = reply.price;
          else throw new Error(reply.type);
        }
        sum += deal.hidden / opened.hidden;
      }
      return sum / 4000;
    };
    expect(Math.abs(meanOf(1) - haggled(mcic, side))).toBeLessThan(0.002);
    expect(towards * (meanOf(0.6) - haggled(mcic, side))).toBeLessThan(-0.01);
  }
});

test("a circulation is the cheapest: every arc that is not full costs its ends' difference or more, and nothing is lost on the way", () => {
  for (let seed = 1; seed <= 30; seed++) {
    const dice = seeded(seed);
    const nodes = 12;
    const network = createNetwork(nodes);
    const parentArc = Array.from({ length: nodes }, (_, node) =>
      node === 0 ? -1 : network.arc(node, 0, 50, Number.POSITIVE_INFINITY),
    );
    const arcs = parentArc.flatMap((arc, node) =>
      arc < 0 ? [] : [{ arc, from: node, to: 0, most: Number.POSITIVE_INFINITY, cost: 50 }],
    );
    for (let count = 0; count < 80; count++) {
      const [from, to] = [Math.floor(dice() * nodes), Math.floor(dice() * nodes)];
      if (from === to) continue;
      const [cost, most] = [dice() * 60 - 20, dice() * 10];
      arcs.push({ arc: network.arc(from, to, cost, most), from, to, most, cost });
    }
    network.plant(parentArc);
    network.solve();
    const surplus = new Float64Array(nodes);
    let flows = 0;
    for (const { arc, from, to, most, cost } of arcs) {
      const flow = network.flow(arc);
      expect(flow).toBeGreaterThanOrEqual(-1e-6);
      expect(flow).toBeLessThanOrEqual(most + 1e-6);
      surplus[from]! -= flow;
      surplus[to]! += flow;
      flows += flow;
      const reduced = cost + network.worth(from) - network.worth(to);
      if (flow < most - 1e-6) expect(reduced).toBeGreaterThanOrEqual(-1e-6);
      if (flow > 1e-6) expect(reduced).toBeLessThanOrEqual(1e-6);
    }
    for (const left of surplus) expect(Math.abs(left)).toBeLessThan(1e-6);
    expect(flows).toBeGreaterThan(0);
  }
});

/** Yards round each of four parts of an old ship to a whole credit. */
const roundingMax = 4;
test("whatever is bought one after another, the oracle reckons no more for it than was paid, at any time", () => {
  const prices = outfitPrices(startMs);
  const outfits = outfitsFrom("merchantCruiser", 20, prices);
  const kinds = [...new Set(outfits.map(({ kind }) => kind))];
  const dice = seeded(11);
  const pick = (low: number, high: number) => low + Math.floor(dice() * (high - low + 1));
  const standFor = (kind: ShipKind, holds: number) =>
    outfits.find((one) => one.kind === kind && one.least <= holds && holds <= one.holds)!;
  for (let chain = 0; chain < 300; chain++) {
    let [kind, holds]: [ShipKind, number] = ["merchantCruiser", 20];
    let [paid, reckoned] = [0, 0];
    for (let purchase = 0; purchase < 6; purchase++) {
      const other = kinds[pick(0, kinds.length - 1)]!;
      const from = standFor(kind, holds);
      if (other === kind) {
        const more = pick(0, Math.min(9, shipTypes[kind].holdsMax - holds));
        paid += holdsPrice(prices, holds, more);
        holds += more;
      } else {
        const { cost, holdsFirst, holdsMax } = shipTypes[other];
        const worth = valueShip(shipTypes[kind], { holds, fittings: 0 }, prices).total;
        const to = pick(Math.max(holdsFirst, other === "merchantCruiser" ? 21 : 0), holdsMax);
        const better = to / (shipTypes[other].turnsPerWarp + 1) > holds / (shipTypes[kind].turnsPerWarp + 1);
        paid +=
          (better ? cost - worth : Math.max(0, cost - worth)) +
          holdsPrice(prices, holdsFirst, to - holdsFirst);
        [kind, holds] = [other, to];
      }
      const to = standFor(kind, holds);
      const price = to === from ? 0 : priceBetween(from, to, prices);
      // A ship that is worse in everything is never taken.
      if (price === Number.POSITIVE_INFINITY) break;
      reckoned += price;
      expect(reckoned).toBeLessThanOrEqual(paid + roundingMax * (purchase + 1));
    }
  }
});

test("left out are only ships that another one beats: no quicker, no cheaper with as many holds", () => {
  const prices = outfitPrices(startMs);
  const outfits = outfitsFrom("merchantCruiser", 20, prices);
  for (const kind of shipKinds) {
    const { ceoOnly, commissionOnly, turnsPerWarp, holdsMax, holdsFirst, cost } = shipTypes[kind];
    if (kind === "escapePod" || ceoOnly || commissionOnly || outfits.some((one) => one.kind === kind))
      continue;
    const best = outfits.filter(
      (one) => shipTypes[one.kind].turnsPerWarp <= turnsPerWarp && one.holds >= holdsMax,
    );
    const dearest = cost + holdsPrice(prices, holdsFirst, holdsMax - holdsFirst);
    const priceOf = (one: ShipKind) =>
      shipTypes[one].cost +
      holdsPrice(prices, shipTypes[one].holdsFirst, Math.max(0, holdsMax - shipTypes[one].holdsFirst));
    expect(best.some((one) => priceOf(one.kind) <= dearest)).toBe(true);
  }
});

test("holds bought a few at a time cost what they cost at once", () => {
  const prices = outfitPrices(startMs);
  const mules = outfitsFrom("merchantCruiser", 20, prices).filter(({ kind }) => kind === "taureanMule");
  const [first, last] = [mules[0]!, mules.at(-1)!];
  const steps = mules.slice(1).reduce((sum, to, at) => sum + priceBetween(mules[at]!, to, prices), 0);
  expect(steps).toBe(priceBetween(first, last, prices));
  expect(steps).toBe(holdsPrice(prices, first.least, last.least - first.least));
});

test("a lesser ship brings nothing from the yard, however much dearer the one was that is given for it", () => {
  const prices = outfitPrices(startMs);
  const outfits = outfitsFrom("merchantCruiser", 20, prices);
  const mule = outfits.find(({ kind, holds }) => kind === "taureanMule" && holds === 150)!;
  const freighter = outfits.find(({ kind, holds }) => kind === "merchantFreighter" && holds === 65)!;
  expect(priceBetween(mule, freighter, prices)).toBeGreaterThanOrEqual(0);
  // A Freighter for the first ship: the yard pays some thousands, and it is flown on.
  const [first, plain] = [outfits[0]!, outfits.find(({ kind }) => kind === "merchantFreighter")!];
  expect(priceBetween(first, plain, prices)).toBeLessThan(0);
});

test("what the search of one who knows all numbers finds lies below the bound, and above a bot", () => {
  for (const seed of [1, 2]) {
    const season = { seed, bots: 1, turns: 160, sectors: 300 };
    const [{ start, earned }] = playSeason(season) as [Result];
    const bound = boundOf(season, start);
    const found = floorOf(season, start, bound.rate);
    console.info(
      `seed ${seed}: bot ${Math.round(earned)}, floor ${Math.round(found.earned)}, bound ${Math.round(bound.earned)}`,
    );
    expect(found.earned).toBeLessThan(bound.earned);
    expect(found.earned).toBeGreaterThan(earned);
  }
}, 60_000);

test.each([
  ["--turns 0", '--turns wants a whole number from 1 to 65000, not "0"'],
  ["--seeds 5-2", '--seeds wants "A-B" with A no more than B, at most 1000, not "5-2"'],
  ["--bots", '--bots wants a whole number from 1 to 1000, not ""'],
  ["--json=yes", '--json takes no value, not "yes"'],
  ["--frobnicate", 'There is no flag "--frobnicate"'],
])("bench play %s is refused with what was wanted", (words, wrong) => {
  expect(readFlags(words.split(" "))).toEqual({ wrong });
});

test("bench play takes its flags in either spelling", () => {
  expect(readFlags(["--seeds", "3-4", "--turns=500", "--json"])).toMatchObject({
    seeds: [3, 4],
    turns: 500,
    bots: 1,
    sectors: 1000,
    json: true,
  });
});
