/**
 * Long listings: they come in pieces, so that a key can cut them short and nobody can have the host write megabytes at
 * once; and where the player wants pauses, a screen at a time.
 */
import { after, pause, player, type Session, type Then } from "../session.ts";
import type { Paper } from "../text/paper.ts";

type Line = (paper: Paper) => void;

/** Lines written in one piece, and the time until the next: about as fast as the real server's line lets them through. */
const pieceLines = 250;
const pieceMs = 20;
/** Lines of a screen, the pause left out. */
const screenLines = 22;

/** Writes the lines and goes on; a key of the player's choice ends it early. Each line writes its own end. */
export function unroll(session: Session, lines: readonly Line[], then: Then): void {
  const { trader } = player(session);
  if (trader.preferences.pauses) return screens(session, lines, 0, then);
  pieces(session, lines, 0, then);
}

/** The same for dumps that programs read, which know no pauses. */
export function dump(session: Session, lines: readonly string[], then: Then): void {
  pieces(
    session,
    lines.map((line) => (paper) => paper.raw(line)),
    0,
    then,
  );
}

function pieces(session: Session, lines: readonly Line[], from: number, then: Then): void {
  const to = from + pieceLines;
  for (const line of lines.slice(from, to)) line(session.paper);
  if (to >= lines.length) return then(session);
  after(session, pieceMs, (later) => (aborted(later) ? then(later) : pieces(later, lines, to, then)));
}

/** Whether a key that cuts listings short has come meanwhile; what was typed up to it is gone. */
function aborted(session: Session): boolean {
  const { trader } = player(session);
  const at = trader.preferences.abort === "SPACE" ? session.typed.indexOf(" ") : session.typed.length - 1;
  if (at < 0) return false;
  session.typed.splice(0, at + 1);
  return true;
}

function screens(session: Session, lines: readonly Line[], from: number, then: Then): void {
  const to = from + screenLines;
  for (const line of lines.slice(from, to)) line(session.paper);
  if (to >= lines.length) return then(session);
  pause(session, (asked) => screens(asked, lines, to, then), { lines: 1, aborted: then });
}
