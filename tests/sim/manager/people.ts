/** People who want things of a swarm, ask again when they hear nothing, and remember what they were promised. */
import { BotConfig } from "../../../src/proto/config.ts";
import type { Swarm } from "../../../src/proto/operations.ts";
import { hasEnded } from "../../../src/swarm/swarm.ts";
import { Refusal } from "../../../src/proto/refusal.ts";
import type { Disk } from "./disk.ts";
import type { Ledger } from "./ledger.ts";
import type { SimManager } from "./manager.ts";
import type { Time } from "./time.ts";

/** What somebody wanted of one bot, and what he heard of it. */
export interface Wish {
  /** Milliseconds. */
  readonly at: number;
  readonly bot: string;
  readonly kind: "hold" | "goal" | "life";
  readonly value: string;
  answer: "kept" | "refused" | "unknown";
}

export interface People {
  readonly wishes: readonly Wish[];
  /** Bots that were promised to somebody, by the key he gave. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
  /** What the last wishes allow; `otherwise` is what holds without any. */
  allowed(bot: string, kind: Wish["kind"], otherwise: string): Set<string>;
  /** Somebody ends or begins lives without asking for each by name. */
  all(value: "alive" | "dead"): Wish[];
  stop(): void;
}

export interface PeopleParts {
  readonly time: Time;
  readonly dice: () => number;
  readonly ledger: Ledger;
  readonly disk: Disk;
  readonly manager: () => SimManager | undefined;
  readonly maxBots: number;
}

const patienceMs = 5000;
/** Also a bot that nobody knew yet when it was wished. */
const anyone = "*";
/** The longest time from a wish to its fulfilment, with some to spare. */
const lateMs = 40_000;
const goals = ["profit", "exploration", "combat", "banking"];
const configOf = (goal: string) => BotConfig.parse({ trading: { goal } });
const configs = new Map(goals.map((goal) => [goal, configOf(goal)]));

