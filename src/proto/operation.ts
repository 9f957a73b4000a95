/** One row of the table of operations, and the shapes that rows share. */
import { z } from "zod";
import { BotId } from "./ids.ts";

/** How an operation is offered to AI assistants, in the words of the protocol's annotations; what only looks is read-only by `writes`. */
export interface ToolShape {
  /** The tool's name: kept for good, since people's prompts name it. */
  readonly name: string;
  readonly title: string;
  /** It ends or undoes something that cannot be had back as it was. */
  readonly destructive: boolean;
  /** Asking twice with the same words does no more than asking once. */
  readonly idempotent: boolean;
  /** It reaches the game server, or tells what others wrote there. */
  readonly openWorld: boolean;
}

/** One thing a person or a program may ask of a swarm. */
export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  /** One line for --help and the API's document. */
  readonly summary: string;
  readonly http: readonly [method: "GET" | "POST" | "DELETE", path: string];
  /** HTTP status of success. */
  readonly success: 200 | 201 | 202;
  /** The verb on the command line. */
  readonly cli: string;
  /** False for what only looks: it needs no token where only writes do. */
  readonly writes: boolean;
  /** Absent for what is no tool: assistants do better with few. */
  readonly mcp?: ToolShape;
  readonly input: I;
  readonly output: O;
}

/** Whether what only looks may be asked by POST as well, with all of its input in the body: a selection may be too long for an address. */
export const mayBePosted = ({ http, input }: Operation): boolean =>
  http[0] === "GET" && "shape" in input && "bots" in (input.shape as object);

export const define = <I extends z.ZodType, O extends z.ZodType>(op: Operation<I, O>) => op;

export const OneBot = z.strictObject({ bot_id: BotId });
export const batchMax = 5000;

/** A number, or its digits as they come in an address. */
export const Count = z
  .union(
    [
      z.int(),
      z
        .string()
        .regex(/^\d{1,9}$/)
        .transform(Number),
    ],
    "expected a whole number",
  )
  .pipe(z.int().min(1).max(batchMax));

/** A whole number in an address, or in a body. */
export const whole = (min: number, max: number) =>
  z
    .union(
      [
        z.int(),
        z
          .string()
          .regex(/^\d{1,16}$/)
          .transform(Number),
      ],
      "expected a whole number",
    )
    .pipe(z.int().min(min).max(max));
/** Yes or no, or the word for it as it comes in an address. */
export const Flag = z
  .union(
    [z.boolean(), z.enum(["true", "false"]).transform((word) => word === "true")],
    "expected true or false",
  )
  .pipe(z.boolean());
/** Milliseconds since 1970. */
export const Moment = whole(0, 8_640_000_000_000_000);
/** A process id, once there is a process. */
export const Pid = z.int().nullable();

/** A list that in an address, or on a command line, is one text with commas. */
export const list = <S extends z.ZodType<unknown, string>>(one: S, most: number) =>
  z
    .union([
      z.array(z.string()),
      z.string().transform((text) => text.split(",").filter((word) => word !== "")),
    ])
    .pipe(z.array(one).max(most));

/** What comes next, where there is more than one answer takes: given back as it was told, it leads on from there. */
export const Cursor = z.string().min(1).max(500);
