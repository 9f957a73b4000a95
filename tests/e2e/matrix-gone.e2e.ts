/** The manager goes in the midst of it: what each command that stays says then, and how it ends. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { binary, processesWith, run, scratch, start, until, words, type Running } from "./harness.ts";

const { folder, remove } = scratch();
const env = { HOME: folder, XDG_STATE_HOME: folder };
const children: Bun.Subprocess[] = [];
let manager: Running;
let host: Bun.TCPSocketListener<undefined>;

beforeAll(async () => {
  const line = words("manager --json --port 0 --no-dashboard-port --orphan-grace 0 --state-file");
  manager = await start([...line, join(folder, "swarm.db")], { env });
  // A game that says one thing and no more.
  const open = (socket: Bun.Socket) => void socket.write("One moment, please\r\n");
  host = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { open, data() {} } });
  await Bun.write(join(folder, "bot.yaml"), `connection: { host: 127.0.0.1, port: ${host.port} }\n`);
  const spawned = [
    "spawn",
    join(folder, "bot.yaml"),
    "--bot-id",
    "steady",
    "--url",
    String(manager.first["url"]),
  ];
  expect(await run(spawned, { env })).toMatchObject({ code: 0 });
}, 30_000);

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await manager?.stop("SIGKILL");
  await until("its bots have gone, too", () => processesWith(folder).length === 0, 15_000);
  host?.stop(true);
  remove();
}, 20_000);

function going(line: string) {
  const child = Bun.spawn([binary, ...line.split(" ")], {
    env: { PATH: process.env["PATH"] ?? "", ...env, BBSBOT_URL: String(manager.first["url"]) },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  children.push(child);
  const told = { out: "", err: "" };
  const copy = async (from: ReadableStream<Uint8Array>, to: "out" | "err") => {
    for await (const bytes of from) told[to] += new TextDecoder().decode(bytes);
  };
  const copied = Promise.all([copy(child.stdout, "out"), copy(child.stderr, "err")]);
  return { line, child, told, copied };
}

test("those who wait for it again end by Ctrl-C alone, a terminal is over, and nobody shows a stack", async () => {
  const waiting = ["logs steady -f", "events -f --json", "watch", "wait steady --for ended --timeout 0"].map(
    going,
  );
  const attached = going("attach steady");
  await until("all look on", () => [...waiting, attached].every(({ told }) => told.out + told.err !== ""));
  await manager.stop("SIGKILL");
  expect(await attached.child.exited).toBe(4);
  for (const { line, told } of waiting)
    await until(`${line} knows`, () => /manager|line is gone/i.test(told.err), 15_000);
  for (const { child } of waiting) expect(child.exitCode).toBeNull();
  for (const { child } of waiting) child.kill("SIGINT");
  for (const { line, child, told, copied } of [...waiting, attached]) {
    expect([line, await child.exited]).toEqual([line, line.startsWith("attach") ? 4 : 130]);
    await copied;
    expect(told.err).not.toMatch(/^\s+at |Error:/m);
    expect(told.err.split("\n").length).toBeLessThan(6);
  }
}, 60_000);
