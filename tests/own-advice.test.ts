/** The model of a bot that plays alone: whom it asks, and the record that it plays again. */
import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answered } from "../src/advised.ts";
import { openAdviceRecord } from "../src/io/advice-record.ts";
import { ownAdvice } from "../src/own-advice.ts";
import { BotConfig } from "../src/proto/config.ts";
import { failureOf } from "./doubles/failure.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-own-advice-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = (llm: object, told: string[] = []) =>
  ownAdvice({
    config: BotConfig.parse({ connection: { host: "h", port: 1, game_letter: "A" }, llm }),
    botId: "bot_7",
    folder,
    place: (path) => `bot.yaml:${path.join(".")}`,
    tell: (severity, text) => told.push(`${severity}: ${text}`),
  });

test("a record is played again for the bot whose it is, and nobody is asked", async () => {
  const file = join(folder, "record.jsonl");
  const record = openAdviceRecord(file, { stopped: () => {} });
  record.took({ bot: "bot_7", id: 1, at: 4, plan: '{"plan":"trade"}', outcome: "accepted" }, 0);
  record.took({ bot: "bot_8", id: 1, at: 5, plan: '{"plan":"bank"}', outcome: "accepted" }, 0);
  record.took({ bot: "bot_7", id: 2, at: 90, outcome: "timeout" }, 0);
  record.close();
  expect(await open({ provider: "replay", replay_file: file })).toEqual({
    recorded: [
      { id: 1, at: 4, plan: '{"plan":"trade"}' },
      { id: 2, at: 90, reason: "timeout" },
    ],
  });
});

test("what cannot be played again is refused, by the place of its key", async () => {
  const kept = (llm: object) => failureOf(open({ provider: "replay", ...llm }));
  expect(await kept({})).toBe('bot.yaml:llm: the provider "replay" needs "replay_file"');
  expect(await kept({ replay_file: join(folder, "none") })).toContain("Cannot read");
});

test("a plan of the model's comes back to the life, and so does that there is none", async () => {
  let plans = '{"plans":[{"bot":"bot_7","plan":"trade"}]}';
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: () =>
      Response.json({
        id: "1",
        object: "chat.completion",
        created: 0,
        model: "m",
        choices: [{ index: 0, message: { role: "assistant", content: plans }, finish_reason: "stop" }],
        usage: { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 },
      }),
  });
  try {
    const asks = { base_url: `http://127.0.0.1:${server.port}/v1`, max_retries: 0 };
    const own = await open({
      provider: "openai_compatible",
      openai_compatible: asks,
      batch: { gather_seconds: 0 },
    });
    if (!("advisor" in own)) throw new Error("There is a model to ask");
    let next = Promise.withResolvers<Answered>();
    const advisor = own.advisor((event) => next.resolve(event));
    advisor.ask({ bot: "bot_7", id: 1, at: 0, picture: "{}" });
    expect(await next.promise).toMatchObject({ type: "advised", id: 1, plan: '{"plan":"trade"}' });
    plans = '{"plans":[]}';
    next = Promise.withResolvers();
    advisor.ask({ bot: "bot_7", id: 2, at: 5, picture: "{}" });
    expect(await next.promise).toMatchObject({ type: "unadvised", id: 2, reason: "silent" });
    advisor.end();
  } finally {
    await server.stop(true);
  }
});
