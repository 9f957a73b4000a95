/** `bbsbot mcp`: the swarm as tools for an AI assistant, over stdio. */
import type { Command } from "commander";
import type { Doors } from "./doors.ts";

export function addMcp(_program: Command, _doors: Doors, _done: (status: number) => void): void {}
