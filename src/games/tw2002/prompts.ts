/**
 * Where the game waits, and how each prompt looks on the open line with the cursor at its end. Every pattern is anchored
 * at both ends and bounded, so that text in the middle of a line, or before it, is never taken for a prompt.
 * Wording: the recordings, each prompt as printed there.
 */
import type { DockPrompt, Place } from "./docks.ts";
import { type QuestionKind, questionForms, questionTexts, readQuestion } from "./questions.ts";
import type { Product, Side } from "./rules/ports.ts";
import type { SurveyPrompt } from "./surveys.ts";

export type Prompt =
  // The door
  | { readonly type: "doorName" }
  | { readonly type: "gameMenu" }
  | { readonly type: "gameDescriptions" }
  | { readonly type: "gamePassword" }
  | { readonly type: "mainMenu" }
  | { readonly type: "todaysLog" }
  | { readonly type: "stamps" }
  | { readonly type: "newCharacter" }
  | { readonly type: "password" }
  | { readonly type: "nameChoice" }
  | { readonly type: "alias" }
  | { readonly type: "nameIsWanted" }
  | { readonly type: "shipName" }
  | { readonly type: "planetName" }
  | { readonly type: "clearAvoids" }
  | { readonly type: "pause" }
  // Space
  | { readonly type: "command"; readonly sector: number }
  | { readonly type: "toSector" }
  | { readonly type: "engage" }
  | { readonly type: "stopHere" }
  | { readonly type: "danger" }
  | { readonly type: "probeTarget" }
  | { readonly type: "noRouteClear" }
  | { readonly type: "avoidMined" }
  | { readonly type: "fighterOption"; readonly toll: boolean }
  | { readonly type: "payToll" }
  | { readonly type: "fightersToUse"; readonly most: number }
  | { readonly type: "transWarp" }
  | { readonly type: "quitConfirm" }
  | { readonly type: "cloak" }
  // Docked
  | { readonly type: "portMenu" }
  | {
      readonly type: "quantity";
      readonly product: Product;
      /** What the port does. */
      readonly side: Side;
      readonly most: number;
    }
  | { readonly type: "offer"; readonly credits: number }
  | { readonly type: "class0" }
  // Places to leave
  | { readonly type: "planet" }
  | { readonly type: "citadel" }
  | { readonly type: "stardock" }
  | DockPrompt
  | SurveyPrompt
  | { readonly type: "computer" }
  | { readonly type: "corporate" }
  | { readonly type: "navPoint" }
  | { readonly type: "scan" }
  /** Any other question; `decline` are the keys that lead past it. */
  | { readonly type: "question"; readonly kind: QuestionKind; readonly decline: string };

/** No prompt of the game is longer; a longer line is not even looked at. */
const promptMaxChars = 160;

/** Prompts that say nothing but what they are. */
type Plain = Exclude<
  Prompt["type"],
  | "command"
  | "fighterOption"
  | "fightersToUse"
  | "quantity"
  | "offer"
  | "question"
  | "shop"
  | "howMany"
  | "oneOff"
  | "howManyCredits"
>;

