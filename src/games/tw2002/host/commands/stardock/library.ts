/** L: the library and its archives. C: the theatre. */
import { player, type Session, type Then } from "../../session.ts";
import { gameMoment } from "../../text/figures.ts";
import { libraryPrompt } from "../../text/stardock/places.ts";
import * as say from "../../text/stardock/halls.ts";
import { dayOf } from "../../../rules/time.ts";
import { stand } from "../stand.ts";

export function library(session: Session, then: Then): void {
  say.shelves(session.paper);
  say.mainIndex(session.paper);
  read(session, then);
}

function read(session: Session, then: Then): void {
  stand(session, {
    prompt: libraryPrompt,
    keys: "ABC?Q",
    silent: true,
    chosen: (asked, key) => {
      const archive = say.archives[key];
      if (key === "Q") {
        asked.paper.line();
        return then(asked);
      }
      if (archive) archive(asked.paper);
      else say.mainIndex(asked.paper);
      read(asked, then);
    },
  });
}

/** The reel changes at the game's midnight. */
export function cinema(session: Session, then: Then): void {
  const { settings, paper } = player(session);
  const day = dayOf(gameMoment(session.at, settings.yearsAhead));
  say.nowShowing(say.reels[day % say.reels.length] ?? "")(paper);
  then(session);
}
