/** The verbs that show what goes on, and go on themselves: logs, events, watch. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { severities, type Severity } from "../../proto/feed.ts";
import { numberFrom } from "./arguments.ts";
import type { Doors } from "./doors.ts";
import { since, type Since } from "./since.ts";
import { managerVerb, reach, selectionFrom, withSelectors, type Common, type SelectorFlags } from "./verb.ts";

interface StreamFlags extends Common, SelectorFlags {
  readonly follow?: boolean;
  readonly since?: Since;
  readonly until?: Since;
  readonly lines?: number;
}

/** Most lines or events of the past that can be asked for at once. */
const countMax = 100_000;

export function addStreamVerbs(program: Command, doors: Doors, done: (status: number) => void): void {
  addLogs(program, doors, done);
  addEvents(program, doors, done);
  addWatch(program, doors, done);
}

function addLogs(program: Command, doors: Doors, done: (status: number) => void): void {
  const verb = managerVerb(
    program,
    "logs [bots...]",
    "what bots' workers wrote, those of several merged by time",
    [
      "bbsbot logs bot_042 -f",
      "bbsbot logs all --since 10m --level warning",
      'bbsbot logs "bot_0*" --grep "haggle|port" -n 50 --json',
    ],
  )
    .option("-f, --follow", "go on with what is written from now on, until Ctrl-C")
    .option("--since <time>", "only lines since then: 10m ago, or 2026-11-23T02:30Z", since)
    .option("-n, --lines <n>", "so many of the past; 100, or with --since all", numberFrom(0, countMax))
    .option("--grep <regexp>", "only lines that fit", pattern)
    .addOption(
      new Option("--level <level>", "only lines as grave as this, or graver")
        .choices(severities)
        .default("info"),
    );
  withSelectors(verb).action(
    async (bots: string[], flags: StreamFlags & { grep?: RegExp; level: Severity }) => {
      const [{ showLogs }, reached, selection] = await Promise.all([
        import("./logs.ts"),
        reach(doors, flags),
        selectionFrom(doors, bots, flags),
      ]);
      const filter = { since: flags.since?.(doors.tty.now()), grep: flags.grep, level: flags.level };
      const asked = { follow: flags.follow === true, count: flags.lines, filter, json: flags.json === true };
      done(await showLogs(doors, reached, { selection: selection ?? {}, ...asked }));
    },
  );
}

function addEvents(program: Command, doors: Doors, done: (status: number) => void): void {
  const verb = managerVerb(program, "events [bots...]", "what happened to bots, oldest first", [
    "bbsbot events -f",
    "bbsbot events bot_042 --since 2h",
    "bbsbot events all --types exited,gaveUp --severity error --json",
  ])
    .option("-f, --follow", "go on with what happens from now on, until Ctrl-C")
    .option("--since <time>", "only events since then: 10m ago, or 2026-11-23T02:30Z", since)
    .option("--until <time>", "only events until then", since)
    .option("-n, --lines <n>", "so many of the past; 100, or with --since all", numberFrom(0, countMax))
    .option("--types <types>", 'only of these kinds, such as "traded,noted"', words)
    .addOption(
      new Option("--severity <severity>", "only events as grave as this, or graver")
        .choices(severities)
        .default("info"),
    );
  withSelectors(verb).action(
    async (bots: string[], flags: StreamFlags & { types?: string[]; severity: Severity }) => {
      const [{ showEvents }, reached, selection] = await Promise.all([
        import("./events.ts"),
        reach(doors, flags),
        selectionFrom(doors, bots, flags),
      ]);
      const now = doors.tty.now();
      done(
        await showEvents(doors, reached, {
          selection: selection ?? {},
          types: flags.types,
          severity: flags.severity,
          since: flags.since?.(now),
          until: flags.until?.(now),
          count: flags.lines,
          follow: flags.follow === true,
          json: flags.json === true,
        }),
      );
    },
  );
}

function addWatch(program: Command, doors: Doors, done: (status: number) => void): void {
  const verb = managerVerb(
    program,
    "watch [bots...]",
    "a line for each change of state, goal or order, as it happens",
    ["bbsbot watch", 'bbsbot watch "bot_0*" --until ended'],
  ).addOption(new Option("--until <what>", "end when all of these bots have ended").choices(["ended"]));
  withSelectors(verb).action(async (bots: string[], flags: Common & SelectorFlags & { until?: string }) => {
    const [{ showChanges }, reached, selection] = await Promise.all([
      import("./watch.ts"),
      reach(doors, flags),
      selectionFrom(doors, bots, flags),
    ]);
    const asked = { untilEnded: flags.until === "ended", json: flags.json === true };
    done(await showChanges(doors, reached, { selection: selection ?? {}, ...asked }));
  });
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text, "u");
  } catch (error) {
    throw new InvalidArgumentError(`Expected a regular expression: ${(error as Error).message}.`);
  }
}

/** Words with commas between them. */
function words(text: string): string[] {
  const found = text.split(",").filter((word) => word !== "");
  if (found.length === 0 || found.some((word) => !/^[A-Za-z]{1,40}$/.test(word)))
    throw new InvalidArgumentError(`Expected kinds of event such as "traded,noted", found "${text}".`);
  return found;
}
