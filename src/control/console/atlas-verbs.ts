/** The verbs that ask what the swarm knows of its games: sector, routes, path. */
import { Option, type Command } from "commander";
import type { OperationOutput } from "../../proto/operations.ts";
import { printable } from "../../proto/printable.ts";
import { numberFrom } from "./arguments.ts";
import type { Doors } from "./doors.ts";
import { table } from "./table.ts";
import { grouped, moment } from "./terminal.ts";
import { checked, managerVerb, reach, type Common } from "./verb.ts";

interface PlaceFlags extends Common {
  readonly place?: string;
}

const sectorMax = 30_000;
const sector = numberFrom(1, sectorMax);
const placeOption = () =>
  new Option("--place <host:port/LETTER>", "which game; the one of which most is known otherwise");
const placed = ({ place }: PlaceFlags) => (place === undefined ? {} : { place });

export function addAtlasVerbs(program: Command, doors: Doors): void {
  managerVerb(
    program,
    "sector",
    "what the swarm knows of a sector: ways out, port and stock, danger, bots there",
    ["bbsbot sector 852", "bbsbot sector 1 --place localhost:2002/A --json"],
  )
    .argument("<sector>", "its number", sector)
    .addOption(placeOption())
    .action(async (number: number, flags: PlaceFlags) => {
      const { swarm, print } = await reach(doors, flags);
      const known = await swarm.sector(await checked("sector", { sector: number, ...placed(flags) }));
      print(known, () => sectorText(known));
    });

  managerVerb(program, "routes", "the trade routes that earn most, by what the swarm knows", [
    "bbsbot routes --limit 10",
    "bbsbot routes --holds 120 --max-hops 2",
  ])
    .addOption(placeOption())
    .addOption(new Option("--limit <n>", "how many, 20 unless said otherwise").argParser(numberFrom(1, 100)))
    .addOption(
      new Option("--holds <n>", "holds of the ship that is thought of").argParser(numberFrom(1, 255)),
    )
    .addOption(new Option("--turns-per-warp <n>", "turns a warp costs it").argParser(numberFrom(1, 20)))
    .addOption(new Option("--max-hops <n>", "most warps between the two ports").argParser(numberFrom(1, 20)))
    .action(async (flags: PlaceFlags & RouteFlags) => {
      const { swarm, print } = await reach(doors, flags);
      const known = await swarm.routes(await checked("routes", { ...placed(flags), ...routeWords(flags) }));
      print(known, () => routesText(known));
    });

  managerVerb(program, "path", "the shortest known way between two sectors", ["bbsbot path 1 852"])
    .argument("<from>", "a sector", sector)
    .argument("<to>", "another", sector)
    .addOption(placeOption())
    .action(async (from: number, to: number, flags: PlaceFlags) => {
      const { swarm, print } = await reach(doors, flags);
      const known = await swarm.path(await checked("path", { from, to, ...placed(flags) }));
      print(known, () => pathText(known));
    });
}

interface RouteFlags {
  readonly limit?: number;
  readonly holds?: number;
  readonly turnsPerWarp?: number;
  readonly maxHops?: number;
}

const routeWords = ({ limit, holds, turnsPerWarp, maxHops }: RouteFlags) =>
  Object.fromEntries(
    Object.entries({ limit, holds, turns_per_warp: turnsPerWarp, max_hops: maxHops }).filter(
      ([, value]) => value !== undefined,
    ),
  );

const place = (known: { place: string; sectors_known: number }) =>
  `${printable(known.place)}, ${grouped(known.sectors_known)} sectors known`;

function sectorText(known: OperationOutput<"sector">): string {
  const { port, danger } = known;
  const marks = [
    ...(known.seen ? [] : ["only heard of"]),
    ...(known.fed_space ? ["FedSpace"] : []),
    ...(known.stardock ? ["Stardock"] : []),
  ];
  const facts: [string, string | undefined][] = [
    ["Sector", [String(known.sector), ...marks].join(", ")],
    ["Game", place(known)],
    ["Warps", `${known.warps.join(" ") || "none known"}${known.charted ? "" : " (there may be more)"}`],
    [
      "Port",
      port && `class ${port.class}, ${port.code}${port.seen_at ? `, seen ${moment(port.seen_at)}` : ""}`,
    ],
    [
      "Danger",
      danger &&
        `${grouped(danger.count)} ${danger.kind}${danger.mode ? `, ${danger.mode}` : ""}, seen ${moment(danger.at)}`,
    ],
    ["Bots", known.bots.join(" ") || undefined],
  ];
  const lines = facts.map(([label, value]) => (value ? `${label.padEnd(8)}${printable(value)}\n` : ""));
  const goods = port?.goods.length
    ? table<(typeof port.goods)[number]>(
        [
          { title: "PRODUCT", value: ({ product }) => product },
          { title: "THE PORT", value: ({ side }) => side },
          {
            title: "UNITS",
            value: ({ trading }) => (trading === undefined ? "-" : grouped(trading)),
            right: true,
          },
          { title: "%", value: ({ percent }) => String(percent ?? "-"), right: true },
          { title: "PRICE", value: ({ price }) => price?.toFixed(1) ?? "-", right: true },
        ],
        port.goods,
      )
    : "";
  return lines.join("") + goods;
}

function routesText(known: OperationOutput<"routes">): string {
  const head = `${place(known)}, ${grouped(known.ports_known)} ports\n`;
  if (known.routes.length === 0) return `${head}No route is known yet\n`;
  return (
    head +
    table<(typeof known.routes)[number]>(
      [
        { title: "FROM", value: ({ from }) => String(from), right: true },
        { title: "TO", value: ({ to }) => String(to), right: true },
        { title: "HOPS", value: ({ hops }) => String(hops), right: true },
        { title: "CR/TURN", value: (route) => route.credits_per_turn.toFixed(1), right: true },
        { title: "CARRIED", value: ({ out, back }) => (back ? `${out}, back ${back}` : out) },
        { title: "", value: (route) => (route.in_work ? "in work" : "") },
      ],
      known.routes,
    )
  );
}

const pathText = (known: OperationOutput<"path">): string =>
  known.sectors.length === 0
    ? `No way is known from ${known.from} to ${known.to}\n`
    : `${known.hops} ${known.hops === 1 ? "warp" : "warps"}: ${known.sectors.join(" > ")}\n`;
