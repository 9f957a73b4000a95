import { describe, expect, test } from "bun:test";
import { firstDialMaxMs, redialGraceMs } from "../../src/control/door.ts";
import { Problem } from "../../src/proto/refusal.ts";
import { goodbyeGraceMs, stopGraceMs } from "../../src/swarm/react.ts";
import { killBot } from "../../src/swarm/requests.ts";
import { botOf, folded, refusalOf, report } from "../swarm/stories.ts";
import { house } from "./house.ts";

const came = async (bot_id = "a") => {
  const where = house();
  await where.registered({ bot_id });
  return { ...where, ...where.dial(bot_id) };
};

describe("registering", () => {
  test("gives a name, a token and the way to come in; only the token's hash is kept", async () => {
    const { on, registered, door } = house();
    const reply = await registered();
    expect(reply).toEqual({
      bot_id: "bot_000",
      token: "token 0",
      ws: "ws://manager.test:8000/ws/worker?bot_id=bot_000&token=token+0",
    });
    expect(door.admit(new URL(reply.ws))).toBe("bot_000");
    expect(botOf(on, "bot_000")).toMatchObject({ state: "REGISTERING", configName: "mine.yaml", pid: 42 });
    expect(JSON.stringify(on.stored)).not.toContain('"token 0"');
    expect(on.stored[0]!.event).toMatchObject({ type: "joined", token_hash: "hash of token 0" });
  });

  test("is refused where it cannot be", async () => {
    const { on, register, registered } = house();
    const problem = async (change: Record<string, unknown>) => {
      const reply = await register(change);
      return Problem.parse(await reply.json());
    };
    expect(await problem({ version: 1 })).toMatchObject({ status: 400, errors: [{ path: "version" }] });
    expect(await problem({ bot_id: "../../etc" })).toMatchObject({ status: 400 });
    await registered({ bot_id: "zaphod", trader: "Zaphod in game A at h:1" });
    expect(await problem({ bot_id: "zaphod" })).toMatchObject({ status: 409 });
    expect(await problem({ trader: "zaphod in game A at h:1" })).toMatchObject({ status: 409 });
    for (let more = 0; more < 3; more++) await registered();
    expect(await problem({})).toMatchObject({ status: 409, code: "swarm_full" });
    on.full = true;
    on.request([]);
    on.happened({ type: "lost", bot: "zaphod", at: 1000 });
    expect(await problem({ bot_id: "zaphod" })).toMatchObject({ status: 507, code: "disk_full" });
  });

  test("without ever dialling ends after a while", async () => {
    const { on, registered, wait } = house();
    await registered({ bot_id: "a" });
    wait(firstDialMaxMs - 1);
    expect(botOf(on, "a").state).toBe("REGISTERING");
    wait(1);
    expect(botOf(on, "a")).toMatchObject({ state: "ERROR", process: "gone" });
  });
});

describe("the token", () => {
  test("must be the bot's own, and the bot must not have ended", async () => {
    const { on, door, registered } = house();
    const [one, two] = [await registered(), await registered()];
    const wrong = (change: (url: URL) => void) => {
      const url = new URL(one.ws);
      change(url);
      return refusalOf(() => door.admit(url));
    };
    expect(wrong((url) => url.searchParams.delete("token"))).toStartWith("forbidden");
    expect(wrong((url) => url.searchParams.set("token", two.token))).toStartWith("forbidden");
    expect(wrong((url) => url.searchParams.set("token", `hash of ${one.token}`))).toStartWith("forbidden");
    expect(wrong((url) => url.searchParams.set("bot_id", "nobody"))).toStartWith("forbidden");
    expect(wrong((url) => url.searchParams.delete("bot_id"))).toStartWith("forbidden");
    on.happened({ type: "lost", bot: one.bot_id, at: 1000 });
    expect(refusalOf(() => door.admit(new URL(one.ws)))).toStartWith('conflict: Bot "bot_000" has ended');
  });

  test("of a spawned bot does not exist", () => {
    const { on, door } = house();
    on.request([
      { type: "spawned", bot: "a", config_name: "", strategy: "", goal: "", turns_max: 0, config: {}, at: 1 },
    ]);
    expect(refusalOf(() => door.admit(new URL("ws://h/?bot_id=a&token=")))).toStartWith("forbidden");
  });

  test("opens the next manager's door, too, for as long as that waits", async () => {
    const first = house();
    const reply = await first.registered({ bot_id: "a" });
    const stays = first.dial("a");
    stays.say({ type: "playing" });
    await first.registered({ bot_id: "away" });
    first.on.flush();
    const next = house(folded(first.on));
    next.door.await(8000);
    // What it could tell nobody is no silence of its own.
    expect(botOf(next.on, "a")).toMatchObject({ linked: false, lastWord: 1000 });
    expect(next.door.admit(new URL(reply.ws))).toBe("a");
    next.wait(7999);
    const { told } = next.dial("a");
    next.wait(1);
    expect([botOf(next.on, "a").state, botOf(next.on, "away").state]).toEqual(["RUNNING", "ERROR"]);
    expect(told).toMatchObject([{ type: "welcome", heard: 0 }]);
  });
});

