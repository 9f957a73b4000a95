/** The verbs that are processes of their own: manager, worker, host, explain, demo. */
import { Option, type Command } from "commander";
import { batchMax } from "../../proto/operation.ts";
import { seatsMax } from "../../proto/pack.ts";
import { managerAddress, numberFrom, portNumber, wholeNumber } from "./arguments.ts";
import type { Doors } from "./doors.ts";
import { addHost } from "./host-verbs.ts";

export function addProcessVerbs(program: Command, doors: Doors, done: (status: number) => void): void {
  program
    .command("manager")
    .description("run the swarm's manager: REST and WebSocket on localhost:8000, status page also on :3000")
    .option("--config <file>", "manager.yaml")
    .option("--host <name>", "address to listen on; beyond this machine only with --token-file")
    .option("--port <n>", "port of the API; 0 picks one and prints it", portNumber)
    .option("--dashboard-port <n>", "port of the status page beside the API's", portNumber)
    .option("--no-dashboard-port", "serve the status page on the API's port alone")
    .option("--page-read-only", "the status page looks on and changes nothing")
    .option("--state-file <file>", "the swarm's database")
    .option("--max-bots <n>", "most bots alive at one time", numberFrom(1, 100_000))
    .option("--pack <n>", "bots that share one worker process; 1 for a process each", numberFrom(1, seatsMax))
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
    .option(
      "--games <n>",
      "games that the bots spread over, 1 to 25; unless said as many as feed them: a sector for each 50 turns, 5000 to a game",
      numberFrom(1, 25),
    )
    .option(
      "--sectors <n>",
      "sectors in each game; unless said as many as feed the bots, 1000 at least",
      numberFrom(100, 20_000),
    )
    .option(
      "--pack <n>",
      "bots that share a process; unless said as many as give each core one process",
      numberFrom(1, batchMax),
    )
    .option("--port <n>", "port of the manager; the next free one if it is taken", portNumber, 8000)
    .option("--json", "one summary object on stdout at the end")
    .addHelpText("after", "\nExample:\n  bbsbot demo --count 111 --turns 200 --json")
    .action(async (flags) => done(await doors.demo(flags)));
}
