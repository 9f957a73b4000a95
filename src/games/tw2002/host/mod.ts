/**
 * The host as a core: callers, keys and time go in, bytes come out. No clock, no chance, no socket: each call says when
 * it happens (ms since 1970), and all chance comes from the galaxies' own dice.
 */
import { type Changes, type Galaxy, isChanged, takeChanges } from "./galaxy.ts";
import { leaveGame } from "./aboard.ts";
import { galaxyDue, passAge, putOff } from "./ages/ages.ts";
import { hourAfter, hourOf, strikeHour } from "./ages/hours.ts";
import { greet } from "./entry/lobby.ts";
import { dueAt, type Line, passTime, telnetWaitMs } from "./entry/patience.ts";
import { restore } from "./restore.ts";
import { createSession, type Door, type Game, press, remember, type Session, tell } from "./session.ts";
import { serverFull, stumbled } from "./text/entry/lobby.ts";
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
  /** Without one, what goes wrong within an event is thrown. */
  readonly keeper?: Keeper;
}

/**
 * Whoever keeps the games. With one an event happens wholly or not at all: what an event that fails has done is undone,
 * those whom it reached are hung up on, and everybody else plays on.
 */
export interface Keeper {
  /** What an event has changed; told after each. */
  keep(letter: string, galaxy: Galaxy, changes: Changes): void;
  /** A game read anew as it was after the last event that was kept. */
  kept(letter: string): Galaxy;
  /** Hears what went wrong, and with whose event; undefined for time's own. */
  failed(error: unknown, caller: number | undefined): void;
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
  /** Bytes for a caller that the imitated line has not let through yet. */
  held(caller: number): number;
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
  const touched = new Map<Session, () => void>();
  const touch = (session: Session) => {
    if (!touched.has(session)) touched.set(session, options.keeper ? remember(session) : () => {});
  };
  const games: Game[] = options.games.map(({ letter, name, description = name, galaxy }) => ({
    letter,
    name,
    description,
    galaxy,
    online: new Map(),
    guesses: new Map(),
  }));
  const clock = { now: 0, at: 0 };
  const door: Door = {
    games,
    clock,
    sessions,
    title: options.title ?? "This is an unregistered TradeWars Game Server",
    latencyMs,
    seal: options.seal,
    hangUp(session) {
      touch(session);
      session.closed = true;
    },
    touched: (session) => touch(session),
  };
  const setClock = (at: number) => Object.assign(clock, { now: at, at: calendar.game(at) });
  let nextCaller = 1;
  let announced = Number.POSITIVE_INFINITY;
  let struck = 0;

  /** Lets an event of a caller's, or of a game's own, happen wholly or not at all. */
  const attempt = (session: Session | undefined, own: Game | undefined, event: () => void) => {
    const { keeper } = options;
    if (!keeper) return event();
    try {
      if (session) touch(session);
      event();
      for (const { letter, galaxy } of games) {
        if (isChanged(galaxy.changed)) keeper.keep(letter, galaxy, takeChanges(galaxy));
      }
    } catch (error) {
      keeper.failed(error, session?.caller);
      const spoilt = games.filter(
        (game) => game === own || game === session?.game || isChanged(game.galaxy.changed),
      );
      for (const putBack of touched.values()) putBack();
      for (const game of spoilt) undo(game, keeper.kept(game.letter));
      if (session) strand(session);
    }
  };

  /** Has a game as it was, with those on line who were. */
  const undo = (game: Game, kept: Galaxy) => {
    const { galaxy, online } = game;
    restore(galaxy, kept);
    for (const [id, { trader }] of online) if (galaxy.traders.get(id) !== trader) online.delete(id);
    for (const session of touched.keys()) {
      const { trader } = session;
      if (!trader || session.game !== game) continue;
      if (galaxy.traders.get(trader.id) !== trader) strand(session);
      else online.set(trader.id, session);
    }
  };

  /** Hangs up on a caller for whom things cannot be as they were. */
  const strand = (session: Session) => {
    session.paper.put`~0${stumbled}`;
    door.hangUp(session);
  };

  /** Lets wanderers, the night's maintenance and the full hour have their turn where they are due. */
  const passAges = () => {
    const { at } = clock;
    for (const game of games) {
      if (at < galaxyDue(game.galaxy)) continue;
      attempt(undefined, game, () => passAge(game, at));
      // What failed is not tried again until it is due again.
      putOff(game.galaxy, at);
    }
    if (hourOf(at) === struck) return;
    struck = hourOf(at);
    for (const game of games) attempt(undefined, game, () => strikeHour(game, at));
  };

