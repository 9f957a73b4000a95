/** The table of operations: whatever may be asked of a swarm, once. HTTP, its document, the command line and MCP are drawn from it. */
import type { z } from "zod";
import { advising } from "./operations/advising.ts";
import { atlas } from "./operations/atlas.ts";
import { deciding } from "./operations/deciding.ts";
import { looking } from "./operations/looking.ts";
import { spawning } from "./operations/spawning.ts";
import { steering } from "./operations/steering.ts";

export const operations = {
  ...spawning,
  ...looking,
  ...deciding,
  ...advising,
  ...steering,
  ...atlas,
} as const;

export type OperationName = keyof typeof operations;
type Table = typeof operations;
export type OperationInput<K extends OperationName> = z.output<Table[K]["input"]>;
export type OperationOutput<K extends OperationName> = z.output<Table[K]["output"]>;

/** Whoever can carry out the operations: the manager itself, or a client of one far away. */
export type Swarm = { [K in OperationName]: (input: OperationInput<K>) => Promise<OperationOutput<K>> };
