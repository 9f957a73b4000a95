/** `bbsbot top`: the swarm as a live table. */
import { InvalidArgumentError, Option, type Command } from "commander";
import { Refusal } from "../../../proto/refusal.ts";
import { seconds } from "../arguments.ts";
import type { Doors } from "../doors.ts";
import { sortingFrom } from "../sort.ts";
import {
  managerVerb,
  reach,
  selectionFrom,
  withSelectors,
  type Common,
  type SelectorFlags,
} from "../verb.ts";

/** Seconds between two frames in which only figures changed. */
const interval = { least: 0.1, most: 3600, usual: 1 } as const;

interface TopFlags extends Common, SelectorFlags {
  readonly once?: boolean;
  readonly sort: string;
  readonly filter?: string;
  readonly interval: number;
}

export function addTop(program: Command, doors: Doors, done: (status: number) => void): void {
  const verb = managerVerb(program, "top [bots...]", "the swarm as a live table; ? tells its keys", [
    "bbsbot top",
    "bbsbot top --sort -credits --state RUNNING",
    "bbsbot top --once --json",
  ])
    .option("--once", "print one frame, or with --json its figures, and end")
    .option(
      "--sort <key>",
      "such as credits; -credits puts the greatest first; struggling needs somebody most",
      "bot_id",
    )
    .option("--filter <words>", "only bots in whose line all of these words stand")
    .addOption(
      new Option("--interval <time>", "between two frames in which only figures changed")
        .argParser(pace)
        .default(interval.usual, "1s"),
    );
  withSelectors(verb).action(async (bots: string[], flags: TopFlags) => {
    const isLive = flags.once !== true;
    if (isLive && flags.json)
      throw new Refusal("bad_input", "--json is for --once; watch --json tells each change");
    if (isLive && !(doors.console.isTty && doors.tty.hasKeyboard))
      throw new Refusal(
        "bad_input",
        "Cannot show a live table: this is no terminal. Try top --once, status, or watch",
      );
    const [reached, selection, sorting] = await Promise.all([
      reach(doors, flags),
      selectionFrom(doors, bots, flags),
      sortingFrom(flags.sort),
    ]);
    const options = {
      title: new URL(reached.at.url).host,
      colour: reached.paint.isOn,
      interval: flags.interval * 1000,
      sorting,
      filter: flags.filter ?? "",
    };
    if (isLive) {
      const [{ showTop }, { selects }] = await Promise.all([
        import("./run.ts"),
        import("../../../proto/selection.ts"),
      ]);
      return done(await showTop(doors, reached, { ...options, wanted: selects(selection ?? {}) }));
    }
    const { showOnce } = await import("./once.ts");
    await showOnce(doors, reached, selection, options);
  });
}

function pace(text: string): number {
  const value = seconds(text);
  if (value >= interval.least && value <= interval.most) return value;
  throw new InvalidArgumentError(
    `Expected from ${interval.least} to ${interval.most} seconds, found "${text}".`,
  );
}
