/** A game's front menu and the screens behind its letters; T leads by the log and the greeting to the password. */
import type { Out } from "../aboard.ts";
import { census } from "../census.ts";
import { tradersByRank } from "../commands/computer/ranks.ts";
import { today } from "../log.ts";
import { offerCharacter } from "./newcomer.ts";
import { askPassword, takeHelm } from "./returning.ts";
import { askYesNo, type Game, pause, type Session } from "../session.ts";
import { accessModes, highScores, instructions, instructionsHint, nowLeaving } from "../text/entry/menu.ts";
import { delaysPage, settingsPage, type Shown } from "../text/entry/gamesettings.ts";
import { gameStats } from "../text/entry/gamestats.ts";
import { welcome } from "../text/entry/lobby.ts";
import { askStamps, logPage } from "../text/log.ts";
import { askLog, gameMenu as menuText } from "../text/prompts.ts";

/** The menu's letters; the last is not on its list. */
const letters = "TISHMX*";

/** Shows the menu and waits for a letter and Enter; keys that are no letter of it are nothing. */
export function gameMenu(session: Session, out: Out): void {
  menuText(session.paper);
  let letter = "";
  session.prompt = {
    onKey(asked, key) {
      const capital = key.toUpperCase();
      if (key === "\r" && letter !== "") {
        asked.paper.line();
        choose(asked, letter, out);
      } else if (key === "\b" && letter !== "") {
        letter = "";
        asked.paper.raw("\b \b");
      } else if (letter === "" && letters.includes(capital)) {
        letter = capital;
        asked.paper.raw(capital);
      }
    },
  };
}

function choose(session: Session, letter: string, out: Out): void {
  const { game, paper } = session;
  if (!game) throw new Error("A caller without a game is at its menu");
  const again = (done: Session) => gameMenu(done, out);
  switch (letter) {
    case "T":
      return showLog(session, game, out);
    case "I":
      instructionsHint(paper);
      return pause(session, (asked) => readInstructions(asked, 0, again), { lines: 1 });
    case "S":
      settingsPage(shown(session, game))(paper);
      return pause(
        session,
        (asked) => {
          delaysPage(shown(asked, game))(asked.paper);
          pause(asked, again);
        },
        { lines: 1 },
      );
    case "H":
      highScores(tradersByRank(game.galaxy), session.at, game.galaxy.settings.yearsAhead)(paper);
      return pause(session, again);
    case "M":
      accessModes(game.galaxy.settings)(paper);
      return pause(session, again);
    case "*":
      paper.raw(gameStats(shown(session, game)));
      paper.line();
      return again(session);
    default:
      nowLeaving(paper);
      return out(session);
  }
}

function shown({ at, door }: Session, { galaxy }: Game): Shown {
  const { settings, began, chronicle } = galaxy;
  return {
    settings,
    census: census(galaxy),
    at,
    began,
    maintainedAt: chronicle.maintainedAt,
    latencyMs: door.latencyMs,
  };
}

function readInstructions(session: Session, page: number, done: (session: Session) => void): void {
  const text = instructions[page];
  if (!text) {
    session.paper.line();
    return done(session);
  }
  text(session.paper);
  const end = (asked: Session) => {
    asked.paper.line();
    done(asked);
  };
  pause(session, (asked) => readInstructions(asked, page + 1, done), { lines: 1, aborted: end });
}

function showLog(session: Session, game: Game, out: Out): void {
  askLog(session.paper);
  askYesNo(session, false, (asked, yes) => {
    if (!yes) return hello(asked, game, out);
    askStamps(asked.paper);
    askYesNo(asked, false, (reading, stamps) => {
      const { galaxy } = game;
      const { version, yearsAhead } = galaxy.settings;
      const lines = today(galaxy, reading.at);
      logPage(lines, { version, yearsAhead, stamps })(reading.paper);
      if (lines.length === 0) reading.paper.put`~gNo log entries today.\n`;
      pause(reading, (done) => hello(done, game, out), { lines: 1 });
    });
  });
}

function hello(session: Session, game: Game, out: Out): void {
  const { version, sysop } = game.galaxy.settings;
  welcome(session.login, version, sysop)(session.paper);
  const menu: Out = (left) => gameMenu(left, out);
  pause(session, (asked) => {
    const known = game.galaxy.byLogin.get(asked.login.toLowerCase());
    if (known) askPassword(asked, game, known, { menu, out });
    else offerCharacter(asked, game, { start: (made) => takeHelm(made, { menu, out }), menu });
  });
}
