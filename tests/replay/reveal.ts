/**
 * What a recording reveals of its game: settings, universe, and the player as he was when he came. The first sight of a
 * thing counts; what came later the host has to bring about itself. Things that the player made (he typed their names) are not seeded.
 */
import type { GameSettings } from "../../src/games/tw2002/host/settings.ts";
import {
  portClasses,
  type Product,
  products,
  type TradingClass,
} from "../../src/games/tw2002/rules/ports.ts";
import { connectedAt, someDay } from "./clock.ts";
import { dealsIn, type Hidden, type RecordedDeal, solve } from "./deals.ts";
import { type Connection, keysOf, type Recording, type Step } from "./recording.ts";
import { type Line, linesOf } from "./screen.ts";
import { type Fact, factsIn } from "./standing.ts";
import { plain } from "./plain.ts";
import { builtBefore, fittingOffers, type Upgrade, upgradesIn } from "./upgrades.ts";

/** Who owns something, in the words of the screen: "yours", "corp", or a name. */
export interface SeenForce {
  readonly count: number;
  readonly owner: string;
  readonly mode: string;
}

/** A sector's block of a display. */
export interface SeenSector {
  readonly number: number;
  readonly nebula: string;
  beacon: string;
  port: { name: string; portClass: 0 | 9 | TradingClass } | undefined;
  planets: { name: string; type: string; shielded: boolean }[];
  traders: SeenCraft[];
  aliens: SeenCraft[];
  ships: SeenCraft[];
  fighters: SeenForce | undefined;
  armids: SeenForce | undefined;
  limpets: SeenForce | undefined;
  navHaz: number;
  /** Undefined where the display shows none. */
  warps: { sector: number; explored: boolean }[] | undefined;
}

/** A trader's, alien's or empty ship as a sector display shows it. */
export interface SeenCraft {
  /** Rank and name, or the name of an empty ship. */
  name: string;
  /** Of an empty ship. */
  owner: string;
  fighters: number;
  /** The craft's own name; "" for an empty ship. */
  ship: string;
  /** Maker and type. */
  type: string;
}

export interface SeenPort {
  readonly sector: number;
  readonly name: string;
  readonly portClass: 0 | 9 | TradingClass;
  stocks: { amount: number; productivity: number; mcic: number; at: number }[];
  docked: { ship: string; at: number } | undefined;
}

export interface SeenPlanet {
  name: string;
  type: string;
  sector: number;
  id: number | undefined;
  owner: string;
  creator: string;
  colonists: number[];
  store: number[];
  fighters: number;
  shields: number;
  citadel: number;
  treasury: number;
  /** When its figures were shown. */
  at: number | undefined;
}

export interface Revealed {
  readonly letter: string;
  readonly gameName: string;
  readonly title: string | undefined;
  readonly settings: Partial<GameSettings>;
  readonly size: number;
  readonly stardock: number;
  /** Game time of each connection's beginning. */
  readonly zeros: readonly number[];
  readonly warps: ReadonlyMap<number, ReadonlySet<number>>;
  /** Sectors of which all warps are known, and how many others have. */
  readonly degrees: ReadonlyMap<number, number>;
  readonly sectors: ReadonlyMap<number, SeenSector>;
  readonly ports: ReadonlyMap<number, SeenPort>;
  readonly planets: readonly SeenPlanet[];
  /** Sectors that the player had explored before. */
  readonly explored: ReadonlySet<number>;
  /** Sectors that the computer's lists of explored ones name. */
  readonly listed: readonly number[];
  /** In the order told; the first of each field is how he began, unless something happened before. */
  readonly facts: readonly Fact[];
  readonly ansi: boolean;
  readonly login: string;
  readonly traderName: string;
  readonly password: string | undefined;
  readonly returning: boolean;
  readonly onToday: boolean;
  readonly avoids: readonly number[];
  readonly builtAt: number | undefined;
  readonly shipId: number | undefined;
  readonly corp: { id: number; name: string } | undefined;
  readonly deals: readonly RecordedDeal[];
  readonly hidden: readonly Hidden[];
  /** All that is said of ports' stocks, in order. */
  readonly reports: readonly Report[];
  readonly times: Times;
  /** The number of the first planet that the player made. */
  readonly nextPlanet: number | undefined;
  /** Lines of the game's log, with their colours. */
  readonly log: readonly string[];
}

