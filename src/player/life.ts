/**
 * One bot's life, whatever the game: what it reads changes what it knows; each appearance of a prompt is answered once,
 * by the skill in hand, else by reflex; at the home prompt it chooses anew. Time and chance are handed in, deeds are
 * handed out: it knows no socket, no clock and no manager.
 */
import type { Order } from "../proto/orders.ts";
import type { BotReport } from "../proto/status.ts";
import { selfSince, usedUp } from "./carried.ts";
import { createChoosing } from "./choosing.ts";
import { createDeadline } from "./deadline.ts";
import { createDeeds } from "./deeds.ts";
import { createDialling } from "./dialling.ts";
import { createExchange, shownMaxChars, type Turn } from "./exchange.ts";
import type { Game, Rest, Tagged } from "./game.ts";
import type { Ending, Life, LifeEffect, LifeEvent, LifeOptions } from "./happenings.ts";
import { createLending } from "./lending.ts";
import { createOrders } from "./orders.ts";
import { reportOf } from "./report.ts";
import { createSharing } from "./sharing.ts";
import { createSkilled } from "./skilled.ts";

/** Prompts answered on the way of one intent: more is a circle. */
export const answersMax = 150;
/** Times it asks to leave before it just hangs up. */
export const leavingMax = 3;

const isScreen = ({ type }: LifeEvent) => type === "line" || type === "open" || type === "erased";

