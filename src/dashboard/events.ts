/**
 * What happens to the swarm, as /ws/events tells it, for whoever on the page wants to know: the toasts always, other parts while they are
 * looked at. A tab that nobody sees hangs up; what was missed meanwhile is for the one who listens to ask for.
 */
import { feedSocketPath, type FeedTold, type Severity } from "../proto/feed.ts";
import { dial, type LiveSocket } from "./socket.ts";

export interface EventEars {
  /** Nothing less grave is told. */
  readonly severity?: Severity;
  /** The line is there, for the first time or again: from now on nothing is missed. */
  opened?(): void;
  told(told: FeedTold): void;
  closed?(): void;
}

/** Listens until the answer is called. */
export function listenToEvents(ears: EventEars): () => void {
  const address =
    ears.severity === undefined ? feedSocketPath : `${feedSocketPath}?severity=${ears.severity}`;
  const listen = (): LiveSocket =>
    dial({
      address: () => address,
      opened: () => ears.opened?.(),
      told: (message) => ears.told(message as FeedTold),
      closed: () => ears.closed?.(),
    });
  let socket: LiveSocket | undefined = document.hidden ? undefined : listen();
  const look = () => {
    if (!document.hidden) return void (socket ??= listen());
    socket?.close();
    socket = undefined;
    ears.closed?.();
  };
  document.addEventListener("visibilitychange", look);
  return () => {
    document.removeEventListener("visibilitychange", look);
    socket?.close();
  };
}
