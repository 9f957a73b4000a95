/**
 * `bench map [FLAGS]`: the map in Chromium, of a universe that is wholly known: how long until its first picture stands, from the moment that the page is asked for,
 * and the longest task on the way.
 */
import { bigBang } from "../src/games/tw2002/host/universe/bigbang.ts";
import type { OperationOutput } from "../src/proto/operations.ts";
import { createPretence } from "../tests/doubles/pretence.ts";
import { openStage } from "../tests/doubles/stage.ts";
import { hasBrowser, openBrowser, view } from "../tests/e2e/browser.ts";
import { printRows } from "./harness/rows.ts";
import { medianOf } from "./harness/stats.ts";
import { flagsAlone } from "./harness/whole-numbers.ts";

const usage = `bench map [--sectors N] [--runs N]
  --sectors  of the universe: 5000
  --runs     each with a new browser window: 5`;

const flags = {
  sectors: { usual: 5000, least: 100, most: 20_000 },
  runs: { usual: 5, least: 1, most: 100 },
} as const;

/** Longest wait for a picture, in milliseconds. */
const waitMaxMs = 60_000;
/** What the page calls the moment at which its first picture stands. */
const drawn = "map drawn";

/** Exit status: 0 when every goal was met, 1 when one was not, 2 for flags that mean nothing, 3 without a browser. */
export async function map(words: readonly string[]): Promise<number> {
  const size = flagsAlone(flags, words, usage);
  if (!size) return 2;
  if (!hasBrowser) {
    console.error("There is no Chromium on this machine; BBSBOT_CHROMIUM names one");
    return 3;
  }
  const { sectors, runs } = size;
  const stage = openStage({ swarm: createPretence(111, 1), answers: { map: universeOf(sectors) } });
  const browser = await openBrowser();
  const [times, tasks]: [number[], number[]] = [[], []];
  let complained = 0;
  try {
    for (let run = 0; run < runs; run++) {
      const { page, complaints, close } = await view(browser, `${stage.url}/map`);
      const found = await page.evaluate(firstPicture, { drawn, waitMaxMs });
      times.push(found.ms);
      tasks.push(found.longest);
      complained += complaints.length;
      await close();
    }
  } finally {
    await browser.close();
    await stage.end();
  }
  const median = medianOf(times);
  const told = (figures: readonly number[]) => figures.map((ms) => ms.toFixed(0)).join(" ");
  return printRows([
    [`first picture of ${sectors} sectors, ms`, told(times)],
    ["median, below 2000 ms", median.toFixed(0), median < 2000],
    ["longest task, ms", told(tasks)],
    ["errors on the console, none", String(complained), complained === 0],
  ]);
}

/** Runs in the page, which may have its picture already. */
async function firstPicture({ drawn, waitMaxMs }: { drawn: string; waitMaxMs: number }) {
  let longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  }).observe({ type: "longtask", buffered: true });
  while (performance.getEntriesByName(drawn).length === 0) {
    if (performance.now() > waitMaxMs) throw new Error("no picture");
    await new Promise((done) => setTimeout(done, 10));
  }
  return { ms: performance.getEntriesByName(drawn)[0]!.startTime, longest };
}

/** All of a universe, as a swarm that has been everywhere knows it. */
function universeOf(count: number): OperationOutput<"map"> {
  const { sectors, ports, stardock } = bigBang({ sectors: count, seed: 1, at: 0 });
  return {
    place: "localhost:2002/A",
    places: ["localhost:2002/A"],
    rev: 1,
    size: count,
    stardock,
    sectors: sectors.map(({ number, warps }) => [number, 3, ...warps]),
    ports: [...ports.values()].map(({ sector, portClass }) => [sector, portClass, 90, 50, 10]),
    dangers: [],
  };
}
