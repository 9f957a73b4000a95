/** One tool: an operation of the table, with the words a model needs and, where the operation says too much, a shape of its own. */
import type { CallToolResult, InputRequiredResult } from "@modelcontextprotocol/server";
import { z } from "zod";
import type { Operation, ToolShape } from "../../proto/operation.ts";
import { operations, type OperationName, type OperationInput, type Swarm } from "../../proto/operations.ts";
import { parseInput } from "../problem.ts";
import { consentTo, type Asker, type Consent } from "./consent.ts";
import { keysAt } from "./known.ts";
import { failed, failureIn, told, type Shape } from "./results.ts";
import { jsonOf, ready } from "./schemas.ts";
import type { Later } from "./updates.ts";

/** What a tool is called with, beside its arguments. */
export interface Call extends Asker {
  readonly swarm: Swarm;
  readonly now: () => number;
  readonly later: Later;
  /** Aborted when the client wants the answer no more. */
  readonly signal: AbortSignal;
  /** Tells the client how far it is; absent when the client did not ask to hear. */
  readonly progress?: (done: number, total: number, message: string) => void;
}

export type Done =
  | { readonly type: "told"; readonly value: Readonly<Record<string, unknown>> }
  | Exclude<Consent, { type: "given" }>;

/** A row as it is written in tools/. */
export interface ToolRow<I extends z.ZodType = z.ZodType> extends Shape {
  /** What it does, when to use it, in which units it tells, and what comes next. */
  readonly description: string;
  /** What each argument is for. */
  readonly args: Readonly<Record<string, string>>;
  readonly input: I;
  /** The input as it is shown to the model, where that is friendlier than what is parsed; `friendly` leads from one to the other. */
  readonly shown?: z.ZodType;
  readonly friendly?: (args: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  readonly output: z.ZodObject;
  /** The output as it is shown to the model, where fewer words will do. */
  readonly tells?: z.ZodObject;
  /** It tells moments, and with them the present one: a model has no clock. */
  readonly timed?: boolean;
  /** What to do where something is not there; else as with a bot that is not there. */
  readonly missing?: string;
  /** By name: no method, since the rows of all inputs stand in one list. */
  run(input: z.output<I>, call: Call): Promise<Done>;
}

/** A tool, ready to be registered on any number of servers. */
export interface Tool {
  readonly name: string;
  readonly writes: boolean;
  readonly config: {
    readonly title: string;
    readonly description: string;
    readonly inputSchema: ReturnType<typeof ready>;
    readonly outputSchema: ReturnType<typeof ready>;
    readonly annotations: {
      readonly readOnlyHint: boolean;
      readonly destructiveHint: boolean;
      readonly idempotentHint: boolean;
      readonly openWorldHint: boolean;
    };
  };
  answer(
    args: unknown,
    call: Call,
    complain: (error: unknown) => void,
  ): Promise<CallToolResult | InputRequiredResult>;
}

export const done = (value: Readonly<Record<string, unknown>>): Done => ({ type: "told", value });

/** A row whose input and output are the operation's own, but for what is said otherwise. */
export function plain<K extends OperationName>(
  name: K,
  words: Pick<ToolRow, "description" | "args" | "missing" | "timed"> & Partial<Shape>,
): ToolRow {
  return {
    wild: [],
    lists: {},
    ...words,
    input: operations[name].input,
    output: operations[name].output,
    run: async (input, { swarm }) => done(await swarm[name](input as OperationInput<K> as never)),
  };
}

/** Does `deed` once the user has agreed to it; at once where it needs no consent (`question` undefined). */
export async function agreed(
  question: string | undefined,
  confirm: boolean | undefined,
  call: Call,
  deed: () => Promise<Done>,
): Promise<Done> {
  const consent = question === undefined ? ({ type: "given" } as const) : consentTo(question, confirm, call);
  return consent.type === "given" ? deed() : consent;
}

/** What an answer may say beside the output itself: which fields hold text that others wrote, and what was left out. */
const beside = ({ wild, lists, timed }: ToolRow) => ({
  ...(timed && { now: z.int() }),
  ...(wild.length > 0 && { untrusted: z.string() }),
  ...(Object.keys(lists).length > 0 && { truncated: z.string() }),
});

/** A row of the table with what its operation says of itself. */
export function toolOf(operation: OperationName, row: ToolRow): Tool {
  const { mcp, writes } = operations[operation] as Operation & { readonly mcp: ToolShape };
  const output = (row.tells ?? row.output).extend(beside(row));
  const takes = jsonOf(row.shown ?? row.input, "input", row.args);
  const names = Object.keys((takes["properties"] ?? {}) as object);
  const known = (path: string) => (path === "" ? names : keysAt(row.input, path));
  return {
    name: mcp.name,
    writes,
    config: {
      title: mcp.title,
      description: row.description,
      inputSchema: ready(takes),
      outputSchema: ready(jsonOf(output, "output")),
      annotations: {
        readOnlyHint: !writes,
        destructiveHint: mcp.destructive,
        idempotentHint: mcp.idempotent,
        openWorldHint: mcp.openWorld,
      },
    },
    async answer(args, call, complain) {
      try {
        const given = (args ?? {}) as Record<string, unknown>;
        const result = await row.run(parseInput(row.input, row.friendly?.(given) ?? given), call);
        switch (result.type) {
          case "told":
            return told({ ...row.output.parse(result.value), ...(row.timed && { now: call.now() }) }, row);
          case "asks":
            return result.result;
          case "refused":
            return failed(result.message);
        }
      } catch (error) {
        return failed(failureIn(error, { known, missing: row.missing }, complain));
      }
    },
  };
}
