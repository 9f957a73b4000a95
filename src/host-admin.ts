/** What a sysop asks of a host: the running one through its own door, or the games as they were saved. */
import { existsSync } from "node:fs";
import { calendarShown, checkVersion, type GamePlan, type Keep, readGame } from "./host-keep.ts";
import type { Galaxy } from "./games/tw2002/host/galaxy.ts";
import { bestPairs, playerTruth, portTruth, sectorTruth, summary } from "./games/tw2002/host/inspect.ts";
import type { Host, HostEffect } from "./games/tw2002/host/mod.ts";
import { openAlone } from "./io/db.ts";
import { askLocal } from "./io/local.ts";
import { type HostQuestion, HostReply, HostRequest } from "./proto/host-admin.ts";
import { Refusal } from "./proto/refusal.ts";

/** The door of the host that keeps its games in this database. */
export const adminPath = (db: string) => `${db}.admin`;

/** Answers one line of JSON with another. Never throws: whatever is wrong is told in the answer. */
export function answerSysop(hall: {
  readonly host: Host;
  readonly keep: Keep;
  readonly plans: readonly GamePlan[];
  readonly perform: (effects: readonly HostEffect[]) => void;
  readonly log: (line: string) => void;
}): (line: string) => string {
  const { host, keep, plans, perform, log } = hall;
  const act = (request: HostRequest): unknown => {
    const at = Date.now();
    switch (request.op) {
      case "who":
        return host.who(at);
      case "kick": {
        const { kicked, effects } = host.kick(request.name, at);
        perform(effects);
        if (kicked > 0) log("a caller was kicked by the sysop");
        return { kicked };
      }
      case "broadcast": {
        const { heard, effects } = host.broadcast(request.text, at);
        perform(effects);
        return { heard };
      }
      case "reset": {
        const plan = plans.find(({ letter }) => letter === request.game);
        if (!plan) throw new Refusal("not_found", `There is no game ${request.game}`);
        // What happened up to now is saved first, so that nothing of the old game can be written over the new one.
        keep.save(host.takeChanges());
        const seed = at % 2 ** 32;
        const { effects } = host.replace(request.game, keep.remake({ ...plan, seed }), at);
        perform(effects);
        log(`game ${request.game} was begun anew by the sysop, seed ${seed}`);
        return { game: request.game, seed };
      }
      case "inspect": {
        const galaxy = host.galaxyOf(request.game);
        if (!galaxy) throw new Refusal("not_found", `There is no game ${request.game}`);
        return look(galaxy, request.what, keep.calendar.game(at));
      }
      default:
        return request satisfies never;
    }
  };
  return (line) => {
    try {
      return JSON.stringify({
        ok: true,
        result: act(HostRequest.parse(JSON.parse(line))),
      } satisfies HostReply);
    } catch (error) {
      const why = error instanceof Refusal ? error.message : "Cannot understand the request";
      return JSON.stringify({ ok: false, error: why } satisfies HostReply);
    }
  };
}

/** Throws Refusal "not_found" for what does not exist. */
function look(galaxy: Galaxy, what: HostQuestion, at: number): unknown {
  const found = <T>(thing: T | undefined, words: string): T => {
    if (thing === undefined) throw new Refusal("not_found", words);
    return thing;
  };
  switch (what.of) {
    case "summary":
      return summary(galaxy);
    case "sector":
      return found(sectorTruth(galaxy, what.number, at), `There is no sector ${what.number}`);
    case "port":
      return found(portTruth(galaxy, what.number, at), `There is no port in sector ${what.number}`);
    case "player":
      return found(playerTruth(galaxy, what.name), `There is no trader "${what.name}"`);
    case "pairs":
      return bestPairs(galaxy, at, what.top);
    default:
      return what satisfies never;
  }
}

/** Asks the host that has this database; undefined when none is running. Throws its refusals. */
export async function askHost(db: string, request: HostRequest): Promise<{ result: unknown } | undefined> {
  const line = await askLocal(adminPath(db), JSON.stringify(request));
  if (line === undefined) return undefined;
  const reply = HostReply.parse(JSON.parse(line));
  if (!reply.ok) throw new Refusal("not_found", reply.error);
  return { result: reply.result };
}

/** Looks into the saved games, when no host has them. `at` is the moment for which stocks are reckoned. */
export async function inspectSaved(
  path: string,
  game: string,
  what: HostQuestion,
  at: number,
): Promise<unknown> {
  if (!existsSync(path))
    throw new Refusal("not_found", `There is no "${path}", and no host is running with it`);
  const db = await openAlone(path, "NORMAL", "host");
  try {
    checkVersion(db, path);
    const tables = db.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'rows'").get()?.["n"];
    if (tables !== 1) throw new Refusal("not_found", `There are no games in "${path}"`);
    const galaxy = readGame(db, path, game);
    if (!galaxy) throw new Refusal("not_found", `There is no game ${game} in "${path}"`);
    return look(galaxy, what, Math.max(at, calendarShown(db)));
  } finally {
    db.close();
  }
}
