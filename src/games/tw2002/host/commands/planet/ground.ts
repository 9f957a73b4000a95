/** Standing on a planet: the way back to its prompt, and the doubt, after every key, whether it is still there. */
import { growPlanet, isOn } from "../../planet.ts";
import { player, type Session, type Then } from "../../session.ts";
import type { Planet } from "../../things.ts";
import { isFriendly } from "../../owners.ts";

/** A planet that somebody is on. */
export interface Ground {
  readonly planet: Planet;
  /** Back to its prompt. */
  readonly back: Then;
  /** Where it goes on in space. */
  readonly off: Then;
  /** Out of the citadel that he is in; only there. */
  readonly out?: Then;
}

/**
 * Whether he is still where he was, on the planet, which is brought up to the moment; when it was blown up or he was thrown
 * out while he thought about a question he is told and goes on in space. A citadel that was taken, or whose corporation he
 * has left, lets him go and no more.
 */
export function still(session: Session, { planet, off, out }: Ground): boolean {
  const { galaxy, trader, paper } = player(session);
  if (isOn(galaxy, trader, planet)) {
    if (out && !isFriendly(galaxy, trader, planet.owner)) {
      out(session);
      return false;
    }
    growPlanet(galaxy, planet, session.at);
    return true;
  }
  // No recording shows it: the words are ours.
  paper.put`\n~RYou are in space: ${planet.name} is no longer beneath you!\n`;
  off(session);
  return false;
}

/** Goes back to the planet's prompt below an empty line, whatever was done. */
export function done(session: Session, { back }: Ground): void {
  session.paper.line();
  back(session);
}
