/** A link over HTTP and a WebSocket, to a manager that breaks it, forgets the bot, or wants no more of it. */
import { afterEach, expect, test } from "bun:test";
import { takenMaxMs, webLink } from "../../src/io/web-link.ts";
import type { WorkerMessage } from "../../src/proto/link.ts";
import { linkVersion } from "../../src/proto/orders.ts";
import { failureOf } from "../doubles/failure.ts";

interface Registration {
  readonly authorization: string | null;
  readonly body: { bot_id?: string; trader?: string };
}
interface Manager {
  readonly url: string;
  readonly registrations: Registration[];
  readonly heard: WorkerMessage[][];
  readonly sockets: { close(code?: number, reason?: string): void }[];
  /** Tokens that it knows. */
  readonly known: Set<string>;
}

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const problem = (code: string, status: number, detail: string) =>
  Response.json({ type: "about:blank", title: "No", status, code, detail }, { status });

/** `refused`: how often it says of whoever registers first that another is there. */
function manager(refused = 0): Manager {
  const registrations: Registration[] = [];
  const heard: WorkerMessage[][] = [];
  const sockets: Manager["sockets"] = [];
  const known = new Set<string>();
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request, self) {
      const url = new URL(request.url);
      if (url.pathname === "/ws/worker") {
        if (!known.has(url.searchParams.get("token") ?? "")) return new Response(null, { status: 403 });
        return self.upgrade(request) ? undefined : new Response(null, { status: 400 });
      }
      const authorization = request.headers.get("authorization");
      if (authorization === "Bearer wrong") return problem("unauthorized", 401, "The token is wrong");
      if (refused-- > 0) return problem("conflict", 409, "The bot is here already");
      registrations.push({ authorization, body: (await request.json()) as Registration["body"] });
      const token = `t${registrations.length}`;
      known.add(token);
      return Response.json({ bot_id: "far", token, ws: `ws://127.0.0.1:${self.port}/ws/worker` });
    },
    websocket: {
      open(socket) {
        heard.push([]);
        sockets.push(socket);
      },
      message(socket, text) {
        const message = JSON.parse(String(text)) as WorkerMessage;
        heard.at(-1)!.push(message);
        if (message.type === "hello")
          socket.send(
            JSON.stringify({ type: "welcome", version: linkVersion, heard: 0, orphan_grace: 3000 }),
          );
        if ("n" in message) socket.send(JSON.stringify({ type: "ack", n: message.n }));
      },
    },
  });
  ends.push(() => server.stop(true));
  return { url: `http://127.0.0.1:${server.port}`, registrations, heard, sockets, known };
}

function link(managerUrl: string, managerToken?: string, waits: number[] = []) {
  const { promise: lost, resolve } = Promise.withResolvers<string>();
  const made = webLink({
    managerUrl,
    managerToken,
    request: { version: linkVersion, pid: 1, config_name: "c", strategy: "s", trader: "Willy" },
    session: "00112233aabbccdd",
    handler: { message: () => undefined, broke: () => {}, lost: resolve },
    wait: async (ms) => void waits.push(ms),
  });
  void made.then((one) => ends.unshift(() => one.close())).catch(() => undefined);
  return { made, lost };
}

async function until(what: string, ready: () => boolean) {
  for (const deadline = performance.now() + 4000; !ready(); await Bun.sleep(5))
    if (performance.now() > deadline) throw new Error(`Not within 4 s: ${what}`);
}
const types = (messages: readonly WorkerMessage[] | undefined) => messages?.map(({ type }) => type);

test("a link that broke goes on with its token: what was not heard, how things are, and what was seen meanwhile", async () => {
  const { url, heard, sockets, registrations } = manager();
  const { made } = link(url, "right");
  const mine = await made;
  await mine.welcomed;
  mine.say({ type: "shares", place: "h:1/A" });
  mine.say({ type: "claim", names: ["5"] });
  await until("claimed", () => types(heard[0])?.length === 3);
  sockets[0]!.close();
  await until("down", () => !mine.isUp());
  mine.say({ type: "lore", lore: "0\nw2 6 2" });
  mine.say({ type: "claim", names: ["7"] });
  mine.say({ type: "note", severity: "info", text: "alone" });
  await until("told again", () => types(heard[1])?.length === 5);
  expect(heard[1]).toMatchObject([
    { type: "hello", session: "00112233aabbccdd", bot_id: "far" },
    { type: "note", n: 1 },
    { type: "shares", place: "h:1/A" },
    { type: "claim", names: ["7"] },
    { type: "lore", lore: "0\nw2 6 2" },
  ]);
  expect(registrations).toMatchObject([{ authorization: "Bearer right", body: { trader: "Willy" } }]);
});

test("a manager that does not know the token any more is registered with anew, as the same bot", async () => {
  const { url, heard, sockets, known, registrations } = manager();
  const { made } = link(url);
  const mine = await made;
  await mine.welcomed;
  known.clear();
  sockets[0]!.close();
  await until("a second hello", () => types(heard[1])?.[0] === "hello");
  expect(registrations.map(({ body }) => body.bot_id)).toEqual([undefined, "far"]);
});

test("a manager that wants no more of a bot is lost to it at once", async () => {
  const { url, sockets } = manager();
  const { made, lost } = link(url);
  await (
    await made
  ).welcomed;
  sockets[0]!.close(1008, "cut off");
  expect(await lost).toBe("The manager turned this bot away: cut off");
});

test("a wrong token, and a manager that is not there, are told in words", async () => {
  const { url } = manager();
  expect(await failureOf(link(url, "wrong").made)).toContain("refused this bot: The token is wrong");
  expect(await link(url, "wrong").made.catch((error: unknown) => error)).toMatchObject({
    code: "unauthorized",
  });
  expect(await failureOf(link("http://127.0.0.1:1").made)).toContain("Cannot reach the manager");
});

test("whose former worker was killed is taken once its manager is sure of that; who never is, is told why", async () => {
  const { url, registrations } = manager(3);
  const waits: number[] = [];
  await (
    await link(url, "right", waits).made
  ).welcomed;
  expect([waits, registrations.length]).toEqual([[1000, 1000, 1000], 1]);
  const never: number[] = [];
  const refusal = await link(manager(100).url, "right", never).made.catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: "conflict", message: expect.stringContaining("is here already") });
  expect(never.reduce((sum, ms) => sum + ms, 0)).toBe(takenMaxMs);
});
