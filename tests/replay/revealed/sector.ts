/** A sector's display, read line by line. */
import type { TradingClass } from "../../../src/games/tw2002/rules/ports.ts";
import { figure } from "../plain.ts";

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

/** Reads line by line: gives the block that a line belongs to, whether a heading or what follows one. */
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
            count: figure(found[1]),
            owner: ownerOf(found[2]),
            mode: found[3]?.toLowerCase() ?? "",
          };
        return block;
      }
      case "NavHaz":
        block.navHaz = figure(/^(\d+)%/.exec(content)?.[1]);
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
      const force = { count: figure(found?.[1]), owner: ownerOf(found?.[3]), mode: "" };
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
        craft = {
          name: found[1] ?? "",
          owner: found[2] ?? "",
          fighters: figure(found[3]),
          ship: "",
          type: "",
        };
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
