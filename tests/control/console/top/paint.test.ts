import { expect, test } from "bun:test";
import { rendered } from "../../../../src/control/console/cells.ts";
import { createPainter } from "../../../../src/control/console/top/paint.ts";
import type { Size, Top } from "../../../../src/control/console/top/state.ts";
import { step } from "../../../../src/control/console/top/step.ts";
import { view } from "../../../../src/control/console/top/view.ts";
import { manyBots, snapshotOf, topOf } from "./swarm.ts";

const pressed = (state: Top, ...keys: readonly string[]) =>
  keys.reduce((before, key) => step(before, { type: "pressed", at: 0, key }).state, state);

/** A terminal that knows what is sent to it, and nothing else. */
function terminal({ columns, rows }: Size) {
  const lines = Array.from({ length: rows }, () => Array.from({ length: columns }, () => " "));
  let [row, column] = [0, 0];
  const write = (text: string) => {
    // oxlint-disable-next-line no-control-regex
    for (const [, ats, erases, wipes, styled, letter] of text.matchAll(
      /\x1b\[(\d+;1)H|\x1b\[(K)|\x1b\[(2J)|\x1b\[([0-9;]*m)|([^])/gu,
    )) {
      if (ats) [row, column] = [Number(ats.split(";")[0]) - 1, 0];
      else if (wipes) for (const line of lines) line.fill(" ");
      // A VT100 that has written its last column stands on it still.
      else if (erases) lines[row]!.fill(" ", Math.min(column, columns - 1));
      else if (!styled) lines[row]![column++] = letter!;
    }
  };
  return { write, text: () => lines.map((line) => line.join("")) };
}

test("frame by frame the terminal shows what one whole frame would show, and an unchanged frame is nothing", () => {
  const size = { columns: 80, rows: 24 };
  const seen = terminal(size);
  const painter = createPainter(true);
  let state = topOf(manyBots(60), size);
  const draw = () => {
    const text = painter.paint(view(state), size);
    seen.write(text);
    return text;
  };
  const whole = () =>
    view(state).map(({ spans }) => rendered({ spans }, size.columns, false).padEnd(size.columns));
  const first = draw().length;
  expect(draw()).toBe("");
  for (const key of [
    "down",
    "s",
    "pgdn",
    "/",
    "7",
    "enter",
    "?",
    "esc",
    "K",
    "n",
    "esc",
    "end",
    "a",
    "enter",
  ]) {
    state = step(state, { type: "pressed", at: 0, key }).state;
    draw();
    expect(seen.text()).toEqual(whole());
  }
  state = pressed(state, "esc", "home");
  draw();
  const bots = manyBots(60).map((bot, index) => (index === 5 ? { ...bot, credits: 5 } : bot));
  state = step(state, { type: "told", at: 0, message: snapshotOf(bots) }).state;
  const one = draw();
  expect(seen.text()).toEqual(whole());
  expect(one.length).toBeLessThan(first / 5);
  painter.forget();
  expect(draw()).toContain("\x1b[2J");
});
