/** What all verbs that speak to a manager share: which manager, which bots, and how the answer is printed. Loads nothing heavy. */
import { Option, type Command } from "commander";
import { defaultManagerUrl } from "../../proto/manager-url.ts";
import type { OperationName, Swarm } from "../../proto/operations.ts";
import { Refusal } from "../../proto/refusal.ts";
import type { Selection } from "../../proto/selection.ts";
import { jsonLine } from "../../proto/printable.ts";
import { labelPair, managerAddress, stateList } from "./arguments.ts";
import { colourChoices, palette, type ColourChoice, type Palette } from "./colours.ts";
import type { Doors, ManagerAt } from "./doors.ts";

/** Flags of every verb made by `managerVerb`. */
export interface Common {
  readonly url?: string;
  readonly tokenFile?: string;
  readonly json?: boolean;
  readonly color?: ColourChoice;
}

/** Flags of every verb that `withSelectors` has seen. */
export interface SelectorFlags {
  readonly state?: string[];
  readonly label?: string[];
}

/** A verb that speaks to a manager, with the flags of all of them, and examples, one command line each. */
export function managerVerb(
  parent: Command,
  usage: string,
  summary: string,
  examples: readonly string[],
): Command {
  return withManager(parent.command(usage).description(summary))
    .option("--json", "pure JSON on stdout")
    .addOption(colourOption())
    .addHelpText("after", exampleText(examples));
}

/** Flags that say which manager is meant. */
export const withManager = (command: Command): Command =>
  command
    .addOption(
      new Option(
        "--url <url>",
        `the manager; BBSBOT_URL, cli.yaml or ${defaultManagerUrl} otherwise`,
      ).argParser(managerAddress),
    )
    .option("--token-file <file>", "its token; BBSBOT_TOKEN, cli.yaml or the default file otherwise");

const colourOption = () =>
  new Option("--color <when>", "colours: on a terminal, always, or never").choices(colourChoices);

/** Examples as they stand under a verb's help. */
export const exampleText = (examples: readonly string[]) =>
  `\n${examples.length > 1 ? "Examples" : "Example"}:\n${examples.map((line) => `  ${line}`).join("\n")}`;

/** Words and flags by which bots are chosen. The usage says `[bots...]` or `<bots...>` itself. */
export const withSelectors = (command: Command): Command =>
  command
    .addOption(
      new Option("--state <states>", "only bots in one of these states, such as RUNNING,PAUSED").argParser(
        stateList,
      ),
    )
    .addOption(
      new Option(
        "--label <key[=value]>",
        "only bots with this label, whatever its value where only a key is given; may be given again",
      ).argParser(labelPair),
    )
    .addHelpText(
      "after",
      '\nBots are named by id, by a pattern such as "bot_0*", by "all", or by "-" for ids from standard input, one a line.',
    );

/** A manager, and the way to print what it says. */
export interface Reached {
  readonly at: ManagerAt;
  readonly swarm: Swarm;
  readonly paint: Palette;
  /** The value as one line of JSON where that is wanted, else its text. */
  print(value: unknown, text: () => string): void;
}

/** The manager that flags, environment and settings point to. Throws Refusal "bad_input". */
export async function reach(doors: Doors, flags: Common): Promise<Reached> {
  const { out } = doors.console;
  const settings = await doors.settings();
  const at = managerAt(flags, settings);
  return {
    at,
    swarm: await doors.swarm(at.url, at.tokenFile),
    paint: paintOf(doors, flags, settings),
    print: (value, text) => out(flags.json ? `${jsonLine(value)}\n` : text()),
  };
}

/** What environment and settings file say. */
export interface Settings {
  readonly url?: string;
  /** Of the manager at `url`, or at the default address. */
  readonly tokenFile?: string;
  readonly color?: ColourChoice;
}

/** A token's file that was settled for one manager is shown to no other. */
export function managerAt(flags: Pick<Common, "url" | "tokenFile">, settings: Settings): ManagerAt {
  const settled = settings.url ?? defaultManagerUrl;
  const url = flags.url || settled;
  return { url, tokenFile: flags.tokenFile ?? (url === settled ? settings.tokenFile : undefined) };
}

/** Colours as flags, environment, settings and the terminal want them, in this order. */
export function paintOf({ console }: Doors, flags: Pick<Common, "color">, settings: Settings = {}): Palette {
  const choice = flags.color ?? settings.color ?? "auto";
  return palette(choice === "auto" ? console.colour : choice === "always");
}

/** Characters of standard input that are read for ids: a whole swarm as `ls --json` prints it. */
const idsMaxChars = 64 * 1024 * 1024;

/** Which bots are meant; undefined where nothing was said. Throws Refusal "bad_input" for words that can name none. */
export async function selectionFrom(
  doors: Doors,
  words: readonly string[],
  flags: SelectorFlags,
): Promise<Selection | undefined> {
  if (words.length === 0 && !flags.state && !flags.label) return undefined;
  const { idsFrom, selectionOf } = await import("./selectors.ts");
  const typed = words.filter((word) => word !== "-");
  const piped = typed.length < words.length ? idsFrom(await doors.tty.readLines(idsMaxChars)) : [];
  return selectionOf(words.length > 0 ? [...typed, ...piped] : undefined, flags);
}

/** An operation's input, checked before it is sent. Throws Refusal "bad_input" in the words of the schema. */
export async function checked<K extends OperationName>(
  name: K,
  input: Readonly<Record<string, unknown>>,
): Promise<Parameters<Swarm[K]>[0]> {
  const { operations } = await import("../../proto/operations.ts");
  const parsed = operations[name].input.safeParse(input);
  if (parsed.success) return parsed.data as Parameters<Swarm[K]>[0];
  const told = parsed.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join(".")}: ${message}` : message,
  );
  throw new Refusal("bad_input", told.join("\n"));
}
