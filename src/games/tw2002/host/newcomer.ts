/** A new character: password, name, ship, and the first sector. */
import { evilTitles, goodTitles } from "../rules/ranks.ts";
import { board, crowd, passwordMax } from "./aboard.ts";
import { buildShip, enrol, newTrader, nextNumber } from "./galaxy.ts";
import type { Trader } from "./things.ts";
import { makerName } from "./names.ts";
import { askKey, askLine, askYesNo, type Game, type Session } from "./session.ts";
import { notFound } from "./text/lobby.ts";
import { passwordPrompt } from "./text/prompts.ts";
import { playersMax } from "./text/status.ts";

const shipNameMax = 30;
const traderNameMax = 40;
const idleDays = 30;

/** Where it goes on: into play with a trader, or back to the game's menu without. */
export interface Ways {
  start(session: Session): void;
  out(session: Session): void;
}

/** Asks whether an unknown caller wants to play, and makes his character. */
export function offerCharacter(session: Session, game: Game, ways: Ways): void {
  notFound(session.paper);
  askYesNo(session, false, (asked, yes) => {
    if (!yes) return ways.out(asked);
    if (game.galaxy.traders.size >= playersMax) {
      asked.paper.put`\n~!This game is full.\n`;
      return ways.out(asked);
    }
    asked.paper.put`\n~YPlease enter a password for this game account.\n\n`;
    choosePassword(asked, game, ways);
  });
}

function choosePassword(session: Session, game: Game, ways: Ways): void {
  const secret = { max: passwordMax, secret: true };
  passwordPrompt(session.paper);
  askLine(session, secret, (asked, first) => {
    asked.paper.put`~YRepeat password to verify.\n${passwordPrompt}`;
    askLine(asked, secret, (verified, second) => {
      if (first !== second) {
        verified.paper.put`~YPasswords didn't match.  Try again.\n`;
        return choosePassword(verified, game, ways);
      }
      verified.paper.put`\n~YGreat!~g You're on your way to becoming a Galactic Power!\n`;
      crowd(verified, game, (met) => chooseName(met, game, first, ways));
    });
  });
}

function chooseName(session: Session, game: Game, password: string, ways: Ways): void {
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
      if (key === "B" && !taken) return christen(asked, game, password, login, ways);
      // The recordings hold no clash of names: these words are ours.
      if (key === "B") asked.paper.put`~gSorry, there is already a trader named ~C${login}~g.\n`;
      askAlias(asked, game, password, ways);
    },
    { enter: "B" },
  );
}

const rankWords = new Set(
  [...goodTitles, ...evilTitles]
    .flatMap((title) => title.toLowerCase().split(" "))
    .filter((word) => word.length > 4),
);

function askAlias(session: Session, game: Game, password: string, ways: Ways): void {
  session.paper.put`~mWhat Alias do you want to use? `;
  askLine(session, { max: traderNameMax }, (asked, text) => {
    const alias = text.trim();
    const { paper } = asked;
    const again = (done: Session) => askAlias(done, game, password, ways);
    if (alias === "") return again(asked);
    if (
      alias
        .toLowerCase()
        .split(" ")
        .some((word) => rankWords.has(word))
    ) {
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
      if (yes) christen(decided, game, password, alias, ways);
      else again(decided);
    });
  });
}

function christen(session: Session, game: Game, password: string, name: string, ways: Ways): void {
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
      return ways.out(asked);
    }
    board(asked, game, makeTrader(asked, game, { name, password, maker, shipName }));
    ways.start(asked);
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

function makeTrader(
  session: Session,
  game: Game,
  chosen: { name: string; password: string; maker: string; shipName: string },
): Trader {
  const { galaxy } = game;
  const { settings, dice } = galaxy;
  const salt = String(dice.between(1_000_000, 9_999_999, "a salt"));
  const id = nextNumber(galaxy, "trader");
  const ship = buildShip({
    id: nextNumber(galaxy, "ship"),
    kind: settings.startShip,
    name: chosen.shipName,
    maker: chosen.maker,
    builtAt: session.at,
    sector: firstSector,
    pilot: id,
    owner: { type: "trader", id },
    holds: settings.startHolds,
    fighters: settings.startFighters,
  });
  const trader = newTrader({
    id,
    login: session.login,
    name: chosen.name,
    password: session.door.seal(chosen.password, salt),
    salt,
    ship,
    credits: settings.startCredits,
    turnsLeft: settings.turnsPerDay,
    turnsSince: session.at,
    lastOn: session.at,
  });
  enrol(galaxy, trader);
  return trader;
}
