/** `bbsbot config`: what may be written in a configuration file, whether one is right, and what it comes to. */
import { Argument, Option, type Command } from "commander";
import { configKinds, type ConfigKind } from "../../proto/kinds.ts";
import { refusalCodes } from "../../proto/refusal.ts";
import { jsonLine, printable } from "../../proto/printable.ts";
import type { Doors } from "./doors.ts";

interface Flags {
  readonly kind?: ConfigKind;
  readonly json?: boolean;
}

export function addConfigVerbs(program: Command, doors: Doors, done: (status: number) => void): void {
  const config = program
    .command("config")
    .description("configuration files: their schema, a check, what one comes to")
    .addHelpText(
      "after",
      `
Examples:
  bbsbot config schema manager > manager.schema.json
  bbsbot config check bots/*.yaml
  bbsbot config show examples/bot.yaml --resolved
  bbsbot config path                          where the settings of the command line are`,
    );
  addSchema(config, doors);
  addCheck(config, doors, done);
  addShow(config, doors);
  addPath(config, doors);
}

function addSchema(config: Command, doors: Doors): void {
  config
    .command("schema")
    .description("print the JSON Schema of a kind of file, as editors read it")
    .addArgument(new Argument("[kind]").choices(configKinds).default("bot"))
    .addHelpText("after", "\nExample:\n  bbsbot config schema bot > bot.schema.json")
    .action(async (kind: ConfigKind) => {
      const { jsonSchemaOf } = await import("../../proto/config-kinds.ts");
      doors.console.out(`${JSON.stringify(jsonSchemaOf(kind), null, 2)}\n`);
    });
}

function addCheck(config: Command, doors: Doors, done: (status: number) => void): void {
  config
    .command("check")
    .description("read files as whoever uses them would, variables and password files too")
    .argument("<files...>", "bot.yaml, manager.yaml, host.yaml or cli.yaml")
    .addOption(kindOption())
    .option("--json", "an array with an object for each file")
    .addHelpText(
      "after",
      "\nExit status 2 where a file is wrong.\n\nExample:\n  bbsbot config check bots/*.yaml",
    )
    .action(async (files: string[], flags: Flags) => {
      const checked = await Promise.all(files.map((file) => doors.checkConfig(file, flags.kind)));
      const { out, err } = doors.console;
      if (flags.json) out(`${jsonLine(checked)}\n`);
      for (const { file, complaints, warnings } of flags.json ? [] : checked) {
        for (const line of warnings) err(`${printable(line)}\n`);
        for (const line of complaints.length > 0 ? complaints : [`${file}: ok`]) out(`${printable(line)}\n`);
      }
      if (checked.some(({ complaints }) => complaints.length > 0)) done(refusalCodes.bad_input.exit);
    });
}

function addShow(config: Command, doors: Doors): void {
  config
    .command("show")
    .description("print a file as YAML with its secrets masked")
    .argument("[file]", "bot.yaml, manager.yaml or host.yaml; without one, what an empty file comes to")
    .option("--resolved", "with variables put in place, password files read and every default filled in")
    .addOption(kindOption())
    .option("--json", "as JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  bbsbot config show examples/bot.yaml --resolved\n  bbsbot config show --resolved --kind manager",
    )
    .action(async (file: string | undefined, flags: Flags & { resolved?: boolean }) => {
      const { value, yaml, warnings } = await doors.showConfig(file, flags.kind, flags.resolved === true);
      for (const line of warnings) doors.console.err(`${printable(line)}\n`);
      const lines = yaml.trimEnd().split("\n").map(printable);
      doors.console.out(flags.json ? `${jsonLine(value)}\n` : `${lines.join("\n")}\n`);
    });
}

function addPath(config: Command, doors: Doors): void {
  config
    .command("path")
    .description("print where the command line's own settings are looked for: cli.yaml")
    .option("--json", "as JSON")
    .addHelpText("after", '\nExample:\n  bbsbot config check "$(bbsbot config path)"')
    .action(async ({ json }: Flags) => {
      const { file, found } = await doors.settingsFile();
      doors.console.out(json ? `${jsonLine({ file, found })}\n` : `${printable(file)}\n`);
      if (!found && !json) doors.console.err("There is no such file, which is fine\n");
    });
}

const kindOption = () => new Option("--kind <kind>", "told by the file otherwise").choices(configKinds);
