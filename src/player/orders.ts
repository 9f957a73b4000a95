/** What the manager wants of a life: its goal, that it stands still, or does but one thing, that it ends. */
import type { Order } from "../proto/orders.ts";
import type { Deeds } from "./deeds.ts";

export interface Orders {
  goal(): string;
  /** Takes an order; what the life has to do about it at once, if anything. `isUp`: there is a line to the host. */
  take(order: Order, isUp: boolean): "hold" | "resume" | "goOn" | "stop" | undefined;
  /** Standing still was asked for, and may have begun. */
  isPausing(): boolean;
  /** At home: whether it stands still here. The one thing that a step allows is allowed once. */
  isToStand(): boolean;
  isHeld(): boolean;
  /** It stands still from here on. */
  hold(): void;
  /** Somebody else has the keys: if it stood still it has to come to a safe prompt again for that, when it gets them back. */
  lent(): void;
  /** It goes on; true when it stood still. */
  release(): boolean;
  /** It is over: an order to end has been carried out. */
  ended(): void;
}

export function createOrders(deeds: Deeds, firstGoal: string): Orders {
  let goal = firstGoal;
  /** `free`: it may do one thing yet before it stands. */
  let holding: { readonly id: number | undefined; readonly free?: boolean } | "no" | "held" = "no";
  let stopId: number | undefined;
  const confirm = (orderId: number) => deeds.add({ type: "confirmed", orderId });

  return {
    goal: () => goal,
    take(order, isUp) {
      switch (order.type) {
        case "goal":
          goal = order.goal;
          confirm(order.id);
          return undefined;
        case "pause":
          if (holding === "held") {
            confirm(order.id);
            return undefined;
          }
          holding = { id: order.id };
          // Where nothing is going on there is nothing to wait for.
          return isUp ? undefined : "hold";
        case "step": {
          const stood = holding === "held";
          // Where there is no line, to get home again is the one thing.
          holding = { id: order.id, free: stood && isUp };
          if (stood) return "goOn";
          return isUp ? undefined : "hold";
        }
        case "resume":
          confirm(order.id);
          return "resume";
        case "stop":
          stopId = order.id;
          return "stop";
      }
    },
    isPausing: () => holding !== "no",
    isToStand() {
      if (typeof holding !== "object" || !holding.free) return holding !== "no";
      holding = { id: holding.id };
      return false;
    },
    isHeld: () => holding === "held",
    hold() {
      if (typeof holding === "object" && holding.id !== undefined) confirm(holding.id);
      if (holding !== "held") deeds.add({ type: "held" });
      holding = "held";
    },
    lent() {
      if (holding === "held") holding = { id: undefined };
    },
    release() {
      const wasHeld = holding === "held";
      holding = "no";
      return wasHeld;
    },
    ended() {
      if (stopId !== undefined) confirm(stopId);
    },
  };
}
