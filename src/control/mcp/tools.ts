/** Every tool, in the order in which they are listed: what is asked most often first. */
import { operations, type OperationName } from "../../proto/operations.ts";
import { toolOf, type ToolRow } from "./tool.ts";
import { atlas } from "./tools/atlas.ts";
import { looking } from "./tools/looking.ts";
import { spawning } from "./tools/spawning.ts";
import { steering } from "./tools/steering.ts";

type ToolName = {
  [K in OperationName]: (typeof operations)[K] extends { mcp: object } ? K : never;
}[OperationName];

/** One row for each operation that is a tool, and for no other: the compiler sees to it. */
const rows = { ...spawning, ...looking, ...steering, ...atlas } satisfies Record<ToolName, unknown>;

export const tools = (Object.keys(rows) as ToolName[]).map((name) => toolOf(name, rows[name] as ToolRow));
