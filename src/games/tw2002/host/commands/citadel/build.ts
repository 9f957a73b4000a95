/** The first level of a citadel, and the next one. */
import type { CitadelNeeds } from "../../../rules/planets.ts";
import { beginLevel, daysToGo, lackingFor, nextLevel } from "../../planet.ts";
import { askYesNo, player, type Session } from "../../session.ts";
import * as say from "../../text/citadel.ts";
import { type Ground, still } from "../planet/ground.ts";
import { isFriendly } from "../../owners.ts";

/** C where there is no citadel. */
export function build(session: Session, ground: Ground): void {
  offer(session, ground, (needs) => say.buildCitadel(needs)(session.paper));
}

/** U in the citadel. */
export function upgrade(session: Session, ground: Ground): void {
  const { level } = ground.planet.citadel;
  offer(session, ground, (needs) => say.upgradeCitadel(level + 1, needs)(session.paper));
}

function offer(session: Session, ground: Ground, ask: (needs: CitadelNeeds) => void): void {
  const { galaxy, trader, paper } = player(session);
  const { planet, back } = ground;
  const needs = nextLevel(planet);
  if (!needs) {
    paper.put`\n~gThis Citadel is as strong as one can be.\n`;
    return back(session);
  }
  if (planet.citadel.doneAt > 0) {
    say.underWay(planet.citadel.level + 1, daysToGo(planet, session.at))(paper);
    return back(session);
  }
  ask(needs);
  askYesNo(session, false, (asked, yes) => {
    if (!still(asked, ground)) return;
    if (!yes) return back(asked);
    if (!isFriendly(galaxy, trader, planet.owner)) asked.paper.put`~RThis planet is not yours to build on.\n`;
    else if (beginLevel(galaxy, planet, asked.at)) say.begun(needs.days)(asked.paper);
    else say.lacking(lackingFor(planet, needs))(asked.paper);
    back(asked);
  });
}
