/** Visits to a real host's shops that come to nothing, or to something: what the bot makes of them. */
import { expect, test } from "bun:test";
import type { Errands } from "../../../src/games/tw2002/docks.ts";
import { bankInVain, shopsInVain } from "../../../src/games/tw2002/vain.ts";
import { createScripted, type Scripted } from "./scripted.ts";

/** A bot with so many credits, in its first ship, at Sol or at the StarDock. */
function shopper(credits: number, where: "sol" | "stardock" = "stardock"): Scripted {
  const bot = createScripted();
  bot.trader().credits = credits;
  bot.act({ type: "status" });
  if (where === "stardock") bot.act({ type: "travel", to: bot.table.galaxy.stardock });
  bot.act({ type: "inform" });
  return bot;
}
const land = (bot: Scripted, errands: Errands, keep = 0) => bot.act({ type: "dock", errands, keep });

test("holds that what is kept in hand leaves no money for are asked for in vain", () => {
  const bot = shopper(3_000);
  expect(shopsInVain(bot.world)).toBe(false);
  land(bot, { outfit: { holds: 22 } }, 2_900);
  expect(bot.trader().ship.holds).toBe(20);
  expect(shopsInVain(bot.world)).toBe(true);
  expect(bankInVain(bot.world)).toBe(false);
  // With less kept they are bought, and that settles it.
  land(bot, { outfit: { holds: 22 } }, 0);
  expect(bot.trader().ship.holds).toBe(22);
  expect(shopsInVain(bot.world)).toBe(false);
});

test("so are a ship that costs too much, probes that cannot be paid, and a visit for nothing at all", () => {
  for (const errands of [
    { ship: { kind: "merchantFreighter", most: -50_000 } },
    { gear: { probes: 3 } },
    {},
  ] satisfies Errands[]) {
    const bot = shopper(2_000);
    land(bot, errands);
    expect(bot.trader().ship.kind).toBe("merchantCruiser");
    expect(shopsInVain(bot.world)).toBe(true);
  }
});

test("so it is at a class 0 port; and whatever was bought there, fighters too, is not in vain", () => {
  const bot = shopper(3_000, "sol");
  bot.act({ type: "outfit", outfit: { holds: 40 }, keep: 3_000 });
  expect(shopsInVain(bot.world)).toBe(true);
  bot.act({ type: "outfit", outfit: { fighters: 35 }, keep: 0 });
  expect(bot.trader().ship.fighters).toBe(35);
  expect(shopsInVain(bot.world)).toBe(false);
});

test("credits that go to the bank and back are no purchase, and a deposit is not in vain", () => {
  const bot = shopper(40_000);
  land(bot, { ship: { kind: "merchantFreighter", most: -50_000 }, deposit: 30_000 });
  expect(bot.world.bank).toBe(30_000);
  expect([shopsInVain(bot.world), bankInVain(bot.world)]).toEqual([true, false]);
  land(bot, { withdraw: 30_000, ship: { kind: "merchantFreighter", most: -50_000 } });
  expect(bot.world.bank).toBe(0);
  expect(shopsInVain(bot.world)).toBe(true);
  // Nothing is left to be banked: what is kept is all there is.
  land(bot, { deposit: 1_000 }, 40_000);
  expect(bankInVain(bot.world)).toBe(true);
  // Who was at the bank alone has not asked the shops.
  const saver = shopper(40_000);
  land(saver, { deposit: 1_000 }, 40_000);
  expect([shopsInVain(saver.world), bankInVain(saver.world)]).toEqual([false, true]);
});

test("it was in vain until the purse is half as full again, the ship another, or a day has passed", () => {
  const bot = shopper(3_000);
  land(bot, { outfit: { holds: 22 } }, 3_000);
  const { world } = bot;
  const still = (change: Partial<typeof world>) => shopsInVain({ ...world, ...change });
  expect(still({})).toBe(true);
  expect([still({ credits: 4_499 }), still({ credits: 4_500 })]).toEqual([true, false]);
  expect([still({ bank: 1_499 }), still({ bank: 1_500 })]).toEqual([true, false]);
  expect([still({ credits: 0 }), still({ sector: 7 }), still({ fighters: 0 })]).toEqual([true, true, true]);
  expect(still({ holds: 30 })).toBe(false);
  expect(still({ ship: { kind: "escapePod", gear: new Map() } })).toBe(false);
  expect(still({ now: world.now + 86_400_000 - 1 })).toBe(true);
  expect(still({ now: world.now + 86_400_000 })).toBe(false);
});

test("with an empty purse it stays in vain until there is a credit again", () => {
  const bot = shopper(0);
  land(bot, { outfit: { holds: 22 } });
  expect([bot.world.credits, shopsInVain(bot.world)]).toEqual([0, true]);
  expect(shopsInVain({ ...bot.world, credits: 1 })).toBe(false);
});
