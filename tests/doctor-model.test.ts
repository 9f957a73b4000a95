import { afterAll, expect, test } from "bun:test";
import { modelOf } from "../src/doctor-model.ts";
import { Llm } from "../src/proto/llm-config.ts";

const ends: (() => void)[] = [];
afterAll(() => ends.forEach((end) => end()));

/** A service's address, and the requests that came to it. */
function service(answer: () => Response | Promise<Response>) {
  const asked: Request[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch(request) {
      asked.push(request);
      return answer();
    },
  });
  ends.push(() => void server.stop(true));
  return { url: `http://127.0.0.1:${server.port}`, asked };
}
const at = (base_url: string) =>
  Llm.parse({ provider: "openai_compatible", openai_compatible: { base_url } });
const enoughMs = 5000;

test("whatever answers is good, is asked once, is shown no key and followed nowhere else", async () => {
  const elsewhere = service(() => new Response(""));
  const here = service(() => Response.redirect(elsewhere.url));
  const env = { BBSBOT_LLM_API_KEY: "canary-canary" };
  expect(await modelOf(at(`${here.url}/v1`), enoughMs, env)).toMatchObject({
    how: "good",
    told: expect.stringContaining(`openai_compatible default at ${here.url}/v1`),
  });
  expect([here.asked.length, elsewhere.asked.length]).toEqual([1, 0]);
  expect(JSON.stringify([...here.asked[0]!.headers])).not.toContain("canary");
});

test("nobody there, and nobody who answers in time, are poor: bots do without", async () => {
  const gone = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("") });
  const url = `http://127.0.0.1:${gone.port}`;
  await gone.stop(true);
  expect(await modelOf(at(url), enoughMs, {})).toMatchObject({
    how: "poor",
    told: expect.stringContaining("cannot be reached"),
  });
  const silent = service(() => new Promise(() => {}));
  expect(await modelOf(at(silent.url), 100, {})).toMatchObject({
    how: "poor",
    told: expect.stringContaining("does not answer within 0.1 s"),
  });
});

test("a key that is missing is bad, and nobody is asked", async () => {
  const here = service(() => new Response(""));
  const llm = Llm.parse({ provider: "openai", openai: { base_url: here.url } });
  expect(await modelOf(llm, enoughMs, {})).toMatchObject({
    how: "bad",
    told: expect.stringContaining("OPENAI_API_KEY"),
  });
  expect(here.asked).toEqual([]);
  expect((await modelOf(Llm.parse({ provider: "replay", replay_file: "r.jsonl" }), enoughMs, {})).how).toBe(
    "good",
  );
});
