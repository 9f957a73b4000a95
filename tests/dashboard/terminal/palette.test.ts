import { expect, test } from "bun:test";
import { contrast, contrastMin, readableInk, rules } from "../../../src/dashboard/terminal/palette.ts";

const all = Array.from({ length: 16 }, (_, index) => index);

test("each ink can be read on each paper but its own, where it is meant not to be seen", () => {
  for (const paper of all)
    for (const ink of all) {
      const own = readableInk(paper, paper);
      if (ink === paper) continue;
      expect(contrast(readableInk(ink, paper), own)).toBeGreaterThanOrEqual(contrastMin);
    }
});

test("ink that can be read is left as it was", () => {
  expect(readableInk(7, 0)).toEqual([0xaa, 0xaa, 0xaa]);
  expect(readableInk(15, 4)).toEqual([255, 255, 255]);
  expect(rules()).toContain(".ink-4{color:#0000aa}");
  expect(rules()).toContain(".readable .ink-4.paper-0{color:#");
  expect(rules()).not.toContain(".readable .ink-7.paper-0{");
});

test("contrast is measured as the guidelines say", () => {
  expect(contrast([255, 255, 255], [0, 0, 0])).toBeCloseTo(21, 5);
  expect(contrast([0x77, 0x77, 0x77], [255, 255, 255])).toBeCloseTo(4.48, 2);
});
