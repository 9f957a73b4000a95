/** What bots are told to do, one or many: judged and kept together, and then waited for together. */
import type { LifecycleEvent, SwarmEvent } from "../proto/events.ts";
import type { OperationInput, Swarm } from "../proto/operations.ts";
import type { OrderOutcome, OrderReceipt } from "../proto/operations/steering.ts";
import { Refusal } from "../proto/refusal.ts";
import { strangers } from "../proto/selection.ts";
import { roomIn } from "../swarm/newcomers.ts";
import type { Recorder } from "../swarm/record.ts";
import { killBot, knownBot, orderBot, restartBot, youngestFirst, type Wish } from "../swarm/requests.ts";
import { hasProcess, type SwarmState } from "../swarm/swarm.ts";
import { botsMeant } from "./roster.ts";

/** How long an answer waits for the bots' own word that an order has taken effect, in milliseconds: for all of them together. */
export const confirmWaitMs = 500;

export interface OrdersParts {
  readonly state: Readonly<SwarmState>;
  readonly recorder: Recorder;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

type Answers = Pick<
  Swarm,
  "pauseBot" | "resumeBot" | "stepBot" | "setGoal" | "restartBot" | "killBot" | "killAll" | "orderBots"
>;
type Ordered = Extract<LifecycleEvent, { type: "ordered" }>;

/** `told` must hear of every event: the answers wait for `confirmed`. */
export function createOrders(parts: OrdersParts): {
  readonly answers: Answers;
  readonly told: (event: SwarmEvent) => void;
} {
  const { state, recorder, now } = parts;
  const awaited = new Map<string, () => void>();

  /** The bots that confirm these orders in time. Who has no line is not waited for. */
  async function obedient(orders: readonly Ordered[]): Promise<ReadonlySet<string>> {
    const heard = new Set<string>();
    const open = new Map(
      orders
        .filter(({ bot }) => state.bots.get(bot)?.linked)
        .map(({ bot, order }) => [`${bot} ${order.id}`, bot]),
    );
    if (open.size === 0) return heard;
    const all = new Promise<void>((resolve) => {
      for (const [key, bot] of open)
        awaited.set(key, () => {
          awaited.delete(key);
          heard.add(bot);
          if (heard.size === open.size) resolve();
        });
    });
    await Promise.race([all, parts.wait(confirmWaitMs)]);
    for (const key of open.keys()) awaited.delete(key);
    return heard;
  }

  async function order({ bot_id: id }: { bot_id: string }, wish: Wish): Promise<OrderReceipt> {
    const event = orderBot(state, id, wish, now());
    if (event) recorder.request([event]);
    const heard = event?.type === "ordered" ? await obedient([event]) : undefined;
    return {
      bot_id: id,
      order: !heard || heard.has(id) ? "delivered" : "queued",
      state: knownBot(state, id).state,
      ...(wish.type === "goal" && { goal: wish.goal }),
    };
  }

  const answers: Answers = {
    pauseBot: (input) => order(input, { type: "pause" }),
    resumeBot: (input) => order(input, { type: "resume" }),
    stepBot: (input) => order(input, { type: "step" }),
    setGoal: (input) => order(input, { type: "goal", goal: input.goal }),
    async restartBot({ bot_id }) {
      recorder.request(restartBot(state, bot_id, "restarted by request", now()));
      return begunBot(state, bot_id);
    },
    async killBot({ bot_id }) {
      recorder.request(killBot(state, bot_id, killReason, now()));
      return { killed: bot_id };
    },
    async killAll() {
      const killed = youngestFirst(state).reverse();
      recorder.request(killed.flatMap((id) => killBot(state, id, killReason, now())));
      return { killed, count: killed.length };
    },
    async orderBots(input) {
      const unknown = strangers(input, (id) => state.bots.has(id));
      const meant = botsMeant(state, input).map(({ id }) => id);
      const judged = judge(state, meant, input, now());
      recorder.request(judged.flatMap(({ events }) => events));
      const waited = input.action === "kill" ? [] : judged.flatMap(({ events }) => events.filter(isOrder));
      const heard = await obedient(waited);
      const late = new Set(waited.map(({ bot }) => bot).filter((bot) => !heard.has(bot)));
      const answered = input.action !== "kill" && input.action !== "restart";
      const results = [
        ...judged.map(({ id, events, refusal }): OrderOutcome => {
          const after = state.bots.get(id)?.state;
          const outcome = { bot_id: id, ok: !refusal, ...(after && { state: after }) };
          if (refusal) return { ...outcome, code: refusal.code, detail: refusal.message };
          if (input.action === "kill" && events.length === 0) return { ...outcome, detail: overAlready };
          return { ...outcome, ...(answered && { order: late.has(id) ? "queued" : "delivered" }) };
        }),
        ...unknown.map(noSuchBot),
      ];
      const failed = results.filter(({ ok }) => !ok).length;
      return { action: input.action, matched: meant.length, failed, results };
    },
  };
  return {
    answers,
    told(event) {
      if (event.type === "confirmed") awaited.get(`${event.bot} ${event.order.id}`)?.();
    },
  };
}

const killReason = "killed by request";
/** Nothing is wrong, and nothing was done. */
const overAlready = "It had ended, or been killed, already";
const isOrder = (event: LifecycleEvent): event is Ordered => event.type === "ordered";

/** A bot that begins again, as it stands now. */
export function begunBot(state: Readonly<SwarmState>, bot_id: string) {
  const bot = knownBot(state, bot_id);
  return { bot_id, state: bot.state, pid: hasProcess(bot) ? (bot.pid ?? null) : null };
}

interface Judged {
  readonly id: string;
  readonly events: readonly LifecycleEvent[];
  readonly refusal?: Refusal;
}

/** What follows for each of the bots, or why nothing does. One that is refused stands in nobody's way. */
function judge(
  state: Readonly<SwarmState>,
  ids: readonly string[],
  asked: OperationInput<"orderBots">,
  at: number,
): Judged[] {
  const room = roomIn(state);
  const eventsFor = (id: string): LifecycleEvent[] => {
    const { action, goal = "" } = asked;
    if (action === "kill") return killBot(state, id, killReason, at);
    if (action === "restart") return restartBot(state, id, "restarted by request", at, { room });
    const event = orderBot(state, id, action === "goal" ? { type: "goal", goal } : { type: action }, at);
    return event ? [event] : [];
  };
  return ids.map((id): Judged => {
    try {
      return { id, events: eventsFor(id) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { id, events: [], refusal: error };
    }
  });
}

function noSuchBot(bot_id: string): OrderOutcome {
  return { bot_id, ok: false, code: "not_found", detail: `There is no bot "${bot_id}"` };
}
