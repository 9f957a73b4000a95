/** Between a life and the world: what is written down of it, what is shown of it, and who has its keys. */
import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRecorder, readRecording } from "../src/io/recording.ts";
import { createUnknown } from "../src/io/unknown.ts";
import { createPlay, type Finish } from "../src/play.ts";
import type { Life, LifeEffect, LifeEvent } from "../src/player/happenings.ts";
import { BotConfig } from "../src/proto/config.ts";
import type { WorkerMessage } from "../src/proto/link.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-play-"));
const server = Bun.listen({
  hostname: "127.0.0.1",
  port: 0,
  socket: {
    open: (socket) => void socket.write("Password? "),
    data(socket, bytes) {
      // After the password: a question that nobody knows.
      if (bytes.includes(0x0d)) socket.write("*****\r\nWho goes there? ");
    },
  },
});
afterAll(() => {
  server.stop(true);
  rmSync(folder, { recursive: true, force: true });
});

const berth = { enter: (work: () => void) => work(), usedMs: () => 0 };

/** Gives its password, is stuck at the next question, and ends. */
function scripted(): Life {
  const answer = (event: LifeEvent): LifeEffect[] => {
    if (event.type === "started") return [{ type: "dial", afterMs: 0, firm: false }];
    if (event.type !== "open") return [];
    if (event.text === "Password? ")
      return [
        { type: "chose", intent: { type: "enter" }, why: "it begins here" },
        { type: "send", keys: "hush\r", secret: true },
      ];
    if (event.text !== "Who goes there? ") return [];
    return [
      { type: "stuck", at: "an unknown line", text: event.text },
      { type: "ended", how: "failed", reason: "No way on" },
    ];
  };
  return { step: answer, report: () => ({}) as never, paused: () => false };
}

test("a session is recorded, and where it gets stuck is kept, without its password", async () => {
  const config = BotConfig.parse({ connection: { host: "127.0.0.1", port: server.port, game_letter: "A" } });
  const log: string[] = [];
  const recording = join(folder, "session.jsonl");
  const finished = await new Promise<Finish>((finish) => {
    const play = createPlay({
      config,
      botId: "b",
      life: scripted(),
      link: undefined,
      berth,
      maxCpu: undefined,
      random: () => 0.5,
      log: (event, details) => log.push(`${event} ${JSON.stringify(details)}`),
      settled: undefined,
      ended: undefined,
      keep: undefined,
      advisor: undefined,
      recorder: createRecorder(recording, {
        now: () => performance.now(),
        source: "a test",
        stopped: () => {},
      }),
      unknown: createUnknown(join(folder, "unknown"), () => new Date(0)),
      finish,
    });
    play.step({ type: "started" });
  });
  expect(finished.code).toBe(1);
  const told = readRecording(recording);
  expect(told.map(({ d }) => d)).toEqual(["H", "S", "L", "C", "S"]);
  expect(told).toContainEqual(expect.objectContaining({ d: "L", label: "enter: it begins here" }));
  expect(told).toContainEqual(
    expect.objectContaining({ d: "C", hex: Buffer.from("****\r").toString("hex") }),
  );
  expect(readdirSync(join(folder, "unknown"))).toEqual(["0001.txt"]);
  const kept = readFileSync(join(folder, "unknown/0001.txt"), "utf8");
  expect(kept).toContain("Who goes there?|");
  expect(kept).toContain('"****\\r"');
  expect(kept + readFileSync(recording, "utf8")).not.toContain("hush");
  expect(log.join("\n")).toContain("unknown/0001.txt");
});

const lease = "0123456789abcdef";

