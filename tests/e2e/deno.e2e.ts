import { afterAll, beforeAll, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run, scratch, start, until, getJson, words, type Running } from "./harness.ts";

const { folder, remove } = scratch();
const deno = [join(root, "node_modules/.bin/deno"), "run", "-A", join(root, "src/cli.ts")];
let host: Running;
let config: string;

beforeAll(async () => {
  host = await start(["host", "--json", "--port", "0", "--seed", "5", "--db", join(folder, "host.db")]);
  config = join(folder, "bot.yaml");
  writeFileSync(
    config,
    `connection: { host: 127.0.0.1, port: ${String(host.first["port"])} }\nsession: { max_turns_per_session: 60 }\n`,
  );
}, 30_000);
afterAll(async () => {
  await host?.stop();
  remove();
});

test("under Deno a worker plays against the host to its turn limit", async () => {
  const { code, stderr } = await run(["worker", "--config", config, "--state-dir", join(folder, "deno")], {
    command: deno,
  });
  expect(stderr).toContain("completed");
  expect(code).toBe(0);
}, 60_000);

test("under Deno the command line steers a manager, and a worker registers with it", async () => {
  const manager = await start([
    ...words("manager --json --port 0 --no-dashboard-port --state-file"),
    join(folder, "swarm.db"),
  ]);
  const url = String(manager.first["url"]);
  const worker = run(
    [
      "worker",
      "--config",
      config,
      "--manager",
      url,
      "--bot-id",
      "denobot",
      "--state-dir",
      join(folder, "d2"),
    ],
    { command: deno },
  );
  await until(
    "denobot completed",
    async () => (await getJson(`${url}/bot/denobot/status`))["state"] === "COMPLETED",
  );
  const status = await run(["status", "--url", url, "--json"], { command: deno });
  expect(JSON.parse(status.stdout)).toMatchObject({ total_bots: 1, completed: 1 });
  expect((await worker).code).toBe(0);
  await manager.stop();
}, 60_000);
