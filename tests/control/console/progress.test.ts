import { expect, test } from "bun:test";
import { progressLines, startProgress } from "../../../src/control/console/progress.ts";
import type { Tally } from "../../../src/control/console/wishes.ts";
import { stage } from "../../doubles/console.ts";

const half: Tally = {
  total: 111,
  spawned: 91,
  registered: 80,
  loggedIn: 56,
  retrying: 1,
  failed: 2,
  reached: 56,
  hopeless: 2,
};

test("a bar and the counts fit every terminal", () => {
  expect(progressLines("running", half, 72, 80)).toEqual([
    "111 bots [####################····················]  50% running, 1m12s",
    "91 spawned, 80 registered, 56 logged in, 2 failed, 1 trying again",
  ]);
  for (let columns = 1; columns < 120; columns++)
    for (const line of progressLines("COMPLETED", { ...half, total: 5000 }, 7200, columns))
      expect(line.length).toBeLessThanOrEqual(Math.max(columns - 1, 1));
  expect(progressLines("running", { ...half, reached: 111 }, 1, 80)[0]).toContain("#".repeat(40));
});

test("a person sees two lines drawn anew in place, at most ten times a second", () => {
  const { doors, told, pass } = stage({ tty: 80 });
  const progress = startProgress(doors, "running");
  for (let i = 0; i < 100; i++) {
    progress.show(half, i / 100);
    pass(10);
  }
  expect(told.err.split("\u001b[2A\r\u001b[J")).toHaveLength(10);
  progress.end({ ...half, reached: 111 }, 2);
  expect(told.err).toEndWith(
    `\u001b[2A\r\u001b[J${progressLines("running", { ...half, reached: 111 }, 2, 80).join("\n")}\n`,
  );
  expect(told.out).toBe("");
});

test("in a pipe there are plain lines, at most one in two seconds, and none that says the same again", () => {
  const { doors, told, pass } = stage();
  const progress = startProgress(doors, "healthy");
  for (let i = 0; i < 500; i++) {
    progress.show(i < 400 ? half : { ...half, loggedIn: 57 }, i / 100);
    pass(10);
  }
  progress.end({ ...half, loggedIn: 57 }, 5);
  expect(told.err).toBe(
    "0s  111 bots: 91 spawned, 80 registered, 56 logged in, 2 failed, 1 trying again, 56 healthy\n" +
      "4s  111 bots: 91 spawned, 80 registered, 57 logged in, 2 failed, 1 trying again, 56 healthy\n",
  );
});

test("what is said beside it stands above it", () => {
  const { doors, told, pass } = stage({ tty: 40 });
  const progress = startProgress(doors, "running");
  progress.show(half, 0);
  progress.say("The line is gone");
  pass(100);
  progress.show(half, 1);
  expect(told.err).toContain("\u001b[2A\r\u001b[JThe line is gone\n111 bots");
});
