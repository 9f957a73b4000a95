import { afterAll, expect, test } from "bun:test";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSeries } from "../src/io/series.ts";
import { swarmStatus } from "../src/swarm/totals.ts";
import { keepTelemetry, type TelemetryParts } from "../src/telemetry-keep.ts";
import { playing, report, stage } from "./swarm/stories.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-telemetry-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const about = { version: "1.0", degraded: undefined };

function scene(change: Partial<TelemetryParts> = {}) {
  const on = stage();
  playing(on, "a");
  const complaints: unknown[] = [];
  const clock = { at: 1000 };
  const telemetry = keepTelemetry({
    status: () => swarmStatus(on.state, about, clock.at),
    series: undefined,
    store: { backup: () => {}, prune: () => {} },
    snapshotFile: undefined,
    now: () => clock.at,
    complain: (error) => complaints.push(error),
    ...change,
  });
  return { on, telemetry, complaints, clock };
}

test("samples are taken of the swarm and of its bots, and asked for again", async () => {
  const series = (await openSeries(join(folder, "series.db"), () => {}))!;
  const { on, telemetry, clock, complaints } = scene({ series });
  telemetry.sample();
  on.happened({ type: "reported", bot: "a", report: report({ credits: 900 }), at: 2 });
  clock.at = 21_000;
  telemetry.sample();
  telemetry.thin();
  const asked = { points: 10 };
  expect(telemetry.query(asked).map(({ at, credits }) => [at, credits])).toEqual([
    [1000, 0],
    [21_000, 900],
  ]);
  expect(telemetry.query({ ...asked, bot_id: "a", since: 2000 })).toHaveLength(1);
  expect(telemetry.query({ ...asked, bot_id: "b" })).toEqual([]);
  const sums = telemetry.query({ ...asked, strategy: "opportunistic" });
  expect(sums).toEqual(telemetry.query(asked));
  expect(telemetry.query({ ...asked, strategy: "explore" })).toEqual([]);
  expect(() => telemetry.query({ ...asked, bot_id: "a", strategy: "explore" })).toThrow("not both");
  expect(complaints).toEqual([]);
  series.close();
});

test("without a series, and without a snapshot wanted, nothing is written", () => {
  const { telemetry, complaints } = scene();
  telemetry.sample();
  telemetry.thin();
  telemetry.snapshot();
  expect(telemetry.query({ points: 5 })).toEqual([]);
  expect(complaints).toEqual([]);
});

test("the snapshot is written where one is wanted", () => {
  const snapshotFile = join(folder, "swarm.json");
  const { telemetry } = scene({ snapshotFile });
  telemetry.snapshot();
  expect(JSON.parse(readFileSync(snapshotFile, "utf8"))).toMatchObject({
    total_bots: 1,
    bots: { a: { state: "RUNNING" } },
  });
});

test("a deed that fails is complained of once, until it works again, each for itself", () => {
  let full = true;
  const refuse = (word: string) => () => {
    if (full) throw new Error(word);
  };
  const snapshotFile = join(folder, "nowhere", "swarm.json");
  const { telemetry, complaints } = scene({
    store: { backup: refuse("backup"), prune: refuse("prune") },
    snapshotFile,
  });
  const round = () => {
    telemetry.backup();
    telemetry.prune();
    telemetry.snapshot();
  };
  for (let times = 0; times < 3; times++) round();
  expect(complaints.map(String)).toEqual([
    "Error: backup",
    "Error: prune",
    expect.stringContaining("ENOENT"),
  ]);
  full = false;
  round();
  full = true;
  round();
  expect(complaints.map(String).slice(3)).toEqual(["Error: backup", "Error: prune"]);
  expect(existsSync(snapshotFile)).toBe(false);
});
