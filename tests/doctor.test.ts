import { afterAll, expect, test } from "bun:test";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judgeCores, judgeDisk, judgeFiles, judgeMemory } from "../src/doctor-machine.ts";
import { examine, judgeTerminal } from "../src/doctor.ts";
import { diskFree, filesMax, groupLimits, memoryFree } from "../src/io/machine.ts";
import { callUp, isFree } from "../src/io/reachable.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-doctor-"));
const ends: (() => void)[] = [];
afterAll(() => {
  for (const end of ends) end();
  rmSync(folder, { recursive: true, force: true });
});
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

/** A manager's address where this is answered. */
function manager(answer: () => Response) {
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answer });
  ends.push(() => void server.stop(true));
  return `http://127.0.0.1:${server.port}`;
}
const finding = async (
  what: string,
  url: string,
  game?: { host: string; port: number },
  tokenFile?: string,
) => {
  const findings = await examine({ url, game, tokenFile }, "1.0.0");
  const { how, told } = findings.find((one) => one.what === what)!;
  return { how, told };
};
const healthy = { status: "ok", version: "1.0.0", uptime: 1 };

test("limits are judged by what a swarm needs", () => {
  expect([20_000, 256, undefined].map((most) => judgeFiles(most, 111)).map(({ how }) => how)).toEqual([
    "good",
    "bad",
    "poor",
  ]);
  expect(judgeFiles(256, 111).told).toBe("256 may be open, enough for 39 bots; raise it: ulimit -n 4440");
  expect(
    [
      judgeMemory(23e9, undefined, 111),
      judgeMemory(23e9, 1e9, 111),
      judgeMemory(1e6, undefined, 111),
      judgeMemory(23e9, 1e9, 50),
    ].map(({ how }) => how),
  ).toEqual(["good", "poor", "bad", "good"]);
  expect(judgeMemory(23e9, 1e9, 111).told).toContain("1000 MB left to us by the group we are in");
  expect(judgeMemory(23e9, 1e9, 111, { bytes: 5e6, bots: 3 })).toMatchObject({
    how: "good",
    told: expect.stringContaining("about 200 bots of 5 MB, as those 3 that are alive take"),
  });
  expect([judgeCores(2, undefined), judgeCores(2, 0.5)].map(({ how }) => how)).toEqual(["good", "poor"]);
  expect(judgeDisk(join(folder, "none")).told).toContain("ENOENT");
  const utf8 = { TERM: "xterm", LANG: "C.UTF-8" };
  expect(
    [
      judgeTerminal(utf8, true),
      judgeTerminal({ ...utf8, TERM: "dumb" }, true),
      judgeTerminal({ TERM: "xterm" }, true),
      judgeTerminal({}, false),
    ].map(({ how }) => how),
  ).toEqual(["good", "poor", "poor", "good"]);
});

test("what Linux tells is read, and what it does not tell is not known", () => {
  expect(
    filesMax(
      file(
        "limits",
        "Limit  Soft\nMax open files            1024                 4096                 files\n",
      ),
    ),
  ).toBe(1024);
  expect(memoryFree(file("meminfo", "MemTotal: 5 kB\nMemAvailable:    2048 kB\n"))).toBe(2048 * 1024);
  expect([filesMax("/none"), memoryFree("/none"), groupLimits({ mountinfo: "", own: "" })]).toEqual([
    undefined,
    undefined,
    {},
  ]);
  const at = join(folder, "group");
  mkdirSync(join(at, "outer/inner"), { recursive: true });
  file("group/outer/memory.max", "1000\n");
  file("group/outer/memory.current", "400\n");
  file("group/outer/inner/memory.max", "max\n");
  file("group/outer/inner/cpu.max", "50000 100000\n");
  const second = { mountinfo: `29 1 0:26 / ${at} rw - cgroup2 cgroup2 rw\n`, own: "0::/outer/inner\n" };
  expect(groupLimits(second)).toEqual({ memoryLeft: 600, cores: 0.5 });
  for (const part of ["memory/box", "cpu/box"]) mkdirSync(join(folder, part), { recursive: true });
  file("memory/memory.limit_in_bytes", "9223372036854771712\n");
  file("memory/box/memory.limit_in_bytes", "5000\n");
  file("memory/box/memory.usage_in_bytes", "2000\n");
  file("cpu/cpu.cfs_quota_us", "-1\n");
  file("cpu/box/cpu.cfs_quota_us", "150000\n");
  file("cpu/box/cpu.cfs_period_us", "100000\n");
  const first = {
    mountinfo: ["memory", "cpu"]
      .map((name) => `29 1 0:26 / ${join(folder, name)} rw - cgroup cgroup rw,${name}\n`)
      .join(""),
    own: "4:memory:/box\n1:cpu:/box\n",
  };
  expect(groupLimits(first)).toEqual({ memoryLeft: 3000, cores: 1.5 });
  expect(diskFree(folder)).toBeGreaterThan(0);
});

