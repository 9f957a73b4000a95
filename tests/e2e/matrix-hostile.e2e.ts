/** What hostile bots say, through every command that prints: nothing of it steers a terminal. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { BotConfig } from "../../src/proto/config.ts";
import { controls, hostile, piecesOf, sequences, steering } from "../doubles/hostile.ts";
import { sinner } from "../doubles/manager.ts";
import { atTerminal, inPipe } from "./matrix.ts";
import { clean, trials } from "./matrix-clean.ts";
import { rows } from "./matrix-rows.ts";
import { setStage, type Stage } from "./matrix-world.ts";

let stage: Stage;
const evils = piecesOf(64).map((_, index) => `evil_${index}`);
const fallen = "fallen";

beforeAll(async () => {
  stage = await setStage("evil:0");
  const { double } = stage;
  const config = (sin: string) =>
    BotConfig.parse({
      ...sinner(sin),
      connection: { host: hostile.slice(0, 250) },
      character: { name: null },
    });
  for (const [index, bot_id] of evils.entries())
    await double.swarm.spawnBot({
      bot_id,
      config: config(`evil:${index}`),
      config_name: hostile.slice(-200),
    });
  await double.swarm.spawnBot({ bot_id: fallen, config: sinner("evil_to_the_end:0"), config_name: "x" });
  await double.until(fallen, ({ error }) => error !== undefined, 15_000);
  for (const bot_id of evils) await double.until(bot_id, ({ turns_executed }) => turns_executed > 1, 15_000);
}, 60_000);

afterAll(async () => {
  await stage?.end();
}, 20_000);

const { way, everyWay } = trials(() => stage);

test("the checker finds each that was planted, and our own marks are none", () => {
  for (const planted of sequences) expect(steering(planted)).not.toEqual([]);
  // Of drawing it knows the sequences, not who drew.
  for (const planted of sequences.slice(1)) expect(steering(planted, true)).not.toEqual([]);
  for (const sign of controls.replace("\n", "").split(""))
    expect(steering(`a${sign}b`, true)).not.toEqual([]);
  expect(steering("\u001b[32mok\u001b[0m ä ▼\n")).toEqual([]);
});

/** Commands that say what bots have said: those marks that were theirs are seen in their harmless form. */
const telling = [
  "status",
  "status evil_0",
  `status ${fallen}`,
  "ls --wide",
  "ls --limit 3",
  "describe evil_1",
  `describe ${fallen}`,
  "top --once",
  "events -n 200",
  "logs all",
  "logs evil_3 --level error",
  "export bots",
  "export events all",
  "export trades",
  `wait ${fallen} --for running`,
];
test.each(telling)("%s", async (line) => {
  const told = await everyWay(line.split(" "));
  expect(told).toMatch(/·|\\u00[01]/);
});

/** The others: what they say is theirs, but whoever knows. */
const others = [
  "screen evil_2",
  "send evil_2 D",
  "pause evil_*",
  "resume evil_*",
  "set-goal evil_1 profit",
  "kill-all --dry-run",
  "scale 1 --dry-run",
  "sector 1",
  "routes",
  "path 1 2",
  "export timeseries all --format ndjson",
  "restart evil_4",
  "doctor",
  "complete -- describe evil",
];
test.each(others)("%s", async (line) => {
  const argv = line.split(" ");
  // One at a time has the keys.
  if (argv[0] !== "send") return void (await everyWay(argv, {}, { json: rows[argv[0]!]!.json === "value" }));
  const { out } = await atTerminal(argv, way());
  clean(argv, out);
  expect(out).toContain("D");
});

test("who follows hears it harmless, too", async () => {
  const lines: readonly (readonly [string, RegExp])[] = [
    ["logs evil_2 -f", /\n/],
    ["events -f", /\n/],
    ["attach evil_5", /\n|leaves/],
    ["watch", /Watching/],
  ];
  for (const [line, stays] of lines) {
    const argv = line.split(" ");
    for (const one of [
      () => inPipe(argv, way({ stays })),
      () => inPipe([...argv, "--json"], way({ stays })),
      () => atTerminal(argv, way({ stays })),
    ]) {
      const { out, err, code } = await one();
      clean(argv, out + err, argv[0] === "attach");
      expect([line, code]).toEqual([line, 130]);
    }
  }
}, 60_000);

test("top draws their words, sheets and screens harmless, in any size", async () => {
  for (const size of [
    { cols: 200, rows: 40 },
    { cols: 80, rows: 24 },
    { cols: 20, rows: 5 },
  ]) {
    const { out, code } = await atTerminal(["top"], way({ size, stays: /evil_0|Too small/ }));
    clean(["top", String(size.cols)], out, true);
    expect(code).toBe(130);
  }
}, 30_000);

test("an assistant is told it harmless, too", async () => {
  const asked = [
    ["tw2002_get_swarm_status", {}],
    ["tw2002_get_bot_status", { bot_id: "evil_0" }],
    ["tw2002_get_bot_status", { bot_id: fallen }],
  ] as const;
  const messages = [
    {
      id: 0,
      method: "initialize",
      params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "e2e", version: "1" } },
    },
    ...asked.map(([name, args], index) => ({
      id: index + 1,
      method: "tools/call",
      params: { name, arguments: args },
    })),
  ];
  const stdin = messages.map((one) => `${JSON.stringify({ jsonrpc: "2.0", ...one })}\n`).join("");
  const { out, err, code } = await inPipe(["mcp"], way({ stdin }));
  clean(["mcp"], err);
  expect(code).toBe(0);
  const answers = out.split("\n").slice(0, -1);
  expect(answers.length).toBe(messages.length);
  for (const answer of answers) clean(["mcp"], strings(JSON.parse(answer)).join("\n"));
}, 20_000);

/** Every text in a value. */
const strings = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(strings)
      : [];
