/** S: the Federation's Shipyards. */
import { note } from "../../galaxy.ts";
import { askLine, askYesNo, player, type Session, type Then } from "../../session.ts";
import { creditsLine, shopHelp, yardsList, yardsPrompt } from "../../text/stardock/places.ts";
import * as say from "../../text/stardock/yards.ts";
import { outfit } from "../port/outfit.ts";
import { buyShip } from "./buying.ts";
import { pay } from "../pay.ts";
import { shipCatalogue } from "../computer/catalogue.ts";
import { sellShip } from "./selling.ts";
import { stand } from "../stand.ts";
import { shipNameMax } from "../../../rules/lengths.ts";

export function shipyards(session: Session, then: Then): void {
  say.gate(session.paper);
  look(session, then);
}

function look(session: Session, then: Then): void {
  creditsLine(player(session).trader.credits)(session.paper);
  stand(session, {
    prompt: yardsPrompt,
    keys: "BSEPR?!Q",
    chosen: (asked, key) => {
      const again = (done: Session) => look(done, then);
      switch (key) {
        case "B":
          return buyShip(asked, again);
        case "S":
          return sellShip(asked, again);
        case "E":
          return shipCatalogue(asked, again);
        case "P":
          return outfit(asked, again);
        case "R":
          return reregister(asked, again);
        case "Q":
          say.leaving(asked.paper);
          return then(asked);
        case "!":
          shopHelp(asked.paper);
          return again(asked);
        default:
          yardsList(asked.paper);
          return again(asked);
      }
    },
  });
}

/** The name that the trader's own ship goes by. */
function reregister(session: Session, then: Then): void {
  const fee = player(session).settings.prices.registration;
  say.registrar(fee)(session.paper);
  askYesNo(session, false, (asked, yes) => {
    if (!yes) {
      say.dontWasteMyTime(asked.paper);
      return then(asked);
    }
    say.askName(asked.paper);
    askLine(asked, { max: shipNameMax }, (named, text) => {
      const { galaxy, trader } = player(named);
      const name = text.trim();
      if (name === "") say.dontWasteMyTime(named.paper);
      else if (pay(named, fee)) {
        trader.ship.name = name;
        note(galaxy, "trader", trader);
        say.renamed(name)(named.paper);
      }
      then(named);
    });
  });
}
