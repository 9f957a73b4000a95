import { expect, test } from "bun:test";
import { createPicture } from "../../../src/control/terminal/picture.ts";
import { TerminalTold } from "../../../src/proto/terminal-view.ts";
import { ScreenShot } from "../../../src/proto/terminal-view.ts";
import { terminalRingMax } from "../../../src/proto/terminal.ts";

test("a screen is what the game drew, and who comes later is told how it came about", () => {
  const picture = createPicture();
  picture.wrote("Sector  : \u001b[1;33m852\u001b[0m\r\nCommand [TL=00:00:00]:? ", true, 5);
  picture.wrote("D\r\n", false, 7);
  expect(picture.shot(true)).toEqual({
    rows: ["Sector  : 852", "Command [TL=00:00:00]:? D", ""],
    cursor: { row: 2, column: 0 },
    at: 7,
    live: true,
  });
  const later = createPicture();
  later.wrote(picture.past(), true, 7);
  expect(later.shot(true)).toEqual(picture.shot(true));
});

test("what comes fresh begins anew", () => {
  const picture = createPicture();
  picture.wrote("old\u001b[", true, 1);
  picture.wrote("new", true, 2);
  expect(picture.shot(false)).toMatchObject({ rows: ["new"], at: 2, live: false });
  expect(picture.past()).toBe("new");
});

test("the past is bounded, and begins with a line rather than in the middle of a sequence", () => {
  const picture = createPicture();
  for (let n = 0; n < 2000; n++) {
    picture.wrote(`line ${n} \u001b[1;31mred\u001b[0m\r\n`, false, n);
    expect(picture.past().length).toBeLessThanOrEqual(terminalRingMax);
  }
  expect(picture.past()).toStartWith("line ");
  expect(picture.past().length).toBeGreaterThan(terminalRingMax - 100);
  picture.wrote("x".repeat(3 * terminalRingMax), false, 1);
  expect(picture.past()).toBe("x".repeat(terminalRingMax));
});

test("whatever is written, a row is text of one line, and viewers are told nothing that CP437 does not have", () => {
  const picture = createPicture();
  const all = Array.from({ length: 0x300 }, (_, unit) => String.fromCharCode(unit)).join("");
  const hostile = `${all}\u202e\u2028\ufeff\ud83d\ude00\ud800\u001b]0;title\u0007\u001bP q\u001b\\\u001b[9999;9999H\u001b[999999Cx`;
  const told = picture.wrote(hostile, true, 1);
  TerminalTold.parse({ type: "shown", text: told });
  // oxlint-disable-next-line no-control-regex
  expect(told).not.toMatch(/[\u0080-\u009f\u200b-\u202e\ufeff\ud800-\udfff]/);
  const shot = ScreenShot.parse(picture.shot(true));
  // oxlint-disable-next-line no-control-regex
  expect(shot.rows.join("")).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  expect(picture.past()).toBe(told);
});

test("a picture of what a fast bot writes costs next to nothing", () => {
  const picture = createPicture();
  const piece = "\u001b[1;36mSector\u001b[0m  : 852 in uncharted space.\r\n".repeat(20);
  const began = performance.now();
  for (let n = 0; n < 1000; n++) picture.wrote(piece, false, n);
  // A thousand pieces of 900 characters: fifty seconds of a bot that writes without a pause.
  expect(performance.now() - began).toBeLessThan(1500);
});
