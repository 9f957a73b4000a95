/** T in the Tavern: the grimy Trader, who knows things for a price. */
import { newsPrice } from "../../../rules/equipment.ts";
import type { Galaxy } from "../../galaxy.ts";
import { askLine, askYesNo, player, type Session, type Then } from "../../session.ts";
import * as say from "../../text/stardock/tavern.ts";
import { pay } from "../pay.ts";

const subjectMax = 40;

export function talkToTrader(session: Session, then: Then): void {
  say.grimy(session.paper);
  askSubject(session, then);
}

function askSubject(session: Session, then: Then): void {
  say.subject(session.paper);
  askLine(session, { max: subjectMax }, (asked, text) => {
    const about = text.trim();
    if (about === "") {
      say.noMore(asked.paper);
      return then(asked);
    }
    if (newsAbout(player(asked).galaxy, about) === undefined) {
      say.neverHeard(asked.paper);
      return askSubject(asked, then);
    }
    say.itWillCost(about, newsPrice)(asked.paper);
    askYesNo(asked, false, (decided, yes) => {
      // As things stand now: the one he asked for may have gone on meanwhile.
      const news = newsAbout(player(decided).galaxy, about);
      if (!yes || news === undefined) say.ohWell(decided.paper);
      else if (pay(decided, newsPrice)) say.told(news)(decided.paper);
      askSubject(decided, then);
    });
  });
}

/** He knows a few subjects, and where each trader is. */
function newsAbout(galaxy: Galaxy, about: string): string | undefined {
  const known = say.knowledge.get(about.toUpperCase());
  if (known !== undefined) return known;
  const trader = galaxy.byName.get(about.toLowerCase());
  return trader && trader.diedAt === 0 ? say.seenIn(trader.name, trader.sector) : undefined;
}
