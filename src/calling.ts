/**
 * When the host is called: with the manager's leave where there is one, so that a swarm does not run a server over, else after the
 * life's own wait. A manager that has nothing to say any more does not keep a bot from playing.
 */
import type { WorkerMessage } from "./proto/link.ts";

/** Leave to call is awaited so long from a manager that says nothing at all, in milliseconds; doubled each time it said something, up to the last. */
export const permissionMaxMs = 15_000;
export const permissionLongestMs = 600_000;
/** How far a wait of the life's own may be off, so that bots that lost one host do not come back together. */
export const waitJitter = 0.2;

/** Of a link, what is needed here. */
export interface Asked {
  say(message: WorkerMessage): void;
  isUp(): boolean;
  heardMs(): number;
}

export interface CallingParts {
  readonly link: Asked | undefined;
  /** "host:port". */
  readonly server: string;
  /** Connects. */
  call(): void;
  readonly random: () => number;
  /** Milliseconds from anywhere, `link.heardMs` among them. */
  now(): number;
  /** Does the work after so many milliseconds, unless the answer is called before. */
  later(ms: number, work: () => void): () => void;
}

export interface Calling {
  /** A call is wanted after so many milliseconds: `firm`, and leave is asked for then, else at once. Replaces one that was wanted before. */
  want(afterMs: number, firm: boolean): void;
  /** The manager gives leave. */
  allowed(): void;
  /** What came of a call. */
  called(reached: boolean): void;
  /** No call is wanted any more. */
  stop(): void;
}

export function createCalling({ link, server, call, random, now, later }: CallingParts): Calling {
  let cancel = () => {};
  let asking = false;

  function after(ms: number, work: () => void): void {
    cancel();
    cancel = later(ms, work);
  }

  function go(): void {
    cancel();
    asking = false;
    call();
  }

  const alone = (waitMs: number) =>
    after(Math.round(waitMs * (1 - waitJitter + 2 * waitJitter * random())), go);

  function ask(ownWaitMs: number): void {
    if (!link?.isUp()) return alone(ownWaitMs);
    asking = true;
    link.say({ type: "dialling", server });
    waitForLeave(link, permissionMaxMs, ownWaitMs);
  }

  /** Others may be before us, for as long as it takes: a manager that is there acknowledges the note. */
  function waitForLeave(manager: Asked, patienceMs: number, ownWaitMs: number): void {
    after(patienceMs / 2, () => {
      const since = now();
      manager.say({ type: "note", severity: "info", text: `Waits for its turn to call ${server}` });
      after(patienceMs / 2, () => {
        if (manager.heardMs() > since)
          return waitForLeave(manager, Math.min(permissionLongestMs, 2 * patienceMs), ownWaitMs);
        asking = false;
        alone(Math.max(0, ownWaitMs - patienceMs));
      });
    });
  }

  return {
    want(afterMs, firm) {
      asking = false;
      if (firm) after(afterMs, () => ask(0));
      else ask(afterMs);
    },
    allowed() {
      if (asking) go();
    },
    called(reached) {
      link?.say({ type: "dialled", server, reached });
    },
    stop() {
      cancel();
      asking = false;
    },
  };
}
