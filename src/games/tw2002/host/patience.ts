/** What happens on a line when nobody touches it. Times are ms since 1970. */
import { leaveGame } from "./aboard.ts";
import { serverMenu } from "./lobby.ts";
import { goOn, nudge, type Session, tell } from "./session.ts";
import { noTelnet } from "./text/lobby.ts";
import type { Wire } from "./wire.ts";

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
  if (!telnet) return since + telnetWaitMs;
  const limit = idleLimit(session);
  const idle = session.lastKeyAt + limit - (session.game ? (warnings[session.warned]?.before ?? 0) : 0);
  const never = Number.POSITIVE_INFINITY;
  return Math.min(idle, session.nudgeAt ?? never, session.later?.at ?? never, late[0]?.at ?? never);
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

function timeOut(session: Session): void {
  if (!session.game) {
    session.closed = true;
    return;
  }
  session.paper.raw(session.cutIn ? "\r\x1b[K\x1b[1A" : "\r\x1b[K");
  session.paper.put`~RCRITICAL INACTIVITY:  ~!Your session has been terminated.\n`;
  leaveGame(session);
  session.game = undefined;
  session.lastKeyAt = session.at;
  session.warned = 0;
  serverMenu(session);
}
