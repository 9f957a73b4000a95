/** The game's front menu, and the way in for one who comes back; newcomers go through newcomer.ts. */
import { leaveGame, board, crowd, passwordMax, type Out } from "./aboard.ts";
import { home } from "./commands/command.ts";
import { clearAvoids, listAvoids } from "./commands/computer.ts";
import { look } from "./commands/arrival.ts";
import { growTurns } from "./galaxy.ts";
import type { Trader } from "./things.ts";
import { offerCharacter } from "./newcomer.ts";
import { askLine, askYesNo, type Game, pause, player, type Session } from "./session.ts";
import { shortDate } from "./text/figures.ts";
import { welcome, youHaveTurns } from "./text/lobby.ts";
import { askLog, gameMenu as menuText, passwordPrompt } from "./text/prompts.ts";
import { gameStatus } from "./text/status.ts";

/** Wrong passwords before the line is dropped. */
export const passwordTriesMax = 5;

/** `T I S H M X`, a letter and Enter. */
export function gameMenu(session: Session, out: Out): void {
  menuText(session.paper);
  askLine(session, { max: 1 }, (asked, text) => {
    const again = (done: Session) => gameMenu(done, out);
    switch (text.toUpperCase()) {
      case "T":
        return showLog(asked, out);
      case "X":
        asked.paper.put`\n~m...Now leaving ~BTrade Wars 2002 ~mand returning to system.\n\n`;
        return out(asked);
      case "I":
        asked.paper
          .put`\n~gTrade between the ports of the galaxy: buy where they sell, sell where they buy.\n~gType ~Y?~g at any prompt for its commands.\n\n`;
        return pause(asked, again);
      case "S":
        if (asked.game) gameStatus(asked.game, asked.at)(asked.paper);
        asked.paper.line();
        return pause(asked, again);
      case "H":
        highScores(asked);
        return pause(asked, again);
      case "M":
        asked.paper.put`\n~gThis game is open to every caller.\n\n`;
        return pause(asked, again);
      default:
        asked.paper.line();
        return again(asked);
    }
  });
}

const scoresShown = 10;

function highScores(session: Session): void {
  const { game, paper } = session;
  paper.put`\n~=<High scores>\n\n`;
  const traders = [...(game?.galaxy.traders.values() ?? [])].sort((a, b) => b.experience - a.experience);
  for (const [index, trader] of traders.slice(0, scoresShown).entries()) {
    paper.put`~Y${String(index + 1).padStart(3)} ~g${String(trader.experience).padStart(10)} ~C${trader.name}\n`;
  }
  paper.line();
}

function showLog(session: Session, out: Out): void {
  askLog(session.paper);
  askYesNo(session, false, (asked, yes) => {
    if (!yes) return hello(asked, out);
    asked.paper.put`\n~gNo log entries today.\n`;
    pause(asked, (done) => hello(done, out));
  });
}

function hello(session: Session, out: Out): void {
  const { game, paper, login } = session;
  if (!game) throw new Error("A caller without a game was let in");
  welcome(login, game.galaxy.settings.version)(paper);
  pause(session, (asked) => {
    const known = game.galaxy.byLogin.get(asked.login.toLowerCase());
    if (known) askPassword(asked, game, known, out);
    else
      offerCharacter(asked, game, { start: (made) => start(made, out), out: (left) => gameMenu(left, out) });
  });
}

// ---- coming back

function askPassword(session: Session, game: Game, trader: Trader, out: Out, tries = 1): void {
  if (tries === 1) session.paper.put`~YA password is required to enter this game.\n\n`;
  passwordPrompt(session.paper);
  askLine(session, { max: passwordMax, secret: true }, (asked, text) => {
    if (asked.door.seal(text, trader.salt) === trader.password) return welcomeBack(asked, game, trader, out);
    asked.paper.put`\n~!Invalid password.\n\n`;
    if (tries >= passwordTriesMax) asked.door.hangUp(asked);
    else askPassword(asked, game, trader, out, tries + 1);
  });
}

function welcomeBack(session: Session, game: Game, trader: Trader, out: Out): void {
  const again = sameDay(trader.lastOn, session.at);
  const last = trader.lastOn;
  board(session, game, trader);
  crowd(session, game, (asked) => {
    const { paper } = asked;
    if (again) paper.put`~YYou have been on today.\n`;
    else paper.put`~YYou were last on ${shortDate(last, game.galaxy.settings.yearsAhead)}.\n`;
    paper.put`~gSearching for messages received since your last time on~Y:\n~gNo messages received.\n`;
    pause(asked, (read) => scanAvoids(read, out));
  });
}

const dayMs = 86_400_000;
const sameDay = (one: number, other: number) => Math.floor(one / dayMs) === Math.floor(other / dayMs);

function scanAvoids(session: Session, out: Out): void {
  const { trader, paper } = player(session);
  paper.put`~=<Scanning for Hazardous Sectors you have marked to Avoid>\n\n`;
  listAvoids(trader, session);
  if (trader.avoids.length === 0) {
    paper.put`\n`;
    return takeHelm(session, out);
  }
  paper.put`\n~mDo you wish to clear some avoids? (Y/N) [~YN~m] `;
  askYesNo(session, false, (asked, yes) => {
    if (yes) return clearAvoids(asked, (cleared) => takeHelmBelow(cleared, out));
    takeHelmBelow(asked, out);
  });
}

function takeHelmBelow(session: Session, out: Out): void {
  session.paper.put`\n\n`;
  takeHelm(session, out);
}

function takeHelm(session: Session, out: Out): void {
  const { trader, galaxy, paper } = player(session);
  growTurns(galaxy, trader, session.at);
  youHaveTurns(trader.turnsLeft)(paper);
  start(session, out);
}

/** The first sight of the sector, and the command prompt. */
function start(session: Session, out: Out): void {
  session.leave = (asked) => {
    leaveGame(asked);
    asked.paper.put`~0\n`;
    gameMenu(asked, out);
  };
  look(session);
  home(session);
}
