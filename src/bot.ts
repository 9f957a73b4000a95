/** `bbsbot worker`: one bot.yaml, one connection, one life. Performs what the life decides, and tells a manager if there is one. */
import process from "node:process";
import { games } from "./games/registry.ts";
import { createDice, identityOf } from "./io/identity.ts";
import { ipcLink, spawnedByManager, type Link, type LinkHandler } from "./io/link.ts";
import { dial, type Socket } from "./io/socket.ts";
import { createLine, type Line } from "./player/line.ts";
import type { Life, LifeEffect, LifeEvent } from "./player/life.ts";
import { createReportClock } from "./player/report.ts";
import type { BotConfig } from "./proto/config.ts";
import { linkVersion, type ManagerMessage, type Order } from "./proto/orders.ts";
import { Refusal, refusalCodes } from "./proto/refusal.ts";
import { BotId } from "./proto/ids.ts";
import type { BotReport } from "./proto/status.ts";
import type { Log } from "./log.ts";

export interface WorkerOptions {
  readonly config: BotConfig;
  /** How people know the configuration: its file. */
  readonly configName: string;
  /** Where a key stands in it. */
  place(path: readonly string[]): string;
  readonly botId: string | undefined;
  /** Register there; without it the bot plays for itself, unless a manager spawned it. */
  readonly managerUrl: string | undefined;
  /** Where the bot keeps who it is. */
  readonly folder: string;
  readonly log: Log;
  /** Called each time the bot has come into the game. */
  readonly settled?: () => void;
  readonly ended?: (ending: Ending) => void;
}

/** A worker says so much even when nothing changes, or its manager would take it for dead. */
export const heartbeatMs = 5_000;
/** After its manager is gone or it was asked to end, a bot has this long to leave the game in order. */
export const leaveMaxMs = 5_000;

/** How a worker's play ended, for whoever started it by hand. */
export interface Ending {
  readonly how: "completed" | "stopped" | "failed";
  readonly reason: string;
  readonly report: BotReport;
}

/** Plays until the life is over; answers with the exit status. `ended` hears how it went. Throws Refusal before play begins, and for a game that is never reached. */
export async function runWorker(options: WorkerOptions): Promise<number> {
  const { config, log } = options;
  const spawned = spawnedByManager();
  if (options.botId !== undefined && !BotId.safeParse(options.botId).success) {
    throw new Refusal(
      "bad_input",
      `--bot-id is "${options.botId}": ${BotId.safeParse(options.botId).error?.issues[0]?.message}`,
    );
  }
  let play: Play | undefined;
  const early: ManagerMessage[] = [];
  const handler: LinkHandler = {
    message: (message) => (play ? play.told(message) : early.push(message)),
    lost(reason) {
      log("manager lost", { reason });
      if (play) play.leave(reason);
      else process.exit(refusalCodes.manager_unreachable.exit);
    },
  };
  const link = await openLink(options, spawned, handler);
  const botId = link?.botId ?? options.botId ?? "bot";
  const identity = identityOf(config, botId, options.folder, options.place);
  const seed = config.session.seed;
  const life = games.tw2002({
    self: {
      name: identity.name,
      password: identity.password,
      gameLetter: config.connection.game_letter,
      gamePassword: config.connection.game_password ?? undefined,
      shipName: identity.ship_name,
      planetName: identity.planet_name,
      turnsMax: config.session.max_turns_per_session,
      reserveCredits: config.trading.reserve_credits,
      maxHops: config.trading.max_hop_distance,
    },
    strategy: config.trading.strategy,
    goal: config.trading.goal,
    dice: seed === null || seed === undefined ? Math.random : createDice(seed, botId),
    answerTimeoutMs: config.connection.answer_timeout * 1000,
    reconnectsMax: config.session.max_reconnects,
  });
  log("playing as", { trader: identity.name, bot: botId });
  const { code, complaint } = await new Promise<Finish>((finish) => {
    play = createPlay({ config, life, link, log, settled: options.settled, ended: options.ended, finish });
    for (const message of early) play.told(message);
    listenToSignals(play, spawned, log);
    play.step({ type: "started" });
  });
  await link?.close();
  if (complaint !== undefined) throw new Refusal("game_unreachable", complaint);
  return code;
}

async function openLink(
  options: WorkerOptions,
  spawned: boolean,
  handler: LinkHandler,
): Promise<Link | undefined> {
  if (options.managerUrl !== undefined) {
    const { config } = options;
    const { webLink } = await import("./io/web-link.ts");
    return webLink(
      options.managerUrl,
      {
        version: linkVersion,
        pid: process.pid,
        config_name: options.configName,
        strategy: config.trading.strategy,
        ...(options.botId === undefined ? {} : { bot_id: options.botId }),
      },
      handler,
    );
  }
  return spawned && options.botId !== undefined ? ipcLink(options.botId, handler) : undefined;
}

/** A spawned worker leaves Ctrl-C to its manager, which gets it too and then stops its bots in order. */
function listenToSignals(play: Play, spawned: boolean, log: Log): void {
  const politely = () => {
    if (play.leaving()) process.exit(130);
    log("leaving the game (once more to end at once)");
    play.leave("asked to end");
  };
  process.on("SIGTERM", politely);
  process.on("SIGINT", () => {
    if (!spawned) politely();
  });
}

interface Play {
  step(event: LifeEvent): void;
  told(message: ManagerMessage): void;
  /** Leaves the game in order, or at once when that takes too long. */
  leave(reason: string): void;
  leaving(): boolean;
}

