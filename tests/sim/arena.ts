/** The host's core and any number of lives in one process, on one virtual clock, with a seed for the only input. */
import { tw2002 } from "../../src/games/tw2002/mod.ts";
import { bigBang } from "../../src/games/tw2002/host/universe/bigbang.ts";
import { createGalaxy } from "../../src/games/tw2002/host/galaxy.ts";
import { defaultSettings, type GameSettings } from "../../src/games/tw2002/host/settings.ts";
import { createHost, type Host, type HostEffect } from "../../src/games/tw2002/host/mod.ts";
import { createLife } from "../../src/player/life.ts";
import type { Self } from "../../src/player/game.ts";
import type { Life, LifeEffect, LifeEvent } from "../../src/player/happenings.ts";
import type { KeysWord } from "../../src/player/lending.ts";
import { createLine, type Line } from "../../src/player/line.ts";
import { noPace, type PaceLimits } from "../../src/player/pace.ts";
import { AiStrategy } from "../../src/proto/llm-config.ts";
import type { Order } from "../../src/proto/orders.ts";
import { createCommons, type Commons } from "../../src/swarm/commons.ts";
import { sayEveryMs } from "../../src/commons-keep.ts";
import { seeded } from "../cuts.ts";

export interface ArenaOptions {
  readonly bots: number;
  readonly seed: number;
  /** Where the host's dice and the bots' begin, in the universe that `seed` made; `seed` unless said. */
  readonly dice?: number;
  readonly sectors?: number;
  /** Turns each bot may use; 0 for all that the game gives. */
  readonly turns?: number;
  readonly turnsPerDay?: number;
  /** One way, in milliseconds. */
  readonly latencyMs?: number;
  readonly answerTimeoutMs?: number;
  /** As fast as the host answers unless said. */
  readonly pace?: PaceLimits;
  readonly strategy?: string;
  readonly goal?: string;
  /** For the strategy "ai": who answers its questions, by the bot's place, and after how many milliseconds; and the policy, where it differs from the usual. */
  readonly mind?: {
    readonly answer: (picture: string, index: number) => string;
    readonly afterMs: number;
  };
  readonly ai?: Partial<AiStrategy>;
  /** Beside the game's own. */
  readonly strategies?: typeof tw2002.strategies;
  /** Of the game, where it differs from a new one's. */
  readonly settings?: Partial<GameSettings>;
  /** How what the host writes reaches a bot: in one piece, or each byte for itself. */
  readonly byteByByte?: boolean;
  /** The bots tell each other what they see, and what they have set out for, as under one manager. */
  readonly shared?: boolean;
  /** Whether the host takes no calls at that moment. */
  readonly isDown?: (at: number) => boolean;
  /** Of the bots, where they differ from the usual. */
  readonly self?: Partial<Self>;
  /** Milliseconds from anywhere: given one, each bot's own work is counted in its `coreMs`. */
  readonly stopwatch?: () => number;
  /**
   * Sees what passes; may take a send away by returning false, hold it up by so many milliseconds, or say what becomes of it:
   * the pieces that reach the host, each so much later.
   */
  readonly onSend?: (
    bot: Bot,
    keys: string,
    open: string,
    at: number,
  ) => boolean | number | readonly Piece[] | void;
  readonly onEffect?: (bot: Bot, effect: LifeEffect) => void;
}

export interface Piece {
  readonly keys: string;
  readonly afterMs: number;
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
  /** Credits that changed hands in its deals, whichever way. */
  turnover: number;
  deadline: number;
  readonly screen: string[];
  /** Spent in its line and its life; 0 without a stopwatch. */
  coreMs: number;
}

