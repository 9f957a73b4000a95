/** The harness looked at by itself: what it must see, and what it must not be led astray by. */
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { capturesDir, capturesMissing, whyMissing } from "../captures.ts";
import { connectedAt } from "./clock.ts";
import { compare } from "./compare.ts";
import { dealsIn, solve } from "./deals.ts";
import { align } from "./diff.ts";
import type { Exception } from "./exceptions.ts";
import { masked } from "./masks.ts";
import { createOracle } from "./oracle.ts";
import { plain } from "./plain.ts";
import { recordingOf, type Step } from "./recording.ts";
import { replayRecording } from "./replay.ts";
import { createSectorReader } from "./revealed/sector.ts";
import type { Performance } from "./play.ts";
import { linesOf } from "./screen.ts";
import { factsIn } from "./standing.ts";

const step = (expected: string, keys = "D", label = "here"): Step => ({
  label,
  t: 1,
  keys: [{ t: 1, text: keys }],
  expected,
});
const performed = (expected: string, written: string): Performance =>
  ({
    steps: [{ step: step(expected), connection: 0, written, lost: false }],
    corrections: [],
    failures: [],
    screens: [],
  }) as unknown as Performance;
const verdictOn = (expected: string, written: string, exceptions: Exception[] = []) =>
  compare("a recording", performed(expected, written), exceptions);

const event = (t: number, d: string, text: string) =>
  JSON.stringify(
    d === "L" ? { t, d, label: text } : { t, d, hex: Buffer.from(text, "latin1").toString("hex") },
  );

test("one missing line does not spoil those after it", () => {
  const hunks = align(["a", "b", "c", "d"], ["a", "c", "x", "d"]);
  expect(hunks.filter(({ same }) => !same).map(({ left, right }) => [left, right])).toEqual([
    [["b"], []],
    [[], ["x"]],
  ]);
});

test("a line in a wrong colour differs, a line ended in another way differs", () => {
  const right = "\x1b[32mhello\r\x1b[0m\n";
  expect(verdictOn(right, right)).toMatchObject({ lines: 1, matched: 1, missing: 0, extra: 0 });
  expect(verdictOn(right, "\x1b[33mhello\r\x1b[0m\n")).toMatchObject({ matched: 0, missing: 1, extra: 1 });
  expect(verdictOn(right, "\x1b[32mhello\r\n")).toMatchObject({ matched: 0, missing: 1, extra: 1 });
  expect(verdictOn(right, `${right}more`)).toMatchObject({ matched: 1, missing: 0, extra: 1 });
});

test("a mask hides its figure and nothing else of the line", () => {
  const line = (ports: string, most: string) =>
    `\x1b[32mPorts in game    : \x1b[1;36m${ports}\x1b[0;32m of max \x1b[1;36m${most}\r`;
  expect(masked(line("381  ", "400"))).toBe(masked(line("0    ", "400")));
  expect(masked(line("381  ", "400"))).not.toBe(masked(line("381  ", "500")));
  expect(masked("\x1b[32mYou have \x1b[1;33m300")).toBe("\x1b[32mYou have \x1b[1;33m300");
});

test("an exception covers the lines between its marks, and ours in their place, no others", () => {
  const story: Exception = {
    recording: /^a/,
    label: /^here$/,
    between: [/^begin$/, /^end$/],
    reason: "prose: our own words",
  };
  const real = "begin\ntheir\nwords\nend\ncount 1\n";
  const covered = verdictOn(real, "begin\nours\nend\ncount 1\n", [story]);
  expect(covered).toMatchObject({ matched: 3, missing: 0, extra: 0 });
  expect(covered.excepted.get("prose: our own words")).toBe(2);
  expect(verdictOn(real, "begin\nours\nend\ncount 2\n", [story])).toMatchObject({ missing: 1, extra: 1 });
  expect(verdictOn("begin\ntheir\ncount 1\n", "begin\nours\n", [story])).toMatchObject({
    missing: 2,
    extra: 1,
  });
  expect(verdictOn("count 1\n", "count 1\n", [story]).used.size).toBe(0);
});

test("keys that do not wait for an answer are one step; a label without keys begins another", () => {
  const { connections } = recordingOf(
    "x",
    [
      event(1, "C", "A"),
      event(1.1, "C", "B"),
      event(1.3, "S", "A\r\nB"),
      event(2, "L", "later"),
      event(2.5, "S", "news"),
      event(3, "C", "Q"),
      event(0.1, "S", "again"),
    ].join("\n"),
  );
  expect(
    connections.map(({ steps }) => steps.map(({ t, keys, expected }) => [t, keys.length, expected])),
  ).toEqual([
    [
      [1, 2, "A\r\nB"],
      [2, 0, "news"],
      [3, 1, ""],
    ],
    [[0.1, 0, "again"]],
  ]);
});

test("the clock stands so that all dates fall into their second", () => {
  const at = (t: number, shown: string): Step => ({
    ...step(`Commerce report for X: ${shown}\r\n`),
    keys: [{ t, text: "T" }],
  });
  const steps = [at(10.9, "02:14:15 PM Mon Nov 22, 2038"), at(20.1, "02:14:24 PM Mon Nov 22, 2038")];
  const zero = connectedAt({ steps, ended: 30, closed: true }) ?? 0;
  for (const [t, second] of [
    [10.9, 15],
    [20.1, 24],
  ] as const) {
    expect(new Date(zero + t * 1000).getUTCSeconds()).toBe(second);
  }
});

