/** `bbsbot demo`: a host, a manager and a swarm on this machine, watched until all are done or Ctrl-C, then taken down and audited. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { measure, over, summarize, tellSummary, type DemoSummary, type Watched } from "./audit.ts";
import { startChild, type Child } from "./children.ts";
import { remoteSwarm } from "./control/client.ts";
import type { DemoFlags } from "./control/console/doors.ts";
import { duration, type Console } from "./control/console/terminal.ts";
import { swarmLine, swarmTable } from "./control/console/views.ts";
import { untilAsked } from "./doors.ts";
import { managerToken } from "./io/token.ts";
import { BotConfig } from "./proto/config.ts";
import { operations, type Swarm } from "./proto/operations.ts";
import { jsonLine } from "./proto/printable.ts";
import { Refusal } from "./proto/refusal.ts";
import type { BotStatus, SwarmStatus } from "./proto/status.ts";

const sendHomeMaxMs = 8_000;
const lookEveryMs = 250;
/** In a pipe a line at this pace is enough to follow. */
const tellEveryMs = 5_000;

export async function demoDoor(flags: DemoFlags, console: Console): Promise<number> {
  if (!("Bun" in globalThis)) throw new Refusal("unavailable", "The demo needs Bun");
  const asked = untilAsked();
  const folder = makeFolder();
  const say = (text: string) => console.err(`${text}\n`);
  const children: Child[] = [];
  try {
    const host = startChild("host", hostArguments(flags, folder), folder);
    children.push(host);
    const { port: gamePort } = await host.ready;
    const manager = startChild("manager", await managerArguments(flags, folder), folder);
    children.push(manager);
    const { url, dashboard_url } = await manager.ready;
    const died = Promise.race(children.map((child) => child.died));
    // Awaited beside everything below; alone it must not count as unhandled.
    died.catch(() => undefined);
    say(`Game at 127.0.0.1 port ${String(gamePort)}, seed ${flags.seed}`);
    say(`Status page at ${String(dashboard_url ?? url)}`);
    const watching = watchSwarm(flags, String(url), Number(gamePort), children, asked, console);
    watching.catch(() => undefined);
    // What the death of a child means for the watching is of no interest: its own words are.
    const watched = await Promise.race([died, watching.catch(() => died)]);
    await manager.stop();
    await host.stop();
    const summary = await summarize(flags, watched, join(folder, "host.db"));
    if (flags.json) console.out(`${jsonLine(summary)}\n`);
    else console.out(tellSummary(summary));
    if (watched.interrupted !== undefined) return watched.interrupted;
    return summary.errors.length === 0 && summary.books.agree ? 0 : 1;
  } finally {
    for (const child of children.toReversed()) await child.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), "bbsbot-demo-"));
  } catch (error) {
    throw new Refusal("unavailable", `Cannot make a folder in "${tmpdir()}": ${(error as Error).message}`);
  }
}

const hostArguments = (flags: DemoFlags, folder: string) => [
  ...words("host --json --port 0 --db"),
  join(folder, "host.db"),
  ...words(`--seed ${flags.seed} --sectors ${flags.sectors} --max-callers ${flags.count + 10}`),
];

const words = (text: string) => text.split(" ");

async function managerArguments(flags: DemoFlags, folder: string): Promise<string[]> {
  const port = (await isFree(flags.port)) ? flags.port : 0;
  const config = join(folder, "manager.yaml");
  // A few bots on a game that answers at once think all the time: here they may.
  writeFileSync(config, "manager:\n  max_cpu_per_bot: null\n");
  return [
    ...words(`manager --json --port ${port} --max-bots ${Math.max(flags.count, 1)} --config`),
    config,
    "--state-file",
    join(folder, "swarm_state.db"),
  ];
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });

const playing = (bot: BotStatus) => bot.state === "RUNNING" || bot.state === "PAUSED";

/** Spawns the swarm and looks at it until every bot is done or someone asks to stop. */
async function watchSwarm(
  flags: DemoFlags,
  url: string,
  gamePort: number,
  [host, manager]: Child[],
  asked: Promise<number>,
  console: Console,
): Promise<Watched> {
  const seconds = () => process.uptime();
  const swarm = remoteSwarm(url, fetch, managerToken(null).secret);
  const config = BotConfig.parse({
    connection: { host: "127.0.0.1", port: gamePort },
    session: { max_turns_per_session: flags.turns, seed: flags.seed },
  });
  // Heard at once when it was said while the host and the manager came up: then nothing more is begun.
  let interrupted = await Promise.race([asked, Promise.resolve(undefined)]);
  void asked.then((status) => (interrupted = status));
  if (interrupted === undefined)
    await swarm.spawnSwarm(
      operations.spawnSwarm.input.parse({ configs: [config], config_name: "demo", count: flags.count }),
    );
  let allRunning: number | null = null;
  let allTraded: number | null = null;
  let memory: DemoSummary["memory_mb"] = null;
  let last = await swarm.swarmStatus({});
  let toldAt = 0;
  for (;;) {
    await Promise.race([asked, Bun.sleep(lookEveryMs)]);
    last = await swarm.swarmStatus({});
    if (allRunning === null && last.bots.every((bot) => playing(bot) || over(bot))) allRunning = seconds();
    if (allTraded === null && last.bots.every((bot) => bot.trades_executed > 0)) {
      allTraded = seconds();
      memory = measure(host!, manager!, last);
    }
    toldAt = tellProgress(console, last, seconds(), toldAt);
    if (interrupted !== undefined || last.bots.every(over)) break;
  }
  if (interrupted !== undefined) last = await sendHome(swarm, last);
  return { last, seconds: seconds(), allRunning, allTraded, memory, interrupted };
}

/** Every bot is told to log off, so that its books are final; those that take too long are left to the manager's end. */
async function sendHome(swarm: Swarm, status: SwarmStatus): Promise<SwarmStatus> {
  const deadline = performance.now() + sendHomeMaxMs;
  await Promise.all(status.bots.flatMap((bot) => (over(bot) ? [] : [swarm.killBot({ bot_id: bot.bot_id })])));
  for (;;) {
    const now = await swarm.swarmStatus({});
    if (now.bots.every(over) || performance.now() > deadline) return now;
    await Bun.sleep(lookEveryMs);
  }
}

/** A small table kept up to date for a person, a line now and then for a pipe. Answers when it last spoke, in milliseconds. */
function tellProgress(console: Console, status: SwarmStatus, seconds: number, toldAt: number): number {
  if (!console.errIsTty) {
    if (seconds * 1000 - toldAt < tellEveryMs) return toldAt;
    console.err(`${duration(seconds)}  ${swarmLine(status)}\n`);
    return seconds * 1000;
  }
  const lines = swarmTable(status, duration(seconds)).map(
    (line) => `\r\x1b[K${line.slice(0, console.columns - 1)}\n`,
  );
  // Over the lines of the last time.
  console.err((toldAt > 0 ? `\x1b[${lines.length}A` : "") + lines.join(""));
  return seconds * 1000;
}
