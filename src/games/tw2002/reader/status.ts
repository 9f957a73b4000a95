/** The V screen, the density scanner's table, and what Info tells of the ship. Wording: the recordings 08, 12 and 15. */
import type { Fitting, GearItem, Piece } from "../docks.ts";
import type { Fact } from "../facts.ts";
import { amount } from "../prompts.ts";
import { type ShipKind, shipKinds, shipTypes } from "../rules/ships.ts";
import { matched } from "./sector.ts";

const sizes = /^ Maximum players [\d,]{1,7}, sectors ([\d,]{1,7}), ports [\d,]{1,7}, planets [\d,]{1,7}\.$/;
const dock = /^ {9}The StarDock is located in sector (\d{1,5})\.$/;
const today = /^-=-=-=- {2}Current Stats for \d\d:\d\d:\d\d [AP]M (Sun|Mon|Tue|Wed|Thu|Fri|Sat) /;
const loaded = /^SubSpace Ether Probe loaded in launch tube, ([\d,]{1,5}) remaining\.$/;
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const density =
  /^Sector {1,3}(?:\( {0,4}(\d{1,5})\)| {0,4}(\d{1,5}) ) {1,2}==> {1,20}([\d,]{1,16}) {1,4}Warps : (\d) {1,6}NavHaz : {1,7}(\d{1,3})% {1,6}Anom : (Yes|No) *$/;

/** Lines that are told when somebody looks around, or up. */
export function readStatus(line: string): readonly Fact[] | undefined {
  if (line.length > 120) return undefined;
  switch (line[0]) {
    case " ":
      return (
        matched(sizes, line, ([, sectors]) => ({ type: "universe", sectors: amount(sectors!) })) ??
        matched(dock, line, ([, sector]) => ({ type: "stardockAt", sector: Number(sector) }))
      );
    case "-":
      return matched(today, line, ([, day]) => ({ type: "gameDay", weekday: weekdays.indexOf(day!) }));
    case "P":
      return line === "Probe Self Destructs" || line === "Probe Destroyed!"
        ? [{ type: "probeSpent" }]
        : undefined;
    case "S":
      if (line.startsWith("SubSpace Ether Probe loaded"))
        return matched(loaded, line, ([, count]) => ({ type: "probesAboard", count: amount(count!) }));
      return matched(density, line, ([, fresh, known, weight, warps, navHaz, anomaly]) => ({
        type: "density",
        sector: Number(fresh ?? known),
        density: amount(weight!),
        warps: Number(warps),
        navHaz: Number(navHaz),
        anomaly: anomaly === "Yes",
      }));
    case "Y":
      if (line === "You do not have any Ether Probes.") return [{ type: "probesAboard", count: 0 }];
      return line === "You don't have a long range scanner." ? [{ type: "noScanner" }] : undefined;
    default:
      return undefined;
  }
}

const labels: { readonly [label: string]: Piece | Fitting } = {
  "Photon Missiles": "photons",
  "Armid Mines  T1": "armids",
  "Limpet Mines T2": "limpets",
  "Marker Beacons": "beacons",
  "Genesis Torps": "torpedoes",
  "Atomic Detn.": "detonators",
  "Corbomite Level": "corbomite",
  "Cloaking Device": "cloaks",
  "Ether Probes": "probes",
  "Mine Disruptors": "disruptors",
  "Psychic Probe": "psychicProbe",
  "Planet Scanner": "planetScanner",
  "LongRange Scan": "scanner",
  "  (Type 1 Jump)": "transwarp",
  "  (Type 2 Jump)": "transwarp",
};
const scanners: { readonly [name: string]: number } = { "Density Scanner": 1, "Holographic Scanner": 2 };
/** One or two to a line: a label up to its colon, a figure or a word. */
const fitted =
  /^([A-Z ][A-Za-z0-9 ().]{8,16}?) {0,6}: (\S.{0,20}?)(?: {3,30}([A-Z][A-Za-z0-9 .]{8,16}?) {0,6}: (\S.{0,20}?))? *$/;
const shipInfo = /^Ship Info {6}: (.{1,60}?) Ported=[\d,]{1,9} Kills=[\d,]{1,9} *$/;

/** Info's lines on the ship and what it carries. What it does not carry has no line. */
export function readShip(line: string): readonly Fact[] | undefined {
  const ship = shipInfo.exec(line);
  if (ship) return [{ type: "shipKind", kind: kindOf(ship[1]!) }];
  const found = fitted.exec(line);
  if (!found) return undefined;
  const [, label, value, second, secondValue] = found;
  if (!Object.hasOwn(labels, label!)) return undefined;
  const facts = gearOf(label!, value!);
  return second === undefined ? facts : [...facts, ...gearOf(second, secondValue!)];
}

/** The catalogue's kind at the end of what Info says: its maker's name goes before it. */
const kindOf = (text: string): ShipKind | undefined =>
  shipKinds.find((kind) => text === shipTypes[kind].name || text.endsWith(` ${shipTypes[kind].name}`));

function gearOf(label: string, value: string): readonly Fact[] {
  const item = Object.hasOwn(labels, label) ? labels[label]! : undefined;
  if (item === undefined) return [];
  if (item === "scanner") return [gear(item, scanners[value] ?? 0)];
  if (item === "transwarp") return [gear(item, label.includes("2") ? 2 : 1)];
  if (value === "Yes") return [gear(item, 1)];
  return /^[\d,]{1,9}$/.test(value) ? [gear(item, amount(value))] : [];
}

const gear = (item: GearItem, count: number): Fact => ({ type: "gear", item, count });
