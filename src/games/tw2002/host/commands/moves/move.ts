/** Moving: a neighbouring sector at once, a far one by TransWarp or by course and autopilot. */
import { courseBetween } from "../../courses.ts";
import { isSector, sectorAt } from "../../galaxy.ts";
import { askKey, askLine, askYesNo, player, type Session, type Then } from "../../session.ts";
import { stopHelp } from "../../text/help.ts";
import { infoLines } from "../../text/info.ts";
import { engagePrompt, stopPrompt } from "../../text/prompts.ts";
import { computing, courseLines, sectorDisplay, warpList, worthAStop } from "../../text/sector.ts";
import { mayGo, warpTo } from "./journey.ts";
import { reportOf } from "../port/docking.ts";
import { visitPort } from "../port/menu.ts";
import { scan } from "./scan.ts";
import { warpCost } from "./tow.ts";
import { offerJump } from "./transwarp.ts";
import { noRoute } from "../computer/avoids.ts";
import { sectorDigits } from "../../../rules/space.ts";

/** M: lists the warps and asks. */
export function move(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  paper.put`~=<Move>\n`;
  if (!mayGo(session)) return then(session);
  warpList(galaxy, trader)(paper);
  const { destination } = session;
  if (destination === 0) paper.put`~mTo which Sector ? `;
  else paper.put`~mTo which Sector ~Y[${destination}] ~m? `;
  askLine(session, { max: sectorDigits, largest: 10 ** sectorDigits - 1 }, (asked, text) => {
    const to = text === "" ? destination : Number(text);
    if (to === 0) return then(asked);
    headFor(asked, to, then);
  });
}

/** A number at the command prompt, or `<`. */
export function moveTo(session: Session, to: number, then: Then): void {
  session.paper.put`~=<Move>\n`;
  if (!mayGo(session)) return then(session);
  session.paper.put`~mWarping to Sector ~Y${to} \n`;
  headFor(session, to, then);
}

/** Goes to a sector near or far; avoided ones only after a warning. */
export function headFor(session: Session, to: number, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  if (!isSector(galaxy, to)) {
    paper.put`~!Illegal number.\n`;
    return then(session);
  }
  if (to === trader.sector) {
    paper.put`\n~gYou are already in that sector!\n`;
    return then(session);
  }
  const near = sectorAt(galaxy, trader.sector).warps.includes(to);
  if (!near) paper.put`\n~gThat Warp Lane is not adjacent.\n`;
  const go = (asked: Session) => {
    if (near) return warpTo(asked, to, { stayed: then, away: then });
    offerJump(asked, to, { declined: (walking) => plot(walking, to, then), over: then });
  };
  if (!trader.avoids.includes(to)) return go(session);
  paper.put`\n~<\xdb~>\xdb~0~<\xdb~>\xdb~0~<\xdb~>\xdb~0 ~RDANGER! ~CYou have marked sector ~Y${to} ~Cto be avoided!

~CDo you really want to warp there? (~YY/N~C) `;
  askYesNo(session, false, (asked, yes) => {
    if (!yes) return then(asked);
    asked.paper.put`~R-~Y=~R- Danger Warning Overridden -~Y=~R-\n`;
    go(asked);
  });
}

/** Works out the course and offers the autopilot. */
function plot(session: Session, to: number, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  session.destination = to;
  paper.put`\n${computing}`;
  const course = courseBetween(galaxy, trader.sector, to, trader.avoids);
  if (!course) return noRoute(session, trader.sector, to, then);
  courseLines(galaxy, trader, course, warpCost(galaxy, trader))(paper);
  engagePrompt(paper);
  askKey(
    session,
    "YNSE",
    (asked, key) => {
      if (key === "N") return then(asked);
      asked.paper.put`\x1b[2J\x1b[H~=<Auto Pilot Engaging>\n`;
      const manner = key === "E" ? "express" : key === "S" ? "step" : "stops";
      fly(asked, { ahead: course.slice(1), manner }, then);
    },
    { enter: "Y" },
  );
}

interface Flight {
  /** Sectors still to be entered. */
  readonly ahead: readonly number[];
  /** Stop nowhere, where there is something, or everywhere. */
  readonly manner: "express" | "stops" | "step";
}

/** Warps on until the flight is over, the turns are, or there is a place to stop at. */
function fly(session: Session, flight: Flight, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const { ahead, manner } = flight;
  const [to, ...rest] = ahead;
  if (to === undefined || !sectorAt(galaxy, trader.sector).warps.includes(to)) return then(session);
  paper.put`\n~yAuto Warping to sector ~Y${to}\n`;
  const stayed: Then = (asked) => {
    const on = { ahead: rest, manner };
    if (rest.length === 0) {
      if (manner === "express") paper.put`\n~CArriving sector :~=${to}~C  Autopilot disengaging.\n`;
      then(asked);
    } else if (manner === "step" || (manner === "stops" && worthAStop(galaxy, trader))) stop(asked, on, then);
    else fly(asked, on, then);
  };
  warpTo(session, to, { stayed, away: then });
}

function stop(session: Session, flight: Flight, then: Then): void {
  stopPrompt(session.paper);
  askKey(session, "YNEIRSDP?", (asked, key) => atStop(asked, key, flight, then), { enter: "N" });
}

function atStop(session: Session, key: string, flight: Flight, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const again = (asked: Session) => stop(asked, flight, then);
  switch (key) {
    case "Y":
      return then(session);
    case "N":
      return fly(session, flight, then);
    case "E":
      return fly(session, { ...flight, manner: "express" }, then);
    case "I":
      infoLines(trader, galaxy)(paper);
      return again(session);
    case "R":
      reportOf(session, trader.sector);
      return again(session);
    case "S":
      return scan(session, again);
    case "D":
      paper.put`\n${sectorDisplay(galaxy, trader)}`;
      return again(session);
    case "P":
      return visitPort(session, again);
    default:
      stopHelp(paper);
      return again(session);
  }
}
