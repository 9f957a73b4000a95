/** A bot that does what a test tells it, one intent after the other, against the host's core: no strategy, no network, no clock. */
import type { Fact } from "../../../src/games/tw2002/facts.ts";
import type { Intent } from "../../../src/games/tw2002/intents.ts";
import { tw2002 } from "../../../src/games/tw2002/mod.ts";
import type { Prompt } from "../../../src/games/tw2002/prompts.ts";
import type { World } from "../../../src/games/tw2002/world.ts";
import type { Galaxy } from "../../../src/games/tw2002/host/galaxy.ts";
import type { GameSettings } from "../../../src/games/tw2002/host/settings.ts";
import type { Trader } from "../../../src/games/tw2002/host/things.ts";
import type { Game } from "../../../src/player/game.ts";
import type { Life, LifeEffect, LifeEvent } from "../../../src/player/happenings.ts";
import { createLife } from "../../../src/player/life.ts";
import { createLine } from "../../../src/player/line.ts";
import { noPace } from "../../../src/player/pace.ts";
import { createTable, type Table } from "./host/players.ts";

export interface Scripted {
  readonly table: Table;
  readonly world: World;
  /** What the host knows of it. */
  trader(): Trader;
  readonly facts: Fact[];
  /** Writes of the bot, with what they carried. */
  readonly sent: string[];
  /** Prompts nobody had an answer for, and warnings. */
  readonly trouble: string[];
  /** Carries out one intent, until the command prompt is back. */
  act(intent: Intent): void;
}

const name = "Errand";
/** Writes that one intent may take: more is a circle. */
const writesMax = 600;

/** The bot at the command prompt, its papers read. */
export function createScripted(
  options: {
    seed?: number;
    settings?: Partial<GameSettings>;
    galaxy?: Galaxy;
    /** What the host writes arrives each byte for itself. */
    byteByByte?: boolean;
  } = {},
): Scripted {
  const table = createTable(options);
  const script: Intent[] = [];
  const facts: Fact[] = [];
  const sent: string[] = [];
  const trouble: string[] = [];
  let world: World | undefined;
  let told = 0;
  let idle = false;
  /** When the bot wants to be told that nothing came. */
  let deadline = Number.POSITIVE_INFINITY;
  const line = createLine();
  const caller = table.connect();
  const game: Game<World, Fact, Prompt, Intent> = {
    ...tw2002,
    newWorld: (self) => (world = tw2002.newWorld(self)),
    verdict: () => undefined,
    // Who does as told is never at a loss.
    progress: () => String(told++),
    strategies: {
      script: () => {
        const intent = script.shift();
        // Told nothing more, it looks around: its key waits until it is told.
        idle = intent === undefined;
        return { intent: intent ?? { type: "look" }, why: "told so" };
      },
    },
  };
  const life: Life = createLife(game, {
    self: {
      name,
      password: "secret",
      gameLetter: "A",
      shipName: "Runner",
      planetName: "Home",
      turnsMax: 0,
      reserveCredits: 0,
      maxHops: 6,
    },
    strategy: "script",
    goal: "profit",
    dice: () => 0.5,
    pace: noPace,
    answerTimeoutMs: 30_000,
    reconnectsMax: 0,
  });

  function tell(event: LifeEvent): void {
    for (const effect of life.step(event, table.now)) perform(effect);
  }

  function perform(effect: LifeEffect): void {
    if (effect.type === "send") {
      sent.push(effect.keys);
      queue.push(line.encode(effect.keys));
    } else if (effect.type === "await") deadline = table.now + effect.ms;
    else if (effect.type === "learned") facts.push(effect.fact as Fact);
    else if (effect.type === "stuck") trouble.push(`stuck at ${effect.at}: ${effect.text}`);
    else if (effect.type === "note" && effect.severity !== "info") trouble.push(effect.text);
    else if (effect.type === "hangUp" || effect.type === "ended")
      throw new Error(`${effect.type}: ${effect.reason}`);
  }

  const queue: Uint8Array[] = [];
  function run(): void {
    for (let writes = 0; !idle; writes++) {
      if (writes > writesMax) throw new Error(`Going in circles: ${sent.slice(-12).join(" ")}`);
      const keys = queue.shift();
      const shown = keys ? table.press(caller, Buffer.from(keys).toString("latin1")) : table.take(caller);
      if (!keys && shown === "") pass();
      const bytes = Buffer.from(shown, "latin1");
      for (const piece of options.byteByByte ? Array.from(bytes, (byte) => Uint8Array.of(byte)) : [bytes]) {
        const { events, replies } = line.feed(piece);
        if (replies) queue.push(replies);
        for (const event of events) tell(event);
      }
    }
  }

  /** Nothing is under way: time goes on. */
  function pass(): void {
    table.wait(Math.max(0, Math.min(deadline - table.now, 1000)));
    if (table.now < deadline) return;
    deadline = Number.POSITIVE_INFINITY;
    tell({ type: "silent" });
  }

  tell({ type: "started" });
  tell({ type: "connected" });
  script.push({ type: "inform" });
  run();
  const bot = world!;
  return {
    table,
    world: bot,
    trader: () => [...table.galaxy.traders.values()].find((each) => each.name === name)!,
    facts,
    sent,
    trouble,
    act(intent) {
      script.push(intent);
      idle = false;
      run();
    },
  };
}
