/** The game's host is away for a while; every bot waits within its process and is back soon. bench/storm.ts has the full sizes. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { makeField, type Field } from "./storm/field.ts";
import { hostDown } from "./storm/outages.ts";

const bots = 30;
const loginsPerSecond = 10;
const backMaxMs = 15_000;
/** From the manager's leave to the worker's call: the ramp keeps its rate by the manager's clock (tests/swarm/ramp.test.ts), the calls are counted at the game. */
const coreWaitMaxS = 0.2;

let field: Field;
beforeAll(async () => {
  field = await makeField({ latencyMs: 50, manager: { logins_per_second: loginsPerSecond } });
  await field.startManager();
  await field.spawn(bots);
  await field.allPlaying();
}, 60_000);
afterAll(() => field?.close(), 30_000);

test.each([3000, 8000])(
  "a host that is down for %d ms: no worker ends, and logins are spread out",
  async (downMs) => {
    const figures = await hostDown(field, downMs);
    console.log(
      `R5: down ${downMs / 1000} s (${figures.during}), all playing ${(figures.backMs / 1000).toFixed(1)} s after its return, ` +
        `${figures.peakRate} logins in the busiest second`,
    );
    expect(figures.exits).toEqual([]);
    expect(figures.backMs).toBeLessThan(backMaxMs);
    // One more, for where the second begins; and those that were let through in the second before and had to wait for a core.
    expect(figures.peakRate).toBeLessThanOrEqual(loginsPerSecond * (1 + coreWaitMaxS) + 1);
    expect(figures.mostAtOnce).toBe(1);
  },
  90_000,
);
