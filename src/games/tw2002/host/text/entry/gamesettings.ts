/** S of the game's menu: how the game is set, in two pages. The columns are the game's. */
import type { Census } from "../../census.ts";
import type { GameSettings } from "../../settings.ts";
import { commas, gameDate } from "../figures.ts";
import type { Paper } from "../paper.ts";
import { dayMs } from "../../../rules/time.ts";

/** What these screens are about. */
export interface Shown {
  readonly settings: GameSettings;
  readonly census: Census;
  readonly at: number;
  /** When the game began, ms since 1970. */
  readonly began: number;
  /** When the last daily maintenance was done. */
  readonly maintainedAt: number;
  readonly latencyMs: number;
}

/** Of a line's two columns the first is so wide, its label apart. */
const width = 21;
const column = (text: string | number) => String(text).padEnd(width);
/** What is left of the column after its first word. */
const rest = (word: string | number, after: string) => after.padEnd(width - String(word).length);

const yesNo = (yes: boolean) => (yes ? "Yes" : "No ");
export const orNone = (share: number | undefined) => (share === undefined ? "N/A" : String(share));

/** Whole days since the game began. */
export const gameAge = ({ at, began }: Pick<Shown, "at" | "began">) =>
  Math.max(0, Math.floor((at - began) / dayMs));

export const minutesWord = (minutes: number) => (minutes === 0 ? "Unlimited" : `${minutes} Min`);

/** A game has room for so many of each, by the size of its universe and what its creator chose. */
export const portsMax = ({ sectors }: GameSettings) => Math.floor(sectors * 0.4);
export const aliensMax = ({ sectors }: GameSettings) => Math.floor(sectors * 0.09);

/** The first page, below an empty line; a [Pause] follows. */
export const settingsPage = ({ settings, census, at, began }: Shown) => {
  const age = gameAge({ at, began });
  const [clock, half] = gameDate(at, settings.yearsAhead).split(" ");
  return (paper: Paper) => {
    paper.put`
~gRegistered to    : ~CUnknown
~gVersion          : ~C${column(settings.version)}~gHost type           : ~CTWGS v2
~gAge of game      : ~C${age}~g${rest(age, " days")}Days since start    : ~C${age}~g days
~gDelete if idle   : ~C${settings.deletionDays}~g${rest(settings.deletionDays, " days")}

~gPlayers in game  : ~C${counted(census.traders, settings.playersMax)}~gPercent good        : ~C${percent(census.goodTraders)}
~gAliens in game   : ~C${counted(census.aliens, aliensMax(settings))}~gPercent good        : ~C${percent(census.goodAliens)}
~gPorts in game    : ~C${counted(census.ports, portsMax(settings), 5)}~gValue of ports      : ~C${census.portValue}
~gPlanets in game  : ~C${counted(census.planets, settings.planetsMax)}~gPercent w/ Citadels : ~C${percent(census.citadels)}
~gShips in game    : ~C${counted(census.ships, settings.shipsMax)}~gCorps in game       : ~C${census.corps}
~gFigs in game     : ~C${column(census.fighters)}~gMines in game       : ~C${census.mines}

~gGame type        : ~C~G${column(settings.password !== "" ? "Private" : settings.closed ? "Closed" : "Open")}~gGame time           : ~C${clock ?? ""} ${half ?? ""}
~gTime per day     : ~C${column(minutesWord(settings.minutesPerDay))}~gTurns per day       : ~C${settings.turnsPerDay}
~gPlanetary Trade %: ~C${inPercent(settings.planetaryTrade)}~g${rest(inPercent(settings.planetaryTrade), "%")}Steal from BUY port : ~C${yesNo(settings.stealFromBuying).trim()}
~gInitial fighters : ~C${column(settings.startFighters)}~gClear Busts Every   : ~C${settings.bustClearDays} ~gDays
~gInitial credits  : ~C${column(commas(settings.startCredits))}~gLast Bust Clear     : ~C${age}~g Days Ago
~gInitial holds    : ~C${column(settings.startHolds)}~gMultiple Photon fire: ~CNo${" "}
~gSectors in game  : ~C${column(settings.sectors)}~gDisplay StarDock    : ~CYes
~gStart with planet: ~C${column(yesNo(settings.homePlanets))}~gClassic Ferrengi    : ~CNo${" "}
~gProduction Rate  : ~C${regrowth(settings)}~g${rest(regrowth(settings), "% / Day")}Max Regen per Visit : ~C100~g%
~gTournament Mode  : ~C${column("Off")}~gInvincible Ferrengal: ~CNo${" "}
`;
  };
};

const inPercent = (share: number) => Math.round(share * 100);
/** Per cent of its maximum that a port regains in a day. */
export const regrowth = (settings: GameSettings) => inPercent(settings.regrowth);

/** `2     of max 200     `, as wide as a column. */
const counted =
  (count: number, most: number, pad = 4) =>
  (paper: Paper) => {
    const number = String(count).padEnd(pad);
    const lead = pad === 4 ? "  of max " : " of max ";
    paper.put`${number}~g${lead}~C${String(most).padEnd(width - number.length - lead.length)}`;
  };

const percent = (share: number | undefined) => (paper: Paper) => {
  paper.put`${orNone(share)}`;
  if (share !== undefined) paper.put`~g%`;
};

/** The second page: reports, delays and the imitated line. */
export const delaysPage =
  ({ settings, latencyMs }: Shown) =>
  (paper: Paper) => {
    paper.put`
~mReport Settings

~gHigh Score Mode    : ~COn demand          ~gHigh Score Type   : ~CValues
~gRankings Mode      : ~COn demand          ~gRankings Type     : ~CValues + Titles
~gEntry Log Blackout : ~CNone               ~gGame Log Blackout : ~CNone
~gPort Report Delay  : ~CNo Delay          ${" "}

~mDelays

`;
    const delays = [
      ["Ship Attack/Move", settings.shipDelayMs, "Planet Move", 0],
      ["Other Attack", 0, "Rob/Steal", settings.crimeDelayMs],
      ["Photon Launch", 0, "Photon Blast", 0],
      ["Ship IG", 0, "Planetary IG", 0],
      ["Dock/Depart", 0, "Land/Takeoff", 0],
      ["Drop/Take Mines", 0, "Drop/Take Figs", 0],
      ["Planet Transport", 0, "Ship Transport", 0],
      ["EtherProbe Move", 0, "GenTorp Launch", 0],
    ] as const;
    for (const [first, firstMs, second, secondMs] of delays) {
      const [word, length] = delayWords(firstMs);
      const [otherWord, otherLength] = delayWords(secondMs);
      paper.put`~g${first.padEnd(16)} : ~C${word}~Y${rest(word, length)}~g${second.padEnd(14)} : ~C${otherWord}~Y${otherLength}\n`;
    }
    paper.put`
~mIO Emulation

~gInput Bandwidth  : ~C1 Mps Broadband
~gOutput Bandwidth : ~C1 Mps Broadband
~gLatency          : ~C${latencyMs} ms

`;
  };

/** A third of a second a turn is what a new game has. */
const third = 333;

/** A delay's two words: `Constant` and ` (250 ms)`. */
export function delayWords(ms: number): [word: string, length: string] {
  if (ms === 0) return ["None", ""];
  if (ms === third) return ["Third", " (1/3 s/t)"];
  return ["Constant", ms % 1000 === 0 ? ` (${ms / 1000} s)` : ` (${ms} ms)`];
}
