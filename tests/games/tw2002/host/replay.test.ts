import { describe, expect, test } from "bun:test";
import { capturesMissing, whyMissing } from "../../../captures.ts";
import type { loadedDice } from "./loaded-dice.ts";
import { atGameMenu, galaxyOf, pick, replay, traderOf } from "./recorded.ts";
import { press, stepsOf } from "./replay.ts";
import { reveal } from "./reveal.ts";

describe.skipIf(capturesMissing)(`what the real server wrote${whyMissing}`, () => {
  // 02:14:15 PM on the game's clock was 350.6 s into the session.
  const zero = Date.UTC(2026, 10, 22, 14, 14, 15, 0) - 350_600;

  function testpilot(load: Parameters<typeof loadedDice>[0] = {}) {
    const universe = reveal("04-basics", 1000, 926, zero);
    const mcic = { "744 0": 79, "744 2": 42, "994 0": 57 } as Record<string, number>;
    for (const port of universe.ports.values()) {
      for (const [index, stock] of port.stocks.entries()) {
        Object.assign(stock, { mcic: mcic[`${port.sector} ${index}`] ?? stock.mcic });
      }
    }
    const trader = traderOf(
      {
        login: "Testpilot",
        name: "Testpilot",
        sector: 852,
        credits: 1000,
        turnsLeft: 1000,
        turnsSince: zero,
        lastOn: zero,
      },
      { builtAt: Date.UTC(2026, 10, 22, 14, 0, 41) },
    );
    const galaxy = galaxyOf(
      universe,
      {
        yearsAhead: 12,
        turnsPerDay: 1000,
        startCredits: 1000,
        aliens: true,
        // The recorded aliens kept out of sight.
        wanderMs: Number.POSITIVE_INFINITY,
        version: "3.34b Gold",
        courseMax: 20,
      },
      { at: zero, traders: [trader], seen: [{ trader: 1, sector: 852 }] },
      load,
    );
    return { galaxy, trader, ...atGameMenu(galaxy, "Testpilot", zero) };
  }

  test("a returning player, his displays and his computer, byte for byte", () => {
    const steps = stepsOf("04-basics");
    const { host, caller } = testpilot();
    const login = steps.filter(({ label }) => label === "login");
    const fromMenu = login.findIndex(({ keys }) => keys === "T\r");
    replay(host, caller, login.slice(fromMenu), zero);
    replay(
      host,
      caller,
      pick(steps, {
        "sector-display": [],
        info: [],
        quickstats: [],
        who: [],
        "computer-menu": [0, 1],
        "computer-course": [],
        "computer-warps": [],
        "computer-known": [],
        "port-report-unknown": [],
        avoids: [2],
        time: [0, 1],
        "ship-settings": [2],
      }),
      zero,
    );
  });

  test("moves, autopilot, avoided sectors and a port's haggle, byte for byte", () => {
    const steps = stepsOf("04-basics");
    const { host, caller, trader } = testpilot({
      // Mood and jitter of three deals, found by search; then what was said.
      betweens: [5, -2, 0, 0, 5, 1],
      rolls: [0.1, 0.9, 0.9],
      picks: [
        "Quit playing around, you're wasting my time!",
        "Agreed, and a pleasure doing business with you!",
        "You will put me out of business, I'll take your offer.",
      ],
    });
    for (const keys of ["T\r", "N", "\r", "secret1\r", "\r", "\r"]) press(host, caller, keys, zero);
    trader.avoids = [100, 998];
    replay(
      host,
      caller,
      pick(steps, {
        "move-adjacent": [],
        "move-multi": [],
        backtrack: [],
        "move-number-autopilot": [],
        "autoreturn-test": [],
        "port-buy-haggle": [],
        // The sixth key asks for help, whose frame is our own.
        "autopilot-menu": [0, 5],
      }),
      zero,
    );
    press(host, caller, "Y", zero);
    replay(host, caller, pick(steps, { "port-sell-haggle": [], quit: [0, 2] }), zero);
    expect(press(host, caller, "X\r", zero)).toStartWith(steps.at(-2)?.expected.slice(0, 120) ?? "nothing");
  });

  test("a newcomer explores and trades in a universe of 5,000, byte for byte", () => {
    const steps = stepsOf("10-default-universe-newplayer");
    const start = Date.UTC(2026, 10, 22, 15, 4, 35) - 99_000;
    const universe = reveal("10-default-universe-newplayer", 5000, 0, start);
    const mcic = { "4 1": 31, "709 1": 63, "709 0": 54 } as Record<string, number>;
    for (const port of universe.ports.values()) {
      for (const [index, stock] of port.stocks.entries()) {
        Object.assign(stock, { mcic: mcic[`${port.sector} ${index}`] ?? stock.mcic });
      }
    }
    const galaxy = galaxyOf(
      universe,
      { courseMax: 25 },
      {
        at: start,
        traders: [
          traderOf(
            {
              login: "botone",
              name: "botone",
              sector: 2768,
              turnsSince: start,
            },
            { name: "Rusty Bolt", maker: "Talos", builtAt: Date.UTC(2026, 10, 22, 15, 3, 23) },
          ),
        ],
        seen: [{ trader: 1, sector: 2768 }],
      },
      {
        betweens: [12, 2, 12, 3, 12, 1],
        picks: [
          "SOLD!  Come back anytime!",
          "FINE, we'll take them, just leave!",
          "You will put me out of business, I'll take your offer.",
        ],
      },
    );
    const { host, caller } = atGameMenu(galaxy, "botone", start);
    for (const keys of ["T\r", "N", "\r", "secret1\r", "\r"]) press(host, caller, keys, start);
    replay(host, caller, pick(steps, { info: [], course: [3] }), start);
    // The next key asks for navigation points, which the host does not have yet.
    const trading = steps.filter(({ label, t }) => label.startsWith("explore") && t < 138);
    expect(trading.length).toBeGreaterThan(30);
    replay(host, caller, trading, start);
  });
});
