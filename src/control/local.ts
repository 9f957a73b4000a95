/** The swarm that this very process keeps: each operation of the table, carried out on the state and its recorder. */
import type { SwarmEvent } from "../proto/events.ts";
import type { OperationInput, OrderReceipt, Swarm } from "../proto/operations.ts";
import type { Recorder } from "../swarm/record.ts";
import {
  killBot,
  knownBot,
  orderBot,
  spawnBot,
  spawnSwarm,
  type Newcomer,
  type Wish,
} from "../swarm/requests.ts";
import type { SwarmState } from "../swarm/swarm.ts";
import { botStatus, swarmStatus } from "../swarm/totals.ts";

/** How long an answer waits for the bot's own word that an order has taken effect, in milliseconds. */
export const confirmWaitMs = 500;

export interface LocalSwarmParts {
  readonly state: Readonly<SwarmState>;
  readonly recorder: Recorder;
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Puts each newcomer's configuration where its worker will look; throws a Refusal when the disk takes nothing. */
  readonly prepare: (newcomers: readonly Newcomer[]) => void;
  readonly wait: (ms: number) => Promise<void>;
}

/** `told` must hear of every event: the answers to orders wait for `confirmed`. */
export function localSwarm(parts: LocalSwarmParts): { swarm: Swarm; told: (event: SwarmEvent) => void } {
  const { state, recorder, now } = parts;
  const confirmations = new Map<string, () => void>();

  const spawn = (newcomers: readonly Newcomer[]) => {
    parts.prepare(newcomers);
    recorder.request(newcomers.map(({ event }) => event));
  };
  const order = async ({ bot_id: id }: { bot_id: string }, wish: Wish): Promise<OrderReceipt> => {
    const event = orderBot(state, id, wish, now());
    const receipt = (delivery: OrderReceipt["order"]): OrderReceipt => ({
      bot_id: id,
      order: delivery,
      state: knownBot(state, id).state,
      ...(wish.type === "goal" && { goal: wish.goal }),
    });
    if (!event) return receipt("delivered");
    recorder.request([event]);
    if (knownBot(state, id).process !== "up" || event.type !== "ordered") return receipt("queued");
    const key = `${id} ${event.order.id}`;
    const confirmed = new Promise<true>((resolve) => confirmations.set(key, () => resolve(true)));
    const inTime = await Promise.race([confirmed, parts.wait(confirmWaitMs).then(() => false)]);
    confirmations.delete(key);
    return receipt(inTime ? "delivered" : "queued");
  };

  return {
    told(event) {
      if (event.type === "confirmed") confirmations.get(`${event.bot} ${event.order.id}`)?.();
    },
    swarm: {
      async spawnBot(input) {
        const newcomer = spawnBot(state, input, now());
        spawn([newcomer]);
        const id = newcomer.event.bot;
        return { bot_id: id, state: knownBot(state, id).state };
      },
      async spawnSwarm(input: OperationInput<"spawnSwarm">) {
        const newcomers = spawnSwarm(state, input, now());
        spawn(newcomers);
        return { bot_ids: newcomers.map(({ event }) => event.bot), count: newcomers.length };
      },
      swarmStatus: async () => swarmStatus(state, parts.version, now()),
      botStatus: async ({ bot_id }) => botStatus(state, bot_id, now()),
      pauseBot: (input) => order(input, { type: "pause" }),
      resumeBot: (input) => order(input, { type: "resume" }),
      setGoal: (input) => order(input, { type: "goal", goal: input.goal }),
      async killBot({ bot_id }) {
        recorder.request(killBot(state, bot_id, "killed by request", now()));
        return { killed: bot_id };
      },
    },
  };
}
