/** A seat in a process that many bots share: whatever one of them throws stays in it. */
import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readLastScreen } from "../src/io/last-screen.ts";
import type { Line } from "../src/io/link.ts";
import { createSeat } from "../src/packed.ts";
import type { Play } from "../src/play.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-seat-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function scene() {
  const said: unknown[] = [];
  const log: string[] = [];
  const deeds: string[] = [];
  const made = createSeat(
    "a",
    folder,
    { send: (bot, message) => void said.push([bot, message]) },
    (event, details) => void log.push(`${event} ${String(details?.["text"])}`),
  );
  const play: Play = {
    step: () => {},
    told: () => {},
    unlinked: () => {},
    leave: (reason) => void deeds.push(`leave: ${reason}`),
    leaving: () => false,
    drop: () => void deeds.push("drop"),
    past: () => "",
  };
  return { ...made, play, said, log, deeds };
}

test("what a bot throws drops that bot, and is told in its log", () => {
  const { berth, play, log, deeds } = scene();
  berth.plays(play);
  berth.enter(() => {
    // What it enters on its way counts as one visit.
    berth.enter(() => {
      throw new Error("a mistake");
    });
    deeds.push("went on");
  });
  expect(deeds).toEqual(["drop"]);
  expect(log).toHaveLength(1);
  expect(log[0]).toStartWith("error Error: a mistake");
  expect(log[0]).toContain("packed.test.ts");
  berth.enter(() => void deeds.push("enters again"));
  expect(deeds).toEqual(["drop", "enters again"]);
});

test("the time that it takes is its own", async () => {
  const { berth } = scene();
  const busy = (ms: number) => {
    for (const until = performance.now() + ms; performance.now() < until;);
  };
  expect(berth.usedMs()).toBe(0);
  berth.enter(() => {
    busy(5);
    // Also while it is still at it.
    expect(berth.usedMs()).toBeGreaterThanOrEqual(5);
    berth.enter(() => busy(5));
  });
  busy(50);
  await Bun.sleep(5);
  expect(berth.usedMs()).toBeWithin(10, 45);
});

test("its line carries what it says under its name, until it is closed; then nothing is said or heard", () => {
  const { seat, berth, said } = scene();
  const heard: unknown[] = [];
  let line: Line | undefined;
  berth.line!({
    opened: (opened) => (line = opened),
    heard: (message) => heard.push(message),
    closed: (reason) => heard.push(reason),
  });
  line!.send({ type: "playing" });
  seat.heard({ type: "dial" });
  expect(said).toEqual([["a", { type: "playing" }]]);
  seat.unlink();
  seat.unlink();
  line!.send({ type: "playing" });
  seat.heard({ type: "dial" });
  expect(said).toHaveLength(1);
  expect(heard).toEqual([{ type: "dial" }, "The manager is gone"]);
});

test("a signal to the process asks it to leave; its last screen stays in its folder", () => {
  const { seat, berth, play, deeds } = scene();
  seat.leave();
  berth.plays(play);
  seat.leave();
  expect(deeds).toEqual(["leave: asked to end"]);
  seat.keepScreen();
  expect(readLastScreen(folder)).toBeUndefined();
  berth.leaves(folder, () => "Goodbye");
  seat.keepScreen();
  expect(readLastScreen(folder)?.text).toBe("Goodbye");
});