const fixed: { readonly [text: string]: Plain } = {
  "Please enter your name (ENTER for none): ": "doorName",
  "Selection (? for menu): ": "gameMenu",
  "Select game (Q for none): ": "gameDescriptions",
  "Enter your choice: ": "mainMenu",
  "Show today's log? (Y/N) [N] ": "todaysLog",
  "Include time/date stamp? (Y/N) [N] ": "stamps",
  "Would you like to start a new character in this game?  (Type Y or N) ": "newCharacter",
  "Password? ": "password",
  "Use (N)ew Name or (B)BS Name [B] ? ": "nameChoice",
  "What Alias do you want to use? ": "alias",
  "Do you wish to clear some avoids? (Y/N) [N] ": "clearAvoids",
  "[Pause]": "pause",
  "[Pause] - [Press Space or Enter to continue]": "pause",
  "Engage the Autopilot? (Y/N/Single step/Express) [Y] ": "engage",
  "Stop in this sector (Y,N,E,I,R,S,D,P,?) (?=Help) [N] ? ": "stopHere",
  "Do you really want to warp there? (Y/N) ": "danger",
  "Please enter a destination for this probe :  ": "probeTarget",
  "Clear Avoids? ": "noRouteClear",
  "Mined Sector: Do you wish to Avoid this sector in the future? (Y/N) ": "avoidMined",
  "Do you want to pay it? ": "payToll",
  "Do you want to engage the TransWarp drive? ": "transWarp",
  "Confirmed? (Y/N)? ": "quitConfirm",
  "Do you wish to engage a Cloaking Device? ": "cloak",
  "Enter your choice [T] ? ": "portMenu",
  "Which item do you wish to buy? (A,B,C,Q,?) ": "class0",
  "Planet command (?=help) [D] ": "planet",
  "Citadel command (?=help) ": "citadel",
  "<StarDock> Where to? (?=Help) ": "stardock",
  "Choose NavPoint (?=Help) [Q] : ": "navPoint",
  "NavPoint Settings (?=Help) [Q] : ": "navPoint",
  "Select (H)olo Scan or (D)ensity Scan or (Q)uit? [D] ": "scan",
  ": ": "cim",
  "FM > ": "cimFrom",
  "  TO > ": "cimTo",
  "Sector: ": "cimSector",
  "Are you still interested in buying them? ": "holdsConfirm",
  "Which would you like? (H/D/Quit) ": "whichScanner",
  "Which would you like? (1/2/U/Quit) ": "whichDrive",
  "Welcome to the 'yards', you want to trade in that old ship? ": "tradeIn",
  "You ready to deal? ": "readyToDeal",
  "Still interested ? ": "stillInterested",
  "Which ship are you interested in (?=List) ? ": "whichShip",
  "Want to buy it? ": "buyIt",
  "Should this be a (C)orporate ship or (P)ersonal ship? ": "whoseShip",
  "Do you want to set a password for this ship? (Y/N) ": "shipLock",
  "Input Ship Password (10 chars) ": "shipPassword",
};
/** By the whole text of the open line. */
const plainPrompts = new Map<string, Prompt>(
  Object.entries(fixed).map(([text, type]): [string, Prompt] => [text, { type } as Prompt]),
);

const command = /^Command \[TL=\d\d:\d\d:\d\d\]:\[(\d{1,5})\] \(\?=Help\)\? : $/;
const quantity =
  /^How many holds of (Fuel Ore|Organics|Equipment) do you want to (buy|sell) \[([\d,]{1,9})\]\? $/;
const offer = /^Your offer \[([\d,]{1,13})\] ?\? $/;

/** The StarDock's places, by the name that their prompts begin with. */
export const places: { readonly [name: string]: Exclude<Place, "stardock" | "class0"> } = {
  "Hardware Emporium": "emporium",
  Shipyards: "yards",
  Tavern: "tavern",
  "Galactic Bank": "bank",
  FedPolice: "police",
  "Libram Universitatus": "library",
};

