/** The computer's A: a line for everybody in the day's log. No recording shows it: prompt, fee and words are ours. */
import { logEvent } from "../../log.ts";
import { askLine, askYesNo, player, type Session, type Then } from "../../session.ts";
import { pay } from "../pay.ts";

const longest = 75;
/** Credits for a line, so that nobody drowns the log in them. */
const fee = 100;

export function announce(session: Session, then: Then): void {
  const { paper } = session;
  paper.put`~=<Make Announcement>

~gYour words are carried in the daily log for ~Y${fee}~g credits.
~mWhat do you want to announce? `;
  askLine(session, { max: longest }, (asked, text) => {
    if (text.trim() === "") return then(asked);
    asked.paper.put`~C${text}~g\n~mIs this what you want to announce? (Y/N) `;
    askYesNo(asked, false, (decided, yes) => {
      if (yes) post(decided, text);
      then(decided);
    });
  });
}

function post(session: Session, text: string): void {
  const { galaxy, trader, paper } = player(session);
  if (!pay(session, fee)) return;
  logEvent(galaxy, session.at, (log) => log.put`~C${trader.name}~g announces~Y: ~g${text}`);
  paper.put`\n~gIt will be in the daily log.\n`;
}
