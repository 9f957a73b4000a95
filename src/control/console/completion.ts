/** What a shell offers at the Tab key: verbs and flags from the tree of commands, and what only the manager or the disk knows. */
import type { Command } from "commander";
import addTab from "@bomb.sh/tab/commander";
import { configKinds } from "../../proto/kinds.ts";
import { sortKeys } from "../../proto/operations/looking.ts";
import { botStates } from "../../proto/status.ts";
import { describeCompletion } from "./completion-verb.ts";
import type { Doors, ManagerAt } from "./doors.ts";
import { managerAt } from "./verb.ts";
import { goalsKnown } from "../../proto/orders.ts";
import { wishes } from "./wishes.ts";

/** Whoever waits at the Tab key waits no longer, in milliseconds. */
const patienceMs = 300;
/** Bots that are offered. */
const offeredMax = 1000;

type Offer = (value: string, description: string) => void;
type Offers = readonly (readonly [value: string, description: string])[];

const words = (list: readonly string[]): Offers => list.map((word) => [word, ""]);

/** Adds `completion SHELL` and the hidden `complete` that its scripts call. `argv` is what was typed. */
export async function addCompletion(program: Command, doors: Doors, argv: readonly string[]): Promise<void> {
  const tab = addTab(program, { completionCommandName: "completion" });
  describeCompletion(program.commands.find((command) => command.name() === "completion")!);
  if (argv[0] !== "complete") return;
  const asked = argv.slice(argv.indexOf("--") + 1);
  const bots = wantsBots(asked) ? await botsOffered(doors, asked) : [];
  const files = await filesOffered(doors, asked.at(-1) ?? "");
  for (const [path, command] of tab.commands) {
    for (const [name, argument] of command.arguments)
      argument.handler ??= offerOf(argumentOffers(path, name));
    for (const [name, option] of command.options) {
      const offers = optionOffers(name);
      if (offers) option.handler = offerOf(offers);
    }
  }

  function argumentOffers(path: string, name: string): Offers {
    if (name === "bots-and-goal") return [...bots, everyBot, ...words(goalsKnown)];
    if (name === "bot") return bots;
    if (name === "bots") return bots.length > 0 ? [...bots, everyBot] : [];
    if (name === "config" || name === "files" || name === "file") return files;
    return path === "config schema" ? words(configKinds) : [];
  }

  function optionOffers(name: string): Offers | undefined {
    switch (name) {
      case "state":
        return words(botStates);
      case "for":
      case "wait":
        return words(wishes);
      case "sort":
        return words(sortKeys.flatMap((key) => [key, `-${key}`]));
      case "config":
        return files;
      default:
        return undefined;
    }
  }
}

/** Bash expands what it is offered, commands in it as well, before anybody has chosen it: a file may be called as its owner likes. */
const isPlain = (value: string) => /^[\p{L}\p{N}_@%+=:,./-]+$/u.test(value);

const offerOf =
  (offers: Offers) =>
  (offer: Offer): void => {
    for (const [value, description] of offers) if (isPlain(value)) offer(value, description);
  };

/** Nobody waits for a manager where a verb or a flag is typed. */
const wantsBots = (asked: readonly string[]) => asked.length > 1 && !asked.at(-1)!.startsWith("-");

const everyBot = ["all", "every bot"] as const;

/** Ids with their states; nothing where the manager does not answer in time. */
async function botsOffered(doors: Doors, asked: readonly string[]): Promise<Offers> {
  try {
    const at = await managerOf(doors, asked);
    const swarm = await doors.swarm(at.url, at.tokenFile, patienceMs);
    const { bots } = await swarm.swarmStatus({});
    return bots.slice(0, offeredMax).map(({ bot_id, state }) => [bot_id, state] as const);
  } catch {
    // Whatever is wrong is told when the verb is run; at the Tab key there is nobody to tell it to.
    return [];
  }
}

/** The manager that is typed on the line already, or settled. */
async function managerOf(doors: Doors, asked: readonly string[]): Promise<ManagerAt> {
  const after = (flag: string) => (asked.includes(flag) ? asked[asked.indexOf(flag) + 1] : undefined);
  const [url, tokenFile] = [after("--url"), after("--token-file")];
  return managerAt({ ...(url && { url }), ...(tokenFile && { tokenFile }) }, await doors.settings());
}

/** YAML files and folders that what is typed may become. */
async function filesOffered(doors: Doors, typed: string): Promise<Offers> {
  return typed.startsWith("-") ? [] : words(await doors.filesLike(typed));
}