describe("a worker that came in", () => {
  test("plays, obeys, and leaves when it is done", async () => {
    const { on, say, told, closed, codes } = await came();
    say({ type: "playing" }, { type: "report", report: report({ credits: 777 }) });
    on.request([{ type: "ordered", bot: "a", order: { type: "pause", id: 1 }, at: 1000 }]);
    say({ type: "confirmed", id: 1 });
    expect(botOf(on, "a")).toMatchObject({ state: "PAUSED", report: { credits: 777 } });
    expect(told.map(({ type }) => type)).toEqual(["welcome", "order"]);
    say({ type: "ended", n: 1, how: "completed", reason: "turn limit" });
    closed();
    expect(botOf(on, "a")).toMatchObject({ state: "COMPLETED", process: "gone", linked: false });
    expect(codes).toEqual([]);
  });

  test("and whose connection breaks may dial again: what waited is told then", async () => {
    const { on, say, closed, wait, dial } = await came();
    say({ type: "playing" });
    closed();
    expect(botOf(on, "a")).toMatchObject({ state: "RUNNING", linked: false });
    on.request([{ type: "ordered", bot: "a", order: { type: "pause", id: 1 }, at: 1000 }]);
    wait(redialGraceMs - 1);
    const second = dial("a");
    expect(second.told.map(({ type }) => type)).toEqual(["welcome", "order"]);
    wait(redialGraceMs);
    expect(botOf(on, "a")).toMatchObject({ state: "RUNNING", linked: true });
  });

  test("is lost when it does not come back in time", async () => {
    const { on, closed, wait, dial } = await came();
    closed();
    wait(redialGraceMs - 1);
    // Each break has its own grace.
    dial("a").closed();
    wait(1);
    expect(botOf(on, "a").state).toBe("REGISTERING");
    wait(redialGraceMs - 1);
    expect(botOf(on, "a")).toMatchObject({ state: "ERROR", error: "the connection to the worker was lost" });
  });

  test("and dials twice has the second line; the first one's end means nothing", async () => {
    const { on, dial, codes, wait } = await came();
    on.request(killBot(on.state, "a", "by request", 1000));
    const second = dial("a");
    expect(codes).toEqual([[1000, "bye"]]);
    expect(botOf(on, "a")).toMatchObject({ state: "REGISTERING", process: "up", linked: true });
    expect(second.told.map(({ type }) => type)).toEqual(["welcome", "order"]);
    second.say({ type: "ended", n: 1, how: "stopped", reason: "told to" });
    second.closed();
    wait(stopGraceMs);
    expect(botOf(on, "a")).toMatchObject({ state: "DEAD", process: "gone" });
  });

  test("and sends what is no JSON, or too much, is cut off for good", async () => {
    for (const [text, words] of [
      ["this is not JSON", "no JSON"],
      [JSON.stringify({ type: "note", severity: "info", text: "x".repeat(70_000) }), "the most is 65536"],
    ] as const) {
      const { on, heard, codes } = await came();
      heard(text);
      expect(codes).toEqual([[1008, "cut off"]]);
      expect(botOf(on, "a")).toMatchObject({
        state: "ERROR",
        process: "gone",
        error: expect.stringContaining(words),
      });
    }
  });
});

describe("whoever is to end", () => {
  test("is told, has its time, and is closed then", async () => {
    const { on, told, codes, wait } = await came();
    on.request(killBot(on.state, "a", "by request", 1000));
    expect(told.at(-1)).toMatchObject({ type: "order", order: { type: "stop" } });
    wait(stopGraceMs - 1);
    expect([codes, botOf(on, "a").process]).toEqual([[], "up"]);
    wait(1);
    expect(codes).toEqual([[1000, "bye"]]);
    expect(botOf(on, "a")).toMatchObject({ state: "DEAD", process: "gone" });
  });

  test("and is away is gone", async () => {
    const { on, closed } = await came();
    closed();
    on.request(killBot(on.state, "a", "by request", 1000));
    expect(botOf(on, "a")).toMatchObject({ state: "DEAD", process: "gone" });
  });

  test("does not take along who comes in after it under its name", async () => {
    const { on, say, closed, registered, dial, wait } = await came();
    say({ type: "ended", n: 1, how: "completed", reason: "done" });
    closed();
    await registered({ bot_id: "a" });
    const { codes } = dial("a", "fedcba9876543210");
    wait(goodbyeGraceMs);
    expect([codes, botOf(on, "a").state]).toEqual([[], "REGISTERING"]);
  });
});
