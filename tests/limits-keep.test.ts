/** Real processes that take too much: told, judged, and ended by the kernel where it holds them. */
import { afterAll, expect, test } from "bun:test";
import { openCgroups } from "../src/io/cgroup.ts";
import { cpuTicks, tellsOfProcesses, ticksPerSecond } from "../src/io/procfs.ts";
import { keepLimits, type LimitsParts } from "../src/limits-keep.ts";
import type { SwarmEvent } from "../src/proto/events.ts";
import { spawned, stage } from "./swarm/stories.ts";

const onLinux = tellsOfProcesses();
const children: Bun.Subprocess[] = [];
afterAll(() => children.forEach((child) => child.kill("SIGKILL")));

/** A program that does something, says "up", and does something else for ever. */
async function start(
  first: string,
  then = "setInterval(() => {}, 1000)",
): Promise<Bun.Subprocess<"ignore", "pipe", "ignore">> {
  const child = Bun.spawn([process.execPath, "-e", `${first}; console.log("up"); ${then}`], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "ignore",
  });
  children.push(child);
  await child.stdout.getReader().read();
  return child;
}
const idle = "";
const holds = (megabytes: number) => `globalThis.all = Buffer.alloc(${megabytes} * 1e6, 1)`;

function scene(pids: Readonly<Record<string, number>>, change: Partial<LimitsParts> = {}) {
  const on = stage();
  for (const [bot, pid] of Object.entries(pids)) {
    on.request([spawned(bot)]);
    on.happened({ type: "registered", bot, pid, session: "0123456789abcdef", at: 1 });
  }
  const told: SwarmEvent[] = [];
  const log: string[] = [];
  const clock = { at: 0 };
  const limits = keepLimits({
    cgroups: undefined,
    limits: { memoryMb: 100, cpuPercent: 50 },
    botsPerWorker: 1,
    state: on.state,
    now: () => clock.at,
    happened: (event) => told.push(event),
    log: (line) => log.push(line),
    ...change,
  });
  const look = (at: number) => {
    clock.at = at;
    limits.look();
    return told.splice(0);
  };
  return { on, limits, log, look };
}

test.skipIf(!onLinux)("memory is told at each look, and judged against the limit", async () => {
  const [small, large, huge] = await Promise.all([start(idle), start(holds(95)), start(holds(140))]);
  const { look, limits, log } = scene({ small: small.pid, large: large.pid, huge: huge.pid });
  // The first look at a process has nothing to compare with.
  expect(look(0)).toEqual([]);
  const told = look(10_000);
  const said = told.map(({ bot, type }) => `${bot} ${type}`);
  expect(said).toEqual([
    "small measured",
    "large measured",
    "large restartAsked",
    "huge measured",
    "huge cutOff",
  ]);
  const measured = told.filter((event) => event.type === "measured");
  expect(measured[0]!.memory_mb).toBeLessThan(80);
  expect(measured[1]!.memory_mb).toBeWithin(95, 120);
  expect(measured[2]!.memory_mb).toBeWithin(140, 200);
  expect(measured[0]!.cpu_percent).toBeLessThan(10);
  expect(look(20_000).map(({ type }) => type)).toEqual(["measured", "measured", "measured"]);
  expect(limits.ended("huge")).toBeUndefined();
  expect(log).toEqual([]);
});

test.skipIf(!onLinux)(
  "a worker that spins is told to start anew after three looks",
  async () => {
    const child = await start("", "for (;;) {}");
    const { look } = scene({ a: child.pid }, { limits: { memoryMb: undefined, cpuPercent: 5 } });
    look(0);
    const types: string[] = [];
    for (const at of [1, 2, 3]) {
      // On a busy machine it takes a while until it has had a tenth of a second, which is 10% of the second that is told here.
      const enough = cpuTicks(child.pid)! + ticksPerSecond / 10;
      while (cpuTicks(child.pid)! < enough) await Bun.sleep(10);
      types.push(...look(at * 1000).map(({ type }) => type));
    }
    child.kill("SIGKILL");
    expect(types).toEqual(["measured", "measured", "measured", "restartAsked"]);
  },
  60_000,
);

