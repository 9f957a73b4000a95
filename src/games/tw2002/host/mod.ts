/**
 * The host as a core: callers, keys and time go in, bytes come out. No clock, no chance, no socket: each call says when
 * it happens (ms since 1970), and all chance comes from the galaxies' own dice.
 */
import { type Changes, type Galaxy, noChanges } from "./galaxy.ts";
import { leaveGame } from "./aboard.ts";
import { greet } from "./lobby.ts";
import { dueAt, type Line, passTime, telnetWaitMs } from "./patience.ts";
import { createSession, type Door, type Game, press, type Session } from "./session.ts";
import { serverFull } from "./text/lobby.ts";
import type { Trader } from "./things.ts";
import { createWire, negotiation, opening } from "./wire.ts";

export interface HostOptions {
  readonly games: readonly {
    /** One capital letter, A to Z but Q. */
    readonly letter: string;
    readonly name: string;
    readonly description?: string;
    readonly galaxy: Galaxy;
  }[];
  /** The line about whose server this is. */
  readonly title?: string;
  readonly maxCallers?: number;
  /** Between a key and what it brings about, as the real server imitates a slow line; 0 for none. */
  readonly latencyMs?: number;
  /** Makes passwords unreadable before they are kept: a hash of both. */
  seal(password: string, salt: string): string;
}

export type HostEffect =
  | { readonly type: "write"; readonly caller: number; readonly bytes: Uint8Array }
  | { readonly type: "close"; readonly caller: number }
  /** Call tick at this moment, at the latest. A later wake does not undo an earlier one. */
  | { readonly type: "wake"; readonly at: number };

/** One trader's standing, for an audit. Credits on hand; turns over the whole life. */
export interface BookEntry {
  readonly game: string;
  readonly name: string;
  readonly credits: number;
  readonly experience: number;
  readonly turnsUsed: number;
  readonly turnsLeft: number;
  readonly sector: number;
  readonly holds: number;
  readonly cargo: Readonly<Record<string, number>>;
}

export interface Host {
  connect(at: number): { readonly caller: number; readonly effects: HostEffect[] };
  receive(caller: number, bytes: Uint8Array, at: number): HostEffect[];
  hungUp(caller: number, at: number): HostEffect[];
  tick(at: number): HostEffect[];
  /** What changed since the last time, by game letter; it must be kept before the effects become visible. */
  takeChanges(): { readonly letter: string; readonly galaxy: Galaxy; readonly changes: Changes }[];
  books(): BookEntry[];
  readonly callers: number;
}

