/** host.yaml as a schema: the game server, and each game behind its letter. */
import { z } from "zod";
import { passwordMax } from "./config.ts";

const plain = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\x20-\x7e]*$/, "expected plain ASCII without control characters");
const count = (most: number) => z.int().min(0).max(most);
const price = count(1_000_000_000);
/** Milliseconds; no delay of a game is longer than a minute. */
const delay = z.int().min(0).max(60_000);

/** What the shops charge, in credits. */
const GamePrices = z
  .strictObject({
    detonator: price,
    beacon: price,
    corbomite: price,
    cloak: price,
    probe: price,
    planet_scanner: price,
    limpet: price,
    armid: price,
    photon: price,
    holo_scanner: price,
    density_scanner: price,
    disruptor: price,
    torpedo: price,
    transwarp1: price,
    transwarp2: price,
    transwarp_upgrade: price,
    psychic_probe: price,
    announcement: price,
    limpet_removal: price,
    registration: price,
  })
  .partial();

/** One game. Every key but the letter has a default, so `- letter: A` is a game. */
export const GameConfig = z.strictObject({
  letter: z.string().regex(/^[A-PR-Z]$/, "expected one capital letter, A to Z but Q"),
  name: plain(60).optional(),
  description: plain(400).optional(),
  /** What the universe grows from. Fixed once the game is made. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .optional(),
  /** Fixed once the game is made. */
  sectors: z.int().min(100).max(20_000).optional(),
  turns_per_day: z.int().min(1).max(1_000_000).optional(),
  start_credits: count(1_000_000_000).optional(),
  start_fighters: count(1_000_000).optional(),
  start_holds: z.int().min(1).max(255).optional(),
  /** A ship of the catalogue, by its name. */
  start_ship: plain(40).optional(),
  /** Newcomers begin on a planet of their own. */
  home_planets: z.boolean().optional(),
  aliens: z.boolean().optional(),
  ferrengi: z.boolean().optional(),
  max_players: z.int().min(1).max(10_000).optional(),
  max_ships: z.int().min(1).max(50_000).optional(),
  max_planets: z.int().min(1).max(20_000).optional(),
  max_planets_per_sector: z.int().min(1).max(100).optional(),
  max_corp_members: z.int().min(1).max(100).optional(),
  /** Longest course that ships' computers work out; fixed once the game is made. */
  max_course_length: z.int().min(1).max(200).optional(),
  minutes_per_day: count(1440).optional(),
  inactivity_seconds: z.int().min(70).max(86_400).optional(),
  deletion_days: z.int().min(1).max(10_000).optional(),
  /** Per cent of its maximum that a port regains in a day. */
  port_regeneration: z.number().min(0).max(100).optional(),
  /** Per cent a day; 0 for none. */
  tax: z.number().min(0).max(100).optional(),
  bank_max: count(2_000_000_000).optional(),
  /** Per cent of its price that a port pays for a planet's goods. */
  planetary_trade: z.number().min(0).max(100).optional(),
  /** 1 for the standard: what experience a crime takes. */
  rob_factor: z.number().min(0.01).max(100).optional(),
  steal_factor: z.number().min(0.01).max(100).optional(),
  /** Most units that a port can be built up to hold of a product. */
  max_port_stock: z.int().min(100).max(100_000).optional(),
  /** Days before a destroyed port's sector can have another. */
  radiation_days: count(1000).optional(),
  /** Per cent of a sector's debris that is gone in a day. */
  nav_haz_dispersion: z.number().min(0).max(100).optional(),
  bust_clear_days: z.int().min(1).max(1000).optional(),
  steal_from_buying_ports: z.boolean().optional(),
  death_delay: z.boolean().optional(),
  /** Milliseconds that a warp takes for each turn it costs; 333 is what a real server calls "Third". */
  ship_delay: delay.optional(),
  haggle_delay: delay.optional(),
  crime_delay: delay.optional(),
  /** Makes the game a private one; quoted, or 0123 becomes 123. "" opens it again. */
  password: z
    .string()
    .max(passwordMax)
    .regex(/^[\x20-\x7e]*$/, "expected plain ASCII without control characters")
    .optional(),
  /** No new characters; those who have one come in. */
  closed: z.boolean().optional(),
  /** Whose server it is, as the game tells; nobody in particular when absent. */
  sysop: plain(40).optional(),
  prices: GamePrices.optional(),
});
export type GameConfig = z.infer<typeof GameConfig>;

/** The server and its games. */
export const HostConfig = z.strictObject({
  host: z
    .strictObject({
      /** 0 lets the system choose; the port is printed. */
      port: z.int().min(0).max(65_535).default(2002),
      bind: z.string().min(1).max(253).default("127.0.0.1"),
      /** Where the games are kept. */
      db: z.string().min(1).max(4096).default("host.db"),
      /** The line under the banner. */
      title: plain(78).optional(),
      max_callers: z.int().min(1).max(100_000).default(500),
      /** Milliseconds between a key and its answer; real servers take 150. */
      latency: delay.default(0),
      /** How many times faster than the one on the wall the games' calendar runs. */
      clock: z.number().min(1).max(10_000).default(1),
    })
    .prefault({}),
  games: z
    .array(GameConfig)
    .min(1)
    .max(25)
    .superRefine((games, context) => {
      for (const [index, { letter }] of games.entries()) {
        if (games.findIndex((other) => other.letter === letter) < index) {
          context.addIssue({
            code: "custom",
            path: [index, "letter"],
            message: "expected a letter that no other game has",
          });
        }
      }
    })
    .default([{ letter: "A" }, { letter: "B" }, { letter: "C" }]),
});
export type HostConfig = z.infer<typeof HostConfig>;
