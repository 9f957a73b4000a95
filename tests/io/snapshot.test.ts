import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeSnapshot } from "../../src/io/snapshot.ts";
import { swarmStatus } from "../../src/swarm/totals.ts";
import { playing, stage } from "../swarm/stories.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-snapshot-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const status = () => {
  const on = stage();
  playing(on, "a");
  playing(on, "b");
  return swarmStatus(on.state, { version: "1.0", degraded: undefined }, 9);
};

test("the snapshot has the moment, the totals, and each bot under its name, for its owner alone", () => {
  const file = join(folder, "swarm.json");
  writeFileSync(file, "what was there before", { mode: 0o644 });
  writeFileSync(`${file}.draft`, "left by a killed process", { mode: 0o644 });
  writeSnapshot(file, status(), Date.UTC(2026, 10, 23, 1));
  const read = JSON.parse(readFileSync(file, "utf8"));
  const { bots, ...totals } = status();
  expect(read).toEqual({
    timestamp: "2026-11-23T01:00:00.000Z",
    ...totals,
    bots: { a: bots[0], b: bots[1] },
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["swarm.json"]);
});

test("one that cannot be written leaves the one before it, and no draft", () => {
  const file = join(folder, "taken.json");
  // A folder of that name is no file to be replaced.
  const inside = join(folder, "nowhere", "swarm.json");
  expect(() => writeSnapshot(inside, status(), 1)).toThrow("ENOENT");
  writeSnapshot(file, status(), 1);
  const before = readFileSync(file, "utf8");
  const endless = { ...status(), version: 1n as never };
  expect(() => writeSnapshot(file, endless, 2)).toThrow();
  expect(readFileSync(file, "utf8")).toBe(before);
  expect(readdirSync(folder).filter((name) => name.endsWith(".draft"))).toEqual([]);
});
