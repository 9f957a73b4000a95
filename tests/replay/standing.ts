/** What a screen says of the player himself, field by field, and how to look the same up in the host and set it there. */
import type { Trader } from "../../src/games/tw2002/host/things.ts";
import { shipTypes, type ShipKind } from "../../src/games/tw2002/rules/ships.ts";
import { emptyHolds } from "../../src/games/tw2002/host/ships.ts";

export type Value = number | string;

/** One thing that a screen told, in the order of the screen. */
export interface Fact {
  readonly field: string;
  readonly value: Value;
}

interface Field {
  get(trader: Trader): Value;
  set(trader: Trader, value: Value): void;
}

const num = (text: string | undefined): number => Number((text ?? "0").replaceAll(",", ""));

const number = (get: (trader: Trader) => number, set: (trader: Trader, value: number) => void): Field => ({
  get,
  set: (trader, value) => set(trader, Number(value)),
});
const text = (get: (trader: Trader) => string, set: (trader: Trader, value: string) => void): Field => ({
  get,
  set: (trader, value) => set(trader, String(value)),
});
const cargo = (product: "Fuel Ore" | "Organics" | "Equipment") =>
  number(
    ({ ship }) => ship.cargo[product],
    ({ ship }, value) => (ship.cargo[product] = value),
  );
type Countable =
  | "photons"
  | "armids"
  | "limpets"
  | "torpedoes"
  | "detonators"
  | "corbomite"
  | "cloaks"
  | "beacons"
  | "probes"
  | "disruptors";
const gear = (item: Countable) =>
  number(
    ({ ship }) => ship.gear[item],
    ({ ship }, value) => (ship.gear[item] = value),
  );

const scanners = { None: "none", Dens: "density", Holo: "holo" } as const;

export const fields: Readonly<Record<string, Field>> = {
  sector: number(
    (trader) => trader.sector,
    () => {}, // moving him is the replay's business
  ),
  turns: number(
    (trader) => trader.turnsLeft,
    (trader, value) => (trader.turnsLeft = value),
  ),
  credits: number(
    (trader) => trader.credits,
    (trader, value) => (trader.credits = value),
  ),
  experience: number(
    (trader) => trader.experience,
    (trader, value) => (trader.experience = value),
  ),
  alignment: number(
    (trader) => trader.alignment,
    (trader, value) => (trader.alignment = value),
  ),
  fighters: number(
    ({ ship }) => ship.fighters,
    ({ ship }, value) => (ship.fighters = value),
  ),
  shields: number(
    ({ ship }) => ship.shields,
    ({ ship }, value) => (ship.shields = value),
  ),
  holds: number(
    ({ ship }) => ship.holds,
    ({ ship }, value) => (ship.holds = value),
  ),
  ore: cargo("Fuel Ore"),
  organics: cargo("Organics"),
  equipment: cargo("Equipment"),
  colonists: number(
    ({ ship }) => ship.colonists,
    ({ ship }, value) => (ship.colonists = value),
  ),
  "empty holds": number(
    ({ ship }) => emptyHolds(ship),
    () => {}, // which product is too many nobody can tell; the next full list does
  ),
  photons: gear("photons"),
  armids: gear("armids"),
  limpets: gear("limpets"),
  torpedoes: gear("torpedoes"),
  detonators: gear("detonators"),
  corbomite: gear("corbomite"),
  cloaks: gear("cloaks"),
  beacons: gear("beacons"),
  probes: gear("probes"),
  disruptors: gear("disruptors"),
  "psychic probe": text(
    ({ ship }) => (ship.gear.psychicProbe ? "Yes" : "No"),
    ({ ship }, value) => (ship.gear.psychicProbe = value === "Yes"),
  ),
  "planet scanner": text(
    ({ ship }) => (ship.gear.planetScanner ? "Yes" : "No"),
    ({ ship }, value) => (ship.gear.planetScanner = value === "Yes"),
  ),
  scanner: text(
    ({ ship }) =>
      Object.entries(scanners).find(([, scanner]) => scanner === ship.gear.scanner)?.[0] ?? "None",
    ({ ship }, value) => (ship.gear.scanner = scanners[value as keyof typeof scanners] ?? "none"),
  ),
  transwarp: number(
    ({ ship }) => ship.gear.transwarp,
    ({ ship }, value) => (ship.gear.transwarp = value === 0 ? 0 : value === 1 ? 1 : 2),
  ),
  "ship's type": text(
    ({ ship }) => shipTypes[ship.kind].name,
    ({ ship }, value) => (ship.kind = kindNamed(value) ?? ship.kind),
  ),
  "ship's name": text(
    ({ ship }) => ship.name,
    ({ ship }, value) => (ship.name = value),
  ),
  maker: text(
    ({ ship }) => ship.maker,
    ({ ship }, value) => (ship.maker = value),
  ),
  ported: number(
    ({ ship }) => ship.ported,
    ({ ship }, value) => (ship.ported = value),
  ),
  kills: number(
    ({ ship }) => ship.kills,
    ({ ship }, value) => (ship.kills = value),
  ),
};

