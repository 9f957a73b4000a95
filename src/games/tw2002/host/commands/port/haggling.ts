/** The talk about one price, from "Agreed" to its end; what changes hands is the caller's business. */
import type { Product, Side } from "../../../rules/ports.ts";
import { answerCounter, type Deal, openDeal, rewardPoints } from "../../haggle.ts";
import { after, askLine, player, type Session, type Then } from "../../session.ts";
import type { Stock } from "../../things.ts";
import { weekday } from "../../text/figures.ts";
import * as say from "../../text/port.ts";
import { offerPrompt, planetOfferPrompt } from "../../text/prompts.ts";
import { reward } from "../rewards.ts";
import { stockAt } from "../../stock.ts";

/** Longest figure that an offer may have. */
const offerDigits = 10;

/** What is talked about. */
interface Bargain {
  readonly product: Product;
  /** What the port does. */
  readonly side: Side;
  readonly stock: Stock;
  readonly units: number;
  /** Share of its price that the port pays; below 1 for goods from a planet. */
  readonly share: number;
  /** Lets goods and credits change hands, all at once; false when that is no longer possible. */
  exchange(session: Session, price: number): boolean;
}

/** Names the first price and goes on until the deal is struck or off. */
export function haggle(session: Session, bargain: Bargain, then: Then): void {
  const { galaxy, trader, settings, paper } = player(session);
  const { product, side, stock, units, share } = bargain;
  say.agreed(units)(paper);
  const terms = {
    product,
    side,
    mcic: stock.mcic,
    productivity: stock.productivity,
    // Others may have traded since the question was asked.
    stock: stockAt(galaxy, stock, session.at),
    experience: trader.experience,
  };
  const deal = openDeal(terms, units, weekday(session.at, settings.yearsAhead), galaxy.dice, share);
  say.priceLine(side, deal.shown)(paper);
  askOffer(session, bargain, deal, then);
}

function askOffer(session: Session, bargain: Bargain, deal: Deal, then: Then): void {
  if (bargain.share === 1) offerPrompt(deal.shown)(session.paper);
  else planetOfferPrompt(deal.shown)(session.paper);
  const largest = 10 ** offerDigits;
  askLine(session, { max: offerDigits, largest }, (asked, text) => {
    const counter = text === "" ? deal.shown : Number(text);
    after(asked, player(asked).settings.haggleDelayMs, (later) =>
      answer(later, bargain, deal, counter, then),
    );
  });
}

function answer(session: Session, bargain: Bargain, deal: Deal, counter: number, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const { side } = bargain;
  const reply = answerCounter(deal, counter, galaxy.dice);
  switch (reply.type) {
    case "accepted":
      if (side === "selling" && reply.price > trader.credits) {
        say.beyondPurse(trader.credits)(paper);
        return askOffer(session, bargain, deal, then);
      }
      if (!bargain.exchange(session, reply.price)) {
        say.notInterested(paper);
        break;
      }
      say.acceptedLine(side, galaxy.dice.pick(say.acceptances[side], "a port's words"))(paper);
      if (trader.ship.gear.psychicProbe) say.probeLine(reply.percent)(paper);
      if (reply.reward !== "") {
        say.rewardLine(reply.reward, rewardPoints[reply.reward])(paper);
        reward(session, rewardPoints[reply.reward]);
      }
      break;
    case "countered":
      if (reply.deal.final) say.finalLine(reply.deal.shown)(paper);
      else say.priceLine(side, reply.deal.shown)(paper);
      return askOffer(session, bargain, reply.deal, then);
    case "insulted":
      for (let time = 0; time < reply.times; time++) {
        say.insultLine(galaxy.dice.pick(say.insults, "a port's words"))(paper);
      }
      return askOffer(session, bargain, deal, then);
    case "thrown out":
      say.thrownOutLine(side, galaxy.dice.pick(say.dismissals[side], "a port's words"))(paper);
      break;
    case "not interested":
      say.notInterested(paper);
      break;
    default:
      reply satisfies never;
  }
  then(session);
}
