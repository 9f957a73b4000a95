/** Testpilot, the newcomer of the recording 04, at his helm with nothing done yet. */
import { atGameMenu, galaxyOf, traderOf } from "./recorded.ts";
import { press } from "./replay.ts";
import { reveal } from "./reveal.ts";

// 02:14:15 PM on the game's clock was 350.6 s into the session.
export const testpilotBegan = Date.UTC(2026, 10, 22, 14, 14, 15, 0) - 350_600;

/** A newcomer at the helm in sector 852. */
export function testpilot() {
  const universe = reveal("04-basics", 1000, 926, testpilotBegan);
  const trader = traderOf(
    {
      login: "Testpilot",
      name: "Testpilot",
      sector: 852,
      credits: 1000,
      turnsLeft: 1000,
      turnsSince: testpilotBegan,
      lastOn: testpilotBegan,
    },
    { builtAt: Date.UTC(2026, 10, 22, 14, 0, 41) },
  );
  const galaxy = galaxyOf(
    universe,
    { yearsAhead: 12, turnsPerDay: 1000, startCredits: 1000, version: "3.34b Gold", courseMax: 20 },
    { at: testpilotBegan, traders: [trader], seen: [{ trader: 1, sector: 852 }] },
  );
  const { host, caller } = atGameMenu(galaxy, "Testpilot", testpilotBegan);
  for (const keys of ["T\r", "N", "\r", "secret1\r", "\r", "\r"]) press(host, caller, keys, testpilotBegan);
  return { galaxy, host, caller };
}
