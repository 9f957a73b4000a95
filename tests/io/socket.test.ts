import { expect, test } from "bun:test";
import { createServer, type Server } from "node:net";
import { dial, type Socket } from "../../src/io/socket.ts";

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as { port: number }).port;
}

/** Dials and settles with the reason when it is over; `met` gets the socket. */
const until = (
  port: number,
  met: (socket: Socket) => void = () => {},
  data: (bytes: Uint8Array) => void = () => {},
) =>
  new Promise<string>((closed) => {
    dial("127.0.0.1", port, { connected: met, data, closed });
  });

test("a refused connection is told once, in plain words", async () => {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  expect(await until(port)).toBe("connection refused");
});

test("bytes go both ways, and the other side's end is told", async () => {
  const server = createServer((socket) => {
    socket.on("data", (bytes) => socket.end(bytes));
  });
  const port = await listening(server);
  const heard: number[] = [];
  const reason = await until(
    port,
    (socket) => socket.write(new Uint8Array([1, 255, 3])),
    (bytes) => heard.push(...bytes),
  );
  expect(heard).toEqual([1, 255, 3]);
  expect(reason).toBe("closed by the game");
  server.close();
});

test("a game that takes nothing is left when too much waits for it", async () => {
  const server = createServer((socket) => {
    socket.pause();
    socket.on("error", () => undefined);
  });
  const port = await listening(server);
  const chunk = new Uint8Array(1024 * 1024);
  const reason = await until(port, (socket) => {
    // The system's own buffers take a few megabytes before ours begin to fill.
    for (let i = 0; i < 64; i++) socket.write(chunk);
  });
  expect(reason).toBe("the game took none of the last 64 KB");
  server.close();
});

test("a reset is felt by the other side, and nothing is told twice", async () => {
  let ended: (how: string) => void = () => {};
  const other = new Promise<string>((resolve) => (ended = resolve));
  const server = createServer((socket) => {
    socket.on("error", (error: Error & { code?: string }) => ended(error.code ?? "error"));
    socket.on("close", () => ended("closed"));
  });
  const port = await listening(server);
  expect(await until(port, (socket) => setTimeout(() => socket.reset(), 20))).toBe("reset");
  expect(["ECONNRESET", "closed"]).toContain(await other);
  server.close();
});
