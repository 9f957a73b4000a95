/**
 * A new character: password, name, ship, and the planet or sector he begins in. And another ship for one who lost his
 * last.
 */
import { terraSector } from "../../rules/space.ts";
import { evilTitles, goodTitles } from "../../rules/ranks.ts";
import { board, crowd, type Out } from "../aboard.ts";
import { makeRoom } from "../ages/deletion.ts";
import { changeShip, enrol, type Galaxy, nextNumber, note, removeShip } from "../galaxy.ts";
import { homeSector, settle } from "./homestead.ts";
import { makerName } from "../universe/names.ts";
import { askKey, askLine, askYesNo, type Game, player, type Session } from "../session.ts";
import { notFound } from "../text/entry/lobby.ts";
import * as say from "../text/entry/newcomer.ts";
import { passwordPrompt } from "../text/prompts.ts";
import { inSpace, type Ship, type Trader } from "../things.ts";
import { buildShip } from "../ships.ts";
import { newTrader } from "../traders.ts";
import { passwordMax, planetNameMax, shipNameMax, traderNameMax } from "../../rules/lengths.ts";

/** Where it goes on: into play with a trader, or back to the game's menu without. */
interface Ways {
  start(session: Session): void;
  readonly menu: Out;
}

/** What a newcomer has chosen so far. */
interface Chosen {
  readonly password: string;
  readonly name: string;
  readonly maker: string;
  readonly shipName: string;
  /** When the yard began on the ship: what its papers say. */
  readonly begunAt: number;
}

/** Asks whether an unknown caller wants to play, and makes his character. */
export function offerCharacter(session: Session, game: Game, ways: Ways): void {
  notFound(session.paper);
  askYesNo(session, false, (asked, yes) => {
    const refuse = (why: typeof say.gameFull) => {
      why(asked.paper);
      ways.menu(asked);
    };
    if (!yes) {
      asked.paper.line();
      return ways.menu(asked);
    }
    if (game.galaxy.settings.closed) return refuse(say.gameClosed);
    if (!makeRoom(game, asked.at)) return refuse(say.gameFull);
    say.askNewPassword(asked.paper);
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
        say.passwordsDiffer(verified.paper);
        return choosePassword(verified, game, ways);
      }
      say.great(verified.paper);
      crowd(verified, game, (met) => chooseName(met, game, first, ways));
    });
  });
}

