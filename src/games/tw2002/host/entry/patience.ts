/** What happens on a line when nobody touches it. Times are ms since 1970. */
import { timeLeft, timeWarningMs } from "./allowance.ts";
import { serverMenu } from "./lobby.ts";
import { goOn, nudge, type Session, tell, wipePrompt } from "../session.ts";
import { oneMinuteLeft, timeIsUp } from "../text/entry/menu.ts";
import { noTelnet } from "../text/entry/lobby.ts";
import type { Paper } from "../text/paper.ts";
import type { Wire } from "../wire.ts";

/** A caller who has not answered in telnet by then is dropped. */
export const telnetWaitMs = 5000;
/** Before the end of an idle session, ms: when it is warned, and how. */
const warnings = [
  { before: 60_000, lead: "  Your session will be terminated in ", word: "Sixty ", tail: "seconds." },
  { before: 30_000, lead: "  You now have ", word: "Thirty ", tail: "seconds until termination." },
  {
    before: 10_000,
    lead: "  Only ",
    word: "TEN ",
    tail: "seconds remain.  Session termination is imminent.",
  },
] as const;
/** Callers at the server's own menus are dropped after this long without a key. */
const lobbyIdleMs = 300_000;

/** A caller's line: the session and what goes on beneath it. */
export interface Line {
  readonly session: Session;
  readonly wire: Wire;
  telnet: boolean;
  readonly since: number;
  /** Output that the imitated line has not let through yet. */
  readonly late: { readonly at: number; readonly bytes: Uint8Array }[];
}

/** When something happens on a line without anybody touching it. */
export function dueAt({ session, telnet, since, late }: Line): number {
  const never = Number.POSITIVE_INFINITY;
  // Nothing is left to happen on a line that is being hung up but its last words.
  if (session.closed) return late[0]?.at ?? never;
  if (!telnet) return since + telnetWaitMs;
  const limit = idleLimit(session);
  const idle = session.lastKeyAt + limit - (session.game ? (warnings[session.warned]?.before ?? 0) : 0);
  return Math.min(
    idle,
    session.nudgeAt ?? never,
    session.later?.at ?? never,
    late[0]?.at ?? never,
    limitDueAt(session) ?? never,
  );
}

/** When the end of a trader's time for today is to be announced, or has come. */
function limitDueAt(session: Session): number | undefined {
  const left = timeLeft(session);
  if (left === undefined) return undefined;
  return session.now + (session.timeWarned ? left : Math.max(0, left - timeWarningMs));
}

const idleLimit = ({ game }: Session) => game?.galaxy.settings.inactivityMs ?? lobbyIdleMs;

/** Lets whatever is due at `at` happen: the end of a silent line, a nudge, a warning, the end of an idle session. */
export function passTime(line: Line, at: number): void {
  const { session } = line;
  if (!line.telnet) {
    if (at < line.since + telnetWaitMs) return;
    session.paper.raw(noTelnet);
    session.closed = true;
    return;
  }
  if (session.later && at >= session.later.at) goOn(session);
  if (session.nudgeAt !== undefined && at >= session.nudgeAt) nudge(session);
  if (limitOver(session)) return;
  const left = session.lastKeyAt + idleLimit(session) - at;
  if (left <= 0) return timeOut(session);
  const warning = warnings[session.warned];
  if (!session.game || !warning || left > warning.before) return;
  session.warned++;
  if (session.prompt.reprint) {
    tell(session, (paper) => {
      paper.put`~RINACTIVITY WARNING:\n~C${warning.lead}~!${warning.word}~0~C${warning.tail}\n`;
    });
  }
}

/** Warns of the end of today's time, and ends it; says whether it has ended. */
function limitOver(session: Session): boolean {
  const left = timeLeft(session);
  if (left === undefined || left > timeWarningMs) return false;
  if (left <= 0) {
    putOut(session, timeIsUp);
    return true;
  }
  if (!session.timeWarned) {
    session.timeWarned = true;
    tell(session, oneMinuteLeft);
  }
  return false;
}

function timeOut(session: Session): void {
  if (!session.game) {
    session.closed = true;
    return;
  }
  putOut(session, (paper) => paper.put`~RCRITICAL INACTIVITY:  ~!Your session has been terminated.\n`);
}

/** Ends a caller's game in the middle of whatever he is about: back to the list of games. */
function putOut(session: Session, why: (paper: Paper) => void): void {
  wipePrompt(session);
  why(session.paper);
  session.lastKeyAt = session.now;
  session.warned = 0;
  serverMenu(session);
}