describe("the oracle", () => {
  test("picks what the recording says next, once each", () => {
    const oracle = createOracle([]);
    oracle.begin(0, "\x1b[36mSOLD!  Come back\r\nDone, we'll\r\nSOLD!  Come back\r\n", "");
    const pick = () => oracle.dice.pick(["Done, we'll", "SOLD!  Come back"], "a port's words");
    expect([pick(), pick(), pick()]).toEqual(["SOLD!  Come back", "Done, we'll", "SOLD!  Come back"]);
  });

  test("reads a figure off the screen, and counts a throw of which the screen says nothing", () => {
    const oracle = createOracle([]);
    oracle.begin(0, "You destroyed \x1b[1;33m70\x1b[0;32m enemy fighters.\r\n", "");
    expect(oracle.dice.between(60, 90, "fighters destroyed in an attack")).toBe(70);
    expect(oracle.unknown.size).toBe(0);
    expect(oracle.dice.between(1, 9, "the weather")).toBe(5);
    expect(oracle.unknown.get("the weather")).toBe(1);
  });

  test("knows whether the next offer is the last, offer by offer", () => {
    const oracle = createOracle([]);
    oracle.begin(0, "We'll sell them for 100 credits.\r\nOur final offer is 90 credits.\r\n", "");
    const final = () => oracle.dice.chance(0.2, "a final offer");
    expect([final(), final()]).toEqual([false, true]);
  });
});

test("a haggle is read off the screen, and hidden numbers are found under which it goes as recorded", () => {
  const screen = [
    "Commerce report for Guatama: 02:14:15 PM Mon Nov 22, 2038",
    "We are selling up to 1990.  You have 0 in your holds.",
    "How many holds of Equipment do you want to buy [18]? 10",
    "Agreed, 10 units.",
    "We'll sell them for 653 credits.",
    "Your offer [653] ? 600",
    "",
    "We'll sell them for 645 credits.",
    "Your offer [645] ? 61\b \b10",
    "",
    "We'll sell them for 642 credits.",
    "Your offer [642] ? 620",
    "Agreed, and a pleasure doing business with you!",
    "For your great trading you receive 2 experience point(s).",
    "",
    "You have 380 credits and 10 empty cargo holds.",
    "",
  ];
  const [deal, ...others] = dealsIn(linesOf([step(screen.join("\r\n"))]));
  expect(others).toEqual([]);
  expect(deal).toMatchObject({ port: "Guatama", units: 10, end: "accepted", reward: "great", day: 1 });
  expect(deal?.offers.map(({ counter }) => counter)).toEqual([600, 610, 620]);
  const known = deal ? [{ ...deal, experience: 1 }] : [];
  expect(solve("Equipment", known, [199]).unexplained).toEqual([]);
  const other = known.map((one) => ({
    ...one,
    offers: one.offers.map((offer) => ({ ...offer, shown: offer.shown + 9 })),
  }));
  expect(solve("Equipment", other, [199]).unexplained.length).toBe(1);
});

test("a sector's display is read line by line", () => {
  const read = createSectorReader();
  let block;
  for (const line of [
    "Sector  : 420 in uncharted space (unexplored).",
    "Ports   : Lagrange Minor, Class 2 (BSB)",
    "Planets : (M) Newhope",
    "          (K) Dust",
    "Alien Tr: Sergeant Loma Chairush, w/ 144 ftrs,",
    "           in Echiuj Nuqichoc (Axis Industries Scout Marauder)",
    "Fighters: 5,000 (Rogue Mercenaries) [Defensive]",
    "NavHaz  : 1% (Space Debris/Asteroids)",
    "Mines   : 5 (Type 1 Armid) (yours)",
    "        : 3 (Type 2 Limpet) (yours)",
    "Warps to Sector(s) :  70 - (475) - (569)",
  ]) {
    block = read(line) ?? block;
  }
  expect(block).toMatchObject({
    number: 420,
    port: { name: "Lagrange Minor", portClass: 2 },
    planets: [{ name: "Newhope" }, { name: "Dust", type: "K" }],
    aliens: [{ fighters: 144, ship: "Echiuj Nuqichoc", type: "Axis Industries Scout Marauder" }],
    fighters: { count: 5000, owner: "Rogue Mercenaries", mode: "defensive" },
    navHaz: 1,
    armids: { count: 5, owner: "yours" },
    limpets: { count: 3 },
  });
});

test("what a screen says of the player is found in lists and in passing", () => {
  const facts = factsIn([
    " Sect 70\xb3Turns 29,997\xb3Creds 3,435,248\xb3Figs 1",
    "Total Holds    : 75 - Organics=16 Empty=59",
    "One turn deducted, 216 turns left.",
  ]);
  const of = (field: string) => facts.filter((fact) => fact.field === field).map(({ value }) => value);
  expect(of("credits")).toEqual([3_435_248]);
  expect(of("turns")).toEqual([29_997, 216]);
  expect(of("organics")).toEqual([16]);
  expect(of("ore")).toEqual([0]);
});

test.skipIf(capturesMissing)(
  `a colour planted in a recording is found, and only it${whyMissing}`,
  async () => {
    const text = readFileSync(join(capturesDir, "sessions", "17-type-ahead.jsonl"), "utf8");
    const hex = (words: string) => Buffer.from(words, "latin1").toString("hex");
    const right = hex("\x1b[1;32mSector  ");
    expect(text.split(right).length).toBeGreaterThan(2);
    const planted = text.replace(right, hex("\x1b[1;31mSector  "));
    const before = await replayRecording(recordingOf("17-type-ahead", text));
    const after = await replayRecording(recordingOf("17-type-ahead", planted));
    expect(after.missing + after.extra).toBe(before.missing + before.extra + 2);
    const lines = after.differences.flatMap(({ missing }) => missing.map(plain));
    expect(lines.filter((line) => line.startsWith("Sector  : 711")).length).toBe(1);
  },
);
