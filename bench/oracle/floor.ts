/**
 * What can be had at the least: a beam search through the play of one who knows all numbers, by the game's arithmetic and
 * the mean price of a perfect haggler (truth.ts). Whatever it finds has been played call by call, so the most that anyone
 * can earn lies between this and the bound of oracle.ts.
 */
import {
  holdsPrice,
  outfitPrices,
  type OutfitPrices,
  valueShip,
} from "../../src/games/tw2002/rules/equipment.ts";
import { shipKinds, shipTypes, type ShipKind } from "../../src/games/tw2002/rules/ships.ts";
import { dockingTurns } from "../../src/games/tw2002/rules/turns.ts";
import { gameMoment, weekday } from "../../src/games/tw2002/host/text/figures.ts";
import type { Question } from "./oracle.ts";
import { hopsFrom, siteOf } from "./truth.ts";
import { createPricer, linesOf, marketOf, turnWeight } from "./worth.ts";

/** States that go on from each turn, of each ship and number of holds, and at one place. */
const wide = 60;
const widePerOutfit = 40;
const widePerPlace = 1;
/** Hops to the next port. */
const hopsMax = 5;
/** From the start and from a shop. */
const hopsMaxFromShop = 12;
/** Credits that stay in the purse after a purchase at a shop: a load of the first ship. */
const pocket = 1500;
/** Numbers of holds that are bought: every so many. */
const holdsStep = 10;

interface Craft {
  readonly kind: ShipKind;
  readonly holds: number;
  /** Credits a turn by the prices of the circulation. */
  readonly perTurn: number;
}

/** A call at a shop. */
export interface Purchase {
  readonly turn: number;
  readonly kind: ShipKind;
  readonly holds: number;
}

interface Deal {
  readonly line: number;
  readonly units: number;
}

interface Node {
  readonly craft: Craft;
  /** A site's number; beyond them the shops'. */
  readonly place: number;
  readonly cash: number;
  readonly experience: number;
  /** By line, units dealt in so far. */
  readonly dealt: Uint16Array;
  /** By site, whether it was called at. */
  readonly found: Uint8Array;
  /** What the stocks used so far would have brought in the circulation. */
  readonly rent: number;
  readonly bought: readonly Purchase[];
}
/** A node to come: it is made when it is kept. */
interface Step {
  readonly before: Node;
  readonly craft: Craft;
  readonly place: number;
  readonly cash: number;
  readonly rent: number;
  readonly deals: readonly Deal[];
  readonly experience: number;
  readonly score: number;
}

export interface Floor {
  /** Credits earned, all purchases paid. */
  readonly earned: number;
  readonly kind: ShipKind;
  readonly holds: number;
  readonly bought: readonly Purchase[];
}

