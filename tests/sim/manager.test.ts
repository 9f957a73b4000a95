/** Manager and workers, with everything that can happen to them, in one process: a seed decides all of it. */
import { expect, test } from "bun:test";
import { told } from "./manager/told.ts";
import { live } from "./manager/world.ts";

/** How many stories, from which seed on, and for how many minutes things go wrong in each. A single one is told whole when it fails. */
const stories = Number(process.env["BBSBOT_SIM_STORIES"] ?? 200);
const firstSeed = Number(process.env["BBSBOT_SIM_SEED"] ?? 1);
const minutes = Number(process.env["BBSBOT_SIM_MINUTES"] ?? 2);
/** Then it is enough to look into. */
const wrongMax = 3;

test("whatever happens to manager, workers, lines and disk: nothing acknowledged is lost, and nothing runs twice", () => {
  const totals: Record<string, number> = {};
  const wrong: string[] = [];
  for (let seed = firstSeed; seed < firstSeed + stories && wrong.length < wrongMax; seed++) {
    const story = live(seed, minutes);
    for (const [what, times] of Object.entries(story.counts)) totals[what] = (totals[what] ?? 0) + times;
    if (story.wrongs.length === 0) continue;
    wrong.push(`seed ${seed}: ${story.wrongs.slice(0, wrongMax).join("; ")}`);
    if (stories === 1) console.info(told(story));
  }
  console.info(`${stories} stories of ${minutes} bad minutes: ${JSON.stringify(totals)}`);
  expect(wrong).toEqual([]);
}, 3_600_000);

test("a seed is all that a story depends on: lived again, all of it happens at the same moment", () => {
  const first = told(live(4, 1));
  expect(told(live(4, 1))).toBe(first);
  expect(told(live(5, 1))).not.toBe(first);
});
