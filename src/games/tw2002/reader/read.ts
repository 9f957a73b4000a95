/**
 * Finished lines to facts. Each display has its own file; this one asks them in turn and remembers which display we
 * are inside. It never throws and never looks at a line longer than the game can print.
 */
import type { Fact } from "../facts.ts";
import { createCommandReader } from "./command.ts";
import { createLobbyReader } from "./lobby.ts";
import { readMessage } from "./messages.ts";
import { readPerson } from "./person.ts";
import { createPortReader } from "./port.ts";
import { createSectorReader } from "./sector.ts";
import { readTrouble } from "./trouble.ts";
import { readWays } from "./ways.ts";

/** The game's longest lines fill a screen's row; a multiple of that leaves room for what lines.ts does not wrap. */
export const lineMaxChars = 1_000;

const none: readonly Fact[] = [];

/** What one display makes of a line; undefined: not mine. An empty list: mine, but it tells nothing. */
export type DisplayReader = (line: string) => readonly Fact[] | undefined;

/** A reader at the start of a connection. */
export function createReader(): (line: string) => readonly Fact[] {
  const displays: readonly DisplayReader[] = [
    // First, so that nothing others say is taken for the game's own words.
    readMessage,
    createCommandReader(),
    createSectorReader(),
    createPortReader(),
    readPerson,
    readWays,
    readTrouble,
    createLobbyReader(),
  ];
  return (line) => {
    if (line === "" || line.length > lineMaxChars) return none;
    for (const display of displays) {
      const facts = display(line);
      if (facts) return facts;
    }
    return none;
  };
}
