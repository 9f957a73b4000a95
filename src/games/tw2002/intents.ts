/** What a bot can want: each is carried out by the skill of the same name. */
import type { Product } from "./rules/ports.ts";

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
  /** Dock here: sell what the port buys, then buy up to so many units. */
  | {
      readonly type: "trade";
      readonly sell: boolean;
      readonly buy: Product | undefined;
      readonly units: number;
    }
  /** Out of the game and the host, in good order. */
  | { readonly type: "leave" };
