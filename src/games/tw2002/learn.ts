/** The one writer of what a bot knows: a fact comes in, and the part of the world that it is about is brought up to date. */
import type { Trade } from "../../player/game.ts";
import { charted, sensed } from "./charting.ts";
import { plotted } from "./courses.ts";
import { encountered, overcome } from "./encounters.ts";
import { learnDock, settleOrder } from "./docking.ts";
import { newShip, newVisit } from "./docks.ts";
import type { Fact } from "./facts.ts";
import { hear } from "./heard.ts";
import { pod } from "./rules/combat.ts";
import { shipTypes } from "./rules/ships.ts";
import { heardOf } from "./unheard.ts";
import { learnPath, learnSurvey } from "./surveys.ts";
import { bargained, beginBargain, closeBargain, stocked, tellCredits } from "./trading.ts";
import { chosenName, hungUp, type World } from "./world.ts";

/** Takes in one fact, read at a moment in ms since 1970; returns the trade that it closed. */
export function learn(world: World, fact: Fact, atMs: number): Trade | undefined {
  world.now = atMs;
  switch (fact.type) {
    case "purse":
      return closeBargain(world, fact.credits, fact.empty);
    case "stock":
      stocked(world, fact);
      return undefined;
    case "upTo":
      world.upTo = fact;
      return undefined;
    case "quantity":
      beginBargain(world, fact);
      return undefined;
    case "agreed":
    case "offered":
    case "bid":
    case "insulted":
    case "notInterested":
    case "thrownOut":
      bargained(world, fact);
      return undefined;
    case "sector":
    case "port":
    case "warps":
    case "fighters":
    case "mines":
    case "navHaz":
    case "stranger":
    case "ship":
    case "avoided":
    case "avoiding":
    case "notAdjacent":
    case "noRoute":
      charted(world, fact);
      return undefined;
    case "fightersMet":
    case "odds":
    case "tollAsked":
    case "tollPaid":
    case "cannotPay":
    case "waveSent":
    case "retreated":
      encountered(world, fact);
      return undefined;
    case "at":
      // Whoever stands at the command prompt was not kept out, whatever somebody's mail said on the way.
      world.door.lockedOutDays = 0;
      world.door.secret = undefined;
      world.visit = newVisit();
      // The prompt that follows a flight still shows the old sector (recording 11): the next display is believed.
      if (world.adrift) return undefined;
      moveTo(world, fact.sector);
      overcome(world);
      return undefined;
    case "fledTo":
      moveTo(world, fact.sector);
      world.adrift = true;
      return undefined;
    case "heading":
      world.heading = fact.sector;
      return undefined;
    case "course":
      plotted(world, fact);
      return undefined;
    case "path":
      plotted(world, fact);
      learnPath(world, fact.sectors);
      return undefined;
    case "arrived":
      if (fact.sector !== world.sector) {
        // What a retreat costs is for the game to say.
        if (!world.retreating) spend(world, world.turnsPerWarp);
        world.cameFrom = world.sector;
        world.dockings = 0;
      }
      world.sector = fact.sector;
      return undefined;
    case "universe":
    case "stardockAt":
    case "gameDay":
    case "cimWarps":
    case "cimPort":
    case "cimTurn":
    case "surveyed":
    case "courseAsked":
    case "noCourse":
    case "density":
    case "noScanner":
    case "probesAboard":
    case "probeSpent":
      learnSurvey(world, fact);
      if (fact.type === "density") sensed(world, fact);
      return undefined;
    case "menuKey":
    case "outfitQuote":
    case "aboard":
    case "ordered":
    case "holdsCost":
    case "gearPrice":
    case "gear":
    case "shipKind":
    case "tradeInValue":
    case "shipsListed":
    case "shipListed":
    case "shipOffered":
    case "shipPriced":
    case "shipTraded":
    case "account":
    case "banked":
      learnDock(world, fact);
      return undefined;
    case "turns":
      turnsTold(world, fact.left);
      return undefined;
    case "turnsRecovered":
      if (world.turnsLeft !== undefined) world.turnsLeft += fact.turns;
      return undefined;
    case "noTurns":
      world.turnsLeft = 0;
      return undefined;
    case "message":
    case "beacon":
      hear(world, fact);
      return undefined;
    case "credits": {
      const trade = heardOf(world, fact.credits);
      settleOrder(world, fact.credits);
      // Between the first key at a shop's menu and the command prompt nothing else costs credits.
      if (world.visit.begun) world.invested += world.credits - fact.credits;
      tellCredits(world, fact.credits);
      return trade;
    }
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
      // Info has no line for what a ship does not carry.
      world.ship = newShip();
      world.shields = 0;
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
    case "taxed":
      world.credits = Math.max(0, world.credits - fact.credits);
      return;
    case "fightersAboard":
      world.fighters = fact.count;
      return;
    case "shieldsAboard":
      world.shields = fact.points;
      return;
    case "shipLost":
    case "podLost":
      world.shipsLost++;
      world.invested = 0;
      world.unheard = undefined;
      inPod(world);
      return;
    case "shotAt":
      world.shotAt = world.now;
      world.informed = false;
      return;
    case "damaged":
      world.informed = false;
      return;
    case "wanderersAbout":
      if (fact.race === "ferrengi") world.ferrengi = true;
      return;
    case "gameListed":
      if (!door.letters.includes(fact.letter)) door.letters.push(fact.letter);
      door.secret = "game";
      return;
    case "gameRefused":
      door.refused = fact.text;
      door.refusals++;
      return;
    case "gameLoading":
      // However we came to be out of it: what we knew of ourselves was the last session's.
      forgetSession(world);
      door.secret = undefined;
      return;
    case "passwordWanted":
      door.secret = "character";
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

/** All that is left of a ship is its pod, until Info tells more (recording 09: one hold, one fighter, 30 shield points). */
function inPod(world: World): void {
  world.informed = false;
  world.bargain = undefined;
  world.encounter = undefined;
  world.ship = { ...newShip(), kind: "escapePod" };
  world.fighters = pod.fighters;
  world.shields = pod.shields;
  world.holds = world.empty = pod.holds;
  world.cargo.fill(0);
  world.turnsPerWarp = shipTypes.escapePod.turnsPerWarp;
}

function forgetSession(world: World): void {
  const { refusals } = world.door;
  hungUp(world);
  // How often it was refused is the door's own count, and this only the next try.
  world.door.refusals = refusals;
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