/** The rarer ones, in order. */
const others: readonly (readonly [RegExp, (found: RegExpExecArray) => Prompt])[] = [
  [/^To which Sector (?:\[\d{1,5}\] )?\? $/, () => ({ type: "toSector" })],
  [
    /^Option\? \(A,D,I,R,(P,)?S,\?\):\? $/,
    (found) => ({ type: "fighterOption", toll: found[1] !== undefined }),
  ],
  [
    /^How many fighters do you wish to use \(0 to ([\d,]{1,9})\) \[0\]\? $/,
    (found) => ({ type: "fightersToUse", most: amount(found[1]!) }),
  ],
  // Not in the words of others, which begin with the letter of a channel.
  [/^(?![FRP] )\S.{0,40} is what you want\? (?:\(Y\/N\) )?$/, () => ({ type: "nameIsWanted" })],
  [/^Computer command \[TL=\d\d:\d\d:\d\d\]:\[\d{1,5}\] \(\?=Help\)\? $/, () => ({ type: "computer" })],
  [/^Corporate command \[TL=\d\d:\d\d:\d\d\]:\[\d{1,5}\] \(\?=Help\)\? $/, () => ({ type: "corporate" })],
  [
    /^<(Hardware Emporium|Shipyards|Tavern|Galactic Bank|FedPolice|Libram Universitatus)> [^()]{1,50}\([^()]{1,6}\) \? $/,
    (found) => ({ type: "shop", place: places[found[1]!]! }),
  ],
  [
    /^How many (?:(Cargo Holds)|(K-3A fighters)|(shield armor points)|[A-Z]?[A-Za-z ]{3,24}) do you want(?: installed\?| to buy \(Max ([\d,]{1,9})\) \[0\] \?| \(Max ([\d,]{1,9})\) \[0\] \?) $/,
    ([, holds, fighters, shields, most, mostPieces]) => ({
      type: "howMany",
      item: holds ? "holds" : fighters ? "fighters" : shields ? "shields" : "pieces",
      most: most || mostPieces ? amount((most ?? mostPieces)!) : undefined,
    }),
  ],
  [
    /^I can let you have one for ([\d,]{1,13}) credits, interested\? $/,
    (found) => ({ type: "oneOff", price: amount(found[1]!) }),
  ],
  [
    /^How many credits do you want to (deposit|withdraw)\? \(([\d,]{1,13})\) $/,
    (found) => ({
      type: "howManyCredits",
      what: found[1] as "deposit" | "withdraw",
      most: amount(found[2]!),
    }),
  ],
  [/^This is a private game\. {1,2}Please enter a password: ?$/, () => ({ type: "gamePassword" })],
];

/** Questions that leave the cursor on an empty line below them. */
const shipQuestions = new Set([
  "What do you want to name your ship? (30 letters)",
  "What do you want to name this ship? (30 chars) ",
]);
const planetRuler = /^\[-{10,60}\]$/;

/** The prompt that stands on the open line, if it is one; `above` is the last finished line. */
export function readPrompt(open: string, above: string): Prompt | undefined {
  if (open === "") {
    if (shipQuestions.has(above)) return { type: "shipName" };
    return planetRuler.test(above) ? { type: "planetName" } : undefined;
  }
  if (open.length > promptMaxChars) return undefined;
  const last = open[open.length - 1];
  if (last !== " " && last !== "]" && last !== ":") return undefined;
  const known = plainPrompts.get(open);
  // Two characters may be the beginning of anything, but not here: behind "^" or below the empty line that ends each answer of the
  // interrogation (recordings 04 and 10; nothing else there begins so).
  if (known?.type === "cim") return above === "" || command.test(above) ? known : undefined;
  if (known) return known;
  const home = command.exec(open);
  if (home) return { type: "command", sector: Number(home[1]) };
  const wanted = offer.exec(open);
  if (wanted) return { type: "offer", credits: amount(wanted[1]!) };
  const holds = quantity.exec(open);
  if (holds)
    return {
      type: "quantity",
      product: holds[1] as Product,
      side: holds[2] === "buy" ? "selling" : "buying",
      most: amount(holds[3]!),
    };
  for (const [pattern, make] of others) {
    const found = pattern.exec(open);
    if (found) return make(found);
  }
  const question = readQuestion(open);
  return question && { type: "question", ...question };
}

/** An answer stands behind its question: no longer than what can be typed there. */
const answerMaxChars = 160;

/** Patterns that end where the answer begins. */
const begun = [command, offer, quantity, ...others.map(([pattern]) => pattern), ...questionForms].map(
  (pattern) => new RegExp(`${pattern.source.slice(0, -1)}.{0,${answerMaxChars}}$`, pattern.flags),
);
/** Anything may begin like the shortest. */
const begunMinChars = 4;
const begunTexts = [...plainPrompts.keys(), ...questionTexts].filter(({ length }) => length >= begunMinChars);

/** Whether a finished line is a prompt with what was answered there. No bot asks: a fact of a prompt has its own reader. */
export const isAnswered = (line: string): boolean =>
  line.length <= promptMaxChars + answerMaxChars &&
  (begunTexts.some((text) => line.startsWith(text)) || begun.some((pattern) => pattern.test(line)));

/** A number as the game prints it, with commas. */
export const amount = (text: string): number => Number(text.includes(",") ? text.replaceAll(",", "") : text);
