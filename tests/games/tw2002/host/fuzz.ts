/** Players who press whatever comes to hand, mostly what the prompt before them offers. */
import type { Dice } from "../../../../src/games/tw2002/host/dice.ts";
import { type Galaxy, sectorAt } from "../../../../src/games/tw2002/host/galaxy.ts";
import { occupants } from "../../../../src/games/tw2002/host/occupants.ts";
import { dial, plain, type Table } from "./players.ts";
import { names, haunts } from "./fuzz-world.ts";

/** Presses one thing or another; what came of it. */
export interface Walker {
  caller: number;
  readonly name: string;
  screen: string;
  /** The last things pressed, newest last. */
  readonly trail: string[];
}

export const onTheLine = (table: Table, { caller }: Walker) =>
  table.host.who(table.now).find((who) => who.caller === caller);

export function press(table: Table, walker: Walker, keys: string): void {
  walker.trail.push(keys);
  if (walker.trail.length > 40) walker.trail.shift();
  const written = plain(table.press(walker.caller, keys));
  walker.screen = (walker.screen + written).slice(-3000);
}

/** Dials in, as far as the name and the password lead. */
export function callIn(table: Table, walker: Walker): void {
  walker.caller = dial(table, walker.name);
  walker.screen = "";
  walker.trail.length = 0;
  for (const keys of ["T\r", "N", "\r"]) press(table, walker, keys);
  if (/new character/i.test(walker.screen)) enlistAgain(table, walker);
  else press(table, walker, "pw\r");
}

/** One who was struck off begins again. */
function enlistAgain(table: Table, walker: Walker): void {
  for (const keys of ["Y", "pw\r", "pw\r", "\r", "B", "Raft\r", "Y", "Home\r"]) press(table, walker, keys);
}

export const lastLine = ({ screen }: Walker) => screen.slice(screen.lastIndexOf("\n") + 1);

const commandKeys = "DPPPPMMMACCIVSFFGHHJKLLLLNORTTUWXXYB<Q";
const planetKeys = "ACCDMMOPSTTZQ";
const citadelKeys = "BCDEEGILMNPRSTTUVX";
const dockKeys = "CGHHLPSSTUQ";

/** Keys for the prompt that stands: mostly such as it offers. */
export function fancy(galaxy: Galaxy, walker: Walker, dice: Dice): string {
  const line = lastLine(walker);
  const any = (keys: string) => keys.charAt(dice.between(0, keys.length - 1, "key"));
  if (line.includes("[Pause]")) return "\r";
  if (dice.chance(0.06, "whim")) return any("\r\r\b ?!/#@$*^`'=|&\\:;0123456789\x1b\x91\xffQYNTADLMS");
  if (line.startsWith("Command [")) return atCommand(galaxy, walker, dice, any);
  if (line.startsWith("Planet command")) return any(planetKeys);
  if (line.startsWith("Citadel command")) return any(citadelKeys);
  if (line.startsWith("Computer command")) return any("QQQPWBOSVUAMF");
  if (/interested in \(\?=List\)|Settings|Listing|^ *: $|archive/.test(line)) return any("QQQ?AB14");
  if (/which mine type|Org or/.test(line)) return any("123");
  if (/^Choice|^Corporate command/.test(line)) return any("QCFHSTXJMR");
  if (line.startsWith("<StarDock>")) return any(dockKeys);
  if (/offer \[/.test(line)) return dice.chance(0.5, "take it") ? "\r" : `${number(line, dice)}\r`;
  if (/\(Y\/N|Y\/N\)|\[N\]|\[Y\]/.test(line)) return any("YYYYNN\r");
  const offered = /[(<[]([A-Z0-9?!](?:[,/][A-Z0-9?!])+)[)>\]]/.exec(line)?.[1]?.replace(/[^A-Z0-9?!]/g, "");
  if (offered && dice.chance(0.85, "as offered")) return any(offered);
  switch (dice.between(0, 6, "sort")) {
    case 0:
      return "\r";
    case 1:
      return any("YN");
    case 2:
      return `${number(line, dice)}\r`;
    case 3:
      return any("123");
    case 4:
      return any("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    case 5:
      return `${dice.pick(names, "name")}\r`;
    default:
      return dice.pick(["\r", "Q", "Q", "PW\r", "DESTRUCT\r", "x\r", "T", "F", "C", "P"], "word");
  }
}

function atCommand(galaxy: Galaxy, walker: Walker, dice: Dice, any: (keys: string) => string): string {
  const here = Number(/:\[(\d+)\]/.exec(lastLine(walker))?.[1] ?? 1);
  const { warps } = sectorAt(galaxy, here);
  if (dice.chance(0.25, "go")) {
    const to = dice.chance(0.8, "near")
      ? dice.pick([...warps, ...haunts(galaxy).filter((sector) => warps.includes(sector))], "way")
      : dice.pick([galaxy.stardock, 1, ...haunts(galaxy), 0, 101, 99_999], "far");
    return `M${to}\r`;
  }
  if (dice.chance(0.1, "dock") && here === galaxy.stardock) return "PS";
  if (dice.chance(0.15, "land")) {
    const planets = [...occupants(galaxy, here).planets];
    if (planets.length > 0) return `L${dice.pick(planets, "planet").id}\r`;
  }
  return any(commandKeys);
}

/** Numbers at and beyond the bounds that the prompt names, and some others. */
function number(line: string, dice: Dice): string {
  const bounds = [...line.matchAll(/\d[\d,]*/g)].map(([text]) => Number(text.replaceAll(",", "")));
  const bound = bounds.length > 0 ? dice.pick(bounds, "bound") : 1;
  const near = [bound, bound + 1, Math.max(0, bound - 1), Math.floor(bound / 2), Math.floor(bound * 1.02)];
  return String(
    dice.pick([...near, 0, 1, 2, 10, 100, "99999", "-5", "1e9", "00000", "999999999999"], "number"),
  );
}

/** Keys that lead out of any question there is, in the end. */
const waysOut = ["\r", "\r", "Q", "N", "R", "x\r", "Y", "0\r", "Q\r", "D", "1", "P", "T", "S"];

function wayOut(line: string, dice: Dice): string {
  if (line.includes("is what you want?")) return "Y";
  // A port loses its patience over an offer that is bad, but no joke.
  const offer = Number(/offer \[([\d,]+)/.exec(line)?.[1]?.replaceAll(",", "") ?? 0);
  if (offer > 0 && dice.chance(0.5, "haggle"))
    return `${Math.floor(offer * dice.pick([0.7, 1.35], "way"))}\r`;
  return dice.pick(waysOut, "way out");
}

/** Whether a walker comes to a command prompt, or out of the game, whatever he is in. */
export function comesHome(table: Table, walker: Walker, dice: Dice): boolean {
  for (let step = 0; step < 800; step++) {
    const line = lastLine(walker);
    const there = onTheLine(table, walker);
    if (!there || there.trader === "" || line.startsWith("Command [")) return true;
    // Between fighters on both sides he may run to and fro for as long as he likes.
    if (step > 300 && line.startsWith("Option?")) return true;
    press(table, walker, wayOut(line, dice));
    if (step % 5 === 4) table.wait(2000);
    walker.screen += plain(table.take(walker.caller));
  }
  return false;
}

export const walkersAt = (table: Table): Walker[] =>
  names.map((name) => {
    const walker: Walker = { caller: 0, name, screen: "", trail: [] };
    callIn(table, walker);
    return walker;
  });
