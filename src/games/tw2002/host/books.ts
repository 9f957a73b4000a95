/** Every trader's standing as the host's database has it, for an audit after the host has stopped. */
import type { Trader } from "./galaxy.ts";
import { type BookEntry, bookEntry } from "./mod.ts";

/** The one thing that is needed of a database. */
export interface BooksSource {
  prepare(sql: string): { all(): Record<string, unknown>[] };
}

/** All traders of all games, by game and name. Throws what the database throws, as when it is not a host's. */
export function readBooks(db: BooksSource): BookEntry[] {
  const rows = db.prepare("SELECT game, body FROM rows WHERE kind = 'trader' ORDER BY game, id").all();
  return rows.map(({ game, body }) => bookEntry(String(game), JSON.parse(String(body)) as Trader));
}
