/** What is learned of the map: ports, warps and dangers. Every change raises the map's version. */
import type { Fact } from "./facts.ts";
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
      | "avoided"
      | "fightersMet"
      | "notAdjacent"
      | "noRoute";
  }
>;

/** Takes in a fact about a sector or a way. */
export function charted(world: World, fact: MapFact): void {
  switch (fact.type) {
    case "sector":
      world.display = { sector: fact.sector, port: false, danger: false };
      return;
    case "port":
      if (world.display?.sector === fact.sector) world.display.port = true;
      if (world.ports.get(fact.sector)?.portClass === fact.portClass) return;
      world.ports.set(fact.sector, { sector: fact.sector, portClass: fact.portClass, goods: [] as never });
      world.mapVersion++;
      return;
    case "warps":
      displayed(world, fact.sector);
      if (world.warps.get(fact.sector)?.length === fact.to.length) return;
      world.warps.set(fact.sector, fact.to);
      world.mapVersion++;
      return;
    case "fighters":
      if (!/^yours$|your Corp/.test(fact.owner)) danger(world, fact.sector, "fighters");
      return;
    case "mines":
      if (!/^yours$|your Corp/.test(fact.owner)) danger(world, fact.sector, "mines");
      return;
    case "avoided":
      return danger(world, fact.sector, "avoided");
    case "fightersMet":
      return danger(world, world.sector, "fighters");
    case "notAdjacent":
    case "noRoute": {
      const warps = world.warps.get(world.sector);
      if (!warps?.includes(world.heading)) return;
      world.warps.set(
        world.sector,
        warps.filter((sector) => sector !== world.heading),
      );
      world.mapVersion++;
    }
  }
}

/** The warps end a display: what it did not show is not there any more. */
function displayed(world: World, sector: number): void {
  const { display } = world;
  world.display = undefined;
  if (display?.sector !== sector) return;
  const portGone = !display.port && world.ports.delete(sector);
  const safeNow = !display.danger && world.dangers.delete(sector);
  if (portGone || safeNow) world.mapVersion++;
}

function danger(world: World, sector: number, why: string): void {
  if (world.display?.sector === sector) world.display.danger = true;
  if (world.dangers.get(sector) === why) return;
  world.dangers.set(sector, why);
  world.mapVersion++;
}
