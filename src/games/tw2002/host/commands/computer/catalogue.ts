/** The computer's C, J and `;`: what there is to fly and to settle. */
import { planetClasses } from "../../../rules/planets.ts";
import { shipKinds, shipTypes } from "../../../rules/ships.ts";
import { askKey, player, type Session, type Then } from "../../session.ts";
import {
  ownShip,
  planetLetter,
  planetList,
  planetPage,
  planetQuestion,
  shipList,
  shipPage,
  shipQuestion,
} from "../../text/computer/catalogue.ts";
import type { Paper } from "../../text/paper.ts";

/** What a browser shows: a question, a list, and a page for each key. */
interface Book {
  readonly question: (paper: Paper) => void;
  readonly list: (paper: Paper) => void;
  readonly pages: ReadonlyMap<string, (paper: Paper) => void>;
}

const ships: Book = {
  question: shipQuestion,
  list: shipList,
  pages: new Map(shipKinds.map((kind) => [shipTypes[kind].letter, shipPage(kind)])),
};
const planets: Book = {
  question: planetQuestion,
  list: planetList,
  pages: new Map(planetClasses.map((type) => [planetLetter(type), planetPage(type)])),
};

export function shipCatalogue(session: Session, then: Then): void {
  session.paper.put`~=<Examine Ship Stats>

~gYou call up the Ship Catalog and browse through Starship specs.\n`;
  browse(session, ships, then);
}

export function planetSpecs(session: Session, then: Then): void {
  session.paper.put`~=<Examine Planet Types>

~gYou call up the System Databanks and browse through Planetary specs.\n`;
  browse(session, planets, then);
}

/** Page after page, until Q. The keys are not echoed. */
function browse(session: Session, book: Book, then: Then): void {
  book.question(session.paper);
  const keys = `${[...book.pages.keys()].join("")}Q?`;
  askKey(
    session,
    keys,
    (asked, key) => {
      if (key === "Q") {
        asked.paper.put`~gYou shut off the Vid Term.\n`;
        return then(asked);
      }
      (book.pages.get(key) ?? book.list)(asked.paper);
      browse(asked, book, then);
    },
    { silent: true },
  );
}

/** `;` */
export function currentShip(session: Session, then: Then): void {
  ownShip(player(session).trader.ship.kind)(session.paper);
  then(session);
}
