/** `bbsbot watch`: a line for each change of a bot's state, goal or order, as it happens. */
import type { LiveMessage } from "../../proto/events.ts";
import { foldLive, type LiveState } from "../../proto/live-fold.ts";
import { Refusal } from "../../proto/refusal.ts";
import { selects, strangers, type Selection } from "../../proto/selection.ts";
import { jsonLine, printable } from "../../proto/printable.ts";
import { endedStates, type BotState, type BotStatus } from "../../proto/status.ts";
import type { Doors } from "./doors.ts";
import { noSuchBots } from "./meant.ts";
import { stream } from "./outlet.ts";
import { stamp } from "./since.ts";
import type { Reached } from "./verb.ts";
import { botsOf } from "./views.ts";

export interface WatchAsked {
  readonly selection: Selection;
  /** It ends when every bot that is meant has ended. */
  readonly untilEnded: boolean;
  readonly json: boolean;
}

/** One thing about a bot that is another than before; `from` absent for a bot that is new, `to` for one that was taken off the list. */
interface Change {
  readonly bot_id: string;
  readonly field: "state" | "goal" | "order";
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export function showChanges(doors: Doors, { at, paint }: Reached, asked: WatchAsked): Promise<number> {
  const { console, tty } = doors;
  const isMeant = selects(asked.selection);
  const inked = ({ field }: Change, value: string) =>
    field === "state" ? paint.state(value, value as BotState) : printable(inWords(field, value));
  const shown = (change: Change) => {
    const now = tty.now();
    if (asked.json) return jsonLine({ at: now, ...change });
    const [from, to] = [change.from, change.to].map((value) =>
      value === undefined ? paint.dim("none") : inked(change, value),
    );
    return `${stamp(now)}  ${paint.dim(printable(change.bot_id))}  ${change.field}  ${from} → ${to}`;
  };
  return stream(doors, async (outlet) => {
    const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
    let known: LiveState | undefined;
    const told = (message: LiveMessage) => {
      const before = known;
      known = foldLive(before, message);
      if (!known) return;
      if (before) for (const change of changes(before, known, isMeant)) outlet.put(shown(change));
      else {
        const { bots } = known;
        const meant = [...bots.values()].filter(isMeant);
        const unknown = strangers(asked.selection, (id) => bots.has(id));
        if (unknown.length > 0) reject(noSuchBots(unknown));
        console.err(`Watching ${botsOf(meant.length)}; Ctrl-C ends it\n`);
      }
      const meant = [...known.bots.values()].filter(isMeant);
      if (asked.untilEnded && meant.every((bot) => endedStates.has(bot.state))) resolve();
    };
    let isGone = false;
    const line = await doors.live(at, {
      told,
      opened() {
        if (isGone) console.err("The manager is back\n");
        isGone = false;
      },
      closed(reason, final) {
        isGone = true;
        if (final) reject(new Refusal("manager_unreachable", reason));
        else console.err(`${printable(reason)}; waiting for it\n`);
      },
    });
    try {
      await Promise.race([ended, outlet.over]);
    } finally {
      line.close();
    }
  });
}

/** An order is told apart from the next one by its number, which says nothing to people. */
const inWords = (field: Change["field"], value: string) =>
  field === "order" ? value.replace(/^(\w+) \d+ (\w+)$/, "$1, $2") : value;

/** What is another than before, of the bots that are meant now or were. */
function* changes(
  before: LiveState,
  after: LiveState,
  isMeant: (bot: BotStatus) => boolean,
): Generator<Change> {
  for (const [bot_id, bot] of after.bots) {
    const old = before.bots.get(bot_id);
    if (old === bot || !(isMeant(bot) || (old && isMeant(old)))) continue;
    yield* differing(bot_id, old, bot);
  }
  for (const [bot_id, old] of before.bots)
    if (!after.bots.has(bot_id) && isMeant(old)) yield { bot_id, field: "state", from: old.state };
}

const fields = {
  state: (bot: BotStatus) => bot.state,
  goal: (bot: BotStatus) => bot.goal,
  order: (bot: BotStatus) => bot.order && `${bot.order.type} ${bot.order.id} ${bot.order.state}`,
} as const;

function* differing(bot_id: string, old: BotStatus | undefined, bot: BotStatus): Generator<Change> {
  for (const field of Object.keys(fields) as Change["field"][]) {
    const from = old && fields[field](old);
    const to = fields[field](bot);
    if (from !== to) yield { bot_id, field, from, to };
  }
}
