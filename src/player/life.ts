/**
 * One bot's life, whatever the game: what it reads changes what it knows; each appearance of a prompt is answered once,
 * by the skill in hand, else by reflex; at the home prompt it chooses anew. Time and chance are handed in, deeds are
 * handed out: it knows no socket, no clock and no manager.
 */
import type { Order } from "../proto/orders.ts";
import type { BotReport } from "../proto/status.ts";
import { createAttention, type Outstanding } from "./attention.ts";
import type { Answer, Game, Keys, Rest, Self, Tagged } from "./game.ts";
import type { LifeEffect, LifeEvent } from "./happenings.ts";
import { createTyping, type PaceLimits } from "./pace.ts";
import { createPatience } from "./patience.ts";
import { reportOf } from "./report.ts";
import { createSharing } from "./sharing.ts";

export interface LifeOptions {
  readonly self: Self;
  readonly strategy: string;
  readonly goal: string;
  /** Numbers from 0 up to 1, seeded. */
  readonly dice: () => number;
  /** Milliseconds without an answer after which something is wrong; more where answers are seen to take long. */
  readonly answerTimeoutMs: number;
  readonly pace: PaceLimits;
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
/** Rests in a row that changed nothing, after which there is no point in another. */
export const restsMax = 150;
/** How long a life that has played leaves alone a host that it cannot reach, in milliseconds: with `restsMax` for a day. */
export const unreachedRestMs = 600_000;
/** Waits before dialling again: doubled from the first up to the last, in milliseconds. */
export const redialMinMs = 1_000;
export const redialMaxMs = 60_000;
/** Of an unknown line, so much is told. */
const shownMaxChars = 200;

type Ending = { readonly how: "completed" | "stopped" | "failed"; readonly reason: string };

const isScreen = ({ type }: LifeEvent) => type === "line" || type === "open" || type === "erased";

/** A life at its start. Throws when the game has no such strategy. */
export function createLife<W, F extends Tagged, P extends Tagged, I extends Tagged>(
  game: Game<W, F, P, I>,
  options: LifeOptions,
): Life {
  const found = game.strategies[options.strategy];
  if (!found) throw new Error(`${game.name} has no strategy "${options.strategy}"`);
  const strategy = found;
  const world = game.newWorld(options.self);
  const sharing = createSharing(game.lore, world);

  let goal = options.goal;
  let link: "down" | "up" = "down";
  let holding: { readonly id: number } | "no" | "held" = "no";
  let ending: Ending | undefined;
  let over = false;
  let stopOrder: number | undefined;

  let read = game.newReader();
  const line = createAttention(game.prompt, game.doubtful);
  const typing = createTyping(options.pace, options.dice);
  const patience = createPatience(options.answerTimeoutMs);
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
  /** Was home ever reached: then host, name and password are right, and what fails now may pass. */
  let played = false;
  /** On the way out of the game for a while, or out. */
  let resting: Rest | undefined;
  let restUntil = 0;
  let rests = 0;
  let restedAt = "";

  let now = 0;
  /** When something last happened that counts as an answer. */
  let heardMs = 0;
  /** Until then the line has to be quiet before anything is made of it: keys went astray, or more of a prompt may come. */
  let settledMs: number | undefined;
  /** The connection is being given up: what it still shows is no longer looked at. */
  let leftAlone = false;
  /** When the deadline that was asked for passes. */
  let armedMs = Number.POSITIVE_INFINITY;
  let out: LifeEffect[] = [];

  function step(event: LifeEvent, atMs: number): LifeEffect[] {
    out = [];
    now = atMs;
    if (!over && !(leftAlone && isScreen(event))) take(event);
    if (!over && link === "up" && holding !== "held") arm();
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
        armedMs = Number.POSITIVE_INFINITY;
        flush();
        return silence();
      case "ordered":
        return obey(event.order);
      case "told":
        return sharing.told(event.lore);
      case "claimed":
        return sharing.claimed(event.taken, event.free);
      default:
        event satisfies never;
    }
  }

