/** What the game says about the trader and the ship: Info, quick stats, turns, experience. Wording: the recordings 04, 08 and 10. */
import type { Fact } from "../facts.ts";
import { amount } from "../prompts.ts";
import { type Product, products } from "../rules/ports.ts";

const field = /^([A-Z][A-Za-z ]{1,14}?) {0,14}: (.{0,120})$/;
const experience = /^(-?[\d,]{1,12}) points, Alignment=/;
const holdsField = /^([\d,]{1,6}) - (.{0,100})$/;
const gained = /^For .{1,60} you receive ([\d,]{1,9}) experience point\(s\)\.$/;
const lostPoints = /^For getting blown up,? you (?:LOSE|lost) ([\d,]{1,9}) experience point(?:\(s\)|s)\.$/;
const deducted = /^(?:One turn|[\d,]{1,6} turns) deducted, ([\d,]{1,7}) turns? left\.$/;
const stardate = /^You have ([\d,]{1,7}) turns this Stardate\.$/;
const taxed = /^Tax time! {1,2}You are being taxed ([\d,]{1,13}) credits/;
const quick = /^ [A-Z][A-Za-z]{1,6} [^ ]{1,12}│/;

/** Lines of the person's own standing. */
export function readPerson(line: string): readonly Fact[] | undefined {
  switch (line[0]) {
    case "F": {
      const more = gained.exec(line);
      if (more) return [{ type: "experienceGained", points: amount(more[1]!) }];
      const less = lostPoints.exec(line);
      if (less) return [{ type: "experienceGained", points: -amount(less[1]!) }];
      return readField(line);
    }
    case "O": {
      const left = deducted.exec(line);
      return left ? [{ type: "turns", left: amount(left[1]!) }] : undefined;
    }
    case "Y": {
      const left = stardate.exec(line);
      return left ? [{ type: "turns", left: amount(left[1]!) }] : undefined;
    }
    case "T": {
      const tax = taxed.exec(line);
      return tax ? [{ type: "taxed", credits: amount(tax[1]!) }] : readField(line);
    }
    case "R":
    case "C":
      return readField(line);
    case " ":
      return quick.test(line) ? readQuick(line) : undefined;
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
    case "Trader Name":
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
    case "Credits":
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

/** " Sect 852│Turns 1,000│Creds 1,000│…": the answer to "/". */
function readQuick(line: string): readonly Fact[] {
  const facts: Fact[] = [];
  const values = new Map<string, string>();
  for (const cell of line.split("│")) {
    const [name, value] = cell.trim().split(" ", 2);
    if (name && value) values.set(name, value);
  }
  const take = (name: string, fact: (value: number) => Fact) => {
    const value = values.get(name);
    if (value && /^[\d,]{1,13}$/.test(value)) facts.push(fact(amount(value)));
  };
  take("Sect", (sector) => ({ type: "at", sector }));
  take("Turns", (left) => ({ type: "turns", left }));
  take("Creds", (credits) => ({ type: "credits", credits }));
  take("Figs", (count) => ({ type: "fightersAboard", count }));
  take("Exp", (points) => ({ type: "experience", points }));
  const holds = ["Hlds", "Ore", "Org", "Equ"].map((name) => values.get(name));
  if (holds.every((value) => value !== undefined && /^[\d,]{1,6}$/.test(value))) {
    const [total, ...cargo] = holds.map((value) => amount(value!)) as [number, number, number, number];
    const colonists = amount(values.get("Col") ?? "0");
    facts.push({ type: "holds", total, cargo, empty: total - cargo[0] - cargo[1] - cargo[2] - colonists });
  }
  return facts;
}
