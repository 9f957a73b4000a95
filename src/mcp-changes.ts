/** What changes in a far swarm, for as long as somebody wants to know: a line to its manager, dialled until it answers. */
import type { ManagerAt, Viewing } from "./control/console/doors.ts";
import type { Change, Changes } from "./control/mcp/updates.ts";
import type { Later } from "./io/later.ts";
import type { LiveMessage } from "./proto/events.ts";
import { viewLive } from "./viewing.ts";

/** A manager that is not there is looked for so often, in milliseconds. */
const lookAgainMs = 3000;

export function followLive(at: ManagerAt, later: Later, view = viewLive): Changes {
  const listeners = new Set<(change: Change) => void>();
  const tell = (change: Change) => listeners.forEach((listener) => listener(change));
  let stop: (() => void) | undefined;
  return (listener) => {
    listeners.add(listener);
    stop ??= follow(at, later, view, tell);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      stop?.();
      stop = undefined;
    };
  };
}

function follow(
  at: ManagerAt,
  later: Later,
  view: typeof viewLive,
  tell: (change: Change) => void,
): () => void {
  let isOver = false;
  let viewing: Viewing | undefined;
  let waiting: (() => void) | undefined;
  /** Nobody knows what changed while there was no line. */
  let missed = false;
  const told = (message: LiveMessage) => {
    for (const bot of missed ? everyBot(message) : changedBots(message)) tell({ bot });
    tell({});
    missed = false;
  };
  const again = () => {
    missed = true;
    if (!isOver) waiting = later(lookAgainMs, dial);
  };
  const dial = () => {
    view(at, {
      told,
      closed(_, final) {
        missed = true;
        if (final) again();
      },
    }).then((line) => {
      viewing = line;
      if (isOver) line.close();
    }, again);
  };
  dial();
  return () => {
    isOver = true;
    waiting?.();
    viewing?.close();
  };
}

const changedBots = (message: LiveMessage): readonly string[] =>
  message.type === "snapshot" ? [] : [...message.bots.map(({ bot_id }) => bot_id), ...message.gone];

const everyBot = (message: LiveMessage): readonly string[] =>
  message.type === "snapshot" ? message.status.bots.map(({ bot_id }) => bot_id) : changedBots(message);
