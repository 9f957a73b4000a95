/** What a bot can want: each is carried out by the skill of the same name. */
import type { Strategy } from "../../player/game.ts";
import type { Errands, Outfit } from "./docks.ts";

/** What a strategy answers: an intent with its reason, and the ports that others are to leave alone. */
export type Choice = ReturnType<Strategy<unknown, Intent>>;

/** Units of Fuel Ore, Organics and Equipment. */
export type Units = readonly [fuelOre: number, organics: number, equipment: number];

/** From one sector to another. */
export type Course = readonly [from: number, to: number];

export type Intent =
  /** Through the door, down to the command prompt. */
  | { readonly type: "enter" }
  /** Read who we are and what we have. */
  | { readonly type: "inform" }
  /** Look at the sector again. */
  | { readonly type: "look" }
  /** One warp, to a sector next to this one. */
  | { readonly type: "move"; readonly to: number }
  /** A course the game computes, over more than one warp. */
  | { readonly type: "travel"; readonly to: number }
  /** Dock here: sell and buy at most so many units of each product, in product order. */
  | { readonly type: "trade"; readonly sell: Units; readonly buy: Units }
  /** Into a neighbouring sector, against the fighters there. */
  | { readonly type: "fight"; readonly to: number }
  /** At a class 0 port: holds, fighters and shields until so many are aboard, leaving `keep` credits. One turn. */
  | { readonly type: "outfit"; readonly outfit: Outfit; readonly keep: number }
  /** Land on the StarDock and do errands there, leaving `keep` credits. One turn. */
  | { readonly type: "dock"; readonly errands: Errands; readonly keep: number }
  /** The long range scanner; density costs nothing, a holographic scan one turn. */
  | { readonly type: "scan"; readonly kind: "density" | "holo" }
  /** The V screen: how large the universe is and where the StarDock. */
  | { readonly type: "status" }
  /** What the computer knows of all that we have explored: warps and ports, as they are now. */
  | { readonly type: "survey" }
  /** An ether probe along the way to a sector: shows all that lies on it, for no turns. */
  | { readonly type: "probe"; readonly to: number }
  /** Courses that the computer plots over all the ways there are, known to us or not. */
  | { readonly type: "plot"; readonly courses: readonly Course[] }
  /** Out of the game and the host, in good order. */
  | { readonly type: "leave" };
