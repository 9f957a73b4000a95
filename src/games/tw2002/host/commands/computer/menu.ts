/** C: the ship's computer. Each key of its menu has its room; here are the prompt and what it knows of the map. */
import { timeLeftClock } from "../../entry/allowance.ts";
import { courseBetween } from "../../courses.ts";
import { exploredSectors } from "../../explored.ts";
import { isSector, sectorAt } from "../../galaxy.ts";
import { askKey, askLine, player, type Session, type Then } from "../../session.ts";
import { gameDate } from "../../text/figures.ts";
import { computerHelp } from "../../text/help.ts";
import { computerGuide } from "../../text/guides.ts";
import type { Paper } from "../../text/paper.ts";
import { computerPrompt } from "../../text/prompts.ts";
import { evilLadder, goodLadder } from "../../text/computer/ranks.ts";
import { computing, courseLines, sectorColumns } from "../../text/sector.ts";
import { announce } from "./announce.ts";
import { avoid, listAvoids, noRoute } from "./avoids.ts";
import { currentShip, planetSpecs, shipCatalogue } from "./catalogue.ts";
import { dailyLog } from "./dailylog.ts";
import { selfDestruct } from "./destruct.ts";
import { globals } from "../globals.ts";
import { activeShips, personalPlanets } from "./holdings.ts";
import { readMail, sendMail } from "../mailbox.ts";
import { fireDisruptor } from "../combat/mines.ts";
import { reportOf } from "../port/docking.ts";
import { firePhoton } from "../combat/photon.ts";
import { listRanks } from "./ranks.ts";
import { personalSettings, shipPassword, transWarpPreference } from "./settings.ts";
import { unroll } from "../unroll.ts";
import { turnsPerWarp } from "../../ships.ts";

/** What a key does: `again` is the computer's prompt, `home` where the computer was called from. */
type Command = (session: Session, again: Then, home: Then) => void;

/** The menu; every key is echoed as a capital. */
const commands: { readonly [key: string]: Command } = {
  F: course,
  I: interSectorWarps,
  K: knownUniverse,
  R: portReport,
  U: transWarpPreference,
  V: avoid,
  X(session, again) {
    session.paper.put`~=<List Avoided Sectors>\n\n`;
    listAvoids(player(session).trader, session);
    again(session);
  },
  A: announce,
  B: selfDestruct,
  N: personalSettings,
  O: shipPassword,
  P: firePhoton,
  M: readMail,
  S: sendMail,
  T(session, again) {
    const { settings, paper } = player(session);
    paper.put`\n~=${gameDate(session.at, settings.yearsAhead)}\n\n`;
    again(session);
  },
  W: fireDisruptor,
  C: shipCatalogue,
  D: dailyLog,
  E: shows(evilLadder),
  G: shows(goodLadder),
  H: (session, again) => listRanks(session, "Alien", again),
  J: planetSpecs,
  L: (session, again) => listRanks(session, "Trader", again),
  Y: personalPlanets,
  Z: activeShips,
  ";": currentShip,
  "!": shows(computerGuide),
  "?": shows(computerHelp),
  Q(session, _, home) {
    session.paper.put`\n~C<Computer deactivated>\n`;
    home(session);
  },
};

export function computer(session: Session, then: Then): void {
  session.paper.put`~=<Computer>\n\n~C<Computer activated>\n`;
  ask(session, then);
}

function ask(session: Session, home: Then): void {
  const again: Then = (asked) => ask(asked, home);
  computerPrompt(player(session).trader.sector, timeLeftClock(session))(session.paper);
  session.prompt = {
    onKey(asked, key) {
      const capital = key.toUpperCase();
      const command = commands[capital];
      const everywhere = globals[key];
      if (command) {
        asked.paper.raw(capital);
        asked.paper.line();
        command(asked, again, home);
      } else if (everywhere) {
        asked.paper.line();
        everywhere(asked, again);
      }
    },
  };
}

/** A key that only shows something. */
function shows(text: (paper: Paper) => void): Command {
  return (session, again) => {
    text(session.paper);
    again(session);
  };
}

// ---- the map

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

/** F */
function course(session: Session, again: Then): void {
  const { trader, paper } = player(session);
  paper.put`~mWhat is the starting sector ~C[${trader.sector}] ~m? ~Y `;
  const destination = (asked: Session, from: number) => {
    asked.paper.put`~mWhat is the destination sector? ~Y `;
    askSector(asked, 0, (plotted, to) => plot(plotted, from, to, again), again);
  };
  askSector(session, trader.sector, destination, again);
}

function plot(session: Session, from: number, to: number, again: Then): void {
  const { galaxy, trader, paper } = player(session);
  paper.put`\n${computing}`;
  const found = courseBetween(galaxy, from, to, trader.avoids);
  if (found) {
    paper.put`${courseLines(galaxy, trader, found, turnsPerWarp(trader))}\n`;
    return again(session);
  }
  noRoute(session, from, to, again);
}

/** I: all warps of a sector, visited or not, without parentheses. */
function interSectorWarps(session: Session, again: Then): void {
  const { trader, paper } = player(session);
  paper.put`~mWhat sector do you wish to examine? [~Y${trader.sector}~m] ~Y `;
  const show = (asked: Session, number: number) => {
    const [first = 0, ...rest] = sectorAt(player(asked).galaxy, number).warps;
    asked.paper.put`~gSector ~Y${number} ~ghas warps to sector(s) ~Y: ~C ${first}`;
    for (const warp of rest) asked.paper.put`~g - ~C${warp}`;
    asked.paper.line();
    again(asked);
  };
  askSector(session, trader.sector, show, again);
}

/** R */
function portReport(session: Session, again: Then): void {
  const { trader, paper } = player(session);
  paper.put`~mWhat sector is the port in? ~Y[${trader.sector}] `;
  const show = (asked: Session, sector: number) => {
    reportOf(asked, sector);
    again(asked);
  };
  askSector(session, trader.sector, show, again);
}

/** Sectors in a line of the list. */
const columnsOfSectors = 11;

/** K */
function knownUniverse(session: Session, again: Then): void {
  const { galaxy, trader, paper } = player(session);
  const seen = galaxy.seen.get(trader.id)?.size ?? 0;
  const share = ((100 * seen) / galaxy.sectors.length).toFixed(2).padStart(5);
  paper.put`~=<Your Known Universe>

~CYou have explored ${share}% of the known Universe.

~gDo you want to list your (~YE~g)xplored or (~YU~g)nexplored sectors? (E/U) `;
  askKey(session, "EU", (asked, key) => {
    asked.paper.put`\n~mYou have ${key === "E" ? "" : "not "}explored the following sectors:\n\n`;
    const sectors = exploredSectors(galaxy, trader, key === "E");
    const rows = Math.ceil(sectors.length / columnsOfSectors);
    const row = (index: number) => sectors.slice(index * columnsOfSectors, (index + 1) * columnsOfSectors);
    unroll(
      asked,
      Array.from({ length: rows }, (_, index) => (sheet) => sectorColumns(sheet, row(index))),
      again,
    );
  });
}
