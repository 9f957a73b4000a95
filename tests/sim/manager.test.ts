/** Manager and workers, with everything that can happen to them, in one process: a seed decides all of it. */
import { expect, test } from "bun:test";
import { live } from "./manager/world.ts";

/** How many stories, from which seed on, and for how many minutes things go wrong in each. */
const stories = Number(process.env["BBSBOT_SIM_STORIES"] ?? 200);
const firstSeed = Number(process.env["BBSBOT_SIM_SEED"] ?? 1);
const minutes = Number(process.env["BBSBOT_SIM_MINUTES"] ?? 2);
const wrongMax = 3;

test("whatever happens to manager, workers, lines and disk: nothing acknowledged is lost, and nothing runs twice", () => {
  const totals: Record<string, number> = {};
  const wrong: string[] = [];
  for (let seed = firstSeed; seed < firstSeed + stories && wrong.length < wrongMax; seed++) {
    const { wrongs, counts } = live(seed, minutes);
    for (const [what, times] of Object.entries(counts)) totals[what] = (totals[what] ?? 0) + times;
    if (wrongs.length > 0) wrong.push(`seed ${seed}: ${wrongs.slice(0, 3).join("; ")}`);
  }
  console.info(`${stories} stories of ${minutes} bad minutes: ${JSON.stringify(totals)}`);
  expect(wrong).toEqual([]);
}, 600_000);