/** Hands its keys over at the password; when its link breaks it gives that by itself, and ends at what follows. */
function lender(heard: LifeEvent[]): Life {
  let alone = false;
  const taken: LifeEffect = { type: "taken", lease };
  const answer = (event: LifeEvent): LifeEffect[] => {
    heard.push(event);
    if (event.type === "started") return [{ type: "dial", afterMs: 0, firm: false }];
    if (event.type === "keys" && event.word.type === "type")
      return [{ type: "send", keys: event.word.keys, secret: true }];
    if (event.type === "unlinked") {
      alone = true;
      return [{ type: "send", keys: "\r", secret: true }];
    }
    if (event.type !== "open") return [];
    if (alone) return [taken, { type: "ended", how: "failed", reason: "enough" }];
    return event.text === "Password? " ? [taken] : [];
  };
  return { step: answer, report: () => ({}) as never, paused: () => false };
}

test("those who watch are shown what stands there, then each answer; a broken link ends the watching and tells the life", async () => {
  const config = BotConfig.parse({ connection: { host: "127.0.0.1", port: server.port, game_letter: "A" } });
  const said: WorkerMessage[] = [];
  const heard: LifeEvent[] = [];
  let changed = () => {};
  const finished = Promise.withResolvers<Finish>();
  const play = createPlay({
    config,
    botId: "b",
    life: lender(heard),
    link: {
      say(message) {
        said.push(message);
        changed();
      },
      isUp: () => false,
      heardMs: () => 0,
    },
    berth,
    maxCpu: undefined,
    random: () => 0,
    log: () => {},
    settled: undefined,
    ended: undefined,
    keep: undefined,
    advisor: undefined,
    recorder: undefined,
    unknown: { saw: () => {}, typed: () => {}, keep: () => undefined },
    finish: finished.resolve,
  });
  const until = async (type: WorkerMessage["type"], text = "") => {
    while (!said.some((one) => one.type === type && JSON.stringify(one).includes(text)))
      await new Promise<void>((resolve) => (changed = resolve));
  };
  play.told({ type: "watch", on: true });
  play.told({ type: "take", lease });
  play.step({ type: "started" });
  await until("taken");
  play.told({ type: "type", lease, keys: "hush\r" });
  await until("shown", "Who goes there? ");
  expect(said.filter(({ type }) => type !== "dialled")).toEqual([
    { type: "shown", text: "", fresh: true },
    { type: "online", live: false },
    { type: "shown", text: "", fresh: true },
    { type: "online", live: true },
    { type: "shown", text: "Password? " },
    { type: "taken", lease },
    { type: "shown", text: "*****\r\nWho goes there? " },
  ]);
  expect(heard[0]).toEqual({ type: "keys", word: { type: "take", lease } });
  const before = said.length;
  play.unlinked();
  expect((await finished.promise).code).toBe(1);
  expect(said.slice(before).map(({ type }) => type)).toEqual(["taken", "ended"]);
});

test("what it chose is told to a manager that asks, with where it was", async () => {
  const config = BotConfig.parse({ connection: { host: "127.0.0.1", port: server.port, game_letter: "A" } });
  const said: WorkerMessage[] = [];
  const life = { ...scripted(), report: () => ({ sector: 7 }) as never };
  const finished = Promise.withResolvers<Finish>();
  const play = createPlay({
    config,
    botId: "b",
    life,
    link: { say: (message) => void said.push(message), isUp: () => false, heardMs: () => 0 },
    berth,
    maxCpu: undefined,
    random: () => 0,
    log: () => {},
    settled: undefined,
    ended: undefined,
    keep: undefined,
    advisor: undefined,
    recorder: undefined,
    unknown: { saw: () => {}, typed: () => {}, keep: () => undefined },
    finish: finished.resolve,
  });
  play.told({ type: "recount" });
  play.step({ type: "started" });
  await finished.promise;
  play.told({ type: "recount" });
  expect(said.filter(({ type }) => type === "recounted")).toEqual([
    { type: "recounted", choices: [] },
    {
      type: "recounted",
      choices: [{ at: expect.any(Number), intent: "enter", why: "it begins here", sector: 7 }],
    },
  ]);
});
