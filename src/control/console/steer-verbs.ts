/** The verbs that give orders: to one bot, or to all that a selection means, each outcome told. */
import type { Command } from "commander";
import type { OperationOutput } from "../../proto/operations.ts";
import type { OrderAction, OrderOutcome } from "../../proto/operations/steering.ts";
import { Refusal, refusalCodes } from "../../proto/refusal.ts";
import type { Selection } from "../../proto/selection.ts";
import { printable } from "../../proto/printable.ts";
import type { Doors } from "./doors.ts";
import { exits } from "./exits.ts";
import type { LeaveFlags } from "./meant.ts";
import { checked, managerVerb, reach, selectionFrom, withSelectors } from "./verb.ts";
import type { Common, Reached, SelectorFlags } from "./verb.ts";

type Done = (status: number) => void;
type Flags = Common & SelectorFlags & LeaveFlags;

/** Outcomes that are told one by one; beyond it they are counted, and the failed ones told. */
export const toldEachMax = 20;

interface Steering {
  readonly action: OrderAction;
  readonly verb: string;
  readonly summary: string;
  readonly done: string;
  readonly examples: readonly string[];
  /** What it ends cannot be had back. */
  readonly dangerous?: true;
}

const steerings: readonly Steering[] = [
  {
    action: "pause",
    verb: "pause",
    summary: "hold bots at their next safe prompt",
    done: "paused",
    examples: ["bbsbot pause bot_042", "bbsbot pause 'bot_0*' --label team=red"],
  },
  {
    action: "resume",
    verb: "resume",
    summary: "let paused bots go on",
    done: "resumed",
    examples: ["bbsbot resume bot_042", "bbsbot resume --state PAUSED"],
  },
  {
    action: "restart",
    verb: "restart",
    summary: "start bots' workers anew: they log off first; those that have ended begin again",
    done: "restarted",
    examples: ["bbsbot restart bot_042", "bbsbot restart --state FAILED,ERROR --yes"],
    dangerous: true,
  },
  {
    action: "kill",
    verb: "kill",
    summary: "stop bots for good: they log off, their processes end",
    done: "killed",
    examples: [
      "bbsbot kill bot_007",
      "bbsbot kill 'scout*' --dry-run",
      "bbsbot ls --state STUCK -o id | bbsbot kill - --yes",
    ],
    dangerous: true,
  },
];

/** pause, resume, restart, kill, set-goal, kill-all and clear. */
export function addSteerVerbs(program: Command, doors: Doors, done: Done): void {
  for (const steering of steerings) addSteering(program, doors, done, steering);
  addSetGoal(program, doors, done);
  addKillAll(program, doors);
  addClear(program, doors);
}

function addSteering(program: Command, doors: Doors, done: Done, steering: Steering): void {
  const { action, verb, summary, examples, dangerous } = steering;
  const command = withSelectors(managerVerb(program, `${verb} [bots...]`, summary, examples)).option(
    "--dry-run",
    "only tell who is meant",
  );
  if (dangerous) command.option("-y, --yes", "do not ask");
  command.action(async (words: string[], flags: Flags) => {
    const selection = named(await selectionFrom(doors, words, flags));
    const reached = await reach(doors, flags);
    if (flags.dryRun) return tellMeant(reached, selection, doors);
    const meant = dangerous ? await leave(doors, reached, selection, flags, action) : selection;
    if (meant) await order(doors, reached, done, steering.done, { action, ...meant });
  });
}

function addSetGoal(program: Command, doors: Doors, done: Done): void {
  withSelectors(
    managerVerb(
      program,
      "set-goal <bots-and-goal...>",
      "give bots a goal: profit, exploration, combat, banking, auto, or words of your own",
      ["bbsbot set-goal bot_042 exploration", "bbsbot set-goal --label team=red 'hold the line'"],
    ),
  )
    .usage("[bots...] [options] <goal>")
    .option("--dry-run", "only tell who is meant")
    .action(async (words: string[], flags: Flags) => {
      const goal = words.at(-1)!;
      const selection = named(await selectionFrom(doors, words.slice(0, -1), flags));
      const reached = await reach(doors, flags);
      if (flags.dryRun) return tellMeant(reached, selection, doors);
      // A goal whose quotes were forgotten would name bots that are not there: then none gets it.
      if (words.length > 2) await refuseWords(reached, selection);
      await order(doors, reached, done, `has the goal "${printable(goal)}"`, {
        action: "goal",
        goal,
        ...selection,
      });
    });
}

async function refuseWords({ swarm }: Reached, selection: Selection): Promise<void> {
  const { meantOf, noSuchBots } = await import("./meant.ts");
  const { strange } = meantOf(await swarm.swarmStatus({}), selection);
  if (strange.length === 0) return;
  throw new Refusal("not_found", `${noSuchBots(strange).message}; a goal of several words stands in quotes`);
}

