/** From host.yaml and flags to what a host is started with. */
import type { HostFlags } from "./control/console/doors.ts";
import type { Prices } from "./games/tw2002/rules/equipment.ts";
import { shipTypes, type ShipKind } from "./games/tw2002/rules/ships.ts";
import type { HostPlan } from "./host.ts";
import type { GamePlan } from "./host-keep.ts";
import { type Loaded, loadYaml } from "./io/yaml.ts";
import { type GameConfig, HostConfig } from "./proto/host-config.ts";
import { Refusal } from "./proto/refusal.ts";

const seedDefault = 2002;
/** A new game's turns a day unless said otherwise: a campaign's, so that bots need not wait for the clock. */
const turnsPerDayDefault = 65_000;

/** The plan, and complaints that are no errors. Flags go before the file. Throws Refusal "bad_input". */
export function planHost(flags: HostFlags): { plan: HostPlan; warnings: readonly string[] } {
  const loaded = flags.config === undefined ? undefined : loadYaml(flags.config, HostConfig);
  const { host, games } = loaded?.value ?? HostConfig.parse({});
  const letters = flags.games?.toUpperCase().split("");
  const chosen = letters
    ? letters.map((letter) => games.find((game) => game.letter === letter) ?? { letter })
    : games;
  return {
    warnings: loaded?.warnings ?? [],
    plan: {
      port: flags.port ?? host.port,
      bind: flags.bind ?? host.bind,
      db: flags.db ?? host.db,
      latencyMs: flags.latency ?? host.latency,
      maxCallers: flags.maxCallers ?? host.max_callers,
      clock: flags.clock ?? host.clock,
      ...(host.title === undefined ? {} : { title: host.title }),
      games: chosen.map((game) => planGame(game, flags, (key) => place(loaded, games, game, key))),
    },
  };
}

/** Where a key of a game stands in the file. */
function place(
  loaded: Loaded<HostConfig> | undefined,
  games: readonly GameConfig[],
  game: GameConfig,
  key: keyof GameConfig,
): string {
  return loaded?.place(["games", String(games.indexOf(game)), key]) ?? key;
}

function planGame(game: GameConfig, flags: HostFlags, at: (key: keyof GameConfig) => string): GamePlan {
  const { letter, name, description, password } = game;
  return {
    letter,
    seed:
      flags.seed !== undefined || game.seed === undefined
        ? (flags.seed ?? seedDefault) + letter.charCodeAt(0)
        : game.seed,
    settings: given({
      sectors: flags.sectors ?? game.sectors,
      turnsPerDay: flags.turnsPerDay ?? game.turns_per_day,
      startCredits: game.start_credits,
      startFighters: game.start_fighters,
      startHolds: game.start_holds,
      startShip: game.start_ship === undefined ? undefined : shipNamed(game.start_ship, at("start_ship")),
      homePlanets: game.home_planets,
      aliens: game.aliens,
      ferrengi: game.ferrengi,
      playersMax: game.max_players,
      shipsMax: game.max_ships,
      planetsMax: game.max_planets,
      planetsPerSector: game.max_planets_per_sector,
      corpMembersMax: game.max_corp_members,
      courseMax: game.max_course_length,
      minutesPerDay: game.minutes_per_day,
      inactivityMs: game.inactivity_seconds === undefined ? undefined : game.inactivity_seconds * 1000,
      deletionDays: game.deletion_days,
      regrowth: share(game.port_regeneration),
      taxRate: share(game.tax),
      bankMax: game.bank_max,
      planetaryTrade: share(game.planetary_trade),
      robFactor: game.rob_factor,
      stealFactor: game.steal_factor,
      portStockMax: game.max_port_stock,
      radiationDays: game.radiation_days,
      navHazDispersion: share(game.nav_haz_dispersion),
      bustClearDays: game.bust_clear_days,
      stealFromBuying: game.steal_from_buying_ports,
      deathDelay: game.death_delay,
      shipDelayMs: game.ship_delay,
      haggleDelayMs: game.haggle_delay,
      crimeDelayMs: game.crime_delay,
      closed: game.closed,
      sysop: game.sysop,
      prices: game.prices && pricesOf(game.prices),
    }),
    newSettings: { turnsPerDay: turnsPerDayDefault },
    ...given({ name, description, password }),
  };
}

/** Per cent in the file, a share in the game. */
const share = (percent: number | undefined) => (percent === undefined ? undefined : percent / 100);

/** `holo_scanner` in the file is `holoScanner` in the game. */
const pricesOf = (prices: NonNullable<GameConfig["prices"]>): Partial<Prices> =>
  Object.fromEntries(
    Object.entries(given(prices)).map(([key, value]) => [
      key.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
/** Without the keys that nothing was said about. */
const given = <T extends object>(values: T): Given<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;

function shipNamed(name: string, at: string): ShipKind {
  const kinds = Object.keys(shipTypes) as ShipKind[];
  const kind = kinds.find((candidate) => shipTypes[candidate].name.toLowerCase() === name.toLowerCase());
  if (kind) return kind;
  const known = kinds.map((candidate) => shipTypes[candidate].name).join(", ");
  throw new Refusal("bad_input", `${at}: expected a ship's name (${known}), found "${name}"`);
}