/** The best play found. `rate`: credits that a hold's turn is taken to be worth, as the bound has it. */
export function floor({ universe, settings, start, turns, at, forMs }: Question, rate: number): Floor {
  const day = weekday(at, settings.yearsAhead);
  const sites = [...universe.ports.values()].flatMap((port) =>
    port.portClass > 0 ? [siteOf(port, day)] : [],
  );
  const market = marketOf(universe.sectors, sites);
  const { empty, gains } = createPricer(market)(rate, 0);
  const lines = linesOf(market);
  let count = 0;
  const lineOf = sites.map((site) => site.lines.map((line) => (line ? count++ : -1)));
  const shops = [...universe.ports.values()].filter(({ portClass }) => portClass === 0 || portClass === 9);
  const places = [...sites.map(({ sector }) => sector), ...shops.map(({ sector }) => sector), start];
  const hops = places.map((place) => {
    const from = hopsFrom(universe.sectors, place);
    return places.map((other) => from[other - 1]!);
  });
  const ends = [at, at + forMs].map((moment) => outfitPrices(gameMoment(moment, settings.yearsAhead)));
  const prices: OutfitPrices = ends.reduce((a, b) => (b.hold > a.hold ? b : a));
  const craft = (kind: ShipKind, holds: number): Craft => ({
    kind,
    holds,
    perTurn: rate * holds * turnWeight(shipTypes[kind].turnsPerWarp),
  });
  const crafts = shipKinds.flatMap((kind): Craft[] => {
    const { ceoOnly, commissionOnly, holdsFirst, holdsMax } = shipTypes[kind];
    if (kind === "escapePod" || ceoOnly || commissionOnly) return [];
    const all = [];
    for (let holds = holdsMax; holds >= holdsFirst; holds -= holdsStep) all.push(craft(kind, holds));
    return all;
  });
  const near = places.map((_, from) =>
    sites.flatMap((_site, to) =>
      to !== from && hops[from]![to]! <= (from < sites.length ? hopsMax : hopsMaxFromShop) ? [to] : [],
    ),
  );
  const worthAt = (place: number) => empty[place] ?? 0;
  /** What units beyond those already dealt in would have brought. */
  const used = (line: number, dealt: number) => {
    const gain = gains[line]!;
    const steep = Math.abs(lines[line]!.slope);
    const units = Math.min(dealt, gain / steep);
    return units > 0 ? gain * units - (steep * units * units) / 2 : 0;
  };
  const buckets: Step[][] = Array.from({ length: turns + 1 }, () => []);
  const first: Node = {
    craft: craft(settings.startShip, settings.startHolds),
    place: places.length - 1,
    cash: settings.startCredits,
    experience: 0,
    dealt: new Uint16Array(lines.length),
    found: new Uint8Array(sites.length),
    rent: 0,
    bought: [],
  };
  let best = first;
  for (let turn = 0; turn <= turns; turn++) {
    for (const node of turn === 0 ? [first] : kept(buckets[turn]!)) {
      if (node.cash > best.cash) best = node;
      if (node.place >= sites.length && node.place < places.length - 1) outfit(node, turn);
      else travel(node, turn);
    }
    buckets[turn] = [];
  }
  return {
    earned: best.cash - settings.startCredits,
    kind: best.craft.kind,
    holds: best.craft.holds,
    bought: best.bought,
  };

  function kept(steps: Step[]): Node[] {
    steps.sort((a, b) => b.score - a.score);
    const perPlace = new Map<string, number>();
    const perCraft = new Map<string, number>();
    const nodes: Node[] = [];
    for (const step of steps) {
      const craftKey = `${step.craft.kind} ${step.craft.holds}`;
      const placeKey = `${craftKey} ${step.place}`;
      const [there, flown] = [perPlace.get(placeKey) ?? 0, perCraft.get(craftKey) ?? 0];
      if (there >= widePerPlace || flown >= widePerOutfit) continue;
      perPlace.set(placeKey, there + 1);
      perCraft.set(craftKey, flown + 1);
      nodes.push(made(step));
      if (nodes.length >= wide) break;
    }
    return nodes;
  }

  function made({ before, craft: flown, place, cash, rent, deals, experience }: Step): Node {
    let { dealt, found } = before;
    if (place < sites.length && found[place] === 0) {
      found = found.slice();
      found[place] = 1;
    }
    if (deals.length > 0) {
      dealt = dealt.slice();
      for (const { line, units } of deals) dealt[line] = dealt[line]! + units;
    }
    return { craft: flown, place, cash, experience, dealt, found, rent, bought: before.bought };
  }

  function add(turn: number, step: Omit<Step, "score" | "experience">): void {
    if (turn > turns) return;
    const { before, craft: flown, place, cash, rent, deals } = step;
    const experience =
      before.experience + pointsPerDeal * deals.length + (before.found[place] === 0 ? pointsForFinding : 0);
    // A point makes a unit a hundredth of a credit better, each time that it is bought or sold.
    const dealsToCome =
      (2 * flown.holds * (turns - turn)) / (shipTypes[flown.kind].turnsPerWarp + dockingTurns);
    const score =
      cash +
      flown.holds * worthAt(place) +
      flown.perTurn * (turns - turn) +
      (Math.min(pointsEnough, experience) * dealsToCome) / 100 -
      rent;
    buckets[turn]!.push({ ...step, experience, score });
  }

  function travel(node: Node, turn: number): void {
    const { turnsPerWarp } = shipTypes[node.craft.kind];
    for (const to of near[node.place]!) {
      const far = hops[node.place]![to]!;
      const there = turn + far * turnsPerWarp + dockingTurns;
      if (there > turns) continue;
      const load = node.place < sites.length ? bestLoad(node, to) : undefined;
      add(there, {
        before: node,
        craft: node.craft,
        place: to,
        cash: node.cash + (load?.profit ?? 0),
        rent: node.rent + (load?.rent ?? 0),
        deals: load?.deals ?? [],
      });
    }
    for (const [shop, { portClass }] of shops.entries()) {
      const place = sites.length + shop;
      const there = turn + hops[node.place]![place]! * turnsPerWarp + dockingTurns;
      if (there > turns || !crafts.some((to) => pays(node, to, portClass === 9, turns - there))) continue;
      const { craft: flown, cash, rent } = node;
      add(there, { before: node, craft: flown, place, cash, rent, deals: [] });
    }
  }

  function priceOf({ craft: { kind, holds } }: Node, to: Craft): number {
    if (kind === to.kind) return holdsPrice(prices, holds, to.holds - holds);
    const { cost, holdsFirst } = shipTypes[to.kind];
    const { total } = valueShip(shipTypes[kind], { holds, fittings: 0 }, prices);
    return cost - total + holdsPrice(prices, holdsFirst, to.holds - holdsFirst);
  }
  function pays(node: Node, to: Craft, sellsShips: boolean, left: number): boolean {
    if (to.kind === node.craft.kind ? to.holds <= node.craft.holds : !sellsShips) return false;
    const price = priceOf(node, to);
    return price + pocket <= node.cash && (to.perTurn - node.craft.perTurn) * left > price;
  }

  function outfit(node: Node, turn: number): void {
    const sellsShips = shops[node.place - sites.length]?.portClass === 9;
    travelFrom(node, turn);
    for (const to of crafts) {
      if (pays(node, to, sellsShips, turns - turn))
        travelFrom(
          {
            ...node,
            craft: to,
            cash: node.cash - priceOf(node, to),
            bought: [...node.bought, { turn, kind: to.kind, holds: to.holds }],
          },
          turn,
        );
    }
  }
  function travelFrom(node: Node, turn: number): void {
    const { turnsPerWarp } = shipTypes[node.craft.kind];
    for (const to of near[node.place]!) {
      const { craft: flown, cash, rent } = node;
      const there = turn + hops[node.place]![to]! * turnsPerWarp + dockingTurns;
      add(there, { before: node, craft: flown, place: to, cash, rent, deals: [] });
    }
  }

  /** What is bought here for that port: dearest margin first, or where credits are short most for each of them. */
  function bestLoad({ place, craft: { holds }, cash, experience, dealt }: Node, to: number) {
    const penalty = Math.max(0, 1000 - experience) / 100;
    const goods = sites[place]!.lines.flatMap((bought, product) => {
      const sold = sites[to]!.lines[product];
      if (bought?.side !== "selling" || sold?.side !== "buying") return [];
      const [from, into] = [lineOf[place]![product]!, lineOf[to]![product]!];
      const cost = Math.max(
        unitMin * bought.bend,
        bought.full + bought.slope * dealt[from]! + penalty * bought.bend,
      );
      const margin = sold.full + sold.slope * dealt[into]! - penalty * sold.bend - cost;
      const room = Math.min(bought.stock - dealt[from]!, sold.stock - dealt[into]!);
      const least = Math.ceil(greatFrom / cost);
      return margin > marginMin && room > least ? [{ from, into, cost, margin, room, least }] : [];
    });
    const loads = [
      goods.toSorted((a, b) => b.margin - a.margin),
      goods.toSorted((a, b) => b.margin / b.cost - a.margin / a.cost),
    ].map((order) => {
      let [free, purse, profit, rent] = [holds, cash, 0, 0];
      const deals: Deal[] = [];
      let toCome = order.reduce((sum, { least }) => sum + least, 0);
      for (const { from, into, cost, margin, room, least } of order) {
        // Something is left for the others, for the sake of experience.
        toCome -= least;
        const most = Math.min(room, Math.floor(purse / cost));
        const units =
          margin > 0 ? Math.min(Math.max(free - toCome, least), free, most) : Math.min(free, least, most);
        if (units <= 0) continue;
        free -= units;
        purse -= units * cost;
        profit += units * margin;
        for (const line of [from, into]) {
          deals.push({ line, units });
          rent += used(line, dealt[line]! + units) - used(line, dealt[line]!);
        }
      }
      return { profit, rent, deals };
    });
    return loads.reduce((a, b) => (b.profit > a.profit ? b : a));
  }
}

/** Credits of a deal whose price, in whole credits, can be within a hundredth of the hidden one. */
const greatFrom = 100;
/** Credits that may be lost by a unit that is dealt in for the sake of experience. */
const marginMin = -20;
const pointsForFinding = 1;
/** More of them do not make prices better. */
const pointsEnough = 1000;
/** For a deal that comes within a hundredth of the hidden price. */
const pointsPerDeal = 2;
/** The game asks no less for a unit. */
const unitMin = 4;