  // --- the link ---

  function begin(): void {
    link = "up";
    // Dialled before it was told to pause: a line that nobody minds is no use.
    if (holding === "held") return hangUp("paused");
    resting = undefined;
    leaving = 0;
    read = game.newReader();
    forgetKeys();
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
    forgetKeys();
    if (wasUp) game.hungUp(world);
    if (ending) return end(ending);
    if (resting && now < restUntil) return away(reason);
    resting = undefined;
    if (++reconnects > options.reconnectsMax)
      return end({ how: "failed", reason: `The connection was lost ${reconnects} times, last: ${reason}` });
    if (!seenHome && ++homeless >= homelessMax) {
      if (!played)
        return end({
          how: "failed",
          reason: `${homeless} connections in a row led nowhere, last: ${reason}`,
        });
      takeRest({ reason: `The game cannot be reached: ${reason}`, forMs: unreachedRestMs });
      if (over) return;
    }
    note("warning", `Connection lost: ${reason}`);
    away(reason);
  }

  /** Off the line, to come back: at once, when the host has had time to recover, or when the rest is over. */
  function away(reason: string): void {
    if (resting) note("info", `Rests for ${Math.round((restUntil - now) / 60_000)} min (${reason})`);
    seenHome = false;
    if (holding === "no") dial();
    else hold();
    changed(true);
  }

  function dial(): void {
    const backOffMs = Math.min(redialMaxMs, redialMinMs * 2 ** homeless);
    out.push({ type: "dial", afterMs: resting ? Math.max(backOffMs, restUntil - now) : backOffMs });
  }

  /** There is nothing to do for a while; an end when that has been so too often. */
  function takeRest(rest: Rest): void {
    const here = game.progress(world);
    rests = here === restedAt ? rests + 1 : 1;
    restedAt = here;
    if (rests > restsMax)
      return end({ how: "failed", reason: `Rested ${restsMax} times to no avail: ${rest.reason}` });
    resting = rest;
    restUntil = now + rest.forMs;
  }

  function end(how: Ending): void {
    over = true;
    ending = how;
    out.push(...sharing.news(now, true), ...sharing.claim([]));
    changed(true);
    if (link === "up") out.push({ type: "hangUp", reason: how.reason });
    link = "down";
    if (stopOrder !== undefined) out.push({ type: "confirmed", orderId: stopOrder });
    out.push({ type: "ended", ...how });
  }

  // --- reading ---

  function readLine(text: string): void {
    if (line.finished(text)) hear();
    // Keys are lost on the way in, while screens change (recording 17): with half a name we would be somebody else.
    if (!seenHome && line.garbled()) return hangUp(`what was typed on the way in arrived as "${shown()}"`);
    for (const fact of read(text)) learn(fact);
    if (!over) look();
  }

  function learn(fact: F): void {
    const trade = game.learn(world, fact, now);
    out.push({ type: "learned", fact });
    if (!trade) return;
    out.push({ type: "traded", ...trade });
    changed(false);
  }

  function hear(): void {
    heardMs = now;
    patience.heard(now);
  }

