/**
 * Plays a recording's keys to our host at the recording's times and keeps what it writes, step by step. Where the two
 * drift apart the host is set right, so that later steps are not spoiled; each such correction is a finding.
 */
import { board } from "../../src/games/tw2002/host/aboard.ts";
import { home } from "../../src/games/tw2002/host/commands/command.ts";
import { warp } from "../../src/games/tw2002/host/galaxy.ts";
import { createHost, type HostEffect } from "../../src/games/tw2002/host/mod.ts";
import type { Session } from "../../src/games/tw2002/host/session.ts";
import { inSpace } from "../../src/games/tw2002/host/things.ts";
import type { Givens } from "./givens.ts";
import type { Oracle } from "./oracle.ts";
import { openLine, plain } from "./plain.ts";
import { type Recording, type Step } from "./recording.ts";
import { createSectorReader, type Revealed, type SeenSector } from "./reveal.ts";
import { factsIn, fields, type Value } from "./standing.ts";
import { createWorld, seal, seedSector, seedWanderers, type World } from "./world.ts";

export interface Played {
  readonly step: Step;
  readonly connection: number;
  readonly written: string;
  /** We were not where the recording was: the step's keys were not played. */
  readonly lost: boolean;
}

export interface Correction {
  readonly t: number;
  readonly label: string;
  readonly what: string;
  readonly ours: Value;
  readonly recorded: Value;
  readonly why: string;
}

export interface Performance {
  readonly steps: readonly Played[];
  readonly corrections: readonly Correction[];
  /** What the host threw: bugs. */
  readonly failures: readonly { readonly t: number; readonly label: string; readonly failure: string }[];
  readonly world: World;
}

/** The server's imitation of a slow line, as the recordings' own delays show it. */
const latencyMs = 150;
const second = 1000;

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const commandPrompt = /^Command \S? ?\[TL=[\d:]+\]:\[(\d+)\] \(\?=Help\)\? : $/;

export function perform(
  recording: Recording,
  revealed: Revealed,
  givens: Givens,
  oracle: Oracle,
  begin: Readonly<Record<string, Value>>,
): Performance {
  const world = createWorld(revealed, oracle, givens.settings?.are ?? {}, { ...begin, ...givens.begin?.is });
  givens.seed?.make(world);
  const { galaxy } = world;
  const host = createHost({
    games: [{ letter: revealed.letter, name: revealed.gameName, galaxy }],
    seal,
    latencyMs,
  });
  const steps: Played[] = [];
  const corrections: Correction[] = [];
  const failures: { t: number; label: string; failure: string }[] = [];
  const all = recording.connections.flatMap((connection) => connection.steps);
  let number = 0;
  for (const [connection, { steps: wanted, ended }] of recording.connections.entries()) {
    const zero = revealed.zeros[connection] ?? 0;
    const line = dial(host, zero, world);
    let recorded = "";
    let ours = "";
    let lost = false;
    const cuts = [...(givens.cuts ?? [])];
    const events = [...(givens.events ?? [])];
    for (const [index, step] of wanted.entries()) {
      if (index > 0) line.wait(zero + Math.round(step.t * second), true);
      const expectedLater = all
        .slice(number + 1, number + 6)
        .map(({ expected }) => expected)
        .join("");
      // What the line brought until now belongs to the step before.
      const before = steps.at(-1);
      if (before && index > 0) {
        const written = line.take();
        steps[steps.length - 1] = { ...before, written: before.written + written };
        ours += written;
        for (const failure of line.failures.splice(0)) failures.push({ t: before.step.t, label: before.step.label, failure });
        if (!before.lost) {
          const now = steps[steps.length - 1] ?? before;
          correct(world, now, corrections);
        }
        recorded += before.step.expected;
        if (!samePlace(recorded, ours)) lost = true;
      }
      for (const cut of cuts.splice(0)) {
        if (cut.t > step.t) {
          cuts.push(cut);
          continue;
        }
        line.goHome(cut.sector);
        lost = false;
        const trader = world.player();
        restock(world, number);
        const standing = { ...aheadOf(wanted.slice(index, index + listAhead)), ...cut.standing };
        for (const [field, value] of Object.entries(standing)) {
          const known = fields[field];
          if (!trader || !known || known.get(trader) === value) continue;
          corrections.push({ t: step.t, label: step.label, what: field, ours: known.get(trader), recorded: value, why: "cut in the recording" });
          known.set(trader, value);
        }
        cut.make?.(world);
        ours = `\n${line.prompt()}`;
        recorded = ours;
      }
      for (const event of events.splice(0)) {
        if (event.t > step.t) events.push(event);
        else event.make(world);
      }
      if (lost) {
        const place = commandPrompt.exec(plain(openLine(recorded)));
        if (place && line.goHome(Number(place[1]))) {
          lost = false;
          ours = recorded;
        }
      }
      oracle.begin(number, step.expected, expectedLater);
      placeWanderers(world, step.expected);
      if (!lost) {
        for (const { t, text } of step.keys) {
          line.wait(zero + Math.round(t * second), false);
          line.press(text);
        }
      }
      steps.push({ step, connection, written: "", lost });
      number++;
    }
    line.wait(zero + Math.round(ended * second) + latencyMs, true);
    const last = steps.at(-1);
    if (last) steps[steps.length - 1] = { ...last, written: last.written + line.take() };
    line.hangUp();
  }
  return { steps, corrections, failures, world };
}

