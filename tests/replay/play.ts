/**
 * Plays a recording's keys to our host at the recording's times and keeps what it writes, step by step. Where the two
 * drift apart the host is set right, so that later steps are not spoiled; each such correction is a finding.
 */
import { board } from "../../src/games/tw2002/host/aboard.ts";
import { home } from "../../src/games/tw2002/host/commands/command.ts";
import { stockAt, warp } from "../../src/games/tw2002/host/galaxy.ts";
import { createHost, type HostEffect } from "../../src/games/tw2002/host/mod.ts";
import type { Session } from "../../src/games/tw2002/host/session.ts";
import { inSpace } from "../../src/games/tw2002/host/things.ts";
import { products } from "../../src/games/tw2002/rules/ports.ts";
import type { Givens } from "./givens.ts";
import type { Oracle } from "./oracle.ts";
import { openLine, plain } from "./plain.ts";
import { type Recording, type Step } from "./recording.ts";
import type { Revealed } from "./reveal.ts";
import { createSectorReader, type SeenSector } from "./revealed/sector.ts";
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
  /** All that other callers saw. */
  readonly screens: readonly string[];
}

/** The server's imitation of a slow line, as the recordings' own delays show it. */
const latencyMs = 150;
const second = 1000;

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
/** Steps that a throw may look ahead. */
const lookAhead = 5;

const homePrompt = (sector: number) => `Command [TL=00:00:00]:[${sector}] (?=Help)? : `;
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
  const host = exchange(
    createHost({
      games: [{ letter: revealed.letter, name: revealed.gameName, galaxy }],
      seal,
      latencyMs,
    }),
    revealed.zeros[0] ?? 0,
  );
  const steps: Played[] = [];
  const corrections: Correction[] = [];
  const failures: { t: number; label: string; failure: string }[] = [];
  const all = recording.connections.flatMap((connection) => connection.steps);
  let screens: string[] = [];
  for (const [connection, { steps: wanted, ended }] of recording.connections.entries()) {
    const zero = revealed.zeros[connection] ?? 0;
    const others = othersOf(givens, zero, host);
    others.wait(zero, true);
    const line = host.dial();
    let recorded = "";
    let ours = "";
    let lost = false;
    const cuts = [...(givens.cuts ?? [])];
    const events = [...(givens.events ?? [])];
    /** What the line brought until now belongs to the step before. */
    const close = () => {
      const played = steps.at(-1);
      if (!played) return;
      const written = taken(line);
      const now = { ...played, written: played.written + written };
      steps[steps.length - 1] = now;
      ours += written;
      recorded += played.step.expected;
      const { t, label } = played.step;
      for (const failure of host.failures.splice(0)) failures.push({ t, label, failure });
      if (!played.lost) correct(world, now, corrections);
      if (!samePlace(recorded, ours)) lost = true;
    };
    for (const [index, step] of wanted.entries()) {
      if (index > 0) {
        others.wait(zero + Math.round(step.t * second), true);
        close();
      }
      const number = steps.length;
      while (cuts[0] && cuts[0].t <= step.t) {
        const [cut] = cuts.splice(0, 1);
        if (!cut || !goHome(world, line, cut.sector)) continue;
        lost = false;
        restock(world, number);
        const standing = { ...aheadOf(wanted.slice(index, index + listAhead)), ...cut.standing };
        setStanding(world, step, standing, corrections);
        cut.make?.(world);
        recorded = ours = homePrompt(cut.sector);
      }
      while (events[0] && events[0].t <= step.t) events.shift()?.make(world);
      const place = commandPrompt.exec(plain(openLine(recorded)));
      if (lost && place && goHome(world, line, Number(place[1]))) {
        lost = false;
        ours = recorded;
      }
      const later = all.slice(number + 1, number + 1 + lookAhead).map(({ expected }) => expected);
      oracle.begin(number, step.expected, later.join(""));
      placeWanderers(world, step.expected);
      breakUnits(world, number, host.now(), step, corrections);
      for (const { t, text } of lost ? [] : step.keys) {
        others.wait(zero + Math.round(t * second), false);
        host.press(line, text);
      }
      steps.push({ step, connection, written: "", lost });
    }
    others.wait(zero + Math.round(ended * second) + latencyMs, true);
    close();
    host.hangUp(line);
    screens = others.screens();
  }
  return { steps, corrections, failures, world, screens };
}

// ---- the lines

interface Line {
  readonly caller: number;
  readonly session: Session | undefined;
  open: boolean;
  text: string;
}

