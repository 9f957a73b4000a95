/** A viewer of a bot's terminal behind a WebSocket: what it says is checked here, and it is sent away when that is nonsense or too much. */
import { keysMax } from "../../proto/terminal.ts";
import { TerminalAsked, type TerminalTold } from "../../proto/terminal-view.ts";
import type { Terminals } from "../terminals.ts";
import type { Seat } from "./seat.ts";

/** Words of one viewer in a second, pings among them: a held key repeats some thirty times. */
export const wordsPerSecondMax = 100;
/** Bytes of one word: so many keys, each written as JSON writes what it must escape. */
export const wordMaxBytes = 6 * keysMax + 100;

/** A viewer's WebSocket, as far as it is used here. */
export interface ViewerSocket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

export interface ViewerEars {
  heard(text: string): void;
  pinged(): void;
  closed(): void;
}

/**
 * Seats the viewer behind a socket before this bot's terminal. `mayNotType`: why it only looks. `now` in milliseconds that never go
 * back. Throws as `watch` does.
 */
export function seated(
  terminals: Pick<Terminals, "watch">,
  { bot, mayNotType }: { bot: string; mayNotType: string | undefined },
  socket: ViewerSocket,
  now: () => number,
): ViewerEars {
  const tell = (message: TerminalTold) => socket.send(JSON.stringify(message));
  const seat = terminals.watch(bot, {
    told: tell,
    gone: () => socket.close(1000, "The bot is off the list"),
  });
  let said = { words: 0, since: now() };
  let isOver = false;

  function sendAway(why: string): void {
    isOver = true;
    // Not after the socket's own end, which may be long in coming from one that does not read.
    seat.leave();
    socket.close(1008, why);
  }

  function isTooMuch(): boolean {
    if (now() - said.since >= 1000) said = { words: 0, since: now() };
    return ++said.words > wordsPerSecondMax;
  }

  return {
    heard(text) {
      if (isOver) return;
      if (isTooMuch()) return sendAway(`More than ${wordsPerSecondMax} words in a second`);
      const asked = text.length <= wordMaxBytes ? askedIn(text) : undefined;
      if (!asked) return sendAway("That is no word of a terminal's viewer");
      if (mayNotType === undefined) return carryOut(seat, asked);
      if (asked.type !== "beat") tell({ type: "given", reason: mayNotType });
    },
    pinged() {
      if (!isOver && isTooMuch()) sendAway(`More than ${wordsPerSecondMax} words in a second`);
    },
    closed() {
      isOver = true;
      seat.leave();
    },
  };
}

function carryOut(seat: Seat, asked: TerminalAsked): void {
  switch (asked.type) {
    case "take":
      return seat.take();
    case "type":
      return seat.type(asked.keys);
    case "beat":
      return seat.beat();
    case "give":
      return seat.give();
    default:
      asked satisfies never;
  }
}

/** The word that a text holds; undefined for what is none. */
function askedIn(text: string): TerminalAsked | undefined {
  try {
    return TerminalAsked.safeParse(JSON.parse(text)).data;
  } catch {
    // Theirs to have sent it.
    return undefined;
  }
}