function chooseName(session: Session, game: Game, password: string, ways: Ways): void {
  const { paper, login } = session;
  say.askWhichName(login, game.galaxy.settings.deletionDays)(paper);
  askKey(
    session,
    "NB",
    (asked, key) => {
      asked.paper.line();
      const taken = game.galaxy.byName.has(login.toLowerCase());
      if (key === "B" && !taken) return christen(asked, game, { password, name: login }, ways);
      if (key === "B") say.nameTaken(login)(asked.paper);
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
const hasRankWord = (alias: string) =>
  alias
    .toLowerCase()
    .split(" ")
    .some((word) => rankWords.has(word));

function askAlias(session: Session, game: Game, password: string, ways: Ways): void {
  say.askAlias(session.paper);
  askLine(session, { max: traderNameMax }, (asked, text) => {
    const alias = text.trim();
    const again = (done: Session) => askAlias(done, game, password, ways);
    if (alias === "") return again(asked);
    if (hasRankWord(alias)) {
      say.rankWord(alias)(asked.paper);
      return again(asked);
    }
    if (game.galaxy.byName.has(alias.toLowerCase())) {
      say.nameTaken(alias)(asked.paper);
      return again(asked);
    }
    say.aliasPreview(alias)(asked.paper);
    askYesNo(asked, false, (decided, yes) => {
      if (yes) christen(decided, game, { password, name: alias }, ways);
      else again(decided);
    });
  });
}

function christen(session: Session, game: Game, known: Pick<Chosen, "password" | "name">, ways: Ways): void {
  const { dice, settings } = game.galaxy;
  const maker = makerName(dice);
  const begunAt = session.at;
  say.christening(maker, settings.startShip)(session.paper);
  askShipName(session, (asked, shipName) => {
    const chosen = { ...known, maker, shipName, begunAt };
    say.oneMoment(asked.paper);
    if (!settings.homePlanets || game.galaxy.planets.size >= settings.planetsMax) {
      return join(asked, game, chosen, ways);
    }
    say.homePlanet(asked.paper);
    askPlanetName(asked, (named, planetName) => join(named, game, chosen, ways, planetName));
  });
}

function askShipName(session: Session, named: (session: Session, name: string) => void): void {
  say.askShipName(session.paper);
  askLine(session, { max: shipNameMax }, (asked, text) => {
    const name = text.trim();
    if (name === "") return askShipName(asked, named);
    say.isWhatYouWant(name)(asked.paper);
    askYesNo(asked, false, (decided, yes) => (yes ? named(decided, name) : askShipName(decided, named)));
  });
}

function askPlanetName(session: Session, named: (session: Session, name: string) => void): void {
  say.askPlanetName(session.paper);
  askLine(session, { max: planetNameMax }, (asked, text) => {
    const name = text.trim();
    if (name === "") return askPlanetName(asked, named);
    named(asked, name);
  });
}

/** All questions are answered: the character comes into being, in one step. */
function join(session: Session, game: Game, chosen: Chosen, ways: Ways, planetName?: string): void {
  const { galaxy } = game;
  // Others may have made the same character, or taken the last place, while he was typing: the first to get here has it.
  if (galaxy.byLogin.has(session.login.toLowerCase()) || galaxy.byName.has(chosen.name.toLowerCase())) {
    say.nameTaken(chosen.name)(session.paper);
    session.paper.line();
    return ways.menu(session);
  }
  if (!makeRoom(game, session.at)) {
    say.gameFull(session.paper);
    return ways.menu(session);
  }
  const home = planetName === undefined ? undefined : homeSector(galaxy);
  const trader = makeTrader(session, game, chosen, home ?? terraSector);
  if (home !== undefined && planetName !== undefined) {
    const planet = settle(galaxy, trader, planetName, home, session.at);
    trader.place = { type: "planet", planet: planet.id };
    // Seen: the first M of such a newcomer offers him the sector that he is in.
    session.destination = home;
  }
  enrol(galaxy, trader);
  board(session, game, trader);
  ways.start(session);
}

function makeTrader(session: Session, { galaxy }: Game, chosen: Chosen, sector: number): Trader {
  const { settings, dice } = galaxy;
  const salt = String(dice.between(1_000_000, 9_999_999, "a salt"));
  const id = nextNumber(galaxy, "trader");
  return newTrader({
    id,
    login: session.login,
    name: chosen.name,
    password: session.door.seal(chosen.password, salt),
    salt,
    ship: startShip(galaxy, id, chosen, sector),
    credits: settings.startCredits,
    turnsLeft: settings.turnsPerDay,
    turnsSince: session.at,
    lastOn: session.at,
  });
}

function startShip(
  galaxy: Galaxy,
  trader: number,
  { maker, shipName, begunAt }: Pick<Chosen, "maker" | "shipName" | "begunAt">,
  sector: number,
): Ship {
  const { settings } = galaxy;
  return buildShip({
    id: nextNumber(galaxy, "ship"),
    kind: settings.startShip,
    name: shipName,
    maker,
    builtAt: begunAt,
    sector,
    pilot: trader,
    owner: { type: "trader", id: trader },
    holds: settings.startHolds,
    fighters: settings.startFighters,
  });
}

// ---- after the loss of the last ship

/**
 * Another ship like the first for a trader who lost his last, in sector 1. Credits begin anew; what is in the bank, rank and
 * planets are kept. No recording shows this.
 */
export function newShip(session: Session, then: (session: Session) => void): void {
  const { galaxy } = player(session);
  const maker = makerName(galaxy.dice);
  const begunAt = session.at;
  say.christening(maker, galaxy.settings.startShip)(session.paper);
  askShipName(session, (asked, shipName) => {
    const { trader, settings } = player(asked);
    say.oneMoment(asked.paper);
    if (galaxy.ships.has(trader.ship.id)) removeShip(galaxy, trader.ship);
    trader.diedAt = 0;
    trader.death = "";
    trader.place = inSpace;
    trader.cameFrom = 0;
    trader.credits = settings.startCredits;
    changeShip(galaxy, trader, startShip(galaxy, trader.id, { maker, shipName, begunAt }, terraSector));
    note(galaxy, "trader", trader);
    then(asked);
  });
}
