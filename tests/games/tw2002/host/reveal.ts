/** A galaxy seeded with what a recorded session reveals: the sectors, ports and courses that its screens show. */
import { products, type TradingClass } from "../../../../src/games/tw2002/rules/ports.ts";
import type { Universe } from "../../../../src/games/tw2002/host/galaxy.ts";
import type { Port, Sector } from "../../../../src/games/tw2002/host/things.ts";
import type { PlanetClass } from "../../../../src/games/tw2002/rules/planets.ts";
import { formPlanet } from "../../../../src/games/tw2002/host/planet.ts";
import { serverBytes } from "../../../captures.ts";

/** The session's text without colours and cursor moves, line by line. */
export function plainLines(name: string): string[] {
  return (
    Buffer.from(serverBytes(name))
      .toString("latin1")
      // oxlint-disable-next-line no-control-regex
      .replace(/\x1b\[[0-9;]*[A-Za-z]/g, "")
      .split("\n")
      .map((line) => line.replaceAll("\r", ""))
  );
}

interface Found {
  nebula: string;
  beacon: string;
  warps: Set<number>;
  planets: { type: string; name: string }[];
  port?: { name: string; portClass: 0 | 9 | TradingClass };
  maxima?: number[];
}

/** Reads a session's screens; `at` is when its ports' stocks were full. */
export function reveal(name: string, size: number, stardock: number, at: number): Universe {
  const found = Array.from({ length: size }, (): Found => ({
    nebula: "",
    beacon: "",
    warps: new Set(),
    planets: [],
  }));
  const of = (number: number) => found[number - 1];
  let here: Found | undefined;
  let report: Found | undefined;
  const named = new Map<string, Found>();
  for (const line of plainLines(name)) {
    const sector = /^Sector {2}: (\d+) in (.+?)( \(unexplored\))?\.$/.exec(line);
    if (sector) {
      here = of(Number(sector[1]));
      if (here)
        Object.assign(here, { nebula: sector[2] === "uncharted space" ? "" : sector[2], planets: [] });
    }
    const beacon = /^Beacon {2}: (.+)$/.exec(line);
    if (beacon && here) here.beacon = beacon[1] ?? "";
    const port = /^Ports {3}: (.+), Class (\d) /.exec(line);
    if (port && here) {
      here.port = { name: port[1] ?? "", portClass: Number(port[2]) as TradingClass };
      named.set(here.port.name, here);
    }
    const planet = /^Planets : \((\w)\) (.+)$/.exec(line);
    if (planet && here) here.planets = [{ type: planet[1] ?? "M", name: planet[2] ?? "" }];
    const warps = /^Warps to Sector\(s\) : +(.+)$/.exec(line);
    if (warps && here) for (const warp of warps[1]?.match(/\d+/g) ?? []) here.warps.add(Number(warp));
    if (/^\d+( > \(?\d+\)?)+$/.test(line)) {
      const course = (line.match(/\d+/g) ?? []).map(Number);
      for (const [index, step] of course.slice(1).entries()) of(course[index] ?? 0)?.warps.add(step);
    }
    const heading = /^Commerce report for (.+): \d\d:/.exec(line);
    if (heading) report = named.get(heading[1] ?? "");
    const stock = /^(Fuel Ore|Organics|Equipment) +(Buying|Selling) +(\d+) +100%/.exec(line);
    if (stock && report) {
      report.maxima ??= [];
      report.maxima[products.indexOf(stock[1] as (typeof products)[number])] ??= Number(stock[3]);
    }
  }
  const ports = found.flatMap(({ port, maxima }, index): Port[] => {
    if (!port) return [];
    const trading = port.portClass !== 0;
    const stocks = products.map((_, product) => {
      const amount = maxima?.[product] ?? 1000;
      return { mcic: 40, productivity: amount / 10, amount, at };
    });
    return [
      {
        ...port,
        sector: index + 1,
        stocks: trading ? stocks : [],
        docked: undefined,
        opensAt: 0,
        destroyed: false,
      },
    ];
  });
  let id = 1;
  const planets = found.flatMap(({ planets: there }, index) =>
    there.map(({ type, name }) =>
      formPlanet({ id: id++, name, type: type as PlanetClass, sector: index + 1, createdAt: at }),
    ),
  );
  return {
    stardock,
    planets,
    ports: new Map(ports.map((port) => [port.sector, port])),
    sectors: found.map(({ nebula, beacon, warps }, index): Sector => ({
      number: index + 1,
      nebula,
      beacon,
      navHaz: 0,
      fighters: undefined,
      armids: undefined,
      limpets: undefined,
      warps: [...warps].sort((a, b) => a - b),
    })),
  };
}
