/** `bbsbot demo`: a host, a manager and a swarm on this machine, watched until all are done or Ctrl-C, then taken down and audited. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { measure, over, summarize, tellSummary, type DemoSummary, type Watched } from "./audit.ts";
import { startChild, type Child } from "./children.ts";
import { remoteSwarm } from "./control/client.ts";
import type { DemoFlags } from "./control/console/doors.ts";
import { duration, type Console } from "./control/console/terminal.ts";
import { swarmLine, swarmTable } from "./control/console/views.ts";
import {
  botConfigs,
  type DemoPlan,
  hostArguments,
  managerArguments,
  managerYaml,
  planDemo,
} from "./demo-plan.ts";
import { createSampler, hostDb, managerDb, nextSampleMs } from "./demo-samples.ts";
import { createSeries } from "./demo-series.ts";
import { untilAsked } from "./doors.ts";
import { groupLimits } from "./io/machine.ts";
import { managerToken } from "./io/token.ts";
import { operations, type Swarm } from "./proto/operations.ts";
import { jsonLine } from "./proto/printable.ts";
import { Refusal } from "./proto/refusal.ts";
import type { BotStatus, SwarmStatus } from "./proto/status.ts";

const sendHomeMaxMs = 8_000;
/** How often the swarm is looked at, and a line is written in a pipe: the longer it has gone on, the less there is to miss. */
const lookEveryMs = (seconds: number) => Math.min(5000, Math.max(250, seconds * 15));
const tellEveryMs = (seconds: number) => Math.min(60_000, Math.max(5000, seconds * 15));
/** A manager that has much to do may miss an answer; one that says nothing for so long is given up. */
const silenceMaxMs = 60_000;
/** While the bots are sent home. */
const homeEveryMs = 250;

