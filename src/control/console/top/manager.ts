/** What `top` asks of the manager: orders for many bots, and the sight of one. A refusal is an answer like any other. */
import type { OrderOutcome } from "../../../proto/operations/steering.ts";
import type { Swarm } from "../../../proto/operations.ts";
import { Refusal } from "../../../proto/refusal.ts";
import { isPattern } from "../../../proto/selection.ts";
import type { TopEvent, Wish } from "./state.ts";

/** Bots of one request: its answer comes soon, and an order that breaks off has been carried out in part at most. */
export const orderedAtOnceMax = 500;
/** Events of a bot's sheet. */
const eventsShown = 100;

type Order = Extract<Wish, { type: "order" }>;
type Told<T extends TopEvent["type"]> = Omit<Extract<TopEvent, { type: T }>, "at">;

export async function giveOrder(
  swarm: Pick<Swarm, "orderBots">,
  { action, bots, goal }: Order,
): Promise<Told<"answered"> | Told<"refused">> {
  // A bot may be called "all", and that word means every bot.
  const results: OrderOutcome[] = bots.filter(isPattern).map((bot_id) => ({
    bot_id,
    ok: false,
    detail: "This name means every bot: give it the order by itself",
  }));
  const named = bots.filter((bot) => !isPattern(bot));
  try {
    for (let from = 0; from < named.length; from += orderedAtOnceMax) {
      const some = named.slice(from, from + orderedAtOnceMax);
      const answer = await swarm.orderBots({ action, bots: some, ...(goal === undefined ? {} : { goal }) });
      results.push(...answer.results);
    }
    return { type: "answered", action, results };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (results.length === 0) return { type: "refused", action, reason: error.message };
    const told = new Set(results.map(({ bot_id }) => bot_id));
    const untold = named.filter((bot_id) => !told.has(bot_id));
    const missing = untold.map((bot_id) => ({ bot_id, ok: false, code: error.code, detail: error.message }));
    return { type: "answered", action, results: [...results, ...missing] };
  }
}

export async function lookAt(
  swarm: Pick<Swarm, "botScreen" | "swarmEvents">,
  bot: string,
): Promise<Told<"seen">> {
  const [screen, events] = await Promise.all([
    orWhyNot(swarm.botScreen({ bot_id: bot })),
    orWhyNot(swarm.swarmEvents({ bots: [bot], severity: "info", limit: eventsShown })),
  ]);
  return {
    type: "seen",
    bot,
    found: {
      ...("why" in screen ? { noScreen: screen.why } : { screen: screen.is, noScreen: undefined }),
      ...("why" in events ? { noEvents: events.why } : { events: events.is.events, noEvents: undefined }),
    },
  };
}

async function orWhyNot<T>(asked: Promise<T>): Promise<{ is: T } | { why: string }> {
  try {
    return { is: await asked };
  } catch (error) {
    if (error instanceof Refusal) return { why: error.message };
    throw error;
  }
}
