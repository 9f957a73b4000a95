/** What is learned of the map: ports, warps and dangers. Every change raises the map's version. */
import { clearDanger, type DangerKind, fadeDangers, markDanger, suspected } from "./dangers.ts";
import type { Fact, FighterMode } from "./facts.ts";
import { bearable } from "./policy.ts";
import { fedSectors } from "./rules/space.ts";
import { chartWays, isSeen, unchartLane } from "./chart.ts";
import { sighted } from "./hints.ts";
import { compareWays } from "./lore.ts";
import type { World } from "./world.ts";

type MapFact = Extract<
  Fact,
  {
    type:
      | "sector"
      | "port"
      | "warps"
      | "fighters"
      | "mines"
      | "navHaz"
      | "stranger"
      | "ship"
      | "avoided"
      | "avoiding"
      | "notAdjacent"
      | "noRoute";
  }
>;

/** Takes in a fact about a sector or a way. */
export function charted(world: World, fact: MapFact): void {
  switch (fact.type) {
    case "sector":
      world.display = { sector: fact.sector, port: false, danger: false, ships: 0 };
      world.shown = fact.sector;
      if (!isSeen(world.chart, fact.sector)) world.sightedSince++;
      if (sighted(world, fact.sector, world.now)) world.mapVersion++;
      if (world.adrift) landed(world, fact.sector);
      return;
    case "port":
      if (fact.portClass === 9) world.stardock = fact.sector;
      if (world.display?.sector === fact.sector) world.display.port = true;
      if (world.ports.get(fact.sector)?.portClass === fact.portClass) return;
      world.ports.add(fact.sector, fact.portClass);
      world.news.ports.add(fact.sector);
      world.mapVersion++;
      return;
    case "warps":
      displayed(world, fact.sector);
      compareWays(world, fact.sector, fact.to);
      sighted(world, fact.sector, world.now);
      if (chartWays(world.chart, fact.sector, fact.to)) world.mapVersion++;
      return;
    case "fighters":
      if (isOwn(fact.owner) || bearable(world, fact)) return;
      return danger(world, fact.sector, "fighters", fact.count, fact.mode);
    case "mines":
      if (!isOwn(fact.owner)) danger(world, fact.sector, "mines", fact.count);
      return;
    case "navHaz":
      if (fact.percent >= debrisMin) danger(world, fact.sector, "debris", fact.percent);
      return;
    case "ship":
      if (world.display) world.display.ships++;
      return;
    case "stranger":
      if (world.display && fact.race === "trader") world.display.ships++;
      if (fact.race === "ferrengi") danger(world, fact.sector, "hunters", fact.fighters);
      return;
    case "avoided":
      // Of what we know, or have got over, nobody has to warn us.
      world.warned = !world.dangers.has(fact.sector) && !world.forgiven.has(fact.sector);
      if (world.warned) danger(world, fact.sector, "avoided", 0);
      return;
    case "avoiding":
      if (!world.dangers.has(fact.sector)) danger(world, fact.sector, "avoided", 0);
      return;
    case "notAdjacent":
    case "noRoute":
      if (unchartLane(world.chart, world.sector, world.heading)) world.mapVersion++;
  }
}

/** The warps end a display: what it did not show is not there any more. */
function displayed(world: World, sector: number): void {
  const { display } = world;
  world.display = undefined;
  if (display?.sector !== sector) return;
  const portGone = !display.port && world.ports.delete(sector);
  if (portGone) {
    world.news.ports.add(sector);
    world.mapVersion++;
  }
  if (!display.danger && clearDanger(world, sector)) world.news.dangers.add(sector);
  if (sector <= fedSectors || sector === world.stardock) world.moored.set(sector, display.ships);
  fadeDangers(world);
}

/** What the density scanner shows of a neighbour: something heavy is gone around, something light is no longer feared. */
export function sensed(world: World, { sector, density, navHaz }: Extract<Fact, { type: "density" }>): void {
  if (sector <= fedSectors || world.ports.get(sector)?.portClass === 9) return;
  const count = suspected(density, navHaz);
  const known = world.dangers.get(sector);
  if (navHaz >= debrisMin) danger(world, sector, "debris", navHaz);
  else if (count === 0) {
    if (known && known.kind !== "avoided") clearDanger(world, sector);
  } else if (!known && !isSeen(world.chart, sector)) danger(world, sector, "dense", count);
}

/** Debris in per cent from which a sector is gone around: what strikes, and how often, grows with it. */
const debrisMin = 10;

const isOwn = (owner: string) => /^yours$|your Corp/.test(owner);

function danger(world: World, sector: number, kind: DangerKind, count: number, mode?: FighterMode): void {
  if (world.display?.sector === sector) world.display.danger = true;
  markDanger(world, sector, { kind, count, at: world.now, ...(mode ? { mode } : {}) });
}

/** The pod's sector, as the first display tells it. */
function landed(world: World, sector: number): void {
  world.adrift = false;
  world.sector = sector;
  world.dockings = 0;
}
