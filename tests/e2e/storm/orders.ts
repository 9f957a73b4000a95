/** Commands that flow to a swarm whatever happens to its manager, with a book of what was acknowledged. */
import type { createDice } from "../../../src/games/tw2002/host/dice.ts";
import { until } from "../harness.ts";
import type { Field } from "./field.ts";

type Dice = ReturnType<typeof createDice>;
type Wish = "pause" | "resume" | "goal";

/** `unknown`: the line broke before an answer came, so both are right: that it happened, and that it did not. */
interface Command {
  readonly wish: Wish;
  /** Names one command among all. */
  readonly goal: string | undefined;
  readonly outcome: "acknowledged" | "refused" | "unknown";
}

export interface Flow {
  /** Ends the flow with a last `resume` and a last goal for each bot, acknowledged and in effect. */
  settle(): Promise<void>;
  /** Compares the book with the manager's events. */
  check(): Promise<OrderFigures>;
}

export interface OrderFigures {
  readonly acknowledged: number;
  readonly refused: number;
  readonly unknown: number;
  /** Acknowledged, and not among the events, or not in order. */
  readonly lost: readonly string[];
  /** There more often than they were asked for. */
  readonly twice: readonly string[];
}

/** Milliseconds between two commands of one lane. */
const paceMs = [20, 120] as const;
/** Longest time until all bots are as they were last told. */
const settleMaxMs = 60_000;
/** Milliseconds before a command is tried while nobody answers. */
const absentMs = 30;

/** Each bot gets its commands one after the other; `lanes` bots get theirs at the same time. */
export function commandFlow(field: Field, bots: readonly string[], dice: Dice, lanes = 4): Flow {
  const book = new Map<string, Command[]>(bots.map((bot) => [bot, []]));
  let flowing = true;
  let number = 0;

  async function give(bot: string, wish: Wish): Promise<Command["outcome"]> {
    const goal = wish === "goal" ? `profit ${++number}` : undefined;
    const outcome = await field
      .ask("POST", `/bot/${bot}/${wish === "goal" ? "set-goal" : wish}`, goal === undefined ? {} : { goal })
      .then(({ status }) => (status < 300 ? "acknowledged" : "refused") as Command["outcome"])
      .catch(() => "unknown" as const);
    book.get(bot)!.push({ wish, goal, outcome });
    return outcome;
  }

  async function lane(index: number): Promise<void> {
    const mine = bots.filter((_, at) => at % lanes === index);
    while (flowing && mine.length > 0) {
      const bot = dice.pick(mine, "who is told something");
      const wish = dice.pick(["pause", "resume", "resume", "goal", "goal"] as const, "what a bot is told");
      const outcome = await give(bot, wish);
      await Bun.sleep(outcome === "unknown" ? absentMs : dice.between(...paceMs, "when the next is told"));
    }
  }
  const running = Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)));

  return {
    async settle() {
      flowing = false;
      await running;
      const insist = (bot: string, wish: Wish) =>
        until(
          `"${wish}" acknowledged for ${bot}`,
          async () => (await give(bot, wish)) === "acknowledged",
          settleMaxMs,
        );
      for (const wish of ["resume", "goal"] as const) await Promise.all(bots.map((bot) => insist(bot, wish)));
      const wanted = new Map(bots.map((bot) => [bot, book.get(bot)!.at(-1)!.goal]));
      await until(
        "every bot as last told",
        async () =>
          (await field.status()).bots.every(
            ({ bot_id, goal, state, order }) =>
              !wanted.has(bot_id) ||
              (goal === wanted.get(bot_id) && state === "RUNNING" && order?.state === "delivered"),
          ),
        settleMaxMs,
      );
    },
    async check() {
      const all = [...book.values()].flat();
      const count = (outcome: Command["outcome"]) => all.filter((each) => each.outcome === outcome).length;
      const lost: string[] = [];
      const twice: string[] = [];
      for (const [bot, commands] of book) {
        const kept = await ordersOf(field, bot);
        const judged = compare(commands, kept);
        lost.push(...judged.lost.map((what) => `${bot}: ${what}`));
        twice.push(...judged.twice.map((what) => `${bot}: ${what}`));
      }
      return {
        acknowledged: count("acknowledged"),
        refused: count("refused"),
        unknown: count("unknown"),
        lost,
        twice,
      };
    },
  };
}

/**
 * A goal has a name, so it must be kept once, and in its place. A `pause` for a bot that is paused already changes nothing and
 * may leave no event: it is looked for only where what was certain before makes it a change.
 */
export function compare(
  commands: readonly Command[],
  kept: readonly { readonly type: string; readonly goal?: string }[],
): { lost: string[]; twice: string[] } {
  const lost: string[] = [];
  let place = 0;
  let held: Wish | undefined = "resume";
  for (const { wish, goal, outcome } of commands) {
    const change = wish === "goal" || held !== wish;
    const certain = wish === "goal" || held !== undefined;
    if (wish !== "goal" && outcome !== "refused") held = outcome === "acknowledged" ? wish : undefined;
    if (outcome === "refused" || !change || !certain) continue;
    const found = kept.findIndex((each, at) => at >= place && each.type === wish && each.goal === goal);
    if (outcome === "acknowledged" && found < 0) lost.push(goal ?? wish);
    if (found >= 0 && (wish === "goal" || outcome === "acknowledged")) place = found + 1;
  }
  const goals = kept.flatMap(({ goal }) => (goal === undefined ? [] : [goal]));
  return { lost, twice: goals.filter((goal, at) => goals.indexOf(goal) < at) };
}

/** Pauses, resumes and goals that the manager keeps of a bot, oldest first. */
async function ordersOf(field: Field, bot: string): Promise<{ type: string; goal?: string }[]> {
  return (await eventsOf(field, bot)).flatMap((event) => {
    const order = event["order"] as { type: string; goal?: string } | undefined;
    if (event["type"] !== "ordered" || !order || order.type === "stop") return [];
    return [{ type: order.type, ...(order.goal !== undefined && { goal: order.goal }) }];
  });
}

const pageMax = 1000;

/** Everything that the manager keeps of a bot, oldest first. */
export async function eventsOf(field: Field, bot: string): Promise<Record<string, unknown>[]> {
  const seen = new Map<string, Record<string, unknown>>();
  let before = "";
  for (;;) {
    const { body } = await field.ask("GET", `/bot/${bot}/events?limit=${pageMax}${before}`);
    const page = body["events"] as Record<string, unknown>[];
    const known = seen.size;
    for (const event of page) seen.set(JSON.stringify(event), event);
    if (page.length < pageMax || seen.size === known) return [...seen.values()].toReversed();
    // Pages overlap by a millisecond, which may hold more than one event.
    before = `&before=${Number(page.at(-1)!["at"]) + 1}`;
  }
}
