/** A life of the smallest game, stepped by hand: what happens to it, and what it does about it. */
import { createLife } from "../../src/player/life.ts";
import type { LifeEffect, LifeEvent, LifeOptions } from "../../src/player/happenings.ts";
import { noPace } from "../../src/player/pace.ts";
import { seeded } from "../cuts.ts";
import { guess } from "../doubles/guess.ts";

export const home = "Your guess? ";
export const timeoutMs = 1000;

export function begin(options: Partial<LifeOptions> = {}, connected = true, game: typeof guess = guess) {
  const life = createLife(game, {
    self: {
      name: "Willy",
      password: "hush",
      gameLetter: "A",
      shipName: "s",
      planetName: "p",
      turnsMax: 0,
      reserveCredits: 0,
      maxHops: 1,
    },
    strategy: "halve",
    goal: "win",
    dice: seeded(1),
    answerTimeoutMs: timeoutMs,
    pace: noPace,
    reconnectsMax: 100,
    ...options,
  });
  let clock = 0;
  const all: LifeEffect[] = [];
  const step = (event: LifeEvent, afterMs = 1) => {
    const effects = life.step(event, (clock += afterMs));
    all.push(...effects);
    return effects;
  };
  const open = (text: string) => keysOf(step({ type: "open", text }));
  const line = (text: string) => keysOf(step({ type: "line", text }));
  const silent = () => step({ type: "silent" }, timeoutMs);
  if (connected) {
    step({ type: "started" });
    step({ type: "connected" });
  }
  return { life, step, open, line, silent, all, erased: () => step({ type: "erased" }) };
}

export const keysOf = (effects: readonly LifeEffect[]) =>
  effects.flatMap((effect) => (effect.type === "send" ? [effect.keys] : []));
export const typesOf = (effects: readonly LifeEffect[]) => effects.map(({ type }) => type);
export const endOf = (effects: readonly LifeEffect[]) => effects.find(({ type }) => type === "ended");
