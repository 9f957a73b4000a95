/**
 * `bench play`: seasons of play from nothing, one galaxy for each seed, beside the most that could have been had there
 * (oracle/), and beside the same bot when it accepts every offer; many bots in one galaxy beside lone ones.
 */
import { mean } from "../tests/sim/audit.ts";
import { type Flags, readFlags, usage } from "./flags.ts";
import { worldBytes } from "./memory.ts";
import { roundTripsOf } from "./roundtrips.ts";
import { boundOf, floorOf, playSeason, type Result, type Season } from "./seasons.ts";

/** Where, in one galaxy, lone bots begin that the many are held against. */
const loneStarts = 5;
/** Another luck in the same galaxy: far enough from the seeds that nobody asks for. */
const luckStep = 1_000_003;
/** Words of bots in trouble that are shown of one galaxy. */
const troublesShown = 5;

/** Runs what the flags ask for and prints it; the exit status. */
export function play(words: readonly string[]): number {
  if (words.includes("--help")) {
    console.log(usage);
    return 0;
  }
  const flags = readFlags(words);
  if ("wrong" in flags) {
    console.error(`${flags.wrong}\n\n${usage}`);
    return 2;
  }
  const told = flags.rtt ? onTheWire(flags) : flags.bots === 1 ? alone(flags) : together(flags);
  if (flags.json) {
    const { seeds, turns, bots, sectors, strategy = null, mind = null } = flags;
    console.log(JSON.stringify({ seeds, turns, bots, sectors, strategy, mind, ...told }, null, 2));
  }
  return 0;
}

const seedsOf = ({ seeds: [first, last] }: Flags) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
const seasonOf = ({ turns, sectors, strategy, mind }: Flags, seed: number): Season => ({
  seed,
  bots: 1,
  turns,
  sectors,
  ...(strategy === undefined ? {} : { strategy }),
  ...(mind && { mind }),
});
const speaker = ({ json }: Flags) => (json ? () => {} : (text: string) => console.log(text));

/** The one bot of a season. */
function lone(season: Season): Result {
  const [result] = playSeason(season);
  if (!result) throw new Error("A season without a bot");
  return result;
}

// ---- one bot a galaxy

function alone(flags: Flags) {
  const say = speaker(flags);
  say(
    "The oracle: the most that trading can bring, less what ships and holds cost; a ship kept counts nothing",
  );
  say(
    `${"seed".padStart(4)}    oracle${flags.floor ? "     floor" : ""}    earned  share${flags.brief ? "" : "  accepting  share"}  trades      ok  turns  known  holds  ship               us/turn`,
  );
  const rows = seedsOf(flags).map((seed) => {
    const row = rowOf(flags, seed);
    say(lineOf(row));
    return row;
  });
  const shares = rows.map(({ share }) => share);
  const accepting = rows.flatMap(({ accepting_earned }) => accepting_earned ?? []);
  const means = {
    oracle: mean(rows.map(({ oracle }) => oracle)),
    floor: flags.floor ? mean(rows.map(({ floor }) => floor ?? 0)) : null,
    earned: mean(rows.map(({ earned }) => earned)),
    share: mean(shares),
    share_least: Math.min(...shares),
    accepting_earned: accepting.length > 0 ? mean(accepting) : null,
    accepting_share: flags.brief ? null : mean(rows.map(({ accepting_share }) => accepting_share ?? 0)),
    trade_success: success(rows),
    core_us_per_turn: mean(rows.map(({ core_us_per_turn }) => core_us_per_turn)),
    in_trouble: rows.filter(({ trouble }) => trouble !== "").length,
    ships_lost: rows.reduce((sum, { lost }) => sum + lost, 0),
  };
  const world_bytes = worldBytes(flags.sectors);
  say(
    `mean${figure(means.oracle, 10)}${means.floor === null ? "" : figure(means.floor, 10)}${figure(means.earned, 10)}${percent(means.share)}${means.accepting_earned === null ? "" : `${figure(means.accepting_earned, 11)}${percent(means.accepting_share ?? 0)}`}; least share ${percent(means.share_least).trim()}, trades ${percent(means.trade_success).trim()} good, in trouble ${means.in_trouble}, ships lost ${means.ships_lost}; core ${means.core_us_per_turn.toFixed(0)} us a turn; a whole world ${(world_bytes / 2 ** 20).toFixed(2)} MB`,
  );
  return { rows, means, world_bytes };
}

function rowOf(flags: Flags, seed: number) {
  const season = seasonOf(flags, seed);
  const { well: _, start, coreMs, ...result } = lone(season);
  const bound = boundOf(season, start);
  const accepted = flags.brief ? undefined : lone({ ...season, self: { haggle: "accept" } }).earned;
  return {
    seed,
    oracle: bound.earned,
    floor: flags.floor ? floorOf(season, start, bound.rate).earned : null,
    oracle_ship: bound.outfit.kind,
    oracle_holds: bound.outfit.holds,
    oracle_hold_turn: bound.rate,
    share: result.earned / bound.earned,
    accepting_earned: accepted ?? null,
    accepting_share: accepted === undefined ? null : accepted / bound.earned,
    ...result,
    start,
    core_us_per_turn: (1000 * coreMs) / Math.max(1, result.turns),
  };
}