/** A port's stocks as a step showed them, and who had docked before. */
export interface Report {
  readonly step: number;
  readonly at: number;
  readonly port: string;
  readonly amounts: number[];
  docked: { ship: string; at: number } | undefined;
}

/** A bar that has begun to grow, and how long it takes. */
const firstFrame = "\r\xb3\xdb\xdb\xdb\xdb\xdb ";
const barMs = 1000;
/** The level of a citadel from which it has a shield generator. */
const shieldsLevel = 5;
/** What a port is called until a display names it. */
const nameless = (sector: number) => `Port ${sector}`;
const num = (digits: string | undefined) => Number((digits ?? "0").replaceAll(",", ""));
const second = 1000;

/** Parses one display after another; `start` is given each sector heading, the block's lines follow. */
export function createSectorReader(): (line: string) => SeenSector | undefined {
  let block: SeenSector | undefined;
  let list: "planets" | "traders" | "aliens" | "ships" | "mines" | undefined;
  let craft: SeenCraft | undefined;
  return (line) => {
    const heading = /^Sector {2}: (\d+) in (.+?)( \(unexplored\))?\.$/.exec(line);
    if (heading) {
      list = undefined;
      block = {
        number: Number(heading[1]),
        nebula: heading[2] === "uncharted space" ? "" : (heading[2] ?? ""),
        beacon: "",
        port: undefined,
        planets: [],
        traders: [],
        aliens: [],
        ships: [],
        fighters: undefined,
        armids: undefined,
        limpets: undefined,
        navHaz: 0,
        warps: undefined,
      };
      return block;
    }
    if (!block) return undefined;
    const row =
      /^(Beacon|Ports|Planets|Traders|Alien Tr|Ships|Fighters|NavHaz|Mines|Warps to Sector\(s\)| {7}) ?\s*: (.*)$/.exec(
        line,
      );
    const more = /^ {10,11}(\S.*)$/.exec(line);
    if (!row && !more) {
      block = undefined;
      return undefined;
    }
    const content = row?.[2] ?? more?.[1] ?? "";
    const known = row?.[1]?.trim() ?? "";
    if (row && known !== "") {
      list = (
        {
          Planets: "planets",
          Traders: "traders",
          "Alien Tr": "aliens",
          Ships: "ships",
          Mines: "mines",
        } as const
      )[known as "Planets"];
    }
    switch (known) {
      case "Beacon":
        block.beacon = content;
        return block;
      case "Ports": {
        const port = /^(.+), Class (\d)/.exec(content);
        if (port) block.port = { name: port[1] ?? "", portClass: Number(port[2]) as TradingClass };
        return block;
      }
      case "Fighters": {
        const found = /^([\d,]+) \((.+)\) \[(\w+)\]/.exec(content);
        if (found)
          block.fighters = {
            count: num(found[1]),
            owner: ownerOf(found[2]),
            mode: found[3]?.toLowerCase() ?? "",
          };
        return block;
      }
      case "NavHaz":
        block.navHaz = num(/^(\d+)%/.exec(content)?.[1]);
        return block;
      case "Warps to Sector(s)": {
        block.warps = warpsIn(content);
        const ended = block;
        block = undefined;
        return ended;
      }
      default:
    }
    if (list === "mines") {
      const found = /^([\d,]+) \(Type (\d) \w+\) \((.+)\)/.exec(content);
      const force = { count: num(found?.[1]), owner: ownerOf(found?.[3]), mode: "" };
      if (found?.[2] === "1") block.armids = force;
      else block.limpets = force;
    } else if (list === "planets") {
      const found = /^(<<<< )?\((\w)\) (.+?)( >>>> \(Shielded\))?$/.exec(content);
      if (found)
        block.planets.push({ type: found[2] ?? "", name: found[3] ?? "", shielded: found[1] !== undefined });
    } else if (list) {
      const found = /^(.+?)(?: \[Owned by\] (.+?))?, w\/ ([\d,]+) ftrs,$/.exec(content);
      const ride = /^(?:in )?(.*)\((.+)\)$/.exec(content);
      if (found) {
        craft = { name: found[1] ?? "", owner: found[2] ?? "", fighters: num(found[3]), ship: "", type: "" };
        block[list].push(craft);
      } else if (ride && craft) {
        craft.ship = ride[1]?.trim() ?? "";
        craft.type = ride[2] ?? "";
      }
    }
    return block;
  };
}

