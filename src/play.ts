/** Between a life and the world: the timers, the wire and the link are here, and no decision. */
import { type Answered, createAdvised, type OwnAdvisor } from "./advised.ts";
import type { Berth } from "./berth.ts";
import { createCalling } from "./calling.ts";
import type { Link } from "./io/link.ts";
import type { Recorder } from "./io/recording.ts";
import type { Unknown } from "./io/unknown.ts";
import type { Log } from "./log.ts";
import { createChoices } from "./player/choices.ts";
import type { Life, LifeEffect, LifeEvent } from "./player/happenings.ts";
import type { BotConfig } from "./proto/config.ts";
import type { ManagerMessage, Order } from "./proto/orders.ts";
import { refusalCodes } from "./proto/refusal.ts";
import type { BotReport } from "./proto/status.ts";
import { createReporting } from "./reporting.ts";
import { createShowing } from "./showing.ts";
import { createThrift } from "./thrift.ts";
import { createWire } from "./wire.ts";

/** After its manager is gone or it was asked to end, a bot has this long to leave the game in order. */
export const leaveMaxMs = 5_000;
/** Milliseconds that keys may be held up, for each second of the time after which an answer counts as missing. */
const patientShare = 250;

/** How a worker's play ended, for whoever started it by hand. */
export interface Ending {
  readonly how: "completed" | "stopped" | "failed";
  readonly reason: string;
  readonly report: BotReport;
}

export interface Play {
  step(event: LifeEvent): void;
  told(message: ManagerMessage): void;
  /** The line to the manager broke: nobody watches, and nobody has the keys. */
  unlinked(): void;
  /** Leaves the game in order, or at once when that takes too long. */
  leave(reason: string): void;
  leaving(): boolean;
  /** Is over at once, without a word to anyone. */
  drop(): void;
  /** The last of what the game wrote. */
  past(): string;
}

export interface PlayParts {
  readonly config: BotConfig;
  readonly botId: string;
  readonly life: Life;
  readonly link: Pick<Link, "say" | "isUp" | "heardMs"> | undefined;
  readonly berth: Pick<Berth, "enter" | "usedMs">;
  /** Percent of one core that this worker keeps itself to; none for no limit. */
  readonly maxCpu: number | undefined;
  /** From 0 up to 1: how long it waits where others wait, too. */
  readonly random: () => number;
  readonly log: Log;
  readonly settled: (() => void) | undefined;
  readonly ended: ((ending: Ending) => void) | undefined;
  /** Keeps what the bot has seen, where there is no manager to tell it to. */
  readonly keep: ((lore: string) => void) | undefined;
  /** Opens what asks the model for a bot without a manager; none where nobody is to be asked. */
  readonly advisor: ((answered: (event: Answered) => void) => OwnAdvisor) | undefined;
  /** Writes down what crosses the wire. */
  readonly recorder: Recorder | undefined;
  /** Keeps what leads to unknown ground. */
  readonly unknown: Unknown;
  finish(how: Finish): void;
}

/** The exit status, and what to say of a game that was never reached. */
export interface Finish {
  readonly code: number;
  readonly complaint?: string;
}

