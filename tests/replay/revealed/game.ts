/** The game's settings and its history, as its menus, its statistics and what happens in it tell them. */
import type { GameSettings } from "../../../src/games/tw2002/host/settings.ts";
import { figure } from "../plain.ts";
import type { Reader } from "./view.ts";

type Settings = { -readonly [K in keyof GameSettings]?: GameSettings[K] };

/** Moments of the game that its screens tell. */
export interface Times {
  began?: number;
  maintained?: number;
}

export interface GameFacts {
  readonly settings: Settings;
  /** Sectors; 0 when nothing tells. */
  readonly size: number;
  readonly times: Times;
}

const second = 1000;
const day = 86_400_000;
/** The share that is taken where a tax is. */
const taxRate = 0.05;

/** `now` is the game's time at the first connection. */
export function createGameReader(now: number): Reader<GameFacts> {
  const settings: Settings = {};
  const times: Times = {};
  let size = 0;
  return {
    read({ text }) {
      const version = /Trade Wars 2002 ver (\S+(?: Gold)?)$/.exec(text);
      if (version) settings.version = version[1] ?? "";
      const courtesy = /^Brought to you courtesy of (.+)$/.exec(text);
      if (courtesy) settings.sysop = courtesy[1] ?? "";
      if (text === "The Alien Traders are on the move!") settings.aliens = true;
      if (text === "The Ferrengi are on the move!") settings.ferrengi = true;
      if (text.startsWith("Tax time!")) settings.taxRate = taxRate;
      if (text.startsWith("You will be started with your very own home planet")) settings.homePlanets = true;
      const noRoute = /No route within (\d+) warps/.exec(text);
      if (noRoute) settings.courseMax = Number(noRoute[1]);
      const range = /sectors (?:are |is )?from 1 to ([\d,]+)/.exec(text);
      if (range) size = figure(range[1]);
      const maxima = /^ ?Maximum players (\d+), sectors (\d+), ports \d+, planets (\d+)\./.exec(text);
      if (maxima) {
        size = Number(maxima[2]);
        settings.playersMax = Number(maxima[1]);
        settings.planetsMax = Number(maxima[3]);
      }
      const grant = /^ ?Initial Turns per day (\d+), fighters (\d+), credits ([\d,]+), holds (\d+)\./.exec(
        text,
      );
      if (grant) {
        settings.turnsPerDay = figure(grant[1]);
        settings.startFighters = figure(grant[2]);
        settings.startCredits = figure(grant[3]);
        settings.startHolds = figure(grant[4]);
      }
      const running = /^ *This game has been running for (\d+) days\./.exec(text);
      if (running) times.began ??= now - (Number(running[1]) - 0.5) * day;
      const stat = /^([A-Z][\w ]+)=(.+)$/.exec(text);
      if (stat) gameStat(stat[1] ?? "", stat[2] ?? "", settings, now, times);
    },
    known: () => ({ settings, size, times }),
  };
}

/** One line of the game's statistics. */
function gameStat(name: string, value: string, settings: Settings, now: number, times: Times): void {
  const amount = figure(/[\d,]+/.exec(value)?.[0]);
  const yes = value === "True";
  const delay = /\(([\d.]+) (ms|s)\)/.exec(value);
  const delayMs = delay ? Number(delay[1]) * (delay[2] === "s" ? second : 1) : 0;
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
