/** The one writer of what a bot knows: a fact comes in, and the part of the world that it is about is brought up to date. */
import type { Trade } from "../../player/game.ts";
import { charted } from "./charting.ts";
import type { Fact } from "./facts.ts";
import { bargained, beginBargain, closeBargain, stocked, tellCredits } from "./trading.ts";
import { chosenName, type World } from "./world.ts";

/** Takes in one fact; returns the trade that it closed. */
export function learn(world: World, fact: Fact): Trade | undefined {
  switch (fact.type) {
    case "purse":
      return closeBargain(world, fact.credits, fact.empty);
    case "stock":
      stocked(world, fact);
      return undefined;
    case "quantity":
      beginBargain(world, fact);
      return undefined;
    case "agreed":
    case "offered":
    case "bid":
    case "insulted":
      bargained(world, fact);
      return undefined;
    case "sector":
    case "port":
    case "warps":
    case "fighters":
    case "mines":
    case "avoided":
    case "fightersMet":
    case "notAdjacent":
    case "noRoute":
      charted(world, fact);
      return undefined;
    case "at":
      // Whoever stands at the command prompt was not kept out, whatever somebody's mail said on the way.
      world.door.lockedOutDays = 0;
      return moveTo(world, fact.sector);
    case "fledTo":
      return moveTo(world, fact.sector);
    case "heading":
      world.heading = fact.sector;
      return undefined;
    case "arrived":
      if (fact.sector !== world.sector) {
        spend(world, world.turnsPerWarp);
        world.dockings = 0;
      }
      world.sector = fact.sector;
      return undefined;
    case "turns":
      turnsTold(world, fact.left);
      return undefined;
    case "noTurns":
      world.turnsLeft = 0;
      return undefined;
    case "commerce":
      world.weekday = fact.weekday;
      world.bargain = undefined;
      world.dockings++;
      return undefined;
    default:
      personal(world, fact);
  }
  return undefined;
}

/** We are somewhere, without having paid for the way. */
function moveTo(world: World, sector: number): undefined {
  if (world.sector !== sector) world.dockings = 0;
  world.sector = sector;
}

/** What the lines about ourselves and the door tell. */
function personal(world: World, fact: Fact): void {
  const { door } = world;
  switch (fact.type) {
    case "trader":
      world.trader = fact.name.endsWith(chosenName(world)) ? chosenName(world) : fact.name;
      world.informed = true;
      door.refusals = door.wrongPasswords = 0;
      return;
    case "experience":
      world.experience = fact.points;
      return;
    case "experienceGained":
      world.experience = Math.max(0, world.experience + fact.points);
      return;
    case "turnsPerWarp":
      world.turnsPerWarp = fact.turns;
      return;
    case "holds":
      world.holds = fact.total;
      world.empty = fact.empty;
      for (let i = 0; i < 3; i++) world.cargo[i] = fact.cargo[i]!;
      return;
    case "credits":
      return tellCredits(world, fact.credits);
    case "taxed":
      world.credits = Math.max(0, world.credits - fact.credits);
      return;
    case "shipLost":
    case "podLost":
      world.informed = false;
      world.bargain = undefined;
      return;
    case "gameListed":
      if (!door.letters.includes(fact.letter)) door.letters.push(fact.letter);
      return;
    case "gameRefused":
      door.refused = fact.text;
      door.refusals++;
      return;
    case "gameLoading":
      door.refused = undefined;
      return;
    case "passwordWrong":
      door.wrongPasswords++;
      return;
    case "nameRefused":
      door.namesRefused++;
      return;
    case "lockedOut":
      door.lockedOutDays = fact.days;
  }
}

function spend(world: World, turns: number): void {
  world.turnsExecuted += turns;
  if (world.turnsLeft !== undefined) world.turnsLeft = Math.max(0, world.turnsLeft - turns);
}

/** The game's own count. Less than we thought: we used more. More: the day granted new ones. */
function turnsTold(world: World, left: number): void {
  if (world.turnsLeft !== undefined && left < world.turnsLeft) world.turnsExecuted += world.turnsLeft - left;
  world.turnsLeft = left;
}
