import { afterAll, afterEach, beforeEach, describe, expect, spyOn, test } from "bun:test";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openModel, type Model } from "../../src/io/model.ts";
import { answerMaxBytes, serviceFetch } from "../../src/io/model-fetch.ts";
import { promptFor } from "../../src/proto/advice.ts";
import { Llm, type ProviderName } from "../../src/proto/llm-config.ts";
import { modelServer, planningBy, type Fault, type ModelServer } from "../doubles/model-server.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-model-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let server: ModelServer;
beforeEach(() => {
  server = modelServer({ mind: planningBy((picture) => ({ plan: "trade", why: JSON.stringify(picture) })) });
});
afterEach(() => server.stop());

const secret = "sk-0123456789abcdef";
const asked = [{ bot: "bot_1", id: 1, at: 0, picture: '{"credits":300}' }];
const question = { instructions: "Answer in JSON", prompt: promptFor(asked, undefined) };
const variables = {
  OPENAI_API_KEY: secret,
  ANTHROPIC_API_KEY: secret,
  GEMINI_API_KEY: secret,
  BBSBOT_LLM_API_KEY: secret,
};

interface Wanted {
  readonly section?: object;
  readonly env?: Record<string, string>;
  readonly isOwn?: boolean;
}

/** A provider whose service is the stand-in. */
function standing(provider: Exclude<ProviderName, "replay">, wanted: Wanted = {}): Promise<Model> {
  const path =
    provider === "ollama" ? "" : provider === "google" || provider === "gemini" ? "/v1beta" : "/v1";
  const section = { base_url: server.url + path, timeout_seconds: 5, ...wanted.section };
  const llm = Llm.parse({ provider, [provider]: section });
  return openModel(llm, { env: wanted.env ?? variables, isOwn: wanted.isOwn ?? true });
}

async function failure(model: Model, call = question) {
  const result = await model.call(call, 1);
  if (result.how !== "failed") throw new Error(`It answered: ${result.text}`);
  return result;
}

describe("each provider is asked in its own form", () => {
  const answer = { plans: [{ bot: "bot_1", plan: "trade", why: '{"credits":300}' }] };
  test.each([
    ["ollama", "/v1/chat/completions", "authorization", undefined],
    ["openai_compatible", "/v1/chat/completions", "authorization", `Bearer ${secret}`],
    ["openai", "/v1/chat/completions", "authorization", `Bearer ${secret}`],
    ["anthropic", "/v1/messages", "x-api-key", secret],
    ["google", "/v1beta/models/a-model:generateContent", "x-goog-api-key", secret],
    ["gemini", "/v1beta/models/a-model:generateContent", "x-goog-api-key", secret],
  ] as const)("%s at %s", async (provider, path, header, key) => {
    const model = await standing(provider, { section: { model: "a-model", temperature: 0.5 } });
    const result = await model.call(question, 3);
    expect(result).toEqual({
      how: "replied",
      ms: expect.any(Number),
      text: JSON.stringify(answer),
      inputTokens: Math.ceil((question.instructions.length + question.prompt.length) / 4),
      outputTokens: Math.ceil(JSON.stringify(answer).length / 4),
    });
    expect(server.calls()).toBe(1);
    const [request] = server.requests;
    expect(request).toMatchObject({ path, ...question });
    expect(request!.headers[header]).toBe(key!);
    expect(JSON.stringify(request!.body)).not.toContain(secret);
    expect(request!.path).not.toContain(secret);
    const { model: name, max_tokens, temperature, generationConfig } = request!.body;
    if (path.includes("generate"))
      expect(generationConfig).toMatchObject({ maxOutputTokens: 900, temperature: 0.5 });
    else
      expect({ name, max_tokens, temperature }).toEqual({
        name: "a-model",
        max_tokens: 900,
        temperature: 0.5,
      });
  });

  test.each(["http://HOST/", "http://HOST/v1", "http://HOST/v1/"])(
    "ollama is found at %s, too",
    async (url) => {
      const base_url = url.replace("HOST", new URL(server.url).host);
      const model = await standing("ollama", { section: { base_url } });
      expect((await model.call(question, 1)).how).toBe("replied");
    },
  );

  test("JSON is asked for, and thoughts are not, where the service is known to take both", async () => {
    const wishes = async (provider: Exclude<ProviderName, "replay">, name: string) => {
      await (await standing(provider, { section: { model: name } })).call(question, 1);
      const { response_format, reasoning_effort, thinking, generationConfig } = server.requests.at(-1)!.body;
      return { response_format, reasoning_effort, thinking, generationConfig };
    };
    const json_object = { response_format: { type: "json_object" } };
    expect(await wishes("ollama", "qwen3")).toMatchObject({ ...json_object, reasoning_effort: "none" });
    expect(await wishes("openai", "gpt-5.1")).toMatchObject({ ...json_object, reasoning_effort: "none" });
    // What does not think refuses a request that speaks of it.
    expect(await wishes("openai", "gpt-4.1-mini")).toEqual(json_object as never);
    expect(await wishes("anthropic", "claude-haiku-4-5")).toEqual({
      thinking: { type: "disabled" },
    } as never);
    expect(await wishes("google", "gemini-2.5-flash")).toMatchObject({
      generationConfig: { responseMimeType: "application/json", thinkingConfig: { thinkingBudget: 0 } },
    });
    expect(await wishes("openai_compatible", "any")).toEqual({} as never);
  });

  test("a replay asks nobody", async () => {
    const model = await openModel(Llm.parse({ provider: "replay", replay_file: "x" }), {
      env: {},
      isOwn: true,
    });
    expect((await failure(model)).reason).toBe("off");
  });
});