  const connect: Host["connect"] = (at) => {
    setClock(at);
    const caller = nextCaller++;
    const effects: HostEffect[] = [];
    if (lines.size >= maxCallers) {
      effects.push({ type: "write", caller, bytes: bytesOf(`\x00${serverFull}`) }, { type: "close", caller });
      return { caller, effects };
    }
    const session = createSession(caller, door);
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
  const flush = (own: Line | undefined, effects: HostEffect[]) => {
    if (own) flushLine(own, effects);
    for (const session of touched.keys()) {
      const line = lines.get(session.caller);
      if (line && line !== own) flushLine(line, effects);
    }
    touched.clear();
  };

  const flushLine = (line: Line, effects: HostEffect[]) => {
    const { session, late } = line;
    if (!session.paper.empty) {
      const bytes = bytesOf(session.paper.take());
      if (latencyMs === 0) effects.push({ type: "write", caller: session.caller, bytes });
      else late.push({ at: clock.now + latencyMs, bytes });
    }
    if (session.closed && late.length === 0) drop(line, effects);
    else announce(dueAt(line), effects);
  };

  /** What is due in the games themselves. */
  const announceAges = (effects: HostEffect[]) => {
    for (const { galaxy, online } of games) {
      announce(calendar.wall(galaxyDue(galaxy)), effects);
      if (online.size > 0) announce(calendar.wall(hourAfter(clock.at)), effects);
    }
  };

  const drop = (line: Line, effects: HostEffect[]) => {
    const { session } = line;
    leaveGame(session);
    lines.delete(session.caller);
    sessions.delete(session.caller);
    effects.push({ type: "close", caller: session.caller });
  };

  const hangUpOn = (found: readonly Line[], why: string) => {
    for (const { session } of found) {
      session.paper.put`\n\n~R${why}\n`;
      door.hangUp(session);
    }
  };

  const receive: Host["receive"] = (caller, bytes, at) => {
    const line = lines.get(caller);
    if (!line || line.session.closed) return [];
    const effects: HostEffect[] = [];
    const { session } = line;
    setClock(at);
    passAges();
    flush(undefined, effects);
    attempt(session, session.game, () => {
      line.wire.read(
        bytes,
        (byte) => line.telnet && pressKey(session, byte, at),
        () => line.telnet || found(line),
      );
    });
    flush(line, effects);
    announceAges(effects);
    return effects;
  };

  const found = (line: Line) => {
    line.telnet = true;
    line.session.paper.raw(String.fromCharCode(...negotiation));
    greet(line.session);
  };

  const tick: Host["tick"] = (at) => {
    announced = Number.POSITIVE_INFINITY;
    const effects: HostEffect[] = [];
    setClock(at);
    passAges();
    flush(undefined, effects);
    for (const line of lines.values()) {
      const { session, late } = line;
      while (late[0] && late[0].at <= at) {
        const first = late.shift();
        if (first) effects.push({ type: "write", caller: session.caller, bytes: first.bytes });
      }
      if (!session.closed && dueAt(line) <= at) attempt(session, session.game, () => passTime(line, at));
      flush(line, effects);
    }
    announceAges(effects);
    return effects;
  };

  const flushed = () => {
    const effects: HostEffect[] = [];
    flush(undefined, effects);
    announceAges(effects);
    return effects;
  };

  return {
    connect,
    receive,
    tick,
    hungUp(caller, at) {
      const line = lines.get(caller);
      if (!line) return [];
      setClock(at);
      leaveGame(line.session);
      lines.delete(caller);
      sessions.delete(caller);
      return [];
    },
    held: (caller) => lines.get(caller)?.late.reduce((sum, { bytes }) => sum + bytes.length, 0) ?? 0,
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
      setClock(at);
      const wanted = name.toLowerCase();
      const found = [...lines.values()].filter(
        ({ session: { login, trader } }) =>
          login.toLowerCase() === wanted || trader?.name.toLowerCase() === wanted,
      );
      hangUpOn(found, "The sysop has ended your session.");
      return { kicked: found.length, effects: flushed() };
    },
    broadcast(text, at) {
      setClock(at);
      const playing = [...lines.values()].filter(({ session }) => session.trader);
      for (const { session } of playing) {
        tell(session, (paper) => paper.put`~RSysop message: ~C${text}\n`);
      }
      return { heard: playing.length, effects: flushed() };
    },
    replace(letter, galaxy, at) {
      setClock(at);
      const game = games.find((known) => known.letter === letter);
      if (!game) return { done: false, effects: [] };
      const inside = [...lines.values()].filter(({ session }) => session.game === game);
      hangUpOn(inside, "The sysop has begun this game anew.");
      // Nothing that is still on its way to them may reach the new galaxy.
      for (const { session } of inside) {
        leaveGame(session);
        session.game = undefined;
      }
      game.galaxy = galaxy;
      game.guesses.clear();
      return { done: true, effects: flushed() };
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
