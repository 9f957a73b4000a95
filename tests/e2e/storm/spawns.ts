/** Bots that are asked for under a key, again and again until there is an answer: each must be there once. */
import type { createDice } from "../../../src/games/tw2002/host/dice.ts";
import { until } from "../harness.ts";
import type { Field } from "./field.ts";

/** Milliseconds between two new bots, and before an unanswered request is made again. */
const everyMs = [500, 1500] as const;
const againMs = 50;
/** More than this many are a swarm of its own. */
const spawnsMax = 10;

export interface Spawns {
  /** Ends the asking. What was wrong: a key with no bot or with two, or bots that nobody asked for. */
  settle(): Promise<string[]>;
}

/** `others`: bots that are there already. */
export function keyedSpawns(field: Field, others: number, dice: ReturnType<typeof createDice>): Spawns {
  const bots = new Map<string, string[]>();
  let flowing = true;

  /** The bot that the answer names; undefined when there was none. */
  const ask = (key: string): Promise<string | undefined> =>
    field
      .ask("POST", "/swarm/spawn", { config: field.config() }, { "idempotency-key": key })
      .then(({ status, body }) => (status < 300 ? String(body["bot_id"]) : undefined))
      .catch(() => undefined);

  const flow = async () => {
    for (let number = 0; flowing && number < spawnsMax; number++) {
      const key = `extra-${number}`;
      const answers: string[] = [];
      bots.set(key, answers);
      await until(`an answer to ${key}`, async () => {
        const bot = await ask(key);
        if (bot === undefined) await Bun.sleep(againMs);
        else answers.push(bot);
        return bot;
      });
      await Bun.sleep(dice.between(...everyMs, "when the next bot is asked for"));
    }
  };
  const running = flow();

  return {
    async settle() {
      flowing = false;
      await running;
      // Asked once more, long after: the answer is the same.
      for (const [key, answers] of bots) answers.push((await ask(key)) ?? "no answer");
      const { bots: all } = await field.status();
      const once = [...bots].flatMap(([key, answers]) =>
        new Set(answers).size === 1 && all.some(({ bot_id }) => bot_id === answers[0])
          ? []
          : [`${key}: ${answers.join(", ")}`],
      );
      const wanted = others + bots.size;
      return all.length === wanted ? once : [...once, `${all.length} bots, not ${wanted}`];
    },
  };
}
