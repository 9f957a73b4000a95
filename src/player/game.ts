/** What a folder under games/ must give the player. Everything here is a value or a pure function. */
import type { AdviceRejection } from "../proto/advice.ts";
import type { HaggleName } from "../proto/config.ts";
import type { AiStrategy } from "../proto/llm-config.ts";

export interface Tagged {
  readonly type: string;
}

/** Who the bot is and how far it may go: handed in when its world is made. */
export interface Self {
  /** The name given at the host's door and taken as the trader's name. */
  readonly name: string;
  readonly password: string;
  readonly gameLetter: string;
  readonly gamePassword?: string | undefined;
  readonly shipName: string;
  readonly planetName: string;
  /** Turns after which the bot is done; 0 for as many as the game grants. */
  readonly turnsMax: number;
  /** Turns that the bot had used before, for people: `turnsMax` is without them. */
  readonly turnsBefore?: number;
  /** When the game grants no more turns, wait for new ones; without it the bot is done. */
  readonly waitForTurns?: boolean;
  readonly reserveCredits: number;
  /** Credits in hand above which the rest is banked where a bank is, and what stays in hand at least; none: nothing is banked. */
  readonly banking?: { readonly above: number; readonly keep: number };
  /** How prices are haggled over; "auto" unless said. */
  readonly haggle?: HaggleName;
  readonly maxHops: number;
}

/** The bot's standing as every report shows it. Units as in proto/status.ts. */
export interface Standing {
  readonly trader: string | undefined;
  readonly sector: number;
  readonly credits: number;
  readonly creditsStart: number;
  readonly turnsExecuted: number;
  readonly turnsLeft: number | undefined;
  readonly holds: number;
  readonly experience: number;
  readonly trades: number;
  readonly tradeAttempts: number;
  readonly haggleDeals: number;
  readonly haggleOffers: number;
  readonly haggleLost: number;
  readonly sectorsExplored: number;
  readonly portsKnown: number;
  /** The ship's kind, and what defends it; undefined until told. */
  readonly ship?: string | undefined;
  readonly fighters?: number | undefined;
  readonly shields?: number | undefined;
  /** Credits laid by, which no loss of the ship touches; undefined until told. */
  readonly bank?: number | undefined;
  readonly cargoValue?: number | undefined;
}

/** Out of the game for a while, until turns have come back or a door is open again. */
export interface Rest {
  readonly reason: string;
  readonly forMs: number;
}

/** Why a bot plays no longer, or not for a while, as told by the game's own rules. */
export type Verdict =
  { readonly how: "completed" | "failed"; readonly reason: string } | ({ readonly how: "rest" } & Rest);

/** A deal that a fact has closed. Credits are positive when the bot was paid. */
export interface Trade {
  readonly sector: number;
  readonly product: string;
  readonly units: number;
  readonly credits: number;
  /** What would have been given or asked for all of it at the utmost, in credits, where that can be made out. */
  readonly hidden?: number;
  /** Offers that the bot made. */
  readonly offers?: number;
}

/** Keys to send; `secret` keeps them out of every log and recording; `waitMs` holds them back first. */
export interface Keys {
  readonly keys: string;
  readonly secret?: boolean;
  readonly waitMs?: number;
  /**
   * What goes out with them, in the same write: the answers of the prompts that are sure to follow, in their order. Each of
   * them must do no harm at any prompt that can come instead; whoever types ahead says why it does not.
   */
  readonly ahead?: readonly Ahead[];
}

/** Keys typed before their prompt is there. */
export interface Ahead<Type extends string = string> {
  /** The prompt that they answer. */
  readonly at: Type;
  readonly keys: string;
}

/** What a prompt is met with: keys, or the insight that no keys will help, ever or for now. undefined: not mine to answer. */
export type Answer = Keys | { readonly giveUp: string } | { readonly rest: Rest } | undefined;

export interface Reader<Fact> {
  /** The facts of a finished line. */
  read(line: string): readonly Fact[];
  /** Whether what comes now is the words of others: then not even a prompt is taken at its word. */
  hearsay(): boolean;
}

/** What a player needs from a game. */
export interface Game<World, Fact extends Tagged, Prompt extends Tagged, Intent extends Tagged> {
  readonly name: string;
  /** The prompt at which a bot is free to choose. Coming back to it ends the intent in hand. */
  readonly home: Prompt["type"];
  newWorld(self: Self): World;
  /** A reader of one connection's lines, from its first; it remembers which display it is inside. */
  newReader(): Reader<Fact>;
  /**
   * The prompt that the open line shows, where the cursor stands at its end; undefined for anything else. `above` is
   * the last finished line: some questions leave the cursor on an empty line under them.
   */
  prompt(openLine: string, above: string): Prompt | undefined;
  /** What a prompt tells by itself. */
  tells(prompt: Prompt): readonly Fact[];
  /** The one writer of World; `atMs` since 1970. Returns the trade that the fact closed, if it closed one. */
  learn(world: World, fact: Fact, atMs: number): Trade | undefined;
  /** Absent where nothing is shared. */
  readonly lore?: GameLore<World>;
  /** The link was lost and another will be dialled: forget what only that session knew. */
  hungUp(world: World): void;
  /**
   * Somebody else has the keys from now on. What comes of them is learned as ever, but it is not the bot's doing and no plan of its: the
   * answer is called when the bot has the keys again, and once more when it is home. Absent where nothing is planned or counted.
   */
  lent?(world: World): () => void;
  /** Told at home, once answers have been seen: how long one takes, in milliseconds. Absent where that changes nothing. */
  paced?(world: World, roundTripMs: number): void;
  /** Differs whenever the bot has got anywhere. */
  progress(world: Readonly<World>): string;
  standing(world: Readonly<World>): Standing;
  /** What the bot is about, for people: "trade at 852". */
  describe(world: Readonly<World>, intent: Intent): string;
  /** Asked at home: is there any point in going on? */
  verdict(world: Readonly<World>): Verdict | undefined;
  /** In hand from the first byte until home is reached. */
  readonly enter: Intent;
  /** Leaves the game in good order from the home prompt. */
  readonly leave: Intent;
  /** What is done at a prompt when the skill in hand has no answer of its own: for every prompt but home. */
  readonly reflexes: Answers<World, Prompt, undefined>;
  /**
   * Prompts whose answer may be sent a second time when nothing came of the first. A host that merely stalls takes both, and
   * the second lands at whatever comes next: so only where that does no harm.
   */
  readonly repeatable: readonly Prompt["type"][];
  /** Prompts that may be no more than the beginning of another: met only when nothing has followed for a while. */
  readonly doubtful: readonly Prompt["type"][];
  readonly skills: { readonly [I in Intent["type"]]: Skill<World, Prompt, Extract<Intent, { type: I }>> };
  readonly strategies: { readonly [name: string]: Strategy<World, Intent> };
  /** How a model can advise; absent where none can. */
  readonly advice?: GameAdvice<World, Intent>;
  /** Another way, for when the strategy gets nowhere. */
  readonly restless: Strategy<World, Intent>;
  /**
   * Keys that may lead home from a line nobody has an answer for, harmless wherever they land; tried in turn.
   * None for a line that asks for a secret.
   */
  waysHome(openLine: string): readonly string[];
}