/** The type of ship of that name, whatever stands around it. */
export const kindNamed = (name: string): ShipKind | undefined =>
  (Object.keys(shipTypes) as ShipKind[]).find((kind) => shipTypes[kind].name === name.trim());

const kindShort = (short: string): string | undefined =>
  Object.values(shipTypes).find((type) => type.short === short)?.name;

/** The quick statistics: `Creds` and the like to our fields. */
const quick: Readonly<Record<string, string>> = {
  Sect: "sector",
  Turns: "turns",
  Creds: "credits",
  Figs: "fighters",
  Shlds: "shields",
  Hlds: "holds",
  Ore: "ore",
  Org: "organics",
  Equ: "equipment",
  Col: "colonists",
  Phot: "photons",
  Armd: "armids",
  Lmpt: "limpets",
  GTorp: "torpedoes",
  Clks: "cloaks",
  Beacns: "beacons",
  AtmDt: "detonators",
  Crbo: "corbomite",
  EPrb: "probes",
  MDis: "disruptors",
  PsPrb: "psychic probe",
  PlScn: "planet scanner",
  LRS: "scanner",
  Aln: "alignment",
  Exp: "experience",
};
const words = new Set(["PsPrb", "PlScn", "LRS"]);
/** CP437's upright line between two figures. */
const upright = "\xb3";

/** Patterns of single lines, and the fields that their groups tell. */
const patterns: readonly (readonly [RegExp, ...string[]])[] = [
  [/^You have ([\d,]+) credits and ([\d,]+) empty cargo holds\.$/, "credits", "empty holds"],
  [/^You have ([\d,]+) credits\.$/, "credits"],
  [/^One turn deducted, ([\d,]+) turns left\.$/, "turns"],
  [/^You have ([\d,]+) turns this Stardate\.$/, "turns"],
  [/^Rank and Exp +: (-?[\d,]+) points, Alignment=(-?[\d,]+)/, "experience", "alignment"],
  [/^Turns left +: ([\d,]+)$/, "turns"],
  [/^Fighters +: ([\d,]+)$/, "fighters"],
  [/^Shield points +: ([\d,]+)/, "shields"],
  [/^Credits +: ([\d,]+)$/, "credits"],
  [/^Current Sector : (\d+)$/, "sector"],
  [/^Armid Mines +T1: (\d+) +Limpet Mines T2: (\d+)/, "armids", "limpets"],
  [/^Marker Beacons *: (\d+)/, "beacons"],
  [/^Genesis Torps *: (\d+)/, "torpedoes"],
  [/^Atomic Detn\. *: (\d+) +Corbomite Level: (\d+)/, "detonators", "corbomite"],
  [/^Cloaking Device: (\d+) +Ether Probes +: (\d+)/, "cloaks", "probes"],
  [/^Mine Disruptors: (\d+)/, "disruptors"],
  [/^Command \S? ?\[TL=[\d:]+\]:\[(\d+)\]/, "sector"],
  [/^You have ([\d,]+) fighter\(s\) left\.$/, "fighters"],
  [/^You have ([\d,]+) fighters\.$/, "fighters"],
  [/^You have ([\d,]+) shields\.$/, "shields"],
  [/^You have ([\d,]+) cargo holds\.$/, "holds"],
  [/^Done\. You have ([\d,]+) fighter\(s\) in close support\.$/, "fighters"],
];

