/** What an event makes of the state of `top`, and what is to be done outside. */
import type { z } from "zod";
import type { BotChange, LiveMessage } from "../../../proto/events.ts";
import { foldLive, type LiveState } from "../../../proto/live-fold.ts";
import type { OrderAction, OrderOutcome } from "../../../proto/operations/steering.ts";
import { BotStatus } from "../../../proto/status.ts";
import { arranged, movedTo } from "./arrange.ts";
import { pasted, pressed } from "./press.ts";
import type { Outcome, Step, Top, TopEvent } from "./state.ts";

/** Turns are counted over so long, in milliseconds, by moments at least so far apart. */
export const rateOverMs = 60_000;
const rateEveryMs = 1_000;

/** The one door: no event changes the state but through here. */
export function step(before: Top, event: TopEvent): Step {
  const state = { ...before, at: event.at };
  switch (event.type) {
    case "told":
      return { state: told(state, event.message) };
    case "opened":
      return { state: { ...state, line: { up: true } } };
    case "closed":
      return { state: closed(state, event.reason, event.final) };
    case "pressed":
      return pressed(state, event.key);
    case "pasted":
      return { state: pasted(state, event.text) };
    case "resized": {
      const sized = { ...state, size: event.size };
      return {
        state: movedTo(sized, sized.place.row, sized.place.bot !== undefined),
        wish: { type: "redraw" },
      };
    }
    case "ticked":
      return { state };
    case "answered":
      return {
        state: {
          ...state,
          isBusy: false,
          outcome: outcomeOf(event.action, event.results),
          outcomes: event.results,
        },
      };
    case "refused": {
      const text = `Cannot ${verbs[event.action].asked}: ${event.reason}`;
      return { state: { ...state, isBusy: false, outcome: { text, how: "bad" } } };
    }
    case "seen": {
      const { panel } = state;
      if (panel.type !== "sheet" || panel.bot !== event.bot) return { state };
      return { state: { ...state, panel: { ...panel, ...event.found } } };
    }
    default:
      event satisfies never;
      return { state };
  }
}

/** A change's fields have no schema on the wire (see BotChange): whether they make a bot is seen here. */
function isSound(change: BotChange, before: BotStatus | undefined, after: BotStatus | undefined): boolean {
  if (!before) return BotStatus.safeParse(after).success;
  return Object.entries(change).every(([field, value]) => {
    const schema = fields[field];
    return !schema || schema.safeParse(value ?? undefined).success;
  });
}
const fields: Readonly<Record<string, z.ZodType>> = BotStatus.shape;
const unreadable = "The manager told what this bbsbot cannot read; are both of the same version?";

function told(state: Top, message: LiveMessage): Top {
  const now = foldLive(state.told, message);
  if (!now) return state;
  const isRead =
    message.type === "snapshot" ||
    message.bots.every((change) =>
      isSound(change, state.told?.bots.get(change.bot_id), now.bots.get(change.bot_id)),
    );
  return isRead ? knowing(state, now) : { ...state, outcome: { text: unreadable, how: "bad" } };
}

function knowing(state: Top, now: LiveState): Top {
  const last = state.turnsAt.at(-1);
  const turns = now.totals.total_turns;
  const recent = state.turnsAt.filter(({ at }) => state.at - at <= rateOverMs);
  // Fewer than before: bots were taken off the list, and what was counted with them counts no more.
  const turnsAt =
    last && turns < last.turns
      ? [{ at: state.at, turns }]
      : last && state.at - last.at < rateEveryMs
        ? recent
        : [...recent, { at: state.at, turns }];
  const known = { ...state, line: { up: true } as const, told: now, turnsAt };
  return state.frozen ? known : arranged({ ...known, shown: now });
}

function closed(state: Top, reason: string, final: boolean): Top {
  const since = state.line.up ? state.at : state.line.since;
  return { ...state, line: { up: false, since, reason, final } };
}

const verbs: Readonly<Record<OrderAction, { asked: string; done: string }>> = {
  pause: { asked: "pause", done: "paused" },
  resume: { asked: "resume", done: "resumed" },
  restart: { asked: "restart", done: "restarted" },
  kill: { asked: "kill", done: "killed" },
  goal: { asked: "set the goal", done: "given the goal" },
};

/** "3 paused, 1 refused: bot_007: ..." An order that is kept until the bot can take it is told apart. */
function outcomeOf(action: OrderAction, results: readonly OrderOutcome[]): Outcome {
  const done = results.filter(({ ok, order }) => ok && order !== "queued").length;
  const queued = results.filter(({ ok, order }) => ok && order === "queued").length;
  const refused = results.filter(({ ok }) => !ok);
  const parts = [
    ...(done > 0 ? [`${done} ${verbs[action].done}`] : []),
    ...(queued > 0 ? [`${queued} to be ${verbs[action].done} as soon as possible`] : []),
    ...(refused.length > 0 ? [`${refused.length} refused`] : []),
  ];
  const [first] = refused;
  const why = first ? `: ${first.bot_id}: ${first.detail ?? first.code ?? "no reason given"}` : "";
  const more = refused.length > 1 ? " (o shows all)" : "";
  return {
    text: `${parts.join(", ") || "No bot was meant"}${more}${why}`,
    how: refused.length > 0 ? "bad" : "good",
  };
}
