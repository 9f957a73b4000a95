/** How long commands take from their start to their end, and those that stay to their first word that matters. */
import { join } from "node:path";
import { binary, scratch, start, words, type Running } from "../tests/e2e/harness.ts";
import { type Benchmark, perRound } from "./harness/benchmark.ts";
import { binaryMissing } from "./harness/binary.ts";

/** Of one that says nothing, in milliseconds. */
const sayMaxMs = 20_000;

const env = (home: string) => ({
  PATH: process.env["PATH"] ?? "",
  HOME: home,
  XDG_STATE_HOME: home,
  NO_COLOR: "1",
});

/** Milliseconds from the start of a command to its end. Rejects when it fails. */
async function toItsEnd(argv: readonly string[], home: string): Promise<number> {
  const began = performance.now();
  const child = Bun.spawn([binary, ...argv], { env: env(home), stdio: ["ignore", "ignore", "ignore"] });
  const code = await child.exited;
  if (code !== 0) throw new Error(`${argv.join(" ")} ended with ${code}`);
  return performance.now() - began;
}

/** Milliseconds from its start until it has written a line that says so, having been told `input` if anything. Ends it. */
async function toItsWord(
  argv: readonly string[],
  home: string,
  says: string,
  input?: string,
): Promise<number> {
  const began = performance.now();
  const child = Bun.spawn([binary, ...argv], {
    env: env(home),
    cwd: home,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "ignore",
    timeout: sayMaxMs,
  });
  try {
    if (input !== undefined) void child.stdin.write(input);
    void child.stdin.flush();
    let text = "";
    for await (const bytes of child.stdout) {
      text += new TextDecoder().decode(bytes);
      if (text.includes("\n")) break;
    }
    const took = performance.now() - began;
    if (!text.includes(says))
      throw new Error(`Expected ${argv.join(" ")} to say ${says}, found: ${text.slice(0, 300)}`);
    return took;
  } finally {
    child.kill();
    await child.exited;
  }
}

/** In a folder of its own, which is gone afterwards. */
async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const { folder, remove } = scratch();
  try {
    return await work(folder);
  } finally {
    remove();
  }
}

const initialize = `${JSON.stringify({
  jsonrpc: "2.0",
  id: 0,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "bench", version: "1" } },
})}\n`;

/** Commands asked of one manager. */
const times = 5;
/** `status` of a manager that is there, some times over; the manager is ended again. */
const asked = perRound(() =>
  inScratch(async (folder) => {
    const manager: Running = await start(
      [...words("manager --json --port 0 --no-dashboard-port --state-file"), join(folder, "swarm.db")],
      { env: env(folder) },
    );
    try {
      const url = String(manager.first["url"]);
      const tookMs: number[] = [];
      for (let time = 0; time < times; time++)
        tookMs.push(await toItsEnd(["status", "--json", "--url", url], folder));
      return tookMs;
    } finally {
      await manager.stop();
    }
  }),
);

const figure = (
  what: string,
  belowMs: number,
  run: (round: number) => Promise<number | readonly number[]>,
): Benchmark => ({
  name: `start-up: ${what}`,
  unit: "ms",
  kind: "duration",
  yardstick: "start",
  cost: "quick",
  slack: 5,
  goal: { below: belowMs },
  skip: binaryMissing,
  run,
});

export const benchmarks: readonly Benchmark[] = [
  ...["--version", "--help", "worker --help", "manager --help", "host --help"].map((line) =>
    figure(line, 50, () => inScratch((folder) => toItsEnd(words(line), folder))),
  ),
  figure("status of a running manager", 150, asked),
  figure("mcp until it has answered initialize", 300, () =>
    inScratch((folder) =>
      toItsWord(words("mcp --url http://127.0.0.1:9"), folder, '"serverInfo"', initialize),
    ),
  ),
  figure("host until it listens, new universe", 1000, () =>
    inScratch((folder) => toItsWord(words("host --json --port 0 --db host.db"), folder, '"port"')),
  ),
  figure("manager until it listens, new swarm", 500, () =>
    inScratch((folder) =>
      toItsWord(
        words("manager --json --port 0 --no-dashboard-port --state-file swarm.db"),
        folder,
        '"event"',
      ),
    ),
  ),
];