test("a manager is healthy, degraded, of another version, with another clock, none, or somebody else", async () => {
  const look = async (answer: () => Response) => finding("manager", manager(answer));
  expect((await look(() => Response.json(healthy))).how).toBe("good");
  expect(
    await look(() => Response.json({ ...healthy, status: "degraded", reason: "the disk is full" })),
  ).toMatchObject({ how: "bad", told: expect.stringContaining("the disk is full") });
  expect((await look(() => Response.json({ ...healthy, version: "0.9" }))).told).toContain(
    "but this is 1.0.0",
  );
  const late = new Date(Date.now() - 3_600_000).toUTCString();
  expect(await look(() => Response.json(healthy, { headers: { date: late } }))).toMatchObject({
    how: "poor",
    told: expect.stringMatching(/clock differs by -36\d\d s/),
  });
  expect(await look(() => new Response("<html>", { status: 404 }))).toMatchObject({
    how: "bad",
    told: expect.stringContaining("no bbsbot manager (HTTP 404)"),
  });
});

test("where no manager answers, it is told whether one could be started", async () => {
  const server = createServer((socket) => socket.destroy());
  const port = await new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port)),
  );
  expect((await finding("manager", `http://127.0.0.1:${port}`)).told).toContain(
    `port ${port} is taken by another program`,
  );
  expect(await isFree(port)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
  expect(await isFree(port)).toBe(true);
  const none = await finding("manager", `http://127.0.0.1:${port}`);
  expect([none.how, none.told.includes(`port ${port} is free`)]).toEqual(["poor", true]);
});

test("a game server speaks, is silent, or is not there", async () => {
  const server = createServer((socket) => void socket.write("Welcome"));
  const silent = createServer(() => {});
  for (const one of [server, silent]) {
    await new Promise<void>((resolve) => one.listen(0, "127.0.0.1", resolve));
    ends.push(() => void one.close());
  }
  const game = (one: typeof server) => ({
    host: "127.0.0.1",
    port: (one.address() as { port: number }).port,
  });
  const url = manager(() => Response.json(healthy));
  expect((await finding("game server", url, game(server))).how).toBe("good");
  expect(await callUp("127.0.0.1", game(silent).port, 50)).toEqual({ type: "silent" });
  expect(await finding("game server", url, { host: "127.0.0.1", port: 9 })).toMatchObject({
    how: "bad",
    told: expect.stringContaining("ECONNREFUSED"),
  });
});

test("a token that others can read is bad, and its secret is told nowhere", async () => {
  const secret = "0123456789abcdef0123";
  const token = file("token", `${secret}\n`);
  const url = manager(() => Response.json(healthy));
  chmodSync(token, 0o644);
  const open = await finding("token", url, undefined, token);
  expect([open.how, open.told.includes("chmod 600")]).toEqual(["bad", true]);
  chmodSync(token, 0o600);
  expect((await finding("token", url, undefined, token)).how).toBe("good");
  expect(JSON.stringify(await examine({ url, tokenFile: token }, "1.0.0"))).not.toContain(secret);
});