/** Nobody is ordered about by having been left out of the words. */
function named(selection: Selection | undefined): Selection {
  if (selection) return selection;
  throw new Refusal(
    "bad_input",
    'Which bots? Name them by id, by a pattern such as "bot_0*", by "all", by --state or by --label',
  );
}

async function leave(
  doors: Doors,
  { swarm }: Reached,
  selection: Selection,
  flags: LeaveFlags,
  action: OrderAction,
): Promise<Selection | undefined> {
  const { leaveFor } = await import("./meant.ts");
  return leaveFor(doors, swarm, selection, flags, action === "kill" ? "Kill" : "Restart");
}

async function tellMeant({ swarm, print }: Reached, selection: Selection, doors: Doors): Promise<void> {
  const { meantOf, refuseStrangers } = await import("./meant.ts");
  const meant = meantOf(await swarm.swarmStatus({}), selection);
  refuseStrangers(meant);
  const ids = meant.bots.map(({ bot_id }) => bot_id);
  if (ids.length === 0) doors.console.err("No bot is meant\n");
  print({ matched: ids.length, bot_ids: ids }, () => ids.map((id) => `${id}\n`).join(""));
}

/** Orders all at once, tells what came of each, and ends with the worst of it. */
async function order(
  doors: Doors,
  { swarm, print }: Reached,
  done: Done,
  word: string,
  input: Record<string, unknown>,
): Promise<void> {
  const reply = await swarm.orderBots(await checked("orderBots", input));
  const { err } = doors.console;
  print(reply, () => outcomeText(reply, word));
  for (const { bot_id, ok, detail, code } of reply.results)
    if (!ok) err(`${whyNot(bot_id, detail ?? code ?? "refused")}\n`);
  if (reply.results.length === 0) err("No bot is meant\n");
  done(worstOf(reply.results));
}

/** The bot's name once, whoever says it. */
const whyNot = (bot_id: string, detail: string) =>
  printable(detail.includes(`"${bot_id}"`) ? detail : `${bot_id}: ${detail}`);

const worstOf = (results: readonly OrderOutcome[]) =>
  Math.max(
    exits.ok,
    ...results.map(({ ok, code }) => (ok ? exits.ok : code ? refusalCodes[code].exit : exits.failed)),
  );

/** A line for each that was ordered, or their number where they are many; those that failed are told elsewhere. */
function outcomeText({ results }: OperationOutput<"orderBots">, word: string): string {
  const good = results.filter(({ ok }) => ok);
  const told = ({ bot_id, order: how, detail }: OrderOutcome) =>
    detail === undefined
      ? `${bot_id} ${word}${how === "queued" ? ", as soon as it can be told" : ""}\n`
      : `${bot_id}: ${printable(detail)}\n`;
  if (results.length <= toldEachMax) return good.map(told).join("");
  const idle = good.filter(({ detail }) => detail !== undefined);
  const queued = good.filter(({ order: how }) => how === "queued").length;
  const waiting = queued > 0 ? `, ${queued} of them as soon as they can be told` : "";
  const line = `${good.length - idle.length} of ${results.length}: ${word}${waiting}\n`;
  return idle.length > 0
    ? `${line}${idle.length} of ${results.length}: ${printable(idle[0]!.detail!)}\n`
    : line;
}

function addKillAll(program: Command, doors: Doors): void {
  managerVerb(program, "kill-all", "stop every bot", ["bbsbot kill-all", "bbsbot kill-all --yes --json"])
    .option("-y, --yes", "do not ask")
    .option("--dry-run", "only tell who is meant")
    .action(async (flags: Common & LeaveFlags) => {
      const reached = await reach(doors, flags);
      const { isOver } = await import("./wishes.ts");
      const { bots } = await reached.swarm.swarmStatus({});
      const ids = bots.filter((bot) => !isOver(bot)).map(({ bot_id }) => bot_id);
      if (flags.dryRun)
        return reached.print({ matched: ids.length, bot_ids: ids }, () =>
          ids.map((id) => `${id}\n`).join(""),
        );
      const [{ hasLeave }, { botsOf }] = await Promise.all([import("./meant.ts"), import("./views.ts")]);
      if (ids.length > 0 && !(await hasLeave(doors, flags, `Kill all ${botsOf(ids.length)}`))) return;
      const reply = await reached.swarm.killAll({});
      reached.print(reply, () => `${botsOf(reply.count)} killed\n`);
    });
}

function addClear(program: Command, doors: Doors): void {
  managerVerb(program, "clear", "take the bots that have ended off the list", ["bbsbot clear"]).action(
    async (flags: Common) => {
      const { swarm, print } = await reach(doors, flags);
      const reply = await swarm.clearSwarm({});
      const { botsOf } = await import("./views.ts");
      print(reply, () => `${botsOf(reply.cleared)} cleared\n`);
    },
  );
}