/** A life at its start. Throws when the game has no such strategy. */
export function createLife<W, F extends Tagged, P extends Tagged, I extends Tagged>(
  game: Game<W, F, P, I>,
  options: LifeOptions,
): Life {
  const self = selfSince(options.self, options.carried);
  const world = game.newWorld(self);
  const deeds = createDeeds();
  const choosing = createChoosing(game, world, { ...options, turnsMax: self.turnsMax, deeds });
  const skilled = createSkilled(game, world);
  const sharing = createSharing(game.lore, world);
  const orders = createOrders(deeds, options.goal);
  const lending = createLending(deeds, {
    refusal: () => ending && "the bot is leaving the game",
    isIdle: () => !talks(),
    lent,
    back,
  });
  const deadline = createDeadline(deeds);
  const dialling = createDialling(deeds, options.reconnectsMax);
  const talk = createExchange<P>({ ...game, ...options, deeds });

  let now = 0;
  let reader = game.newReader();
  let intent: I = game.enter;
  let answers = 0;
  let leaving = 0;
  let ending: Ending | undefined;
  let over = false;
  /** The keys are, or were, somebody else's, and home has not been reached since: what happens is not the bot's doing. */
  let apart: (() => void) | undefined;
  /** The connection is being given up: what it still shows is no longer looked at. */
  let leftAlone = false;

  function step(event: LifeEvent, atMs: number): LifeEffect[] {
    now = atMs;
    if (!over && !(leftAlone && isScreen(event))) take(event);
    if (!over) deadline.due(dueMs(), now);
    return deeds.take();
  }

  /** It answers nothing: told to stand still, or the keys are somebody else's. */
  const stands = () => orders.isHeld() || lending.isLent();
  const talks = () => dialling.isUp() && !stands();
  const dueMs = () =>
    Math.min(lending.dueMs(), talks() ? talk.dueMs(dialling.failures()) : Number.POSITIVE_INFINITY);

  function take(event: LifeEvent): void {
    switch (event.type) {
      case "started":
        return start();
      case "connected":
        return begin();
      case "closed":
        return lost(event.reason ?? "the connection was closed", event.reached ?? true);
      case "line":
        return readLine(event.text);
      case "open":
        talk.shown(event.text);
        return look();
      case "erased":
        return talk.erased();
      case "silent":
        deadline.passed();
        lending.lapse(now);
        return follow(talk.silent(now, dialling.failures(), talks()));
      case "ordered":
        return obey(event.order);
      case "keys":
        return lending.hear(event.word, now);
      case "unlinked":
        return lending.end("the line to the manager broke");
      case "advised":
      case "unadvised":
        return choosing.hears(event);
      case "told":
        return sharing.told(event.lore);
      case "claimed":
        return sharing.claimed(event.taken, event.free);
      default:
        event satisfies never;
    }
  }

  // --- the line to the host ---

  function start(): void {
    const done = usedUp(options.self, options.carried);
    if (done) end(done);
    // Told to stand still before it began: it dials when it is told to go on.
    else if (!stands()) deeds.add({ type: "dial", afterMs: 0, firm: false });
  }

  function begin(): void {
    dialling.connected();
    // Dialled before it was told to pause: a line that nobody minds is no use.
    if (stands()) return hangUp(activity());
    leaving = 0;
    reader = game.newReader();
    talk.clear();
    leftAlone = false;
    intent = game.enter;
    answers = 0;
    talk.refresh(now);
    deeds.changed(true);
  }

  function lost(reason: string, reached: boolean): void {
    const wasUp = dialling.isUp();
    dialling.down();
    talk.clear();
    leftAlone = false;
    if (wasUp) game.hungUp(world);
    if (ending) return end(ending);
    const hopeless = hopelessAfter(reason, reached);
    if (hopeless !== undefined) return end({ how: "failed", reason: hopeless });
    if (orders.isPausing()) hold();
    lending.lend();
    if (!stands()) dialling.dial(now);
    deeds.changed(true);
  }

  function hopelessAfter(reason: string, reached: boolean): string | undefined {
    if (!reached) return dialling.unreached(reason, now);
    // It may have been left on purpose.
    return lending.isLent() ? dialling.left(reason) : dialling.lost(reason, now, game.progress(world));
  }

  function hangUp(reason: string): void {
    if (ending) return end(ending);
    talk.hush();
    leftAlone = true;
    deeds.add({ type: "hangUp", reason });
  }

  function end(how: Ending): void {
    over = true;
    ending = how;
    lending.end("the bot has ended");
    deeds.add(...sharing.news(now, true), ...sharing.claim([]));
    deeds.changed(true);
    if (dialling.isUp()) deeds.add({ type: "hangUp", reason: how.reason });
    dialling.down();
    orders.ended();
    deeds.add({ type: "ended", ...how });
  }

  // --- reading ---

  function readLine(text: string): void {
    const garbled = talk.finished(text, now);
    // Keys are lost on the way in, while screens change (recording 17): with half a name we would be somebody else.
    if (garbled && !dialling.isHome())
      return hangUp(`what was typed on the way in arrived as "${talk.words()}"`);
    for (const fact of reader.read(text)) learn(fact);
    if (!over) look();
  }

  function learn(fact: F): void {
    const trade = game.learn(world, fact, now);
    deeds.add({ type: "learned", fact });
    if (!trade || apart) return;
    deeds.add({ type: "traded", ...trade });
    deeds.changed(false);
  }

  const look = () => follow(talk.look(now, reader.hearsay()));

  // --- answering ---

  function follow(turn: Turn<P> | undefined): void {
    switch (turn?.what) {
      case undefined:
        return;
      case "met":
        return meet(turn.prompt);
      case "answered":
        for (const fact of game.tells(turn.prompt)) learn(fact);
        return;
      case "hangUp":
        return hangUp(turn.reason);
      case "unknown":
        return noAnswer(turn.at);
    }
  }

  function meet(prompt: P): void {
    for (const fact of game.tells(prompt)) learn(fact);
    if (stands()) return;
    if (prompt.type === game.home) return home();
    if (++answers > answersMax) return circle();
    const answer = skilled.answer(prompt, intent);
    if (!answer) return noAnswer(prompt.type);
    if ("giveUp" in answer) return end(ending ?? { how: "failed", reason: answer.giveUp });
    if ("rest" in answer) return goRest(answer.rest, () => hangUp(answer.rest.reason));
    talk.answer(prompt.type, answer, now);
  }

  /** Nobody knows what to do here: one way home after the other, never blindly, never for ever. */
  function noAnswer(at: string): void {
    if (talk.tryHome(at, now)) return;
    if (apart) hangUp("no way home from where the keys were given back");
    else end(ending ?? { how: "failed", reason: `No way on from "${talk.words()}"` });
  }

  /** A circle within one intent: a new connection starts with a clean table. */
  function circle(): void {
    answers = 0;
    deeds.note("warning", `Going in circles with ${game.describe(world, intent)}, at "${talk.words()}"`);
    hangUp("the talk went in circles");
  }

  /** There is nothing to do for a while: so it is left, unless that has been so too often. */
  function goRest(rest: Rest, leave: () => void): void {
    const hopeless = dialling.rest(rest, now, game.progress(world));
    if (hopeless !== undefined) end({ how: "failed", reason: hopeless });
    else leave();
  }

  // --- choosing ---

  function home(): void {
    const isFirst = dialling.home();
    if (isFirst) deeds.add({ type: "playing" });
    answers = 0;
    apart?.();
    apart = undefined;
    const roundTripMs = talk.roundTripMs();
    if (roundTripMs !== undefined) game.paced?.(world, roundTripMs);
    deeds.add(...sharing.news(now));
    if (ending) return goOut(ending.reason);
    if (orders.isToStand()) hold();
    // What a lost line has left open is heard of before somebody else's deeds can hide it.
    if (orders.isHeld() || !isFirst) lending.lend();
    if (stands()) return;
    const resting = dialling.resting();
    if (resting) return goOut(resting.reason);
    const { intent: next, why, claims, rest, ending: last } = choosing.next(orders.goal(), intent, now);
    ending = last;
    if (rest) goRest(rest, () => choose(next, why, claims));
    else choose(next, why, claims);
  }

  function goOut(reason: string): void {
    if (++leaving > leavingMax) return hangUp(reason);
    choose(game.leave, reason);
  }

  function choose(next: I, why: string, claims: readonly string[] = []): void {
    intent = next;
    deeds.add({ type: "chose", intent, why }, ...sharing.claim(claims));
    deeds.changed(false);
    const keys = skilled.start(intent);
    if (keys) talk.answer(game.home, keys, now);
    else noAnswer(intent.type);
  }

  // --- orders ---

  function obey(order: Order): void {
    deeds.changed(true);
    switch (orders.take(order, dialling.isUp())) {
      case "hold":
        return hold();
      case "resume":
        return resume();
      case "goOn":
        return goOn();
      case "stop":
        ending ??= { how: "stopped", reason: "Stopped by order" };
        if (!dialling.isUp()) return end(ending);
        if (orders.isHeld()) intent = game.leave;
        resume();
        return lending.end("the bot is told to stop");
    }
  }

  function hold(): void {
    // Before the confirmation: whoever hears of it sees where the bot stands, and not where it was a moment ago.
    deeds.changed(true);
    orders.hold();
    deeds.add(...sharing.claim([]));
  }

  function resume(): void {
    if (orders.release()) goOn();
  }

  /** From where it stood still. */
  function goOn(): void {
    if (lending.isLent()) return;
    talk.refresh(now);
    // A host throws out those who sit still: then the door is where we stand now, or there is no line at all.
    if (dialling.isUp()) look();
    else dialling.dial(now);
  }

  // --- the keys in other hands ---

  function lent(): void {
    orders.lent();
    talk.hush();
    apart ??= game.lent?.(world) ?? (() => {});
    choosing.apart();
    deeds.add(...sharing.claim([]));
    deeds.changed(true);
  }

  /** It goes on from wherever it was left, and trusts nothing that it planned. */
  function back(begun: string): void {
    deeds.changed(true);
    if (over) return;
    apart?.();
    answers = leaving = 0;
    intent = ending ? game.leave : game.enter;
    if (dialling.isUp()) talk.estranged(begun, now);
    else if (orders.isPausing()) hold();
    else dialling.dial(now);
  }

  function activity(): string {
    if (over && ending) return `${ending.how}: ${ending.reason}`;
    if (lending.isLent()) return "in other hands";
    if (orders.isHeld()) return "paused";
    return dialling.isUp() ? game.describe(world, intent) : dialling.waitsFor();
  }

  function report(): BotReport {
    const heard = { goal: orders.goal(), troubles: deeds.troubles(), advice: choosing.advice() };
    const told = {
      ...options,
      ...heard,
      waits: !over && !talks(),
      activity: activity().slice(0, shownMaxChars),
    };
    return reportOf(game.standing(world), told);
  }

  return { step, report, paused: orders.isHeld };
}
