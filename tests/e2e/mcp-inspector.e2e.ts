/** The protocol's inspector as it is used from a shell: lists, calls and reads, over stdio and HTTP, in both eras. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { binary, root, run, scratch, start, words, type Running } from "./harness.ts";

const launcher = "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js";
const inspector = [process.execPath, "--bun", join(root, launcher), "--cli"];
const { folder, remove } = scratch();
const configFile = join(folder, "mcp.json");
const tokenFile = join(folder, "token");
const secret = "5up3r-5ecret-of-this-test";
let manager: Running;
let url: string;

beforeAll(async () => {
  writeFileSync(tokenFile, `${secret}\n`, { mode: 0o600 });
  manager = await start([
    ...words("manager --json --port 0 --no-dashboard-port --state-file"),
    join(folder, "swarm.db"),
    "--token-file",
    tokenFile,
  ]);
  url = String(manager.first["url"]);
  // As docs/mcp.md tells people to write it.
  const stdio = { command: binary, args: ["mcp", "--url", url, "--token-file", tokenFile] };
  const nobody = { command: binary, args: ["mcp", "--url", "http://127.0.0.1:9", "--read-only"] };
  writeFileSync(configFile, JSON.stringify({ mcpServers: { stdio, nobody } }));
}, 30_000);
afterAll(async () => {
  await manager?.stop();
  remove();
});

/** The ways to the same tools. */
const ways: Readonly<Record<string, () => readonly string[]>> = {
  stdio: () => ["--config", configFile, "--server", "stdio"],
  HTTP: () => [`${url}/mcp`, "--transport", "http", "--header", `Authorization: Bearer ${secret}`],
};

async function inspect(way: readonly string[], argv: string) {
  const { code, stdout, stderr } = await run([...way, "--format", "json", ...words(argv)], {
    command: inspector,
    cwd: folder,
    env: { HOME: folder },
  });
  const answer = stdout === "" ? undefined : (JSON.parse(stdout) as { result?: Record<string, unknown> });
  return { code, stderr, answer: JSON.stringify(answer ?? {}) };
}

for (const [name, way] of Object.entries(ways))
  for (const era of ["legacy", "modern"])
    test(`over ${name}, ${era}: lists, calls and reads, with schemas that all clients understand`, async () => {
      const at = [...way(), "--protocol-era", era];
      const [tools, status, read] = await Promise.all([
        inspect(at, "--method tools/list --strict"),
        inspect(at, "--method tools/call --tool-name tw2002_get_swarm_status"),
        inspect(at, "--method resources/read --uri bbsbot://swarm"),
      ]);
      expect(tools).toMatchObject({
        code: 0,
        answer: expect.stringContaining("tw2002_spawn_swarm"),
      });
      expect(status).toMatchObject({ code: 0, answer: expect.stringContaining('"total_bots":0') });
      expect(read).toMatchObject({ code: 0, answer: expect.stringContaining("bbsbot://swarm") });
    });

test("prompts are listed", async () => {
  const { code, answer } = await inspect(ways["stdio"]!(), "--method prompts/list");
  expect([code, answer]).toEqual([0, expect.stringContaining("diagnose_bot")]);
});

test("the address for those who only look has no tool that changes anything", async () => {
  const [, ...rest] = ways["HTTP"]!();
  const { code, answer } = await inspect([`${url}/mcp?read-only`, ...rest], "--method tools/list");
  expect([code, answer]).toEqual([0, expect.stringContaining("tw2002_list_bots")]);
  expect(answer).not.toContain('"readOnlyHint":false');
  expect(answer).not.toContain("tw2002_kill_bot");
});

test("a bot that is not there is told as a tool's error", async () => {
  const { code } = await inspect(
    ways["HTTP"]!(),
    "--method tools/call --tool-name tw2002_get_bot_status --tool-arg bot_id=nobody",
  );
  expect(code).toBe(5);
});

test("whoever has no token is told so", async () => {
  const { code, stderr } = await inspect([`${url}/mcp`, "--transport", "http"], "--method tools/list");
  expect(code).not.toBe(0);
  expect(stderr).toContain("auth_required");
});

test("without a manager the tools are there, those that look, and say what to start", async () => {
  const at = ["--config", configFile, "--server", "nobody"];
  const [tools, status] = await Promise.all([
    inspect(at, "--method tools/list"),
    inspect(at, "--method tools/call --tool-name tw2002_get_swarm_status"),
  ]);
  expect(tools.answer).toContain("tw2002_list_bots");
  expect(tools.answer).not.toContain("tw2002_kill_bot");
  expect(status.code).toBe(5);
  expect(status.answer).toContain("bbsbot manager");
});
