/** Ports: their classes, what their reports say, and the hidden numbers that follow from what they did. */
import {
  portClasses,
  type Product,
  products,
  type TradingClass,
} from "../../../src/games/tw2002/rules/ports.ts";
import { type Hidden, type RecordedDeal, solve } from "../deals.ts";
import type { Line } from "../screen.ts";
import { builtBefore, fittingOffers, type Upgrade, upgradesIn } from "../upgrades.ts";
import type { Reader } from "./view.ts";

export interface SeenPort {
  readonly sector: number;
  readonly name: string;
  readonly portClass: 0 | 9 | TradingClass;
  stocks: { amount: number; productivity: number; mcic: number; at: number }[];
  docked: Docking | undefined;
}

/** The ship that docked before, and when; no name for none. */
interface Docking {
  readonly ship: string;
  readonly at: number;
}

/** A port's stocks as a step showed them, and who had docked before. */
export interface Report {
  readonly step: number;
  readonly at: number;
  readonly port: string;
  readonly amounts: number[];
  docked: Docking | undefined;
}

/** What is said first of one product. */
interface Row {
  readonly amount: number;
  readonly percent: number;
  readonly at: number;
}

export interface Ports {
  readonly ports: ReadonlyMap<number, SeenPort>;
  readonly rows: ReadonlyMap<SeenPort, readonly (Row | undefined)[]>;
  /** In order. */
  readonly reports: readonly Report[];
}

/** What a port is called until a display names it. */
const nameless = (sector: number) => `Port ${sector}`;
const minute = 60_000;

export function createPortReader(): Reader<Ports> {
  const ports = new Map<number, SeenPort>();
  const byName = new Map<string, SeenPort>();
  const rows = new Map<SeenPort, (Row | undefined)[]>();
  const reports: Report[] = [];
  let reported: SeenPort | undefined;
  let signed: Docking | undefined;

  const found = (sector: number, name: string, portClass: SeenPort["portClass"]): SeenPort => {
    const known = ports.get(sector);
    if (known && known.name !== nameless(sector)) return known;
    if (known?.name === name) return known;
    const port: SeenPort = { sector, name, portClass, stocks: [], docked: undefined };
    const told = known && rows.get(known);
    if (told) rows.set(port, told);
    ports.set(sector, port);
    byName.set(name, port);
    return port;
  };
  const report = (port: SeenPort, index: number, row: Row, step: number) => {
    const told = rows.get(port) ?? [];
    told[index] ??= row;
    rows.set(port, told);
    let latest = reports.at(-1);
    if (latest?.port !== port.name || latest.amounts[index] !== undefined) {
      latest = { step, at: row.at, port: port.name, amounts: [], docked: undefined };
      reports.push(latest);
    }
    latest.docked ??= signed;
    latest.amounts[index] = row.amount;
  };

  return {
    read({ text, step, at, current, block, inCim }) {
      if (block?.port) found(block.number, block.port.name, block.port.portClass);
      const row = inCim
        ? /^ *(\d+) ([- ]) *(\d+) +(\d+)% ([- ]) *(\d+) +(\d+)% ([- ]) *(\d+) +(\d+)%/.exec(text)
        : null;
      if (row) {
        const port = found(Number(row[1]), nameless(Number(row[1])), classOf([row[2], row[5], row[8]]));
        if (!rows.has(port)) {
          const told = [3, 6, 9].map((group) => ({
            amount: Number(row[group]),
            percent: Number(row[group + 1]),
            at,
          }));
          rows.set(port, told);
        }
      }
      const heading = /^Commerce report for (.+?): \d\d:/.exec(text);
      if (heading) {
        reported = byName.get(heading[1] ?? "");
        signed = undefined;
      } else if (/^ Items +Status +Trading On Dock/.test(text)) reported = ports.get(current);
      if (!reported) return;
      const stock = /^(Fuel Ore|Organics|Equipment) +(Buying|Selling) +(\d+) +(\d+)(%?)/.exec(text);
      if (stock) {
        const amount = Number(stock[3]);
        const percent = percentOf(amount, Number(stock[4]), stock[5] === "%", stock[2] === "Buying");
        report(reported, products.indexOf(stock[1] as Product), { amount, percent, at }, step);
      }
      const log = /^(.+) (?:docked (\d+) minutes ago|just left)\.$/.exec(text);
      if (log || text.startsWith("No current ship docking log")) {
        const ago = log?.[2] === undefined ? minute / 2 : (Number(log[2]) + 0.5) * minute;
        signed = { ship: log?.[1] ?? "", at: at - ago };
        reported.docked ??= signed;
      }
    },
    known: () => ({ ports, rows, reports }),
  };
}