/** A choice with its reason, for people. `dice` gives numbers from 0 up to 1, seeded, so a life can be replayed. */
export type Strategy<World, Intent> = (
  world: Readonly<World>,
  dice: () => number,
  goal: string,
) => {
  readonly intent: Intent;
  readonly why: string;
  /** The intent leads out of the game, and for so long we stay away. */
  readonly rest?: Rest;
  /** What this asks other bots of the same game to leave alone, by names of the game's; most important first. */
  readonly claims?: readonly string[];
};

/** How a model advises a bot of this game: what it is shown, which plans it can choose, and what they may not do. */
export interface GameAdvice<World, Intent> {
  /** What the model is shown, as JSON of at most `pictureMaxChars` (proto/advice.ts). Words of other players stand in it as quoted data, cleaned and cut. undefined while there is nothing to be seen yet. */
  picture(world: Readonly<World>, about: PictureAbout): string | undefined;
  /**
   * The plan that a text of the model's means, if it may be followed: it is judged against the world and the policy, which no text can change. Never
   * throws. A plan that is no better than what the rules do anyway (`isRules`) is taken even when the allowance is spent.
   */
  read(
    world: Readonly<World>,
    text: string,
    under: PlanUnder,
  ): Plan<World, Intent> | { readonly rejected: AdviceRejection; readonly why: string };
  /** What all is worth that the bot has, in credits, as its earnings are counted: gear that pays counts as what it cost, or to buy it would look like a loss. */
  worth(world: Readonly<World>): number;
  /**
   * What a turn from here on can be reckoned to earn by the rules, in credits: what a plan's turns are held against (player/ledger.ts). 0 where the goal
   * is not to earn. Absent where nothing can be reckoned: then only what the rules were seen to earn counts.
   */
  turnWorth?(world: Readonly<World>, goal: string): number;
}

/** What is told with a picture beside the world itself. */
export interface PictureAbout {
  readonly goal: string;
  /** Why it is asked: "no plan", "plan ended", "fell short", or the name of an anomaly (player/anomalies.ts). */
  readonly reasons: readonly string[];
  /** Plans that were followed or rejected lately, the oldest first, in words. */
  readonly history: readonly string[];
  /** The plan in hand, in words. */
  readonly plan?: string | undefined;
  /** Credits a turn of late, by whoever decided. */
  readonly rate: number;
}

/** What a plan is judged by. */
export interface PlanUnder {
  readonly goal: string;
  readonly policy: AiStrategy;
  /** Plans have wasted all the turns that they may: only what follows the rules is taken. */
  readonly isAllowanceSpent: boolean;
}

/** A plan that was accepted. */
export interface Plan<World, Intent> {
  /** For people, and the model's own reason: printable, and cut (proto/advice.ts). */
  readonly words: string;
  readonly why: string;
  /** Turns after which it is looked at again. */
  readonly reviewTurns: number;
  /** It leaves all to the rules. */
  readonly isRules: boolean;
  /** The next thing to do by it; undefined when it is done or cannot go on, and why. Judged anew at each step: the world changes. */
  next(
    world: Readonly<World>,
    dice: () => number,
    goal: string,
  ): ReturnType<Strategy<World, Intent>> | { readonly over: string };
}

/** How a world is shared with others of the same game, as lore (proto/lore.ts). */
export interface GameLore<World> {
  /** Takes in what others have seen. Nothing of it is news of ours. */
  recall(world: World, lore: string): void;
  /** What others do not know yet, at most so many characters; what does not fit is for the next time. undefined: nothing. */
  news(world: World, maxChars: number): string | undefined;
  /** Others have set out for these names, and not for those any more. */
  claimed(world: World, taken: readonly string[], free: readonly string[]): void;
}

/** How one intent is carried out: the keys that open it, then an answer for each prompt on the way. */
export interface Skill<World, Prompt extends Tagged, Intent> {
  start(at: { world: Readonly<World>; intent: Intent }): Keys | undefined;
  readonly answers: Answers<World, Prompt, Intent>;
}

export type Answers<World, Prompt extends Tagged, Intent> = {
  readonly [P in Prompt["type"]]?: (at: {
    world: Readonly<World>;
    prompt: Extract<Prompt, { type: P }>;
    intent: Intent;
  }) => Answer;
};
