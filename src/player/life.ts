/**
 * One bot's life, whatever the game: what it reads changes what it knows; each appearance of a prompt is answered once,
 * by the skill in hand, else by reflex; at the home prompt it chooses anew. Time and chance are handed in, deeds are
 * handed out: it knows no socket, no clock and no manager.
 */
import type { Order } from "../proto/orders.ts";
import type { BotReport } from "../proto/status.ts";
import { createAttention, type Outstanding } from "./attention.ts";
import type { Answer, Game, Keys, Self, Tagged } from "./game.ts";
import type { LifeEffect, LifeEvent } from "./happenings.ts";
import { reportOf } from "./report.ts";

export interface LifeOptions {
  readonly self: Self;
  readonly strategy: string;
  readonly goal: string;
  /** Numbers from 0 up to 1, seeded. */
  readonly dice: () => number;
  /** Milliseconds without an answer after which something is wrong. */
  readonly answerTimeoutMs: number;
  /** Lost connections over the whole life that are made good. */
  readonly reconnectsMax: number;
}

export interface Life {
  step(event: LifeEvent, atMs: number): LifeEffect[];
  report(): BotReport;
  /** True while it stands still on an order. */
  paused(): boolean;
}

/** Home prompts in a row without getting anywhere after which another way is tried, and then given up. */
export const barrenMax = 4;
export const barrenHopeless = 12;
/** Times the same keys are sent to a prompt that does not react. */
export const resendsMax = 2;
/** Prompts answered on the way of one intent: more is a circle. */
export const answersMax = 150;
/** Times it asks to leave before it just hangs up. */
export const leavingMax = 3;
/** Connections in a row that never came home. */
export const homelessMax = 6;
/** Waits before dialling again: doubled from the first up to the last, in milliseconds. */
export const redialMinMs = 1_000;
export const redialMaxMs = 60_000;
/** Of an unknown line, so much is told. */
const shownMaxChars = 200;

type Ending = { readonly how: "completed" | "stopped" | "failed"; readonly reason: string };

