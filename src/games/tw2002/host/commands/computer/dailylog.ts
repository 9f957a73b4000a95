/** The computer's D: the game's log, all of it or what is asked for. */
import { history, type Wanted } from "../../log.ts";
import { askLine, askYesNo, pause, player, type Session, type Then } from "../../session.ts";
import * as say from "../../text/log.ts";

/** Longest date or word to look for. */
const searchMax = 8;

export function dailyLog(session: Session, then: Then): void {
  const { settings, paper } = player(session);
  say.askSince(session.at, settings.yearsAhead)(paper);
  askLine(session, { max: searchMax }, (asked, text) => {
    const wanted = wantedBy(text.trim());
    say.searching(wanted)(asked.paper);
    say.askStamps(asked.paper);
    askYesNo(asked, false, (reading, stamps) => read(reading, wanted, stamps, then));
  });
}

function read(session: Session, wanted: Wanted, stamps: boolean, then: Then): void {
  const { galaxy, settings, paper } = player(session);
  const { version, yearsAhead } = settings;
  const lines = history(galaxy, wanted, yearsAhead);
  say.logPage(lines, { version, yearsAhead, stamps })(paper);
  if (lines.length === 0) paper.put`~gNo log entries found.\n`;
  pause(session, then, { lines: 1 });
}

/** What is read as a date by its slashes, in two-digit years of this century; nothing at all for everything. */
function wantedBy(text: string): Wanted {
  if (text === "") return { type: "all" };
  const date = /^(\d\d?)\/(\d\d?)\/(\d\d)$/.exec(text);
  if (!date) return { type: "text", text };
  const [, month, day, year] = date;
  return { type: "since", shown: text, day: Date.UTC(2000 + Number(year), Number(month) - 1, Number(day)) };
}
