/** Words between traders: the Federation's channel, sub-space, hails. */
import { askLine, player, type Session, tell, type Then } from "../session.ts";
import * as say from "../text/comm.ts";
import type { Trader } from "../things.ts";
import { leaveMail } from "../mail.ts";
import { traderNamed } from "../traders.ts";

/** Longest message. */
const messageMax = 150;
/** Most lines of a message that has several; a secure channel is closed after so many, too. */
const linesMax = 20;
/** Rings at the other end, for those who want to be paged. */
const bell = "\x07";

/** Whether a trader wants to hear what comes on a channel. */
function listens({ preferences }: Trader, channel: say.Channel, number: number): boolean {
  if (preferences.silence) return false;
  if (channel === "F") return preferences.fedComm;
  return channel === "R" ? preferences.channel === number : preferences.hails;
}

/** Says one line to a listener, if he listens; whether he did. */
function speak(to: Session, channel: say.Channel, from: Trader, text: string): boolean {
  const { trader } = to;
  const { channel: number } = from.preferences;
  if (!trader || !listens(trader, channel, number)) return false;
  const { page, compact } = trader.preferences;
  const { name } = from;
  tell(to, (paper) => {
    if (page) paper.raw(bell);
    (compact ? say.compact(channel, name, text) : say.full(channel, number, name, text))(paper);
  });
  return true;
}

function others(session: Session): Session[] {
  const { game } = player(session);
  return [...game.online.values()].filter((other) => other !== session);
}

/**
 * Asks for a message: one line, or after an empty one as many as are wanted, each passed on as it comes. Then whether
 * there was one.
 */
function askMessage(
  session: Session,
  line: (session: Session, text: string) => void,
  done: (session: Session, any: boolean) => void,
): void {
  askLine(session, { max: messageMax }, (asked, text) => {
    if (text === "") {
      say.severalLines(asked.paper);
      return askLines(asked, linesMax, line, (ended, count) => done(ended, count > 0));
    }
    line(asked, text);
    done(asked, true);
  });
}

/** Asks for lines until an empty one, `left` at most; then how many there were. */
function askLines(
  session: Session,
  left: number,
  line: (session: Session, text: string) => void,
  done: (session: Session, count: number) => void,
  count = 0,
): void {
  if (left === 0) return done(session, count);
  say.nextLine(session.paper);
  askLine(session, { max: messageMax }, (asked, text) => {
    if (text === "") return done(asked, count);
    line(asked, text);
    askLines(asked, left - 1, line, done, count + 1);
  });
}

/** `` ` `` */
export function fedComm(session: Session, then: Then): void {
  say.askFedComm(session.paper);
  broadcast(session, "F", say.sentOnFedComm, then);
}

/** `'` */
export function subSpace(session: Session, then: Then): void {
  const { channel } = player(session).trader.preferences;
  say.askSubSpace(channel)(session.paper);
  broadcast(session, "R", say.sentOnSubSpace(channel), then);
}

function broadcast(
  session: Session,
  channel: say.Channel,
  sent: (paper: Session["paper"]) => void,
  then: Then,
): void {
  askMessage(
    session,
    (asked, text) => {
      const { trader } = player(asked);
      for (const other of others(asked)) speak(other, channel, trader, text);
    },
    (asked, any) => {
      if (any) sent(asked.paper);
      then(asked);
    },
  );
}

/** `=`: a name (or its beginning) first, then the words; Enter alone opens a channel that stays open. */
export function hail(session: Session, then: Then): void {
  say.askHail(session.paper);
  askLine(session, { max: messageMax }, (asked, wanted) => {
    if (wanted === "") return secureChannel(asked, then);
    const listener = traderNamed(player(asked).galaxy, wanted, player(asked).trader);
    if (!listener) return unknown(asked, then);
    say.askHailText(listener.name)(asked.paper);
    askLine(asked, { max: messageMax }, (spoken, text) => {
      if (text !== "") hailOne(spoken, listener, text);
      then(spoken);
    });
  });
}

function unknown(session: Session, then: Then): void {
  say.unknownTrader(session.paper);
  then(session);
}

/** Says it to one who is on line, or leaves it for one who is not. */
function hailOne(session: Session, listener: Trader, text: string): void {
  const { game, trader, galaxy, paper } = player(session);
  const there = game.online.get(listener.id);
  if (!there) {
    leaveMail(galaxy, listener, { at: session.at, from: trader.name, text });
    say.mailKept(listener.name)(paper);
  } else if (speak(there, "P", trader, text)) say.hailSent(paper);
  else say.notListening(listener.name)(paper);
}

function secureChannel(session: Session, then: Then): void {
  say.askSecure(session.paper);
  askLine(session, { max: messageMax }, (asked, wanted) => {
    if (wanted === "") return then(asked);
    const listener = traderNamed(player(asked).galaxy, wanted, player(asked).trader);
    if (!listener) return unknown(asked, then);
    say.severalLines(asked.paper);
    askLines(
      asked,
      linesMax,
      (spoken, text) => hailOne(spoken, listener, text),
      (spoken) => then(spoken),
    );
  });
}
