/** The host's core and any number of lives in one process, on one virtual clock, with a seed for the only input. */
import { games } from "../../src/games/registry.ts";
import { bigBang } from "../../src/games/tw2002/host/universe/bigbang.ts";
import { createGalaxy } from "../../src/games/tw2002/host/galaxy.ts";
import { defaultSettings, type GameSettings } from "../../src/games/tw2002/host/settings.ts";
import { createHost, type Host, type HostEffect } from "../../src/games/tw2002/host/mod.ts";
import type { Life } from "../../src/player/life.ts";
import type { LifeEffect, LifeEvent } from "../../src/player/happenings.ts";
import { createLine, type Line } from "../../src/player/line.ts";
import type { Order } from "../../src/proto/orders.ts";
import { seeded } from "../cuts.ts";

export interface ArenaOptions {
  readonly bots: number;
  readonly seed: number;
  readonly sectors?: number;
  /** Turns each bot may use; 0 for all that the game gives. */
  readonly turns?: number;
  readonly turnsPerDay?: number;
  /** One way, in milliseconds. */
  readonly latencyMs?: number;
  readonly answerTimeoutMs?: number;
  readonly strategy?: string;
  /** Of the game, where it differs from a new one's. */
  readonly settings?: Partial<GameSettings>;
  /** How what the host writes reaches a bot: in one piece, or each byte for itself. */
  readonly byteByByte?: boolean;
  /** Sees what passes; may take a send away by returning false, or hold it up by so many milliseconds. */
  readonly onSend?: (bot: Bot, keys: string, open: string) => boolean | number | void;
  readonly onEffect?: (bot: Bot, effect: LifeEffect) => void;
}

export interface Bot {
  readonly index: number;
  readonly name: string;
  readonly life: Life;
  line: Line | undefined;
  caller: number | undefined;
  /** What stands on its open line, and the last words that were printed. */
  open: string;
  readonly notes: string[];
  readonly stuck: string[];
  readonly effects: Map<string, number>;
  ended: Extract<LifeEffect, { type: "ended" }> | undefined;
  tradesByBook: number;
  deadline: number;
  readonly screen: string[];
}

export interface Arena {
  readonly host: Host;
  readonly bots: readonly Bot[];
  now(): number;
  /** Runs until nothing is left to happen, all have ended, or so many virtual milliseconds have passed. */
  run(forMs?: number): void;
  order(bot: Bot, order: Order): void;
  /** The host hangs up on a bot. */
  cut(bot: Bot): void;
  /** Bytes that no host sent arrive at a bot. */
  inject(bot: Bot, text: string): void;
  later(afterMs: number, what: () => void): void;
  /** A number that stands for every key sent, by whom and when. */
  keyLog(): string;
  readonly sends: () => number;
}

/** 12:00 on Monday 2 February 2026, UTC. */
export const startMs = Date.UTC(2026, 1, 2, 12);
const screenLinesMax = 60;

const settingsOf = (options: ArenaOptions): GameSettings => ({
  ...defaultSettings,
  sectors: options.sectors ?? 1000,
  turnsPerDay: options.turnsPerDay ?? 1000,
  courseMax: 45,
  aliens: true,
  homePlanets: true,
  ...options.settings,
});

