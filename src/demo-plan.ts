/** From a demo's flags to what its host, manager and bots are started with. */
import type { DemoFlags } from "./control/console/doors.ts";
import { BotConfig } from "./proto/config.ts";

/** All letters that a game can have: Q leaves the host's menu. */
const letters = "ABCDEFGHIJKLMNOPRSTUVWXYZ";
/** A game's most, by `--games`. */
export const gamesMax = letters.length;
/**
 * Turns that a sector feeds. A port regrows in days, and at full speed a bot plays a day's turns in an hour, so it lives off what the
 * ports held at the start. In the simulation three bots of 65,000 turns with a sector for 50 turns earned 514 credits a turn, and
 * 330 in the last quarter; with one for 100 turns 304, and hardly anything after 36,000. A calendar 24 times as fast changed
 * nothing.
 */
const turnsPerSector = 50;
/** What an operator would give one game: courses and maps grow with it. */
const sectorsUsual = 5000;
const sectorsMin = 1000;
const sectorsMax = 20_000;
const turnsPerDayUsual = 65_000;
/** As `host --turns-per-day` takes them. */
const turnsPerDayMax = 1_000_000;

export interface DemoPlan {
  /** The games' letters. */
  readonly games: string;
  /** In each game. */
  readonly sectors: number;
  /** Bots to a process. */
  readonly pack: number;
}

/** What was not said is chosen so that all bots find something to trade to the end, and all cores have a process. */
export function planDemo(flags: DemoFlags, cores: number): DemoPlan {
  const { count, turns } = flags;
  const wanted = (count * turns) / turnsPerSector;
  const games =
    flags.games ??
    (flags.sectors === undefined
      ? within(Math.ceil(wanted / sectorsUsual), 1, Math.min(count, gamesMax))
      : 1);
  return {
    games: letters.slice(0, games),
    sectors: flags.sectors ?? within(Math.ceil(wanted / games), sectorsMin, sectorsMax),
    pack: flags.pack ?? Math.ceil(count / Math.max(1, Math.floor(cores))),
  };
}

const within = (value: number, min: number, max: number) => Math.max(min, Math.min(max, value));

/** Arguments of the host, on a port of the system's choice: nobody has to wait for a line, nor for the next day's turns. */
export const hostArguments = (flags: DemoFlags, { games, sectors }: DemoPlan, db: string): string[] => [
  ...words("host --json --port 0 --db"),
  db,
  ...words(`--games ${games} --seed ${flags.seed} --sectors ${sectors} --max-callers ${flags.count + 10}`),
  ...words(`--turns-per-day ${within(flags.turns, turnsPerDayUsual, turnsPerDayMax)}`),
];

/** Of the manager; the files are the demo's. */
export const managerArguments = (
  flags: DemoFlags,
  port: number,
  config: string,
  stateFile: string,
): string[] => [
  ...words(`manager --json --port ${port} --max-bots ${Math.max(flags.count, 1)} --config`),
  config,
  "--state-file",
  stateFile,
];

const words = (text: string) => text.split(" ");

/** The manager.yaml. A few bots on a game that answers at once think all the time: here they may. */
export const managerYaml = ({ pack }: DemoPlan): string =>
  `manager:\n  max_cpu_per_bot: null\n${pack > 1 ? `  bots_per_worker: ${pack}\n` : ""}`;

/** One for each game; bots take them in turn. */
export const botConfigs = (flags: DemoFlags, { games }: DemoPlan, gamePort: number): BotConfig[] =>
  Array.from(games, (letter) =>
    BotConfig.parse({
      connection: { host: "127.0.0.1", port: gamePort, game_letter: letter },
      session: { max_turns_per_session: flags.turns, seed: flags.seed },
    }),
  );
