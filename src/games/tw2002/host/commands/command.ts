/** The command prompt: one key or a sector number, and back here when it is done. */
import { growTurns, type Galaxy, markSeen } from "../galaxy.ts";
import { askYesNo, player, type Prompt, type Session } from "../session.ts";
import { commandHelp, globalsHelp } from "../text/help.ts";
import { infoLines, quickStats, whosPlaying } from "../text/info.ts";
import { commandPrompt } from "../text/prompts.ts";
import { sectorDisplay } from "../text/sector.ts";
import { gameStatus } from "../text/status.ts";
import { attack } from "./attack.ts";
import { beacon } from "./beacon.ts";
import { interrogate } from "./cim.ts";
import { fedComm, hail, subSpace } from "./comm.ts";
import { computer } from "./computer.ts";
import { buildPort } from "./construction.ts";
import { corporateMenu } from "./corporation.ts";
import { deployedFighters, dropFighters } from "./fighters.ts";
import { genesis } from "./genesis.ts";
import { jettison } from "./holds.ts";
import { land } from "./land.ts";
import { mailbox } from "./mailbox.ts";
import { mineControl, mineScan } from "./mines.ts";
import { move, moveTo } from "./move.ts";
import { setCourse, setNavPoints } from "./navpoints.ts";
import { visitPort } from "./port.ts";
import { etherProbe } from "./probe.ts";
import { scan } from "./scan.ts";
import { autoFlee, pauses, silence } from "./settings.ts";
import { interdict, tow } from "./tow.ts";
import { transporter } from "./transporter.ts";

/** A command: what it says comes after the echoed key; every path ends in `home`. */
type Command = (session: Session, home: (session: Session) => void) => void;

/** Keys that are echoed, in capitals. */
const commands: { readonly [key: string]: Command } = {
  D: redisplay,
  P: visitPort,
  M: move,
  C: computer,
  I(session, home) {
    const { trader, settings, galaxy, paper } = player(session);
    growTurns(galaxy, trader, session.at);
    paper.put`~=<Info>\n${infoLines(trader, settings)}`;
    home(session);
  },
  V(session, home) {
    const { game } = player(session);
    gameStatus(game, session.at)(session.paper);
    home(session);
  },
  S: scan,
  A: attack,
  B: interdict,
  E: etherProbe,
  F: dropFighters,
  G: deployedFighters,
  H: mineControl,
  J: jettison,
  K: mineScan,
  L: land,
  N: setCourse,
  O: buildPort,
  R: beacon,
  T: corporateMenu,
  U: genesis,
  W: tow,
  X: transporter,
  Y: setNavPoints,
  "<"(session, home) {
    const { trader } = player(session);
    if (trader.cameFrom === 0) return home(session);
    moveTo(session, trader.cameFrom, home);
  },
  "?"(session, home) {
    commandHelp(session.paper);
    home(session);
  },
};

/** Keys that are not echoed and work the same wherever a command prompt stands. */
const globals: { readonly [key: string]: Command } = {
  "/"(session, home) {
    const { trader, galaxy, paper } = player(session);
    growTurns(galaxy, trader, session.at);
    quickStats(trader)(paper);
    home(session);
  },
  "#"(session, home) {
    const { game, settings } = player(session);
    const players = [...game.online.values()].flatMap(({ trader }) => (trader ? [trader] : []));
    whosPlaying(players, settings.aliens)(session.paper);
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

function redisplay(session: Session, home: (session: Session) => void): void {
  const { galaxy, trader, paper } = player(session);
  paper.put`~=<Re-Display>\n\n${sectorDisplay(galaxy, trader)}`;
  markSeen(galaxy, trader, trader.sector);
  home(session);
}

/** Asks for the prompt once more; it comes back with this in it. Proxies use it to find out where they are. */
const probe = "\x91";

/** Shows the command prompt, after what others have said meanwhile. */
export function home(session: Session): void {
  const { trader, paper } = player(session);
  for (const message of session.waiting.splice(0)) paper.put`\n${message}`;
  commandPrompt(trader.sector)(paper);
  session.prompt = atCommand;
}

const atCommand: Prompt = {
  reprint: (session) => commandPrompt(player(session).trader.sector)(session.paper),
  onKey(session, key) {
    const { paper } = session;
    const capital = key.toUpperCase();
    const shown = commands[capital];
    const hidden = globals[key];
    if (key === "\r") {
      paper.line();
      redisplay(session, home);
    } else if (shown) {
      paper.raw(capital);
      paper.line();
      shown(session, home);
    } else if (hidden) {
      paper.line();
      hidden(session, home);
    } else if (/[1-9]/.test(key)) {
      paper.raw(key);
      typeSector(session, key);
    } else if (capital === "Q") quit(session);
    else if (key === probe) paper.put`\n\n${commandPrompt(player(session).trader.sector, `${probe}\b`)}`;
  },
};

/**
 * A number at the command prompt goes without Enter once it can have no further digit: it has as many as the largest
 * sector, or one less and begins with a greater one.
 */
function complete(typed: string, galaxy: Galaxy): boolean {
  const largest = String(galaxy.sectors.length);
  if (typed.length >= largest.length) return true;
  return typed.length === largest.length - 1 && typed.charAt(0) > largest.charAt(0);
}

function typeSector(session: Session, first: string): void {
  let typed = first;
  const go = (asked: Session) => {
    asked.paper.line();
    moveTo(asked, Number(typed), home);
  };
  session.prompt = {
    onKey(asked, key) {
      if (key === "\r") return go(asked);
      if (key === "\b") {
        typed = typed.slice(0, -1);
        asked.paper.raw("\b \b");
        if (typed === "") asked.prompt = atCommand;
      } else if (/\d/.test(key)) {
        typed += key;
        asked.paper.raw(key);
        if (complete(typed, player(asked).galaxy)) go(asked);
      }
    },
  };
  if (complete(typed, player(session).galaxy)) go(session);
}

function quit(session: Session): void {
  session.paper.raw("Q");
  session.paper.line();
  session.paper.put`~!<Quit>\n~mConfirmed? (Y/N)? `;
  askYesNo(session, false, (asked, yes) => (yes ? asked.leave(asked) : home(asked)));
}