const ownerOf = (words: string | undefined) =>
  words === undefined ? "" : words === "yours" ? "yours" : /your Corp/.test(words) ? "corp" : words;

export const warpsIn = (content: string) =>
  [...content.matchAll(/(\()?(\d+)\)?/g)].map(([, closed, sector]) => ({
    sector: Number(sector),
    explored: closed === undefined,
  }));

/** Reads a whole recording. */
export function reveal(recording: Recording, clock?: { readonly t: number; readonly is: number }): Revealed {
  const zeros = clock ? [clock.is - clock.t * second] : zerosOf(recording.connections);
  const steps = recording.connections.flatMap((connection) => connection.steps);
  const stepAt = recording.connections.flatMap((connection, index) =>
    connection.steps.map(({ keys, t }) => (zeros[index] ?? 0) + Math.round((keys.at(-1)?.t ?? t) * second)),
  );
  const lines = linesOf(steps);
  const typed: string[] = [];
  let typedSoFar = "";
  for (const step of steps) {
    typedSoFar += keysOf(step);
    typed.push(typedSoFar);
  }
  const madeHere = (name: string, step: number) => (typed[step] ?? "").includes(`${name}\r`);

  const warps = new Map<number, Set<number>>();
  const degrees = new Map<number, number>();
  const sectors = new Map<number, SeenSector>();
  const ports = new Map<number, SeenPort>();
  const planets: SeenPlanet[] = [];
  const mentioned = new Map<number, boolean>();
  const listedByCim = new Set<number>();
  const portNames = new Map<string, SeenPort>();
  const reports = new Map<string, { side: string; amount: number; percent: number; step: number }[]>();
  const all: Report[] = [];
  const settings: { -readonly [K in keyof GameSettings]?: GameSettings[K] } = {};
  const times: Times = {};
  let size = 0;
  let highest = 0;
  let stardock = 0;
  let current = 0;
  let inCim = false;
  let corp: { id: number; name: string } | undefined;
  let corpMade = false;
  let login = "";
  let traderName = "";
  let letter = "A";
  let gameName = "My Game";
  let password: string | undefined;
  let returning = false;
  let onToday = false;
  let builtAt: number | undefined;
  let shipId: number | undefined;
  let shown: SeenPlanet | undefined;
  let report: string | undefined;
  let signed: { ship: string; at: number } | undefined;
  let avoids: number[] | undefined;
  let listingAvoids = false;
  let probeAt = 0;
  let nextPlanet: number | undefined;
  let listed = false;

  const lanes = (from: number) => {
    let set = warps.get(from);
    if (!set) warps.set(from, (set = new Set()));
    highest = Math.max(highest, from);
    return set;
  };
  const mention = (sector: number, explored: boolean) => {
    if (!mentioned.has(sector)) mentioned.set(sector, explored);
  };
  const allWarps = (from: number, to: readonly number[]) => {
    for (const sector of to) {
      lanes(from).add(sector);
      highest = Math.max(highest, sector);
    }
    degrees.set(from, to.length);
  };
  const planetNamed = (name: string, sector: number, type: string) => {
    let planet = planets.find((known) => known.name === name && known.sector === sector);
    if (!planet) {
      planet = {
        name,
        type,
        sector,
        id: undefined,
        owner: "",
        creator: "",
        colonists: [0, 0, 0],
        store: [0, 0, 0],
        fighters: 0,
        shields: 0,
        citadel: 0,
        treasury: 0,
        at: undefined,
      };
      planets.push(planet);
    }
    return planet;
  };

  const readSector = createSectorReader();
  const fresh = new Set<SeenSector>();
  for (const { text: line, step } of lines) {
    // ---- the way in
    const asked = /^Please enter your name \(ENTER for none\): (.+)$/.exec(line);
    if (asked) login = asked[1] ?? "";
    const version = /Trade Wars 2002 ver (\S+(?: Gold)?)$/.exec(line);
    if (version) settings.version = version[1] ?? "";
    const courtesy = /^Brought to you courtesy of (.+)$/.exec(line);
    if (courtesy) settings.sysop = courtesy[1] ?? "";
    if (line.startsWith("A password is required to enter this game.")) returning = true;
    if (/^You have been on today\.$/.test(line)) onToday = true;
    if (/^The (Alien Traders|Ferrengi) are on the move!$/.test(line)) {
      if (line.startsWith("The A")) settings.aliens = true;
      else settings.ferrengi = true;
    }
    if (line.startsWith("Tax time!")) settings.taxRate = 0.05;
    const who = /^Trader Name +: (.+)$/.exec(line);
    if (who) traderName ||= who[1] ?? "";
    const built = /^Date Built +: (\d\d):(\d\d):(\d\d) ([AP])M \w{3} (\w{3}) (\d+), (\d{4})$/.exec(line);
    if (built && builtAt === undefined)
      builtAt = Date.parse(
        `${built[5]} ${built[6]}, ${built[7]} ${built[1]}:${built[2]}:${built[3]} ${built[4]}M UTC`,
      );
    if (line.includes("<Create New Corporation>")) corpMade = true;
    const corporate = /^Corp +# (\d+), (.+)$/.exec(line);
    if (corporate && !corpMade) corp ??= { id: Number(corporate[1]), name: corporate[2] ?? "" };
    if (/Corp 1\s*$/.test(line) && line.includes("\xb3") && !corpMade) corp ??= { id: 1, name: "Corp 1" };
    if (corporate && corp && !corpMade) corp.name = corporate[2] ?? "";
    const number = /Ship (\d+) \w+ *$/.exec(line);
    if (number && line.startsWith(" ")) shipId ??= Number(number[1]);
    const flown = /^ +(\d+) +\d+\+/.exec(line);
    if (flown) shipId ??= Number(flown[1]);
    const running = /^ *This game has been running for (\d+) days\./.exec(line);
    if (running) times.began ??= (zeros[0] ?? 0) - (Number(running[1]) - 0.5) * 86_400_000;
    if (line.startsWith("<Scanning for Hazardous Sectors")) {
      listingAvoids = true;
      avoids ??= [];
    } else if (listingAvoids && /^[\d ]+$/.test(line) && line.trim() !== "")
      avoids?.push(...line.trim().split(/ +/).map(Number));
    else if (/^(No Sectors|Do you wish to clear)/.test(line)) listingAvoids = false;

    // ---- sizes
    const maxima = /^ ?Maximum players (\d+), sectors (\d+), ports \d+, planets (\d+)\./.exec(line);
    if (maxima) {
      size = Number(maxima[2]);
      settings.playersMax = Number(maxima[1]);
      settings.planetsMax = Number(maxima[3]);
    }
    const grant = /^ ?Initial Turns per day (\d+), fighters (\d+), credits ([\d,]+), holds (\d+)\./.exec(
      line,
    );
    if (grant) {
      Object.assign(settings, {
        turnsPerDay: num(grant[1]),
        startFighters: num(grant[2]),
        startCredits: num(grant[3]),
        startHolds: num(grant[4]),
      });
    }
    const range = /sectors (?:are |is )?from 1 to ([\d,]+)/.exec(line);
    if (range) size = num(range[1]);
    const dock = /The StarDock is located in sector (\d+)\./.exec(line);
    if (dock) stardock = Number(dock[1]);
    const noRoute = /No route within (\d+) warps/.exec(line);
    if (noRoute) settings.courseMax = Number(noRoute[1]);
    if (line.startsWith("You will be started with your very own home planet")) settings.homePlanets = true;

    const stat = /^([A-Z][\w ]+)=(.+)$/.exec(line);
    if (stat) gameStat(stat[1] ?? "", stat[2] ?? "", settings, zeros[0] ?? 0, times);

    // ---- where he is
    const here = /^(?:Computer c|Corporate c|C)ommand \S? ?\[TL=[\d:]+\]:\[(\d+)\]/.exec(line);
    if (here) {
      current = Number(here[1]);
      highest = Math.max(highest, current);
      inCim = false;
      shown = undefined;
    }
    if (line === "ENDINTERROG") inCim = false;
    else if (/^: ?$/.test(line) || /^: [A-Z?]$/.test(line)) inCim = true;

    // ---- sectors
    const listedSector = /^\(([TS1-6])\) (Sector {2}: .+)$/.exec(line);
    if (listedSector) listed = true;
    const indented = listed ? /^ {4}((?:Ports|Planets) .+)$/.exec(line) : null;
    if (!listedSector && !indented) listed = false;
    const probed = /^Probe entering sector : (\d+)$/.exec(line);
    if (/SubSpace Ether Probe loaded/.test(line)) probeAt = current;
    if (probed) {
      lanes(probeAt).add(Number(probed[1]));
      probeAt = Number(probed[1]);
    }
    const unexplored = line.endsWith("(unexplored).");
    const block = readSector(listedSector?.[2] ?? indented?.[1] ?? line);
    if (block) {
      highest = Math.max(highest, block.number);
      if (/^Sector {2}: /.test(line)) {
        mention(block.number, !unexplored);
      }
      const before = sectors.get(block.number);
      if (!before || (fresh.has(before) && before !== block)) {
        // A list of navigation points shows less than a display does: the first display replaces it.
        sectors.set(block.number, block);
        fresh.delete(before as SeenSector);
      }
      if (listedSector) fresh.add(block);
      if (listedSector?.[1] === "S") stardock = block.number;
      if (block.port) {
        if (block.port.portClass === 9) stardock = block.number;
        const listedPort = ports.get(block.number);
        if (!listedPort || listedPort.name === nameless(block.number)) {
          const port: SeenPort = { sector: block.number, ...block.port, stocks: [], docked: undefined };
          const told = listedPort && reports.get(listedPort.name);
          if (told) reports.set(port.name, told);
          ports.set(block.number, port);
          portNames.set(port.name, port);
        }
      }
      for (const { name, type, shielded } of block.planets) {
        if (!madeHere(name, step)) {
          const planet = planetNamed(name, block.number, type);
          // What shows it shielded is its citadel's generator, whatever it is charged with.
          if (shielded && planet.at === undefined) planet.citadel = Math.max(planet.citadel, shieldsLevel);
        }
      }
    }
    const list = /^Warps to Sector\(s\) : +(.+)$/.exec(line);
    const at = block?.warps ? block.number : current;
    if (list && at) {
      const seen = block?.warps ?? warpsIn(list[1] ?? "");
      for (const { sector, explored } of seen) mention(sector, explored);
      allWarps(
        at,
        seen.map(({ sector }) => sector),
      );
    }
    const examined = /^Sector (\d+) has warps to sector\(s\) : +(.+)$/.exec(line);
    if (examined)
      allWarps(
        Number(examined[1]),
        warpsIn(examined[2] ?? "").map(({ sector }) => sector),
      );
    if (/^\d+( > \(?\d+\)?)+$/.test(line)) {
      const course = warpsIn(line);
      for (const [index, { sector, explored }] of course.slice(1).entries()) {
        const from = course[index]?.sector ?? 0;
        lanes(from).add(sector);
        highest = Math.max(highest, sector);
        mention(sector, explored);
      }
    }
    const density = /^Sector ([( ]) *(\d+)[) ] ==> +([\d,]+) +Warps : (\d+) +NavHaz : +(\d+)%/.exec(line);
    if (density) {
      mention(Number(density[2]), density[1] !== "(");
      if (!degrees.has(Number(density[2]))) degrees.set(Number(density[2]), Number(density[4]));
    }
    if (inCim && /^ *\d+(?: +\d+)+$/.test(line) && /^I/i.test(keysOf(steps[step]!))) {
      const [from = 0, ...to] = line.trim().split(/ +/).map(Number);
      allWarps(from, to);
      listedByCim.add(from);
      mention(from, true);
    }
    const row = inCim
      ? /^ *(\d+) ([- ]) *(\d+) +(\d+)% ([- ]) *(\d+) +(\d+)% ([- ]) *(\d+) +(\d+)%/.exec(line)
      : null;
    if (row) {
      const sector = Number(row[1]);
      const kind = [row[2], row[5], row[8]].map((sign) => (sign === "-" ? "B" : "S")).join("");
      const portClass = Number(
        Object.entries(portClasses).find(([, sides]) => sides === kind)?.[0] ?? 1,
      ) as TradingClass;
      const port = ports.get(sector) ?? {
        sector,
        name: nameless(sector),
        portClass,
        stocks: [],
        docked: undefined,
      };
      ports.set(sector, port);
      const key = port.name;
      if (!reports.has(key)) {
        reports.set(
          key,
          [3, 6, 9].map((group) => ({
            side: "",
            amount: Number(row[group]),
            percent: Number(row[group + 1]),
            step,
          })),
        );
      }
      portNames.set(port.name, port);
    }

    // ---- ports
    const heading = /^Commerce report for (.+?): \d\d:/.exec(line);
    if (heading) report = heading[1];
    else if (/^ Items +Status +Trading On Dock/.test(line)) report = ports.get(current)?.name;
    const stock = /^(Fuel Ore|Organics|Equipment) +(Buying|Selling) +(\d+) +(\d+)(%?)/.exec(line);
    if (stock && report !== undefined) {
      const rows = reports.get(report) ?? [];
      const index = products.indexOf(stock[1] as Product);
      const amount = Number(stock[3]);
      // The thieves' table: what a buying port has on its dock is what it has had already.
      const percent =
        stock[5] === "%"
          ? Number(stock[4])
          : stock[2] === "Buying"
            ? (100 * amount) / (amount + Number(stock[4]))
            : -1;
      rows[index] ??= { side: stock[2] ?? "", amount, percent, step };
      // The first full report of a kind tells the percentage; later ones narrow it down.
      reports.set(report, rows);
      let latest = all.at(-1);
      if (latest?.port !== report || latest.amounts[index] !== undefined) {
        latest = { step, at: stepAt[step] ?? 0, port: report, amounts: [], docked: undefined };
        all.push(latest);
      }
      latest.docked ??= signed;
      latest.amounts[index] = amount;
    }
    const log = /^(.+) (?:docked (\d+) minutes ago|just left)\.$/.exec(line);
    const docked = report === undefined ? undefined : portNames.get(report);
    if (heading) signed = undefined;
    if (docked && (log || line.startsWith("No current ship docking log"))) {
      const ago = log?.[2] === undefined ? 30_000 : (Number(log[2]) + 0.5) * 60_000;
      signed = { ship: log?.[1] ?? "", at: (stepAt[step] ?? 0) - ago };
      docked.docked ??= signed;
    }

    // ---- planets
    const registry = /^ +< *(\d+)> (.+?) {2,}(None|Level \d) +(\d+)% +\S+ +(\S+) +(\w)$/.exec(line);
    if (registry) {
      const planet = planets.find(({ name, sector }) => name === registry[2] && sector === current);
      if (planet) {
        planet.id ??= Number(registry[1]);
        if (planet.at === undefined) planet.citadel = num(/\d/.exec(registry[3] ?? "")?.[0]);
        shown = planet;
      }
    }
    const ownedBy = /^ +Owned by: (.+)$/.exec(line);
    if (ownedBy && shown) shown.owner ||= ownedBy[1] ?? "";
    const scanned = /^ *(\d+) +#(\d+) +(.+?) +Class \w/.exec(line);
    const mine =
      scanned && planets.find(({ name, sector }) => name === scanned[3] && sector === Number(scanned[1]));
    if (mine) mine.id ??= Number(scanned[2]);
    const made = /^Planet #(\d+) in sector \d+: (.+)$/.exec(line);
    if (made && madeHere(made[2] ?? "", step)) nextPlanet ??= Number(made[1]);
    const planetHead = /^Planet #(\d+) in sector (\d+): (.+)$/.exec(line);
    if (planetHead) {
      shown = planets.find(({ name, sector }) => name === planetHead[3] && sector === Number(planetHead[2]));
      if (shown) {
        shown.id ??= Number(planetHead[1]);
        if (shown.at !== undefined) shown = undefined;
        else shown.at = stepAt[step];
      }
    }
    if (shown?.at !== undefined) {
      const by = /^(Created|Claimed) by: (.+)$/.exec(line);
      if (by?.[1] === "Created") shown.creator = by[2] ?? "";
      if (by?.[1] === "Claimed") shown.owner = by[2] ?? "";
      const goods =
        /^(Fuel Ore|Organics|Equipment|Fighters) +([\d,]+|N\/A) +(?:[\d,]+|N\/A) +[\d,]+ +([\d,]+) +[\d,]+ +[\d,]+$/.exec(
          line,
        );
      if (goods) {
        const index = products.indexOf(goods[1] as Product);
        if (index < 0) shown.fighters = num(goods[3]);
        else {
          shown.colonists[index] = num(goods[2]);
          shown.store[index] = num(goods[3]);
        }
      }
      const level = /Shielding Power Level = (\d+)/.exec(line);
      if (level) shown.shields = num(level[1]);
      const citadel = /^Planet has a level (\d) Citadel, treasury contains ([\d,]+) credits\./.exec(line);
      if (citadel) {
        shown.citadel = Number(citadel[1]);
        shown.treasury = num(citadel[2]);
      }
    }
  }

  for (const [index, step] of steps.entries()) {
    if (step.expected.endsWith("Selection (? for menu): ")) {
      const chosen = keysOf(steps[index + 1] ?? step)
        .slice(0, 1)
        .toUpperCase();
      const named = new RegExp(`^<${chosen.replace(/\W/g, "")}> (.+)$`, "m").exec(plain(step.expected));
      if (/[A-PR-Z]/.test(chosen) && named) {
        letter = chosen;
        gameName = named[1] ?? "";
      }
    }
    if (plain(step.expected).endsWith("Password? ")) {
      const entered = /^([^\r]*)\r/.exec(keysOf(steps[index + 1] ?? step));
      const refused = /Invalid password|Passwords didn't match/.test(plain(steps[index + 1]?.expected ?? ""));
      if (entered && !refused) password = entered[1];
    }
  }

  // A bar of four frames, 250 ms each, for a warp of three turns.
  if (steps.some(({ expected }) => expected.includes(firstFrame))) settings.shipDelayMs ??= barMs / 3;
  const deals = dealsIn(lines);
  const hidden: Hidden[] = [];
  const upgrades = upgradesIn(lines);
  for (const [name, port] of portNames) {
    const rows = reports.get(name);
    if (!rows || port.portClass === 0) continue;
    port.stocks = products.map((product, index) => {
      const told = rows[index];
      const mine = deals.filter((deal) => deal.port === name && deal.product === product);
      const improved = upgrades.filter((one) => one.sector === port.sector && one.index === index);
      const reported = productivitiesOf(lines, name, { index, stardock: port.portClass === 9, improved });
      const possible = reported.length < 6000 ? reported : fitting(told ? [{ ...told, built: 0 }] : []);
      // What he deals with is what he has made of the port.
      const built = builtBefore(improved, mine[0]?.step ?? 0);
      const solved =
        mine.length > 0
          ? solve(
              product,
              mine,
              possible.map((one) => one + built),
            )
          : undefined;
      if (solved) hidden.push(solved);
      return {
        amount: told?.amount ?? 0,
        productivity: solved ? solved.productivity - built : (possible[0] ?? 100),
        mcic: solved?.mcic ?? 50,
        at: stepAt[told?.step ?? 0] ?? 0,
      };
    });
  }

  const facts = factsIn(lines.map(({ text }) => text));
  // A ship that no list names is the one that has just left the port.
  const left = lines.flatMap(({ text }) => /^(.+) just left\.$/.exec(text)?.[1] ?? [])[0];
  if (left !== undefined && !facts.some(({ field }) => field === "ship's name")) {
    facts.push({ field: "ship's name", value: left });
  }
  const prompt = steps.find(({ expected }) => /Command .*\[TL/.test(plain(expected)));
  const biggest = Math.max(highest, ...ports.keys());
  if (size === 0)
    size = biggest <= 1000 ? 1000 : biggest <= 5000 ? 5000 : biggest <= 10_000 ? 10_000 : 20_000;
  const ended = traderName.replace(/^.*?(?=\S+$)/, "");
  return {
    letter,
    gameName,
    title: undefined,
    settings,
    size,
    stardock,
    zeros,
    warps,
    degrees,
    sectors,
    ports,
    planets,
    explored: new Set(
      [...mentioned].flatMap(([sector, explored]) => (explored && returning ? [sector] : [])),
    ),
    listed: [...listedByCim],
    facts,
    // Without ANSI the first command prompt has no colours.
    // oxlint-disable-next-line no-control-regex
    ansi: prompt === undefined || /\x1b\[35mCommand /.test(prompt.expected),
    login,
    traderName: traderName.endsWith(login) ? login : ended,
    password,
    returning,
    onToday,
    avoids: avoids ?? [],
    builtAt,
    shipId,
    corp,
    deals,
    hidden,
    reports: all,
    times,
    nextPlanet,
    log: logIn(steps),
  };
}

/** The lines of the first log that is read. */
function logIn(steps: readonly Step[]): string[] {
  const screen = steps.map(({ expected }) => expected).find((text) => /-=-=- +$/m.test(plain(text)));
  const lines = screen?.split("\n") ?? [];
  const head = lines.findIndex((line) => /^ *-=-.*Trade Wars 2002 ver .*-=- *$/.test(plain(line)));
  const body = head < 0 ? [] : lines.slice(head + 1);
  const end = body.findIndex((line) => plain(line).startsWith("[Pause]"));
  // oxlint-disable-next-line no-control-regex
  const texts = body.slice(0, Math.max(0, end)).map((line) => line.replace(/\r\x1b\[0m$|\r$/, ""));
  return texts.filter((text) => plain(text) !== "No log entries today.");
}

/** Moments of the game that its statistics tell. */
interface Times {
  began?: number;
  maintained?: number;
}

/** One line of the game's statistics. */
function gameStat(
  name: string,
  value: string,
  settings: { -readonly [K in keyof GameSettings]?: GameSettings[K] },
  now: number,
  times: Times,
): void {
  const amount = num(/[\d,]+/.exec(value)?.[0]);
  const yes = value === "True";
  const delay = /\(([\d.]+) (ms|s)\)/.exec(value);
  const delayMs = delay ? Number(delay[1]) * (delay[2] === "s" ? second : 1) : 0;
  const day = 86_400_000;
  switch (name) {
    case "Turn Base":
      settings.turnsPerDay = amount;
      break;
    case "Initial Fighters":
      settings.startFighters = amount;
      break;
    case "Initial Credits":
      settings.startCredits = amount;
      break;
    case "Initial Holds":
      settings.startHolds = amount;
      break;
    case "New Player Planets":
      settings.homePlanets = yes;
      break;
    case "Colonist Regen Rate":
      settings.terraRegrowth = amount;
      break;
    case "Max Terra Colonists":
      settings.terraColonists = amount;
      break;
    case "Steal Buy":
      settings.stealFromBuying = yes;
      break;
    case "Ship Delay":
      settings.shipDelayMs = delayMs;
      break;
    case "Crime Delay":
      settings.crimeDelayMs = delayMs;
      break;
    case "Users":
      settings.playersMax = amount;
      break;
    case "Ships":
      settings.shipsMax = amount;
      break;
    case "Planets":
      settings.planetsMax = amount;
      break;
    case "Max Course Length":
      settings.courseMax = amount;
      break;
    case "Game Age":
      times.began = now - amount * day;
      break;
    case "Last Extern Day": {
      const [month = 1, date = 1, year = 0] = value.split("/").map(Number);
      times.maintained = Date.UTC(2000 + year, month - 1, date);
      break;
    }
    default:
  }
}

/** Game time at which each connection was made; one without a date comes a minute before the next. */
function zerosOf(connections: readonly Connection[]): number[] {
  const known = connections.map(connectedAt);
  return known.map((zero, index) => {
    if (zero !== undefined) return zero;
    const later = known.findIndex((other, at) => at > index && other !== undefined);
    if (later < 0) return someDay;
    let start = known[later] ?? someDay;
    for (let at = later - 1; at >= index; at--) start -= ((connections[at]?.ended ?? 0) + 60) * second;
    return start;
  });
}

/** Productivities, before it was built up, that all reports of a port agree with. */
function productivitiesOf(
  lines: readonly Line[],
  port: string,
  { index, stardock, improved }: { index: number; stardock: boolean; improved: readonly Upgrade[] },
): readonly number[] {
  const told: Told[] = [];
  let report = "";
  for (const { text, step } of lines) {
    const heading = /^Commerce report for (.+?): \d\d:/.exec(text);
    if (heading) report = heading[1] ?? "";
    if (report !== port) continue;
    const stock = /^(Fuel Ore|Organics|Equipment) +(?:Buying|Selling) +(\d+) +(\d+)%/.exec(text);
    if (stock && products.indexOf(stock[1] as Product) === index) {
      told.push({ amount: Number(stock[2]), percent: Number(stock[3]), built: builtBefore(improved, step) });
    }
  }
  const found = fitting(told);
  if (stardock && (found.includes(300) || told.length === 0)) return [300];
  return fittingOffers(found, improved, productivityMax);
}

/** What a report says of a product; `built` is how much its productivity had been raised. */
interface Told {
  readonly amount: number;
  readonly percent: number;
  readonly built: number;
}

/** What the game's own records can hold. */
const productivityMax = 6553;

function fitting(told: readonly Told[]): number[] {
  return Array.from({ length: productivityMax }, (_, index) => index + 1).filter((first) =>
    told.every(({ amount, percent, built }) => {
      const productivity = first + built;
      return (
        amount <= 10 * productivity &&
        (percent < 0 || Math.floor((amount * 10) / productivity) === Math.floor(percent))
      );
    }),
  );
}
