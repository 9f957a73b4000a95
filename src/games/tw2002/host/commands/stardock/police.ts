/** P: the Federal Space Police: the Commission, and rewards for those who bring the wanted down. */
import { commissionAlignment, commissionFrom, creditsPerPoint } from "../../../rules/equipment.ts";
import { note } from "../../galaxy.ts";
import { askNumber, player, type Session, type Then } from "../../session.ts";
import type { Trader } from "../../things.ts";
import { policeList, policePrompt } from "../../text/stardock/places.ts";
import * as say from "../../text/stardock/halls.ts";
import { align } from "../rewards.ts";
import { pay } from "../pay.ts";
import { askForTrader } from "./find.ts";
import { stand } from "../stand.ts";

export function police(session: Session, then: Then): void {
  say.station(session.paper);
  serve(session, then);
}

function serve(session: Session, then: Then): void {
  stand(session, {
    prompt: policePrompt,
    keys: "ACEP?!Q",
    chosen: (asked, key) => {
      const again = (done: Session) => serve(done, then);
      switch (key) {
        case "A":
          apply(asked);
          return again(asked);
        case "C":
          claim(asked);
          return again(asked);
        case "E":
          mostWanted(asked);
          return again(asked);
        case "P":
          return postReward(asked, again);
        case "Q":
          say.leavePolice(asked.paper);
          return then(asked);
        case "!":
          say.policeHelp(asked.paper);
          return again(asked);
        default:
          policeList(asked.paper);
          return again(asked);
      }
    },
  });
}

/** The good are lifted to the alignment of the commissioned. */
function apply(session: Session): void {
  const { galaxy, trader, paper } = player(session);
  say.applying(paper);
  if (trader.alignment < commissionFrom) return say.notWorthy(paper);
  if (trader.commissioned) return say.hasCommission(paper);
  trader.commissioned = true;
  trader.alignment = Math.max(trader.alignment, commissionAlignment);
  note(galaxy, "trader", trader);
  say.commissioned(paper);
}

/** What he has earned by bringing wanted traders down, of which the one who shot has noted the sum. */
function claim(session: Session): void {
  const { galaxy, trader, paper } = player(session);
  const credits = trader.rewardDue;
  if (credits === 0) return say.noRewardDue(paper);
  trader.rewardDue = 0;
  trader.credits += credits;
  note(galaxy, "trader", trader);
  say.rewardPaid(credits)(paper);
}

const total = ({ bounties }: Trader) => bounties.reduce((sum, { credits }) => sum + credits, 0);
const wantedShown = 10;

function mostWanted(session: Session): void {
  const { galaxy, paper } = player(session);
  say.wantedHead(paper);
  const wanted = [...galaxy.traders.values()]
    .filter(({ bounties }) => bounties.length > 0)
    .sort((a, b) => total(b) - total(a) || a.id - b.id)
    .slice(0, wantedShown);
  for (const [index, trader] of wanted.entries()) {
    const { experience, corp, name, bounties } = trader;
    say.wantedRow(index + 1, { experience, corp, name, bounties: bounties.length, total: total(trader) })(
      paper,
    );
  }
  if (wanted.length === 0) say.nobodyWanted(paper);
  paper.line();
}

/** By the good on the evil. */
function postReward(session: Session, then: Then): void {
  const { trader, paper } = player(session);
  if (trader.alignment < 0) {
    say.noRewardsFromYou(paper);
    return then(session);
  }
  paper.line();
  askForTrader(session, (asked, wanted) => {
    if (!wanted) {
      say.unknownTrader(asked.paper);
      asked.paper.line();
      return then(asked);
    }
    if (wanted.alignment >= 0) {
      say.noRewardsOn(wanted.name)(asked.paper);
      return then(asked);
    }
    const most = player(asked).trader.credits;
    say.askReward(wanted.name, most)(asked.paper);
    askNumber(asked, { largest: most, enter: 0 }, (done, credits) => {
      post(done, wanted, credits);
      then(done);
    });
  });
}

function post(session: Session, wanted: Trader, credits: number): void {
  const { galaxy, trader, paper } = player(session);
  const known = galaxy.traders.get(wanted.id) === wanted;
  if (credits === 0 || !known || !pay(session, credits)) return paper.line();
  const mine = wanted.bounties.find(({ by }) => by === trader.id);
  if (mine) mine.credits += credits;
  else wanted.bounties.push({ by: trader.id, credits });
  note(galaxy, "trader", wanted);
  const points = Math.floor(credits / creditsPerPoint);
  align(session, points);
  say.rewardPosted(wanted.name, credits, points)(paper);
}
