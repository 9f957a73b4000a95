/**
 * Prints the hashes, for reader/texts/prose.ts, of the lines of recordings that nothing explains: after looking at each of them.
 *   bun tests/games/tw2002/prose.ts NAME…     recorded sessions, by name; all without one
 */
import { createExplainer } from "../../../src/games/tw2002/reader/explain.ts";
import { proseHash } from "../../../src/games/tw2002/reader/texts/prose.ts";
import { createLine } from "../../../src/player/line.ts";
import { readSession, sessionNames } from "../../captures.ts";

const names = process.argv.slice(2);
const told = new Set<number>();
for (const name of names.length > 0 ? names : sessionNames()) {
  const line = createLine();
  const explain = createExplainer();
  for (const event of readSession(name)) {
    if (event.from !== "server") continue;
    for (const read of line.feed(event.bytes).events) {
      if (read.type !== "line" || explain(read.text).kind !== "unknown") continue;
      const hash = proseHash(read.text);
      if (told.has(hash)) continue;
      told.add(hash);
      console.info(`0x${hash.toString(16).padStart(8, "0")}, ${read.text}`);
    }
  }
}