/** A host on a clock that only moves when told to, and the lines into it. */
function exchange(host: ReturnType<typeof createHost>, at: number) {
  let now = at;
  let ticked = 0;
  let wakes: number[] = [];
  const lines = new Map<number, Line>();
  /** What the host threw: findings, not the end of the replay. */
  const failures: string[] = [];
  const perform = (done: readonly HostEffect[]) => {
    for (const effect of done) {
      const line = effect.type === "wake" ? undefined : lines.get(effect.caller);
      if (effect.type === "wake") wakes.push(effect.at);
      else if (!line) continue;
      else if (effect.type === "close") line.open = false;
      else line.text += latin1(effect.bytes);
    }
  };
  const guarded = (act: () => readonly HostEffect[]) => {
    try {
      perform(act());
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  };
  return {
    failures,
    now: () => now,
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
    dial(): Line {
      let session: Session | undefined;
      // The host keeps its sessions to itself: the one of this caller is caught as it is put into the list.
      const set = Map.prototype.set;
      Map.prototype.set = function (this: Map<unknown, unknown>, key: unknown, value: unknown) {
        if (isSession(value)) session = value;
        return set.call(this, key, value);
      };
      const { caller, effects } = host.connect(now);
      Map.prototype.set = set;
      const line: Line = { caller, session, open: true, text: "" };
      lines.set(caller, line);
      perform(effects);
      return line;
    },
    press(line: Line, keys: string) {
      if (line.open) guarded(() => host.receive(line.caller, Buffer.from(keys, "latin1"), now));
    },
    hangUp: (line: Line) => guarded(() => host.hungUp(line.caller, now)),
    flush: () => guarded(() => host.tick(now + latencyMs)),
  };
}

const taken = (line: Line): string => {
  const { text } = line;
  line.text = "";
  return text;
};

/** Puts the player at the command prompt in a sector, whatever he was about. False when there is no player yet. */
function goHome(world: World, line: Line, sector: number): boolean {
  const trader = world.player();
  const { session, open } = line;
  const [game] = session?.door.games ?? [];
  if (!trader || !session || !game || !open) return false;
  session.later = undefined;
  session.typed.length = 0;
  session.nudgeAt = undefined;
  session.cutIn = false;
  session.game = game;
  if (session.trader !== trader) board(session, game, trader);
  trader.place = inSpace;
  if (trader.sector !== sector) warp(game.galaxy, trader, sector);
  home(session);
  session.paper.take();
  return true;
}

/** Types what other callers do until a moment (game time), each at its own. */
function othersOf(givens: Givens, zero: number, host: ReturnType<typeof exchange>) {
  const waiting = (givens.others ?? []).flatMap(({ keys }, caller) =>
    keys.map(([t, text]) => ({ at: zero + Math.round(t * second), text, caller })),
  );
  waiting.sort((a, b) => a.at - b.at);
  const lines = new Map<number, Line>();
  return {
    wait(until: number, all: boolean) {
      for (let [next] = waiting; next && next.at < until; [next] = waiting) {
        waiting.shift();
        host.wait(next.at, false);
        const line = lines.get(next.caller) ?? host.dial();
        lines.set(next.caller, line);
        host.press(line, next.text);
      }
      host.wait(until, all);
    },
    /** What the others see, for those who write their part. */
    screens: () => [...lines.values()].map(({ text }) => text),
  };
}

const isSession = (value: unknown): value is Session =>
  typeof value === "object" && value !== null && "paper" in value && "door" in value;

// ---- setting right

/** Whether both wait at the same prompt; figures apart. */
function samePlace(recorded: string, ours: string): boolean {
  const shape = (text: string) =>
    plain(openLine(text))
      .replace(/[\d,]*\d/g, "#")
      .trimEnd();
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

/**
 * A port holds fractions of a unit that no screen shows: where a report has one unit more than whole ones would make, the
 * fraction is made good.
 */
function breakUnits(
  { galaxy, revealed }: World,
  number: number,
  at: number,
  step: Step,
  corrections: Correction[],
): void {
  const report = revealed.reports.find((one) => one.step === number);
  const port = report && [...galaxy.ports.values()].find(({ name }) => name === report.port);
  for (const [index, stock] of port?.stocks.entries() ?? []) {
    const recorded = report?.amounts[index];
    const ours = stockAt(galaxy, stock, at);
    if (recorded !== ours + 1) continue;
    const { t, label } = step;
    const why = "a fraction of a unit that no screen shows";
    corrections.push({ t, label, what: `${port?.name} ${products[index]}`, ours, recorded, why });
    stock.amount += 1;
  }
}

/** Sets the player as he is after a cut. */
function setStanding(
  world: World,
  { t, label }: Step,
  standing: Readonly<Record<string, Value>>,
  corrections: Correction[],
): void {
  const trader = world.player();
  for (const [field, value] of Object.entries(standing)) {
    const known = fields[field];
    const ours = trader && known?.get(trader);
    if (!trader || !known || ours === undefined || ours === value) continue;
    corrections.push({ t, label, what: field, ours, recorded: value, why: "cut in the recording" });
    known.set(trader, value);
  }
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
    if (typeof value === "number" && typeof mine === "number")
      known.set(trader, Number(known.get(trader)) + value - mine);
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