export function createArena(options: ArenaOptions): Arena {
  const { seed, latencyMs = 5, answerTimeoutMs = 30_000 } = options;
  const settings = settingsOf(options);
  const universe = bigBang({ sectors: settings.sectors, seed, at: startMs });
  const galaxy = createGalaxy(settings, universe, { began: startMs, dice: seed });
  const host = createHost({
    games: [{ letter: "A", name: "Arena", galaxy }],
    maxCallers: 2000,
    seal: (password, salt) => `${salt}:${password}`,
  });
  const queue = createQueue();
  let clock = startMs;
  let hash = 0x811c9dc5;
  let sends = 0;
  const byCaller = new Map<number, Bot>();

  const note = (text: string) => {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  };

  const bots = Array.from({ length: options.bots }, (_, index): Bot => {
    const name = `bot ${String(index).padStart(3, "0")}`;
    const life = games.tw2002({
      self: {
        name,
        password: `secret${index}`,
        gameLetter: "A",
        shipName: `Ship ${index}`,
        planetName: `World ${index}`,
        turnsMax: options.turns ?? 200,
        reserveCredits: 0,
        maxHops: 6,
      },
      strategy: options.strategy ?? "opportunistic",
      goal: "profit",
      dice: seeded(seed * 1000 + index),
      answerTimeoutMs,
      reconnectsMax: 1000,
    });
    return {
      index,
      name,
      life,
      line: undefined,
      caller: undefined,
      open: "",
      notes: [],
      stuck: [],
      effects: new Map(),
      ended: undefined,
      tradesByBook: 0,
      deadline: 0,
      screen: [],
    };
  });

  function perform(effects: readonly HostEffect[]): void {
    for (const effect of effects) {
      if (effect.type === "wake") queue.add(Math.max(effect.at, clock), () => perform(host.tick(clock)));
      else {
        const bot = byCaller.get(effect.caller);
        if (!bot) continue;
        queue.add(clock + latencyMs, () => {
          if (bot.caller !== effect.caller) return;
          if (effect.type === "write") arrive(bot, effect.bytes);
          else dropped(bot, "closed by the host");
        });
      }
    }
  }

  function arrive(bot: Bot, bytes: Uint8Array): void {
    const pieces = options.byteByByte ? Array.from(bytes, (byte) => Uint8Array.of(byte)) : [bytes];
    for (const piece of pieces) {
      if (!bot.line) return;
      const { events, replies } = bot.line.feed(piece);
      if (replies) toHost(bot, replies);
      for (const event of events) {
        if (event.type === "open") bot.open = event.text;
        else if (event.type === "line") {
          bot.screen.push(event.text);
          if (bot.screen.length > screenLinesMax) bot.screen.shift();
        }
        if (event.type !== "open") bot.open = "";
        live(bot, event);
      }
    }
  }

  function toHost(bot: Bot, bytes: Uint8Array): void {
    const { caller } = bot;
    queue.add(clock + latencyMs, () => {
      if (caller !== undefined && bot.caller === caller) perform(host.receive(caller, bytes, clock));
    });
  }

  function dropped(bot: Bot, reason: string): void {
    if (bot.caller === undefined) return;
    byCaller.delete(bot.caller);
    bot.caller = undefined;
    bot.line = undefined;
    bot.open = "";
    live(bot, { type: "closed", reason });
  }

  function live(bot: Bot, event: LifeEvent): void {
    for (const effect of bot.life.step(event, clock)) {
      bot.effects.set(effect.type, (bot.effects.get(effect.type) ?? 0) + 1);
      options.onEffect?.(bot, effect);
      act(bot, effect);
    }
  }

  function act(bot: Bot, effect: LifeEffect): void {
    switch (effect.type) {
      case "dial":
        queue.add(clock + effect.afterMs, () => {
          const { caller, effects } = host.connect(clock);
          bot.caller = caller;
          bot.line = createLine();
          byCaller.set(caller, bot);
          live(bot, { type: "connected" });
          perform(effects);
        });
        return;
      case "hangUp":
        if (bot.caller !== undefined) {
          perform(host.hungUp(bot.caller, clock));
          dropped(bot, effect.reason);
        }
        return;
      case "send": {
        sends++;
        note(`${bot.index}@${clock}:${effect.keys}`);
        const verdict = options.onSend?.(bot, effect.keys, bot.open);
        if (verdict === false) return;
        const heldUpMs = typeof verdict === "number" ? verdict : 0;
        const { line } = bot;
        queue.add(clock + effect.waitMs + heldUpMs, () => {
          if (line && bot.line === line) toHost(bot, line.encode(effect.keys));
        });
        return;
      }
      case "await": {
        const armed = ++bot.deadline;
        queue.add(clock + effect.ms, () => {
          if (bot.deadline === armed && !bot.ended) live(bot, { type: "silent" });
        });
        return;
      }
      case "note":
        bot.notes.push(`${effect.severity}: ${effect.text}`);
        return;
      case "stuck":
        bot.stuck.push(`${effect.at}: ${effect.text}`);
        return;
      case "traded":
        bot.tradesByBook += effect.credits;
        return;
      case "ended":
        bot.ended = effect;
        return;
    }
  }

  for (const bot of bots) queue.add(clock + bot.index * 20, () => live(bot, { type: "started" }));

  return {
    host,
    bots,
    now: () => clock,
    run(forMs = Number.POSITIVE_INFINITY) {
      const end = clock + forMs;
      for (let next = queue.next(); next; next = queue.next()) {
        if (next.at > end) {
          queue.add(next.at, next.what);
          clock = end;
          return;
        }
        clock = Math.max(clock, next.at);
        next.what();
        if (bots.every((bot) => bot.ended)) return;
      }
    },
    order: (bot, order) => live(bot, { type: "ordered", order }),
    cut(bot) {
      if (bot.caller === undefined) return;
      perform(host.hungUp(bot.caller, clock));
      dropped(bot, "connection reset");
    },
    inject: (bot, text) =>
      arrive(
        bot,
        Uint8Array.from(text, (char) => char.charCodeAt(0)),
      ),
    later: (afterMs, what) => queue.add(clock + afterMs, what),
    keyLog: () => `${sends}:${hash.toString(16)}`,
    sends: () => sends,
  };
}

interface Due {
  readonly at: number;
  readonly seq: number;
  readonly what: () => void;
}

/** What is to happen, soonest first; at one moment, in the order in which it was asked for. */
function createQueue() {
  const heap: Due[] = [];
  let seq = 0;
  const before = (a: Due, b: Due) => a.at < b.at || (a.at === b.at && a.seq < b.seq);
  const sink = (from: number) => {
    for (let at = from; ;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && before(heap[child]!, heap[least]!)) least = child;
      }
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  };
  return {
    add(at: number, what: () => void) {
      heap.push({ at, seq: seq++, what });
      for (let child = heap.length - 1; child > 0;) {
        const parent = (child - 1) >> 1;
        if (!before(heap[child]!, heap[parent]!)) return;
        [heap[child], heap[parent]] = [heap[parent]!, heap[child]!];
        child = parent;
      }
    },
    next(): Due | undefined {
      const first = heap[0];
      const last = heap.pop();
      if (first && last && heap.length > 0) {
        heap[0] = last;
        sink(0);
      }
      return first;
    },
  };
}
