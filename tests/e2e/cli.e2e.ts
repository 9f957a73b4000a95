import { afterAll, expect, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run, scratch } from "./harness.ts";

const { folder, remove } = scratch();
afterAll(remove);
const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test("help tells every verb, examples and exit statuses", async () => {
  const { code, stdout, stderr } = await run(["--help"]);
  expect(code).toBe(0);
  expect(stderr).toBe("");
  for (const verb of "manager worker host explain demo config spawn spawn-swarm status pause resume kill set-goal".split(
    " ",
  )) {
    expect(stdout).toMatch(new RegExp(`^  ${verb}\\b`, "m"));
  }
  expect(stdout).toContain("Examples:");
  expect(stdout).toContain("Exit status:");
  for (const verb of [
    "manager",
    "worker",
    "host",
    "explain",
    "demo",
    "config",
    "spawn",
    "spawn-swarm",
    "status",
    "pause",
    "set-goal",
  ]) {
    expect((await run([verb, "--help"])).stdout).toContain("Example");
  }
});

test("a mistyped verb or option is answered with the nearest one and status 2", async () => {
  const verb = await run(["statsu"]);
  expect(verb.code).toBe(2);
  expect(verb.stderr).toContain("status");
  expect(verb.stdout).toBe("");
  const option = await run(["spawn-swarm", "--cuont", "3"]);
  expect(option.code).toBe(2);
  expect(option.stderr).toContain("--count");
  const number = await run(["spawn-swarm", "--count", "many"]);
  expect(number.code).toBe(2);
  expect(number.stderr).toContain('found "many"');
});

test("numbers out of bounds and addresses that are none are refused before anything starts", async () => {
  const wrong = [
    ["demo --count 0", "from 1 to 5000"],
    ["demo --sectors 1", "from 100 to 20000"],
    ["host --sectors 10", "from 100 to 20000"],
    ["spawn-swarm --count 99999", "from 1 to 5000"],
    ["manager --port 70000", "from 0 to 65535"],
    ["status --url foo", "http://localhost:8000"],
    ["worker --config x.yaml --manager ftp://foo", "http://localhost:8000"],
  ] as const;
  for (const [line, wanted] of wrong) {
    const { code, stdout, stderr } = await run(line.split(" "), { cwd: folder });
    expect([line, code, stdout]).toEqual([line, 2, ""]);
    expect(stderr.split("\n")[0]).toContain(wanted);
    expect(stderr).not.toContain("    at ");
  }
  expect((await run(["status"], { env: { BBSBOT_URL: "" } })).code).toBe(4);
  const nowhere = file("fine.yaml", "trading: {}\n");
  const unwritable = await run(["worker", "--config", nowhere, "--state-dir", "/proc/nowhere"]);
  expect([unwritable.code, unwritable.stderr.trim().split("\n").length]).toEqual([2, 1]);
});

test("a manager that is not there costs one line and status 4", async () => {
  for (const argv of [["status"], ["pause", "bot_000"], ["spawn-swarm", "--count", "2"]]) {
    const { code, stdout, stderr } = await run([...argv, "--url", "http://127.0.0.1:9"]);
    expect(code).toBe(4);
    expect(stdout).toBe("");
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toContain("http://127.0.0.1:9");
  }
});

test("a game that is not there costs one line and status 6", async () => {
  const config = file("nowhere.yaml", "connection:\n  host: 127.0.0.1\n  port: 9\n");
  const { code, stderr } = await run(["worker", "--config", config, "--state-dir", join(folder, "nowhere")]);
  expect(code).toBe(6);
  expect(stderr).toContain("Cannot reach the game at 127.0.0.1:9: connection refused");
});

