/** S at the StarDock's port menu: landing there, the way between its places, and the way out. */
import { dockingTurns } from "../../../rules/turns.ts";
import { note } from "../../galaxy.ts";
import { pause, player, type Session, type Then } from "../../session.ts";
import { inSpace } from "../../things.ts";
import { turnDeducted } from "../../text/port.ts";
import * as say from "../../text/stardock/places.ts";
import { bank } from "./bank.ts";
import { emporium } from "./emporium.ts";
import { cinema, library } from "./library.ts";
import { offerCleaning } from "./limpets.ts";
import { police } from "./police.ts";
import { shipyards } from "./shipyards.ts";
import { tavern } from "./tavern.ts";
import { underground } from "./underground.ts";
import { growTurns, spendTurns } from "../../traders.ts";
import { stand } from "../stand.ts";

/** Costs one turn. From the first line on the trader is inside: nobody sees him in the sector. */
export function landOnStarDock(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  growTurns(galaxy, trader, session.at);
  say.landing(paper);
  if (!spendTurns(galaxy, trader, dockingTurns)) {
    paper.put`~!You don't have any turns left.\n`;
    return then(session);
  }
  trader.place = { type: "stardock" };
  note(galaxy, "trader", trader);
  say.approach(paper);
  pause(session, (asked) => {
    say.touchdown(galaxy.ports.get(trader.sector)?.name ?? "the StarDock")(asked.paper);
    turnDeducted(trader.turnsLeft)(asked.paper);
    offerCleaning(asked, (clean) => resumeStarDock(clean, then));
  });
}

/** Between the places: also where a trader finds himself who went off line in one of them. `then` is for when he leaves. */
export function resumeStarDock(session: Session, then: Then): void {
  stand(session, {
    prompt: say.dockPrompt,
    keys: "CGHLPSTU?!Q",
    chosen: (asked, key) => {
      const back = (done: Session) => resumeStarDock(done, then);
      switch (key) {
        case "C":
          return cinema(asked, back);
        case "G":
          return bank(asked, back);
        case "H":
          return emporium(asked, back);
        case "L":
          return library(asked, back);
        case "P":
          return police(asked, back);
        case "S":
          return shipyards(asked, back);
        case "T":
          return tavern(asked, back);
        case "U":
          return underground(asked, back);
        case "Q":
          return leave(asked, then);
        case "!":
          say.dockHelp(asked.paper);
          return back(asked);
        default:
          say.places(asked.paper);
          return back(asked);
      }
    },
  });
}

function leave(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  trader.place = inSpace;
  note(galaxy, "trader", trader);
  say.blastOff(paper);
  then(session);
}
