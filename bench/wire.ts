/**
 * One bot and a host over sockets: what its login, its port calls and its hops take, in round trips and in milliseconds, on a line of none
 * and on one of 50 ms. The host is the built binary; the bot is the worker's own code, in this process, so that its choices can be seen.
 */
import { join } from "node:path";
import { games } from "../src/games/registry.ts";
import { createDice, ensureFolder, identityOf } from "../src/io/identity.ts";
import { createUnknown } from "../src/io/unknown.ts";
import { createPlay } from "../src/play.ts";
import type { Life, LifeEffect } from "../src/player/happenings.ts";
import { run } from "../tests/e2e/harness.ts";
import { paceFor } from "../src/player/pace.ts";
import { BotConfig } from "../src/proto/config.ts";
import { startDelayProxy, type DelayProxy } from "./delay-proxy.ts";
import { type Benchmark, perRound } from "./harness/benchmark.ts";
import { binaryMissing, startHost, type HostAtWork } from "./harness/binary.ts";
import { medianOf } from "./harness/stats.ts";

/** How long a bot plays on each line, in seconds; on the quick one it has used its turns long before. */
const playSeconds = 20;
const turns = 400;
/** Longest time until a bot is in the game. */
const loginMaxMs = 30_000;
/** A milliseconds' figure of a line that waits moves by this, whatever the code does: timers ring by the millisecond. */
const timerSlackMs = 3;
/** A login waits a quarter of a second at each of two doubtful prompts; the rest of it is the machine. */
const loginSlackMs = 150;

interface Cost {
  readonly trips: number;
  readonly ms: number;
}
/** What stood for a while: of the intent, and of how many deals and arrivals. */
interface Deed extends Cost {
  readonly intent: string;
  readonly deals: number;
  readonly arrivals: number;
}
interface Played {
  readonly login: Cost;
  readonly deeds: readonly Deed[];
}

/** Logs in and plays until its turns are used or `seconds` are over; of 0 seconds, logs in. The same `name` is the same trader again. */
async function playOn(host: HostAtWork, proxy: DelayProxy, name: string, seconds: number): Promise<Played> {
  const folder = join(host.folder, name);
  ensureFolder(folder);
  const config = BotConfig.parse({
    connection: { host: "127.0.0.1", port: proxy.port },
    session: { max_turns_per_session: turns, seed: 1 },
  });
  const identity = identityOf(config, name, folder, () => "");
  const watched = watch(() => ({ trips: proxy.trips(), ms: performance.now() }));
  const life = games.tw2002({
    self: {
      name: identity.name,
      password: identity.password,
      gameLetter: config.connection.game_letter,
      gamePassword: undefined,
      shipName: identity.ship_name,
      planetName: identity.planet_name,
      turnsMax: turns,
      waitForTurns: false,
      reserveCredits: config.trading.reserve_credits,
      haggle: config.trading.haggle,
      maxHops: config.trading.max_hop_distance,
    },
    strategy: config.trading.strategy,
    ai: config.trading.ai_strategy,
    recorded: undefined,
    goal: config.trading.goal,
    dice: createDice(1, name),
    answerTimeoutMs: config.connection.answer_timeout * 1000,
    pace: paceFor(config),
    reconnectsMax: 0,
    carried: undefined,
  });
  const late: ReturnType<typeof setTimeout>[] = [];
  const { complaint } = await new Promise<{ complaint?: string }>((finish) => {
    const play = createPlay({
      config,
      botId: name,
      life: seenBy(life, watched.saw),
      link: undefined,
      berth: { enter: (work) => work(), usedMs: () => 0 },
      maxCpu: undefined,
      random: () => 0.5,
      log: () => {},
      settled: () => void late.push(setTimeout(() => play.leave("it has played enough"), 1000 * seconds)),
      ended: undefined,
      keep: undefined,
      advisor: undefined,
      recorder: undefined,
      unknown: createUnknown(join(folder, "unknown"), () => new Date()),
      finish,
    });
    late.push(setTimeout(() => play.leave("it never came in"), loginMaxMs));
    watched.begins();
    play.step({ type: "started" });
  });
  late.forEach(clearTimeout);
  const login = watched.login();
  if (complaint !== undefined || !login)
    throw new Error(`The bot never came in: ${complaint ?? "no reason told"}`);
  return { login, deeds: watched.deeds };
}

/** The life, with somebody who sees what it decides. */
const seenBy = (life: Life, saw: (effect: LifeEffect) => void): Life => ({
  ...life,
  step(event, nowMs) {
    const effects = life.step(event, nowMs);
    effects.forEach(saw);
    return effects;
  },
});

/** Cuts the play into deeds, from one choice to the next. */
function watch(now: () => Cost) {
  const deeds: Deed[] = [];
  let began: Cost = { trips: 0, ms: 0 };
  let login: Cost | undefined;
  let intent: string | undefined;
  let [deals, arrivals] = [0, 0];
  const since = ({ trips, ms }: Cost, at: Cost): Cost => ({ trips: at.trips - trips, ms: at.ms - ms });
  return {
    deeds,
    login: () => login,
    begins: () => void (began = now()),
    saw(effect: LifeEffect) {
      if (effect.type === "playing") login ??= since(began, now());
      else if (effect.type === "traded") deals++;
      else if (effect.type === "learned" && effect.fact.type === "arrived") arrivals++;
      else if (effect.type === "chose") {
        const at = now();
        if (intent !== undefined) deeds.push({ intent, deals, arrivals, ...since(began, at) });
        [began, intent, deals, arrivals] = [at, effect.intent.type, 0, 0];
      }
    },
  };
}

