/** The keys that work the same wherever a command prompt stands: at the helm, on a planet, in a citadel. */
import { player, type Session } from "../session.ts";
import { accessModes } from "../text/entry/menu.ts";
import { globalsHelp } from "../text/help.ts";
import { quickStats, whosPlaying } from "../text/info.ts";
import { gameStatus } from "../text/computer/status.ts";
import { interrogate } from "./computer/cim.ts";
import { fedComm, hail, subSpace } from "./comm.ts";
import { mailbox } from "./mailbox.ts";
import { autoFlee, pauses, silence } from "./computer/settings.ts";
import { growTurns } from "../traders.ts";

/** A command: what it says comes after the key's line end; every path ends in `home`. */
type Command = (session: Session, home: (session: Session) => void) => void;

/**
 * Lets the prompt that stands answer these keys, too, but for those that it takes itself; then comes an empty line, and
 * `again` puts the question anew.
 */
export function answerGlobals(session: Session, own: string, again: (session: Session) => void): void {
  const { onKey, reprint } = session.prompt;
  session.prompt = {
    reprint,
    onKey(asked, key) {
      const command = own.includes(key) ? undefined : globals[key];
      if (!command) return onKey(asked, key);
      asked.paper.line();
      command(asked, (done) => {
        done.paper.line();
        again(done);
      });
    },
  };
}

/** None of them is echoed. */
export const globals: { readonly [key: string]: Command } = {
  "/"(session, home) {
    const { trader, galaxy, paper } = player(session);
    growTurns(galaxy, trader, session.at);
    quickStats(trader)(paper);
    home(session);
  },
  "#"(session, home) {
    const { game, settings } = player(session);
    const players = [...game.online.values()].flatMap(({ trader }) => (trader ? [trader] : []));
    whosPlaying(players, settings)(session.paper);
    home(session);
  },
  "@"(session, home) {
    const { game, paper } = player(session);
    gameStatus(game, session.at)(paper);
    home(session);
  },
  $(session, home) {
    const { settings, paper } = player(session);
    accessModes(settings)(paper);
    home(session);
  },
  "*"(session, home) {
    globalsHelp(session.paper);
    home(session);
  },
  "^": interrogate,
  "`": fedComm,
  "'": subSpace,
  "=": hail,
  "|": silence,
  "&": pauses,
  "\\": autoFlee,
  ":": mailbox,
};
