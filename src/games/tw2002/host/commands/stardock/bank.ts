/** G: the Galactic Bank. What is in an account survives any ship. */
import { note } from "../../galaxy.ts";
import { askNumber, player, type Session, tell, type Then } from "../../session.ts";
import type { Trader } from "../../things.ts";
import { bankList, bankPrompt } from "../../text/stardock/places.ts";
import * as say from "../../text/stardock/halls.ts";
import { askForTrader } from "./find.ts";
import { leaveMail } from "../../mail.ts";
import { stand } from "../stand.ts";

export function bank(session: Session, then: Then): void {
  say.hall(session.paper);
  serve(session, then);
}

function serve(session: Session, then: Then): void {
  stand(session, {
    prompt: bankPrompt,
    keys: "DETW?Q",
    chosen: (asked, key) => {
      const again = (done: Session) => serve(done, then);
      const { trader, paper } = player(asked);
      switch (key) {
        case "D":
          return deposit(asked, again);
        case "W":
          return withdraw(asked, again);
        case "T":
          return transfer(asked, again);
        case "E":
          say.account(trader.bank)(paper);
          paper.line();
          return again(asked);
        case "Q":
          say.leaveBank(paper);
          return then(asked);
        default:
          bankList(paper);
          return again(asked);
      }
    },
  });
}

/** What still fits into an account. */
const room = (trader: Trader, bankMax: number) => Math.max(0, bankMax - trader.bank);

function deposit(session: Session, then: Then): void {
  const { trader, settings, paper } = player(session);
  const most = Math.min(trader.credits, room(trader, settings.bankMax));
  say.account(trader.bank)(paper);
  say.askDeposit(most)(paper);
  askNumber(session, { largest: most, enter: 0 }, (asked, wanted) => {
    const { galaxy, trader: owner } = player(asked);
    // His purse and his account may have changed since: others can send money.
    const credits = Math.min(wanted, owner.credits, room(owner, settings.bankMax));
    owner.credits -= credits;
    owner.bank += credits;
    note(galaxy, "trader", owner);
    if (credits > 0) say.deposited(credits)(asked.paper);
    then(asked);
  });
}

function withdraw(session: Session, then: Then): void {
  const { trader, paper } = player(session);
  say.account(trader.bank)(paper);
  say.askWithdrawal(trader.bank)(paper);
  askNumber(session, { largest: trader.bank, enter: 0 }, (asked, wanted) => {
    const { galaxy, trader: owner } = player(asked);
    const credits = Math.min(wanted, owner.bank);
    owner.bank -= credits;
    owner.credits += credits;
    note(galaxy, "trader", owner);
    if (credits > 0) say.withdrawn(credits)(asked.paper);
    then(asked);
  });
}

function transfer(session: Session, then: Then): void {
  const { trader, paper } = player(session);
  say.account(trader.bank)(paper);
  say.askPayee(paper);
  askForTrader(session, (asked, payee) => {
    const { trader: payer, settings } = player(asked);
    if (!payee) {
      say.unknownTrader(asked.paper);
      say.voided(asked.paper);
      return then(asked);
    }
    const most = Math.min(payer.bank, room(payee, settings.bankMax));
    say.askTransfer(payee.name, most)(asked.paper);
    askNumber(asked, { largest: most, enter: 0 }, (done, wanted) => {
      send(done, payee, wanted);
      then(done);
    });
  });
}

function send(session: Session, payee: Trader, wanted: number): void {
  const { galaxy, game, trader, settings, paper } = player(session);
  // The payee may have been struck off, or paid by somebody else, since the question.
  const known = galaxy.traders.get(payee.id) === payee;
  const credits = known ? Math.min(wanted, trader.bank, room(payee, settings.bankMax)) : 0;
  if (credits === 0) return say.voided(paper);
  trader.bank -= credits;
  payee.bank += credits;
  note(galaxy, "trader", trader);
  note(galaxy, "trader", payee);
  say.transferred(payee.name, credits)(paper);
  const text = say.received(trader.name, credits);
  const listener = game.online.get(payee.id);
  if (listener) tell(listener, (sheet) => sheet.put`~g${text}\n`);
  else leaveMail(galaxy, payee, { at: session.at, from: "Galactic Bank", text });
}
