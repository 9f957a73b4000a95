/**
 * The swarm as the manager tells it on /ws/swarm, folded by the same code as everywhere. What comes between two frames is one change of
 * the page; a tab that nobody sees hears nothing, and catches up when it is looked at.
 */
import { computed, signal } from "@preact/signals";
import type { LiveMessage } from "../proto/events.ts";
import { foldLive, type LiveState } from "../proto/live-fold.ts";
import type { BotStatus } from "../proto/status.ts";
import { dial, type LiveSocket } from "./socket.ts";

/** A tab that has been out of sight for so long hangs up, in milliseconds. */
const hiddenMs = 10_000;

export interface Line {
  readonly state: "dialling" | "open" | "lost";
  /** When that began, in milliseconds since 1970. */
  readonly since: number;
}

/** What is known of the swarm; undefined before the first word. It stands as it was when the line is lost. */
export const swarm = signal<LiveState | undefined>(undefined);
export const line = signal<Line>({ state: "dialling", since: Date.now() });
/** What is shown may be old. */
export const isStale = computed(() => line.value.state !== "open");

/** One bot, as far as known. */
export const botOf = (id: string): BotStatus | undefined => swarm.value?.bots.get(id);

let folded: LiveState | undefined;
let frame: number | undefined;

function take(message: LiveMessage): void {
  folded = foldLive(folded, message);
  frame ??= requestAnimationFrame(() => {
    frame = undefined;
    swarm.value = folded;
  });
}

const turn = (state: Line["state"]) => {
  if (line.value.state !== state) line.value = { state, since: Date.now() };
};

function listen(): LiveSocket {
  return dial({
    address: () => `/ws/swarm?changes${folded === undefined ? "" : `&since=${folded.rev}`}`,
    // The first word follows at once, and only then is what is shown true again.
    told(message) {
      take(message as LiveMessage);
      turn("open");
    },
    closed: () => turn("lost"),
  });
}

/** Listens from now on. */
export function startListening(): void {
  let socket: LiveSocket | undefined = listen();
  let timer: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden) return void (socket ??= listen());
    timer = setTimeout(() => {
      socket?.close();
      socket = undefined;
      turn("dialling");
    }, hiddenMs);
  });
}
