import { expect, test } from "bun:test";
import { noteOf, type Stand } from "../../../src/dashboard/terminal/note.ts";

const stand: Stand = { line: "open", hasSeen: true, live: true, ended: false };

test("a screen that is as it stands needs no note", () => {
  expect(noteOf(stand)).toBeUndefined();
});

test("a note tells why a screen is old, the gravest reason first", () => {
  const notes = [
    { ...stand, ended: true, line: "lost" as const, live: false },
    { ...stand, line: "lost" as const, live: false },
    { ...stand, live: false },
  ].map(noteOf);
  expect(notes[0]).toContain("has ended: this was its last screen");
  expect(notes[1]).toContain("No line to the manager");
  expect(notes[2]).toContain("no line to its game just now");
});

test("where nothing was seen yet, no screen is spoken of", () => {
  const unseen = { ...stand, hasSeen: false };
  expect(noteOf({ ...unseen, ended: true })).toContain("its last screen is not known");
  expect(noteOf({ ...unseen, line: "lost" })).toBe("No line to the manager; trying again");
  expect(noteOf({ ...unseen, live: false })).toBe("The bot has no line to its game yet");
  expect(noteOf(unseen)).toContain("Waiting");
});

test("of a bot that has ended it is not said that nothing is known before the manager could tell", () => {
  const asking: Stand = { line: "dialling", hasSeen: false, live: true, ended: true };
  expect(noteOf(asking)).toBe("Asking for its last screen");
  expect(noteOf({ ...asking, line: "lost" })).toBe("No line to the manager; trying again");
});
