/** The way in for a trader the game knows: password, who is on, messages, avoided sectors, tax, and his place again. */
import { timeLeft } from "./allowance.ts";
import { board, crowd, leaveGame, type Out } from "../aboard.ts";
import { home } from "../commands/command.ts";
import { clearAvoids, listAvoids } from "../commands/computer/avoids.ts";
import { newShip } from "./newcomer.ts";
import { resume } from "./resume.ts";
import { after, askLine, askYesNo, type Game, pause, player, type Session } from "../session.ts";
import { takeTax } from "./tax.ts";
import {
  askOldPassword,
  invalidPassword,
  lastHere,
  mailLines,
  mustWait,
  noMessages,
  noTimeLeft,
  taxTime,
  youHaveTurns,
} from "../text/entry/menu.ts";
import { passwordPrompt } from "../text/prompts.ts";
import type { Trader } from "../things.ts";
import { dayOf } from "../../rules/time.ts";
import { growTurns } from "../traders.ts";
import { passwordMax } from "../../rules/lengths.ts";

/** Wrong passwords before the line is dropped. */
export const passwordTriesMax = 5;

/** Where a caller goes who does not play, or no longer: the game's own menu, and the server's. */
interface Exits {
  readonly menu: Out;
  readonly out: Out;
}

export function askPassword(session: Session, game: Game, trader: Trader, exits: Exits, tries = 1): void {
  if (tries === 1) askOldPassword(session.paper);
  passwordPrompt(session.paper);
  askLine(session, { max: passwordMax, secret: true }, (asked, text) =>
    after(asked, caution(game, trader, asked.now), (answered) => {
      // He may have been struck off meanwhile.
      const known = game.galaxy.traders.get(trader.id) === trader;
      if (known && answered.door.seal(text, trader.salt) === trader.password) {
        return comeIn(answered, game, trader, exits);
      }
      noteGuess(game, trader, answered.now);
      invalidPassword(answered.paper);
      if (tries >= passwordTriesMax) answered.door.hangUp(answered);
      else askPassword(answered, game, trader, exits, tries + 1);
    }),
  );
}

/**
 * Wrong passwords for one trader, from all lines together, after which every further answer is made to wait; and for how
 * long they are remembered. Who guesses is slowed down, the owner is never shut out.
 */
export const guessesBeforeCaution = 10;
const cautionMs = 3000;
const guessMemoryMs = 600_000;

function caution({ guesses }: Game, { id }: Trader, now: number): number {
  const known = guesses.get(id);
  return known && known.count >= guessesBeforeCaution && now - known.at < guessMemoryMs ? cautionMs : 0;
}

function noteGuess({ guesses }: Game, { id }: Trader, now: number): void {
  const known = guesses.get(id);
  const count = known && now - known.at < guessMemoryMs ? known.count + 1 : 1;
  guesses.set(id, { count, at: now });
}

function comeIn(session: Session, game: Game, trader: Trader, exits: Exits): void {
  const days = daysToWait(game, trader, session.at);
  if (days > 0) {
    const { death } = trader;
    return crowd(session, game, (asked) => {
      mustWait(death, days)(asked.paper);
      pause(asked, exits.out, { lines: 1 });
    });
  }
  const last = trader.lastOn;
  board(session, game, trader);
  if (timeLeft(session) === 0) {
    session.paper.line();
    noTimeLeft(session.paper);
    return leave(session, exits);
  }
  crowd(session, game, (asked) => {
    asked.paper.setAnsi(trader.preferences.ansi);
    readMail(asked, last, (read) => scanAvoids(read, exits));
  });
}

/** Days until a trader who died is let in again; 0 for one who may come in. */
function daysToWait({ galaxy }: Game, { diedAt }: Trader, at: number): number {
  if (diedAt === 0 || !galaxy.settings.deathDelay) return 0;
  return Math.max(0, dayOf(diedAt) + 1 - dayOf(at));
}

function readMail(session: Session, last: number, then: (session: Session) => void): void {
  const { trader, settings, paper } = player(session);
  lastHere(dayOf(last) === dayOf(session.at), last, settings.yearsAhead)(paper);
  const received = trader.mail.filter(({ at }) => at >= last);
  if (received.length === 0) noMessages(paper);
  for (const mail of received) mailLines(mail, settings.yearsAhead)(paper);
  pause(session, then);
}

function scanAvoids(session: Session, exits: Exits): void {
  const { trader, paper } = player(session);
  paper.put`~=<Scanning for Hazardous Sectors you have marked to Avoid>\n\n`;
  listAvoids(trader, session);
  const below = (asked: Session) => {
    asked.paper.put`\n\n`;
    turnsAndTax(asked, exits);
  };
  if (trader.avoids.length === 0) {
    paper.put`\n`;
    return turnsAndTax(session, exits);
  }
  paper.put`\n~mDo you wish to clear some avoids? (Y/N) [~YN~m] `;
  askYesNo(session, false, (asked, yes) => (yes ? clearAvoids(asked, below) : below(asked)));
}

function turnsAndTax(session: Session, exits: Exits): void {
  const { trader, galaxy, settings, paper } = player(session);
  growTurns(galaxy, trader, session.at);
  youHaveTurns(trader.turnsLeft)(paper);
  const taken = takeTax(galaxy, trader, session.at);
  if (taken) taxTime(taken.tax, settings.taxRate, taken.points)(paper);
  // Whoever lost his last ship gets another like the one he began with.
  if (trader.diedAt !== 0) newShip(session, (asked) => takeHelm(asked, exits));
  else takeHelm(session, exits);
}

/** The first sight of where he is, and its prompt. */
export function takeHelm(session: Session, exits: Exits): void {
  session.leave = (asked) => leave(asked, exits);
  resume(session, home);
}

/** Out of the game, back to its menu. */
function leave(session: Session, exits: Exits): void {
  leaveGame(session);
  session.paper.put`~0\n`;
  exits.menu(session);
}
