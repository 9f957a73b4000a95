/** S and P: colonists between a planet and the ship, and from one job to another; and Terra, where they come from. */
import { planetTypes } from "../../../rules/planets.ts";
import { type Product, products } from "../../../rules/ports.ts";
import { note } from "../../galaxy.ts";
import { colonistsOn, growPlanet } from "../../planet.ts";
import { askKey, askNumber, player, type Session, type Then } from "../../session.ts";
import type { Planet } from "../../things.ts";
import * as say from "../../text/planet.ts";
import { done, type Ground, still } from "./ground.ts";
import { offerDisplay } from "./stores.ts";
import { emptyHolds } from "../../ships.ts";

const groups = "groups of Colonists";

/** Asks for one of the three jobs. */
function askJob(
  session: Session,
  ground: Ground,
  question: string,
  chosen: (session: Session, job: Product) => void,
): void {
  say.whichOf(question, " Production")(session.paper);
  askKey(session, "123", (asked, key) => {
    if (still(asked, ground)) chosen(asked, products[Number(key) - 1] ?? "Fuel Ore");
  });
}

export function loadColonists(session: Session, ground: Ground): void {
  say.colonistHeading(session.paper);
  offerDisplay(session, ground, (shown) => {
    say.leaveOrTake("Colonists", "L")(shown.paper);
    askKey(
      shown,
      "LT",
      (asked, deed) =>
        askJob(asked, ground, "Which production group are you changing?", (chosen, job) =>
          deed === "L" ? leave(chosen, ground, job) : take(chosen, ground, job),
        ),
      { enter: "L" },
    );
  });
}

function leave(session: Session, ground: Ground, job: Product): void {
  const { galaxy, trader, paper } = player(session);
  const { planet } = ground;
  const most = trader.ship.colonists;
  say.howMany(groups, "leave", most)(paper);
  askNumber(session, { largest: most, enter: most }, (asked, count) => {
    if (!still(asked, ground)) return;
    const room = Math.floor(planetTypes[planet.type].colonistsMax - planet.colonists[job]);
    if (count > 0 && count <= trader.ship.colonists) {
      if (count <= room) {
        trader.ship.colonists -= count;
        planet.colonists[job] += count;
        note(galaxy, "trader", trader);
        note(galaxy, "planet", planet);
        say.colonistsAshore(asked.paper);
      } else say.noRoomThere(asked.paper);
    }
    done(asked, ground);
  });
}

function take(session: Session, ground: Ground, job: Product): void {
  const { trader, paper } = player(session);
  const most = emptyHolds(trader.ship);
  say.howMany(groups, "take", most)(paper);
  askNumber(session, { largest: most, enter: most }, (asked, count) => {
    if (!still(asked, ground)) return;
    if (count > 0) {
      if (embark(asked, ground.planet, job, count)) say.colonistsAboard(asked.paper);
      else say.notSoMany(asked.paper);
    }
    done(asked, ground);
  });
}

/** Takes colonists aboard if there are so many and there is room; says whether. */
function embark(session: Session, planet: Planet, job: Product, count: number): boolean {
  const { galaxy, trader } = player(session);
  if (colonistsOn(planet, job) < count || emptyHolds(trader.ship) < count) return false;
  planet.colonists[job] = Math.max(0, planet.colonists[job] - count);
  trader.ship.colonists += count;
  note(galaxy, "planet", planet);
  note(galaxy, "trader", trader);
  return true;
}

/** P: from one job to another. No recording shows more than its line in the menu. */
export function changePopulation(session: Session, ground: Ground): void {
  say.populationHeading(session.paper);
  offerDisplay(session, ground, (shown) =>
    askJob(shown, ground, "Which production group are you moving Colonists from?", (first, from) =>
      askJob(first, ground, "And which group are you moving them to?", (second, to) =>
        reassign(second, ground, from, to),
      ),
    ),
  );
}

function reassign(session: Session, ground: Ground, from: Product, to: Product): void {
  const { planet } = ground;
  const most = colonistsOn(planet, from);
  say.howMany(groups, "move", most)(session.paper);
  askNumber(session, { largest: most, enter: 0 }, (asked, count) => {
    if (!still(asked, ground)) return;
    const room = Math.floor(planetTypes[planet.type].colonistsMax - planet.colonists[to]);
    if (from === to || count === 0) return done(asked, ground);
    if (colonistsOn(planet, from) < count) say.notSoMany(asked.paper);
    else if (count > room) say.noRoomThere(asked.paper);
    else {
      planet.colonists[from] = Math.max(0, planet.colonists[from] - count);
      planet.colonists[to] += count;
      note(player(asked).galaxy, "planet", planet);
      asked.paper.put`~gDone!\n`;
    }
    done(asked, ground);
  });
}

/** Where people wait to leave; nobody is let out of the port there. */
export function visitTerra(session: Session, terra: Planet, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  growPlanet(galaxy, terra, session.at);
  say.terraHeading(colonistsOn(terra, "Fuel Ore"))(paper);
  askKey(
    session,
    "LTQ",
    (asked, key) => {
      if (key === "Q") return then(asked);
      if (key === "L") return bringBack(asked, terra, then);
      const most = emptyHolds(trader.ship);
      say.howMany(groups, "take", most)(asked.paper);
      askNumber(asked, { largest: most, enter: most }, (entered, count) => {
        growPlanet(galaxy, terra, entered.at);
        if (count > 0) {
          if (embark(entered, terra, "Fuel Ore", count)) say.colonistsAboard(entered.paper);
          else say.notOnTerra(entered.paper);
        }
        then(entered);
      });
    },
    { enter: "T" },
  );
}

function bringBack(session: Session, terra: Planet, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const most = trader.ship.colonists;
  say.howMany(groups, "leave", most)(paper);
  askNumber(session, { largest: most, enter: most }, (asked, count) => {
    if (count > 0 && count <= trader.ship.colonists) {
      trader.ship.colonists -= count;
      terra.colonists["Fuel Ore"] += count;
      note(galaxy, "trader", trader);
      note(galaxy, "planet", terra);
      say.colonistsAshore(asked.paper);
    }
    then(asked);
  });
}
