/** A universe full of fighters that bar the way, ask for toll or strike at once, of mines and of debris. */
import { expect, test } from "bun:test";
import { note } from "../../src/games/tw2002/host/galaxy.ts";
import { seeded } from "../cuts.ts";
import { type Arena, type Bot, createArena } from "./arena.ts";

const owner = { type: "mercenaries" } as const;

/** Lays something into every so many sectors outside of FedSpace. */
function lay(arena: Arena, share: number, seed: number): void {
  const galaxy = arena.host.galaxyOf("A")!;
  const dice = seeded(seed);
  for (const sector of galaxy.sectors) {
    if (sector.number <= 10 || sector.number === galaxy.stardock || dice() >= share) continue;
    const kind = dice();
    const count = Math.ceil(10 ** (3 * dice()));
    if (kind < 0.25) sector.fighters = { owner, count, mode: "toll" };
    else if (kind < 0.5) sector.fighters = { owner, count, mode: "defensive" };
    else if (kind < 0.7) sector.fighters = { owner, count, mode: "offensive" };
    else if (kind < 0.9) sector.armids = { owner, count: Math.min(250, count) };
    else sector.navHaz = Math.ceil(60 * dice());
    note(galaxy, "sector", sector);
  }
}

/** What happened to each bot where, and why it had gone there. */
function witness() {
  const met = new Map<string, number>();
  const knowingly: string[] = [];
  const places = new Map<Bot, { sector: number; why: string }>();
  const seen = { met: 0, retreats: 0, tolls: 0, waves: 0, lost: 0 };
  const onEffect = (
    bot: Bot,
    effect: Parameters<NonNullable<Parameters<typeof createArena>[0]["onEffect"]>>[1],
  ) => {
    const place = places.get(bot) ?? { sector: 0, why: "" };
    places.set(bot, place);
    if (effect.type === "chose") place.why = effect.why;
    if (effect.type !== "learned") return;
    const fact = effect.fact as { type: string; sector?: number };
    if (fact.type === "sector") place.sector = fact.sector ?? 0;
    if (fact.type === "fightersMet") {
      seen.met++;
      const key = `${bot.name} at ${place.sector}`;
      const before = met.get(key) ?? 0;
      met.set(key, before + 1);
      if (before > 0 && !place.why.startsWith("shut in")) knowingly.push(`${key}: ${place.why}`);
    }
    if (fact.type === "retreated") seen.retreats++;
    if (fact.type === "tollPaid") {
      seen.tolls++;
      // A passage that was bought may be bought again.
      met.delete(`${bot.name} at ${place.sector}`);
    }
    if (fact.type === "waveSent") seen.waves++;
    if (fact.type === "shipLost") seen.lost++;
  };
  return { onEffect, seen, knowingly };
}

test("among fighters, mines and debris ten bots go on, meet the same fighters once, and their books agree", () => {
  const { onEffect, seen, knowingly } = witness();
  const wrong: string[] = [];
  const arena = createArena({
    bots: 10,
    seed: 91,
    turns: 300,
    turnsPerDay: 65_000,
    settings: { aliens: true, ferrengi: true, wanderMs: 60_000 },
    onEffect(bot, effect) {
      onEffect(bot, effect);
      if (effect.type !== "ended") return;
      const theirs = arena.host.books().find(({ name }) => name === bot.name);
      const ours = bot.life.report();
      for (const [what, mine, host] of [
        ["credits", ours.credits, theirs?.credits],
        ["turns", ours.turns_executed, theirs?.turnsUsed],
        ["experience", ours.experience, theirs?.experience],
        ["sector", ours.sector, theirs?.sector],
        ["holds", ours.holds, theirs?.holds],
      ] as const)
        if (mine !== host) wrong.push(`${bot.name}: ${what} ${mine}, the host says ${host}`);
    },
  });
  lay(arena, 0.08, 91);
  // Long enough for whoever is kept out for a day.
  arena.run(2 * 86_400_000);
  console.info(`a minefield of a universe: ${JSON.stringify(seen)}`);
  expect(arena.bots.flatMap(({ ended, name }) => (ended?.how === "completed" ? [] : [name]))).toEqual([]);
  expect(arena.bots.flatMap(({ stuck }) => stuck)).toEqual([]);
  expect(wrong).toEqual([]);
  expect(seen.met).toBeGreaterThan(3);
  expect(seen.retreats).toBeGreaterThan(0);
  expect(seen.tolls).toBeGreaterThan(0);
  expect(knowingly.length).toBeLessThan(3);
}, 60_000);
