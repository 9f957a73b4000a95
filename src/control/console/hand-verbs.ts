/** The verbs that reach into one bot's game: screen, send, attach; and those for the operator's own machine: export, doctor. */
import { Argument, type Command, InvalidArgumentError, Option } from "commander";
import type { Doors } from "./doors.ts";
import { exportables, formats, type Exportable, type Format } from "./exportable.ts";
import { since, type Since } from "./since.ts";
import {
  checked,
  managerVerb,
  reach,
  selectionFrom,
  withSelectors,
  type Common,
  type SelectorFlags,
} from "./verb.ts";

type Done = (status: number) => void;

export function addHandVerbs(program: Command, doors: Doors, done: Done): void {
  addScreen(program, doors);
  addSend(program, doors);
  addAttach(program, doors, done);
  addExport(program, doors, done);
  addDoctor(program, doors, done);
}

function addScreen(program: Command, doors: Doors): void {
  managerVerb(program, "screen <bot>", "what stands on a bot's screen", [
    "bbsbot screen bot_042",
    "bbsbot screen bot_042 --json",
  ]).action(async (bot: string, flags: Common) => {
    const input = await checked("botScreen", { bot_id: bot });
    const [{ printScreen }, { swarm }] = await Promise.all([import("./screens.ts"), reach(doors, flags)]);
    printScreen(doors, await swarm.botScreen(input), flags.json === true);
  });
}

function addSend(program: Command, doors: Doors): void {
  managerVerb(program, "send <bot> <keys>", "type keys into a bot's game, and show the screen after them", [
    "bbsbot send bot_042 D",
    'bbsbot send bot_042 "m 852" --enter',
    "bbsbot send bot_042 '\\e[A\\x20\\r'",
  ])
    .option("--enter", "Enter after the keys")
    .addHelpText(
      "after",
      "\nIn the keys \\r or \\n is Enter, \\t Tab, \\b Backspace, \\e Escape, \\xHH any byte and \\\\ a backslash. The bot waits at a\nsafe prompt meanwhile, then it goes on.",
    )
    .action(async (bot: string, text: string, flags: Common & { enter?: boolean }) => {
      const { keysFrom } = await import("./keys.ts");
      const input = await checked("sendKeys", { bot_id: bot, keys: keysFrom(text, flags.enter === true) });
      const [{ printScreen }, { swarm }] = await Promise.all([import("./screens.ts"), reach(doors, flags)]);
      printScreen(doors, await swarm.sendKeys(input), flags.json === true);
    });
}

function addAttach(program: Command, doors: Doors, done: Done): void {
  managerVerb(program, "attach <bot>", "see a bot's terminal live, and take its keys", [
    "bbsbot attach bot_042",
    "bbsbot attach bot_042 --take",
    "bbsbot attach bot_042 | grep -i fighter",
  ])
    .option("--take", "take the keys at once; given back on leaving")
    .addOption(
      new Option("--escape <key>", "the key that leaves")
        .argParser(controlKey)
        .default(controlKey("^]"), "^]"),
    )
    .addHelpText(
      "after",
      "\nCtrl-], or the key of --escape, leaves; Ctrl-T takes the keys and gives them back. While they are yours every other key goes\nto the game, Ctrl-C too, and the bot waits. In a pipe the lines are printed as they come, without keys.",
    )
    .action(async (bot: string, flags: Common & { take?: boolean; escape: ControlKey }) => {
      const { bot_id } = await checked("botScreen", { bot_id: bot });
      const [{ attach }, reached] = await Promise.all([import("./attach.ts"), reach(doors, flags)]);
      const [take, json] = [flags.take === true, flags.json === true];
      done(await attach(doors, reached, { bot: bot_id, take, json, detach: flags.escape }));
    });
}

interface ControlKey {
  readonly key: string;
  readonly name: string;
}

/** A key with Ctrl, as people write it: "^]". */
function controlKey(text: string): ControlKey {
  const letter = /^\^([A-Za-z\]\\^_])$/.exec(text)?.[1]?.toUpperCase();
  // What the keyboard makes of these is Enter, Tab and Backspace, or ends what is typed.
  if (letter === undefined || "HIJMCT".includes(letter))
    throw new InvalidArgumentError(`Expected a key such as ^] or ^A, found "${text}".`);
  return { key: String.fromCharCode(letter.charCodeAt(0) & 0x1f), name: `Ctrl-${letter}` };
}

interface ExportFlags extends Common, SelectorFlags {
  readonly format?: Format;
  readonly out?: string;
  readonly replace?: boolean;
  readonly since?: Since;
  readonly until?: Since;
}

function addExport(program: Command, doors: Doors, done: Done): void {
  const verb = managerVerb(program, "export", "whole histories, for spreadsheets and programs", [
    "bbsbot export bots --out bots.csv",
    "bbsbot export trades --since 24h > trades.csv",
    "bbsbot export timeseries all --format ndjson",
    'bbsbot export events "bot_0*" --json | jq .',
  ])
    .addArgument(new Argument("<what>", "what is wanted").choices(exportables))
    .argument("[bots...]", "of these bots; of all otherwise, and time series of the swarm as a whole")
    .addOption(
      new Option("--format <format>", "csv unless said otherwise; --json means json").choices(formats),
    )
    .option("--out <file>", "a new file in place of standard output")
    .option("--replace", "the file may be there already, and is replaced when all is written")
    .option("--since <time>", "only what was since then: 10m ago, or 2026-11-23T02:30Z", since)
    .option("--until <time>", "only what was until then", since)
    .addHelpText(
      "after",
      "\nEvents and trades come newest first, time series oldest first. In CSV a text that a spreadsheet would take for a formula\nhas an apostrophe before it.",
    );
  withSelectors(verb).action(async (what: Exportable, bots: string[], flags: ExportFlags) => {
    const [{ exportTo }, { swarm }, selection] = await Promise.all([
      import("./export.ts"),
      reach(doors, flags),
      selectionFrom(doors, bots, flags),
    ]);
    const now = doors.tty.now();
    const format = flags.format ?? (flags.json ? "json" : "csv");
    const [from, until] = [flags.since?.(now), flags.until?.(now)];
    const out = flags.out === "-" ? undefined : flags.out;
    const asked = { what, format, selection, since: from, until, out, replace: flags.replace === true };
    done(await exportTo(doors, swarm, asked));
  });
}

function addDoctor(program: Command, doors: Doors, done: Done): void {
  managerVerb(
    program,
    "doctor",
    "what on this machine, or about the manager, would keep a swarm from running well",
    ["bbsbot doctor", "bbsbot doctor --config manager.yaml", "bbsbot doctor --config bot.yaml --json"],
  )
    .option("--config <file>", "manager.yaml: judge by what it wants; bot.yaml: look at its game server, too")
    .addHelpText("after", "\nExit status 1 where something is bad.")
    .action(async (flags: Common & { config?: string }) => {
      const { diagnose } = await import("./diagnosis.ts");
      done(await diagnose(doors, flags, flags.config));
    });
}