// ---- the line

function dial(host: ReturnType<typeof createHost>, zero: number, world: World) {
  let now = zero;
  let wakes: number[] = [];
  let text = "";
  let session: Session | undefined;
  let open = true;
  let ticked = 0;
  const failures: string[] = [];
  // The host keeps its sessions to itself: the one of this caller is caught as it is put into the list.
  const set = Map.prototype.set;
  Map.prototype.set = function (this: Map<unknown, unknown>, key: unknown, value: unknown) {
    if (isSession(value)) session = value;
    return set.call(this, key, value);
  };
  const { caller, effects } = host.connect(now);
  Map.prototype.set = set;
  const perform = (done: readonly HostEffect[]) => {
    for (const effect of done) {
      if (effect.type === "wake") wakes.push(effect.at);
      else if (effect.caller !== caller) continue;
      else if (effect.type === "close") open = false;
      else text += latin1(effect.bytes);
    }
  };
  /** A host that throws is a finding, not the end of the replay. */
  const guarded = (act: () => readonly HostEffect[]) => {
    try {
      perform(act());
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  };
  perform(effects);
  return {
    failures,
    /** Lets time pass with all that falls due in it; `all` for what falls due at its end, too. */
    wait(until: number, all: boolean) {
      for (;;) {
        const next = Math.min(...wakes, Number.POSITIVE_INFINITY);
        if (next > until || (next === until && !all)) break;
        wakes = wakes.filter((wake) => wake > next);
        // A host that wants to be woken at once, again and again, shall not stop the clock.
        now = Math.max(now + (next <= ticked ? 1 : 0), next);
        ticked = now;
        guarded(() => host.tick(now));
      }
      now = Math.max(now, until);
    },
    press(keys: string) {
      if (open) guarded(() => host.receive(caller, Buffer.from(keys, "latin1"), now));
    },
    take(): string {
      const taken = text;
      text = "";
      return taken;
    },
    /** Puts the player at the command prompt in a sector, whatever he was about. False when there is no player yet. */
    goHome(sector: number): boolean {
      const trader = world.player();
      if (!trader || !session || !open) return false;
      session.later = undefined;
      session.typed.length = 0;
      session.nudgeAt = undefined;
      session.cutIn = false;
      const [game] = session.door.games;
      if (!game) return false;
      session.game = game;
      if (session.trader !== trader) board(session, game, trader);
      trader.place = inSpace;
      if (trader.sector !== sector) warp(game.galaxy, trader, sector);
      session.paper.take();
      home(session);
      session.paper.take();
      guarded(() => host.tick(now + latencyMs));
      text = "";
      return true;
    },
    prompt: () => `Command [TL=00:00:00]:[${world.player()?.sector ?? 0}] (?=Help)? : `,
    hangUp: () => guarded(() => host.hungUp(caller, now)),
  };
}

const isSession = (value: unknown): value is Session =>
  typeof value === "object" && value !== null && "paper" in value && "door" in value;

// ---- setting right

/** Whether both wait at the same prompt; figures apart. */
function samePlace(recorded: string, ours: string): boolean {
  const shape = (text: string) => plain(openLine(text)).replace(/[\d,]*\d/g, "#").trimEnd();
  return shape(recorded) === shape(ours);
}

/** Steps after a cut in which a list of all that the player has may still come. */
const listAhead = 3;

/** What the screens that come next say of the player, when they list all he has. */
function aheadOf(steps: readonly Step[]): Record<string, Value> {
  const list = steps.find(({ keys }) => keys.length === 1 && /^[/I]$/.test(keys[0]?.text ?? ""));
  if (!list) return {};
  const facts = factsIn(plain(list.expected).split("\n")).filter(({ field }) => field !== "sector");
  return Object.fromEntries(facts.map(({ field, value }) => [field, value]));
}

/** Ports after a cut: what they hold is what their next reports say. */
function restock({ galaxy, revealed }: World, step: number): void {
  for (const port of galaxy.ports.values()) {
    const report = revealed.reports.find((one) => one.step >= step && one.port === port.name);
    if (!report) continue;
    for (const [index, stock] of port.stocks.entries()) {
      const amount = report.amounts[index];
      if (amount !== undefined) Object.assign(stock, { amount, at: report.at });
    }
    if (report.docked) port.docked = report.docked.ship === "" ? undefined : { ...report.docked, trader: 0 };
  }
}

/** Compares what both screens say of the player and of sectors, and sets the host right where it differs. */
function correct(world: World, { step, written }: Played, corrections: Correction[]): void {
  const trader = world.player();
  if (!trader) return;
  const theirs = lastFacts(step.expected);
  const ours = lastFacts(written);
  const note = (what: string, mine: Value, recorded: Value) =>
    corrections.push({ t: step.t, label: step.label, what, ours: mine, recorded, why: "not explained" });
  for (const [field, value] of Object.entries(theirs)) {
    const known = fields[field];
    if (!known) continue;
    const mine = ours[field];
    if (mine === value || (mine === undefined && known.get(trader) === value)) continue;
    note(field, mine ?? known.get(trader), value);
    // What happened after the figure was shown stays; only the difference is made good.
    if (typeof value === "number" && typeof mine === "number") known.set(trader, Number(known.get(trader)) + value - mine);
    else known.set(trader, value);
  }
  const shown = blocksIn(step.expected);
  const made = blocksIn(written);
  for (const [number, block] of shown) {
    const mine = made.get(number);
    if (!mine || same(mine, block)) continue;
    note(`sector ${number}`, contents(mine), contents(block));
    seedSector(world, block);
  }
}

const lastFacts = (text: string): Record<string, Value> =>
  Object.fromEntries(factsIn(plain(text).split("\n")).map(({ field, value }) => [field, value]));

function blocksIn(text: string): Map<number, SeenSector> {
  const read = createSectorReader();
  const blocks = new Map<number, SeenSector>();
  for (const line of plain(text).split("\n")) {
    const block = read(line);
    if (block) blocks.set(block.number, block);
  }
  return blocks;
}

const contents = ({ beacon, fighters, armids, limpets, navHaz, ships, traders }: SeenSector) =>
  JSON.stringify({ beacon, fighters, armids, limpets, navHaz, ships, traders });
const same = (one: SeenSector, other: SeenSector) => contents(one) === contents(other);

/** Wanderers are where the recording shows them: chance moves them. */
function placeWanderers(world: World, expected: string): void {
  for (const block of blocksIn(expected).values()) seedWanderers(world, block);
}
