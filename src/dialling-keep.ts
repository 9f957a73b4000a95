/** The limiter of logins at work: who may dial a game server, told when it is his turn. */
import type { Later } from "./io/later.ts";
import type { ManagerMessage } from "./proto/orders.ts";
import type { DialMessage } from "./swarm/messages.ts";
import { createRamp } from "./swarm/ramp.ts";

export interface DiallingKeep {
  heard(bot: string, message: DialMessage): void;
  /** The bot is gone, or its line is. */
  forget(bot: string): void;
  stop(): void;
}

/** `perSecond` undefined: no limit, but for a server that cannot be reached. */
export function keepDialling(
  perSecond: number | undefined,
  tell: (bot: string, message: ManagerMessage) => void,
  now: () => number,
  later: Later,
): DiallingKeep {
  const ramp = createRamp(perSecond);
  let callOff: (() => void) | undefined;

  function tellWhoMay(): void {
    callOff?.();
    callOff = undefined;
    for (const bot of ramp.due(now())) tell(bot, { type: "dial" });
    const next = ramp.nextAt();
    if (next !== undefined) callOff = later(Math.max(1, next - now()), tellWhoMay);
  }

  return {
    heard(bot, message) {
      if (message.type === "dialling") ramp.ask(bot, message.server, now());
      else ramp.dialled(message.server, message.reached, now(), bot);
      tellWhoMay();
    },
    forget(bot) {
      ramp.forget(bot);
      tellWhoMay();
    },
    stop: () => callOff?.(),
  };
}
