/** The computer's B: the end of a ship by its own captain's will. No recording shows it: the words are ours. */
import { inFedSpace } from "../../galaxy.ts";
import { askLine, askYesNo, player, type Session, type Then } from "../../session.ts";
import { loseOwnShip } from "../combat/death.ts";

/** What must be typed, so that no key slipped in destroys anything. */
const word = "DESTRUCT";

/** `then` is the computer's prompt; `home` the way out when the ship is gone. */
export function selfDestruct(session: Session, then: Then, home: Then): void {
  const { galaxy, trader, paper } = player(session);
  paper.put`~=<Begin Self Destruct>\n\n`;
  if (trader.place.type !== "space" || inFedSpace(galaxy, trader.sector)) {
    if (trader.place.type !== "space") paper.put`~CYou have to be in space for that.\n`;
    else paper.put`~CThe Federation will not have ships blown up in FedSpace.\n`;
    return then(session);
  }
  paper.put`~!ARE YOU SURE CAPTAIN? ~0~m(Y/N) [~YN~m] `;
  askYesNo(session, false, (asked, yes) => {
    if (!yes) return then(asked);
    asked.paper.put`~mType ~R${word}~m to begin, or ~YEnter~m to stop : `;
    askLine(asked, { max: word.length }, (decided, text) => {
      const { trader: captain, paper: sheet } = player(decided);
      if (text.toUpperCase() !== word || captain.place.type !== "space") {
        sheet.put`\n~gSelf destruct sequence aborted.\n`;
        return then(decided);
      }
      sheet.put`\n~!5... 4... 3... 2... 1...\n`;
      loseOwnShip(
        decided,
        { log: (log) => log.put`~gits own captain`, death: "You destroyed your own ship!" },
        home,
      );
    });
  });
}
