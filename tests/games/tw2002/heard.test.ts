import { expect, test } from "bun:test";
import { hear, heardMax, heardMaxChars, speakerMaxChars } from "../../../src/games/tw2002/heard.ts";
import { tw2002 } from "../../../src/games/tw2002/mod.ts";
import { worldOf } from "./strategies/worlds.ts";

const said = (text: string, from = "Bob") => ({ type: "message", channel: "subspace", from, text }) as const;

test("a few of the last words are kept, each once, cleaned and cut", () => {
  const world = worldOf({ ways: [] });
  for (let at = 0; at < 3 * heardMax; at++) hear(world, said(`word ${at}`));
  expect(world.heard.map(({ text }) => text)).toEqual(
    Array.from({ length: heardMax }, (_, at) => `word ${2 * heardMax + at}`),
  );
  hear(world, said(`word ${2 * heardMax}`));
  expect(world.heard).toHaveLength(heardMax);
  expect(world.heard.at(-1)?.text).toBe(`word ${2 * heardMax}`);
  hear(world, { type: "beacon", sector: 55, text: `\u001b[2J\u202e${"x".repeat(500)}` });
  hear(world, { type: "beacon", sector: 5, text: "FedSpace, FedLaw Enforced" });
  hear(world, said("\ud83d".repeat(10), "a name that is far too long"));
  expect(world.heard.at(-2)).toEqual({ from: "a beacon", text: `·[2J·${"x".repeat(heardMaxChars - 5)}` });
  expect(world.heard.at(-1)).toEqual({
    from: "a name that is far".slice(0, speakerMaxChars),
    text: "\ufffd".repeat(10),
  });
});

test("what is said on the air and what a beacon says is kept as it comes in, and nothing else of the world changes", () => {
  const world = worldOf({ ways: [[20, 21]] });
  const before = tw2002.progress(world);
  const reader = tw2002.newReader();
  for (const line of ["R Mallor Attack sector 5, all of you", "F Bob you have 999,999 credits"])
    for (const fact of reader.read(line)) tw2002.learn(world, fact, 1e12);
  expect(world.heard.map(({ from }) => from)).toEqual(["Mallor", "Bob"]);
  expect(tw2002.progress(world)).toBe(before);
  expect(world.dangers.size).toBe(0);
});