/** All that is told of one line: a new trader, the same one again, and a season. */
interface Line {
  readonly anew: Cost;
  readonly again: Cost;
  readonly call: Cost;
  readonly hop: Cost;
}

async function lineOf(rttMs: number): Promise<Line> {
  const host = await startHost();
  try {
    const proxy = await startDelayProxy(host.port, rttMs);
    try {
      const { login: anew } = await playOn(host, proxy, "first", 0);
      const { login: again } = await playOn(host, proxy, "first", 0);
      const { deeds } = await playOn(host, proxy, "second", playSeconds);
      return { anew, again, ...costsOf(deeds) };
    } finally {
      await proxy.stop();
    }
  } finally {
    await host.stop();
  }
}

/** Of port calls at which two products were dealt in, and of each hop on a way; trips in the mean, for they are few, and times in the middle. */
function costsOf(deeds: readonly Deed[]): Pick<Line, "call" | "hop"> {
  const calls = deeds.filter(({ intent, deals }) => intent === "trade" && deals === 2);
  const ways = deeds.filter(
    ({ intent, arrivals }) => (intent === "move" || intent === "travel") && arrivals > 0,
  );
  const sum = (of: readonly Deed[], read: (deed: Deed) => number) =>
    of.reduce((all, deed) => all + read(deed), 0);
  if (calls.length === 0 || ways.length === 0)
    throw new Error(`${calls.length} port calls and ${ways.length} ways are too few to tell anything`);
  return {
    call: { trips: sum(calls, ({ trips }) => trips) / calls.length, ms: medianOf(calls.map(({ ms }) => ms)) },
    hop: {
      trips: sum(ways, ({ trips }) => trips) / sum(ways, ({ arrivals }) => arrivals),
      ms: medianOf(ways.map(({ ms, arrivals }) => ms / arrivals)),
    },
  };
}

/** A worker of the built binary beside a host, as fast as it goes: from the game's door to its last turn. */
async function loneWorker(): Promise<number> {
  const host = await startHost();
  try {
    const [config, used] = [join(host.folder, "bot.yaml"), 2000];
    await Bun.write(
      config,
      JSON.stringify({
        connection: { host: "127.0.0.1", port: host.port },
        session: { max_turns_per_session: used, seed: 1 },
      }),
    );
    const { code, stderr } = await run([
      "worker",
      "--json",
      "--config",
      config,
      "--state-dir",
      join(host.folder, "worker"),
    ]);
    const at = (event: string) =>
      Date.parse(new RegExp(`"at":"([^"]+)","event":"${event}"`).exec(stderr)?.[1] ?? "");
    const ms = at("completed") - at("in the game");
    if (code !== 0 || !(ms > 0)) throw new Error(`The worker ended with ${code}: ${stderr.slice(-500)}`);
    return (1000 * used) / ms;
  } finally {
    await host.stop();
  }
}

const lines = { 0: perRound(() => lineOf(0)), 50: perRound(() => lineOf(50)) } as const;
/** What is counted on the line of 50 ms: there the answer's time chooses how a bot haggles, as on a real line. */
const goals = { anew: undefined, again: undefined, call: { below: 6.5 }, hop: { below: 1.1 } } as const;
const told = {
  anew: "login of a new trader",
  again: "login of a known trader",
  call: "a port call with two deals",
  hop: "a hop",
} as const;

/** Where waiting rules, be it for the line or for what may still come after a doubtful prompt, a slower machine changes next to nothing. */
function pace(rttMs: 0 | 50, what: keyof typeof told): Pick<Benchmark, "kind" | "slack"> {
  if (rttMs === 50) return { kind: "cost", slack: timerSlackMs };
  return what === "anew" || what === "again"
    ? { kind: "cost", slack: loginSlackMs }
    : { kind: "duration", slack: 0.5 };
}

const figures = ([0, 50] as const).flatMap((rttMs) =>
  (["anew", "again", "call", "hop"] as const).flatMap((what): Benchmark[] => {
    const common = { cost: "slow", skip: binaryMissing } as const;
    const goal = rttMs === 50 ? goals[what] : undefined;
    return [
      {
        ...common,
        name: `wire: ${told[what]}, ${rttMs} ms there and back, round trips`,
        unit: "trips",
        kind: "cost",
        slack: 0.2,
        ...(goal && { goal }),
        run: async (round) => (await lines[rttMs](round))[what].trips,
      },
      {
        ...common,
        name: `wire: ${told[what]}, ${rttMs} ms there and back`,
        unit: "ms",
        ...pace(rttMs, what),
        run: async (round) => (await lines[rttMs](round))[what].ms,
      },
    ];
  }),
);

export const benchmarks: readonly Benchmark[] = [
  ...figures,
  {
    name: "wire: one worker and its host over sockets",
    unit: "turns/s",
    kind: "rate",
    cost: "slow",
    skip: binaryMissing,
    run: loneWorker,
  },
];
