/** Zed, alone in a game of our own, at his command prompt. */
import type { Trader } from "../../../../src/games/tw2002/host/things.ts";
import { createTable, enlist, type Table } from "./players.ts";

export function helm(settings: Parameters<typeof createTable>[0] = {}): {
  table: Table;
  caller: number;
  trader: Trader;
} {
  const table = createTable({ seed: 3, ...settings });
  const caller = enlist(table, "Zed");
  const trader = table.galaxy.byName.get("zed")!;
  return { table, caller, trader };
}
