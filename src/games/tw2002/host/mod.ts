/**
 * The host as a core: callers, keys and time go in, bytes come out. No clock, no chance, no socket: each call says when
 * it happens (ms since 1970), and all chance comes from the galaxies' own dice.
 */
import { type Changes, type Galaxy, noChanges } from "./galaxy.ts";
import { leaveGame } from "./aboard.ts";
import { galaxyDue, passAge } from "./ages/ages.ts";
import { hourAfter, hourOf, strikeHour } from "./ages/hours.ts";
import { greet } from "./entry/lobby.ts";
import { dueAt, type Line, passTime, telnetWaitMs } from "./entry/patience.ts";
import { createSession, type Door, type Game, press, type Session, tell } from "./session.ts";
import { serverFull } from "./text/entry/lobby.ts";
import type { Trader } from "./things.ts";
import { createWire, negotiation, opening } from "./wire.ts";

interface HostOptions {
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
  /** The games' calendar, where it is not the clock on the callers' wall. */
  readonly calendar?: Calendar;
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
  // ---- for the sysop
  galaxyOf(letter: string): Galaxy | undefined;
  /** A caller's own state, for those who play recordings; undefined for one who is gone. */
  sessionOf(caller: number): Session | undefined;
  /** Everybody on the line. */
  who(at: number): Present[];
  /** Hangs up on every line of that login or trader name, whatever the case; how many there were. */
  kick(name: string, at: number): { readonly kicked: number; readonly effects: HostEffect[] };
  /** Tells everybody in a game; how many heard it or will at their next prompt. */
  broadcast(text: string, at: number): { readonly heard: number; readonly effects: HostEffect[] };
  /** Puts another galaxy behind a letter; those who were in it are hung up on. False when there is no such game. */
  replace(
    letter: string,
    galaxy: Galaxy,
    at: number,
  ): { readonly done: boolean; readonly effects: HostEffect[] };
}

/** A caller as the sysop sees him. */
interface Present {
  readonly caller: number;
  readonly login: string;
  /** Letter of the game he is in, and his trader there; "" for none. */
  readonly game: string;
  readonly trader: string;
  readonly sector: number | null;
  /** Seconds since his last key. */
  readonly idle: number;
}

/** Two clocks, ms since 1970 both: every call to the host is in wall time, what happens in a game in game time. */
export interface Calendar {
  game(wall: number): number;
  wall(game: number): number;
}
const wallClock: Calendar = { game: (wall) => wall, wall: (game) => game };

const maxCallersDefault = 500;

/** A host with nobody on the line yet. */
export function createHost(options: HostOptions): Host {
  const { latencyMs = 0, maxCallers = maxCallersDefault, calendar = wallClock } = options;
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
    guesses: new Map(),
  }));
  const door: Door = {
    games,
    sessions,
    title: options.title ?? "This is an unregistered TradeWars Game Server",
    latencyMs,
    seal: options.seal,
    hangUp(session) {
      session.closed = true;
      touched.add(session);
    },
    touched: (session) => void touched.add(session),
  };
  const setClock = (session: Session, at: number) => {
    session.now = at;
    session.at = calendar.game(at);
  };
  let nextCaller = 1;
  let announced = Number.POSITIVE_INFINITY;

  let struck = 0;

  /** Lets wanderers, the night's maintenance and the full hour have their turn where they are due. */
  const passAges = (at: number) => {
    const moment = calendar.game(at);
    for (const game of games) if (moment >= galaxyDue(game.galaxy)) passAge(game, moment);
    if (hourOf(moment) === struck) return;
    struck = hourOf(moment);
    for (const game of games) strikeHour(game, moment);
  };

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
    for (const { galaxy, online } of games) {
      announce(calendar.wall(galaxyDue(galaxy)), effects);
      if (online.size > 0) announce(calendar.wall(hourAfter(calendar.game(at))), effects);
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

  const hangUpOn = (found: readonly Line[], why: string, at: number) => {
    for (const { session } of found) {
      setClock(session, at);
      session.paper.put`\n\n~R${why}\n`;
      door.hangUp(session);
    }
  };

  const receive: Host["receive"] = (caller, bytes, at) => {
    const line = lines.get(caller);
    if (!line || line.session.closed) return [];
    const { session } = line;
    passAges(at);
    setClock(session, at);
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
    passAges(at);
    for (const line of lines.values()) {
      setClock(line.session, at);
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
      setClock(line.session, at);
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
    sessionOf: (caller) => sessions.get(caller),
    galaxyOf: (letter) => games.find((game) => game.letter === letter)?.galaxy,
    who: (at) =>
      [...lines.values()].map(({ session: { caller, login, game, trader, lastKeyAt } }) => ({
        caller,
        login,
        game: game?.letter ?? "",
        trader: trader?.name ?? "",
        sector: trader?.sector ?? null,
        idle: Math.max(0, Math.floor((at - lastKeyAt) / 1000)),
      })),
    kick(name, at) {
      const wanted = name.toLowerCase();
      const found = [...lines.values()].filter(
        ({ session: { login, trader } }) =>
          login.toLowerCase() === wanted || trader?.name.toLowerCase() === wanted,
      );
      hangUpOn(found, "The sysop has ended your session.", at);
      return { kicked: found.length, effects: flush(at, []) };
    },
    broadcast(text, at) {
      const playing = [...lines.values()].filter(({ session }) => session.trader);
      for (const { session } of playing) {
        setClock(session, at);
        tell(session, (paper) => paper.put`~RSysop message: ~C${text}\n`);
      }
      return { heard: playing.length, effects: flush(at, []) };
    },
    replace(letter, galaxy, at) {
      const game = games.find((known) => known.letter === letter);
      if (!game) return { done: false, effects: [] };
      const inside = [...lines.values()].filter(({ session }) => session.game === game);
      hangUpOn(inside, "The sysop has begun this game anew.", at);
      // Nothing that is still on its way to them may reach the new galaxy.
      for (const { session } of inside) {
        leaveGame(session);
        session.game = undefined;
      }
      const effects = flush(at, []);
      game.galaxy = galaxy;
      return { done: true, effects };
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

/** Code page 437, one character a byte. Buffer is the only thing that makes bytes of such text at full speed. */
const bytesOf = (text: string): Uint8Array => Buffer.from(text, "latin1");

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
