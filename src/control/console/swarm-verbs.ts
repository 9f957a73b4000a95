/** The verbs that steer a running swarm: each is an operation of the table, given a shape on the command line. */
import { Option, type Command } from "commander";
import type { BotConfig } from "../../proto/config.ts";
import { batchMax } from "../../proto/operation.ts";
import { operations, type OperationName, type Swarm } from "../../proto/operations.ts";
import { Refusal, refusalCodes } from "../../proto/refusal.ts";
import type { Doors } from "./doors.ts";
import { defaultManagerUrl, managerAddress, numberFrom } from "./arguments.ts";
import { printable } from "./terminal.ts";
import { botSheet, botsOf, botTable, swarmLine } from "./views.ts";

interface Common {
  readonly url: string;
  readonly tokenFile?: string;
  readonly json?: boolean;
}

export function addSwarmVerbs(program: Command, doors: Doors): void {
  const { out, err } = doors.console;
  const print = (flags: Common, value: unknown, text: () => string) =>
    out(flags.json ? `${JSON.stringify(value)}\n` : text());

  verb(program, "spawnBot", "spawn [config]")
    .option("--bot-id <id>", "its name; the next free bot_NNN otherwise")
    .addHelpText("after", "\nExample:\n  bbsbot spawn examples/bot.yaml --bot-id scout")
    .action(async (file: string | undefined, flags: Common & { botId?: string }) => {
      const input = operations.spawnBot.input.parse({
        ...(file ? { config: await doors.readBotConfig(file), config_name: file } : {}),
        ...(flags.botId ? { bot_id: checkedId(flags.botId) } : {}),
      });
      const reply = await (await doors.swarm(flags.url, flags.tokenFile)).spawnBot(input);
      print(flags, reply, () => `${reply.bot_id} ${reply.state}\n`);
    });

  verb(program, "spawnSwarm", "spawn-swarm")
    .addOption(new Option("-n, --count <n>", "bots").argParser(numberFrom(1, batchMax)))
    .option("--config <file>", "bot.yaml; several are taken in turn", collect, [])
    .addHelpText(
      "after",
      "\nExamples:\n  bbsbot spawn-swarm --count 111\n  bbsbot spawn-swarm --count 20 --config examples/bot.yaml",
    )
    .action(async (flags: Common & { count?: number; config: string[] }) => {
      const configs: BotConfig[] = await Promise.all(flags.config.map((file) => doors.readBotConfig(file)));
      if (flags.count === undefined && configs.length === 0) {
        throw new Refusal("bad_input", "Nothing to spawn: give --count, --config or both");
      }
      const input = operations.spawnSwarm.input.safeParse({
        ...(configs.length > 0 ? { configs, config_name: flags.config.join(",") } : {}),
        ...(flags.count === undefined ? {} : { count: flags.count }),
      });
      if (!input.success) {
        throw new Refusal(
          "bad_input",
          `--count: ${input.error.issues.map((issue) => issue.message).join("; ")}`,
        );
      }
      const reply = await (await doors.swarm(flags.url, flags.tokenFile)).spawnSwarm(input.data);
      print(flags, reply, () => `${botsOf(reply.count)}: ${fromTo(reply.bot_ids)}\n`);
    });

  verb(program, "swarmStatus", "status [bot]", "the swarm, or one bot")
    .addHelpText("after", "\nExamples:\n  bbsbot status\n  bbsbot status bot_042 --json")
    .action(async (bot: string | undefined, flags: Common) => {
      const swarm = await doors.swarm(flags.url, flags.tokenFile);
      if (bot !== undefined) {
        const status = await swarm.botStatus({ bot_id: checkedId(bot) });
        return print(flags, status, () => botSheet(status));
      }
      const status = await swarm.swarmStatus({});
      print(
        flags,
        status,
        () => `${status.bots.length > 0 ? botTable(status.bots) : ""}${swarmLine(status)}\n`,
      );
    });

  const orders = [
    ["pauseBot", "pause <bots...>", "bbsbot pause bot_042"],
    ["resumeBot", "resume <bots...>", "bbsbot resume bot_042"],
    ["killBot", "kill <bots...>", "bbsbot kill bot_007 bot_008"],
  ] as const;
  for (const [name, usage, example] of orders) {
    verb(program, name, usage)
      .addHelpText("after", `\nExample:\n  ${example}`)
      .action(async (bots: string[], flags: Common) => {
        const swarm = await doors.swarm(flags.url, flags.tokenFile);
        await eachBot(bots, flags, (bot_id) => swarm[name]({ bot_id }));
      });
  }

  verb(program, "setGoal", "set-goal <bot> <goal>")
    .addHelpText("after", "\nExample:\n  bbsbot set-goal bot_042 exploration")
    .action(async (bot: string, goal: string, flags: Common) => {
      const input = operations.setGoal.input.safeParse({ bot_id: checkedId(bot), goal });
      if (!input.success) throw new Refusal("bad_input", `The goal: ${input.error.issues[0]?.message}`);
      const swarm = await doors.swarm(flags.url, flags.tokenFile);
      await eachBot([bot], flags, () => swarm.setGoal(input.data));
    });

  /** Asks for each bot in turn and tells each outcome; the worst one is thrown at the end, when all have been asked. */
  async function eachBot(
    bots: readonly string[],
    flags: Common,
    ask: (botId: string) => ReturnType<Swarm["pauseBot" | "killBot"]>,
  ): Promise<void> {
    let worst: Refusal | undefined;
    for (const bot of bots) {
      try {
        const reply = await ask(checkedId(bot));
        print(flags, reply, () =>
          "killed" in reply
            ? `${reply.killed} killed\n`
            : `${reply.bot_id} ${reply.state} (order ${reply.order})\n`,
        );
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (bots.length > 1) err(`${printable(bot)}: ${printable(error.message)}\n`);
        if (!worst || refusalCodes[error.code].exit > refusalCodes[worst.code].exit) worst = error;
      }
    }
    if (worst) throw bots.length > 1 ? new Refusal(worst.code, "Not every bot could be reached") : worst;
  }
}

function verb(program: Command, name: OperationName, usage: string, summary?: string): Command {
  return program
    .command(usage)
    .description(summary ?? operations[name].summary.replace(/^./, (first) => first.toLowerCase()))
    .addOption(
      new Option("--url <url>", "the manager")
        .env("BBSBOT_URL")
        .argParser(managerAddress)
        .default(defaultManagerUrl),
    )
    .option("--token-file <file>", "the manager's token; BBSBOT_TOKEN or its default file otherwise")
    .option("--json", "pure JSON on stdout");
}

const fromTo = (ids: readonly string[]) => (ids.length > 1 ? `${ids[0]} to ${ids.at(-1)}` : (ids[0] ?? ""));

const collect = (file: string, files: string[]) => [...files, file];

function checkedId(text: string): string {
  const parsed = operations.botStatus.input.shape.bot_id.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new Refusal("bad_input", `"${text}" is no bot's id: ${parsed.error.issues[0]?.message}`);
}
