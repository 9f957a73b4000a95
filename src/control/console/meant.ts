/** Which bots a selection means just now, and leave from a person before something is done to many of them. */
import type { Swarm } from "../../proto/operations.ts";
import { Refusal } from "../../proto/refusal.ts";
import { isPattern, selects, strangers, type Selection } from "../../proto/selection.ts";
import type { BotStatus, SwarmStatus } from "../../proto/status.ts";
import type { Doors } from "./doors.ts";
import { botsOf } from "./views.ts";
import { isOver } from "./wishes.ts";

export interface Meant {
  readonly bots: readonly BotStatus[];
  /** Ids that name no bot. */
  readonly strange: readonly string[];
}

/** The bots of a selection, in the swarm's order. */
export function meantOf(status: SwarmStatus, selection: Selection): Meant {
  const known = new Set(status.bots.map(({ bot_id }) => bot_id));
  return {
    bots: status.bots.filter(selects(selection)),
    strange: strangers(selection, (id) => known.has(id)),
  };
}

/** Strangers that one message names. */
const namedMax = 5;

/** Throws Refusal "not_found" where ids name no bot. */
export function refuseStrangers({ strange }: Pick<Meant, "strange">): void {
  if (strange.length > 0) throw noSuchBots(strange);
}

/** Ids that name no bot, all in one message. */
export function noSuchBots(ids: readonly string[]): Refusal {
  const named = ids.slice(0, namedMax).map((id) => `"${id}"`);
  const more = ids.length > namedMax ? ` and ${ids.length - namedMax} more` : "";
  return new Refusal("not_found", `There is no bot ${named.join(", ")}${more}`);
}

/** Whether a selection can mean more than the one bot that it names. */
export const isWide = ({ bots, states, labels }: Selection): boolean =>
  bots === undefined ||
  bots.length > 1 ||
  bots.some(isPattern) ||
  states !== undefined ||
  labels !== undefined;

export interface LeaveFlags {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Asks a person, who may say no; `question` is such as "Kill 111 bots". Where nobody is at the keyboard only --yes is leave: throws
 * Refusal "bad_input" without it.
 */
export async function hasLeave(doors: Doors, { yes }: LeaveFlags, question: string): Promise<boolean> {
  if (yes) return true;
  if (!doors.tty.hasKeyboard)
    throw new Refusal("bad_input", `${question}? Nobody can be asked here: add --yes to go ahead`);
  const answer = await doors.tty.ask(`${question}? [y/N] `);
  if (/^\s*y(es)?\s*$/i.test(answer ?? "")) return true;
  doors.console.err("Nothing was done\n");
  return false;
}

/** The selection to be ordered, once there is leave for it; undefined where a person said no. */
export async function leaveFor(
  doors: Doors,
  swarm: Swarm,
  selection: Selection,
  flags: LeaveFlags,
  verb: "Kill" | "Restart",
): Promise<Selection | undefined> {
  if (flags.yes || !isWide(selection)) return selection;
  const { bots, strange } = meantOf(await swarm.swarmStatus({}), selection);
  // What was asked about is what is done: bots that came meanwhile are not meant.
  const exactly = { bots: [...bots.map(({ bot_id }) => bot_id), ...strange] };
  const hit = verb === "Kill" ? bots.filter((bot) => !isOver(bot)) : bots;
  if (hit.length === 0) return exactly;
  return (await hasLeave(doors, flags, `${verb} ${botsOf(hit.length)}`)) ? exactly : undefined;
}
