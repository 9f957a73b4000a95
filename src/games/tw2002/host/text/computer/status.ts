/** V: the game's settings and its state. Helper programs read the lines on sizes and on the StarDock. */
import { photonMs } from "../../../rules/combat.ts";
import { census } from "../../census.ts";
import type { Game } from "../../session.ts";
import { commas, gameDate } from "../figures.ts";
import { portsMax } from "../entry/gamesettings.ts";
import type { Paper } from "../paper.ts";
import { dayMs } from "../../../rules/time.ts";

export const gameStatus = (game: Game, at: number) => (paper: Paper) => {
  const { galaxy } = game;
  const { settings, sectors } = galaxy;
  const days = Math.max(1, Math.ceil((at - galaxy.began) / dayMs));
  paper.raw("\x1b[2J\x1b[H");
  paper.put`         ~RTrade Wars 2002 Game Configuration and Status

~g Initial Turns per day ~C${settings.turnsPerDay}~g, fighters ~C${settings.startFighters}~g, credits ~C${commas(settings.startCredits)}~g, holds ~C${settings.startHolds}~g.
~g Inactive players will be deleted after ~C${settings.deletionDays}~g days.
~g Maximum players ~C${settings.playersMax}~g, sectors ~C${sectors.length}~g, ports ~C${portsMax(settings)}~g, planets ~C${settings.planetsMax}~g.
~g The Maximum number of Planets per sector: ~C${settings.planetsPerSector}~g,  Traders on a Corp: ~C${settings.corpMembersMax}~g,
~g                Ships per FedSpace Sector: ~C${settings.shipsPerFedSector}~g.

~g         The StarDock is located in sector ~C${galaxy.stardock}~g.
~g         Photon Missile Wave duration is ~C${photonMs / 1000}~g seconds.
~g         Ver# ~C${settings.version}~g running under ~CTWGS v2~g.
~g         This game is registered to ~CUnknown~g.

~g         This game has been running for ~C${days}~g days.

~Y-=-=-=-  ~mCurrent Stats for ${gameDate(at, settings.yearsAhead)}~Y -=-=-=-\n\n`;
  const counted = census(galaxy);
  paper.put`~Y ${commas(counted.ports)} ~gports are open for business and have a net worth of ~Y${commas(counted.portValue)}~g.
~Y ${commas(counted.planets)} ~gplanets exist in the universe, ~Y${counted.citadels ?? 0}~g% have Citadels.
~Y ${commas(counted.traders)} ~gTraders (~m${counted.goodTraders ?? 0}% Good~g) are active in the game.
~Y ${commas(Math.floor(counted.fighters))} ~gFighters and ~Y${commas(counted.mines)} ~gMines are in use throughout the Universe.
~Y ${commas(counted.corps)} ~gCorporations are in business.\n`;
};