  /** Is there a prompt to be answered where the cursor stands? */
  function look(): void {
    const { heard, prompt, answered, doubtful } = line.look();
    if (heard) hear();
    if (line.astray()) return settle();
    settledMs = doubtful ? now + patience.settleMs() : undefined;
    if (!prompt) return;
    wayHome = 0;
    if (!answered) return meet(prompt);
    for (const fact of game.tells(prompt)) learn(fact);
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
    if ("rest" in answer) {
      takeRest(answer.rest);
      return over ? undefined : hangUp(answer.rest.reason);
    }
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
      seenHome = played = true;
      homeless = 0;
      out.push({ type: "playing" });
    }
    answers = 0;
    out.push(...sharing.news(now));
    if (ending) {
      if (++leaving > leavingMax) return end(ending);
      return choose(game.leave, ending.reason);
    }
    if (holding !== "no") return hold();
    if (resting) {
      if (++leaving > leavingMax) return hangUp(resting.reason);
      return choose(game.leave, resting.reason);
    }
    const verdict = game.verdict(world);
    if (verdict?.how === "rest") {
      takeRest(verdict);
      return over ? undefined : choose(game.leave, verdict.reason);
    }
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
    if (choice.rest) takeRest(choice.rest);
    if (over) return;
    choose(choice.intent, choice.why, choice.claims);
  }

  function choose(next: I, why: string, claims: readonly string[] = []): void {
    intent = next;
    out.push({ type: "chose", intent, why }, ...sharing.claim(claims));
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

  function transmit({ keys, secret = false, waitMs = 0, ahead = [] }: Keys): void {
    typing.book(keys + ahead.map((later) => later.keys).join(""), secret, now + waitMs);
    flush();
  }

  /** Lets go what may leave by now. */
  function flush(): void {
    for (const stroke of typing.due(now)) {
      out.push({ type: "send", ...stroke });
      patience.sent(now);
      heardMs = now;
    }
  }

  /** What was typed and what it was meant for is history: nothing of it is sent any more. */
  function forgetKeys(): void {
    line.clear();
    typing.forget();
    patience.forget();
    settledMs = undefined;
    leftAlone = false;
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
    typing.forget();
    leftAlone = true;
    out.push({ type: "hangUp", reason });
  }

  // --- when nothing comes ---

  /** Asks to be told when the next key may leave, when the line has settled or when patience ends, whichever is first. */
  function arm(): void {
    const next = typing.nextAtMs();
    const at = Math.min(
      next ?? heardMs + patience.timeoutMs(homeless),
      settledMs ?? Number.POSITIVE_INFINITY,
    );
    if (armedMs <= at) return;
    armedMs = at;
    out.push({ type: "await", ms: Math.max(0, at - now) });
  }

  /**
   * Keys typed ahead were lost or met another prompt than theirs. What has not left yet never will; what has may still be on
   * its way. It does no harm wherever it lands, but it would come before any answer: so the line has to be quiet first.
   */
  function settle(): void {
    if (settledMs === undefined) note("info", `Keys typed ahead went astray, at "${shown()}"`);
    typing.forget();
    heardMs = now;
    settledMs = now + patience.settleMs();
  }

  /** Quiet long enough: what stands there now is met as if nothing had been sent. False when nothing stands there. */
  function settled(): boolean {
    const prompt = line.anew();
    if (!prompt) return false;
    settledMs = undefined;
    wayHome = 0;
    meet(prompt);
    return true;
  }

  function silence(): void {
    if (link === "down" || holding === "held" || typing.nextAtMs() !== undefined) return;
    if (settledMs !== undefined && now >= settledMs) {
      if (settled()) return;
      settledMs = Number.POSITIVE_INFINITY;
    }
    const timeoutMs = patience.timeoutMs(homeless);
    if (heardMs + timeoutMs > now) return;
    heardMs = now;
    const outstanding = line.outstanding();
    if (line.astray() || line.awaited() > 0) {
      note("warning", `Keys typed ahead were lost, at "${shown()}"`);
      return hangUp("the host took only some of the keys");
    }
    if (outstanding && !outstanding.wiped && wayHome === 0) return repeat(outstanding);
    if (line.open() === "" || outstanding?.wiped) {
      note("warning", `No word from the host for ${Math.round(timeoutMs / 1000)} s`);
      return hangUp("the host fell silent");
    }
    noAnswer("an unknown line");
  }

  /**
   * The prompt stands as it stood: the keys were lost on the way, as happens while a host changes screens, or the host stalls
   * and has them still. Only a new connection tells the two apart, unless the keys are harmless wherever they land.
   */
  function repeat(lostKeys: Outstanding): void {
    // Half an answer stands there: whatever is typed now would make another of it.
    if (line.isBegun()) return hangUp("the host took only some of the keys");
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
    if (holding !== "held") out.push({ type: "held" }, ...sharing.claim([]));
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
    if (link === "down" && resting) return `waiting: ${resting.reason}`;
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
