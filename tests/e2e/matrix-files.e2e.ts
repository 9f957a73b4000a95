/** What callers of a host, games, files and words of a command line say, through the commands that tell of it: nothing steers a terminal. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { everyByte, hostile, sequences } from "../doubles/hostile.ts";
import { atTerminal, inPipe } from "./matrix.ts";
import { clean, trials } from "./matrix-clean.ts";
import { setStage, type Stage } from "./matrix-world.ts";

let stage: Stage;
const { way, everyWay } = trials(() => stage);

beforeAll(async () => {
  stage = await setStage("performing");
}, 60_000);

afterAll(async () => {
  await stage?.end();
}, 20_000);

test("what a host hears from its callers reaches no terminal", async () => {
  const socket = createConnection({ port: stage.hostPort, host: "127.0.0.1" });
  for (const piece of [...sequences, everyByte]) socket.write(Buffer.from(`${piece}\r`, "latin1"));
  for (const words of ["host admin who", "host inspect summary"])
    await everyWay([...words.split(" "), "--db", join(stage.world.folder, "host.db")]);
  for (const words of ["host inspect player", "host admin kick", "host admin broadcast"])
    await everyWay([...words.split(" "), "x\u009b31m\u202e", "--db", join(stage.world.folder, "host.db")]);
  socket.destroy();
}, 30_000);

test("a worker tells what a game said without it", async () => {
  const said = Buffer.from(`${sequences.join("\r\n")}${everyByte}`, "latin1");
  const game = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: { open: (socket) => void socket.write(said), data: (socket) => void socket.end(said) },
  });
  const config = join(stage.world.folder, "met.yaml");
  writeFileSync(
    config,
    `connection: { host: 127.0.0.1, port: ${game.port}, answer_timeout: 1 }\nsession: { max_reconnects: 0 }\n`,
  );
  const state = join(stage.world.folder, "met");
  try {
    for (const json of [[], ["--json"]]) {
      const argv = ["worker", "--config", config, "--state-dir", `${state}${json.length}`, ...json];
      const { out, err } = await inPipe(argv, way());
      clean(argv, out + err);
      expect(err).toContain("playing as");
    }
    const seen = await atTerminal(["worker", "--config", config, "--state-dir", `${state}2`], way());
    clean(["worker"], seen.out);
  } finally {
    game.stop(true);
  }
}, 40_000);

test("files that say such things are told of without them", async () => {
  const file = (name: string, text: string) => {
    const path = join(stage.world.folder, name);
    writeFileSync(path, text);
    return path;
  };
  const words = JSON.stringify(hostile.replaceAll(/[\ud800-\udfff]/g, ""));
  const evilKey = file("key.yaml", `${words}: 1\n`);
  const evilValue = file("value.yaml", `trading: { strategy: ${words} }\nlabels: { ${words}: ${words} }\n`);
  const raw = join(stage.world.folder, "raw.yaml");
  writeFileSync(raw, Buffer.from(`trading: "${everyByte}`, "latin1"));
  const raw8 = file("raw8.yaml", `\u009b31m\u202e: "${sequences.join("")}"\n`);
  const unused = file("unused.yaml", `trading: { goal: ${words.slice(0, 180)}" }\n`);
  const pipes = { tty: false };
  for (const path of [evilKey, evilValue, raw, raw8, unused])
    await Promise.all([
      everyWay(["config", "check", path]),
      ...["bot", "manager", "host", "cli"].map((kind) =>
        everyWay(["config", "check", path, "--kind", kind], {}, pipes),
      ),
      ...["config show --kind bot", "spawn", "spawn-swarm --no-wait --count 1 --config", "explain"].map(
        (verb) => everyWay([...verb.split(" "), path], {}, pipes),
      ),
      ...["worker", "manager", "host", "doctor"].map((verb) =>
        everyWay([verb, "--config", path], { stays: /nothing/ }, pipes),
      ),
    ]);
  // As the settings of the command line itself.
  const settings = { XDG_CONFIG_HOME: join(stage.world.folder, "settings") };
  for (const path of [evilKey, raw8]) {
    await Bun.write(join(settings.XDG_CONFIG_HOME, "bbsbot/cli.yaml"), Bun.file(path));
    for (const verb of ["status", "doctor"]) await everyWay([verb], { env: settings }, pipes);
  }
  const recording = file(
    "evil.jsonl",
    [
      { t: 0, d: "H", source: hostile },
      { t: 0, d: "L", label: hostile },
      ...sequences.map((piece, t) => ({
        t,
        d: "S",
        hex: Buffer.from(`${piece}\r\n`, "latin1").toString("hex"),
      })),
      { t: 99, d: "S", hex: Buffer.from(everyByte, "latin1").toString("hex") },
      { t: 99, d: "C", hex: Buffer.from(everyByte, "latin1").toString("hex") },
    ]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(""),
  );
  expect(await everyWay(["explain", recording])).toContain("·");
  // A file's own name, with a complaint and with a warning.
  for (const [name, key] of Object.entries({ e: "gaol", f: "policy" })) {
    const named = file(`${name}\u001b[31m\u009bm\u202e.yaml`, `trading: { ${key}: 1 }\n`);
    for (const verb of ["config check", "config show", "spawn", "explain", "worker --state-dir w --config"])
      await everyWay([...verb.split(" "), named], {}, { tty: verb === "spawn" });
  }
  await everyWay(["complete", "--", "config", "check", "e"], {}, { json: false });
}, 120_000);

test("ids that come through a pipe and words of one's own are told of without theirs", async () => {
  const stdin = `${hostile.replaceAll(/[\r\n]/g, "")}\n`;
  for (const argv of [
    ["pause", "-"],
    ["ls", "-"],
    ["kill", "-", "--yes"],
  ]) {
    const { out, err, code } = await inPipe(argv, way({ stdin }));
    clean(argv, out + err);
    expect(code).toBe(2);
  }
  const word = `x${sequences.join("").replaceAll("\0", "")}`;
  const lines = [
    [word],
    ["status", word],
    ["status", `--${word}`],
    ["ls", "--sort", word],
    ["ls", "--label", word],
    ["ls", "--state", word],
    ["wait", "all", "--for", word],
    ["events", "--types", word],
    ["logs", "steady", "--grep", `(${word}`],
    ["spawn", word],
    ["send", "steady", word],
    ["status", "--url", word],
    ["status", "--token-file", word],
    ["top", "--once", "--sort", word],
    ["top", "--once", "--filter", word],
    ["export", word],
    ["host", "inspect", "sector", word],
    ["host", "admin", "broadcast", word],
    ["export", "bots", "--out", `${word}/x`],
  ];
  await Promise.all(
    lines.map(async (argv) => {
      const { out, err } = await inPipe(argv, way());
      clean(argv, out + err);
    }),
  );
}, 60_000);
