/** The verbs that show what goes on: events, watch, logs. */
import type { Command } from "commander";
import type { Doors } from "./doors.ts";

export function addStreamVerbs(_program: Command, _doors: Doors, _done: (status: number) => void): void {}
