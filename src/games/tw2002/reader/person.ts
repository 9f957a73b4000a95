/** What the game says about the trader and the ship: Info, quick stats, turns, experience. Wording: the recordings 04, 08 and 10. */
import type { Fact } from "../facts.ts";
import { amount, isAnswered } from "../prompts.ts";
import { type Product, products } from "../rules/ports.ts";
import type { DisplayReader } from "./read.ts";
import { readShip } from "./status.ts";

const field = /^([A-Z][A-Za-z ]{1,14}?) {0,14}: (.{0,120})$/;
const experience = /^(-?[\d,]{1,12}) points, Alignment=/;
const holdsField = /^([\d,]{1,6}) - (.{0,100})$/;
const gained = /^For .{1,60} you receive ([\d,]{1,9}) experience point\(s\)\.$/;
const lostPoints = /^For getting blown up,? you (?:LOSE|lost) ([\d,]{1,9}) experience point(?:\(s\)|s)\.$/;
const deducted = /^(?:One turn|[\d,]{1,6} turns) deducted, ([\d,]{1,7}) turns? left\.$/;
const stardate = /^You have ([\d,]{1,7}) turns this Stardate\.$/;
const taxed = /^Tax time! {1,2}You are being taxed ([\d,]{1,13}) credits/;
const recovered = /^You recover ([\d,]{1,7}) of your turns\.$/;
const quick = /^ Sect \d{1,5}│/;
const shipLine = /^ Ship \d{1,4} [A-Za-z*]{1,8} *$/;

/** The Info display is shorter, and ends with this. */
const firstField = "Trader Name";
const lastField = "Credits";
const infoLinesMax = 40;
/** The widest window spreads the quick stats over no more lines. */
const statsLinesMax = 8;

/**
 * Lines of the person's own standing. A field of the Info display is believed inside that display only, quick stats right below the
 * prompt at which they were asked for: the same words anywhere else are somebody's.
 */
export function createPersonReader(): DisplayReader {
  let infoLines = 0;
  let stats: Stats | undefined;

  return (line, above) => {
    if (infoLines > 0) {
      infoLines--;
      const facts = readField(line) ?? readShip(line);
      if (line.startsWith(lastField)) infoLines = 0;
      if (facts) return facts;
    }
    if (stats) {
      const facts = --stats.lines > 0 && isStats(line) ? readStats(line, stats) : undefined;
      if (facts) return facts;
      stats = undefined;
    }
    switch (line[0]) {
      case "<":
      case firstField[0]:
        // On the autopilot it has no heading.
        if ((line === "<Info>" || line.startsWith(firstField)) && isAnswered(above)) {
          infoLines = infoLinesMax;
          return readField(line) ?? [];
        }
        return readChange(line);
      case " ":
        if (!quick.test(line) || !isAnswered(above)) return undefined;
        stats = { lines: statsLinesMax, values: new Map(), told: false };
        return readStats(line, stats);
      default:
        return readChange(line);
    }
  };
}

/** Lines that tell of a change. */
function readChange(line: string): readonly Fact[] | undefined {
  switch (line[0]) {
    case "F": {
      const more = gained.exec(line);
      if (more) return [{ type: "experienceGained", points: amount(more[1]!) }];
      const less = lostPoints.exec(line);
      return less ? [{ type: "experienceGained", points: -amount(less[1]!) }] : undefined;
    }
    case "O": {
      const left = deducted.exec(line);
      return left ? [{ type: "turns", left: amount(left[1]!) }] : undefined;
    }
    case "Y": {
      const left = stardate.exec(line);
      if (left) return [{ type: "turns", left: amount(left[1]!) }];
      const back = recovered.exec(line);
      return back ? [{ type: "turnsRecovered", turns: amount(back[1]!) }] : undefined;
    }
    case "T": {
      const tax = taxed.exec(line);
      return tax ? [{ type: "taxed", credits: amount(tax[1]!) }] : undefined;
    }
    default:
      return undefined;
  }
}

/** A line of the Info display. */
function readField(line: string): readonly Fact[] | undefined {
  const found = field.exec(line);
  if (!found) return undefined;
  const [, name, value] = found as unknown as [string, string, string];
  switch (name) {
    case firstField:
      return [{ type: "trader", name: value }];
    case "Rank and Exp": {
      const points = experience.exec(value);
      return points ? [{ type: "experience", points: amount(points[1]!) }] : [];
    }
    case "Turns to Warp":
      return number(value, (turns) => ({ type: "turnsPerWarp", turns }));
    case "Current Sector":
      return number(value, (sector) => ({ type: "at", sector }));
    case "Turns left":
      return number(value, (left) => ({ type: "turns", left }));
    case "Total Holds":
      return readHolds(value);
    case "Fighters":
      return number(value, (count) => ({ type: "fightersAboard", count }));
    case "Shield points":
      return number(value, (points) => ({ type: "shieldsAboard", points }));
    case lastField:
      return number(value, (credits) => ({ type: "credits", credits }));
    default:
      return undefined;
  }
}

const number = (value: string, fact: (value: number) => Fact): readonly Fact[] =>
  /^[\d,]{1,13} *$/.test(value) ? [fact(amount(value.trim()))] : [];

/** "20 - Fuel Ore=3 Organics=2 Equipment=10 Empty=5" */
function readHolds(value: string): readonly Fact[] {
  const found = holdsField.exec(value);
  if (!found) return [];
  const of = (name: string) => amount(new RegExp(`${name}=([\\d,]{1,6})`).exec(found[2]!)?.[1] ?? "0");
  const cargo = products.map((product: Product) => of(product)) as [number, number, number];
  return [{ type: "holds", total: amount(found[1]!), cargo, empty: of("Empty") }];
}

/** The quick stats, line after line: the width of the window breaks them anywhere. */
interface Stats {
  lines: number;
  readonly values: Map<string, string>;
  /** The holds were told. */
  told: boolean;
}

const isStats = (line: string) => line[0] === " " && (line.includes("│") || shipLine.test(line));

/** " Sect 852│Turns 1,000│Creds 1,000│…": the answer to "/". */
function readStats(line: string, stats: Stats): readonly Fact[] {
  const facts: Fact[] = [];
  const { values } = stats;
  const here = new Map<string, string>();
  for (const cell of line.split("│")) {
    const [name, value] = cell.trim().split(" ", 2);
    if (!name || !value || !/^-?[\d,]{1,13}$/.test(value)) continue;
    here.set(name, value);
    values.set(name, value);
  }
  const take = (name: string, fact: (value: number) => Fact) => {
    const value = here.get(name);
    if (value) facts.push(fact(amount(value)));
  };
  take("Sect", (sector) => ({ type: "at", sector }));
  take("Turns", (left) => ({ type: "turns", left }));
  take("Creds", (credits) => ({ type: "credits", credits }));
  take("Figs", (count) => ({ type: "fightersAboard", count }));
  take("Shlds", (points) => ({ type: "shieldsAboard", points }));
  take("Exp", (points) => ({ type: "experience", points }));
  const holds = ["Hlds", "Ore", "Org", "Equ", "Col"].map((name) => values.get(name));
  if (!stats.told && holds.every((value) => value !== undefined)) {
    const [total = 0, ...rest] = holds.map((value) => amount(value!));
    const [ore = 0, organics = 0, equipment = 0, colonists = 0] = rest;
    stats.told = true;
    const empty = total - ore - organics - equipment - colonists;
    facts.push({ type: "holds", total, cargo: [ore, organics, equipment], empty });
  }
  return facts;
}
