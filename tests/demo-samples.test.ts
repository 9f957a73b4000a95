import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSampler, hostDb, managerDb, nextSampleMs, workerPids } from "../src/demo-samples.ts";
import { tellsOfProcesses } from "../src/io/procfs.ts";
import type { SwarmStatus } from "../src/proto/status.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-samples-"));
afterAll(() => rmSync(folder, { recursive: true }));

const swarm = (bots: { state: string; pid?: number }[]) =>
  ({ total_turns: 12, total_credits: 34, bots }) as unknown as SwarmStatus;

test("a process that several bots share is one", () => {
  const status = swarm([
    { state: "RUNNING", pid: 5 },
    { state: "STUCK", pid: 5 },
    { state: "PAUSED", pid: 6 },
    { state: "COMPLETED", pid: 7 },
    { state: "QUEUED" },
  ]);
  expect(workerPids(status)).toEqual([5, 6]);
});

test("samples are taken at a pace that grows, and that heeds what they cost", () => {
  expect(nextSampleMs(1, 1)).toBe(2000);
  expect(nextSampleMs(200, 1)).toBe(5000);
  expect(nextSampleMs(3600, 1)).toBe(15_000);
  expect(nextSampleMs(3600, 100)).toBe(50_000);
});

test.skipIf(!tellsOfProcesses())("a sample tells of processors, memory, files and disk by role", async () => {
  writeFileSync(hostDb(folder), "x".repeat(1_000_000));
  writeFileSync(`${managerDb(folder)}-wal`, "x".repeat(500_000));
  mkdirSync(join(folder, "bots"));
  writeFileSync(join(folder, "bots", "log"), "x".repeat(250_000));
  const sample = createSampler({ host: process.pid, manager: process.pid, folder });
  const worker = Bun.spawn(["sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; exec sleep 60"]);
  await Bun.sleep(600);
  const status = swarm([
    { state: "RUNNING", pid: worker.pid },
    { state: "STUCK", pid: worker.pid },
  ]);
  const first = sample(status, 1.234);
  expect(first).toMatchObject({ seconds: 1.23, playing: 2, turns: 12, credits: 34, worker_processes: 1 });
  expect(first.disk_mb).toEqual({ host_db: 1, manager_db: 0.5, all: 1.75 });
  expect(first.memory_mb?.host).toBeGreaterThan(10);
  expect(first.memory_mb?.workers).toBeGreaterThan(0);
  expect(first.files?.workers).toBeGreaterThan(2);
  const spent = first.cpu_seconds?.workers ?? 0;
  expect(spent).toBeGreaterThan(0);
  worker.kill("SIGKILL");
  await worker.exited;
  // What it has used is not lost with it.
  const after = sample(swarm([]), 2);
  expect(after.cpu_seconds?.workers).toBeGreaterThanOrEqual(spent);
  expect(after.worker_processes).toBe(0);
  const nowhere = createSampler({ host: 2 ** 30, manager: 2 ** 30, folder })(status, 3);
  expect([nowhere.cpu_seconds, nowhere.memory_mb, nowhere.files]).toEqual([null, null, null]);
});
