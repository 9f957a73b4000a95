/** A long demo's summary as a picture. */
import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { campaign, campaignPicture, type Summary } from "../../bench/campaign.ts";
import { hasBrowser } from "../e2e/browser.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-campaign-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const point = (seconds: number, turns: number, credits: number, processes = 2) => ({
  seconds,
  turns,
  credits,
  playing: 4,
  turns_per_second: seconds === 0 ? 0 : turns / seconds,
  worker_processes: processes,
  memory_mb: { host: 80, manager: 60, workers: 300 },
});
const told: Summary = {
  count: 4,
  turns: 4000,
  seconds: 240,
  games: "AB",
  sectors: 1000,
  series: [point(0, 0, 0), point(120, 1000, 500_000), point(240, 4000, 800_000, 0)],
};

test("pace, memory by role and what was earned then are drawn over time", () => {
  const picture = campaignPicture(told);
  for (const words of [
    "4 bots, 4,000 turns in 4.0 minutes, 2 games of 1,000 sectors",
    "Turns a second, the whole swarm",
    "mean worker process",
    "Credits a turn, as of then",
    ">500<",
  ])
    expect(picture).toContain(words);
  // Without processes there is no mean of them.
  const lines = [...picture.matchAll(/points="([^"]*)"/g)].map(([, points]) => points!.split(" ").length);
  expect(lines).toEqual([3, 2, 2, 2, 2]);
});

test.skipIf(!hasBrowser)("what is no summary is refused, with where it is wrong", async () => {
  const said: string[] = [];
  const complain = console.error;
  console.error = (text: string) => void said.push(text);
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  try {
    expect(await campaign([])).toBe(2);
    expect(await campaign([file("none.json", "{"), "out.png"])).toBe(2);
    expect(await campaign([file("other.json", '{"count":"x"}'), "out.png"])).toBe(2);
  } finally {
    console.error = complain;
  }
  expect(said[0]).toContain("bench campaign SUMMARY.json PICTURE.png");
  expect(said[1]).toContain("none.json");
  expect(said[2]).toContain('other.json" is no summary of a demo: count:');
});
