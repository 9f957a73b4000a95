/**
 * A life's questions on their way to a model, and the answers on their way back: through the manager where there is one, else through an advisor in this
 * very process. Whoever cannot be asked now is not waited for: the life hears so at once.
 */
import type { LifeEffect, LifeEvent } from "./player/happenings.ts";
import type { Asked } from "./proto/advice.ts";
import type { WorkerMessage } from "./proto/link.ts";
import type { ManagerMessage } from "./proto/orders.ts";

type Ask = Extract<LifeEffect, { type: "ask" }>;
type Weighed = Extract<LifeEffect, { type: "weighed" }>;
export type Answered = Extract<LifeEvent, { type: "advised" | "unadvised" }>;

/** Who asks the model for a bot that plays alone. Answers come back in their own time, through `answered`. */
export interface OwnAdvisor {
  ask(asked: Asked): void;
  weighed(bot: string, id: number, at: number, outcome: Weighed["outcome"]): void;
  end(): void;
}

export interface AdvisedParts {
  readonly botId: string;
  readonly link: { say(message: WorkerMessage): void; isUp(): boolean } | undefined;
  /** Asked where there is no link; none where no model is set up. */
  readonly own: OwnAdvisor | undefined;
  answered(event: Answered): void;
}

export interface Advised {
  ask(effect: Ask): void;
  weighed(effect: Weighed): void;
  /** The manager has answered. */
  hears(message: Extract<ManagerMessage, { type: "advice" | "unadvised" }>): void;
  /** The line to the manager broke: what was asked on it is answered by nobody. */
  unlinked(): void;
  end(): void;
}

/** Nothing asked yet. */
export function createAdvised({ botId, link, own, answered }: AdvisedParts): Advised {
  let open: number | undefined;

  function without(id: number, reason: "unreachable" | "off"): void {
    open = undefined;
    answered({ type: "unadvised", id, reason });
  }

  return {
    ask({ id, at, picture }) {
      open = id;
      if (link?.isUp()) link.say({ type: "ask", id, at, picture });
      else if (link) without(id, "unreachable");
      else if (own) own.ask({ bot: botId, id, at, picture });
      else without(id, "off");
    },
    weighed({ id, at, outcome }) {
      if (open === id) open = undefined;
      link?.say({ type: "weighed", id, at, outcome });
      own?.weighed(botId, id, at, outcome);
    },
    hears(message) {
      if (open === message.id) open = undefined;
      answered(eventOf(message));
    },
    unlinked() {
      if (open !== undefined) without(open, "unreachable");
    },
    end: () => own?.end(),
  };
}

/** What a manager tells, as a life hears it. */
function eventOf(message: Extract<ManagerMessage, { type: "advice" | "unadvised" }>): Answered {
  if (message.type === "advice") return { type: "advised", id: message.id, plan: message.plan };
  const { id, reason, for_ms } = message;
  return { type: "unadvised", id, reason, ...(for_ms !== undefined && { forMs: for_ms }) };
}
