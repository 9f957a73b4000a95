import { expect, test } from "bun:test";
import { createChoices } from "../../src/player/choices.ts";
import { WorkerMessage } from "../../src/proto/link.ts";
import { choicesMax, linkMessageMaxBytes } from "../../src/proto/orders.ts";

test("the last choices are kept, the oldest first", () => {
  const choices = createChoices();
  expect(choices.told()).toEqual([]);
  for (let n = 0; n < choicesMax + 3; n++) choices.add(n + 0.7, "trade", `reason ${n}`, n);
  const told = choices.told();
  expect(told).toHaveLength(choicesMax);
  expect(told[0]).toEqual({ at: 3, intent: "trade", why: "reason 3", sector: 3 });
  expect(told.at(-1)?.sector).toBe(choicesMax + 2);
});

test("whatever words the game puts in, all of them fit into one message", () => {
  const choices = createChoices();
  for (let n = 0; n < choicesMax; n++)
    choices.add(Date.UTC(2026, 1, 2), "\u001b\u2588".repeat(99), "\u2588\u0000\u202e".repeat(999), 30_000);
  const message = { type: "recounted", choices: choices.told() };
  expect(WorkerMessage.parse(message)).toEqual(message as never);
  expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(linkMessageMaxBytes);
  // oxlint-disable-next-line no-control-regex
  expect(JSON.stringify(message)).not.toMatch(/[\u0000-\u001f\u202e]|\\u/);
});
