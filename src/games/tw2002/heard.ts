/** What others said of late, for whoever wants to show it. Words, and nothing but words: nobody plays by them. */
import { printable } from "../../proto/printable.ts";
import type { Fact } from "./facts.ts";
import { fedSectors } from "./rules/space.ts";
import type { World } from "./world.ts";

/** Sayings that are kept, and characters of each and of its speaker's name. */
export const heardMax = 5;
export const heardMaxChars = 100;
export const speakerMaxChars = 12;

export interface Heard {
  /** Who is said to have said it; "a beacon" for what stands in a sector. */
  readonly from: string;
  readonly text: string;
}

/** Keeps what was said, cleaned and cut; the oldest makes room, and what was said before is not kept twice. */
export function hear(world: World, fact: Extract<Fact, { type: "message" | "beacon" }>): void {
  // The Federation's own beacons say the same everywhere, and are nobody's words.
  if (fact.type === "beacon" && fact.sector <= fedSectors) return;
  const said: Heard = {
    from: fact.type === "message" ? shortened(fact.from, speakerMaxChars) : "a beacon",
    text: shortened(fact.text, heardMaxChars),
  };
  const again = world.heard.findIndex(({ from, text }) => from === said.from && text === said.text);
  if (again >= 0) world.heard.splice(again, 1);
  world.heard.push(said);
  if (world.heard.length > heardMax) world.heard.shift();
}

/** Harmless to show, and no longer than that; whole characters only. */
export const shortened = (text: string, most: number): string =>
  printable(text).slice(0, most).toWellFormed();
