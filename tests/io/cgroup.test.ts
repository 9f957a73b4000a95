import { afterAll, expect, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCgroups, type CgroupSystem } from "../../src/io/cgroup.ts";
import { cpuTicks, ticksPerSecond } from "../../src/io/procfs.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-cgroup-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let number = 0;
/** A name that no other swarm has, so that groups left by others are not ours. */
const newName = () => `${folder}/${process.pid}/${number++}`;

const probe = openCgroups(newName());
probe?.close();
const whyNot = "(needs control groups that we may write)";

/** A program that says "up" and then does what it is told to. */
function start(does: string) {
  return Bun.spawn([process.execPath, "-e", `console.log("up"); ${does}`], {
    stdout: "pipe",
    stderr: "ignore",
  });
}
const up = (child: ReturnType<typeof start>) => child.stdout.getReader().read();
const hog = "const all = []; setInterval(() => all.push(Buffer.alloc(4_000_000, 1)), 10);";
const spin = "for (;;) {}";

test.skipIf(!probe)(
  `a process that takes too much memory is ended by the kernel, which says so ${whyNot}`,
  async () => {
    const groups = openCgroups(newName())!;
    const child = start(hog);
    groups.place("a", child.pid, { memoryMaxBytes: 64_000_000, cpuMaxPercent: undefined });
    expect(groups.oomKills("a")).toBe(0);
    await child.exited;
    expect(child.signalCode).toBe("SIGKILL");
    expect(groups.oomKills("a")).toBe(1);
    // The next process of the same bot begins with a clean slate.
    const next = start("setInterval(() => {}, 1000)");
    groups.place("a", next.pid, { memoryMaxBytes: 64_000_000, cpuMaxPercent: 100 });
    expect(groups.oomKills("a")).toBe(0);
    next.kill("SIGKILL");
    await next.exited;
    groups.remove("a");
    expect(groups.oomKills("a")).toBeUndefined();
    groups.close();
  },
);

test.skipIf(!probe)(
  `a process that spins gets its share of a core and no more ${whyNot}`,
  async () => {
    const groups = openCgroups(newName())!;
    const child = start(spin);
    groups.place("a", child.pid, { memoryMaxBytes: undefined, cpuMaxPercent: 50 });
    await up(child);
    const [from, ticks] = [performance.now(), cpuTicks(child.pid)!];
    await Bun.sleep(3000);
    const seconds = (performance.now() - from) / 1000;
    const percent = ((cpuTicks(child.pid)! - ticks) / ticksPerSecond / seconds) * 100;
    child.kill("SIGKILL");
    await child.exited;
    groups.close();
    console.log(`      ${percent.toFixed(1)}% of a core, of 50%`);
    // On a machine that is busy otherwise it may get less.
    expect(percent).toBeLessThan(55);
    expect(percent).toBeGreaterThan(5);
  },
  20_000,
);

test.skipIf(!probe)(
  `groups outlive their manager: the next takes them over, and clears what is empty ${whyNot}`,
  async () => {
    const name = newName();
    const first = openCgroups(name)!;
    const [stays, goes] = [start("setInterval(() => {}, 1000)"), start("setInterval(() => {}, 1000)")];
    const hold = { memoryMaxBytes: 500_000_000, cpuMaxPercent: 100 };
    first.place("stays", stays.pid, hold);
    first.place("goes", goes.pid, hold);
    goes.kill("SIGKILL");
    await goes.exited;
    const second = openCgroups(name)!;
    expect(second.oomKills("goes")).toBeUndefined();
    expect(second.oomKills("stays")).toBe(0);
    // An orderly end that leaves its workers at play leaves their groups, too.
    second.close();
    const third = openCgroups(name)!;
    expect(third.oomKills("stays")).toBe(0);
    stays.kill("SIGKILL");
    await stays.exited;
    third.close();
    expect(openCgroups(name)!.oomKills("stays")).toBeUndefined();
    openCgroups(name)!.close();
  },
);

test.skipIf(!probe)(`a process that has gone is told as ESRCH ${whyNot}`, async () => {
  const groups = openCgroups(newName())!;
  const child = start("");
  await child.exited;
  const hold = { memoryMaxBytes: undefined, cpuMaxPercent: undefined };
  expect(() => groups.place("a", child.pid, hold)).toThrow("ESRCH");
  groups.close();
});

/** Files where version 2 would have its own: what is written there can be read. */
function secondVersion(inside: string): { system: CgroupSystem; own: string } {
  const point = join(folder, `v2-${number++}`);
  const own = join(point, inside);
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "cgroup.controllers"), "cpu io memory pids\n");
  writeFileSync(join(own, "cgroup.subtree_control"), "");
  const mountinfo = `22 1 0:20 / / rw - ext4 /dev/vda rw\n31 22 0:28 / ${point} rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n`;
  return { system: { mountinfo, own: `0::/${inside}\n` }, own };
}

test("version 2: limits are written to a group inside our own", () => {
  const { system, own } = secondVersion("user.slice/bbsbot.service");
  const groups = openCgroups("x", system)!;
  groups.place("a", 4711, { memoryMaxBytes: 240_000_000, cpuMaxPercent: 50 });
  const [ours] = Array.from(new Bun.Glob("bbsbot-*/a/*").scanSync(own)).map((path) => path.split("/")[0]!);
  const read = (name: string) => readFileSync(join(own, ours!, name), "utf8");
  expect(read("a/memory.max")).toBe("240000000");
  expect(read("a/cpu.max")).toBe("50000 100000");
  expect(read("a/cgroup.procs")).toBe("4711");
  expect(read("cgroup.subtree_control")).toBe("+memory +cpu");
  groups.place("a", 4712, { memoryMaxBytes: undefined, cpuMaxPercent: undefined });
  expect([read("a/memory.max"), read("a/cpu.max")]).toEqual(["max", "max 100000"]);
  writeFileSync(join(own, ours!, "a/memory.events"), "low 0\nhigh 0\nmax 12\noom 1\noom_kill 1\n");
  expect(groups.oomKills("a")).toBe(1);
});

test("where the controllers are missing, or nothing may be made, there are no groups", () => {
  const { system, own } = secondVersion("here");
  writeFileSync(join(own, "cgroup.controllers"), "hugetlb\n");
  expect(openCgroups("x", system)).toBeUndefined();
  expect(openCgroups("x", { mountinfo: "", own: "" })).toBeUndefined();
  const gone = { mountinfo: system.mountinfo, own: "0::/elsewhere\n" };
  expect(openCgroups("x", gone)).toBeUndefined();
  expect(existsSync(join(own, "cgroup.procs"))).toBe(false);
});

test("in a container the tree begins at our own group, under the name that it has outside", () => {
  const { system, own } = secondVersion("");
  const shown = {
    mountinfo: system.mountinfo.replace(" / /tmp", " /docker/0123 /tmp"),
    own: "0::/docker/0123\n",
  };
  expect(shown.mountinfo).not.toBe(system.mountinfo);
  expect(openCgroups("x", shown)).toBeDefined();
  expect(readFileSync(join(own, "cgroup.subtree_control"), "utf8")).toBe("+memory +cpu");
});
