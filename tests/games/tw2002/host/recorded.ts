/** What the tests that play recordings share: a galaxy with loaded dice, a trader, and the walk to the game's menu. */
import { expect } from "bun:test";
import { createGalaxy, type Galaxy, type Universe } from "../../../../src/games/tw2002/host/galaxy.ts";
import type { Ship, Trader } from "../../../../src/games/tw2002/host/things.ts";
import { createHost, type Host } from "../../../../src/games/tw2002/host/mod.ts";
import { defaultSettings } from "../../../../src/games/tw2002/host/settings.ts";
import { loadedDice } from "./loaded-dice.ts";
import { press, type Step } from "./replay.ts";
import { buildShip } from "../../../../src/games/tw2002/host/ships.ts";
import { newTrader } from "../../../../src/games/tw2002/host/traders.ts";

const seal = (password: string, salt: string) => `${salt}/${password}`;
const telnetReply = "\xff\xfc\xf6";

/** A galaxy over a universe, with loaded dice. */
export function galaxyOf(
  universe: Universe,
  settings: Partial<Galaxy["settings"]>,
  life: { at: number; traders?: Trader[]; seen?: { trader: number; sector: number }[] },
  load: Parameters<typeof loadedDice>[0] = {},
): Galaxy {
  const galaxy = createGalaxy(
    { ...defaultSettings, sectors: universe.sectors.length, ...settings },
    universe,
    {
      began: life.at,
      dice: 1,
      traders: life.traders ?? [],
      sightings: life.seen ?? [],
    },
  );
  return { ...galaxy, dice: loadedDice(load) };
}

export const traderOf = (
  known: Partial<Trader> & { login: string; name: string },
  ship: Partial<Ship> = {},
): Trader =>
  newTrader({
    id: 1,
    password: "1/secret1",
    salt: "1",
    credits: 300,
    turnsLeft: 250,
    ship: buildShip({
      id: 1,
      kind: "merchantCruiser",
      name: "Swift Venture",
      maker: "Martin Ind",
      builtAt: 0,
      sector: known.sector ?? 1,
      pilot: 1,
      owner: { type: "trader", id: 1 },
      fighters: 30,
      ...ship,
    }),
    ...known,
  });

/** Connects and walks through our own splash to the game's menu, where the recordings' keys take over. */
export function atGameMenu(galaxy: Galaxy, login: string, at: number): { host: Host; caller: number } {
  const host = createHost({ games: [{ letter: "A", name: "My Game", galaxy }], seal });
  const { caller } = host.connect(at);
  for (const keys of [telnetReply, `${login}\r`, "A", "\r"]) press(host, caller, keys, at);
  return { host, caller };
}

export function replay(host: Host, caller: number, steps: readonly Step[], zero: number): void {
  for (const { keys, expected, t, label } of steps) {
    const written = press(host, caller, keys, zero + Math.round(t * 1000));
    expect({ label, t, keys, written }).toEqual({ label, t, keys, written: expected });
  }
}

/** Steps of the given labels; a label may be cut to a range of its steps. */
export const pick = (steps: readonly Step[], labels: Record<string, [from?: number, to?: number]>): Step[] =>
  Object.entries(labels).flatMap(([label, range]) =>
    steps.filter((step) => step.label === label).slice(...range),
  );
