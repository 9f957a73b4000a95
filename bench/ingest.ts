/** Reports that a manager takes in: workers that play nothing tell it more than it can take, until the last word of each is acknowledged. */
import { createPretence, pretendedId } from "../tests/doubles/pretence.ts";
import { makeField, type Field } from "../tests/e2e/storm/field.ts";
import { cpuSeconds } from "../tests/e2e/storm/processes.ts";
import { linkVersion } from "../src/proto/orders.ts";
import { type Benchmark, perRound } from "./harness/benchmark.ts";
import { binaryMissing } from "./harness/binary.ts";

const workers = 100;
const reportsEach = 400;
/** Until all is acknowledged, in milliseconds. */
const doneMaxMs = 60_000;

interface Taken {
  readonly perSecond: number;
  /** Microseconds of the manager's processor time. */
  readonly cpuEach: number;
}

const flood = perRound(async (): Promise<Taken> => {
  const field = await makeField();
  try {
    await field.startManager();
    const told = reports();
    const lines = await Promise.all(Array.from({ length: workers }, (_, index) => join(field, index)));
    const { pid } = field.manager();
    const [cpu, began] = [cpuSeconds(pid), performance.now()];
    await Promise.all(lines.map((line) => line.flood(told)));
    const seconds = (performance.now() - began) / 1000;
    const used = cpuSeconds(pid) - cpu;
    await checkAllHeard(field, told.length);
    for (const line of lines) line.hangUp();
    const all = workers * told.length;
    return { perSecond: all / seconds, cpuEach: (1e6 * used) / all };
  } finally {
    await field.close();
  }
});

/** What was acknowledged and not taken in would make a fine figure. */
async function checkAllHeard(field: Field, last: number): Promise<void> {
  const { bots } = await field.status();
  const behind = bots.filter(({ sector }) => sector !== last);
  if (bots.length !== workers || behind.length > 0)
    throw new Error(`Of ${bots.length} bots ${behind.length} are not where their last report says`);
}

/** One bot's, a second apart: nearly every counter moves. */
function reports(): readonly string[] {
  const swarm = createPretence(1, 1);
  return Array.from({ length: reportsEach }, (_, index) => {
    const event = swarm.report(pretendedId(0));
    if (event.type !== "reported") throw new Error("Pretence reports");
    return JSON.stringify({ type: "report", report: { ...event.report, sector: index + 1 } });
  });
}

interface Line {
  /** Sends all of these and a note, and waits until the note is acknowledged: whatever came before it is taken in. */
  flood(told: readonly string[]): Promise<void>;
  hangUp(): void;
}

/** Registers a worker and dials; answers when the manager has said welcome. */
async function join(field: Field, index: number): Promise<Line> {
  const pid = 100_000 + index;
  const request = { version: linkVersion, pid, config_name: "bench", strategy: "opportunistic" };
  const { status, body } = await field.ask("POST", "/worker/register", request);
  if (status >= 300) throw new Error(`The worker was answered ${status}: ${JSON.stringify(body)}`);
  const { bot_id: bot, token } = body as { bot_id: string; token: string };
  const url = new URL("/ws/worker", field.url.replace("http", "ws"));
  url.searchParams.set("bot_id", bot);
  url.searchParams.set("token", token);
  const socket = new WebSocket(url);
  let heard: (type: string) => void = () => {};
  let lost: (error: Error) => void = () => {};
  socket.onmessage = ({ data }) => heard((JSON.parse(String(data)) as { type: string }).type);
  socket.onclose = ({ reason }) => lost(new Error(`The manager hung up: ${reason}`));
  const hears = (wanted: string) =>
    new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`No "${wanted}" within ${doneMaxMs} ms`)), doneMaxMs);
      heard = (type) => {
        if (type !== wanted) return;
        clearTimeout(late);
        resolve();
      };
      lost = (error) => {
        clearTimeout(late);
        reject(error);
      };
    });
  const say = (message: object) => socket.send(JSON.stringify(message));
  const welcome = hears("welcome");
  socket.onopen = () =>
    say({ type: "hello", version: linkVersion, bot_id: bot, pid, session: String(index).padStart(16, "0") });
  await welcome;
  say({ type: "playing" });
  return {
    async flood(told) {
      const acknowledged = hears("ack");
      for (const report of told) socket.send(report);
      say({ type: "note", n: 1, severity: "info", text: "that is all" });
      await acknowledged;
    },
    hangUp() {
      lost = () => {};
      socket.close();
    },
  };
}

export const benchmarks: readonly Benchmark[] = [
  {
    name: `ingest: reports of ${workers} workers taken in by a manager`,
    unit: "reports/s",
    kind: "rate",
    cost: "slow",
    goal: { atLeast: 2000 },
    skip: binaryMissing,
    run: async (round) => (await flood(round)).perSecond,
  },
  {
    name: "ingest: the manager's processor time for a report",
    unit: "us",
    kind: "duration",
    cost: "slow",
    // From run to run of the benchmarks it moves by more than from round to round.
    slack: 5,
    skip: binaryMissing,
    run: async (round) => (await flood(round)).cpuEach,
  },
];
