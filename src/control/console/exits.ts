/** Exit statuses, all of them: what a refusal ends with is in its own table, the rest is here. */
import { refusalCodes } from "../../proto/refusal.ts";

export const exits = {
  ok: 0,
  failed: 1,
  usage: 2,
  degraded: 3,
  /** As shells have it: 128 and the signal's number. */
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

/** Every status in words, for --help. */
export const exitWords: Readonly<Record<number, string>> = {
  [exits.ok]: "done",
  [exits.failed]: "failed",
  [exits.usage]: "wrong usage or configuration",
  [exits.degraded]: "degraded (status --exit-code), or not in time (wait)",
  [refusalCodes.manager_unreachable.exit]: "manager unreachable",
  [refusalCodes.not_found.exit]: "no such bot",
  [refusalCodes.game_unreachable.exit]: "game unreachable",
  [refusalCodes.unauthorized.exit]: "token missing or wrong",
  [exits.hungUp]: "ended with its terminal",
  [exits.interrupted]: "ended by Ctrl-C",
  [exits.terminated]: "ended by SIGTERM, which manager, worker, host, demo and mcp take for a polite wish: 0",
};

export const exitHelp = `
Exit status:
${Object.entries(exitWords)
  .map(([status, words]) => `  ${status.padEnd(4)} ${words}`)
  .join("\n")}`;