const lineOf = (row: ReturnType<typeof rowOf>) =>
  [
    String(row.seed).padStart(4),
    figure(row.oracle, 10),
    row.floor === null ? "" : figure(row.floor, 10),
    figure(row.earned, 10),
    percent(row.share),
    row.accepting_earned === null
      ? ""
      : `${figure(row.accepting_earned, 11)}${percent(row.accepting_share ?? 0)}`,
    figure(row.trades, 8),
    percent(success([row])),
    figure(row.turns, 7),
    figure(row.explored, 7),
    figure(row.holds, 7),
    `  ${row.ship}`.padEnd(20),
    figure(row.core_us_per_turn, 8),
    row.lost > 0 ? `  ${row.lost} ships lost` : "",
    row.trouble === "" ? "" : `  ${row.trouble}`,
  ].join("");

// ---- many in one galaxy

function together(flags: Flags) {
  const say = speaker(flags);
  const rows = seedsOf(flags).map((seed) => {
    const season = seasonOf(flags, seed);
    const alone = Array.from({ length: loneStarts }, (_, start) =>
      lone({ ...season, luck: seed + start * luckStep }),
    );
    const all = playSeason({ ...season, bots: flags.bots }, { shared: true });
    const loneMean = mean(alone.map(({ earned }) => earned));
    const earned = all.reduce((sum, result) => sum + result.earned, 0);
    const turns = all.reduce((sum, result) => sum + result.turns, 0);
    const row = {
      seed,
      lone_mean: loneMean,
      earned,
      share: earned / (flags.bots * loneMean),
      trade_success: success(all),
      stuck: all.filter(({ well }) => !well).length,
      ships_lost: all.reduce((sum, { lost }) => sum + lost, 0),
      core_us_per_turn: (1000 * all.reduce((sum, { coreMs }) => sum + coreMs, 0)) / Math.max(1, turns),
      troubles: all.flatMap(({ trouble }) => (trouble === "" ? [] : [trouble])).slice(0, troublesShown),
    };
    say(
      `seed ${seed}: ${flags.bots} bots earned ${figure(earned, 0)}, ${percent(row.share).trim()} of ${flags.bots} times ${figure(loneMean, 0)} (mean of ${loneStarts} lone bots there); trades ${percent(row.trade_success).trim()} good, stuck ${row.stuck}, ships lost ${row.ships_lost}; core ${row.core_us_per_turn.toFixed(0)} us a turn`,
    );
    for (const trouble of row.troubles) say(`  ${trouble}`);
    return row;
  });
  const share = mean(rows.map((row) => row.share));
  if (rows.length > 1) say(`mean share ${percent(share).trim()}`);
  return { rows, means: { share } };
}

// ---- round trips

/** On a line of 50 ms the first comes to be "quick". */
const wiredWays = ["auto", "master"] as const;
/** What a port call at which two products are dealt in may take there, and what a hop, in the mean. */
const callTripsMax = 6;
const hopTripsMax = 1;

function onTheWire(flags: Flags) {
  const say = speaker(flags);
  const rows = seedsOf(flags).flatMap((seed) =>
    wiredWays.map((haggle) => {
      const row = { seed, haggle, ...roundTripsOf({ ...seasonOf(flags, seed), self: { haggle } }) };
      say(
        `seed ${seed}, ${haggle}: ${row.calls} port calls with two products, ${row.per_call.toFixed(2)} round trips each (${row.per_call_bids.toFixed(2)} of them for bids), at most ${row.per_call_most}; ${row.hops} hops, ${row.per_hop.toFixed(2)} round trips each; earned ${figure(row.earned, 0)}`,
      );
      return row;
    }),
  );
  const means = wiredWays.map((haggle) => {
    const own = rows.filter((row) => row.haggle === haggle);
    return {
      haggle,
      per_call: mean(own.map(({ per_call }) => per_call)),
      per_hop: mean(own.map(({ per_hop }) => per_hop)),
      earned: mean(own.map(({ earned }) => earned)),
    };
  });
  for (const { haggle, per_call, per_hop, earned } of means) {
    const held = per_call <= callTripsMax && per_hop <= hopTripsMax;
    const goal =
      haggle === "auto" ? `; at most ${callTripsMax} and ${hopTripsMax}: ${held ? "met" : "MISSED"}` : "";
    say(
      `mean, ${haggle}: ${per_call.toFixed(2)} round trips a call, ${per_hop.toFixed(2)} a hop, earned ${figure(earned, 0)}${goal}`,
    );
  }
  return { rows, means };
}

// ---- figures

/** Deals struck of those talked about. */
function success(results: readonly Pick<Result, "trades" | "attempts">[]): number {
  const attempts = results.reduce((sum, result) => sum + result.attempts, 0);
  return attempts === 0 ? 0 : results.reduce((sum, { trades }) => sum + trades, 0) / attempts;
}

const figure = (number: number, width: number) => Math.round(number).toLocaleString("en").padStart(width);
const percent = (share: number) => `${(100 * share).toFixed(1)}%`.padStart(7);
