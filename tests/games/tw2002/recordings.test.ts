import { expect, test } from "bun:test";
import { tw2002 } from "../../../src/games/tw2002/mod.ts";
import { capturesMissing, readSession, serverBytes, sessionNames, whyMissing } from "../../captures.ts";
import { everyWay } from "../../cuts.ts";
import { createReading } from "./reading.ts";

const sessions = capturesMissing ? [] : sessionNames();
/** Met only when nothing has followed for a while: what goes on at once was none. */
const doubtful = new Set<string>(tw2002.doubtful);

test.skipIf(capturesMissing)(`every session tells the same facts however it is cut${whyMissing}`, () => {
  let facts = 0;
  for (const name of sessions) {
    const bytes = serverBytes(name);
    const told = everyWay(bytes, 7).map(({ how, pieces }) => {
      const reading = createReading();
      for (const piece of pieces) reading.feed(piece);
      return { how, facts: JSON.stringify(reading.facts), count: reading.facts.length };
    });
    for (const { how, facts } of told) {
      if (facts !== told[0]!.facts) throw new Error(`${name}, ${how}: other facts than in one piece`);
    }
    facts += told[0]!.count;
  }
  expect(facts).toBeGreaterThan(4000);
});

test.skipIf(capturesMissing)(`no prompt is seen in the middle of a line, byte by byte${whyMissing}`, () => {
  const wrong: string[] = [];
  for (const name of sessions) {
    const reading = createReading();
    let typed = "";
    for (const event of readSession(name)) {
      if (event.from === "closed") reading.feed(Uint8Array.of(0x0a));
      if (event.from === "client") typed += new TextDecoder("latin1").decode(event.bytes).toUpperCase();
      if (event.from !== "server") continue;
      for (const byte of event.bytes) reading.feed(Uint8Array.of(byte));
    }
    for (const { text, type, finished } of reading.asked) {
      // What follows the prompt on its line must be what was typed there, or the game's word for that key. A prompt
      // may also be seen again when it is printed again, or grow, as [Pause] does for those who let it wait.
      if (doubtful.has(type) || finished === undefined || text === "" || !finished.startsWith(text)) continue;
      const rest = finished.slice(text.length).trim();
      if (/^(Yes|No|ENDINTERROG|\**|\d*)$/.test(rest) || typed.includes(rest.toUpperCase())) continue;
      if (text === "[Pause]" && rest.startsWith("- [Press Space or Enter")) continue;
      wrong.push(`${name}: ${type} "${text}" in "${finished}"`);
    }
  }
  expect(wrong).toEqual([]);
});