/** A life at its start. Throws when the game has no such strategy. */
export function createLife<W, F extends Tagged, P extends Tagged, I extends Tagged>(
  game: Game<W, F, P, I>,
  options: LifeOptions,
): Life {
  const found = game.strategies[options.strategy];
  if (!found) throw new Error(`${game.name} has no strategy "${options.strategy}"`);
  const strategy = found;
  const world = game.newWorld(options.self);

  let goal = options.goal;
  let link: "down" | "up" = "down";
  let holding: { readonly id: number } | "no" | "held" = "no";
  let ending: Ending | undefined;
  let over = false;
  let stopOrder: number | undefined;

  let read = game.newReader();
  const line = createAttention(game.prompt);
  let intent: I = game.enter;
  let answers = 0;
  let seenHome = false;
  let wayHome = 0;

  let standing = "";
  let barren = 0;
  let leaving = 0;
  let reconnects = 0;
  let homeless = 0;
  /** Why the line is down, for people. */
  let lostBecause = "";

  let now = 0;
  /** When something last happened that counts as an answer. */
  let heardMs = 0;
  let awaiting = false;
  let out: LifeEffect[] = [];

  function step(event: LifeEvent, atMs: number): LifeEffect[] {
    out = [];
    now = atMs;
    if (!over) take(event);
    if (!over && link === "up" && holding !== "held" && !awaiting) arm(options.answerTimeoutMs);
    return out;
  }

  function take(event: LifeEvent): void {
    switch (event.type) {
      case "started":
        out.push({ type: "dial", afterMs: 0 });
        return;
      case "connected":
        return begin();
      case "closed":
        return lost(event.reason ?? "the connection was closed");
      case "line":
        return readLine(event.text);
      case "open":
        line.shown(event.text);
        return look();
      case "erased":
        return line.erased();
      case "silent":
        awaiting = false;
        return silence();
      case "ordered":
        return obey(event.order);
      default:
        event satisfies never;
    }
  }

  // --- the link ---

  function begin(): void {
    link = "up";
    read = game.newReader();
    line.clear();
    intent = game.enter;
    answers = wayHome = 0;
    seenHome = false;
    heardMs = now;
    changed(true);
  }

  function lost(reason: string): void {
    const wasUp = link === "up";
    lostBecause = reason;
    link = "down";
    line.clear();
    if (wasUp) game.hungUp(world);
    if (ending) return end(ending);
    if (++reconnects > options.reconnectsMax)
      return end({ how: "failed", reason: `The connection was lost ${reconnects} times, last: ${reason}` });
    if (!seenHome && ++homeless >= homelessMax)
      return end({ how: "failed", reason: `${homeless} connections in a row led nowhere, last: ${reason}` });
    note("warning", `Connection lost: ${reason}`);
    seenHome = false;
    if (holding === "no") dial();
    else hold();
    changed(true);
  }

  function dial(): void {
    out.push({ type: "dial", afterMs: Math.min(redialMaxMs, redialMinMs * 2 ** homeless) });
  }

  function end(how: Ending): void {
    over = true;
    ending = how;
    changed(true);
    if (link === "up") out.push({ type: "hangUp", reason: how.reason });
    link = "down";
    if (stopOrder !== undefined) out.push({ type: "confirmed", orderId: stopOrder });
    out.push({ type: "ended", ...how });
  }

  // --- reading ---

  function readLine(text: string): void {
    if (line.finished(text)) heardMs = now;
    for (const fact of read(text)) learn(fact);
    if (!over) look();
  }

  function learn(fact: F): void {
    const trade = game.learn(world, fact);
    out.push({ type: "learned", fact });
    if (!trade) return;
    out.push({ type: "traded", ...trade });
    changed(false);
  }

  /** Is there a prompt to be answered where the cursor stands? */
  function look(): void {
    const { heard, prompt } = line.look();
    if (heard) heardMs = now;
    if (!prompt) return;
    wayHome = 0;
    meet(prompt);
  }

  // --- answering ---

  function meet(prompt: P): void {
    for (const fact of game.tells(prompt)) learn(fact);
    if (holding === "held") return;
    if (prompt.type === game.home) return home();
    if (++answers > answersMax) return circle();
    const answer = answerTo(prompt);
    if (!answer) return noAnswer(prompt.type);
    if ("giveUp" in answer) return giveUp(answer.giveUp);
    send(answer, prompt.type);
  }

  function answerTo(prompt: P): Answer {
    // The one place where a table is asked by a name that is only known at run time.
    const type = prompt.type as P["type"];
    const at = { world, prompt: prompt as never, intent: intent as never };
    return game.skills[intent.type as I["type"]].answers[type]?.(at) ?? game.reflexes[type]?.(at);
  }

  function home(): void {
    if (!seenHome) {
      seenHome = true;
      homeless = 0;
      out.push({ type: "playing" });
    }
    answers = 0;
    if (ending) {
      if (++leaving > leavingMax) return end(ending);
      return choose(game.leave, ending.reason);
    }
    if (holding !== "no") return hold();
    const verdict = game.verdict(world);
    if (verdict) {
      ending = verdict;
      return choose(game.leave, verdict.reason);
    }
    const here = game.progress(world);
    barren = here === standing ? barren + 1 : 0;
    standing = here;
    if (barren >= barrenHopeless) {
      ending = { how: "failed", reason: `Nothing it tries leads on: ${game.describe(world, intent)}` };
      return choose(game.leave, ending.reason);
    }
    if (barren > 0 && barren % barrenMax === 0) {
      note("warning", `Strategy ${options.strategy} gets nowhere with ${game.describe(world, intent)}`);
      const other = game.restless(world, options.dice, goal);
      return choose(other.intent, other.why);
    }
    const choice = strategy(world, options.dice, goal);
    choose(choice.intent, choice.why);
  }

  function choose(next: I, why: string): void {
    intent = next;
    out.push({ type: "chose", intent, why });
    changed(false);
    const keys = game.skills[intent.type as I["type"]].start({ world, intent: intent as never });
    if (keys) send(keys, game.home);
    else noAnswer(intent.type);
  }

  function send(keys: Keys, type: string): void {
    line.answered(type, keys);
    heardMs = now;
    transmit(keys);
  }

  function transmit({ keys, secret = false, waitMs = 0 }: Keys): void {
    out.push({ type: "send", keys, secret, waitMs });
    // Keys held back on purpose are no silence of the host's.
    heardMs = now + waitMs;
  }

  function giveUp(reason: string): void {
    end(ending ?? { how: "failed", reason });
  }

  /** A circle within one intent: a new connection starts with a clean table. */
  function circle(): void {
    answers = 0;
    note("warning", `Going in circles with ${game.describe(world, intent)}, at "${shown()}"`);
    hangUp("the talk went in circles");
  }

  function hangUp(reason: string): void {
    if (ending) return end(ending);
    out.push({ type: "hangUp", reason });
  }

  // --- when nothing comes ---

  function arm(ms: number): void {
    awaiting = true;
    out.push({ type: "await", ms });
  }

  function silence(): void {
    if (link === "down" || holding === "held") return;
    const left = heardMs + options.answerTimeoutMs - now;
    if (left > 0) return arm(left);
    heardMs = now;
    const outstanding = line.outstanding();
    if (outstanding && !outstanding.wiped && wayHome === 0) return repeat(outstanding);
    if (line.open() === "" || outstanding?.wiped) {
      note("warning", `No word from the host for ${options.answerTimeoutMs / 1000} s`);
      return hangUp("the host fell silent");
    }
    noAnswer("an unknown line");
  }

  /**
   * The prompt stands as it stood: the keys were lost on the way, as happens while a host changes screens, or the host stalls
   * and has them still. Only a new connection tells the two apart, unless the keys are harmless wherever they land.
   */
  function repeat(lostKeys: Outstanding): void {
    if (line.open() !== lostKeys.text) return noAnswer("a prompt that did not take its answer");
    if (!game.repeatable.includes(lostKeys.type as P["type"]) || ++lostKeys.resends > resendsMax) {
      note("warning", `No answer to the keys at "${shown()}"`);
      return hangUp("the host no longer answers");
    }
    note("info", `Keys were lost at "${shown()}": sent again`);
    transmit(lostKeys.keys);
  }

  /** Nobody knows what to do here: one way home after the other, never blindly, never for ever. */
  function noAnswer(at: string): void {
    if (wayHome === 0) {
      out.push({ type: "stuck", at, text: line.open().slice(0, shownMaxChars) });
      note("warning", `No answer to ${at}: "${shown()}"`);
    }
    const keys = game.waysHome(line.open())[wayHome++];
    if (keys === undefined) return giveUp(`No way on from "${shown()}"`);
    // Never sent twice: where it led nowhere, another way is next.
    line.answered("", { keys }, resendsMax);
    transmit({ keys });
  }

  const shown = () => (line.open() || line.above()).slice(0, shownMaxChars).trim();

  // --- orders ---

  function obey(order: Order): void {
    changed(true);
    switch (order.type) {
      case "goal":
        goal = order.goal;
        out.push({ type: "confirmed", orderId: order.id });
        return;
      case "pause":
        if (holding === "held") out.push({ type: "confirmed", orderId: order.id });
        else {
          holding = { id: order.id };
          // Where nothing is going on there is nothing to wait for.
          if (link === "down") hold();
        }
        return;
      case "resume":
        out.push({ type: "confirmed", orderId: order.id });
        return resume();
      case "stop":
        stopOrder = order.id;
        ending ??= { how: "stopped", reason: "Stopped by order" };
        if (link === "down") return end(ending);
        if (holding === "held") intent = game.leave;
        return resume();
      default:
        order satisfies never;
    }
  }

  function hold(): void {
    if (typeof holding === "object") out.push({ type: "confirmed", orderId: holding.id });
    if (holding !== "held") out.push({ type: "held" });
    holding = "held";
    changed(true);
  }

  function resume(): void {
    const wasHeld = holding === "held";
    holding = "no";
    if (!wasHeld) return;
    heardMs = now;
    // A host throws out those who sit still: then the door is where we stand now, or there is no line at all.
    if (link === "down") dial();
    else look();
  }

  // --- telling ---

  function changed(urgent: boolean): void {
    const last = out.findLast((effect) => effect.type === "changed");
    if (last && (last.urgent || !urgent)) return;
    out.push({ type: "changed", urgent });
  }

  const note = (severity: "info" | "warning" | "error", text: string) =>
    void out.push({ type: "note", severity, text });

  function activity(): string {
    if (over && ending) return `${ending.how}: ${ending.reason}`;
    if (holding === "held") return "paused";
    if (link === "down")
      return lostBecause === "" ? "being connected" : `waiting to be connected again: ${lostBecause}`;
    return game.describe(world, intent);
  }

  return {
    step,
    report: () =>
      reportOf(game.standing(world), {
        gameLetter: options.self.gameLetter,
        turnsMax: options.self.turnsMax,
        strategy: options.strategy,
        goal,
        activity: activity().slice(0, shownMaxChars),
      }),
    paused: () => holding === "held",
  };
}
