/** Players for tests of the host: they answer the entry's prompts and keep what they were shown. */
import {
  createHost,
  type Host,
  type HostEffect,
  type Keeper,
} from "../../../../src/games/tw2002/host/mod.ts";
import { newGalaxy } from "../../../../src/games/tw2002/host/universe/newgame.ts";
import type { Galaxy } from "../../../../src/games/tw2002/host/galaxy.ts";
import type { GameSettings } from "../../../../src/games/tw2002/host/settings.ts";

/** Noon on a Monday of the game. */
export const noon = Date.UTC(2026, 10, 23, 12);
export const seal = (password: string, salt: string) => `${salt}/${password}`;
export const telnetReply = "\xff\xfc\xf6";

export interface Table {
  readonly host: Host;
  readonly galaxy: Galaxy;
  now: number;
  /** What each caller was shown since it was last taken. */
  readonly shown: Map<number, string>;
  readonly closed: Set<number>;
  connect(): number;
  press(caller: number, keys: string): string;
  /** Lets time pass, with all that falls due in it. */
  wait(ms: number): void;
  take(caller: number): string;
}

/** A host with one game, on a clock of its own that only moves when told to. */
export function createTable(
  options: {
    seed?: number;
    settings?: Partial<GameSettings>;
    galaxy?: Galaxy;
    gameName?: string;
    maxCallers?: number;
    latencyMs?: number;
    keeper?: Keeper;
  } = {},
): Table {
  const galaxy =
    options.galaxy ??
    // Without planets of their own all begin in sector 1, where they meet.
    newGalaxy({ seed: options.seed ?? 1, at: noon, settings: { homePlanets: false, ...options.settings } });
  const host = createHost({
    games: [{ letter: "A", name: options.gameName ?? "Alpha", galaxy }],
    seal,
    ...(options.maxCallers === undefined ? {} : { maxCallers: options.maxCallers }),
    ...(options.latencyMs === undefined ? {} : { latencyMs: options.latencyMs }),
    ...(options.keeper && { keeper: options.keeper }),
  });
  const shown = new Map<number, string>();
  const closed = new Set<number>();
  let wakes: number[] = [];
  const perform = (effects: readonly HostEffect[]) => {
    for (const effect of effects) {
      if (effect.type === "wake") wakes.push(effect.at);
      else if (effect.type === "close") closed.add(effect.caller);
      else {
        const text = Buffer.from(effect.bytes).toString("latin1");
        shown.set(effect.caller, (shown.get(effect.caller) ?? "") + text);
      }
    }
  };
  const table: Table = {
    host,
    galaxy,
    now: noon,
    shown,
    closed,
    connect() {
      const { caller, effects } = host.connect(table.now);
      perform(effects);
      return caller;
    },
    press(caller, keys) {
      table.take(caller);
      perform(host.receive(caller, Buffer.from(keys, "latin1"), table.now));
      return table.take(caller);
    },
    wait(ms) {
      const until = table.now + ms;
      for (;;) {
        const next = Math.min(...wakes, Number.POSITIVE_INFINITY);
        if (next > until) break;
        wakes = wakes.filter((wake) => wake > next);
        table.now = Math.max(table.now, next);
        perform(host.tick(table.now));
      }
      table.now = until;
    },
    take(caller) {
      const text = shown.get(caller) ?? "";
      shown.set(caller, "");
      return text;
    },
  };
  return table;
}

/** Text without colours and cursor moves, lines ended by LF alone. */
export const plain = (text: string) =>
  // oxlint-disable-next-line no-control-regex
  text.replace(/\x1b\[[0-9;]*[A-Za-z]/g, "").replaceAll("\r", "");

/** Connects and goes as far as the game's menu. */
export function dial(table: Table, name: string): number {
  const caller = table.connect();
  for (const keys of [telnetReply, `${name}\r`, "A", "\r"]) table.press(caller, keys);
  return caller;
}

/** Answers the newcomer's prompts until the command prompt; throws when it does not come. */
export function enlist(table: Table, name: string, password = "pw"): number {
  const caller = dial(table, name);
  let screen = "";
  const press = (keys: string) => (screen = plain(table.press(caller, keys)));
  for (const keys of ["T\r", "N", "\r", "Y", `${password}\r`, `${password}\r`]) press(keys);
  if (screen.endsWith("[Pause]")) press("\r");
  for (const keys of ["\r", `${name} I\r`, "Y"]) press(keys);
  if (!atHome(screen)) throw new Error(`No command prompt for ${name}: ${screen.slice(-200)}`);
  return caller;
}

/** Comes back with a password; gives the last screen. */
export function comeBack(table: Table, name: string, password = "pw"): { caller: number; screen: string } {
  const caller = dial(table, name);
  let screen = "";
  for (const keys of ["T\r", "N", "\r", `${password}\r`]) screen = plain(table.press(caller, keys));
  while (screen.endsWith("[Pause]")) screen = plain(table.press(caller, "\r"));
  return { caller, screen };
}

export const atHome = (screen: string) => /Command \[TL=00:00:00\]:\[\d+\] \(\?=Help\)\? : $/.test(screen);