export interface Arena {
  readonly host: Host;
  readonly bots: readonly Bot[];
  now(): number;
  /** Credits that have changed hands at the ports, as they have it. */
  takings(): number;
  /** Runs until nothing is left to happen, all have ended, or so many virtual milliseconds have passed. */
  run(forMs?: number): void;
  order(bot: Bot, order: Order): void;
  /** Somebody wants a bot's keys, or has them. */
  hand(bot: Bot, word: KeysWord): void;
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

/** Of the game that is played. */
export const settingsOf = (
  options: Pick<ArenaOptions, "sectors" | "turnsPerDay" | "settings">,
): GameSettings => ({
  ...defaultSettings,
  sectors: options.sectors ?? 1000,
  turnsPerDay: options.turnsPerDay ?? 1000,
  courseMax: 45,
  aliens: true,
  homePlanets: true,
  ...options.settings,
});

export function createArena(options: ArenaOptions): Arena {
  const { seed, dice = seed, latencyMs = 5, answerTimeoutMs = 30_000, stopwatch = () => 0 } = options;
  const settings = settingsOf(options);
  const universe = bigBang({ sectors: settings.sectors, seed, at: startMs });
  const galaxy = createGalaxy(settings, universe, { began: startMs, dice });
  const host = createHost({
    games: [{ letter: "A", name: "Arena", galaxy }],
    maxCallers: 2000,
    seal: (password, salt) => `${salt}:${password}`,
  });
  const takingsBefore = galaxy.ports.values().reduce((sum, port) => sum + (port.credits ?? 0), 0);
  const queue = createQueue();
  const commons = options.shared ? createCommons() : undefined;
  let clock = startMs;
  let wakeAt = Number.POSITIVE_INFINITY;
  let hash = 0x811c9dc5;
  let sends = 0;
  const byCaller = new Map<number, Bot>();
  const dialling = new Map<Bot, LifeEffect>();

  const note = (text: string) => {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  };

  const game = { ...tw2002, strategies: { ...tw2002.strategies, ...options.strategies } };
  const bots = Array.from({ length: options.bots }, (_, index): Bot => {
    const name = `bot ${String(index).padStart(3, "0")}`;
    const life = createLife(game, {
      self: {
        name,
        password: `secret${index}`,
        gameLetter: "A",
        shipName: `Ship ${index}`,
        planetName: `World ${index}`,
        turnsMax: options.turns ?? 200,
        reserveCredits: 0,
        maxHops: 6,
        ...options.self,
      },
      strategy: options.mind ? "ai" : (options.strategy ?? "opportunistic"),
      ...(options.mind && { ai: AiStrategy.parse(options.ai ?? {}) }),
      goal: options.goal ?? "profit",
      dice: seeded(dice * 1000 + index),
      answerTimeoutMs,
      pace: options.pace ?? noPace,
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
      turnover: 0,
      deadline: 0,
      screen: [],
      coreMs: 0,
    };
  });

  /** One call is enough, the earliest: the host asks anew each time. */
  function wake(at: number): void {
    if (wakeAt <= at) return;
    wakeAt = at;
    queue.add(at, () => {
      if (wakeAt !== at) return;
      wakeAt = Number.POSITIVE_INFINITY;
      perform(host.tick(clock));
    });
  }

  function perform(effects: readonly HostEffect[]): void {
    for (const effect of effects) {
      if (effect.type === "wake") wake(Math.max(effect.at, clock));
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
      const began = stopwatch();
      const { events, replies } = bot.line.feed(piece);
      bot.coreMs += stopwatch() - began;
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
    const began = stopwatch();
    const effects = bot.life.step(event, clock);
    bot.coreMs += stopwatch() - began;
    for (const effect of effects) {
      bot.effects.set(effect.type, (bot.effects.get(effect.type) ?? 0) + 1);
      options.onEffect?.(bot, effect);
      act(bot, effect);
    }
  }

  function act(bot: Bot, effect: LifeEffect): void {
    switch (effect.type) {
      case "dial":
        dialling.set(bot, effect);
        queue.add(clock + effect.afterMs, () => {
          // A later call replaces an earlier one.
          if (dialling.get(bot) !== effect || bot.ended) return;
          if (options.isDown?.(clock))
            return live(bot, { type: "closed", reason: "connection refused", reached: false });
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
        const verdict = options.onSend?.(bot, effect.keys, bot.open, clock);
        if (verdict === false) return;
        const whole = { keys: effect.keys, afterMs: typeof verdict === "number" ? verdict : 0 };
        const { line } = bot;
        for (const { keys, afterMs } of typeof verdict === "object" ? verdict : [whole])
          queue.add(clock + afterMs, () => {
            if (line && bot.line === line) toHost(bot, line.encode(keys));
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
      case "ask": {
        const { mind } = options;
        if (!mind) return;
        const { id, picture } = effect;
        queue.add(clock + mind.afterMs, () => {
          if (!bot.ended) live(bot, { type: "advised", id, plan: mind.answer(picture, bot.index) });
        });
        return;
      }
      case "traded":
        bot.turnover += Math.abs(effect.credits);
        return;
      case "ended":
        bot.ended = effect;
        commons?.leave(bot.name);
        return;
      case "tell":
        commons?.told(bot.name, effect.lore, clock);
        return;
      case "claim":
        commons?.claim(bot.name, effect.names, clock);
        return;
    }
  }

  /** Looks every so often, as a manager does, whether anybody has to be told anything. */
  function share(among: Commons): void {
    for (const { bot: name, word } of among.words(clock)) {
      const bot = bots.find((one) => one.name === name)!;
      if (word.type === "claims") live(bot, { type: "claimed", taken: word.taken, free: word.free });
      else {
        live(bot, { type: "told", lore: word.lore });
        among.confirmed(name, word.up_to);
      }
    }
    queue.add(clock + sayEveryMs, () => share(among));
  }

  for (const bot of bots) {
    commons?.join(bot.name, "arena:2002/A", clock);
    queue.add(clock + bot.index * 20, () => live(bot, { type: "started" }));
  }
  if (commons) share(commons);

  return {
    host,
    bots,
    now: () => clock,
    takings: () => galaxy.ports.values().reduce((sum, port) => sum + (port.credits ?? 0), 0) - takingsBefore,
    run(forMs = Number.POSITIVE_INFINITY) {
      const end = clock + forMs;
      for (let next = queue.next(); next; next = queue.next()) {
        if (next.at > end) {
          queue.putBack(next);
          clock = end;
          return;
        }
        clock = Math.max(clock, next.at);
        next.what();
        if (bots.every((bot) => bot.ended)) return;
      }
    },
    order: (bot, order) => live(bot, { type: "ordered", order }),
    hand: (bot, word) => live(bot, { type: "keys", word }),
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
  const push = (due: Due) => {
    heap.push(due);
    for (let child = heap.length - 1; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!before(heap[child]!, heap[parent]!)) return;
      [heap[child], heap[parent]] = [heap[parent]!, heap[child]!];
      child = parent;
    }
  };
  return {
    add: (at: number, what: () => void) => push({ at, seq: seq++, what }),
    /** In its old place: two that are due at one moment may be bytes of one line. */
    putBack: push,
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
