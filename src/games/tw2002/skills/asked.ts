/**
 * What a port is going to ask, as far as that is sure, and the answers that may be typed before it has asked.
 *
 * Only two answers go out ahead. `0` and Enter decline whatever product it is; at the command prompt the 0 is dropped and the
 * Enter shows the sector (recording 17), at the port's menu it docks. Enter alone takes the whole of what is offered, which is
 * wanted where it is typed; a number instead could be cut short where less is to be had ("1" of "15"), and would be a course
 * at the command prompt. Where Enter takes what nobody wanted, because another has emptied the port meanwhile, the offer
 * that follows is turned down (trade.ts). Nothing goes ahead of an offer: what is right there, only the offer tells.
 */
import type { Ahead } from "../../../player/game.ts";
import type { Intent } from "../intents.ts";
import { dearestAt } from "../prices.ts";
import type { Prompt } from "../prompts.ts";
import { products, type Side } from "../rules/ports.ts";
import type { Port } from "../ports.ts";
import { sideAt, toSpend, type World } from "../world.ts";

type TradeIntent = Extract<Intent, { type: "trade" }>;

/** A question about a product: where it stands in the visit. What we carry is asked for first, then what we can buy (recordings 07 and 16). */
interface Question {
  readonly index: number;
  readonly side: Side;
}

const order: readonly Question[] = (["buying", "selling"] as const).flatMap((side) =>
  products.map((_, index) => ({ index, side })),
);

/** Answers to the questions of a visit that has just begun, or that follow the one about this product. */
export function answersAhead(
  world: Readonly<World>,
  intent: TradeIntent,
  after?: Pick<Extract<Prompt, { type: "quantity" }>, "product" | "side">,
): Ahead<Prompt["type"]>[] {
  const port = world.ports.get(world.sector);
  const answers: Ahead<Prompt["type"]>[] = [];
  if (!port) return answers;
  const from = after
    ? 1 + order.findIndex(({ index, side }) => products[index] === after.product && side === after.side)
    : 0;
  for (const question of order.slice(from)) {
    const answer = answerTo(world, port, intent, question);
    if (answer === "not asked") continue;
    if (answer !== "unsure") answers.push({ at: "quantity", keys: answer });
    if (answer !== "0\r") break;
  }
  return answers;
}

function answerTo(
  world: Readonly<World>,
  port: Port,
  intent: TradeIntent,
  { index, side }: Question,
): "not asked" | "unsure" | "0\r" | "\r" {
  const product = products[index]!;
  if (sideAt(port, product) !== side) return "not asked";
  const stock = port.good(index)?.trading ?? Number.POSITIVE_INFINITY;
  const room = side === "buying" ? world.cargo[index]! : world.empty;
  const most = Math.min(stock, room);
  if (most === 0) return "not asked";
  const wanted = (side === "buying" ? intent.sell : intent.buy)[index]!;
  // How much a port thinks that we can pay is its own reckoning, and what it does not think us good for it does not offer.
  const affordable = side === "buying" ? most : Math.floor(toSpend(world) / dearestAt(world, port, product));
  if (wanted === 0) return affordable > 0 ? "0\r" : "unsure";
  return wanted >= most && affordable >= most ? "\r" : "unsure";
}
