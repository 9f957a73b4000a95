/** What people want of a bot, for the worker that comes next: it knows nothing of what the former one was told. */
import type { Order } from "../proto/orders.ts";
import type { Bot } from "./swarm.ts";

/** All of it, oldest first: what holds still, confirmed or not, and what nobody has confirmed. */
export function wanted(bot: Readonly<Bot>): Order[] {
  const wishes = [bot.wishes.goal, bot.wishes.hold].filter((order) => order !== undefined);
  const unconfirmed = bot.orders.filter(({ id }) => wishes.every((wish) => wish.id !== id));
  return [...wishes, ...unconfirmed].sort((a, b) => a.id - b.id);
}

/** The last of it, which waits for that worker; undefined where nothing does, such as after a resume: a new worker plays unasked. */
export function lastWanted(bot: Readonly<Bot>): Bot["lastOrder"] {
  const last = wanted(bot).at(-1);
  return last && { id: last.id, type: last.type, state: "queued" };
}
