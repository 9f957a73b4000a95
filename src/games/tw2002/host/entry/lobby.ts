/** From the first key to a game's letter: name, the list of games, who is on, descriptions. */
import { leaveGame } from "../aboard.ts";
import { gameMenu } from "./menu.ts";
import { passwordTriesMax } from "./returning.ts";
import { askLine, type Game, pause, type Session } from "../session.ts";
import * as say from "../text/entry/lobby.ts";
import { passwordMax, traderNameMax } from "../../rules/lengths.ts";

/** Longest name a caller may give. */

/** The first question after telnet has been found at the other end. */
export function greet(session: Session): void {
  session.paper.raw(say.askName);
  askName(session, serverMenu);
}

function askName(session: Session, then: (session: Session) => void): void {
  askLine(session, { max: traderNameMax, end: "\n\r" }, (asked, text) => {
    asked.login = text.trim();
    then(asked);
  });
}

/** The list of games; the next key chooses. */
export function serverMenu(session: Session): void {
  leaveGame(session);
  session.game = undefined;
  const { door, paper } = session;
  paper.raw(say.serverMenu(door.title, door.games));
  atMenu(session);
}

function atMenu(session: Session): void {
  session.prompt = { onKey: (asked, key) => choose(asked, key.toUpperCase()) };
}

function choose(session: Session, key: string): void {
  const { door, paper } = session;
  const game = door.games.find(({ letter }) => letter === key);
  if (game) {
    paper.raw(key);
    if (session.login === "") {
      paper.raw(`\n\r${say.askNameAgain}`);
      return askName(session, (asked) => (asked.login === "" ? serverMenu(asked) : choose(asked, key)));
    }
    return game.galaxy.settings.password === "" ? enter(session, game) : askGamePassword(session, game);
  }
  switch (key) {
    case "Q":
      paper.raw("Q");
      return door.hangUp(session);
    case "#":
      paper.raw("#");
      paper.raw(say.playersOnline(door.title, nodes(session)));
      return atMenu(session);
    case "!":
      paper.raw("!");
      return describe(session);
    case "?":
      paper.raw("?");
      return serverMenu(session);
    default:
      return;
  }
}

function enter(session: Session, game: Game): void {
  session.game = game;
  session.paper.put`${say.splash}`;
  pause(session, (asked) => gameMenu(asked, serverMenu));
}

/** A private game's door. Wrong words lead back to the list, too many of them out of the house. */
function askGamePassword(session: Session, game: Game): void {
  session.paper.raw(say.askGamePassword);
  askLine(session, { max: passwordMax, secret: true, end: "\n\r" }, (asked, text) => {
    const { password } = game.galaxy.settings;
    if (asked.door.seal(text, game.letter) === password) {
      asked.wrongPasswords = 0;
      return enter(asked, game);
    }
    asked.paper.raw(say.wrongGamePassword);
    asked.wrongPasswords++;
    if (asked.wrongPasswords >= passwordTriesMax) asked.door.hangUp(asked);
    else serverMenu(asked);
  });
}

function nodes(session: Session) {
  return [...session.door.sessions.values()].map((other, index) => ({
    node: index + 1,
    where: other.game ? `Game ${other.game.letter}` : "Menu",
    name: other.login,
  }));
}

function describe(session: Session): void {
  const { door, paper } = session;
  paper.raw(say.descriptionsMenu(door.games));
  session.prompt = {
    onKey(asked, key) {
      const capital = key.toUpperCase();
      const game = door.games.find(({ letter }) => letter === capital);
      if (!game && capital !== "Q") return;
      asked.paper.raw(`${capital}\r\n`);
      if (!game) return serverMenu(asked);
      asked.paper.raw(`\r\n${game.description}\r\n\r\n`);
      pause(asked, serverMenu);
    },
  };
}
