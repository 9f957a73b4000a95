/** The command line: argv to doors and operations. Commander is known here and nowhere else. */
import { Command, CommanderError, Option } from "commander";
import { batchMax } from "../../proto/operation.ts";
import { Refusal, refusalCodes } from "../../proto/refusal.ts";
import { managerAddress, numberFrom, portNumber, wholeNumber } from "./arguments.ts";
import { addConfigVerbs } from "./config-verbs.ts";
import type { Doors } from "./doors.ts";
import { addHandVerbs } from "./hand-verbs.ts";
import { addHost } from "./host-verbs.ts";
import { addMcp } from "./mcp-verb.ts";
import { addStreamVerbs } from "./stream-verbs.ts";
import { addSwarmVerbs } from "./swarm-verbs.ts";
import { printable } from "./terminal.ts";
import { addTop } from "./top/verb.ts";

/** The two that no refusal stands for (`refusalCodes` has the others). */
const exits = { ok: 0, usage: 2 } as const;

const exitHelp = `
Exit status: 0 done, 1 failed, 2 wrong usage or configuration, 3 token missing or wrong,
4 manager unreachable, 5 no such bot, 6 game unreachable, 130 ended by Ctrl-C.`;

/** Runs one command; answers with the exit status. Errors become one line on stderr. */
export async function runCommandLine(argv: readonly string[], doors: Doors): Promise<number> {
  let status: number = exits.ok;
  const program = createProgram(doors, (code) => (status = code));
  try {
    if (argv[0] === "completion" || argv[0] === "complete") {
      const { default: addCompletion } = await import("@bomb.sh/tab/commander");
      addCompletion(program, { completionCommandName: "completion" });
    }
    await program.parseAsync([...argv], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exits.ok : exits.usage;
    if (error instanceof Refusal) {
      for (const line of error.message.split("\n")) doors.console.err(`${printable(line)}\n`);
      for (const { path, message } of error.errors ?? []) {
        doors.console.err(`  ${printable(path)}: ${printable(message)}\n`);
      }
      return refusalCodes[error.code].exit;
    }
    throw error;
  }
}

/** The whole tree of commands; `done` receives the exit status of the one that ran. */
export function createProgram(doors: Doors, done: (status: number) => void): Command {
  const program = new Command("bbsbot")
    .description("A swarm of bots that play TradeWars 2002, and the means to command it.")
    .version(doors.version)
    // Or the --db of "host inspect" would be taken for the host's own.
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError("(bbsbot --help tells more)")
    .configureOutput({
      writeOut: (text) => doors.console.out(text),
      writeErr: (text) => doors.console.err(text),
    })
    .addHelpText(
      "after",
      `
Examples:
  bbsbot demo                           a game, a manager and 111 bots, all on this machine
  bbsbot manager &                      the manager alone
  bbsbot spawn-swarm --count 111        111 bots in the game at localhost:2002
  bbsbot status                         what they are doing
  bbsbot pause bot_042                  hold one
  bbsbot completion bash                completion for your shell (zsh, fish and powershell too)
${exitHelp}`,
    );
  addProcesses(program, doors, done);
  addSwarmVerbs(program, doors);
  addStreamVerbs(program, doors, done);
  addTop(program, doors, done);
  addHandVerbs(program, doors, done);
  addMcp(program, doors, done);
  addConfigVerbs(program, doors, done);
  // Sub-commands made by command() inherit these settings, except the ones that commander keeps to itself.
  settle(program);
  return program;
}

function settle(parent: Command): void {
  for (const command of parent.commands) {
    command.exitOverride();
    settle(command);
  }
}

function addProcesses(program: Command, doors: Doors, done: (status: number) => void): void {
  program
    .command("manager")
    .description("run the swarm's manager: REST and WebSocket on localhost:8000, status page also on :3000")
    .option("--config <file>", "manager.yaml")
    .option("--host <name>", "address to listen on; beyond this machine only with --token-file")
    .option("--port <n>", "port of the API; 0 picks one and prints it", portNumber)
    .option("--dashboard-port <n>", "port of the status page beside the API's", portNumber)
    .option("--no-dashboard-port", "serve the status page on the API's port alone")
    .option("--state-file <file>", "the swarm's database")
    .option("--max-bots <n>", "most bots alive at one time", numberFrom(1, 100_000))
    .option("--config-dir <folder>", "whose files may be spawned from by name")
    .option("--token-file <file>", "one line that only its owner can read, for those who must show a token")
    .option("--orphan-grace <seconds>", "how long workers play on without a manager", numberFrom(0, 86_400))
    .option("--json", "log as JSON lines")
    .addHelpText("after", "\nExample:\n  bbsbot manager --config examples/manager.yaml")
    .action(async (flags) => done(await doors.manager(flags)));

  program
    .command("worker")
    .description("run one bot")
    .requiredOption("--config <file>", "bot.yaml")
    .option("--bot-id <id>", "its name in a swarm")
    .addOption(
      new Option("--manager <url>", "register with this manager and obey it").argParser(managerAddress),
    )
    .option("--token-file <file>", "that manager's token; BBSBOT_TOKEN or its default file otherwise")
    .option("--state-dir <dir>", "where the bot keeps its name, its password and what it knows")
    .option("--record <file>", "write what crosses the wire to a new file, passwords masked")
    .option("--json", "log as JSON lines")
    .addHelpText(
      "after",
      "\nExamples:\n  bbsbot worker --config examples/bot.yaml\n  bbsbot worker --config examples/bot.yaml --manager http://localhost:8000\n  bbsbot worker --config examples/polite.yaml --record session.jsonl",
    )
    .action(async (flags) => done(await doors.worker(flags)));

  addHost(program, doors, done);

  program
    .command("explain")
    .description(
      "what a bot reads from each line and prompt of recorded sessions, and the share it understands",
    )
    .argument("<files...>", "recordings, as the worker's --record writes them")
    .option("--json", "JSON lines: each line and prompt, then the sums of each file")
    .addHelpText(
      "after",
      "\nExit status 1 where a line or a prompt is unknown.\n\nExample:\n  bbsbot explain session.jsonl",
    )
    .action(async (files: string[], { json }: { json?: boolean }) =>
      done(await doors.explain(files, json === true)),
    );

  program
    .command("demo")
    .description("a host, a manager and a swarm on this machine; Ctrl-C stops it all")
    .option("--count <n>", "bots", numberFrom(1, batchMax), 111)
    .option("--seed <n>", "what the universe and the bots' choices grow from", wholeNumber, 2002)
    .option("--turns <n>", "turns for each bot, then it ends; 0 plays until Ctrl-C", wholeNumber, 0)
    .option("--sectors <n>", "sectors in the universe", numberFrom(100, 20_000), 1000)
    .option("--port <n>", "port of the manager; the next free one if it is taken", portNumber, 8000)
    .option("--json", "one summary object on stdout at the end")
    .addHelpText("after", "\nExample:\n  bbsbot demo --count 111 --turns 200 --json")
    .action(async (flags) => done(await doors.demo(flags)));
}
