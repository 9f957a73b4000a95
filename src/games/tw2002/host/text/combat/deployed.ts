/** Fighters and mines left in sectors: the questions about them and the lists of them. */
import type { Garrison, Owner } from "../../things.ts";
import { commas } from "../figures.ts";
import type { Text } from "../paper.ts";

// ---- leaving and taking

/** What is there, what the ship holds of it and what has to stay. */
export interface Supply {
  readonly available: number;
  readonly room: number;
  readonly rest: number;
}

export const dropFightersText =
  ({ available, room, rest }: Supply): Text =>
  (paper) =>
    paper.put`\n~gYou have ~Y${commas(available)}~g fighters available.
~gYour ship can support up to ~Y${commas(room)}~g Fighters, leaving ~Y${commas(rest)}
~gHow many fighters do you want defending this sector? ~Y `;

export const dropMinesText =
  (name: string, { available, room, rest }: Supply): Text =>
  (paper) =>
    paper.put`\n~=<Drop/Take ${name} Mines>
~gYou have ~Y${commas(available)}~g ${name} mines available.
~gYour ship can support up to ~Y${commas(room)}~g ${name} Mines, leaving ~Y${commas(rest)}
~gHow many ${name} mines do you want defending this sector? ~Y `;

/** Seen for fighters, without colours; the inks, and the same about mines, are ours. */
export const askCorporate =
  (what: "fighters" | "mines"): Text =>
  (paper) =>
    paper.put`~gShould these be (~YC~g)orporate ${what} or (~YP~g)ersonal ${what}? `;
export const askMode: Text = (paper) =>
  paper.put`~gShould they be (~YD~g)efensive, (~YO~g)ffensive or Charge a (~YT~g)oll ? `;
export const fightersLeft =
  (count: number): Text =>
  (paper) =>
    paper.put`~CDone. You have ~Y${commas(count)}~C fighter(s) in close support.\n`;
export const minesLeft =
  (name: string, count: number): Text =>
  (paper) =>
    paper.put`~CDone. You have ~Y${commas(count)}~C ${name} mine(s) on board.\n`;

// ---- refusals; the words are ours

export const notInFedSpace =
  (what: "fighters" | "mines"): Text =>
  (paper) =>
    paper.put`\n~RThe Federation does not allow ${what} to be deployed in FedSpace!\n`;
export const heldByOthers =
  (what: "fighters" | "mines"): Text =>
  (paper) =>
    paper.put`\n~RThere are ${what} in this sector that are not yours!\n`;
export const shipTooSmall =
  (rest: number): Text =>
  (paper) =>
    paper.put`~RYour ship cannot take them all: at least ~Y${commas(rest)}~R must stay.\n`;
export const sectorFull =
  (most: number): Text =>
  (paper) =>
    paper.put`~RA sector holds no more than ~Y${commas(most)}~R of them.\n`;
export const noneToDeploy =
  (what: string): Text =>
  (paper) =>
    paper.put`\n~gYou do not have any ${what} available.\n`;
export const tollsFetched =
  (credits: number): Text =>
  (paper) =>
    paper.put`~gYour fighters hand over ~Y${commas(credits)}~g credits of tolls.\n`;
export const changedMeanwhile: Text = (paper) =>
  paper.put`~RThe sector has changed meanwhile; nothing was moved.\n`;

// ---- lists

const clear = "\x1b[2J\x1b[H";
const whoseWord = (owner: Owner) => (owner.type === "corp" ? "Corporate" : "Personal ");
const modes = { defensive: "Defensive", offensive: "Offensive", toll: "   Toll  " } as const;

interface Post {
  readonly sector: number;
  readonly garrison: Garrison;
}

export const deployedList =
  (posts: readonly Post[]): Text =>
  (paper) => {
    paper.raw(clear);
    paper.put`\n~=                 Deployed  Fighter  Scan                   \n
~C Sector    Fighters    Personal/Corp    Mode        Tolls  \n~m${"=".repeat(59)}\n`;
    let fighters = 0;
    let tolls = 0;
    for (const { sector, garrison } of posts) {
      const { count, mode, owner, tolls: taken = 0 } = garrison;
      fighters += count;
      tolls += taken;
      const toll = mode === "toll" ? commas(taken) : "N/A";
      paper.put`~C${String(sector).padStart(6)}~Y${commas(count).padStart(12)}~g${whoseWord(owner).padStart(16)}~y${modes[mode].padStart(12)}   ~Y${toll.padStart(12)}\n`;
    }
    paper.put`~Y${commas(fighters).padStart(18)}~C Total~Y${commas(tolls).padStart(35)}~C Total\n`;
  };

export interface Field {
  readonly sector: number;
  readonly count: number;
  readonly owner: Owner;
}

const fieldLines =
  (fields: readonly Field[]): Text =>
  (paper) => {
    paper.put`\n~C Sector      Mines     Personal/Corp\n~m${"=".repeat(36)}\n`;
    for (const { sector, count, owner } of fields) {
      paper.put`~C${String(sector).padStart(6)}~Y${commas(count).padStart(12)}~g${whoseWord(owner).padStart(16)}\n`;
    }
    const all = fields.reduce((sum, { count }) => sum + count, 0);
    paper.put`~Y${commas(all).padStart(18)}~C Total\n`;
  };

export const armidList =
  (fields: readonly Field[]): Text =>
  (paper) => {
    paper.raw(`\r\n${clear}`);
    paper.put`\n~=       Deployed  Mine  Scan         \n${fieldLines(fields)}`;
  };

/** `activated` are the ships that carry one: where they are, and whose the limpet is. */
export const limpetList =
  (
    fields: readonly Field[],
    activated: readonly { readonly sector: number; readonly owner: Owner }[],
  ): Text =>
  (paper) => {
    paper.raw(`\r\n${clear}`);
    paper.put`\n~=`;
    // The heading turns its brightness off and on again, which no ink of ours does.
    paper.raw("\x1b[0;44m       \x1b[1mDeployed  Limpet  Scan\x1b[0;44m        \x1b[1m");
    paper.put`\n${fieldLines(fields)}\n~=Activated  Limpet  Scan \n\n~C Sector    Personal/Corp\n~m${"=".repeat(24)}\n`;
    for (const { sector, owner } of activated) {
      paper.put`~C${String(sector).padStart(6)}~g${whoseWord(owner).padStart(16)}\n`;
    }
    paper.put`~Y${commas(activated.length).padStart(18)}~C Total\n`;
  };
