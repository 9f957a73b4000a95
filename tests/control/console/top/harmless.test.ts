/** `top` in the face of texts, sizes and keys of every kind. */
import { expect, test } from "bun:test";
import fc from "fast-check";
import { rendered } from "../../../../src/control/console/cells.ts";
import type { TopEvent } from "../../../../src/control/console/top/state.ts";
import { step } from "../../../../src/control/console/top/step.ts";
import { view } from "../../../../src/control/console/top/view.ts";
import { botStates, type BotStatus } from "../../../../src/proto/status.ts";
import { aBot, topOf } from "./swarm.ts";

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ maxLength: 80 }),
  fc.constantFrom(
    "\u001b]52;c;aGk=\u0007",
    "\u001b[2J\u009b31m",
    "\u202egnp.exe",
    "漢字漢字漢字漢字漢字",
    "\ud83d",
    "a\nb\rc\td",
  ),
);
const whole = fc.maxSafeNat();
const anyBot = fc.record({
  state: fc.constantFrom(...botStates),
  trader: hostile,
  credits: whole,
  net_worth: fc.maxSafeInteger(),
  turns_executed: whole,
  turns_max: fc.constantFrom(0, 500, 1e9),
  credits_per_turn: fc.double({ noNaN: true }),
  activity: hostile,
  goal: hostile,
  error: fc.option(hostile, { nil: undefined }),
  labels: fc.dictionary(fc.constantFrom("team", "x"), hostile),
  uptime_seconds: fc.nat(),
});
const anyKey = fc.constantFrom(
  ..."up down pgdn end home enter esc tab left right backspace s S / a u K g y n ? o f 1 2 4 e x 漢 R p".split(
    " ",
  ),
  " ",
);
const anySize = fc.record({
  columns: fc.integer({ min: 1, max: 260 }),
  rows: fc.integer({ min: 1, max: 75 }),
});
const anyEvent: fc.Arbitrary<TopEvent> = fc.oneof(
  { weight: 8, arbitrary: anyKey.map((key) => ({ type: "pressed" as const, at: 1000, key })) },
  hostile.map((text) => ({ type: "pasted" as const, at: 1000, text })),
  anySize.map((size) => ({ type: "resized" as const, at: 1000, size })),
  hostile.map((reason) => ({ type: "closed" as const, at: 1000, reason, final: reason.length > 9 })),
  hostile.map((detail) => ({
    type: "answered" as const,
    at: 1000,
    action: "kill" as const,
    results: [{ bot_id: "bot_0", ok: false, detail }],
  })),
  hostile.map((text) => ({
    type: "seen" as const,
    at: 1000,
    bot: "bot_0",
    found: {
      events: [{ type: "noted", bot: "bot_0", at: 0, severity: "error" as const, text }],
      screen: { rows: [text, "x".repeat(80)], cursor: { row: 24, column: 79 }, at: 0, live: false },
    },
  })),
);

test("whatever is told, pressed and resized, each row fits, and nothing steers the terminal but our own sequences", () => {
  // oxlint-disable-next-line no-control-regex
  const ours = /\x1b\[[0-9;]*m/g;
  const property = fc.property(
    fc.array(anyBot, { maxLength: 30 }),
    anySize,
    fc.array(anyEvent, { maxLength: 20 }),
    fc.boolean(),
    hostile,
    (parts, size, events, colour, title) => {
      const bots = parts.map((part, index) => ({ ...aBot(`bot_${index}`), ...part }) as BotStatus);
      let state = topOf(bots, size, { title });
      for (const event of events) state = step(state, event).state;
      const rows = view(state);
      expect(rows).toHaveLength(state.size.rows);
      for (const row of rows) {
        const text = rendered(row, state.size.columns, colour);
        const bare = text.replaceAll(ours, "");
        expect(Bun.stringWidth(bare)).toBeLessThanOrEqual(state.size.columns);
        expect(bare).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        if (!colour) expect(text.replaceAll(/\x1b\[(7|0)m/g, "")).toBe(bare);
      }
    },
  );
  fc.assert(property, { numRuns: 150, seed: 2002 });
}, 30_000);
