/**
 * `bbsbot host`: the embedded TradeWars server. Sockets and SQLite around the core in games/tw2002/host. All that one
 * turn of the event loop brings in is played, saved in one transaction, and only then shown: what a player has seen
 * survives a kill -9.
 */
import { createHash } from "node:crypto";
import { answerSysop, adminPath } from "./host-admin.ts";
import { createExchange } from "./host-exchange.ts";
import { createKeep, type GamePlan } from "./host-keep.ts";
import { type BookEntry, createHost } from "./games/tw2002/host/mod.ts";
import { type Db, openAlone } from "./io/db.ts";
import { listenTcp } from "./io/listen.ts";
import { listenLocal } from "./io/local.ts";
import type { SocketFile } from "./io/socket-file.ts";
import { Refusal } from "./proto/refusal.ts";

/** Everything a host is started with. */
export interface HostPlan {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly bind?: string;
  /** Path of the database; made when absent. `:memory:` keeps nothing. */
  readonly db: string;
  readonly games: readonly GamePlan[];
  readonly title?: string;
  readonly latencyMs?: number;
  readonly maxCallers?: number;
  /** How many times faster than the wall's the games' calendar runs; 1 unless said otherwise. */
  readonly clock?: number;
  readonly log?: (line: string) => void;
}

export interface RunningHost {
  readonly port: number;
  books(): BookEntry[];
  callers(): number;
  /** Saves, hangs up on everybody and closes the database. */
  stop(): Promise<void>;
}

/** Opens the galaxies and the port. Refuses bad letters and sizes; rejects when the port or file cannot be had. */
export async function runHost(plan: HostPlan): Promise<RunningHost> {
  checkLetters(plan.games.map(({ letter }) => letter));
  const db = await openAlone(plan.db, "NORMAL", "host");
  try {
    return await serve(plan, db);
  } catch (error) {
    db.close();
    throw error;
  }
}

async function serve(plan: HostPlan, db: Db): Promise<RunningHost> {
  const { bind = "127.0.0.1", log = () => {}, clock = 1 } = plan;
  const keep = createKeep(db, plan.db, { clock, seal, log });
  const host = createHost({
    games: plan.games.map((game) => ({
      letter: game.letter,
      name: game.name ?? `TradeWars 2002, game ${game.letter}`,
      ...(game.description === undefined ? {} : { description: game.description }),
      galaxy: keep.load(game) ?? keep.make(game),
    })),
    seal,
    calendar: keep.calendar,
    keeper: {
      keep: keep.keep,
      kept: keep.kept,
      failed: (error, caller) => log(faultOf(error, caller)),
    },
    ...(plan.title === undefined ? {} : { title: plan.title }),
    ...(plan.maxCallers === undefined ? {} : { maxCallers: plan.maxCallers }),
    ...(plan.latencyMs === undefined ? {} : { latencyMs: plan.latencyMs }),
  });
  const exchange = createExchange(host, () => keep.save(host.takeChanges()), log);
  const server = await listenTcp({ port: plan.port, bind }, exchange.connected);
  const sysop = answerSysop({ host, keep, plans: plan.games, perform: exchange.perform, log });
  const admin = await listenForSysop(plan.db, sysop, log);
  log(`listening on ${bind} port ${server.port}, games ${plan.games.map(({ letter }) => letter).join(" ")}`);
  return {
    port: server.port,
    books: () => host.books(),
    callers: () => host.callers,
    async stop() {
      exchange.stop();
      await admin?.stop();
      await server.stop();
      keep.save(host.takeChanges());
      db.close();
    },
  };
}

/** What went wrong and where in the program; nothing that a caller has typed. */
function faultOf(error: unknown, caller: number | undefined): string {
  const whose = caller === undefined ? "a game's own time" : `a key of caller ${caller}`;
  if (!(error instanceof Error)) return `fault, undone, at ${whose}`;
  const [place] = error.stack?.split("\n").filter((line) => /:\d+:\d+\)?$/.test(line)) ?? [];
  return `fault, undone, at ${whose}: ${error.name}: ${error.message.slice(0, 200)} ${place?.trim() ?? ""}`;
}

/** The sysop's own door; a host without one goes on all the same. */
async function listenForSysop(
  db: string,
  answer: (line: string) => string,
  log: (line: string) => void,
): Promise<SocketFile | undefined> {
  if (db === ":memory:") return undefined;
  return listenLocal(adminPath(db), answer).catch((error: unknown) => {
    log(`no "bbsbot host admin": ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  });
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