/** The class whose `-` (buys) and blanks (sells) these are. */
function classOf(signs: readonly (string | undefined)[]): TradingClass {
  const sides = signs.map((sign) => (sign === "-" ? "B" : "S")).join("");
  const found = Object.entries(portClasses).find(([, kind]) => kind === sides);
  return Number(found?.[0] ?? 1) as TradingClass;
}

/** Of the thieves' table only a buying port tells its most: what it has on its dock is what it has had already. -1 for unknown. */
function percentOf(amount: number, second: number, percent: boolean, buying: boolean): number {
  if (percent) return second;
  return buying ? (100 * amount) / (amount + second) : -1;
}

// ---- hidden numbers

/** Fills in the stocks of the ports that reported, and gives what explains their deals. */
export function stockUp(
  { ports, rows }: Ports,
  lines: readonly Line[],
  deals: readonly RecordedDeal[],
): Hidden[] {
  const hidden: Hidden[] = [];
  const upgrades = upgradesIn(lines);
  for (const port of ports.values()) {
    const told = rows.get(port);
    if (!told || port.portClass === 0) continue;
    port.stocks = products.map((product, index) => {
      const row = told[index];
      const mine = deals.filter((deal) => deal.port === port.name && deal.product === product);
      const improved = upgrades.filter((one) => one.sector === port.sector && one.index === index);
      const reported = productivitiesOf(lines, port, index, improved);
      const possible =
        reported.length < productivityMax ? reported : fitting(row ? [{ ...row, built: 0 }] : []);
      // What he deals with is what he has made of the port.
      const built = builtBefore(improved, mine[0]?.step ?? 0);
      const raised = possible.map((one) => one + built);
      const solved = mine.length > 0 ? solve(product, mine, raised) : undefined;
      if (solved) hidden.push(solved);
      return {
        amount: row?.amount ?? 0,
        productivity: solved ? solved.productivity - built : (possible[0] ?? 100),
        mcic: solved?.mcic ?? 50,
        at: row?.at ?? 0,
      };
    });
  }
  return hidden;
}

/** What a report says of a product; `built` is how much its productivity had been raised. */
interface Told {
  readonly amount: number;
  readonly percent: number;
  readonly built: number;
}

/** What the game's own records can hold. */
const productivityMax = 6553;
const stardockProductivity = 300;

/** Productivities, before it was built up, that all reports of a port agree with. */
function productivitiesOf(
  lines: readonly Line[],
  { name, portClass }: SeenPort,
  index: number,
  improved: readonly Upgrade[],
): readonly number[] {
  const told: Told[] = [];
  let report = "";
  for (const { text, step } of lines) {
    const heading = /^Commerce report for (.+?): \d\d:/.exec(text);
    if (heading) report = heading[1] ?? "";
    if (report !== name) continue;
    const stock = /^(Fuel Ore|Organics|Equipment) +(?:Buying|Selling) +(\d+) +(\d+)%/.exec(text);
    if (stock && products.indexOf(stock[1] as Product) === index) {
      told.push({ amount: Number(stock[2]), percent: Number(stock[3]), built: builtBefore(improved, step) });
    }
  }
  const found = fitting(told);
  if (portClass === 9 && found.includes(stardockProductivity)) return [stardockProductivity];
  return fittingOffers(found, improved, productivityMax);
}

function fitting(told: readonly Told[]): number[] {
  return Array.from({ length: productivityMax }, (_, index) => index + 1).filter((first) =>
    told.every(({ amount, percent, built }) => {
      const productivity = first + built;
      if (amount > 10 * productivity) return false;
      return percent < 0 || Math.floor((amount * 10) / productivity) === Math.floor(percent);
    }),
  );
}
