/** Bots in order: what each sort key looks at. */
import type { SortKey } from "../../../proto/operations/looking.ts";
import { endedStates, botStates, type BotStatus } from "../../../proto/status.ts";
import type { Sorting } from "../sort.ts";
import { judgedTurns, medianOf, rank } from "../../../swarm/struggling.ts";

const ids = new WeakMap<BotStatus, string>();

/** An id so that bot_2 comes before bot_10. */
function naturalId(bot: BotStatus): string {
  const known = ids.get(bot);
  if (known !== undefined) return known;
  const made = bot.bot_id.replaceAll(/\d+/g, (digits) => digits.padStart(12, "0"));
  ids.set(bot, made);
  return made;
}

type Value = number | string | readonly number[];
const values: Readonly<Partial<Record<SortKey, (bot: BotStatus) => Value>>> = {
  bot_id: naturalId,
  state: (bot) => botStates.indexOf(bot.state),
  trader: (bot) => bot.trader?.toLowerCase() ?? "",
};

/** Sorts in place; bots that are alike stand by their ids. Who struggles is told by what the whole `swarm` earns. */
export function sortBots(
  bots: BotStatus[],
  { by, falling }: Sorting,
  swarm: Iterable<BotStatus> = bots,
): BotStatus[] {
  const value: (bot: BotStatus) => Value =
    by === "struggling"
      ? needIn(swarm)
      : (values[by] ?? ((bot: BotStatus) => Number(bot[by as keyof BotStatus] ?? 0)));
  const keyed = bots.map((bot) => ({ bot, key: value(bot), id: naturalId(bot) }));
  const sign = falling ? -1 : 1;
  keyed.sort((one, other) => sign * order(one.key, other.key) || order(one.id, other.id));
  return keyed.map(({ bot }) => bot);
}

/** As the manager ranks them, but for crashes of late, which a status does not tell. */
function needIn(swarm: Iterable<BotStatus>): (bot: BotStatus) => readonly number[] {
  const earns = (bot: BotStatus) =>
    !endedStates.has(bot.state) && bot.turns_executed >= judgedTurns ? bot.credits_per_turn : undefined;
  const median = medianOf(Array.from(swarm, earns));
  return (bot) =>
    rank(
      {
        state: bot.state,
        cutOff: bot.pid !== undefined && !bot.linked && !endedStates.has(bot.state),
        earns: earns(bot),
        recentCrashes: 0,
        troubles: bot.troubles ?? 0,
        restarts: bot.restarts,
      },
      median,
    );
}

/** Values of one kind; figures one after the other, the first that differs decides. */
function order(one: Value, other: Value): number {
  if (typeof one === "object" && typeof other === "object") {
    const at = one.findIndex((figure, index) => figure !== other[index]);
    return at < 0 ? 0 : one[at]! - other[at]!;
  }
  return one < other ? -1 : one > other ? 1 : 0;
}