interface PlayParts {
  readonly config: BotConfig;
  readonly life: Life;
  readonly link: Link | undefined;
  readonly log: Log;
  readonly settled: (() => void) | undefined;
  readonly ended: ((ending: Ending) => void) | undefined;
  finish(how: Finish): void;
}

/** The exit status, and what to say of a game that was never reached. */
interface Finish {
  readonly code: number;
  readonly complaint?: string;
}

/** Between a life and the world: timers, the socket and the link are here, and no decision. */
function createPlay({ config, life, link, log, settled, ended, finish }: PlayParts): Play {
  const { host, port } = config.connection;
  const reports = createReportClock();
  const now = () => performance.now();
  let socket: Socket | undefined;
  let line: Line | undefined;
  let everConnected = false;
  let over = false;
  let leaving = false;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let reportDue: ReturnType<typeof setTimeout> | undefined;
  let redial: ReturnType<typeof setTimeout> | undefined;
  const heartbeat = setInterval(report, heartbeatMs);

  function step(event: LifeEvent): void {
    if (over) return;
    for (const effect of life.step(event, now())) perform(effect);
  }

  function perform(effect: LifeEffect): void {
    switch (effect.type) {
      case "dial":
        clearTimeout(redial);
        redial = setTimeout(connect, effect.afterMs);
        return;
      case "hangUp":
        return hangUp();
      case "send":
        return send(effect.keys, effect.waitMs);
      case "await":
        clearTimeout(silence);
        silence = setTimeout(() => step({ type: "silent" }), effect.ms);
        return;
      case "traded":
        link?.send({
          type: "traded",
          sector: effect.sector,
          product: effect.product,
          units: effect.units,
          credits: effect.credits,
        });
        if (!link)
          log("traded", {
            sector: effect.sector,
            product: effect.product,
            units: effect.units,
            credits: effect.credits,
          });
        return;
      case "playing":
        link?.send({ type: "playing" });
        log("in the game", { host, port });
        settled?.();
        return;
      case "confirmed":
        if (effect.orderId >= 0) link?.send({ type: "confirmed", id: effect.orderId });
        return;
      case "note":
        link?.send({ type: "note", severity: effect.severity, text: effect.text });
        log(effect.severity, { text: effect.text });
        return;
      case "changed":
        return changed(effect.urgent);
      case "ended":
        return end(effect.how, effect.reason);
      case "learned":
      case "chose":
      case "held":
      case "stuck":
        // Told to nobody yet: the report and the notes carry what people need.
        return;
      default:
        effect satisfies never;
    }
  }

  function connect(): void {
    const current = createLine();
    let mine: Socket | undefined;
    dial(host, port, {
      connected(dialled) {
        mine = socket = dialled;
        line = current;
        everConnected = true;
        step({ type: "connected" });
      },
      data(bytes) {
        if (mine !== socket) return;
        const { events, replies } = current.feed(bytes);
        if (replies) mine?.write(replies);
        for (const event of events) step(event);
      },
      closed(reason) {
        if (mine !== undefined && mine !== socket) return;
        socket = undefined;
        const unreachable = `Cannot reach the game at ${host}:${port}: ${reason}`;
        if (!everConnected && !link) return give(refusalCodes.game_unreachable.exit, unreachable);
        step({ type: "closed", reason: everConnected ? reason : unreachable });
      },
    });
  }

  function hangUp(): void {
    const last = socket;
    socket = undefined;
    // What the life has decided to send is sent; it would not hang up in the middle of a deal otherwise.
    last?.end();
    // After the effects at hand: what they do belongs to the old connection.
    if (last) queueMicrotask(() => step({ type: "closed", reason: "hung up" }));
  }

  function send(keys: string, waitMs: number): void {
    const mine = socket;
    const write = () => {
      // Keys that were held back belong to the connection they were meant for.
      if (line && mine === socket) socket?.write(line.encode(keys));
    };
    if (waitMs > 0) setTimeout(write, waitMs);
    else write();
  }

  function changed(urgent: boolean): void {
    if (!link) return;
    if (reports.changed(now(), urgent)) return report();
    const due = reports.dueInMs(now());
    if (due === undefined || reportDue !== undefined) return;
    reportDue = setTimeout(() => {
      reportDue = undefined;
      report();
    }, due);
  }

  function report(): void {
    link?.send({ type: "report", report: life.report() });
  }

  function end(how: Ending["how"], reason: string): void {
    const report = life.report();
    link?.send({ type: "ended", how, reason, report });
    ended?.({ how, reason, report });
    log(how, { reason });
    give(how === "failed" ? 1 : 0);
  }

  function give(code: number, complaint?: string): void {
    if (over) return;
    over = true;
    clearInterval(heartbeat);
    for (const timer of [silence, reportDue, redial]) clearTimeout(timer);
    socket?.end();
    finish(complaint === undefined ? { code } : { code, complaint });
  }

  function obey(order: Order): void {
    step({ type: "ordered", order });
  }

  return {
    step,
    told(message) {
      if (message.type === "order") obey(message.order);
    },
    leave(reason) {
      if (leaving || over) return;
      leaving = true;
      setTimeout(() => {
        log("the game was not left in time", { reason });
        socket?.reset();
        give(1);
      }, leaveMaxMs).unref?.();
      // No order of a manager's has this number: there is nobody to confirm it to.
      obey({ type: "stop", id: -1 });
    },
    leaving: () => leaving,
  };
}
