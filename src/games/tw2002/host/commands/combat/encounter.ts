/** Fighters of others in the sector that a trader has come into: they attack, bar the way or ask for toll. */
import { shipTypes } from "../../../rules/ships.ts";
import {
  alignmentForFighters,
  attackPower,
  clash,
  defenceOf,
  experienceForFighters,
  lostInKilling,
  tollPerFighter,
} from "../../../rules/combat.ts";
import { note, sectorAt } from "../../galaxy.ts";
import { logEvent } from "../../log.ts";
import { askKey, askNumber, askYesNo, player, type Session, type Then } from "../../session.ts";
import * as say from "../../text/combat/fights.ts";
import { infoLines } from "../../text/info.ts";
import { sectorDisplay } from "../../text/sector.ts";
import type { Garrison } from "../../things.ts";
import { fightersReport } from "./alarm.ts";
import { takeHit } from "./damage.ts";
import { align, reward } from "../rewards.ts";
import { retreat, surrender } from "./retreat.ts";
import { look } from "../moves/sight.ts";
import { isFriendly, ownerName, ownersOf } from "../../owners.ts";
import { waveMax } from "../../ships.ts";

/** Where an encounter can lead. */
interface Ways {
  readonly stayed: Then;
  readonly away: Then;
  /** Goes into another sector, with all that this means. */
  readonly enter: (session: Session, to: number) => void;
}

/** The fighters in a trader's sector that will not have him there; photon waves hold them for a while. */
export function hostileHere(session: Session): Garrison | undefined {
  const { galaxy, trader } = player(session);
  const { fighters, stilledUntil = 0 } = sectorAt(galaxy, trader.sector);
  if (!fighters || fighters.count === 0 || stilledUntil > session.at) return undefined;
  return isFriendly(galaxy, trader, fighters.owner) ? undefined : fighters;
}

/** Those who will not have him there do what they were left for. */
export function meetFighters(session: Session, ways: Ways): void {
  const { galaxy, trader, game } = player(session);
  if (trader.unmet !== 0) {
    trader.unmet = 0;
    note(galaxy, "trader", trader);
  }
  const garrison = hostileHere(session);
  if (!garrison) return ways.stayed(session);
  const { name } = shipTypes[trader.ship.kind];
  fightersReport(game, garrison.owner, session.at, trader.sector, `${trader.name}'s ${name} entered sector.`);
  if (garrison.mode !== "offensive") return bar(session, ways);
  if (!assault(session, garrison, ways.away)) return;
  session.paper.put`\n\n`;
  look(session);
  ways.stayed(session);
}

/**
 * Whoever broke off his line before fighters that barred his way finds them there when he comes back. Those that attack had
 * their turn when he came into the sector, unless he did not wait for it.
 */
export function meetAgain(session: Session, ways: Ways): void {
  const { trader } = player(session);
  if (trader.unmet === trader.sector) meetFighters(session, ways);
  else if (hostileHere(session)?.mode === "offensive") ways.stayed(session);
  else bar(session, ways);
}

/**
 * Offensive fighters attack at once, all of them, unless fewer are enough to destroy the ship. Whatever comes of it, those
 * who went are lost. False when the ship was.
 */
function assault(session: Session, garrison: Garrison, away: Then): boolean {
  const { galaxy, trader, game } = player(session);
  const { owner, count } = garrison;
  const { ship, sector, name } = trader;
  const defence = defenceOf(ship);
  const damage = attackPower(count, shipTypes[ship.kind].odds, galaxy.dice);
  const lost = damage < defence ? count : Math.min(count, lostInKilling(defence, galaxy.dice));
  logEvent(galaxy, session.at, say.loggedAttack(name, owner, ownerName(galaxy, owner)));
  removeFighters(session, garrison, lost);
  fightersReport(game, owner, session.at, sector, `${name} was attacked, ${lost} fighters lost.`);
  return takeHit(session, damage, say.fighterAttack, "attack", owner, away);
}

/** Fighters of a garrison in the trader's sector are gone; whoever takes the last finds the toll they held. */
function removeFighters(session: Session, garrison: Garrison, count: number): void {
  const { galaxy, trader } = player(session);
  const sector = sectorAt(galaxy, trader.sector);
  garrison.count -= count;
  if (garrison.count <= 0) {
    trader.credits += garrison.tolls ?? 0;
    garrison.tolls = 0;
    sector.fighters = undefined;
    note(galaxy, "trader", trader);
  }
  note(galaxy, "sector", sector);
}

