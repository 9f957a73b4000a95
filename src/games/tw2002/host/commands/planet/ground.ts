/** Standing on a planet: the prompts that wait there, and the doubt, after every key, whether it is still there. */
import { growPlanet, isOn } from "../../planet.ts";
import { player, type Session } from "../../session.ts";
import type { Planet } from "../../things.ts";
import { globals } from "../globals.ts";

export type Then = (session: Session) => void;

/** A planet that somebody is on. */
export interface Ground {
  readonly planet: Planet;
  /** Back to its prompt. */
  readonly back: Then;
  /** Where it goes on in space. */
  readonly off: Then;
}

/**
 * Whether he is still on the planet, which is brought up to the moment; when it was blown up or he was thrown out while
 * he thought about a question he is told and goes on in space.
 */
export function still(session: Session, { planet, off }: Ground): boolean {
  const { galaxy, trader, paper } = player(session);
  if (isOn(galaxy, trader, planet)) {
    growPlanet(galaxy, planet, session.at);
    return true;
  }
  // No recording shows it: the words are ours.
  paper.put`\n~RYou are in space: ${planet.name} is no longer beneath you!\n`;
  off(session);
  return false;
}

/** A command prompt away from the helm. */
export interface Stand {
  /** As it is shown after a command. */
  readonly show: Then;
  /** As it is shown after a message. */
  readonly reprint: Then;
  /** Capitals. */
  readonly keys: string;
  /** What Enter stands for; it is not echoed. */
  readonly enter?: string;
  readonly chosen: (session: Session, key: string) => void;
  readonly back: Then;
}

/** Shows the prompt, after what others have said meanwhile, and waits for a key of its own or one that works everywhere. */
export function stand(session: Session, { show, reprint, keys, enter, chosen, back }: Stand): void {
  const waiting = session.waiting.splice(0);
  for (const message of waiting) session.paper.put`\n${message}`;
  if (waiting.length > 0) session.paper.line();
  show(session);
  session.prompt = {
    reprint,
    onKey(asked, key) {
      const { paper } = asked;
      const capital = key.toUpperCase();
      const everywhere = globals[key];
      if (key === "\r" && enter !== undefined) {
        paper.line();
        chosen(asked, enter);
      } else if (keys.includes(capital)) {
        paper.raw(capital);
        paper.line();
        chosen(asked, capital);
      } else if (everywhere) {
        paper.line();
        everywhere(asked, back);
      }
    },
  };
}
