/**
 * `bench advice [FLAGS]`: a swarm that a model advises beside the same swarm without one, on the same machine in turns: how many turns a minute each plays, and
 * what asking costs. The model is a stand-in that takes its time. Needs `bun run build` first.
 */
import { createMind } from "../tests/doubles/minds.ts";
import { mindOf, modelServer } from "../tests/doubles/model-server.ts";
import { makeField } from "../tests/e2e/storm/field.ts";
import { printRows } from "./harness/rows.ts";
import { flagsAlone } from "./harness/whole-numbers.ts";

const usage = `bench advice [--bots N] [--delay MS] [--seconds N] [--settle N] [--rounds N] [--calls N]
  --bots     playing bots: 111
  --delay    milliseconds that the model takes for an answer: 2000
  --seconds  that each measurement takes: 60
  --settle   seconds before it, in which newcomers tell each other the whole map: 45
  --rounds   of one measurement without a model and one with: 2
  --calls    a minute, at most: 30`;

const flags = {
  bots: { usual: 111, least: 1, most: 1000 },
  delay: { usual: 2000, least: 0, most: 60_000 },
  seconds: { usual: 60, least: 1, most: 600 },
  settle: { usual: 45, least: 0, most: 3600 },
  rounds: { usual: 2, least: 1, most: 20 },
  calls: { usual: 30, least: 1, most: 100_000 },
} as const;
type Size = Readonly<Record<keyof typeof flags, number>>;

/** Of the turns that bots without a model play, so many at least. */
const shareMin = 0.9;
const allPlayingMaxMs = 300_000;

interface Played {
  readonly turnsAMinute: number;
  readonly creditsATurn: number;
  readonly callsAMinute: number;
  readonly atOnce: number;
  /** Of all turns, those that plans decided. */
  readonly advised: number;
  readonly plans: string;
}

/** Exit status: 0 when every goal was met, 1 when one was not, 2 for flags that mean nothing. */
export async function advice(words: readonly string[]): Promise<number> {
  const size = flagsAlone(flags, words, usage);
  if (!size) return 2;
  const rules: number[] = [];
  const advised: number[] = [];
  let calls = 0;
  for (let round = 0; round < size.rounds; round++) {
    for (const strategy of ["opportunistic", "ai"] as const) {
      const played = await season(strategy, size);
      (strategy === "ai" ? advised : rules).push(played.turnsAMinute);
      calls = Math.max(calls, played.callsAMinute);
      const more =
        strategy === "ai"
          ? `; ${played.callsAMinute.toFixed(1)} calls a minute, ${played.atOnce} at once; plans decided ${(100 * played.advised).toFixed(0)}% of the turns; ${played.plans}`
          : "";
      console.log(
        `${strategy.padEnd(14)}${played.turnsAMinute.toFixed(0).padStart(8)} turns a minute, ${played.creditsATurn.toFixed(0)} credits a turn${more}`,
      );
    }
  }
  const mean = (figures: readonly number[]) => figures.reduce((sum, one) => sum + one, 0) / figures.length;
  const share = mean(advised) / mean(rules);
  return printRows([
    [`turns with a model, at least ${100 * shareMin}%`, `${(100 * share).toFixed(1)}%`, share >= shareMin],
    [`calls a minute, at most ${size.calls}`, calls.toFixed(1), calls <= size.calls],
  ]);
}

async function season(strategy: "opportunistic" | "ai", size: Size): Promise<Played> {
  const { bots, delay, seconds, settle, calls } = size;
  const model = modelServer({ mind: mindOf(() => createMind("sensible", 1)), delayMs: delay });
  const service = { base_url: `${model.url}/v1` };
  const field = await makeField({
    manager: {
      max_bots: Math.max(200, bots),
      llm: {
        provider: "openai_compatible",
        openai_compatible: service,
        budget: { calls_per_minute: calls },
      },
    },
  });
  try {
    await field.startManager();
    await field.spawn(bots, { connection: { port: field.hostPort }, trading: { strategy } });
    await field.allPlaying(allPlayingMaxMs);
    await Bun.sleep(settle * 1000);
    const [before, callsBefore, since] = [await field.status(), model.calls(), performance.now()];
    await Bun.sleep(seconds * 1000);
    const after = await field.status();
    const minutes = (performance.now() - since) / 60_000;
    const turns = after.total_turns - before.total_turns;
    return {
      turnsAMinute: turns / minutes,
      creditsATurn: (after.total_net_worth - before.total_net_worth) / Math.max(1, turns),
      // A budget of a minute may be spent in its first seconds.
      callsAMinute: (model.calls() - callsBefore) / Math.max(1, minutes),
      atOnce: model.mostAtOnce(),
      ...toldOf(after.bots),
    };
  } finally {
    await field.close();
    await model.stop();
  }
}

type Bots = Awaited<ReturnType<Awaited<ReturnType<typeof makeField>>["status"]>>["bots"];

function toldOf(bots: Bots): Pick<Played, "advised" | "plans"> {
  const told = bots.flatMap(({ advice }) => (advice ? [advice] : []));
  const sum = (figure: (one: (typeof told)[number]) => number) =>
    told.reduce((all, one) => all + figure(one), 0);
  const all = sum(({ turns }) => turns.advice + turns.rules + turns.fallback);
  const counts = (of: Readonly<Record<string, number | undefined>>) =>
    Object.values(of).reduce((total: number, count) => total + (count ?? 0), 0);
  const plans = `${sum(({ asked }) => asked)} asked, ${sum(({ accepted }) => accepted)} taken, ${sum(({ rejected }) => counts(rejected))} rejected, ${sum(({ failed }) => counts(failed))} without an answer`;
  return { advised: sum(({ turns }) => turns.advice) / Math.max(1, all), plans };
}
