/** C: the ship's computer. */
import { courseBetween } from "../courses.ts";
import { type Galaxy, isSector, sectorAt, turnsPerWarp, note } from "../galaxy.ts";
import type { Trader } from "../things.ts";
import { askKey, askLine, askYesNo, player, type Session } from "../session.ts";
import { gameDate } from "../text/figures.ts";
import { computerHelp } from "../text/help.ts";
import { computerPrompt } from "../text/prompts.ts";
import { computing, courseLines, sectorColumns } from "../text/sector.ts";
import { reportOf } from "./move.ts";

type Then = (session: Session) => void;

export function computer(session: Session, then: Then): void {
  session.paper.put`~=<Computer>\n\n~C<Computer activated>\n`;
  ask(session, then);
}

function ask(session: Session, then: Then): void {
  computerPrompt(player(session).trader.sector)(session.paper);
  askKey(session, "FIKRVXTQ?", (asked, key) => command(asked, key, then));
}

function command(session: Session, key: string, then: Then): void {
  const { trader, settings, paper } = player(session);
  const again = (asked: Session) => ask(asked, then);
  switch (key) {
    case "F":
      return course(session, again);
    case "I":
      paper.put`~mWhat sector do you wish to examine? [~Y${trader.sector}~m] ~Y `;
      return askSector(
        session,
        trader.sector,
        (asked, sector) => {
          warpsOf(asked, sector);
          again(asked);
        },
        again,
      );
    case "K":
      return knownUniverse(session, again);
    case "R":
      paper.put`~mWhat sector is the port in? ~Y[${trader.sector}] `;
      return askSector(
        session,
        trader.sector,
        (asked, sector) => {
          reportOf(asked, sector);
          again(asked);
        },
        again,
      );
    case "V":
      return avoid(session, again);
    case "X":
      paper.put`~=<List Avoided Sectors>\n\n`;
      listAvoids(trader, session);
      return again(session);
    case "T":
      paper.put`\n~=${gameDate(session.at, settings.yearsAhead)}\n\n`;
      return again(session);
    case "Q":
      paper.put`\n~C<Computer deactivated>\n`;
      return then(session);
    default:
      computerHelp(paper);
      return again(session);
  }
}

/** Asks for a sector. Enter takes `enter`; a digit too many for this galaxy is dropped; 0 is told off. */
function askSector(
  session: Session,
  enter: number,
  entered: (session: Session, sector: number) => void,
  refused: Then,
): void {
  const { galaxy } = player(session);
  askLine(session, { max: 6, largest: galaxy.sectors.length }, (asked, text) => {
    const sector = text === "" ? enter : Number(text);
    if (isSector(galaxy, sector)) return entered(asked, sector);
    asked.paper.put`~CThe Galaxy only has sectors from ~Y1 ~Cto ~Y${galaxy.sectors.length}~C.\n`;
    refused(asked);
  });
}

function course(session: Session, again: Then): void {
  const { galaxy, trader, settings, paper } = player(session);
  paper.put`~mWhat is the starting sector ~C[${trader.sector}] ~m? ~Y `;
  askSector(
    session,
    trader.sector,
    (asked, from) => {
      asked.paper.put`~mWhat is the destination sector? ~Y `;
      askSector(
        asked,
        0,
        (plotted, to) => {
          plotted.paper.put`\n${computing}`;
          const found = courseBetween(galaxy, from, to, trader.avoids);
          if (found) plotted.paper.put`${courseLines(galaxy, trader, found, turnsPerWarp(trader))}\n`;
          else noRoute(plotted, settings.courseMax, from, to);
          again(plotted);
        },
        again,
      );
    },
    again,
  );
}

function noRoute(session: Session, most: number, from: number, to: number): void {
  session.paper.put`~!*** Error - No route within ${most} warps from sector ${from} to sector ${to}\n`;
}

/** All warps of a sector, visited or not, without parentheses. */
function warpsOf(session: Session, number: number): void {
  const { galaxy, paper } = player(session);
  const [first = 0, ...rest] = sectorAt(galaxy, number).warps;
  paper.put`~gSector ~Y${number} ~ghas warps to sector(s) ~Y: ~C ${first}`;
  for (const warp of rest) paper.put`~g - ~C${warp}`;
  paper.put`\n`;
}

function knownUniverse(session: Session, again: Then): void {
  const { galaxy, trader, paper } = player(session);
  const seen = galaxy.seen.get(trader.id) ?? new Set();
  const share = ((100 * seen.size) / galaxy.sectors.length).toFixed(2).padStart(5);
  paper.put`~=<Your Known Universe>

~CYou have explored ${share}% of the known Universe.

~gDo you want to list your (~YE~g)xplored or (~YU~g)nexplored sectors? (E/U) `;
  askKey(session, "EU", (asked, key) => {
    asked.paper.put`\n~mYou have ${key === "E" ? "" : "not "}explored the following sectors:\n\n`;
    sectorColumns(asked.paper, exploredSectors(galaxy, trader, key === "E"));
    again(asked);
  });
}

/** Sectors a trader has (or has not) visited, ascending. */
export function exploredSectors(galaxy: Galaxy, trader: Trader, explored: boolean): number[] {
  const seen = galaxy.seen.get(trader.id) ?? new Set();
  if (explored) return [...seen].sort((a, b) => a - b);
  return galaxy.sectors.flatMap(({ number }) => (seen.has(number) ? [] : [number]));
}

function avoid(session: Session, again: Then): void {
  const { galaxy } = player(session);
  session.paper.put`~CWhich sector do you want to avoid? ~Y[0 clears voids] `;
  askLine(session, { max: 6, largest: galaxy.sectors.length }, (asked, text) => {
    if (text === "") return again(asked);
    if (Number(text) === 0) return clearAvoids(asked, again);
    setAvoid(asked, Number(text));
    asked.paper.put`~gSector ~Y${Number(text)}~g will now be avoided in future navigation calculations.\n`;
    again(asked);
  });
}

/** Adds a sector to those that courses go round. */
export function setAvoid(session: Session, sector: number): void {
  const { galaxy, trader } = player(session);
  if (trader.avoids.includes(sector)) return;
  trader.avoids = [...trader.avoids, sector].sort((a, b) => a - b);
  note(galaxy, "trader", trader);
}

/** Takes one sector, or all, off the list. */
export function dropAvoid(session: Session, sector: number | "all"): void {
  const { galaxy, trader } = player(session);
  trader.avoids = sector === "all" ? [] : trader.avoids.filter((avoided) => avoided !== sector);
  note(galaxy, "trader", trader);
}

/** `Do you wish to clear ALL avoids?` as at the door; a single one is taken off through CIM. */
export function clearAvoids(session: Session, again: Then): void {
  session.paper.put`~mDo you wish to clear ALL avoids? (Y/N) [~YN~m] `;
  askYesNo(session, false, (asked, yes) => {
    if (yes) {
      dropAvoid(asked, "all");
      asked.paper.put`~gAvoided sectors Cleared.\n`;
    }
    again(asked);
  });
}

/** The avoided sectors in columns, or that there are none. */
export function listAvoids(trader: Trader, session: Session): void {
  if (trader.avoids.length === 0) session.paper.put`~RNo Sectors are currently being avoided.\n`;
  else sectorColumns(session.paper, trader.avoids);
}
