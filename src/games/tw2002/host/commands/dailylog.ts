/** The computer's D: the day's log, as at the door. */
import { today } from "../log.ts";
import { askYesNo, player, type Session } from "../session.ts";
import { askStamps, logPage } from "../text/log.ts";

type Then = (session: Session) => void;

export function dailyLog(session: Session, then: Then): void {
  askStamps(session.paper);
  askYesNo(session, false, (asked, stamps) => {
    const { galaxy, settings, paper } = player(asked);
    const lines = today(galaxy, asked.at);
    logPage(lines, { version: settings.version, yearsAhead: settings.yearsAhead, stamps })(paper);
    if (lines.length === 0) paper.put`~gNo log entries today.\n`;
    then(asked);
  });
}
