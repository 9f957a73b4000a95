/**
 * That a bot lives in a process which it shares, as a mark in its folder: there from its first moment in it to its last. A process of its
 * own is looked for by its argument list instead; a mark that was left by a process which is gone means nothing.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { isThere, type FoundWorker } from "./procfs.ts";

const fileName = "seat.json";
const Mark = z.object({ pid: z.int(), ticks: z.int().optional() });
type Mark = z.infer<typeof Mark>;

/** The bot of this folder lives in process `pid`, which began at `ticks`. Throws what writing a file throws. */
export const markSeat = (folder: string, pid: number, ticks: number | undefined): void =>
  writeFileSync(join(folder, fileName), JSON.stringify({ pid, ticks }), { mode: 0o600 });

/** It lives there no more. */
export const unmarkSeat = (folder: string): void => rmSync(join(folder, fileName), { force: true });

/** Whether the folder's bot still lives in that process. */
export function isSeated(folder: string, pid: number, ticks: number | undefined): boolean {
  const mark = markIn(folder);
  return mark?.pid === pid && (ticks === undefined || mark.ticks === ticks) && isThere(pid, ticks);
}

/** The bots of these folders that live in processes which are there. */
export function seatedIn(botsFolder: string): FoundWorker[] {
  return foldersIn(botsFolder).flatMap((bot) => {
    const mark = markIn(join(botsFolder, bot));
    if (mark?.ticks === undefined || !isThere(mark.pid, mark.ticks)) return [];
    return [{ bot, pid: mark.pid, ticks: mark.ticks, packed: true }];
  });
}

function markIn(folder: string): Mark | undefined {
  try {
    return Mark.safeParse(JSON.parse(readFileSync(join(folder, fileName), "utf8"))).data;
  } catch {
    // None, or not whole: its writer did not come to the end.
    return undefined;
  }
}

function foldersIn(botsFolder: string): string[] {
  try {
    return readdirSync(botsFolder);
  } catch {
    // No bot yet.
    return [];
  }
}
