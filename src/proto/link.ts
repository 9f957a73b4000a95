/** What a worker says to its manager, and how one that was started by hand comes in. The other direction is in orders.ts. */
import { z } from "zod";
import { AdviceOutcome, pictureMaxChars } from "./advice.ts";
import { Labels } from "./config.ts";
import { BotId } from "./ids.ts";
import { ClaimName, claimsMax, LoreText } from "./lore.ts";
import { choicesMax, intentMaxChars, linkVersion, whyMaxChars } from "./orders.ts";
import { BotReport } from "./status.ts";
import { LeaseId, terminalRingMax } from "./terminal.ts";

/** Where a game is played, as `placeOf` (lore.ts) writes it. */
export const LorePlace = z.string().regex(/^[!-~]{1,253}:\d{1,5}\/[A-Z]$/, "expected host:port/LETTER");

/**
 * What must not be lost is numbered, from 1 on in each session, and told again after every break until it is acknowledged.
 * Everything else is about the present: whoever missed it is told how things are now.
 */
const numbered = { n: z.int().min(1).optional() };
/** A game server, as its limiter knows it. */
const GameServer = z.string().regex(/^[!-~]{1,253}:\d{1,5}$/, "expected host:port");

/** Something that it chose to do. */
const Choice = z.object({
  at: z.int(),
  intent: z.string().max(intentMaxChars),
  why: z.string().max(whyMaxChars),
  sector: z.int(),
});
export type Choice = z.infer<typeof Choice>;

/** From the worker. */
export const WorkerMessage = z.discriminatedUnion("type", [
  /** The first word on each line. `session` is the worker process's own, drawn by chance: it lasts over all its lines. */
  z.object({
    type: z.literal("hello"),
    version: z.literal(linkVersion),
    bot_id: BotId,
    pid: z.int(),
    session: z.string().regex(/^[0-9a-f]{16}$/),
  }),
  /** It wants to connect to that server, and waits for `dial`; and what came of it. */
  z.object({ type: z.literal("dialling"), server: GameServer }),
  z.object({ type: z.literal("dialled"), server: GameServer, reached: z.boolean() }),
  /** Logged in: the game is being played. */
  z.object({ type: z.literal("playing") }),
  /** Latest wins: a newer report makes an older one worthless. */
  z.object({ type: z.literal("report"), report: BotReport }),
  /** The order has taken effect: a paused bot stands at a safe prompt and sends nothing. */
  z.object({ type: z.literal("confirmed"), id: z.int() }),
  /** One trade was closed with a port. */
  z.object({
    type: z.literal("traded"),
    ...numbered,
    sector: z.int(),
    product: z.string().max(20),
    units: z.int(),
    /** Credits that changed hands; positive when the bot was paid. */
    credits: z.int(),
    /** What the port would have gone to for the whole lot, as the bot makes it out, in credits. */
    hidden: z.int().optional(),
    /** Offers that the bot made for it. */
    offers: z.int().optional(),
  }),
  /** It plays there, and wants to know what others know of that game. After each hello. */
  z.object({ type: z.literal("shares"), place: LorePlace }),
  /** What it has seen. */
  z.object({ type: z.literal("lore"), lore: LoreText }),
  /** It has taken in the manager's lore of this number, and can take more. */
  z.object({ type: z.literal("recalled"), up_to: z.int() }),
  /** What it has set out for from now on, instead of what it named before. */
  z.object({ type: z.literal("claim"), names: z.array(ClaimName).max(claimsMax) }),
  /** What the game wrote, for those who watch; `fresh`: after a time unwatched, on a new line, or when too much came at once. */
  z.object({
    type: z.literal("shown"),
    text: z.string().max(terminalRingMax),
    fresh: z.boolean().optional(),
  }),
  /** Whether there is a line to the game, for those who watch. */
  z.object({ type: z.literal("online"), live: z.boolean() }),
  /** The keys are this lease's, and the bot stands at a prompt; or they are not, or no more. */
  z.object({ type: z.literal("taken"), lease: LeaseId }),
  z.object({ type: z.literal("given"), lease: LeaseId, reason: z.string().max(400) }),
  /** What it chose last, the oldest first: the answer to `recount`. */
  z.object({ type: z.literal("recounted"), choices: z.array(Choice).max(choicesMax) }),
  /** It wants a plan (advice.ts); the manager answers with `advice` or `unadvised`. One question is open at a time. */
  z.object({ type: z.literal("ask"), id: z.int(), at: z.int(), picture: z.string().max(pictureMaxChars) }),
  /**
   * What became of the question with that number, once for each: also when no plan came, or none in time. `at`: choices the bot had made
   * when it took that in. With it a record is whole, and can be played again (io/advice-record.ts).
   */
  z.object({ type: z.literal("weighed"), id: z.int(), at: z.int(), outcome: AdviceOutcome }),
  /** Something a person may want to know of; severity decides where it shows. */
  z.object({
    type: z.literal("note"),
    ...numbered,
    severity: z.enum(["info", "warning", "error"]),
    text: z.string().max(4000),
  }),
  /** The play is over: turn limit reached, or it cannot go on. The process ends next. */
  z.object({
    type: z.literal("ended"),
    ...numbered,
    how: z.enum(["completed", "stopped", "failed"]),
    reason: z.string().max(1000),
    report: BotReport.optional(),
  }),
]);
export type WorkerMessage = z.infer<typeof WorkerMessage>;

/** How a worker that was started by hand comes in: POST /worker/register, then WS /ws/worker with the token. */
export const RegisterRequest = z.strictObject({
  version: z.literal(linkVersion),
  pid: z.int(),
  bot_id: BotId.optional(),
  config_name: z.string().max(200),
  strategy: z.string().max(64),
  /** The trader it was told to be and in which game, as `namedTrader` (config.ts) writes it. */
  trader: z.string().max(400).optional(),
  labels: Labels.optional(),
});
export const RegisterReply = z.object({ bot_id: BotId, token: z.string(), ws: z.string() });