export const maxCallersDefault = 500;
export function createHost(options: HostOptions): Host {
  const { latencyMs = 0, maxCallers = maxCallersDefault } = options;
  const lines = new Map<number, Line>();
  const sessions = new Map<number, Session>();
  /** Those that have something to say on account of another caller's key. */
  const touched = new Set<Session>();
  const games: Game[] = options.games.map(({ letter, name, description = name, galaxy }) => ({
    letter,
    name,
    description,
    galaxy,
    online: new Map(),
  }));
  const door: Door = {
    games,
    sessions,
    title: options.title ?? "This is an unregistered TradeWars Game Server",
    seal: options.seal,
    hangUp(session) {
      session.closed = true;
      touched.add(session);
    },
    touched: (session) => void touched.add(session),
  };
  let nextCaller = 1;
  let announced = Number.POSITIVE_INFINITY;

  const connect: Host["connect"] = (at) => {
    const caller = nextCaller++;
    const effects: HostEffect[] = [];
    if (lines.size >= maxCallers) {
      effects.push({ type: "write", caller, bytes: bytesOf(`\x00${serverFull}`) }, { type: "close", caller });
      return { caller, effects };
    }
    const session = createSession(caller, door, at);
    lines.set(caller, { session, wire: createWire(), telnet: false, since: at, late: [] });
    sessions.set(caller, session);
    effects.push({ type: "write", caller, bytes: opening });
    announce(at + telnetWaitMs, effects);
    return { caller, effects };
  };

  const announce = (at: number, effects: HostEffect[]) => {
    if (at >= announced) return;
    announced = at;
    effects.push({ type: "wake", at });
  };

  /** Gathers what papers hold: those of `own` and of everybody for whom their keys were news. */
  const flush = (at: number, own: readonly Line[]): HostEffect[] => {
    const effects: HostEffect[] = [];
    const news = [...touched].flatMap(({ caller }) => lines.get(caller) ?? []);
    touched.clear();
    for (const line of new Set([...own, ...news])) {
      const { session } = line;
      if (!session.paper.empty) {
        const bytes = bytesOf(session.paper.take());
        if (latencyMs === 0) effects.push({ type: "write", caller: session.caller, bytes });
        else line.late.push({ at: at + latencyMs, bytes });
      }
      if (session.closed && line.late.length === 0) drop(line, effects);
      else announce(dueAt(line), effects);
    }
    return effects;
  };

  const drop = (line: Line, effects: HostEffect[]) => {
    const { session } = line;
    leaveGame(session);
    lines.delete(session.caller);
    sessions.delete(session.caller);
    effects.push({ type: "close", caller: session.caller });
  };

  const receive: Host["receive"] = (caller, bytes, at) => {
    const line = lines.get(caller);
    if (!line || line.session.closed) return [];
    const { session } = line;
    session.at = at;
    line.wire.read(
      bytes,
      (byte) => line.telnet && pressKey(session, byte, at),
      () => line.telnet || found(line),
    );
    return flush(at, [line]);
  };

  const found = (line: Line) => {
    line.telnet = true;
    line.session.paper.raw(String.fromCharCode(...negotiation));
    greet(line.session);
  };

  const tick: Host["tick"] = (at) => {
    announced = Number.POSITIVE_INFINITY;
    const effects: HostEffect[] = [];
    for (const line of lines.values()) {
      line.session.at = at;
      for (let [first] = line.late; first && first.at <= at; [first] = line.late) {
        effects.push({ type: "write", caller: line.session.caller, bytes: first.bytes });
        line.late.shift();
      }
      if (!line.session.closed) passTime(line, at);
    }
    return [...effects, ...flush(at, [...lines.values()])];
  };

  return {
    connect,
    receive,
    tick,
    hungUp(caller, at) {
      const line = lines.get(caller);
      if (!line) return [];
      line.session.at = at;
      leaveGame(line.session);
      lines.delete(caller);
      sessions.delete(caller);
      return [];
    },
    takeChanges: () => games.map(({ letter, galaxy }) => ({ letter, galaxy, changes: takeChanges(galaxy) })),
    books: () =>
      games.flatMap(({ letter, galaxy }) =>
        [...galaxy.traders.values()].map((trader) => bookEntry(letter, trader)),
      ),
    get callers() {
      return lines.size;
    },
  };
}

/** The public part of a trader's record. */
export function bookEntry(game: string, trader: Trader): BookEntry {
  const { name, credits, experience, turnsUsed, turnsLeft, sector, ship } = trader;
  return {
    game,
    name,
    credits,
    experience,
    turnsUsed,
    turnsLeft,
    sector,
    holds: ship.holds,
    cargo: { ...ship.cargo },
  };
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

function pressKey(session: Session, byte: number, at: number): void {
  // NUL comes after CR, LF instead of NUL, DEL from terminals that mean something else: the game knows none of them.
  if (byte === 0x00 || byte === 0x0a || byte === 0x7f || session.closed) return;
  session.lastKeyAt = at;
  session.warned = 0;
  session.cutIn = false;
  press(session, String.fromCharCode(byte));
}

function takeChanges(galaxy: Galaxy): Changes {
  const taken = { ...galaxy.changed };
  Object.assign(galaxy.changed, noChanges());
  return taken;
}
