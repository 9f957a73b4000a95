/** What every reader of a recording's screens is given with each line. */
import type { SeenSector } from "./sector.ts";

export interface View {
  /** Without colours and cursor moves. */
  readonly text: string;
  /** Index of the step in which the line began, and its game time. */
  readonly step: number;
  readonly at: number;
  /** What was typed in that step. */
  readonly keys: string;
  /** Sector of the last prompt. */
  readonly current: number;
  /** The sector display to which the line belongs. */
  readonly block: SeenSector | undefined;
  /** The line comes from the computer's interrogation mode. */
  readonly inCim: boolean;
  /** Whether the player typed that name before. */
  madeHere(name: string): boolean;
}

/** Reads one line after another, and knows more with each. */
export interface Reader<T> {
  read(view: View): void;
  /** What it knows when all has been read. */
  known(): T;
}
