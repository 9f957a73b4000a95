/** The command prompt: one key or a sector number, and back here when it is done. */
import { timeLeftClock } from "../entry/allowance.ts";
import { markSeen, note } from "../galaxy.ts";
import { askYesNo, player, type Prompt, type Session } from "../session.ts";
import { commandHelp } from "../text/help.ts";
import { infoLines } from "../text/info.ts";
import { commandPrompt } from "../text/prompts.ts";
import { sectorDisplay } from "../text/sector.ts";
import { gameStatus } from "../text/computer/status.ts";
import { attack } from "./combat/attack.ts";
import { beacon } from "./moves/beacon.ts";
import { computer } from "./computer/menu.ts";
import { buildPort } from "./port/construction.ts";
import { corporateMenu } from "./corp/menu.ts";
import { deployedFighters, dropFighters } from "./combat/fighters.ts";
import { genesis } from "./planet/genesis.ts";
import { globals } from "./globals.ts";
import { jettison } from "./holds.ts";
import { land } from "./planet/land.ts";
import { mineControl, mineScan } from "./combat/mines.ts";
import { move, moveTo } from "./moves/move.ts";
import { setCourse, setNavPoints } from "./moves/navpoints.ts";
import { visitPort } from "./port/menu.ts";
import { etherProbe } from "./moves/probe.ts";
import { scan } from "./moves/scan.ts";
import { interdict, tow } from "./moves/tow.ts";
import { transporter } from "./moves/transporter.ts";
import { growTurns } from "../traders.ts";
import { sectorDigits } from "../../rules/space.ts";

/** A command: what it says comes after the echoed key; every path ends in `home`. */
type Command = (session: Session, home: (session: Session) => void) => void;

/** Keys that are echoed, in capitals. */
const commands: { readonly [key: string]: Command } = {
  D: redisplay,
  P: visitPort,
  M: move,
  C: computer,
  I(session, home) {
    const { trader, galaxy, paper } = player(session);
    growTurns(galaxy, trader, session.at);
    paper.put`~=<Info>\n${infoLines(trader, galaxy)}`;
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

function redisplay(session: Session, home: (session: Session) => void): void {
  const { galaxy, trader, paper } = player(session);
  paper.put`~=<Re-Display>\n\n${sectorDisplay(galaxy, trader)}`;
  markSeen(galaxy, trader, trader.sector);
  home(session);
}

/** Asks for the prompt once more; it comes back with this in it. Proxies use it to find out where they are. */
const probe = "\x91";

function showPrompt(session: Session, mark = ""): void {
  const { trader, paper } = player(session);
  commandPrompt(trader.sector, mark, timeLeftClock(session))(paper);
}

/** Shows the command prompt, after what others have said meanwhile. */
export function home(session: Session): void {
  for (const message of session.waiting.splice(0)) session.paper.put`\n${message}`;
  showPrompt(session);
  session.home = home;
  session.prompt = atCommand;
}

const atCommand: Prompt = {
  reprint: (session) => showPrompt(session),
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
    else if (key === probe) {
      paper.put`\n\n`;
      showPrompt(session, `${probe}\b`);
    }
  },
};

/** Smaller galaxies are typed as if they had this many sectors: with 1,000, 625 goes at once, but 403 and 500 wait. */
const typedAsIf = 5000;

/**
 * With the sector autoreturn on, a number at the command prompt goes without Enter once it can have no further digit: it
 * has as many as the largest sector, or one less and begins with a greater one.
 */
function complete(typed: string, session: Session): boolean {
  const { galaxy, trader } = player(session);
  if (!trader.preferences.autoReturn) return false;
  const largest = String(Math.max(typedAsIf, galaxy.sectors.length));
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
      } else if (/\d/.test(key) && typed.length < sectorDigits) {
        typed += key;
        asked.paper.raw(key);
        if (complete(typed, asked)) go(asked);
      }
    },
  };
  if (complete(typed, session)) go(session);
}

function quit(session: Session): void {
  session.paper.raw("Q");
  session.paper.line();
  session.paper.put`~!<Quit>\n~mConfirmed? (Y/N)? `;
  askYesNo(session, false, (asked, yes) => (yes ? askCloak(asked) : home(asked)));
}

/** Whoever carries a Cloaking Device may hide his ship with it until he is back. */
function askCloak(session: Session): void {
  const { galaxy, trader, paper } = player(session);
  const { ship } = trader;
  if (ship.gear.cloaks === 0) return session.leave(session);
  paper.put`~mDo you wish to engage a Cloaking Device? `;
  askYesNo(session, false, (asked, yes) => {
    // He may have lost the ship over the question.
    if (yes && trader.ship === ship && ship.gear.cloaks > 0) {
      ship.gear.cloaks--;
      ship.cloaked = true;
      note(galaxy, "ship", ship);
    }
    asked.leave(asked);
  });
}
