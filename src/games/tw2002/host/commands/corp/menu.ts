/** T: the corporate menu, at the helm and in a citadel. */
import { corpOf, membersOf } from "../../corporation.ts";
import { askKey, player, type Session, type Then } from "../../session.ts";
import * as say from "../../text/corporation.ts";
import { changePassword, dropMember, join, leave, make } from "./members.ts";
import { sendMemo, transferCredits, transferFighters, transferMines, transferShields } from "./transfers.ts";
import { scanPlanets } from "../computer/holdings.ts";
import { stand } from "../stand.ts";

type Command = (session: Session, back: Then) => void;

export function corporateMenu(session: Session, then: Then): void {
  say.corpHeading(session.paper);
  prompt(session, then);
}

function prompt(session: Session, then: Then): void {
  // Every command ends its last line; an empty one goes before the prompt.
  const back: Then = (asked) => {
    asked.paper.line();
    prompt(asked, then);
  };
  stand(session, {
    prompt: (paper) => say.corpPrompt(player(session).trader.sector)(paper),
    keys: "DJMXLACFHSTPR!?Q",
    enter: "Q",
    chosen: (asked, key) => (key === "Q" ? then(asked) : choose(asked, key, back)),
  });
}

/** What anybody can do. */
const open: { readonly [key: string]: Command } = {
  D: listings,
  J: join,
  M: make,
  "?": (session, back) => {
    say.corpHelp(session.paper);
    back(session);
  },
  "!": (session, back) => {
    say.corpGuide(session.paper);
    back(session);
  },
};

/** What takes a corporation. */
const membersOnly: { readonly [key: string]: Command } = {
  A: showAssets,
  C: transferCredits,
  F: transferFighters,
  H: transferMines,
  L: listPlanets,
  P: changePassword,
  R: dropMember,
  S: transferShields,
  T: sendMemo,
  X: leave,
};

function choose(session: Session, key: string, back: Then): void {
  const { galaxy, trader, paper } = player(session);
  const free = open[key];
  if (free) return free(session, back);
  const member = membersOnly[key];
  if (member && corpOf(galaxy, trader)) return member(session, back);
  say.notMember(paper);
  back(session);
}

function showAssets(session: Session, back: Then): void {
  const { galaxy, trader, paper } = player(session);
  const corp = corpOf(galaxy, trader);
  say.assets(corp ? membersOf(galaxy, corp) : [])(paper);
  back(session);
}

function listPlanets(session: Session, back: Then): void {
  scanPlanets(session, { type: "corp", id: player(session).trader.corp }, back);
}

function listings(session: Session, back: Then): void {
  const { galaxy, settings } = player(session);
  say.listingsMenu(session.paper);
  askKey(session, "LRQ", (asked, key) => {
    const corps = [...galaxy.corps.values()].sort((a, b) => a.id - b.id);
    if (key === "L") {
      const rows = corps.map((corp) => ({ corp, ceo: galaxy.traders.get(corp.ceo)?.name ?? "Unknown" }));
      say.register(rows, settings.yearsAhead)(asked.paper);
    }
    if (key === "R") {
      const rows = corps
        .map((corp) => ({
          corp,
          experience: membersOf(galaxy, corp).reduce((sum, { experience }) => sum + experience, 0),
        }))
        .sort((a, b) => b.experience - a.experience);
      say.ranking(rows)(asked.paper);
    }
    back(asked);
  });
}
