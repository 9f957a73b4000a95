/** What is asked of a bot's terminal in passing: how its screen stands, and to type some keys and see what comes of them. */
import { sendWaitMaxMs } from "../../proto/operations/steering.ts";
import { Refusal } from "../../proto/refusal.ts";
import { leaseBeatMs } from "../../proto/terminal.ts";
import type { ScreenShot, TerminalTold } from "../../proto/terminal-view.ts";
import { knownBot } from "../../swarm/requests.ts";
import { hasEnded, type SwarmState } from "../../swarm/swarm.ts";
import type { TerminalAnswers, Terminals } from "../terminals.ts";
import type { Seat } from "./seat.ts";

/** A worker shows its screen within this time, in milliseconds, or is not waited for. */
export const firstShownMaxMs = 1000;

export interface AnswersParts {
  readonly state: Readonly<SwarmState>;
  readonly terminals: Pick<Terminals, "watch" | "sight">;
  /** Milliseconds that never go back. */
  readonly now: () => number;
  /** Does it after so many milliseconds, unless the answer is called before. */
  readonly later: (ms: number, work: () => void) => () => void;
}

/** Each watches the bot for a moment, as any viewer does. */
export function terminalAnswers({ state, terminals, now, later }: AnswersParts): TerminalAnswers {
  /** A seat, and what is heard there one by one. */
  function sit(bot: string): { seat: Seat; next(ms: number): Promise<TerminalTold | undefined> } {
    const heard: TerminalTold[] = [];
    let wake = () => {};
    const seat = terminals.watch(bot, {
      told(message) {
        heard.push(message);
        wake();
      },
      gone: () => wake(),
    });
    return {
      seat,
      async next(ms) {
        if (heard.length === 0 && ms > 0)
          await new Promise<void>((resolve) => {
            const forget = later(ms, resolve);
            wake = () => {
              forget();
              resolve();
            };
          });
        return heard.shift();
      },
    };
  }

  function shotOf(bot: string): { bot_id: string } & ScreenShot {
    const { shot } = terminals.sight(bot);
    if (shot) return { bot_id: bot, ...shot };
    const known = knownBot(state, bot);
    const why = hasEnded(known)
      ? "it has ended, and its worker left nothing behind"
      : known.linked
        ? "its worker did not show it in time"
        : "its worker cannot be reached just now";
    throw new Refusal("unavailable", `Nothing is known of the screen of bot "${bot}": ${why}`);
  }

  return {
    async botScreen({ bot_id: bot }) {
      const known = knownBot(state, bot);
      if (terminals.sight(bot).whole || hasEnded(known) || !known.linked) return shotOf(bot);
      const { seat, next } = sit(bot);
      try {
        const end = now() + firstShownMaxMs;
        while (!terminals.sight(bot).whole && now() < end) await next(end - now());
        return shotOf(bot);
      } finally {
        seat.leave();
      }
    },
    async sendKeys({ bot_id: bot, keys, quiet_ms }) {
      refuseUnlessFree(state, terminals, bot);
      const { seat, next } = sit(bot);
      let stopBeating = () => {};
      const beat = () => {
        seat.beat();
        stopBeating = later(leaseBeatMs, beat);
      };
      try {
        seat.take();
        beat();
        for (;;) {
          const told = await next(leaseBeatMs);
          if (told?.type === "taken") break;
          if (told?.type === "given")
            throw new Refusal("unavailable", `Cannot type for bot "${bot}": ${told.reason}`);
        }
        seat.type(keys);
        const end = now() + sendWaitMaxMs;
        let quietAt = now() + quiet_ms;
        while (now() < Math.min(end, quietAt)) {
          const told = await next(Math.min(end, quietAt) - now());
          if (told?.type === "shown") quietAt = now() + quiet_ms;
          if (told?.type === "given")
            throw new Refusal(
              "unavailable",
              `Bot "${bot}" lost its keys while it was typed for: ${told.reason}`,
            );
        }
        return shotOf(bot);
      } finally {
        stopBeating();
        seat.leave();
      }
    },
  };
}

function refuseUnlessFree(
  state: Readonly<SwarmState>,
  terminals: Pick<Terminals, "sight">,
  bot: string,
): void {
  const known = knownBot(state, bot);
  const cannot = `Cannot type for bot "${bot}"`;
  if (hasEnded(known)) throw new Refusal("conflict", `${cannot}: it has ended (${known.state})`);
  if (terminals.sight(bot).taken) throw new Refusal("conflict", `${cannot}: somebody else has its keys`);
  if (!known.linked) throw new Refusal("unavailable", `${cannot}: its worker cannot be reached just now`);
}
