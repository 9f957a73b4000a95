/** However a manager ends, it leaves no process and no line to the game behind. */
import { afterEach, expect, test } from "bun:test";
import { endManager, type Ending } from "./storm/ends.ts";
import { makeField, type Field } from "./storm/field.ts";

const bots = 8;
const graceS = 2;
/** Logging off takes a few answers of the game. */
const logOffMs = 8000;

let field: Field;
afterEach(() => field?.close());

const endings: readonly (readonly [Ending, code: number | undefined])[] = [
  ["SIGTERM", 0],
  ["SIGINT", 130],
  ["killed, started again, SIGTERM", 0],
  ["killed for good", undefined],
];
test.each(endings)(
  "%s leaves nothing behind",
  async (ending, code) => {
    field = await makeField({ latencyMs: 20, manager: { orphan_grace: graceS } });
    await field.startManager();
    await field.spawn(bots);
    await field.allPlaying();
    const figures = await endManager(field, ending, graceS * 1000 + logOffMs);
    console.log(`R7: ${ending}: nothing left after ${figures.tookMs.toFixed(0)} ms`);
    expect(figures).toMatchObject({ code, processes: 0, lines: 0 });
  },
  60_000,
);
