/** What a line of the game can tell. Numbers are plain; sectors, credits, turns and units as the game shows them. */
import type { DockFact } from "./docks.ts";
import type { PortClass, Product, Side } from "./rules/ports.ts";
import type { SurveyFact } from "./surveys.ts";

export type FighterMode = "Defensive" | "Offensive" | "Toll";

/** Who flies a ship: one like us, or one of those that nobody plays. */
export type Race = "trader" | "alien" | "ferrengi" | "federal";

export type Fact =
  | DockFact
  | SurveyFact
  // The door
  | { readonly type: "gameListed"; readonly letter: string; readonly name: string }
  | { readonly type: "gameRefused"; readonly text: string }
  | { readonly type: "gameLoading" }
  | { readonly type: "passwordWanted"; readonly use: "new" | "known" }
  | { readonly type: "passwordWrong" }
  | { readonly type: "nameRefused" }
  | { readonly type: "lockedOut"; readonly days: number }
  | { readonly type: "idleWarning" }
  | { readonly type: "idleOut" }
  // Where we are and what stands there
  | { readonly type: "at"; readonly sector: number }
  | { readonly type: "heading"; readonly sector: number }
  | { readonly type: "arrived"; readonly sector: number }
  | {
      readonly type: "sector";
      readonly sector: number;
      readonly region: string;
      readonly unexplored: boolean;
    }
  | { readonly type: "beacon"; readonly sector: number; readonly text: string }
  | {
      readonly type: "port";
      readonly sector: number;
      readonly name: string;
      readonly portClass: PortClass;
    }
  | { readonly type: "planet"; readonly sector: number; readonly name: string }
  | {
      readonly type: "stranger";
      readonly sector: number;
      readonly name: string;
      readonly fighters: number;
      readonly race: Race;
    }
  | { readonly type: "ship"; readonly sector: number; readonly name: string }
  | {
      readonly type: "fighters";
      readonly sector: number;
      readonly count: number;
      readonly owner: string;
      readonly mode: FighterMode;
    }
  | { readonly type: "navHaz"; readonly sector: number; readonly percent: number }
  | {
      readonly type: "mines";
      readonly sector: number;
      readonly count: number;
      readonly kind: "Armid" | "Limpet";
      readonly owner: string;
    }
  | { readonly type: "warps"; readonly sector: number; readonly to: readonly number[] }
  // Ways
  | { readonly type: "notAdjacent" }
  | { readonly type: "noRoute" }
  | { readonly type: "illegalNumber" }
  | { readonly type: "alreadyThere" }
  | { readonly type: "avoided"; readonly sector: number }
  | {
      readonly type: "course";
      readonly from: number;
      readonly to: number;
      readonly hops: number;
      readonly turns: number;
    }
  | { readonly type: "path"; readonly sectors: readonly number[] }
  // Turns
  | { readonly type: "turns"; readonly left: number }
  | { readonly type: "turnsRecovered"; readonly turns: number }
  | { readonly type: "noTurns" }
  // The port
  | { readonly type: "commerce"; readonly port: string; readonly weekday: number }
  | {
      readonly type: "stock";
      readonly product: Product;
      readonly side: Side;
      readonly trading: number;
      readonly percent: number;
      readonly onBoard: number;
    }
  | { readonly type: "purse"; readonly credits: number; readonly empty: number }
  /** What the port has of the product that it speaks of next, or still wants: others may have traded since the report. */
  | { readonly type: "upTo"; readonly side: Side; readonly trading: number }
  | {
      readonly type: "quantity";
      readonly product: Product;
      readonly side: Side;
      readonly most: number;
      readonly wanted: number | undefined;
    }
  | { readonly type: "agreed"; readonly units: number }
  | { readonly type: "offered"; readonly credits: number; readonly final: boolean }
  | { readonly type: "bid"; readonly offer: number; readonly credits: number | undefined }
  | { readonly type: "insulted" }
  | { readonly type: "notInterested" }
  | { readonly type: "thrownOut" }
  | { readonly type: "nothingToTrade" }
  // The person
  | { readonly type: "trader"; readonly name: string }
  | { readonly type: "experience"; readonly points: number }
  | { readonly type: "experienceGained"; readonly points: number }
  | { readonly type: "turnsPerWarp"; readonly turns: number }
  | {
      readonly type: "holds";
      readonly total: number;
      readonly cargo: readonly [number, number, number];
      readonly empty: number;
    }
  | { readonly type: "fightersAboard"; readonly count: number }
  | { readonly type: "shieldsAboard"; readonly points: number }
  | { readonly type: "credits"; readonly credits: number }
  | { readonly type: "taxed"; readonly credits: number }
  // Trouble
  | { readonly type: "fightersMet"; readonly toll: boolean }
  | { readonly type: "odds"; readonly ours: number; readonly theirs: number }
  | { readonly type: "tollAsked"; readonly credits: number }
  | { readonly type: "tollPaid" }
  | { readonly type: "cannotPay" }
  | { readonly type: "waveSent"; readonly lost: number }
  | { readonly type: "retreated" }
  /** Somebody's ship fires at ours. */
  | { readonly type: "shotAt"; readonly by: string }
  /** The game takes a sector into its list of avoided ones. */
  | { readonly type: "avoiding"; readonly sector: number }
  | { readonly type: "wanderersAbout"; readonly race: "alien" | "ferrengi" }
  | { readonly type: "damaged"; readonly points: number }
  | { readonly type: "shipLost" }
  | { readonly type: "podLost" }
  | { readonly type: "fledTo"; readonly sector: number }
  // Others
  | {
      readonly type: "message";
      readonly channel: "federation" | "subspace" | "hail";
      readonly from: string;
      readonly text: string;
    }
  | { readonly type: "traffic"; readonly who: string; readonly what: string };
