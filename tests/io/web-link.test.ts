import { expect, test } from "bun:test";
import { webLink } from "../../src/io/web-link.ts";
import { linkVersion } from "../../src/proto/orders.ts";

test("a link that broke says again where the bot plays and what it claims, and what was seen meanwhile", async () => {
  const heard: { type: string; lore?: string }[][] = [];
  const sockets: { close(): void }[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch(request, self) {
      if (self.upgrade(request)) return undefined;
      return Response.json({ bot_id: "far", token: "t", ws: `ws://127.0.0.1:${self.port}/ws/worker` });
    },
    websocket: {
      open(socket) {
        heard.push([]);
        sockets.push(socket);
      },
      message: (_, text) => void heard.at(-1)!.push(JSON.parse(String(text)) as { type: string }),
    },
  });
  const until = async (ready: () => boolean) => {
    for (const deadline = performance.now() + 4000; !ready(); await Bun.sleep(5))
      if (performance.now() > deadline) throw new Error(`Heard only ${JSON.stringify(heard)}`);
  };
  const link = await webLink(
    `http://127.0.0.1:${server.port}`,
    { version: linkVersion, pid: 1, config_name: "c", strategy: "s" },
    { message: () => undefined, lost: expect.unreachable },
  );
  const types = () => heard.at(-1)?.map(({ type }) => type);
  link.send({ type: "shares", place: "h:1/A" });
  await until(() => types()?.length === 2);
  expect(types()).toEqual(["hello", "shares"]);
  link.send({ type: "claim", names: ["5"] });
  link.send({ type: "lore", lore: "0\nw1 5 2" });
  await until(() => types()?.length === 4);
  sockets[0]!.close();
  await Bun.sleep(50);
  link.send({ type: "lore", lore: "0\nw2 6 2" });
  link.send({ type: "claim", names: ["7"] });
  await until(() => heard.length === 2 && types()?.length === 4);
  expect(heard[1]).toMatchObject([
    { type: "hello" },
    { type: "shares", place: "h:1/A" },
    { type: "claim", names: ["7"] },
    { type: "lore", lore: "0\nw2 6 2" },
  ]);
  await link.close();
  await server.stop(true);
});
