/** `top --once`: one look at the swarm, for pipes and programs. */
import { selects, strangers, type Selection } from "../../../proto/selection.ts";
import type { Doors } from "../doors.ts";
import { noSuchBots } from "../meant.ts";
import type { Reached } from "../verb.ts";
import { rendered } from "../cells.ts";
import type { TopOptions } from "./run.ts";
import { topState } from "./state.ts";
import { step } from "./step.ts";
import { wholeView } from "./view.ts";

/** Prints the figures and every bot that is meant. Throws Refusal "not_found" for an id that names none. */
export async function showOnce(
  { console, tty }: Doors,
  { swarm, print }: Reached,
  selection: Selection | undefined,
  options: Omit<TopOptions, "wanted">,
): Promise<void> {
  const status = await swarm.swarmStatus({});
  const ids = new Set(status.bots.map(({ bot_id }) => bot_id));
  const unknown = strangers(selection ?? {}, (id) => ids.has(id));
  if (unknown.length > 0) throw noSuchBots(unknown);
  const at = tty.monotonic();
  const size = { columns: console.columns, rows: status.bots.length };
  const before = topState({ ...options, wanted: selects(selection ?? {}), size, at });
  const { state } = step(before, { type: "told", at, message: { type: "snapshot", rev: 0, status } });
  const { bots: _all, ...totals } = status;
  print({ ...totals, bots: state.order }, () =>
    wholeView(state)
      .map((row) => `${rendered(row, console.columns, options.colour).trimEnd()}\n`)
      .join(""),
  );
}
