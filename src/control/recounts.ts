/** What bots chose last, and why: their workers know, and are asked when somebody wants to. */
import type { ManagerMessage } from "../proto/orders.ts";
import type { OperationOutput, Swarm } from "../proto/operations.ts";
import { printable } from "../proto/printable.ts";
import { Refusal } from "../proto/refusal.ts";
import type { RecountMessage } from "../swarm/messages.ts";
import { knownBot } from "../swarm/requests.ts";
import { hasEnded, type SwarmState } from "../swarm/swarm.ts";

/** A worker answers within this time, in milliseconds, or is not waited for. */
export const recountMaxMs = 1000;

export interface RecountsParts {
  readonly state: Readonly<SwarmState>;
  /** Tells a bot's worker, if it is there. */
  readonly tell: (bot: string, message: ManagerMessage) => void;
  /** Does it after so many milliseconds, unless the answer is called before. */
  readonly later: (ms: number, work: () => void) => () => void;
}

export interface Recounts {
  readonly answers: Pick<Swarm, "botDecisions">;
  /** A worker's word. */
  heard(bot: string, message: RecountMessage): void;
}

type Decisions = OperationOutput<"botDecisions">["decisions"];

/** One who asks and one who asks meanwhile get one answer. */
export function createRecounts({ state, tell, later }: RecountsParts): Recounts {
  const asked = new Map<string, PromiseWithResolvers<Decisions>>();

  function ask(bot: string): Promise<Decisions> {
    const known = asked.get(bot);
    if (known) return known.promise;
    const asking = Promise.withResolvers<Decisions>();
    asked.set(bot, asking);
    const forget = later(recountMaxMs, () =>
      asking.reject(nothingKnown(bot, "its worker did not tell it in time")),
    );
    void asking.promise
      .catch(() => {})
      .then(() => {
        forget();
        asked.delete(bot);
      });
    tell(bot, { type: "recount" });
    return asking.promise;
  }

  return {
    answers: {
      async botDecisions({ bot_id: bot }) {
        const known = knownBot(state, bot);
        if (hasEnded(known)) throw nothingKnown(bot, "it has ended");
        if (!known.linked) throw nothingKnown(bot, "its worker cannot be reached just now");
        return { bot_id: bot, decisions: await ask(bot) };
      },
    },
    heard(bot, { choices }) {
      const clean = choices.map((choice) => ({
        ...choice,
        intent: printable(choice.intent),
        why: printable(choice.why),
      }));
      asked.get(bot)?.resolve(clean.reverse());
    },
  };
}

const nothingKnown = (bot: string, why: string) =>
  new Refusal("unavailable", `Nothing is known of what bot "${bot}" chose: ${why}`);
