/** `bbsbot top`: the swarm as a live table. */
import type { Command } from "commander";
import type { Doors } from "../doors.ts";

export function addTop(_program: Command, _doors: Doors, _done: (status: number) => void): void {}
