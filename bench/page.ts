/**
 * `bench page [FLAGS]`: the dashboard in Chromium before a swarm that is only pretended: how often the page of the swarm is drawn anew, how
 * long its longest task is, and what it keeps. The tellings come faster than a manager's, so that they are not the limit.
 */
import { createPretence } from "../tests/doubles/pretence.ts";
import { openStage } from "../tests/doubles/stage.ts";
import { hasBrowser, openBrowser, view } from "../tests/e2e/browser.ts";
import { printRows } from "./harness/rows.ts";
import { flagsAlone } from "./harness/whole-numbers.ts";

const usage = `bench page [--bots N] [--rate N] [--seconds N] [--settle N]
  --bots     on the list: 5000
  --rate     reports in a second, of all of them: 10000
  --seconds  that are measured: 300
  --settle   seconds before: the compiler does its work, and pages are filled: 5`;

const flags = {
  bots: { usual: 5000, least: 1, most: 5000 },
  rate: { usual: 10_000, least: 1, most: 100_000 },
  seconds: { usual: 300, least: 1, most: 3600 },
  settle: { usual: 5, least: 0, most: 600 },
} as const;

/** Time between two tellings, in milliseconds. */
const paceMs = 50;

/** Bots report in no order of theirs: those that stand one below the other on the page lie apart in time. */
const strideOf = (count: number): number => (count % stride === 0 ? 1 : stride);
/** A prime number. */
const stride = 1861;

interface Counted {
  readonly drawn: number;
  readonly tasks: readonly number[];
}

/** Counts frames in which the table changed, and the tasks that the browser calls long. Runs in the page. */
function count(): void {
  const counted = { drawn: 0, tasks: [] as number[] };
  Object.assign(globalThis, { counted });
  let isCounted = false;
  new MutationObserver(() => {
    if (isCounted) return;
    isCounted = true;
    counted.drawn++;
    requestAnimationFrame(() => (isCounted = false));
  }).observe(document.querySelector("[role=grid]")!, { subtree: true, childList: true, characterData: true });
  new PerformanceObserver((list) =>
    counted.tasks.push(...list.getEntries().map((task) => task.duration)),
  ).observe({ type: "longtask" });
}

/** Exit status: 0 when every goal was met, 1 when one was not, 2 for flags that mean nothing, 3 without a browser. */
export async function page(words: readonly string[]): Promise<number> {
  const size = flagsAlone(flags, words, usage);
  if (!size) return 2;
  if (!hasBrowser) {
    console.error("There is no Chromium on this machine; BBSBOT_CHROMIUM names one");
    return 3;
  }
  const { bots, rate, seconds, settle } = size;
  const swarm = createPretence(bots, 1);
  const stage = openStage({ swarm });
  const ids = swarm.ids();
  let told = 0;
  const began = performance.now();
  const timer = setInterval(() => {
    const due = ((performance.now() - began) / 1000) * rate;
    for (; told < due; told++) stage.tell(swarm.report(ids[(told * strideOf(ids.length)) % ids.length]!));
    stage.flush();
  }, paceMs);
  const browser = await openBrowser();
  try {
    const { page: shown, complaints } = await view(browser, stage.url);
    await shown.getByRole("row").nth(2).waitFor();
    await Bun.sleep(settle * 1000);
    const devtools = await shown.context().newCDPSession(shown);
    const heapMb = async () => {
      await devtools.send("HeapProfiler.collectGarbage");
      const { usedSize } = (await devtools.send("Runtime.getHeapUsage")) as { usedSize: number };
      return usedSize / 2 ** 20;
    };
    const heapBefore = await heapMb();
    await shown.evaluate(count);
    const [toldBefore, since] = [told, performance.now()];
    await Bun.sleep(seconds * 1000);
    const { drawn, tasks } = await shown.evaluate(
      () => (globalThis as unknown as { counted: Counted }).counted,
    );
    const took = (performance.now() - since) / 1000;
    const heapAfter = await heapMb();
    const longest = Math.max(0, ...tasks);
    return printRows([
      ["reports a second", ((told - toldBefore) / took).toFixed(0)],
      ["drawn anew a second, at least 10", (drawn / took).toFixed(1), drawn / took >= 10],
      ["longest task, below 100 ms", `${longest.toFixed(0)} ms`, longest < 100],
      ["tasks above 50 ms", String(tasks.length)],
      ["heap at first", `${heapBefore.toFixed(1)} MB`],
      ["heap at last, below 60 MB", `${heapAfter.toFixed(1)} MB`, heapAfter < 60],
      ["errors on the console, none", String(complaints.length), complaints.length === 0],
    ]);
  } finally {
    clearInterval(timer);
    await browser.close();
    await stage.end();
  }
}
