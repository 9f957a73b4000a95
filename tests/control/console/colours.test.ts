import { expect, test } from "bun:test";
import { colourTold, palette } from "../../../src/control/console/colours.ts";
import { botStates } from "../../../src/proto/status.ts";
import { typed } from "../../doubles/console.ts";

test("NO_COLOR goes before FORCE_COLOR, and an empty one says nothing", () => {
  expect(colourTold({})).toBeUndefined();
  expect(colourTold({ NO_COLOR: "", FORCE_COLOR: "" })).toBeUndefined();
  expect(colourTold({ NO_COLOR: "0", FORCE_COLOR: "1" })).toBe(false);
  expect(colourTold({ FORCE_COLOR: "1" })).toBe(true);
  expect(colourTold({ FORCE_COLOR: "0" })).toBe(false);
  expect(colourTold({ NO_COLOR: "", CLICOLOR_FORCE: "1" })).toBe(true);
});

test("every state has its colour, and without colours its plain name", () => {
  for (const state of botStates) {
    expect(Bun.stripANSI(palette(true).state(state, state))).toBe(state);
    expect(palette(true).state(state, state)).not.toBe(state);
    expect(palette(false).state(state, state)).toBe(state);
  }
});

const isColoured = async (...how: Parameters<typeof typed>) => (await typed(...how)).out.includes("\u001b[");

test("--color goes before the settings, and both before what the terminal says", async () => {
  const settings = (color: "always" | "never" | "auto") => ({ doors: { settings: async () => ({ color }) } });
  expect(await isColoured("status")).toBe(false);
  expect(await isColoured("status", { colour: true })).toBe(true);
  expect(await isColoured("status --color never", { colour: true })).toBe(false);
  expect(await isColoured("status --color always")).toBe(true);
  expect(await isColoured("status", settings("always"))).toBe(true);
  expect(await isColoured("status", { ...settings("never"), colour: true })).toBe(false);
  expect(await isColoured("status --color auto", { ...settings("always"), colour: false })).toBe(false);
  expect(await isColoured("status --json --color always")).toBe(false);
});
