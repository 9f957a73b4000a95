/** A session is recorded by a worker and explained, line by line, by the same reader that played it. */
import { afterAll, expect, test } from "bun:test";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, type Running, scratch, start, words } from "./harness.ts";

const { folder, remove } = scratch();
let host: Running | undefined;
afterAll(async () => {
  await host?.stop("SIGKILL");
  remove();
});

test("a worker's recording of its play is explained whole, and its password is nowhere in it", async () => {
  host = await start([...words("host --port 0 --sectors 300 --seed 7 --json --db"), join(folder, "host.db")]);
  const config = join(folder, "bot.yaml");
  const recording = join(folder, "session.jsonl");
  const connection = `connection: { host: 127.0.0.1, port: ${String(host.first["port"])}, game_letter: B }`;
  const character = "character: { name: Recorded, password: hush-hush }";
  writeFileSync(config, `${connection}\n${character}\nsession: { max_turns_per_session: 60 }\n`);
  const worker = ["worker", "--config", config, "--state-dir", join(folder, "state"), "--record", recording];
  expect(await run(worker)).toMatchObject({ code: 0 });
  expect(statSync(recording).mode & 0o777).toBe(0o600);
  const wire = readFileSync(recording, "utf8").split("\n").filter(Boolean);
  const bytes = wire.map((line) => (JSON.parse(line) as { hex?: string }).hex ?? "").join("");
  expect(bytes).toContain(Buffer.from("Recorded\r").toString("hex"));
  expect(bytes).toContain(Buffer.from("*********\r").toString("hex"));
  expect(bytes).not.toContain(Buffer.from("hush-hush").toString("hex"));
  // A second one is not written over the first, and nothing is played.
  expect(await run(worker)).toMatchObject({ code: 2, stderr: expect.stringContaining("Cannot record") });

  const explained = await run(["explain", recording]);
  const unknown = explained.stdout.split("\n").filter((line) => / UNKNOWN /.test(line));
  expect(unknown).toEqual([]);
  expect(explained).toMatchObject({ code: 0, stdout: expect.stringContaining("100% of ") });
  const objects = (await run(["explain", "--json", recording])).stdout.trim().split("\n");
  expect(JSON.parse(objects.at(-1)!)).toMatchObject({ file: recording, unknown: 0, promptsUnknown: 0 });
  expect(await run(["explain", config])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("bot.yaml:1"),
  });
});
