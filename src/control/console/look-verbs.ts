/** The verbs that look at the swarm once: status, ls, describe. */
import { Option, type Command } from "commander";
import { refusalCodes, type Refusal } from "../../proto/refusal.ts";
import type { Selection } from "../../proto/selection.ts";
import type { BotStatus } from "../../proto/status.ts";
import { numberFrom } from "./arguments.ts";
import type { Doors } from "./doors.ts";
import { exits } from "./exits.ts";
import { sortingFrom, sortWord } from "./sort.ts";
import { checked, managerVerb, reach, selectionFrom, withSelectors } from "./verb.ts";
import type { Common, Reached, SelectorFlags } from "./verb.ts";

type Done = (status: number) => void;

export function addLookVerbs(program: Command, doors: Doors, done: Done): void {
  addStatus(program, doors, done);
  addList(program, doors, done);
  addDescribe(program, doors);
}

function addStatus(program: Command, doors: Doors, done: Done): void {
  managerVerb(program, "status [bot]", "the swarm, or one bot", [
    "bbsbot status",
    "bbsbot status bot_042 --json",
    "bbsbot status --exit-code || echo look at it",
  ])
    .option("--exit-code", `exit status ${exits.degraded} where the manager or a bot is in trouble`)
    .action(async (bot: string | undefined, flags: Common & { exitCode?: boolean }) => {
      const { swarm, print, paint } = await reach(doors, flags);
      const tell = (troubled: boolean) => done(flags.exitCode && troubled ? exits.degraded : exits.ok);
      const views = await import("./views.ts");
      if (bot !== undefined) {
        const sheet = await swarm.botStatus(await checked("botStatus", { bot_id: bot }));
        print(sheet, () => views.botSheet(sheet, paint));
        return tell(isTroubled(sheet));
      }
      const status = await swarm.swarmStatus({});
      print(status, () => views.swarmText(status, paint));
      tell(status.degraded !== undefined || status.bots.some(isTroubled));
    });
}

/** States in which a bot needs somebody, or is being helped. */
const isTroubled = ({ state }: BotStatus) => ["STUCK", "BACKOFF", "ERROR", "FAILED"].includes(state);

interface ListFlags extends Common, SelectorFlags {
  readonly sort?: string;
  readonly limit?: number;
  readonly query?: string;
  readonly wide?: boolean;
  readonly output?: "wide" | "id";
}

/** Bots that one request answers with. */
const pageSize = 1000;
const listMax = 100_000;

function addList(program: Command, doors: Doors, done: Done): void {
  withSelectors(
    managerVerb(program, "ls [bots...]", "list bots, sorted and chosen", [
      "bbsbot ls --sort -credits --limit 10",
      "bbsbot ls --state STUCK,BACKOFF --wide",
      "bbsbot ls --label team=red -o id | bbsbot pause -",
    ]),
  )
    .alias("ps")
    .option(
      "--sort <key>",
      "such as credits_per_turn; -credits turns it round; struggling needs somebody most",
    )
    .addOption(new Option("--limit <n>", "at most so many").argParser(numberFrom(1, listMax)))
    .option("--query <words>", "only bots of which something says this: id, trader, goal, activity, error")
    .option("--wide", "more columns")
    .addOption(new Option("-o, --output <form>", "more columns, or ids alone").choices(["wide", "id"]))
    .action(async (words: string[], flags: ListFlags) => {
      const selection = await selectionFrom(doors, words, flags);
      const reached = await reach(doors, flags);
      const list = await listed(reached, flags, {
        ...selection,
        ...(flags.sort !== undefined && { sort: sortWord(await sortingFrom(flags.sort)) }),
        ...(flags.query !== undefined && { query: flags.query }),
      });
      const views = await import("./views.ts");
      const { console } = doors;
      reached.print(list, () => {
        if (flags.output === "id") return list.bots.map(({ bot_id }) => `${bot_id}\n`).join("");
        if (list.bots.length === 0) return "";
        const isWide = flags.wide === true || flags.output === "wide";
        const columns = console.isTty ? console.columns : undefined;
        return views.botTable(list.bots, { wide: isWide, columns, paint: reached.paint });
      });
      const unknown = await unknownIn(selection, flags, list);
      if (unknown) {
        console.err(`${unknown.message}\n`);
        done(refusalCodes.not_found.exit);
      }
      if (flags.json || flags.output === "id") return;
      if (list.matched === 0 && !unknown) console.err("No bot is meant\n");
      if (list.bots.length < list.matched)
        console.err(`${list.bots.length} of ${views.botsOf(list.matched)}\n`);
    });
}

/** Ids that name no bot, as far as the list can tell: one that is cut, or chosen by more than ids, cannot. */
async function unknownIn(
  selection: Selection | undefined,
  { query }: ListFlags,
  { bots, matched }: { matched: number; bots: readonly BotStatus[] },
): Promise<Refusal | undefined> {
  if (!selection || selection.states || selection.labels || query !== undefined || bots.length < matched)
    return undefined;
  const [{ strangers }, { noSuchBots }] = await Promise.all([
    import("../../proto/selection.ts"),
    import("./meant.ts"),
  ]);
  const known = new Set(bots.map(({ bot_id }) => bot_id));
  const unknown = strangers(selection, (id) => known.has(id));
  return unknown.length > 0 ? noSuchBots(unknown) : undefined;
}

/** Page after page, until all are there or as many as are wanted. */
async function listed(
  { swarm }: Reached,
  { limit = listMax }: ListFlags,
  question: Record<string, unknown>,
): Promise<{ matched: number; bots: BotStatus[] }> {
  const bots: BotStatus[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await swarm.listBots(
      await checked("listBots", { ...question, limit: Math.min(limit - bots.length, pageSize), cursor }),
    );
    bots.push(...page.bots);
    cursor = page.next_cursor;
    if (cursor === undefined || page.bots.length === 0 || bots.length >= limit)
      return { matched: page.matched, bots };
  }
}

/** Events that a description ends with. */
const describedEvents = 10;

function addDescribe(program: Command, doors: Doors): void {
  managerVerb(program, "describe <bot>", "all about one bot: its sheet, its configuration, its last events", [
    "bbsbot describe bot_042",
    "bbsbot describe bot_042 --json",
  ]).action(async (bot: string, flags: Common) => {
    const one = await checked("botStatus", { bot_id: bot });
    const { swarm, print, paint } = await reach(doors, flags);
    const [status, config, { events }] = await Promise.all([
      swarm.botStatus(one),
      swarm.botConfig(one),
      swarm.botEvents({ ...one, limit: describedEvents }),
    ]);
    const { botSheet } = await import("./views.ts");
    const { configText, eventText } = await import("./descriptions.ts");
    print(
      { bot: status, config_name: config.config_name, config: config.config, events },
      () => `${botSheet(status, paint)}\n${configText(config)}\n${eventText(events)}`,
    );
  });
}