describe("what goes wrong at the service has a reason and words", () => {
  const told = (message: string) => JSON.stringify({ error: { message } });
  const status = (code: number, body = "", headers: Record<string, string> = {}): Fault => ({
    type: "status",
    status: code,
    body,
    headers,
  });
  const body = (text: string): Fault => ({ type: "body", body: text });
  test.each([
    [status(429, told("Slow down"), { "retry-after": "7" }), "rate_limited", "answered 429: Slow down", 7000],
    [status(429), "rate_limited", "answered 429", undefined],
    [status(503, "", { "retry-after": "0.5" }), "server_error", "answered 503", 500],
    [status(429, "", { "retry-after": "Fri, 01 Jan 1999 00:00:00 GMT" }), "rate_limited", "answered 429", 0],
    [status(429, "", { "retry-after": "soon" }), "rate_limited", "answered 429", undefined],
    [status(500, "<h1>Oh no</h1>"), "server_error", "answered 500: <h1>Oh no</h1>", undefined],
    [status(529, told("Overloaded")), "server_error", "answered 529: Overloaded", undefined],
    [status(401, told("Who are you?")), "refused_key", "answered 401: Who are you?", undefined],
    [status(402), "refused_key", "answered 402", undefined],
    [status(403, '{"error":"Not yours"}'), "refused_key", "answered 403: Not yours", undefined],
    [status(404, told('model "x" not found')), "bad_answer", 'answered 404: model "x" not found', undefined],
    [body("{"), "bad_answer", "cannot be read", undefined],
    [body(""), "bad_answer", "cannot be read", undefined],
    [body("null"), "bad_answer", "cannot be read", undefined],
    [body('{"choices":[]}'), "bad_answer", "cannot be read", undefined],
    [body('{"choices":[{"message":{"content":" "}}]}'), "bad_answer", "is empty", undefined],
    [
      body('{"choices":[{"message":{"content":""},"finish_reason":"length"}]}'),
      "bad_answer",
      'was cut off: "max_tokens" is too little',
      undefined,
    ],
    [{ type: "flood" }, "bad_answer", `longer than ${answerMaxBytes / 1024} KB`, undefined],
    [{ type: "close" }, "unreachable", "cannot be reached: ECONNRESET", undefined],
  ] as const)("%j is %s", async (fault, reason, words, retryMs) => {
    const model = await standing("ollama");
    server.fail(fault, 1);
    const failed = await failure(model);
    expect(failed.reason).toBe(reason);
    expect(failed.words).toContain(words);
    expect(failed.retryMs).toBe(retryMs!);
    // Whether it is asked again others decide.
    expect(server.calls()).toBe(1);
    expect((await model.call(question, 1)).how).toBe("replied");
  });

  test("tokens of an answer that was cut off are told, since they are paid for", async () => {
    const cut = { message: { content: '{"plans":[{"bot' }, finish_reason: "length" };
    const usage = { prompt_tokens: 70, completion_tokens: 300 };
    server.fail(body(JSON.stringify({ choices: [cut], usage })));
    const failed = await failure(await standing("ollama"));
    expect(failed).toMatchObject({ reason: "bad_answer", inputTokens: 70, outputTokens: 300 });
  });

  test("a date in Retry-After is told in milliseconds from now", async () => {
    server.fail(status(429, "", { "retry-after": new Date(Date.now() + 60_000).toUTCString() }));
    const { retryMs } = await failure(await standing("ollama"));
    expect(retryMs).toBeWithin(50_000, 60_001);
  });

  test.each([{ type: "hang" }, { type: "drip", everyMs: 50 }] as const)(
    "a service that does %j is left after the time that it has",
    async (fault) => {
      const model = await standing("ollama", { section: { timeout_seconds: 0.3 } });
      await model.call(question, 1); // what is loaded first is loaded
      server.fail(fault);
      const failed = await failure(model);
      expect(failed).toMatchObject({ reason: "timeout", words: "No answer within 0.3 s" });
      expect(failed.ms).toBeWithin(290, 1500);
    },
  );

  test("a provider that is not there, or has no address, is unreachable", async () => {
    const model = await standing("ollama");
    await server.stop();
    expect(await failure(model)).toMatchObject({
      reason: "unreachable",
      words: `${server.url} cannot be reached: ECONNREFUSED`,
    });
    const nowhere = await standing("ollama", { section: { base_url: "http://no-such-host.invalid" } });
    expect((await failure(nowhere)).reason).toBe("unreachable");
  });

  test("calls under way are given up at the end", async () => {
    const model = await standing("ollama");
    server.fail({ type: "hang" });
    const both = Promise.all([failure(model), failure(model)]);
    while (server.calls() < 2) await Bun.sleep(5);
    model.end();
    expect((await both).map(({ reason }) => reason)).toEqual(["unreachable", "unreachable"]);
  });

  test("its words are cut, on one line, and steer no terminal", async () => {
    server.fail(status(500, told(`\u001b[2J${"long\r\n".repeat(10_000)}`)));
    const { words } = await failure(await standing("ollama"));
    expect(words).toMatch(/^http:\S+ answered 500: ·\[2Jlong long .*…$/);
    expect(words.length).toBeLessThan(300);
  });
});

describe("a key", () => {
  const keep = (text: string, mode = 0o600) => {
    const file = join(folder, "key");
    rmSync(file, { force: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
    return file;
  };
  const sent = () => server.requests.at(-1)?.headers["authorization"];

  test("comes from its file before the environment, and is read anew for each call", async () => {
    const api_key_file = keep("key-of-the-file\n");
    const model = await standing("openai", { section: { api_key_file } });
    await model.call(question, 1);
    expect(sent()).toBe("Bearer key-of-the-file");
    keep("another-key");
    await model.call(question, 1);
    expect(sent()).toBe("Bearer another-key");
  });

  test.each([
    ["secret-of-mine", 0o644, 'others can read or write it; say: chmod 600 "'],
    ["secret of mine", 0o600, "expected one line of at least 8 plain characters without spaces"],
    ["secret", 0o600, "expected one line of at least 8"],
    ["secret-of-mine".repeat(100), 0o600, "larger than 1024 bytes"],
  ])("in a file %.20s with mode %o is refused by the file's name alone", async (text, mode, why) => {
    const api_key_file = keep(text, mode);
    const failed = await failure(await standing("openai", { section: { api_key_file } }));
    expect(failed.reason).toBe("refused_key");
    expect(failed.words).toContain(`"llm.openai.api_key_file" is "${api_key_file}": `);
    expect(failed.words).toContain(why);
    expect(failed.words).not.toContain("secret");
    expect(server.calls()).toBe(0);
  });

  test.each([
    ["openai", "OPENAI_API_KEY"],
    ["anthropic", "ANTHROPIC_API_KEY"],
    ["google", "GOOGLE_GENERATIVE_AI_API_KEY or GEMINI_API_KEY"],
  ] as const)("that is missing for %s is asked for by name", async (provider, names) => {
    const failed = await failure(await standing(provider, { env: {} }));
    expect(failed).toMatchObject({
      reason: "refused_key",
      words: `There is no key: set ${names}, or name a file with it as "llm.${provider}.api_key_file"`,
    });
    expect(server.calls()).toBe(0);
  });

  test("of the environment goes to no address that a bot's own section names, and no file of its is read", async () => {
    const elsewhere = await failure(await standing("openai", { isOwn: false }));
    expect(elsewhere.reason).toBe("refused_key");
    expect(elsewhere.words).toContain("goes to https://api.openai.com and nowhere else");
    const api_key_file = keep("key-of-the-file");
    const file = await failure(await standing("ollama", { isOwn: false, section: { api_key_file } }));
    expect(file.words).toContain(`only the manager's own "llm" section may name a key's file`);
    expect(server.calls()).toBe(0);
    await (await standing("openai_compatible", { isOwn: false })).call(question, 1);
    expect(server.calls()).toBe(1);
    expect(sent()).toBeUndefined();
  });

  test("is in nothing that is told, though the service repeats it", async () => {
    const echo = JSON.stringify({ error: { message: `Incorrect key ${secret}, "${secret}"` } });
    server.fail({ type: "status", status: 401, body: echo }, 1);
    const model = await standing("openai");
    expect((await failure(model)).words).toEndWith('answered 401: Incorrect key ***, "***"');
    server.fail({ type: "status", status: 302, headers: { location: `http://x/?key=${secret}` } }, 1);
    expect((await failure(model)).words).toContain("http://x/?key=***");
    const leaking = modelServer({ mind: () => `Yes, ${secret}` });
    const other = await standing("openai", { section: { base_url: `${leaking.url}/v1` } });
    expect(await other.call(question, 1)).toMatchObject({ how: "replied", text: "Yes, ***" });
    await leaking.stop();
  });
});

describe("nobody but the configured service is spoken to", () => {
  test("a redirect is not followed, not even on the same host", async () => {
    const other = modelServer({ mind: () => "{}" });
    for (const location of [`${other.url}/v1/chat/completions`, `${server.url}/v1/chat/completions`]) {
      server.fail({ type: "status", status: 307, headers: { location } }, 1);
      const failed = await failure(await standing("openai"));
      expect(failed).toMatchObject({ reason: "bad_answer" });
      expect(failed.words).toContain(`points to "${location}"`);
    }
    expect(other.calls()).toBe(0);
    expect(server.calls()).toBe(2);
    await other.stop();
  });

  test("another address is not asked, whoever wants it", async () => {
    const other = modelServer({ mind: () => "{}" });
    const ask = serviceFetch(`${server.url}/v1`, new AbortController().signal);
    const refused = await ask(`${other.url}/v1/chat/completions`, { method: "POST" }).catch(String);
    expect(refused).toContain(`Only ${server.url} is asked`);
    expect(other.calls()).toBe(0);
    await other.stop();
  });

  test("each provider makes one request a call, and nothing is written to the console", async () => {
    const fetched = spyOn(globalThis, "fetch");
    const warned = [spyOn(console, "warn"), spyOn(console, "error"), spyOn(process, "emitWarning")];
    for (const provider of ["ollama", "openai", "openai_compatible", "anthropic", "google"] as const)
      // A temperature is among what some models cannot be told, which the package warns about.
      await (await standing(provider, { section: { temperature: 2 } })).call(question, 1);
    const fetchedFrom = fetched.mock.calls.map(([url]) => new URL(new Request(url).url).origin);
    const written = warned.flatMap(({ mock }) => mock.calls as unknown[]);
    for (const spy of [fetched, ...warned]) spy.mockRestore();
    expect(fetchedFrom).toEqual(Array(5).fill(server.url));
    expect(written).toEqual([]);
    expect(server.calls()).toBe(5);
  });

  test("a process that calls a model opens no other connection", async () => {
    const proxy = modelServer({ mind: () => "{}" });
    const script = join(folder, "calls.ts");
    const from = join(import.meta.dir, "../../src");
    writeFileSync(
      script,
      `import { openModel } from "${from}/io/model.ts";
       import { Llm } from "${from}/proto/llm-config.ts";
       for (const [provider, path] of [["ollama", ""], ["openai", "/v1"], ["anthropic", "/v1"], ["google", "/v1beta"]]) {
         const llm = Llm.parse({ provider, [provider]: { base_url: "${server.url}" + path } });
         const model = await openModel(llm, { env: ${JSON.stringify(variables)}, isOwn: true });
         console.log((await model.call(${JSON.stringify(question)}, 1)).how);
       }`,
    );
    // Whatever goes anywhere but to the service is seen by the proxy.
    const env = {
      http_proxy: proxy.url,
      https_proxy: proxy.url,
      all_proxy: proxy.url,
      no_proxy: "127.0.0.1",
    };
    const child = Bun.spawn([process.execPath, script], { env, stdout: "pipe", stderr: "pipe" });
    const told = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
    expect(told).toEqual(["replied\n".repeat(4), ""]);
    expect(server.calls()).toBe(4);
    expect(proxy.calls()).toBe(0);
    await proxy.stop();
  });
});
