/** The verbs that reach into one bot's game: screen, send, attach; and those for the operator's own machine: export, doctor. */
import type { Command } from "commander";
import type { Doors } from "./doors.ts";

export function addHandVerbs(_program: Command, _doors: Doors, _done: (status: number) => void): void {}
