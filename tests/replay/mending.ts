/** Sets the host right where it is not as the recording says; what had to be mended is told. */
import { board } from "../../src/games/tw2002/host/aboard.ts";
import { home } from "../../src/games/tw2002/host/commands/command.ts";
import { warp } from "../../src/games/tw2002/host/galaxy.ts";
import { inSpace } from "../../src/games/tw2002/host/things.ts";
import { products } from "../../src/games/tw2002/rules/ports.ts";
import type { Line } from "./exchange.ts";
import { plain } from "./plain.ts";
import type { Step } from "./recording.ts";
import { createSectorReader, type SeenSector } from "./revealed/sector.ts";
import { factsIn, fields, type Value } from "./standing.ts";
import { seedSector, seedWanderers, type World } from "./world.ts";
import { stockAt } from "../../src/games/tw2002/host/stock.ts";

/** Something that was not as the recording says. */
export interface Correction {
  readonly t: number;
  readonly label: string;
  readonly what: string;
  readonly ours: Value;
  readonly recorded: Value;
  readonly why: string;
}

/** Why nobody knows: a finding. */
export const unexplained = "not explained";

/** Puts the player at the command prompt in a sector, whatever he was about. False when there is no player yet. */
export function goHome(world: World, line: Line, sector: number): boolean {
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

/** What the screens that come next say of the player, when they list all he has. */
export function aheadOf(steps: readonly Step[]): Record<string, Value> {
  const list = steps.find(({ keys }) => keys.length === 1 && /^[/I]$/.test(keys[0]?.text ?? ""));
  if (!list) return {};
  const facts = factsIn(plain(list.expected).split("\n")).filter(({ field }) => field !== "sector");
  return Object.fromEntries(facts.map(({ field, value }) => [field, value]));
}

/**
 * A port holds fractions of a unit that no screen shows: where a report has one unit more than whole ones would make, the
 * fraction is made good.
 */
export function breakUnits(
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
export function setStanding(
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
export function restock({ galaxy, revealed }: World, step: number): void {
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
export function correct(world: World, step: Step, written: string, corrections: Correction[]): void {
  const trader = world.player();
  if (!trader) return;
  const theirs = lastFacts(step.expected);
  const ours = lastFacts(written);
  const note = (what: string, mine: Value, recorded: Value) =>
    corrections.push({ t: step.t, label: step.label, what, ours: mine, recorded, why: unexplained });
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
export function placeWanderers(world: World, expected: string): void {
  for (const block of blocksIn(expected).values()) seedWanderers(world, block);
}
