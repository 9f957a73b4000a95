/**
 * `bbsbot host`: the embedded TradeWars server. Sockets and SQLite around the core in games/tw2002/host. All that one
 * turn of the event loop brings in is played, saved in one transaction, and only then shown: what a player has seen
 * survives a kill -9.
 */
import { createHash } from "node:crypto";
import { type BookEntry, createHost, type HostEffect } from "./games/tw2002/host/mod.ts";
import { createKeep } from "./host-keep.ts";
import { openAlone } from "./io/db.ts";
import { type Incoming, listenTcp } from "./io/listen.ts";
import { Refusal } from "./proto/refusal.ts";

export interface HostOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly bind?: string;
  /** Path of the database; made when absent. `:memory:` keeps nothing. */
  readonly db: string;
  readonly seed: number;
  /** Capital letters, each a game of its own. */
  readonly games: readonly string[];
  /** Of a game that is made now; one that is in the database keeps what it has. */
  readonly sectors?: number;
  readonly turnsPerDay?: number;
  readonly latencyMs?: number;
  readonly maxCallers?: number;
  readonly log?: (line: string) => void;
}

export interface RunningHost {
  readonly port: number;
  books(): BookEntry[];
  callers(): number;
  /** Saves, hangs up on everybody and closes the database. */
  stop(): Promise<void>;
}

/** Keys of one caller that are played in one turn of the event loop, so that nobody's flood delays the others. */
export const keysPerTurn = 64;
/** Keys of one caller that may wait; beyond it his line is not read until they are played. */
export const inboxMaxBytes = 16 * 1024;
/** A caller with this much unsent is not played on until he has taken it. */
export const unsentHighBytes = 64 * 1024;
/** A caller who takes nothing while others make news for him is dropped at this. */
export const unsentMaxBytes = 4 * 1024 * 1024;

/** Opens the galaxies and the port. Refuses bad letters and sizes; rejects when the port or file cannot be had. */
export async function runHost(options: HostOptions): Promise<RunningHost> {
  const { bind = "127.0.0.1", log = () => {} } = options;
  checkLetters(options.games);
  const db = await openAlone(options.db, "NORMAL", "host");
  const keep = createKeep(db, options.db, log);
  const games = options.games.map((letter) => ({
    letter,
    name: `TradeWars 2002, game ${letter}`,
    galaxy: keep.load(letter, options) ?? keep.make(letter, options),
  }));
  const host = createHost({
    games,
    seal,
    ...(options.maxCallers === undefined ? {} : { maxCallers: options.maxCallers }),
    ...(options.latencyMs === undefined ? {} : { latencyMs: options.latencyMs }),
  });
  const exchange = createExchange(host, () => keep.save(host.takeChanges()), log);
  const server = await listenTcp({ port: options.port, bind }, exchange.connected).catch((error: unknown) => {
    db.close();
    throw error;
  });
  log(`listening on ${bind} port ${server.port}, games ${options.games.join(" ")}`);
  return {
    port: server.port,
    books: () => host.books(),
    callers: () => host.callers,
    async stop() {
      exchange.stop();
      await server.stop();
      keep.save(host.takeChanges());
      db.close();
    },
  };
}

function checkLetters(letters: readonly string[]): void {
  const wrong = letters.find((letter) => !/^[A-PR-Z]$/.test(letter));
  if (wrong !== undefined) {
    throw new Refusal("bad_input", `Cannot open game "${wrong}": expected one letter, A to Z but Q`);
  }
  if (letters.length === 0 || new Set(letters).size !== letters.length) {
    throw new Refusal("bad_input", `Cannot open games "${letters.join("")}": expected different letters`);
  }
}

/** Traders' passwords guard a game on this machine, and a slow hash would hold up every other caller: a salted digest will do. */
const seal = (password: string, salt: string) =>
  createHash("sha256").update(`${salt}:${password}`).digest("base64");

interface Line {
  readonly incoming: Incoming;
  inbox: Uint8Array[];
  waiting: number;
  paused: boolean;
}

/** Between the sockets and the core: collects a turn's keys, plays them, saves, then writes. */
function createExchange(host: ReturnType<typeof createHost>, save: () => void, log: (line: string) => void) {
  const lines = new Map<number, Line>();
  let effects: HostEffect[] = [];
  let scheduled = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const schedule = () => {
    if (scheduled || stopped) return;
    scheduled = true;
    setImmediate(turn);
  };
  const turn = () => {
    scheduled = false;
    if (stopped) return;
    for (const [caller, line] of lines) play(caller, line);
    save();
    const due = effects;
    effects = [];
    for (const effect of due) perform(effect);
  };
  const play = (caller: number, line: Line) => {
    if (line.waiting === 0 || line.incoming.unsent() > unsentHighBytes) return;
    for (const bytes of takeKeys(line)) effects.push(...host.receive(caller, bytes, Date.now()));
    if (line.waiting > 0) schedule();
    if (line.paused && line.waiting < inboxMaxBytes) {
      line.paused = false;
      line.incoming.resume();
    }
  };
  const perform = (effect: HostEffect) => {
    switch (effect.type) {
      case "write": {
        const line = lines.get(effect.caller);
        line?.incoming.write(effect.bytes);
        if (line && line.incoming.unsent() > unsentMaxBytes) {
          log(`caller ${effect.caller} dropped: took none of ${unsentMaxBytes} bytes`);
          line.incoming.reset();
        }
        return;
      }
      case "close":
        lines.get(effect.caller)?.incoming.end();
        return;
      case "wake":
        clearTimeout(timer);
        timer = setTimeout(
          () => {
            effects.push(...host.tick(Date.now()));
            schedule();
          },
          Math.max(0, effect.at - Date.now()),
        );
        return;
      default:
        effect satisfies never;
    }
  };

  return {
    connected(incoming: Incoming) {
      const { caller, effects: first } = host.connect(Date.now());
      const line: Line = { incoming, inbox: [], waiting: 0, paused: false };
      lines.set(caller, line);
      effects.push(...first);
      schedule();
      return {
        data(bytes: Uint8Array) {
          line.inbox.push(bytes);
          line.waiting += bytes.length;
          if (line.waiting > inboxMaxBytes && !line.paused) {
            line.paused = true;
            incoming.pause();
          }
          schedule();
        },
        drained: schedule,
        closed() {
          lines.delete(caller);
          effects.push(...host.hungUp(caller, Date.now()));
          schedule();
        },
      };
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** At most a turn's worth of what waits, in order. */
function takeKeys(line: Line): Uint8Array[] {
  const taken: Uint8Array[] = [];
  for (let room = keysPerTurn; room > 0 && line.waiting > 0;) {
    const [first] = line.inbox;
    if (!first) break;
    const part = first.subarray(0, room);
    taken.push(part);
    room -= part.length;
    line.waiting -= part.length;
    if (part.length === first.length) line.inbox.shift();
    else line.inbox[0] = first.subarray(part.length);
  }
  return taken;
}
