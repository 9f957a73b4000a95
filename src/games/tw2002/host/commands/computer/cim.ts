/** `^`: the computer interrogation mode, plain text for programs. Keys are not echoed; helper programs parse every column. */
import { sideOf, products, percentOf } from "../../../rules/ports.ts";
import { courseBetween } from "../../courses.ts";
import { exploredSectors } from "../../explored.ts";
import { type Galaxy, hasSeen, isSector, openPort, sectorAt } from "../../galaxy.ts";
import type { Port } from "../../things.ts";
import { askLine, player, type Session, type Then } from "../../session.ts";
import { cimHelp } from "../../text/help.ts";
import { dropAvoid, setAvoid } from "./avoids.ts";
import { dump } from "../unroll.ts";
import { stockAt, stockMax } from "../../stock.ts";

export function interrogate(session: Session, then: Then): void {
  session.paper.raw(": ");
  session.prompt = {
    onKey(asked, key) {
      const capital = key.toUpperCase();
      if ("IRFEUSCQ?".includes(capital) && capital !== "") command(asked, capital, then);
    },
  };
}

function command(session: Session, key: string, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const again = (asked: Session) => {
    asked.paper.raw("\r\n");
    interrogate(asked, then);
  };
  if (key === "Q") {
    paper.raw("ENDINTERROG\r\n");
    return then(session);
  }
  if (key !== "?") paper.raw("\r\n");
  switch (key) {
    case "I":
      return dump(
        session,
        exploredSectors(galaxy, trader, true).map((sector) => warpLine(galaxy, sector)),
        again,
      );
    case "R":
      return dump(session, portLines(session), again);
    case "F":
      return course(session, again);
    case "E":
    case "U":
      return dump(session, columns(exploredSectors(galaxy, trader, key === "E")), again);
    case "S":
      return askSector(session, "Sector: ", (asked, sector) => setAvoid(asked, sector), again);
    case "C":
      return askSector(session, "Sector: ", (asked, sector) => dropAvoid(asked, sector), again);
    default:
      cimHelp(paper);
      return again(session);
  }
}

/** A sector number takes four columns, five in galaxies that need them. */
const width = (galaxy: Galaxy) => (galaxy.sectors.length > 9999 ? 5 : 4);

function warpLine(galaxy: Galaxy, sector: number): string {
  const digits = width(galaxy);
  const warps = sectorAt(galaxy, sector).warps.map((warp) => ` ${String(warp).padStart(digits)}`);
  return `${String(sector).padStart(digits)}${warps.join("")}\r\n`;
}

/** The open ports of the sectors a trader has explored, ascending. */
function portLines(session: Session): string[] {
  const { galaxy, trader } = player(session);
  return [...galaxy.ports.keys()]
    .sort((a, b) => a - b)
    .flatMap((sector) => {
      const port = hasSeen(galaxy, trader, sector) ? openPort(galaxy, sector) : undefined;
      return port && port.portClass !== 0 && port.portClass !== 9
        ? [portLine(galaxy, port, port.portClass, session.at)]
        : [];
    });
}

/** `   4 - 2870 100%   2362  99% - 2390 100% `: a minus where the port buys. Specials have no line. */
function portLine(
  galaxy: Galaxy,
  port: Port,
  portClass: Exclude<Port["portClass"], 0 | 9>,
  at: number,
): string {
  let line = `${String(port.sector).padStart(width(galaxy))} `;
  for (const [index, product] of products.entries()) {
    const stock = port.stocks[index];
    if (!stock) continue;
    const amount = stockAt(galaxy, stock, at);
    const percent = percentOf(amount, stockMax(stock));
    const sign = sideOf(portClass, product) === "buying" ? "-" : " ";
    line += `${sign} ${String(amount).padStart(4)} ${String(percent).padStart(3)}% `;
  }
  return `${line}\r\n`;
}

/** Seven columns a number, eleven to a line. */
function columns(sectors: readonly number[]): string[] {
  return Array.from({ length: Math.ceil(sectors.length / 11) }, (_, row) => {
    const line = sectors.slice(11 * row, 11 * (row + 1)).map((sector) => String(sector).padStart(7));
    return `${line.join("")}\r\n`;
  });
}

function askSector(
  session: Session,
  question: string,
  entered: (session: Session, sector: number) => void,
  again: Then,
): void {
  const { galaxy } = player(session);
  session.paper.raw(question);
  askLine(session, { max: 6, largest: galaxy.sectors.length, end: "\r\n" }, (asked, text) => {
    const sector = Number(text);
    if (isSector(galaxy, sector)) entered(asked, sector);
    else asked.paper.raw(`Valid sectors are from 1 to ${galaxy.sectors.length}\r\n`);
    again(asked);
  });
}

function course(session: Session, again: Then): void {
  const { galaxy, trader, settings } = player(session);
  const largest = galaxy.sectors.length;
  session.paper.raw("FM > ");
  askLine(session, { max: 6, largest, end: "\r\n" }, (asked, start) => {
    const from = Number(start);
    asked.paper.raw("  TO > ");
    askLine(asked, { max: 6, largest, end: "\r\n" }, (plotted, end) => {
      const to = Number(end);
      const found =
        isSector(galaxy, from) && isSector(galaxy, to)
          ? courseBetween(galaxy, from, to, trader.avoids)
          : undefined;
      const names = found?.map((sector, index) =>
        index === 0 || hasSeen(galaxy, trader, sector) ? String(sector) : `(${sector})`,
      );
      plotted.paper.raw(
        names
          ? `${names.join(" > ")}\r\n\r\n`
          : `*** Error - No route within ${settings.courseMax} warps from sector ${from} to sector ${to}\r\n\r\n`,
      );
      again(plotted);
    });
  });
}
