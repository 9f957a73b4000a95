/** V: the game's settings and its state. Helper programs read the lines on sizes and on the StarDock. */
import { type Galaxy, stockAt } from "../galaxy.ts";
import type { Game } from "../session.ts";
import { commas, gameDate } from "./figures.ts";
import type { Paper } from "./paper.ts";

const dayMs = 86_400_000;

export const gameStatus = (game: Game, at: number) => (paper: Paper) => {
  const { galaxy } = game;
  const { settings } = galaxy;
  const days = Math.max(1, Math.ceil((at - galaxy.began) / dayMs));
  paper.put`\x1b[2J\x1b[H         ~RTrade Wars 2002 Game Configuration and Status

~g Initial Turns per day ~C${settings.turnsPerDay}~g, fighters ~C${settings.startFighters}~g, credits ~C${commas(settings.startCredits)}~g, holds ~C${settings.startHolds}~g.
~g Maximum players ~C${playersMax}~g, sectors ~C${galaxy.sectors.length}~g, ports ~C${galaxy.ports.size}~g, planets ~C0~g.

~g         The StarDock is located in sector ~C${galaxy.stardock}~g.
~g         Ver# ~C${settings.version}~g running under ~CTWGS v2~g.

~g         This game has been running for ~C${days}~g days.

~Y-=-=-=-  ~mCurrent Stats for ${gameDate(at, settings.yearsAhead)}~Y -=-=-=-

~Y ${galaxy.ports.size} ~gports are open for business and have a net worth of ~Y${commas(worth(galaxy, at))}~g.
~Y ${galaxy.traders.size} ~gTraders (~m${goodShare(galaxy)}% Good~g) are active in the game.\n`;
};

/** As many as a galaxy's records have room for. */
export const playersMax = 1000;

const goodShare = (galaxy: Galaxy) => {
  const good = [...galaxy.traders.values()].filter(({ alignment }) => alignment >= 0).length;
  return galaxy.traders.size === 0 ? 100 : Math.round((100 * good) / galaxy.traders.size);
};

/** Units in stock, all ports and products together. */
function worth(galaxy: Galaxy, at: number): number {
  let sum = 0;
  for (const { stocks } of galaxy.ports.values()) {
    for (const stock of stocks) sum += stockAt(galaxy, stock, at);
  }
  return sum;
}
