import { afterAll, expect, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDb } from "../../src/io/db.ts";
import { openSeries, seriesMaxAgeMs, thinning, type Series } from "../../src/io/series.ts";
import type { SeriesRow } from "../../src/proto/operations/looking.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-series-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let number = 0;
const newFile = () => join(folder, `series${number++}.db`);
const open = async (file: string, notes: string[] = []) =>
  (await openSeries(file, (text) => notes.push(text)))!;

const row = (at: number, credits = at): SeriesRow => ({
  at,
  bots: 1,
  running: 1,
  credits,
  bank: 2,
  cargo_value: 3,
  net_worth: 4,
  turns: 5,
  trades: 6,
  trade_attempts: 7,
  haggle_deals: 8,
  haggle_offers: 9,
  haggle_lost: 10,
  errors: 11,
});
const all = { since: undefined, until: undefined, points: 5000 };
const times = (series: Series, of: string | null = null) => series.query({ of, ...all }).map(({ at }) => at);

test("what was added is told again, of the swarm and of each bot for itself", async () => {
  const file = newFile();
  const series = await open(file);
  series.add(20, [
    { of: null, row: row(20) },
    { of: "a", row: row(20, -7) },
  ]);
  series.add(40, [{ of: null, row: row(40) }]);
  series.close();
  const again = await open(file);
  expect(again.query({ of: null, ...all })).toEqual([row(20), row(40)]);
  expect(again.query({ of: "a", ...all })).toEqual([row(20, -7)]);
  expect(again.query({ of: "nobody", ...all })).toEqual([]);
  expect(again.query({ ...all, of: null, since: 21, until: 40 })).toEqual([row(40)]);
  again.close();
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("more samples than points: each stretch of time is told by its last", async () => {
  const series = await open(newFile());
  for (let at = 0; at < 1000; at += 10) series.add(at, [{ of: null, row: row(at) }]);
  for (const points of [1, 3, 7, 50, 99]) {
    const told = series.query({ ...all, of: null, points });
    expect(told.length).toBeLessThanOrEqual(points);
    expect(told.length).toBeGreaterThan(points / 2);
    expect(told.at(-1)).toEqual(row(990));
    expect(told.map(({ at }) => at)).toEqual(told.map(({ at }) => at).sort((a, b) => a - b));
    // The other columns are of the same moment.
    for (const { at, credits } of told) expect(credits).toBe(at);
  }
  expect(series.query({ ...all, of: null, points: 100 })).toHaveLength(100);
  series.close();
});

test("what grows old is thinned out to the last of its stretch, call by call, and goes in the end", async () => {
  const series = await open(newFile());
  const minute = 60_000;
  const [minutes, hours] = thinning;
  const end = 60 * 60 * minute;
  for (let at = 0; at < end; at += minute)
    series.add(at, [
      { of: null, row: row(at) },
      { of: "a", row: row(at) },
    ]);
  series.thin(end);
  const afterOne = times(series).length;
  expect(afterOne).toBeLessThan(3600);
  for (let round = 0; round < 160; round++) series.thin(end);
  expect(times(series).length).toBeLessThan(afterOne);
  const spans = (from: number, to: number) => times(series).filter((at) => at >= from && at < to);
  expect(spans(end - minutes.after, end)).toHaveLength(120);
  expect(spans(end - hours.after, end - minutes.after)).toHaveLength(46 * 12);
  expect(spans(0, end - hours.after)).toHaveLength(12);
  expect(times(series)[0]).toBe(59 * minute);
  expect(times(series, "a")).toEqual(times(series));
  for (let round = 0; round < 3; round++) series.thin(end + seriesMaxAgeMs);
  expect(times(series)).toEqual([]);
  series.close();
});

test("a clock that was a year ahead for a while does not end the thinning", async () => {
  const series = await open(newFile());
  series.thin(400 * 24 * 60 * 60_000);
  series.thin(thinning[0].after);
  for (let at = 0; at < 600_000; at += 20_000) series.add(at, [{ of: null, row: row(at) }]);
  for (let round = 0; round < 3; round++) series.thin(thinning[0].after + 600_000);
  expect(times(series)).toEqual([280_000, 580_000]);
  series.close();
});

test("a damaged file is moved aside with a note and begun anew; one that is in use is left alone", async () => {
  const file = newFile();
  writeFileSync(file, "no database at all ".repeat(500));
  const notes: string[] = [];
  const series = await open(file, notes);
  expect(notes.join()).toContain(`"${file}" cannot be read and is moved aside`);
  expect(existsSync(`${file}.damaged`)).toBe(true);
  series.add(1, [{ of: null, row: row(1) }]);
  expect(await openSeries(file, (text) => notes.push(text))).toBeUndefined();
  expect(notes.at(-1)).toContain("no time series is kept");
  expect(times(series)).toEqual([1]);
  series.close();
});

test("a file of a newer version is moved aside as well: it is a graph and nothing else", async () => {
  const file = newFile();
  (await open(file)).close();
  const db = await openDb(file);
  db.exec("PRAGMA user_version = 99");
  db.close();
  const notes: string[] = [];
  (await open(file, notes)).close();
  expect(notes.join()).toContain("a newer bbsbot wrote it");
});
