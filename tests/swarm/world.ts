/** A small world of workers around a swarm, driven by dice: they start, talk, crash and are told things, in no sensible order. */
import { createDice } from "../../src/io/identity.ts";
import type { LifecycleEvent, SwarmEvent } from "../../src/proto/events.ts";
import { Refusal } from "../../src/proto/refusal.ts";
import type { BotState } from "../../src/proto/status.ts";
import { lifecycle } from "../../src/swarm/lifecycle.ts";
import { looked } from "../../src/swarm/health.ts";
import { joinBot, newcomers, reconfigured } from "../../src/swarm/newcomers.ts";
import type { Effect } from "../../src/swarm/react.ts";
import { clearEnded, killBot, orderBot, restartBot } from "../../src/swarm/requests.ts";
import { hasEnded, type Bot } from "../../src/swarm/swarm.ts";
import { config, newSwarm, onCrash, report, stage, type Stage } from "./stories.ts";

/** One process, or one connection of a worker started by hand. */
interface Worker {
  readonly bot: string;
  readonly pid: number;
  greeted: boolean;
  welcome: boolean;
}

export interface World {
  readonly on: Stage;
  /** Plays so many moves. */
  run(moves: number): void;
}

const ids = ["a", "b", "c", "d", "e", "f"];

/**
 * `check` is called after each event and each move. Throws when a second process is started for a bot, and when an event leads
 * where the table does not. With `ghosts`, words are heard also of workers that are gone.
 */
export function world(seed: number, check: (on: Stage) => void, ghosts = false): World {
  const dice = createDice(seed, "world");
  const below = (limit: number) => Math.floor(dice() * limit);
  const one = <T>(of: readonly T[]): T | undefined => of[below(of.length)];
  const workers = new Map<string, Worker>();
  const before = new Map<string, BotState>();
  let pids = 0;

  function told(event: SwarmEvent): void {
    const bot = on.state.bots.get(event.bot);
    const was = before.get(event.bot);
    if (bot) before.set(event.bot, bot.state);
    else before.delete(event.bot);
    if (!bot || was === undefined || was === bot.state || event.type === "joined") return;
    const reached = Object.values(lifecycle[was]).flat();
    if (!reached.includes(bot.state))
      throw new Error(`${event.type} led from ${was} to ${bot.state}: no such arrow`);
  }

  function perform(effect: Effect): void {
    const worker = workers.get(effect.bot);
    if (effect.type === "welcome" && worker) worker.welcome = true;
    if (effect.type !== "start") return;
    if (worker) throw new Error(`${effect.bot} was started beside its process ${worker.pid}`);
  }

  const on = stage(newSwarm({ maxBots: 3, spawnParallel: 2 }), {
    policy: onCrash,
    told(event) {
      if (event.type === "started" || event.type === "joined")
        workers.set(event.bot, { bot: event.bot, pid: pids++, greeted: false, welcome: false });
      told(event);
      check(on);
    },
    perform,
    starts: () => dice() < 0.9,
  });

  const happened = (event: SwarmEvent) => on.happened(event);
  const joined = (bot: Bot) => bot.origin === "joined";
  function dies(bot: Bot): void {
    workers.delete(bot.id);
    const at = on.at;
    if (joined(bot)) happened({ type: dice() < 0.5 ? "lost" : "left", bot: bot.id, at });
    else happened({ type: "exited", bot: bot.id, code: 0, signal: null, at });
  }

  /** What a worker that is there may do. */
  function works(bot: Bot, worker: Worker): void {
    const { id } = bot;
    const at = on.at;
    const words: (() => SwarmEvent | undefined)[] = [
      () => ({ type: "playing", bot: id, at }),
      () => ({ type: "reported", bot: id, report: report({ sector: below(9) }), at }),
      () => {
        const order = one(bot.orders);
        return order && { type: "confirmed", bot: id, order, at };
      },
      () => ({ type: "completed", bot: id, reason: "done", at }),
      () => ({ type: "stopped", bot: id, reason: "told to", at }),
      () => ({ type: "failed", bot: id, reason: "cannot", at }),
      () => ({ type: "unlinked", bot: id, at }),
      () => ({ type: "cutOff", bot: id, reason: "garbage", at }),
    ];
    if (dice() < 0.15) return dies(bot);
    if (!worker.greeted || dice() < 0.2) {
      worker.greeted = true;
      return happened({ type: "registered", bot: id, pid: worker.pid, session: "s", at });
    }
    const word = words[below(dice() < 0.7 ? 3 : words.length)]!();
    if (word) happened(word);
  }

  const spawn = (bot: string) => newcomers(on.state, [{ config, name: "n" }], 1, { botId: bot }, on.at);
  /** What people may ask. */
  const requests: ((bot: string) => readonly (LifecycleEvent | undefined)[])[] = [
    (bot) => spawn(bot).map(({ event }) => event),
    (bot) => spawn(bot).map(({ event }) => ({ ...event, start_at: on.at + below(2000) })),
    (bot) => [joinBot(on.state, { bot_id: bot, pid: 1, config_name: "m", strategy: "s" }, "hash", on.at)],
    (bot) => killBot(on.state, bot, "by request", on.at),
    (bot) => restartBot(on.state, bot, "by request", on.at),
    (bot) => [
      reconfigured(on.state, bot, { config, name: "other" }, on.at).event,
      ...restartBot(on.state, bot, "anew", on.at),
    ],
    (bot) => [orderBot(on.state, bot, { type: "pause" }, on.at)],
    (bot) => [orderBot(on.state, bot, { type: "resume" }, on.at)],
    (bot) => [orderBot(on.state, bot, { type: "goal", goal: "banking" }, on.at)],
    () => (dice() < 0.3 ? clearEnded(on.state, on.at) : []),
  ];
  function asked(): void {
    try {
      const events = one(requests)!(one(ids)!);
      on.request(events.filter((event) => event !== undefined));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  function move(): void {
    on.at += below(400);
    const what = dice();
    const bot = one([...on.state.bots.values()]);
    const ghost = ghosts && bot ? { bot: bot.id, pid: 0, greeted: false, welcome: false } : undefined;
    const worker = bot && (workers.get(bot.id) ?? ghost);
    if (what < 0.6 && bot && worker) works(bot, worker);
    else if (what < 0.85) asked();
    else if (what < 0.9)
      for (const event of looked(on.state, { silenceMs: 3000, progressMs: 9000 }, on.at)) happened(event);
    else if (what < 0.95) on.flush();
    else on.wake();
    // Whoever has ended is taken away, as its effects want.
    for (const each of on.state.bots.values())
      if (hasEnded(each) && workers.has(each.id) && dice() < 0.3) dies(each);
  }

  return {
    on,
    run(moves) {
      for (let left = moves; left > 0; left--) {
        move();
        check(on);
      }
    },
  };
}
