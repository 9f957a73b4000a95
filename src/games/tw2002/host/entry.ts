/** The game's front menu, and the way in for a newcomer and for one who comes back. */
import { products } from "../rules/ports.ts";
import { goodTitles, evilTitles } from "../rules/ranks.ts";
import { home } from "./commands/command.ts";
import { clearAvoids, listAvoids } from "./commands/computer.ts";
import { look } from "./commands/move.ts";
import { enrol, growTurns, type Trader } from "./galaxy.ts";
import { makerName } from "./names.ts";
import { askKey, askLine, askYesNo, type Game, pause, player, type Session } from "./session.ts";
import { shortDate } from "./text/figures.ts";
import { whosPlaying } from "./text/info.ts";
import { welcome, youHaveTurns, notFound } from "./text/lobby.ts";
import { askLog, gameMenu as menuText, passwordPrompt } from "./text/prompts.ts";
import { gameStatus, playersMax } from "./text/status.ts";

/** Where a caller goes who leaves the game. */
type Out = (session: Session) => void;

export const passwordMax = 20;
/** Wrong passwords before the line is dropped. */
export const passwordTriesMax = 5;
const shipNameMax = 30;
const traderNameMax = 40;
const idleDays = 30;

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
        asked.paper.put`\n~gTrade between the ports of the galaxy: buy where they sell, sell where they buy.\n~gType ~Y?~g at any prompt for its commands.\n\n`;
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
    else offerCharacter(asked, game, out);
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
  look(session);
  home(session, (asked) => {
    leaveGame(asked);
    asked.paper.put`~0\n`;
    gameMenu(asked, out);
  });
}

// ---- a new character

function offerCharacter(session: Session, game: Game, out: Out): void {
  notFound(session.paper);
  askYesNo(session, false, (asked, yes) => {
    if (!yes) return gameMenu(asked, out);
    if (game.galaxy.traders.size >= playersMax) {
      asked.paper.put`\n~!This game is full.\n`;
      return gameMenu(asked, out);
    }
    asked.paper.put`\n~YPlease enter a password for this game account.\n\n`;
    choosePassword(asked, game, out);
  });
}

function choosePassword(session: Session, game: Game, out: Out): void {
  const secret = { max: passwordMax, secret: true };
  passwordPrompt(session.paper);
  askLine(session, secret, (asked, first) => {
    asked.paper.put`~YRepeat password to verify.\n${passwordPrompt}`;
    askLine(asked, secret, (verified, second) => {
      if (first !== second) {
        verified.paper.put`~YPasswords didn't match.  Try again.\n`;
        return choosePassword(verified, game, out);
      }
      verified.paper.put`\n~YGreat!~g You're on your way to becoming a Galactic Power!\n`;
      crowd(verified, game, (met) => chooseName(met, game, first, out));
    });
  });
}

function chooseName(session: Session, game: Game, password: string, out: Out): void {
  const { paper, login } = session;
  paper.put`~gNotice: If you don't play for ~Y${idleDays}~g days, your ship
~gand your assets will be removed to make room for someone else.

~CDo you wish to make up a new Alias for your Trader Name,
~Cor would you rather use your BBS name of ~Y${login}?
~YUse ~m(~gN~m)~Yew Name or ~m(~gB~m)~YBS Name ~C[B] ~Y? `;
  askKey(
    session,
    "NB",
    (asked, key) => {
      asked.paper.line();
      const taken = game.galaxy.byName.has(login.toLowerCase());
      if (key === "B" && !taken) return christen(asked, game, password, login, out);
      // The recordings hold no clash of names: these words are ours.
      if (key === "B") asked.paper.put`~gSorry, there is already a trader named ~C${login}~g.\n`;
      askAlias(asked, game, password, out);
    },
    { enter: "B" },
  );
}

const rankWords = new Set(
  [...goodTitles, ...evilTitles].flatMap((title) => title.toLowerCase().split(" ")).filter((word) => word.length > 4),
);

function askAlias(session: Session, game: Game, password: string, out: Out): void {
  session.paper.put`~mWhat Alias do you want to use? `;
  askLine(session, { max: traderNameMax }, (asked, text) => {
    const alias = text.trim();
    const { paper } = asked;
    const again = (done: Session) => askAlias(done, game, password, out);
    if (alias === "") return again(asked);
    if (alias.toLowerCase().split(" ").some((word) => rankWords.has(word))) {
      paper.put`~gSorry, you cannot use the word ${alias} in your name.\n`;
      return again(asked);
    }
    if (game.galaxy.byName.has(alias.toLowerCase())) {
      paper.put`~gSorry, there is already a trader named ~C${alias}~g.\n`;
      return again(asked);
    }
    paper.put`
~gThat alias would look like this in the game:
~YCommander ${alias} is attacking with 10,000 fighters!

~g${alias}~m is what you want? (Y/N) `;
    askYesNo(asked, false, (decided, yes) => {
      if (yes) christen(decided, game, password, alias, out);
      else again(decided);
    });
  });
}