/** One bot at play; nothing moves until its first `step`. */
export function createPlay(parts: PlayParts): Play {
  const { config, life, link, berth, log, settled, ended, keep, recorder, unknown, finish } = parts;
  const { host, port } = config.connection;
  /** Milliseconds since 1970 that never jump: what is seen is told with its time. */
  const now = () => performance.timeOrigin + performance.now();
  let everConnected = false;
  let over = false;
  let leaving = false;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const later = (ms: number, work: () => void): (() => void) => {
    const timer = setTimeout(() => berth.enter(work), ms);
    return () => clearTimeout(timer);
  };
  const thrift = createThrift({
    maxPercent: parts.maxCpu,
    usedMs: berth.usedMs,
    now: () => performance.now(),
    later,
    patienceMs: config.connection.answer_timeout * patientShare,
  });
  const calling = createCalling({
    link,
    server: `${host}:${port}`,
    call: () => wire.call(),
    random: parts.random,
    now: () => performance.now(),
    later,
  });
  const advised = createAdvised({
    botId: parts.botId,
    link,
    own: parts.advisor?.(step),
    answered: step,
  });
  const choices = createChoices();
  const report = () => link?.say({ type: "report", report: life.report() });
  const reporting = link && createReporting({ report, now, later });
  const showing = createShowing({ say: (message) => link?.say(message), later });
  const wire = createWire({
    host,
    port,
    recorder,
    unknown,
    thrift,
    enter: berth.enter,
    connected() {
      everConnected = true;
      calling.called(true);
      showing.online(true);
      step({ type: "connected" });
    },
    wrote: showing.wrote,
    heard: step,
    closed(reason, reached) {
      if (reached) showing.online(false);
      else calling.called(false);
      const unreachable = `Cannot reach the game at ${host}:${port}: ${reason}`;
      if (!everConnected && !link) return give(refusalCodes.game_unreachable.exit, unreachable);
      step({ type: "closed", reason: everConnected ? reason : unreachable, reached });
    },
  });

  function step(event: LifeEvent): void {
    if (over) return;
    for (const effect of life.step(event, now())) perform(effect);
  }

  function perform(effect: LifeEffect): void {
    switch (effect.type) {
      case "dial":
        return calling.want(effect.afterMs, effect.firm);
      case "hangUp":
        return wire.hangUp();
      case "send":
        return wire.send(effect.keys, effect.secret);
      case "await":
        clearTimeout(silence);
        silence = setTimeout(() => berth.enter(() => step({ type: "silent" })), effect.ms);
        return;
      case "traded": {
        const { type, ...deal } = effect;
        if (link) link.say({ type, ...deal });
        else log(type, deal);
        return;
      }
      case "playing":
        link?.say({ type: "playing" });
        log("in the game", { host, port });
        settled?.();
        return;
      case "confirmed":
        if (effect.orderId >= 0) link?.say({ type: "confirmed", id: effect.orderId });
        return;
      case "taken":
      case "given":
        // Whoever types next has seen where.
        showing.now();
        link?.say(effect);
        return;
      case "note":
        return note(effect.severity, effect.text);
      case "chose":
        choices.add(now(), effect.intent.type, effect.why, life.report().sector);
        recorder?.label(`${effect.intent.type}: ${effect.why}`);
        return;
      case "stuck": {
        const told = unknown.keep(effect.at, effect.text);
        if (told !== undefined) note("warning", told);
        return;
      }
      case "changed":
        return reporting?.changed(effect.urgent);
      case "ended":
        return end(effect.how, effect.reason);
      case "tell":
        if (link) link.say({ type: "lore", lore: effect.lore });
        else keep?.(effect.lore);
        return;
      case "claim":
        link?.say({ type: "claim", names: [...effect.names] });
        return;
      case "ask":
        return advised.ask(effect);
      case "weighed":
        return advised.weighed(effect);
      case "learned":
      case "held":
        // Told to nobody yet: the report and the notes carry what people need.
        return;
      default:
        effect satisfies never;
    }
  }

  function note(severity: "info" | "warning" | "error", text: string): void {
    link?.say({ type: "note", severity, text });
    log(severity, { text });
  }

  function end(how: Ending["how"], reason: string): void {
    const report = life.report();
    link?.say({ type: "ended", how, reason, report });
    ended?.({ how, reason, report });
    log(how, { reason });
    give(how === "failed" ? 1 : 0);
  }

  function give(code: number, complaint?: string): void {
    if (over) return;
    over = true;
    reporting?.stop();
    clearTimeout(silence);
    calling.stop();
    showing.watch(false);
    advised.end();
    wire.end();
    recorder?.stop();
    finish(complaint === undefined ? { code } : { code, complaint });
  }

  function drop(): void {
    wire.cut();
    give(1);
  }

  function obey(order: Order): void {
    step({ type: "ordered", order });
  }

  function hear(message: ManagerMessage): void {
    switch (message.type) {
      case "order":
        return obey(message.order);
      case "lore":
        step({ type: "told", lore: message.lore });
        link?.say({ type: "recalled", up_to: message.up_to });
        return;
      case "claims":
        return step({ type: "claimed", taken: message.taken, free: message.free });
      case "advice":
      case "unadvised":
        return advised.hears(message);
      case "dial":
        return calling.allowed();
      case "watch":
        return showing.watch(message.on);
      case "take":
      case "renew":
      case "type":
      case "give":
        return step({ type: "keys", word: message });
      case "drop":
        return drop();
      case "recount":
        link?.say({ type: "recounted", choices: choices.told() });
        return;
      case "welcome":
      case "ack":
        // The session's own business.
        return;
      default:
        message satisfies never;
    }
  }

  return {
    step,
    told: hear,
    unlinked() {
      showing.watch(false);
      advised.unlinked();
      step({ type: "unlinked" });
    },
    leave(reason) {
      if (leaving || over) return;
      leaving = true;
      setTimeout(() => {
        log("the game was not left in time", { reason });
        drop();
      }, leaveMaxMs).unref?.();
      // No order of a manager's has this number: there is nobody to confirm it to.
      obey({ type: "stop", id: -1 });
    },
    leaving: () => leaving,
    drop,
    past: showing.past,
  };
}