export async function demoDoor(flags: DemoFlags, console: Console): Promise<number> {
  if (!("Bun" in globalThis)) throw new Refusal("unavailable", "The demo needs Bun");
  const asked = untilAsked();
  const folder = makeFolder();
  const say = (text: string) => console.err(`${text}\n`);
  const children: Child[] = [];
  try {
    const plan = planDemo(flags, groupLimits().cores ?? availableParallelism());
    const host = startChild("host", hostArguments(flags, plan, hostDb(folder)), folder);
    children.push(host);
    const { port: gamePort } = await host.ready;
    const manager = startChild("manager", await managerWords(flags, plan, folder), folder);
    children.push(manager);
    const { url, dashboard_url } = await manager.ready;
    const died = Promise.race(children.map((child) => child.died));
    // Awaited beside everything below; alone it must not count as unhandled.
    died.catch(() => undefined);
    const { games, sectors } = plan;
    say(
      `Game at 127.0.0.1 port ${String(gamePort)}, seed ${flags.seed}, ${sectors} sectors in each of ${games}`,
    );
    say(`Status page at ${String(dashboard_url ?? url)}`);
    const field = { flags, plan, url: String(url), gamePort: Number(gamePort), folder, host, manager };
    const watching = watchSwarm(field, asked, console);
    watching.catch(() => undefined);
    // What the death of a child means for the watching is of no interest: its own words are.
    const watched = await Promise.race([died, watching.catch(() => died)]);
    await manager.stop();
    await host.stop();
    const summary = await summarize(flags, plan, watched, hostDb(folder));
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

async function managerWords(flags: DemoFlags, plan: DemoPlan, folder: string): Promise<string[]> {
  const port = (await isFree(flags.port)) ? flags.port : 0;
  const config = join(folder, "manager.yaml");
  writeFileSync(config, managerYaml(plan));
  return managerArguments(flags, port, config, managerDb(folder));
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });

const playing = (bot: BotStatus) => bot.state === "RUNNING" || bot.state === "PAUSED";

/** What runs, and how it is reached. */
interface Field {
  readonly flags: DemoFlags;
  readonly plan: DemoPlan;
  readonly url: string;
  readonly gamePort: number;
  readonly folder: string;
  readonly host: Child;
  readonly manager: Child;
}

/** Spawns the swarm and looks at it until every bot is done or someone asks to stop. */
async function watchSwarm(field: Field, asked: Promise<number>, console: Console): Promise<Watched> {
  const { flags, plan, host, manager, folder } = field;
  const seconds = () => process.uptime();
  const swarm = remoteSwarm(field.url, fetch, managerToken(null).secret);
  // Heard at once when it was said while the host and the manager came up: then nothing more is begun.
  let interrupted = await Promise.race([asked, Promise.resolve(undefined)]);
  void asked.then((status) => (interrupted = status));
  if (interrupted === undefined) {
    const configs = botConfigs(flags, plan, field.gamePort);
    await swarm.spawnSwarm(
      operations.spawnSwarm.input.parse({ configs, config_name: "demo", count: flags.count }),
    );
  }
  let allRunning: number | null = null;
  let allTraded: number | null = null;
  let memory: DemoSummary["memory_mb"] = null;
  const stuck = new Set<string>();
  const series = createSeries();
  const sample = createSampler({ host: host.pid, manager: manager.pid, folder });
  const look = patiently(() => swarm.swarmStatus({}));
  let last = await look();
  let toldAt = 0;
  let sampleAt = 0;
  for (;;) {
    await Promise.race([asked, Bun.sleep(lookEveryMs(seconds()))]);
    last = await look();
    for (const { bot_id, state } of last.bots) if (state === "STUCK") stuck.add(bot_id);
    if (allRunning === null && last.bots.every((bot) => playing(bot) || over(bot))) allRunning = seconds();
    if (allTraded === null && last.bots.every((bot) => bot.trades_executed > 0)) {
      allTraded = seconds();
      memory = measure(host, manager, last);
    }
    toldAt = tellProgress(console, last, seconds(), toldAt);
    if (interrupted !== undefined || last.bots.every(over)) break;
    const began = seconds() * 1000;
    if (began < sampleAt) continue;
    series.add(sample(last, seconds()));
    sampleAt = began + nextSampleMs(seconds(), seconds() * 1000 - began);
  }
  if (interrupted !== undefined) last = await sendHome(swarm, last);
  series.add(sample(last, seconds()));
  const points = series.points();
  return { last, seconds: seconds(), allRunning, allTraded, memory, interrupted, stuck: [...stuck], points };
}

/** Asks again where there was no answer, until there has been none for `silenceMaxMs`. */
function patiently<T>(ask: () => Promise<T>): () => Promise<T> {
  let answeredAt = performance.now();
  return async () => {
    for (;;) {
      try {
        const answer = await ask();
        answeredAt = performance.now();
        return answer;
      } catch (error) {
        if (performance.now() - answeredAt > silenceMaxMs) throw error;
        await Bun.sleep(1000);
      }
    }
  };
}

/** Every bot is told to log off, so that its books are final; those that take too long are left to the manager's end. */
async function sendHome(swarm: Swarm, status: SwarmStatus): Promise<SwarmStatus> {
  const deadline = performance.now() + sendHomeMaxMs;
  await Promise.all(status.bots.flatMap((bot) => (over(bot) ? [] : [swarm.killBot({ bot_id: bot.bot_id })])));
  for (;;) {
    const now = await swarm.swarmStatus({});
    if (now.bots.every(over) || performance.now() > deadline) return now;
    await Bun.sleep(homeEveryMs);
  }
}

/** A small table kept up to date for a person, a line now and then for a pipe. Answers when it last spoke, in milliseconds. */
function tellProgress(console: Console, status: SwarmStatus, seconds: number, toldAt: number): number {
  if (!console.errIsTty) {
    if (seconds * 1000 - toldAt < tellEveryMs(seconds)) return toldAt;
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
