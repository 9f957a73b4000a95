/** N and Y: navigation points. */
import { terraSector } from "../../../rules/space.ts";
import { hasSeen, isSector, note, sectorAt, type Galaxy } from "../../galaxy.ts";
import { askKey, askNumber, player, type Session, type Then } from "../../session.ts";
import { navPointList, type NavEntry } from "../../text/moves/navpoints.ts";
import { commas } from "../../text/figures.ts";
import type { Trader } from "../../things.ts";
import { mayGo } from "./journey.ts";
import { headFor } from "./move.ts";

/** Everybody knows the ports and planets of Terra and the StarDock; of a point of one's own, what one has seen. */
const entry = (galaxy: Galaxy, trader: Trader, key: string, sector: number): NavEntry => ({
  key,
  sector,
  known: key === "T" || key === "S" || (isSector(galaxy, sector) && hasSeen(galaxy, trader, sector)),
});

const ownPoints = (galaxy: Galaxy, trader: Trader) =>
  trader.navPoints.map((sector, index) => entry(galaxy, trader, String(index + 1), sector));

/** N: goes to one of the points. */
export function setCourse(session: Session, then: Then): void {
  session.paper.put`~=<Set Course to NavPoint>\n`;
  choose(session, then);
}

function choose(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const points = [
    entry(galaxy, trader, "T", terraSector),
    entry(galaxy, trader, "S", galaxy.stardock),
    ...ownPoints(galaxy, trader),
  ].filter(({ sector }) => isSector(galaxy, sector));
  navPointList(galaxy, points)(paper);
  paper.put`\n~mChoose NavPoint (~Y?=Help~m) [~YQ~m] : `;
  const keys = points.map(({ key }) => key);
  askKey(
    session,
    `${keys.join("")}?Q`,
    (asked, key) => {
      const point = points.find((known) => known.key === key);
      // The list is all the help there is.
      if (key === "?") return choose(asked, then);
      if (!point || !mayGo(asked)) return then(asked);
      headFor(asked, point.sector, then);
    },
    { enter: "Q" },
  );
}

/** Y: sets the points. */
export function setNavPoints(session: Session, then: Then): void {
  session.paper.put`~=<Set NavPoint>\n`;
  change(session, then);
}

function change(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const points = ownPoints(galaxy, trader);
  navPointList(galaxy, points)(paper);
  paper.put`\n~mNavPoint Settings (~Y?=Help~m) [~YQ~m] : `;
  const keys = points.map(({ key }) => key);
  askKey(
    session,
    `${keys.join("")}?Q`,
    (asked, key) => {
      if (key === "Q") return then(asked);
      if (key !== "?") return enter(asked, Number(key) - 1, then);
      change(asked, then);
    },
    { enter: "Q" },
  );
}

function enter(session: Session, index: number, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const { length } = galaxy.sectors;
  paper.put`~mEnter new NavPoint (0=None)  (~C0~m to ~C${commas(length)}~m) [~Y${commas(trader.sector)}~m] : `;
  askNumber(session, { largest: length, enter: trader.sector }, (asked, sector) => {
    trader.navPoints = trader.navPoints.map((old, place) => (place === index ? sector : old));
    note(galaxy, "trader", trader);
    if (sector === 0) asked.paper.put`\n~gNavPoint cleared.\n`;
    else asked.paper.put`\n~gNavPoint assigned to sector ~C${sectorAt(galaxy, sector).number}~g.\n`;
    change(asked, then);
  });
}
