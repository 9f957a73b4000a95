/**
 * Finished lines to facts. Each display has its own file; this one asks them in turn and remembers which display we
 * are inside. It never throws and never looks at a line longer than the game can print.
 */
import type { Reader } from "../../../player/game.ts";
import type { Fact } from "../facts.ts";
import { createCimReader } from "./cim.ts";
import { createCommandReader } from "./command.ts";
import { createLobbyReader } from "./lobby.ts";
import { readMessage } from "./messages.ts";
import { createOthers } from "./others.ts";
import { createPersonReader } from "./person.ts";
import { createPortReader } from "./port.ts";
import { createSectorReader } from "./sector.ts";
import { createShopReader } from "./shops.ts";
import { readStatus } from "./status.ts";
import { readTrouble } from "./trouble.ts";
import { readWays } from "./ways.ts";

/** The game's longest lines fill a screen's row; a multiple of that leaves room for what lines.ts does not wrap. */
export const lineMaxChars = 1_000;

const none: readonly Fact[] = [];

/**
 * What one display makes of a line, given the last one that was not empty; undefined: not mine. An empty list: mine, but it tells
 * nothing.
 */
export type DisplayReader = (line: string, above: string) => readonly Fact[] | undefined;

export interface LineReader {
  /** The facts of a line; an empty list or none at all where it tells nothing. */
  read(line: string): readonly Fact[] | undefined;
  /** Where the last line stood, if it was the words of others. */
  hearing(): string | undefined;
  /** Whether the next line may be the words of others. */
  hearsay(): boolean;
}

/** The one reader of lines, at the start of a connection. */
export function createLineReader(): LineReader {
  const others = createOthers();
  const displays: readonly DisplayReader[] = [
    // First, so that nothing others say is taken for the game's own words.
    readMessage,
    // Before the command prompt's own: at it, they are over.
    createShopReader(),
    createCimReader(),
    createCommandReader(),
    createSectorReader(),
    createPortReader(),
    createPersonReader(),
    readStatus,
    readWays,
    readTrouble,
    createLobbyReader(),
  ];
  let above = "";
  let heard: string | undefined;

  function read(line: string): readonly Fact[] | undefined {
    for (const display of displays) {
      const facts = display(line, above);
      if (facts) return facts;
    }
    return undefined;
  }

  return {
    read(line) {
      heard = undefined;
      if (line === "") return none;
      if (line.length > lineMaxChars) return undefined;
      heard = others.hear(line, above);
      const facts = heard === undefined ? read(line) : none;
      above = line;
      return facts;
    },
    hearing: () => heard,
    hearsay: () => others.goesOn(above),
  };
}

/** What a bot reads with: the facts of each line. */
export function createReader(): Reader<Fact> {
  const { read, hearsay } = createLineReader();
  return { read: (line) => read(line) ?? none, hearsay };
}
