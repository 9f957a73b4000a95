/** Every trader's standing as the host's database has it, for an audit after the host has stopped. */
import { type BookEntry, bookEntry } from "./mod.ts";
import type { Ship, Trader } from "./things.ts";

/** The one thing that is needed of a database. */
interface BooksSource {
  prepare(sql: string): { all(): Record<string, unknown>[] };
}

/** All traders of all games, by game and name. Throws what the database throws, as when it is not a host's. */
export function readBooks(db: BooksSource): BookEntry[] {
  const rows = db
    .prepare(
      `SELECT trader.game AS game, trader.body AS body, ship.body AS ship
       FROM rows AS trader
       JOIN rows AS ship ON ship.game = trader.game AND ship.kind = 'ship'
         AND ship.id = json_extract(trader.body, '$.ship')
       WHERE trader.kind = 'trader' ORDER BY trader.game, trader.id`,
    )
    .all();
  return rows.map(({ game, body, ship }) =>
    bookEntry(String(game), {
      ...(JSON.parse(String(body)) as Trader),
      ship: JSON.parse(String(ship)) as Ship,
    }),
  );
}
