/** Bots by selection, over HTTP: listed, ordered about and told of, under one manager and the next. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { getJson, processesWith, scratch, start, until, words, type Running } from "./harness.ts";

const { folder, remove } = scratch();
let manager: Running;

const url = () => String(manager.first["url"]);
const begin = async () => {
  manager = await start([
    ...words("manager --json --port 0 --no-dashboard-port --max-bots 8 --state-file"),
    join(folder, "swarm.db"),
  ]);
};
const post = async (path: string, body: unknown) => {
  const headers = { "content-type": "application/json", origin: url() };
  const reply = await fetch(url() + path, { method: "POST", headers, body: JSON.stringify(body) });
  return (await reply.json()) as Record<string, unknown>;
};
type Listed = {
  matched: number;
  bots: { bot_id: string; state: string; labels?: object }[];
  next_cursor?: string;
};
const list = async (query: string) => (await getJson(`${url()}/swarm/bots?${query}`)) as unknown as Listed;
const idsOf = ({ bots }: Listed) => bots.map(({ bot_id }) => bot_id);

// Nothing listens at port 1: they come as far as waiting for it.
const config = { connection: { host: "127.0.0.1", port: 1 }, labels: { team: "red" } };

beforeAll(begin, 20_000);

afterAll(async () => {
  await manager?.stop();
  expect(processesWith(folder)).toEqual([]);
  remove();
}, 20_000);

test("bots are spawned with labels, listed by them, and paused all at once", async () => {
  await post("/swarm/spawn-batch", { configs: [config], count: 3, labels: { wave: "1" } });
  await post("/swarm/spawn", { config: { ...config, labels: { team: "blue" } }, bot_id: "scout" });
  await until("four workers", async () => (await list("states=REGISTERING")).matched === 4);
  const page = await list("labels=team=red&sort=-bot_id&limit=2");
  expect([page.matched, idsOf(page)]).toEqual([3, ["bot_002", "bot_001"]]);
  expect(page.bots[0]!.labels).toEqual({ team: "red", wave: "1" });
  const cursor = encodeURIComponent(page.next_cursor!);
  expect(idsOf(await list(`labels=team=red&sort=-bot_id&limit=2&cursor=${cursor}`))).toEqual(["bot_000"]);
  expect(idsOf(await list("query=BLUE"))).toEqual(["scout"]);

  const paused = await post("/swarm/order", { action: "pause", bots: ["bot_*", "nobody"] });
  expect(paused).toMatchObject({ matched: 3, failed: 1 });
  expect((paused["results"] as unknown[]).at(-1)).toEqual({
    bot_id: "nobody",
    ok: false,
    code: "not_found",
    detail: 'There is no bot "nobody"',
  });
  await until("three that stand still", async () => (await list("states=PAUSED")).matched === 3);
}, 30_000);

test("what happened is told of many bots in words, and leads on page by page", async () => {
  const told: string[] = [];
  for (let cursor: string | undefined = ""; cursor !== undefined;) {
    const at: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const page = await getJson(`${url()}/swarm/events?types=spawned,ordered&labels=wave=1&limit=2${at}`);
    told.push(
      ...(page["events"] as { bot: string; text: string }[]).map(({ bot, text }) => `${bot} ${text}`),
    );
    cursor = page["next_cursor"] as string | undefined;
  }
  expect(told.toSorted()).toEqual(
    ["bot_000", "bot_001", "bot_002"].flatMap((bot) => [
      `${bot} is to be started from inline`,
      `${bot} was ordered: pause`,
    ]),
  );
}, 20_000);

test("the next manager knows them by the same labels, and ends them in one go", async () => {
  expect(await manager.stop("SIGKILL")).toBe(137);
  await begin();
  expect(idsOf(await list("labels=team=red,wave"))).toEqual(["bot_000", "bot_001", "bot_002"]);
  expect(await post("/swarm/order", { action: "kill", bots: "all" })).toMatchObject({
    matched: 4,
    failed: 0,
  });
  await until("all are over", async () => (await list("states=DEAD")).matched === 4);
}, 30_000);