test.skipIf(!onLinux)(
  "of a process that is shared each bot takes its part, and the kernel holds it to as much as all of them may take",
  async () => {
    const large = await start(holds(140));
    const placed: unknown[] = [];
    const removed: string[] = [];
    const groups = {
      place: (group: string, pid: number, hold: unknown) => void placed.push([group, pid, hold]),
      oomKills: () => 0,
      remove: (group: string) => void removed.push(group),
      close: () => {},
    };
    const { on, limits, look } = scene({}, { cgroups: groups, botsPerWorker: 3 });
    for (const bot of ["a", "b"]) {
      on.request([spawned(bot)]);
      on.happened({ type: "started", bot, pid: large.pid, packed: true, at: 1 });
      limits.started(bot, large.pid, true);
    }
    const hold = { memoryMaxBytes: 360e6, cpuMaxPercent: 150 };
    const group = `pack ${large.pid}`;
    expect(placed).toEqual([
      [group, large.pid, hold],
      [group, large.pid, hold],
    ]);
    const told = look(1000);
    expect(told.map(({ bot, type }) => `${bot} ${type}`)).toEqual(["a measured", "b measured"]);
    for (const event of told)
      expect(event.type === "measured" && event.memory_mb).toBeWithin(140 / 2, 200 / 2);
    expect(limits.ended("a")).toBeUndefined();
    on.happened({ type: "exited", bot: "a", code: 0, signal: null, at: 3 });
    expect(removed).toEqual([]);
    expect(limits.ended("b")).toBeUndefined();
    expect(removed).toEqual([group]);
  },
);

test.skipIf(!onLinux)("a bot that is on its way out, or that came by hand, is not judged", async () => {
  const large = await start(holds(140));
  const { on, look } = scene({ a: large.pid });
  on.request([{ type: "killed", bot: "a", reason: "by request", at: 2 }]);
  on.request([{ type: "joined", bot: "b", config_name: "x", strategy: "explore", pid: large.pid, at: 1 }]);
  look(0);
  expect(look(1000).map(({ bot, type }) => `${bot} ${type}`)).toEqual(["a measured"]);
});

test.skipIf(!onLinux)("a process that has gone is passed over", async () => {
  const child = await start(idle);
  const { look, log } = scene({ a: child.pid });
  look(0);
  child.kill("SIGKILL");
  await child.exited;
  expect(look(1000)).toEqual([]);
  expect(log).toEqual([]);
});

const cgroups = onLinux ? openCgroups(`${import.meta.path} ${process.pid}`) : undefined;
afterAll(() => cgroups?.close());

test.skipIf(!cgroups)(
  "the kernel ends what takes far too much between two looks, and the bot's end says so (needs control groups that we may write)",
  async () => {
    const child = Bun.spawn(
      [process.execPath, "-e", "const all = []; setInterval(() => all.push(Buffer.alloc(4e6, 1)), 5)"],
      { stderr: "ignore" },
    );
    children.push(child);
    const { limits, look } = scene(
      { a: child.pid },
      { cgroups, limits: { memoryMb: 64, cpuPercent: undefined } },
    );
    limits.started("a", child.pid, false);
    await child.exited;
    expect(child.signalCode).toBe("SIGKILL");
    expect(look(1000)).toEqual([]);
    expect(limits.ended("a")).toBe("killed by the memory limit of 64 MB");
    expect(limits.ended("a")).toBeUndefined();
  },
);

test("groups that cannot be used are told of once; a process that has gone needs none", () => {
  const refuse = (message: string, code?: string) => ({
    place() {
      throw Object.assign(new Error(message), { code });
    },
    oomKills: () => undefined,
    remove: () => {},
    close: () => {},
  });
  const gone = scene({}, { cgroups: refuse("ESRCH: no such process", "ESRCH") });
  gone.limits.started("a", 2 ** 30, false);
  expect(gone.log).toEqual([]);
  const broken = scene({}, { cgroups: refuse("EBUSY: busy") });
  for (let times = 0; times < 3; times++) broken.limits.started("a", 2 ** 30, false);
  expect(broken.log).toEqual(["the kernel does not hold the bots to their limits: EBUSY: busy"]);
});
