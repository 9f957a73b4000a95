/** The game server: its core alone, then the built binary with real callers. Everything on loopback, ended by itself. */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { sectorAt, warp } from "../src/games/tw2002/host/galaxy.ts";
import { newGalaxy } from "../src/games/tw2002/host/universe/newgame.ts";
import { answers } from "../tests/e2e/caller.ts";
import { createTable, enlist, noon } from "../tests/games/tw2002/host/players.ts";
import { type Benchmark, perRound } from "./harness/benchmark.ts";

const callers = 500;
/** What a caller does over and over; each is one command and ends at the command prompt. */
const round = ["D", "I", "/", "<", "^IQ", "<", "D", "CTQ"] as const;
/** What stands in the answer: others' doings bring prompts of their own, which are no answer. */
const marks: Readonly<Record<string, string>> = {
  D: "<Re-Display>",
  I: "<Info>",
  "/": "Sect ",
  "<": "<Move>",
  "^IQ": "ENDINTERROG",
  CTQ: "<Computer deactivated>",
};

export const benchmarks: readonly Benchmark[] = [
  {
    name: "host: commands in the core, no sockets",
    unit: "commands/s",
    kind: "rate",
    cost: "quick",
    goal: { atLeast: 20_000 },
    run() {
      const table = createTable({ seed: 2, settings: { sectors: 1000, turnsPerDay: 1_000_000 } });
      const lines = Array.from({ length: 100 }, (_, index) => enlist(table, `Trader ${index}`));
      // Nobody plays in a crowd of a hundred: each begins somewhere else, having come from next door.
      for (const [index, trader] of [...table.galaxy.traders.values()].entries()) {
        const sector = 20 + 9 * index;
        for (const to of [sectorAt(table.galaxy, sector).warps[0] ?? 1, sector])
          warp(table.galaxy, trader, to);
      }
      const rounds = 30;
      const began = performance.now();
      for (let turn = 0; turn < rounds; turn++) {
        for (const keys of round) for (const line of lines) table.press(line, keys);
      }
      return (rounds * round.length * lines.length * 1000) / (performance.now() - began);
    },
  },
  {
    name: "host: a universe of 5,000 sectors is made",
    unit: "ms",
    kind: "duration",
    cost: "quick",
    goal: { below: 2000 },
    run() {
      const began = performance.now();
      newGalaxy({ seed: 7, at: noon, settings: { sectors: 5000 } });
      return performance.now() - began;
    },
  },
  {
    name: `host: ${callers} callers at full speed, host on one core`,
    unit: "commands/s",
    kind: "rate",
    cost: "slow",
    goal: { atLeast: 5000 },
    run: async (round) => (await underLoad(round)).commandsPerSecond,
  },
  {
    name: `host: memory a caller, ${callers} of them`,
    unit: "KB",
    kind: "cost",
    cost: "slow",
    goal: { below: 200 },
    run: async (round) => (await underLoad(round)).kilobytesPerCaller,
  },
];

interface Load {
  readonly commandsPerSecond: number;
  readonly kilobytesPerCaller: number;
}
/** Both figures come from one run. */
const underLoad = perRound(() => runLoad());

const playMs = 10_000;

async function runLoad(): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), "bbsbot-bench-"));
  const pinned = availableParallelism() > 1 && Bun.which("taskset") ? ["taskset", "-c", "1"] : [];
  const child = Bun.spawn(
    [
      ...pinned,
      join(import.meta.dir, "../dist/bbsbot"),
      ..."host --json --port 0 --games A --turns-per-day 1000000 --db".split(" "),
      join(folder, "host.db"),
    ],
    { stdout: "pipe", stderr: "ignore", stdin: "ignore" },
  );
  try {
    const first = await child.stdout.getReader().read();
    const { port } = JSON.parse(new TextDecoder().decode(first.value)) as { port: number };
    const before = residentKilobytes(child.pid);
    const lines = await Promise.all(
      Array.from({ length: callers }, (_, index) => call(port, `Load ${index}`)),
    );
    const after = residentKilobytes(child.pid);
    const began = performance.now();
    const counts = await Promise.all(lines.map((line) => line.play(began + playMs)));
    const seconds = (performance.now() - began) / 1000;
    for (const line of lines) line.hangUp();
    return {
      commandsPerSecond: counts.reduce((sum, count) => sum + count, 0) / seconds,
      kilobytesPerCaller: (after - before) / callers,
    };
  } finally {
    child.kill("SIGTERM");
    await child.exited;
    rmSync(folder, { recursive: true, force: true });
  }
}

function residentKilobytes(pid: number): number {
  const status = new TextDecoder().decode(Bun.spawnSync(["cat", `/proc/${pid}/status`]).stdout);
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
}

async function call(port: number, name: string) {
  let text = "";
  let wake = () => {};
  const socket = await Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: {
      data(_, bytes) {
        text += bytes.toString("latin1");
        wake();
      },
    },
  });
  const plain = () => text.replaceAll(/\x1b\[[0-9;]*[A-Za-z]|\r/g, "");
  const next = () => new Promise<void>((resolve) => (wake = resolve));
  const send = (keys: string) => {
    text = "";
    socket.write(Buffer.from(keys, "latin1"));
  };
  socket.write(Buffer.from("\xff\xfc\xf6", "latin1"));
  while (!atHome.test(plain())) {
    const answer = answers.find(([ending]) => ending.test(plain()));
    if (answer) send(answer[1](name));
    await next();
  }
  const command = async (keys: string, mark: string) => {
    send(keys);
    do {
      await next();
      // The way back of a one-way warp is a course, and not taken.
      if (text.endsWith("[Y] ")) socket.write("N");
    } while (!atHome.test(text.slice(-60)) || !text.includes(mark));
  };
  // Away from the sector where all begin.
  for (let hop = 0; hop < hops; hop++) {
    await command("D", "<Re-Display>");
    const warps = /Warps to Sector\(s\) : (.+)/.exec(plain())?.[1]?.match(/\d+/g) ?? ["2"];
    await command(`M${warps[(hop * 7 + Number(name.slice(5))) % warps.length]}\r`, "<Move>");
  }
  return {
    /** Commands answered until then. */
    async play(until: number): Promise<number> {
      let done = 0;
      while (performance.now() < until) {
        const keys = round[done % round.length] ?? "D";
        await command(keys, marks[keys] ?? "");
        done++;
      }
      return done;
    },
    hangUp: () => socket.end(),
  };
}

const hops = 12;
const atHome = /\(\S*\?=Help\S*\)\? : $/;