export function createPeople(parts: PeopleParts, count: number): People {
  const { time, dice, ledger, disk, maxBots } = parts;
  const wishes: Wish[] = [];
  const keys = new Map<string, string[]>();
  let stopped = false;
  let keyCount = 0;
  const below = (limit: number) => Math.floor(dice() * limit);
  const oneOf = <T>(of: readonly T[]): T => of[below(of.length)]!;

  function wish(bot: string, kind: Wish["kind"], value: string): Wish {
    const made: Wish = { at: time.now(), bot, kind, value, answer: "unknown" };
    wishes.push(made);
    return made;
  }
  const settle = (made: readonly Wish[], answer: Wish["answer"]) =>
    made.forEach((one) => (one.answer = answer));

  /** Asks the manager of that moment. The answer may get lost, and comes at most once. */
  function ask<T>(
    request: (swarm: Swarm) => Promise<T>,
    answered: (result: T | Refusal | "silence") => void,
  ) {
    let open = true;
    const close = (result: T | Refusal | "silence") => {
      if (open) answered(result);
      open = false;
    };
    const manager = parts.manager();
    const nobody = () => close(new Refusal("manager_unreachable", "There is no manager"));
    if (!manager?.process.actor.alive) return void time.later(1, nobody);
    const isLost = dice() < 0.1;
    const reply = (result: T | Refusal) => {
      if (manager.process.actor.alive && !isLost) time.later(3 * dice(), () => close(result));
    };
    manager.process.actor.later(1, () => {
      request(manager.swarm).then(reply, (error: unknown) => {
        if (error instanceof Refusal) reply(error);
        else if (manager.process.actor.alive) ledger.wrong(`a request met a bug: ${String(error)}`);
      });
    });
    time.later(patienceMs, () => close("silence"));
  }

  /** One wish of one bot. `check` says of a promise whether the log has it. */
  function want<T>(made: Wish[], request: (swarm: Swarm) => Promise<T>, check: (since: number) => boolean) {
    const since = disk.events.length;
    for (const { bot, kind } of made) if (kind === "life") ledger.excuse(bot);
    const first = made[0];
    const checked = (result: T) => {
      if (!check(since))
        ledger.wrong(`${first?.kind} ${first?.value} of ${first?.bot} is promised and is not in the log`);
      return result;
    };
    ask(
      (swarm) => request(swarm).then(checked),
      (result) => {
        if (result === "silence") return;
        settle(made, result instanceof Refusal ? "refused" : "kept");
        ledger.count(result instanceof Refusal ? `refused: ${result.code}` : "promises");
      },
    );
  }

  const inLog = (bot: string, since: number, types: readonly string[]) =>
    disk.events.slice(since).some((event) => event.bot === bot && types.includes(event.type));
  const shadow = (bot: string) => disk.shadow.bots.get(bot);

  function order(bot: string): void {
    const what = below(3);
    if (what === 0) {
      const goal = `goal ${wishes.length}`;
      return want(
        [wish(bot, "goal", goal)],
        (swarm) => swarm.setGoal({ bot_id: bot, goal }),
        (since) => inLog(bot, since, ["ordered"]),
      );
    }
    const type = what === 1 ? "pause" : "resume";
    want(
      [wish(bot, "hold", type)],
      (swarm) => (type === "pause" ? swarm.pauseBot({ bot_id: bot }) : swarm.resumeBot({ bot_id: bot })),
      // What is so already needs no order.
      (since) =>
        inLog(bot, since, ["ordered"]) || (shadow(bot)?.wishes.hold !== undefined) === (type === "pause"),
    );
  }

  /** One thing for several bots at once: each has an answer of its own. */
  function orderMany(bots: readonly string[]): void {
    const action = oneOf(["goal", "pause", "resume"] as const);
    const goal = `goal ${wishes.length}`;
    const made = bots.map((bot) => (action === "goal" ? wish(bot, "goal", goal) : wish(bot, "hold", action)));
    const since = disk.events.length;
    const isKept = (bot: string) =>
      inLog(bot, since, ["ordered"]) ||
      (action !== "goal" && (shadow(bot)?.wishes.hold !== undefined) === (action === "pause"));
    ask(
      (swarm) =>
        swarm
          .orderBots({ action, bots: [...bots], ...(action === "goal" && { goal }) })
          .then(({ results }) => {
            for (const { bot_id, ok } of results)
              if (ok && !isKept(bot_id))
                ledger.wrong(`${action} of ${bot_id} among others is promised and is not in the log`);
            return results;
          }),
      (results) => {
        if (results === "silence") return;
        if (results instanceof Refusal) return settle(made, "refused");
        for (const one of made) {
          const answer = results.find(({ bot_id }) => bot_id === one.bot);
          if (answer === undefined) ledger.wrong(`${one.bot} was asked for among others, and has no answer`);
          one.answer = answer?.ok ? "kept" : "refused";
          ledger.count(answer?.ok ? "promises to many" : "refused among many");
        }
      },
    );
  }

  function respawn(bot: string): void {
    const goal = oneOf(goals);
    want(
      [wish(bot, "life", "alive"), wish(bot, "goal", goal)],
      (swarm) => swarm.respawnBot({ bot_id: bot, config: configs.get(goal)! }),
      (since) => inLog(bot, since, ["reconfigured"]),
    );
  }

  /** Until somebody answers. */
  function spawn(key: string, many: number, triesLeft: number): void {
    const config = configs.get(oneOf(goals))!;
    const tell = (bots: readonly string[]) => {
      const before = keys.get(key);
      if (before && before.join(" ") !== bots.join(" "))
        ledger.wrong(`key ${key} made ${before.join(" ")}, then ${bots.join(" ")}`);
      keys.set(key, [...bots]);
      ledger.count("spawn promises");
      for (const bot of bots)
        if (
          !disk.events.some((event) => event.type === "spawned" && event.bot === bot && event.key?.id === key)
        )
          ledger.wrong(`${bot} was promised and is not in the log`);
    };
    const again = (tries: number): void => {
      ask(
        async (swarm) => {
          if (many === 1) return [(await swarm.spawnBot({ config, idempotency_key: key })).bot_id];
          return (await swarm.spawnSwarm({ configs: [config], count: many, idempotency_key: key })).bot_ids;
        },
        (result) => {
          if (Array.isArray(result)) tell(result);
          const isTransient =
            result === "silence" ||
            (result instanceof Refusal &&
              (result.code === "disk_full" || result.code === "manager_unreachable"));
          // And sometimes once more, for nothing.
          if (tries > 0 && (isTransient || dice() < 0.3)) time.later(1000 * dice(), () => again(tries - 1));
        },
      );
    };
    again(triesLeft);
  }

  function killed(bots: readonly string[], request: (swarm: Swarm) => Promise<unknown>): void {
    const made = bots.map((bot) => wish(bot, "life", "dead"));
    want(made, request, () =>
      bots.every((bot) => {
        const known = shadow(bot);
        // Who wanted it anew meanwhile has his way.
        const isAnew = known?.again !== undefined || known?.state === "QUEUED";
        return !known || known.killed !== undefined || hasEnded(known) || isAnew;
      }),
    );
  }

  const all: People["all"] = (value) =>
    [...disk.shadow.bots.keys(), anyone].map((bot) => wish(bot, "life", value));

  function scale(): void {
    const made = all("dead");
    for (const one of made) one.answer = "unknown";
    ask(
      (swarm) => swarm.scaleSwarm({ count: below(maxBots + 1), config: configs.get("profit")! }),
      (result) => {
        if (result === "silence") return;
        if (result instanceof Refusal) {
          // The surplus goes before the missing come: of these refusals only one can be partial, and none kills then.
          return settle(made, "refused");
        }
        for (const one of made)
          if (one.bot !== anyone) one.answer = result.killed.includes(one.bot) ? "kept" : "refused";
        for (const bot of result.started)
          if (!disk.events.some((event) => event.type === "spawned" && event.bot === bot))
            ledger.wrong(`${bot} was promised by scale and is not in the log`);
      },
    );
  }

  function clear(): void {
    const since = disk.events.length;
    ask(
      (swarm) => swarm.clearSwarm({}),
      (result) => {
        if (result === "silence" || result instanceof Refusal) return;
        for (const bot of result.bot_ids)
          if (!inLog(bot, since, ["cleared"]))
            ledger.wrong(`${bot} was told to be cleared and is not in the log`);
      },
    );
  }

  function person(last?: string): void {
    if (stopped) return;
    const bots = [...disk.shadow.bots.keys()];
    const roll = dice();
    const known = bots.length === 0 ? undefined : oneOf(bots);
    const bot = last ?? known;
    if (bot === undefined || roll < 0.2) spawn(`key-${keyCount++}`, dice() < 0.6 ? 1 : 1 + below(4), 12);
    else if (roll < 0.58) order(bot);
    else if (roll < 0.65) orderMany([...new Set([bot, known ?? bot, bots.at(-1) ?? bot])]);
    else if (roll < 0.76) killed([bot], (swarm) => swarm.killBot({ bot_id: bot }));
    else if (roll < 0.85)
      want(
        [wish(bot, "life", "alive")],
        (swarm) => swarm.restartBot({ bot_id: bot }),
        (since) =>
          // Waiting already it may be started before the answer is here.
          inLog(bot, since, ["restartAsked", "started"]) ||
          shadow(bot)?.state === "QUEUED" ||
          shadow(bot)?.again !== undefined,
      );
    else if (roll < 0.94) respawn(bot);
    else if (roll < 0.96) scale();
    else if (roll < 0.99) clear();
    else {
      wish(anyone, "life", "dead");
      killed(bots, (swarm) => swarm.killAll({}));
    }
    // Some change their minds at once.
    if (dice() < 0.3) time.later(400 * dice(), () => person(bot ?? [...disk.shadow.bots.keys()].at(-1)));
    else time.later(300 + 6000 * dice(), () => person());
  }

  for (let index = 0; index < count; index++) time.later(100 + 1000 * dice(), () => person());
  return {
    wishes,
    keys,
    all,
    allowed(bot, kind, otherwise) {
      let values = new Set([otherwise]);
      const bornAt = disk.events.findLast((event) => event.type === "spawned" && event.bot === bot)?.at ?? 0;
      for (const one of wishes) {
        const isOfAnyone = one.bot === anyone && one.at > bornAt - lateMs;
        if ((one.bot !== bot && !isOfAnyone) || one.kind !== kind || one.answer === "refused") continue;
        if (one.answer === "kept" && !isOfAnyone) values = new Set();
        values.add(one.value);
      }
      return values;
    },
    stop: () => void (stopped = true),
  };
}
