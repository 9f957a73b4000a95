/**
 * How many bots may dial one game server in a second. A server that cannot be reached is tried by one bot at a time, ever more
 * seldom; when one has got through, the others follow at the usual rate. So a server that comes back is not run over, and a
 * server that is down is not hammered, and each bot plays again a few seconds after its return.
 */

/** Waits between two tries of a server that is down, in milliseconds: doubled from the first up to the last. */
export const probeMinMs = 500;
export const probeMaxMs = 4000;
/** A bot that was let through and says nothing for so long counts as not having reached it. */
export const probePatienceMs = 12_000;
/** Lateness that is made good, in milliseconds: never beyond the rate in any second. */
export const lateMs = 500;
/** Servers that are kept in mind, beside those for which somebody waits. */
export const serversMax = 1000;

export interface Ramp {
  /** A bot wants to dial; it is asked for once, however often it asks. */
  ask(bot: string, server: string, now: number): void;
  /** What came of it. Without `bot`: of the try under way, if there is one. */
  dialled(server: string, reached: boolean, now: number, bot?: string): void;
  /** The bot wants nothing any more. */
  forget(bot: string): void;
  /** The bots that may dial now, each told once. */
  due(now: number): string[];
  /** When `due` is to be asked again; undefined when nobody waits. */
  nextAt(): number | undefined;
}

interface Server {
  readonly waiting: Set<string>;
  /** When the latest were let through, as many as may be in one stretch. */
  readonly latest: number[];
  /** The rate lets nobody through before. */
  paceAt: number;
  /** Tries in a row that did not reach it, and when the next may be made. */
  failures: number;
  retryAt: number;
  /** The try under way at a server that is down. */
  probe: { readonly bot: string; readonly at: number } | undefined;
}

/** `perSecond` undefined: no limit, but for a server that is down. */
export function createRamp(perSecond: number | undefined): Ramp {
  const servers = new Map<string, Server>();
  const gapMs = perSecond === undefined ? 0 : 1000 / perSecond;
  /** So many in any stretch of `stretchMs`, however they are spread in it. */
  const burst = Math.max(1, Math.floor(perSecond ?? 0));
  const stretchMs = burst * gapMs;

  function serverOf(name: string): Server {
    const known = servers.get(name);
    if (known) return known;
    if (servers.size >= serversMax)
      for (const [other, { waiting, probe }] of servers)
        if (waiting.size === 0 && !probe) servers.delete(other);
    const made: Server = {
      waiting: new Set(),
      latest: [],
      paceAt: 0,
      failures: 0,
      retryAt: 0,
      probe: undefined,
    };
    servers.set(name, made);
    return made;
  }

  function readyAt({ latest, paceAt, probe, retryAt }: Server): number {
    const roomAt = latest.length < burst ? 0 : latest[0]! + stretchMs;
    return Math.max(paceAt, roomAt, probe ? probe.at + probePatienceMs : retryAt);
  }

  function failed(server: Server, at: number): void {
    server.failures++;
    server.probe = undefined;
    server.retryAt = at + retryMs(server.failures);
  }

  function letThrough(server: Server, now: number): string[] {
    const through: string[] = [];
    for (const bot of server.waiting) {
      if (server.probe && now >= server.probe.at + probePatienceMs)
        failed(server, server.probe.at + probePatienceMs);
      if (readyAt(server) > now) break;
      server.waiting.delete(bot);
      through.push(bot);
      // Who is let through late, since this machine was busy, does not make the next ones late as well.
      server.paceAt = Math.max(server.paceAt, now - lateMs) + gapMs;
      server.latest.push(now);
      if (server.latest.length > burst) server.latest.shift();
      if (server.failures > 0) server.probe = { bot, at: now };
    }
    return through;
  }

  /** Its try, if it has one under way, tells nothing of the server: the next one may try as soon as after a try that failed. */
  function dropProbe(server: Server, bot: string): void {
    if (server.probe?.bot !== bot) return;
    server.retryAt = server.probe.at + retryMs(server.failures);
    server.probe = undefined;
  }

  return {
    ask(bot, server, now) {
      // Whoever asks anew waits for nothing else any more.
      for (const [name, other] of servers) {
        if (name !== server) other.waiting.delete(bot);
        dropProbe(other, bot);
      }
      const asked = serverOf(server);
      // Time in which nobody asked is not saved up.
      if (asked.waiting.size === 0) asked.paceAt = Math.max(asked.paceAt, now);
      asked.waiting.add(bot);
    },
    dialled(name, reached, now, bot) {
      const server = serverOf(name);
      if (reached) {
        // The wait for a server that was down is no lateness.
        if (server.failures > 0) server.paceAt = Math.max(server.paceAt, now);
        server.failures = 0;
        server.probe = undefined;
        server.retryAt = 0;
        return;
      }
      // Tries that began before it was known to be down say nothing new.
      const isNews =
        server.failures === 0 || (server.probe && (bot ?? server.probe.bot) === server.probe.bot);
      if (isNews) failed(server, now);
    },
    forget(bot) {
      for (const server of servers.values()) {
        server.waiting.delete(bot);
        dropProbe(server, bot);
      }
    },
    due: (now) => [...servers.values()].flatMap((server) => letThrough(server, now)),
    nextAt() {
      let next: number | undefined;
      for (const server of servers.values())
        if (server.waiting.size > 0) next = Math.min(next ?? Infinity, readyAt(server));
      return next;
    },
  };
}

/** The wait after so many tries in a row that failed. */
const retryMs = (failures: number) =>
  Math.min(probeMaxMs, probeMinMs * 2 ** Math.min(Math.max(0, failures - 1), 20));
