/** T: the Lost Trader's Tavern. */
import { askKey, askLine, askYesNo, player, type Session, tell, type Then } from "../../session.ts";
import { creditsLine, tavernList, tavernPrompt } from "../../text/stardock/places.ts";
import * as say from "../../text/stardock/tavern.ts";
import { pay } from "../pay.ts";
import { talkToTrader } from "./grimy.ts";
import { stand } from "../stand.ts";

const announcementMax = 70;
/** Announcements that the wall has room for; the oldest goes. */
const wallMax = 10;
const chatMax = 150;

export function tavern(session: Session, then: Then): void {
  const { galaxy, settings, paper } = player(session);
  say.taproom(paper);
  say.announcements(galaxy.chronicle.announcements, settings.yearsAhead)(paper);
  sit(session, then);
}

function sit(session: Session, then: Then): void {
  creditsLine(player(session).trader.credits)(session.paper);
  stand(session, {
    prompt: tavernPrompt,
    keys: "ABCEGTU;?!Q",
    chosen: (asked, key) => {
      const again = (done: Session) => sit(done, then);
      const { galaxy, paper } = player(asked);
      switch (key) {
        case "A":
          return announce(asked, again);
        case "B":
          return drink(asked, again);
        case "C":
          say.eavesdrop(galaxy.dice.pick(say.overheard, "talk overheard in the tavern"))(paper);
          return again(asked);
        case "E":
          return eat(asked, again);
        case "G":
          say.tableTaken(paper);
          return again(asked);
        case "T":
          return talkToTrader(asked, again);
        case "U":
          say.facilities(paper);
          return again(asked);
        case ";":
          return chat(asked, again);
        case "Q":
          say.hastyExit(paper);
          return then(asked);
        case "!":
          say.tavernHelp(paper);
          return again(asked);
        default:
          tavernList(paper);
          return again(asked);
      }
    },
  });
}

function announce(session: Session, then: Then): void {
  const price = player(session).settings.prices.announcement;
  say.askAnnouncement(price)(session.paper);
  askLine(session, { max: announcementMax }, (asked, text) => {
    const { galaxy, trader, paper } = player(asked);
    if (text.trim() !== "" && pay(asked, price)) {
      const wall = galaxy.chronicle.announcements;
      wall.push({ at: asked.at, from: trader.name, text: text.trim() });
      if (wall.length > wallMax) wall.splice(0, wall.length - wallMax);
      galaxy.changed.chronicle = true;
      say.posted(paper);
    }
    then(asked);
  });
}

function drink(session: Session, then: Then): void {
  say.bar(session.paper);
  const keys = say.drinks.map((_, index) => index + 1).join("");
  askKey(session, `${keys}Q`, (asked, key) => {
    const [, price, effect] = say.drinks[Number(key) - 1] ?? [];
    if (price !== undefined && effect !== undefined && pay(asked, price)) say.drunk(effect)(asked.paper);
    then(asked);
  });
}

function eat(session: Session, then: Then): void {
  say.meal(say.mealPrice)(session.paper);
  askYesNo(session, false, (asked, yes) => {
    if (yes && pay(asked, say.mealPrice)) say.eaten(asked.paper);
    then(asked);
  });
}

/** Heard by everybody who is somewhere in the StarDock. */
function chat(session: Session, then: Then): void {
  say.chatting(session.paper);
  askLine(session, { max: chatMax }, (asked, text) => {
    const { game, trader } = player(asked);
    if (text.trim() !== "") {
      const here = [...game.online.values()].filter(
        (other) => other !== asked && other.trader?.place.type === "stardock",
      );
      for (const other of here) tell(other, say.heard(trader.name, text.trim()));
      say.spoken(here.length)(asked.paper);
    }
    then(asked);
  });
}