function christen(session: Session, game: Game, password: string, name: string, out: Out): void {
  const maker = makerName(game.galaxy.dice);
  session.paper.put`
~!Your ship is being initialized.

~CYou must now christen your new ${maker} ~0~gMerchant Cruiser
~CChoose a name carefully as you will have it for a while!\n`;
  askShipName(session, (asked, shipName) => {
    asked.paper.put`~mOne moment please\n`;
    // Two callers may have been making the same character at once: the first one to get here has the name.
    const { galaxy } = game;
    if (galaxy.byLogin.has(asked.login.toLowerCase()) || galaxy.byName.has(name.toLowerCase())) {
      asked.paper.put`~gSorry, there is already a trader named ~C${name}~g.\n`;
      return gameMenu(asked, out);
    }
    board(asked, game, newTrader(asked, game, { name, password, maker, shipName }));
    start(asked, out);
  });
}

function askShipName(session: Session, named: (session: Session, name: string) => void): void {
  session.paper.put`\n~CWhat do you want to name your ship? (30 letters)\n~y`;
  askLine(session, { max: shipNameMax }, (asked, text) => {
    const name = text.trim();
    if (name === "") return askShipName(asked, named);
    asked.paper.put`\n~g${name}~C is what you want? `;
    askYesNo(asked, false, (decided, yes) => (yes ? named(decided, name) : askShipName(decided, named)));
  });
}

/** Everybody begins in sector 1. */
const firstSector = 1;

function newTrader(
  session: Session,
  game: Game,
  chosen: { name: string; password: string; maker: string; shipName: string },
): Trader {
  const { galaxy } = game;
  const { settings, dice } = galaxy;
  const salt = String(dice.between(1_000_000, 9_999_999));
  const trader: Trader = {
    id: Math.max(0, ...galaxy.traders.keys()) + 1,
    login: session.login,
    name: chosen.name,
    password: session.door.seal(chosen.password, salt),
    salt,
    credits: settings.startCredits,
    experience: 0,
    alignment: 0,
    sector: firstSector,
    ship: "merchantCruiser",
    shipName: chosen.shipName,
    shipMaker: chosen.maker,
    shipBuilt: session.at,
    holds: settings.startHolds,
    cargo: Object.fromEntries(products.map((product) => [product, 0])) as Trader["cargo"],
    fighters: settings.startFighters,
    shields: 0,
    portsVisited: 0,
    kills: 0,
    turnsLeft: settings.turnsPerDay,
    turnsCredit: 0,
    turnsSince: session.at,
    turnsUsed: 0,
    avoids: [],
    cameFrom: 0,
    lastOn: session.at,
  };
  enrol(galaxy, trader);
  return trader;
}

// ---- coming and going

/**
 * Puts a trader at his helm. A trader can be on once: whoever comes with the right password has the line, the older
 * one is dropped, so that a player whose line broke without a word can come back at once.
 */
function board(session: Session, game: Game, trader: Trader): void {
  const older = game.online.get(trader.id);
  if (older && older !== session) {
    older.paper.put`\n\n~RYou have logged on from another node.  This session has been terminated.\n`;
    leaveGame(older);
    older.door.hangUp(older);
  }
  session.trader = trader;
  game.online.set(trader.id, session);
  trader.lastOn = session.at;
  game.galaxy.changed.traders.add(trader);
}

/** Takes a caller's trader off line; nothing when he has none. */
export function leaveGame(session: Session): void {
  const { trader, game } = session;
  if (trader && game?.online.get(trader.id) === session) {
    game.online.delete(trader.id);
    trader.lastOn = session.at;
    game.galaxy.changed.traders.add(trader);
  }
  session.trader = undefined;
  session.waiting.length = 0;
}

/** Who else is on, and a [Pause]; nothing at all when nobody is. */
function crowd(session: Session, game: Game, then: (session: Session) => void): void {
  const players = [...game.online.values()].flatMap((other) =>
    other !== session && other.trader ? [other.trader] : [],
  );
  const { aliens } = game.galaxy.settings;
  if (players.length === 0 && !aliens) {
    session.paper.line();
    return then(session);
  }
  whosPlaying(players, aliens)(session.paper);
  session.paper.line();
  pause(session, then);
}