const cargoFields: Readonly<Record<string, string>> = {
  "Fuel Ore": "ore",
  Organics: "organics",
  Equipment: "equipment",
};
const named: readonly (readonly [RegExp, string])[] = [
  [/^LongRange Scan : (Holo|Dens)/, "scanner"],
  [/^Psychic Probe +: (Yes|No)/, "psychic probe"],
  [/Planet Scanner : (Yes|No)/, "planet scanner"],
];

/** All that these plain lines say of the player, from top to bottom. */
export function factsIn(lines: readonly string[]): Fact[] {
  const facts: Fact[] = [];
  for (const line of lines) {
    if (line.includes(upright)) facts.push(...quickFacts(line));
    for (const [pattern, ...told] of patterns) {
      const found = pattern.exec(line);
      if (found) for (const [at, field] of told.entries()) facts.push({ field, value: num(found[at + 1]) });
    }
    for (const [pattern, field] of named) {
      const word = pattern.exec(line)?.[1];
      if (word !== undefined) facts.push({ field, value: word });
    }
    const ship = /^Ship Info +: (.+) Ported=(\d+) Kills=(\d+)$/.exec(line);
    if (ship) {
      const [, called = ""] = ship;
      const kind = Object.values(shipTypes).find(({ name }) => called.endsWith(name));
      if (kind) {
        facts.push({ field: "ship's type", value: kind.name });
        facts.push({ field: "maker", value: called.slice(0, -kind.name.length).trim() });
      }
      facts.push({ field: "ported", value: num(ship[2]) }, { field: "kills", value: num(ship[3]) });
    }
    const craft = /^ Ship \d+ (\w+) *$/.exec(line);
    const type = kindShort(craft?.[1] ?? "");
    if (type !== undefined) facts.push({ field: "ship's type", value: type });
    const aboard = /^(Fuel Ore|Organics|Equipment) +(?:Buying|Selling) +\d+ +\d+%? +(\d+)$/.exec(line);
    if (aboard) facts.push({ field: cargoFields[aboard[1] ?? ""] ?? "ore", value: num(aboard[2]) });
    const jump = /^ *\(Type (\d) Jump\)/.exec(line);
    if (jump) facts.push({ field: "transwarp", value: Number(jump[1]) });
    const name = /^Ship Name +: (.+)$/.exec(line);
    if (name) facts.push({ field: "ship's name", value: name[1] ?? "" });
    const holds = /^Total Holds +: (\d+) - (.*)$/.exec(line);
    if (holds) facts.push(...holdFacts(num(holds[1]), holds[2] ?? ""));
  }
  return facts;
}

function holdFacts(total: number, content: string): Fact[] {
  const of = (name: string) => num(new RegExp(`${name}=(\\d+)`).exec(content)?.[1]);
  return [
    { field: "holds", value: total },
    { field: "ore", value: of("Fuel Ore") },
    { field: "organics", value: of("Organics") },
    { field: "equipment", value: of("Equipment") },
    { field: "colonists", value: of("Colonists") },
  ];
}

function quickFacts(line: string): Fact[] {
  const facts: Fact[] = [];
  for (const part of line.trim().split(upright)) {
    const [word = "", ...rest] = part.trim().split(" ");
    const value = rest.join(" ");
    const field = quick[word];
    if (field !== undefined && (words.has(word) ? /^[A-Z]/ : /^-?[\d,]+$/).test(value)) {
      facts.push({ field, value: words.has(word) ? value : num(value) });
    } else if (word === "TWarp") facts.push({ field: "transwarp", value: value === "No" ? 0 : num(value) });
    else if (word === "Ship") {
      const type = kindShort(rest[1] ?? "");
      if (type !== undefined) facts.push({ field: "ship's type", value: type });
    }
  }
  return facts;
}