test("bad YAML is told with its place, what was found, what was wanted and the nearest key", async () => {
  const config = file("bad.yaml", 'trading:\n  gaol: profit\nconnection:\n  port: "2002"\n');
  const { code, stdout, stderr } = await run(["worker", "--config", config]);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(`${config}:2:3: unknown key "gaol" under "trading"`);
  expect(stderr).toContain('did you mean "goal"?');
  expect(stderr).toContain(`${config}:4:9: "connection.port" is "2002": expected number`);
  const missing = await run(["worker", "--config", join(folder, "missing.yaml")]);
  expect(missing.code).toBe(2);
  expect(missing.stderr).toBe(`${join(folder, "missing.yaml")}: cannot be read: no such file\n`);
  const secret = file("secret.yaml", "character:\n  password_file: nowhere.txt\n");
  const noSecret = await run(["worker", "--config", secret, "--state-dir", join(folder, "secret")]);
  expect(noSecret.code).toBe(2);
  expect(noSecret.stderr).toContain(
    `${secret}:2:18: "character.password_file" is "nowhere.txt": no such file`,
  );
  const manager = file("manager.yaml", "manager:\n  max_bot: 3\n");
  const refused = await run(["manager", "--config", manager]);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain(`${manager}:2:3: unknown key "max_bot" under "manager"`);
  expect(refused.stderr).toContain('did you mean "max_bots"?');
});

test("configurations are checked and shown with variables in place and secrets masked", async () => {
  file("trader.password", "canary-one\n");
  const good = file(
    "good.yaml",
    'connection:\n  port: ${E2E_PORT:-23}\n  game_password: "${E2E_SECRET}"\ncharacter:\n  password_file: trader.password\n',
  );
  const bad = file("worse.yaml", "trading:\n  gaol: x\n");
  const env = { E2E_PORT: "2424", E2E_SECRET: "canary-two" };
  const checked = await run(["config", "check", good, bad], { env });
  expect([checked.code, checked.stderr]).toEqual([2, ""]);
  expect(checked.stdout).toStartWith(`${good}: ok\n${bad}:2:3: unknown key "gaol"`);
  const shown = await run(["config", "show", good, "--resolved", "--json"], { env });
  expect(JSON.parse(shown.stdout)).toMatchObject({
    connection: { port: 2424, game_password: "***" },
    character: { password: "***" },
    trading: { goal: "profit" },
  });
  expect(shown.stdout + shown.stderr).not.toContain("canary");
  const unset = await run(["config", "show", good, "--resolved"]);
  expect([unset.code, unset.stdout]).toEqual([2, ""]);
  expect(unset.stderr).toContain(`${good}:3:19: variable "E2E_SECRET" is not set`);
});

test("what is handed to a manager has its passwords in it and leads to no file, wherever the command was typed", async () => {
  file("handed.password", "from a file\n");
  const config = file(
    "handed.yaml",
    "connection:\n  game_password_file: handed.password\ncharacter:\n  password_file: ./handed.password\n",
  );
  const bodies: unknown[] = [];
  const manager = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      bodies.push(await request.json());
      return Response.json({ bot_id: "bot_000", state: "QUEUED", pid: null }, { status: 201 });
    },
  });
  try {
    const spawned = await run(["spawn", config, "--url", manager.url.origin], { cwd: "/" });
    expect([spawned.code, spawned.stderr]).toEqual([0, ""]);
    expect(bodies).toMatchObject([
      { config: { connection: { game_password: "from a file" }, character: { password: "from a file" } } },
    ]);
    expect(JSON.stringify(bodies)).not.toContain("password_file");
  } finally {
    await manager.stop(true);
  }
});

test("the schema that the binary prints is the one in the repository", async () => {
  for (const kind of ["bot", "manager", "host", "cli"]) {
    const { code, stdout } = await run(["config", "schema", kind]);
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync(join(root, `schemas/${kind}.schema.json`), "utf8"));
  }
});

test("completion scripts are there for the common shells", async () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    const { code, stdout } = await run(["completion", shell]);
    expect(code).toBe(0);
    expect(stdout).toContain("bbsbot");
  }
  expect((await run(["complete", "--", "spa"])).stdout).toContain("spawn-swarm");
});