function bar(session: Session, ways: Ways): void {
  const garrison = hostileHere(session);
  if (!garrison) return ways.stayed(session);
  say.fightersBar(garrison.mode === "toll")(session.paper);
  ask(session, ways);
}

/** The prompt; comes back until the trader may stay or is gone. The fighters may have left or lost meanwhile. */
function ask(session: Session, ways: Ways): void {
  const { trader, paper } = player(session);
  const garrison = hostileHere(session);
  if (!garrison) return ways.stayed(session);
  say.encounterPrompt(trader.ship.fighters, garrison)(paper);
  const keys = garrison.mode === "toll" ? "ADIRPS?" : "ADIRS?";
  askKey(session, keys, (asked, key) => choose(asked, key, ways), { enter: "?" });
}

function choose(session: Session, key: string, ways: Ways): void {
  const { galaxy, trader, paper } = player(session);
  const garrison = hostileHere(session);
  if (!garrison) return ways.stayed(session);
  switch (key) {
    case "A":
      paper.put`~=<Attack>\n`;
      return attackFighters(session, (asked) => ask(asked, ways));
    case "D":
      paper.put`\n${sectorDisplay(galaxy, trader)}\n`;
      return ask(session, ways);
    case "I":
      paper.put`~=<Info>\n${infoLines(trader, galaxy)}`;
      return ask(session, ways);
    case "R":
      return retreat(session, garrison, ways.enter, ways.away);
    case "P":
      return payToll(session, garrison, ways);
    case "S":
      return surrender(
        session,
        () => hostileHere(session),
        (asked) => ask(asked, ways),
        ways.away,
      );
    default:
      say.encounterHelp(paper);
      return ask(session, ways);
  }
}

/** Asks for a wave against the fighters here and sends it. */
export function attackFighters(session: Session, then: Then): void {
  const { trader, paper } = player(session);
  const most = waveMax(trader.ship);
  say.askWave(most)(paper);
  askNumber(session, { largest: most, enter: 0 }, (asked, wanted) => {
    const garrison = hostileHere(asked);
    const sent = Math.min(wanted, trader.ship.fighters);
    if (garrison && sent > 0) wave(asked, garrison, sent);
    then(asked);
  });
}

/** One wave against a garrison, and what it earns. */
function wave(session: Session, garrison: Garrison, sent: number): void {
  const { galaxy, trader, game, paper } = player(session);
  const { ship, sector, name } = trader;
  const { owner } = garrison;
  const { destroyed, lost } = clash(
    sent,
    shipTypes[ship.kind].odds,
    garrison.count,
    galaxy.dice,
    "fighters destroyed in an attack",
  );
  ship.fighters -= lost;
  note(galaxy, "ship", ship);
  removeFighters(session, garrison, destroyed);
  say.waveResult(lost, destroyed)(paper);
  const good = ownersOf(galaxy, owner).some(({ alignment }) => alignment >= 0);
  const points = experienceForFighters(destroyed);
  const moved = (good ? -1 : 1) * alignmentForFighters(destroyed);
  if (points > 0) {
    say.waveReward(good, points)(paper);
    reward(session, points);
  }
  if (moved !== 0) {
    say.alignmentMoved(moved)(paper);
    align(session, moved);
  }
  fightersReport(game, owner, session.at, sector, `${name} destroyed ${destroyed} fighters.`);
}

function payToll(session: Session, garrison: Garrison, ways: Ways): void {
  const { paper } = session;
  const asking = garrison.count * tollPerFighter;
  say.askToll(asking)(paper);
  askYesNo(session, false, (asked, yes) => {
    const { galaxy, trader } = player(asked);
    const now = hostileHere(asked);
    // Fighters that have changed since he was told their price are met anew.
    if (!yes || now !== garrison || now.count * tollPerFighter !== asking) return ask(asked, ways);
    if (trader.credits < asking) {
      say.cannotPay(asked.paper);
      return ask(asked, ways);
    }
    trader.credits -= asking;
    // Fighters that are nobody's to command have no use for money: it is gone.
    if (ownersOf(galaxy, garrison.owner).length > 0) garrison.tolls = (garrison.tolls ?? 0) + asking;
    note(galaxy, "trader", trader);
    note(galaxy, "sector", sectorAt(galaxy, trader.sector));
    look(asked);
    ways.stayed(asked);
  });
}
