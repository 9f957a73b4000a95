/** Mail for those who are not there, and the box that it waits in. */
import { note } from "../galaxy.ts";
import { askLine, askYesNo, player, type Session, tell, type Then } from "../session.ts";
import * as say from "../text/comm.ts";
import type { Trader } from "../things.ts";
import { leaveMail } from "../mail.ts";
import { traderNamed } from "../traders.ts";

/** Longest line of a message. */
const lineMax = 75;
/** Lines of a message. */
const linesMax = 20;

/** The computer's M: everything in the box, the oldest first. */
export function readMail(session: Session, then: Then): void {
  const { trader, settings, paper } = player(session);
  say.mailbox(trader.mail, settings.yearsAhead)(paper);
  then(session);
}

/** The computer's S: to whom, and then lines until an empty one. */
export function sendMail(session: Session, then: Then): void {
  say.askRecipient(session.paper);
  askLine(session, { max: lineMax }, (asked, wanted) => {
    if (wanted.trim() === "") return then(asked);
    const to = traderNamed(player(asked).galaxy, wanted, player(asked).trader);
    if (!to) {
      say.unknownTrader(asked.paper);
      return then(asked);
    }
    say.askMailText(to.name)(asked.paper);
    write(asked, to, [], then);
  });
}

function write(session: Session, to: Trader, lines: readonly string[], then: Then): void {
  const send = (asked: Session) => {
    const { galaxy, game, trader, paper } = player(asked);
    leaveMail(galaxy, to, { at: asked.at, from: trader.name, text: lines.join("\n") });
    const there = game.online.get(to.id);
    if (there) tell(there, say.mailArrived(trader));
    say.mailSent(paper);
    then(asked);
  };
  if (lines.length === linesMax) return send(session);
  say.nextLine(session.paper);
  askLine(session, { max: lineMax }, (asked, text) => {
    if (text !== "") return write(asked, to, [...lines, text], then);
    if (lines.length === 0) return then(asked);
    send(asked);
  });
}

/** `:` */
export function mailbox(session: Session, then: Then): void {
  const { trader, settings, paper } = player(session);
  // Only what he was told of is thrown away: something may come while he decides.
  const known = new Set(trader.mail);
  if (known.size === 0) {
    say.mailbox([], settings.yearsAhead)(paper);
    return then(session);
  }
  say.askCleanUp(known.size)(paper);
  askYesNo(session, false, (asked, yes) => {
    if (yes) {
      trader.mail = trader.mail.filter((mail) => !known.has(mail));
      note(player(asked).galaxy, "trader", trader);
      say.cleanedUp(asked.paper);
    }
    then(asked);
  });
}
